"""Short wordings are found within long ones, among many that weigh more."""

from collections.abc import Callable, Sequence

import numpy as np
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


def noted(rows: Sequence[Sequence[int]], letters: Callable[[int], int]) -> tuple[ShortRows, np.ndarray]:
    """The rows as they are noted, by their terms and letters, and where the terms of each begin."""
    short = ShortRows()
    for row, terms in enumerate(rows):
        short.add(row, terms, letters(row))
    return short, np.cumsum([0, *map(len, rows)])


@given(st.lists(TERMS, max_size=12), TERMS, st.integers(0, 12))
def test_the_rows_of_which_most_is_covered_are_given(rows: list[list[int]], asked: list[int], most: int) -> None:
    short, starts = noted(rows, lambda row: 100 - row)

    found = short.covered(asked, most, starts)

    shared = {row: len({*terms} & {*asked}) for row, terms in enumerate(rows) if len(terms) <= MOST_TERMS}
    known = {row: count for row, count in shared.items() if count > (0 if len(rows[row]) <= MOST_ALONE else 1)}
    best = sorted(known, key=lambda row: (-known[row] / len(rows[row]), -row))[:most]
    assert sorted(found.tolist()) == sorted(best)


def test_of_many_rows_with_the_same_two_terms_those_with_the_fewest_letters_are_read() -> None:
    short, starts = noted([[3, 5]] * (2 * MOST_READ), lambda row: 500 - row)

    rows = short.covered([5, 3], 2 * MOST_READ, starts)

    assert sorted(rows.tolist()) == list(range(MOST_READ, 2 * MOST_READ))


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
