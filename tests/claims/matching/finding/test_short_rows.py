"""Short wordings are found within long ones, among many that weigh more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.matching import Index
from claims.matching.finding.index import MOST_CANDIDATES, MOST_CONTAINED
from claims.matching.finding.short_rows import MOST_ALONE, MOST_READ, MOST_TERMS, ShortRows

LONG = "barko dolmi fenlu gupra hilto jemka kulpo larmi nosta perlu"
TERMS = st.sets(st.integers(0, 8), min_size=1, max_size=MOST_TERMS + 2).map(sorted)


def among_heavier(short: str) -> Index:
    """An index in which many wordings have all of LONG, and the short one, which is stored as 0, some of it."""
    index = Index()
    index.add(0, short)
    for number in range(1, 3 * MOST_CANDIDATES):
        index.add(number, f"{LONG} {number}q")
    return index


@pytest.mark.parametrize("short", ["the perlu", "larmi perlu", "perlu was zunta larmi", "nosta larmi zunta perlu"])
def test_a_short_wording_is_found_within_a_long_one(short: str) -> None:
    assert 0 in [number for number, _ in among_heavier(short).closest(LONG, 100)]


@pytest.mark.parametrize("short", ["zunta wolta perlu", "zunta"])
def test_one_that_shares_no_two_of_its_words_does_not_take_a_place(short: str) -> None:
    assert 0 not in [number for number, _ in among_heavier(short).closest(LONG, 100)]


def test_a_removed_short_wording_is_not_found() -> None:
    index = among_heavier("larmi perlu")

    index.remove(0)

    assert 0 not in [number for number, _ in index.closest(LONG, 100)]


@given(st.lists(TERMS, max_size=12), TERMS)
def test_rows_are_given_with_the_pairs_of_terms_that_they_have(rows: list[list[int]], asked: list[int]) -> None:
    short = ShortRows()
    for row, terms in enumerate(rows):
        short.add(row, terms, letters=9)

    found, pairs = short.with_pairs_of(asked)

    shared = {row: len({*terms} & {*asked}) for row, terms in enumerate(rows) if len(terms) <= MOST_TERMS}
    counted = {row: count * (count + (1 if len(rows[row]) <= MOST_ALONE else -1)) // 2 for row, count in shared.items()}
    assert dict(zip(found.tolist(), pairs.tolist(), strict=True)) == {row: n for row, n in counted.items() if n}


def test_of_many_rows_with_the_same_two_terms_those_with_the_fewest_letters_are_read() -> None:
    short = ShortRows()
    for row in range(2 * MOST_READ):
        short.add(row, [3, 5], letters=500 - row)

    rows, _ = short.with_pairs_of([5, 3])

    assert rows.tolist() == list(reversed(range(MOST_READ, 2 * MOST_READ)))


def test_of_many_that_are_contained_the_shorter_ones_are_found() -> None:
    index = among_heavier("larmi perlu")
    for number in range(100, 100 + 2 * MOST_CONTAINED):
        index.add(number, "perlu was there where it had been with us and them: larmi")

    assert 0 in [number for number, _ in index.closest(LONG, 100)]


def test_the_last_place_is_for_the_most_letters_in_common() -> None:
    index = among_heavier("larmi perlu")
    query = f"{LONG} zunta wolta"

    assert [number for number, _ in index.closest(query, 10)].index(0) == 9
    assert index.closest(query, 1)[0][0] != 0
