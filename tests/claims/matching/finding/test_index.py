"""The index finds what is like a wording, also after others came and went."""

from itertools import compress, count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.matching import Index
from claims.matching.finding.index import MOST_CANDIDATES, MOST_CONTAINED, MOST_POSTINGS, said_of
from claims.matching.finding.neighbours import pairs_of
from claims.matching.finding.short_rows import ROWS
from claims.matching.folding import gist

TEXTS = [
    "Ankara was forced to buy the Russian system",
    "The storm delays the start of the convention",
    "Turkish officials had no choice but to purchase the S-400 system from Moscow",
    "Shares of the company rose more than two percent",
]


def filled(texts: list[str]) -> Index:
    index = Index()
    for number, text in enumerate(texts):
        index.add(number, text)
    return index


def test_the_closest_comes_first() -> None:
    found = filled(TEXTS).closest("Turkey had to buy the system of Russia", 2)

    assert [number for number, _ in found] == [0, 2]
    assert found[0][1] > found[1][1] > 0


def test_no_more_than_k_are_given() -> None:
    assert len(filled([*TEXTS, TEXTS[0]] * 3).closest(TEXTS[0], 4)) == 4


def test_a_removed_wording_is_not_found() -> None:
    index = filled(TEXTS)

    index.remove(1)

    assert 1 not in [number for number, _ in index.closest(TEXTS[1], 4)]
    assert len(index) == 3


def test_a_wording_added_again_has_its_new_words_only() -> None:
    index = filled(TEXTS)

    index.add(1, "Taxes on imported cars will double in April")

    assert index.closest(TEXTS[1], 1) == []
    assert index.closest("Taxes on cars double", 1)[0][0] == 1


def test_removing_what_is_not_there_changes_nothing() -> None:
    index = filled(TEXTS)

    index.remove(99)

    assert len(index) == len(TEXTS)


def test_an_id_that_is_too_long_leaves_nothing_behind() -> None:
    index = Index()
    index.add(1, "Ankara bought forty jets")

    with pytest.raises(OverflowError):
        index.add(2**70, "Ankara bought forty tanks")

    assert [id_ for id_, _ in index.closest("Ankara bought forty tanks", 5)] == [1]
    assert len(index) == 1


def test_nothing_is_close_to_nothing() -> None:
    assert Index().closest("Ankara bought jets", 5) == []
    assert filled(TEXTS).closest("…", 5) == []


def rows_by_word(index: Index) -> tuple[dict[str, list[int]], dict[int, list[int]], dict[tuple[int, int], list[int]]]:
    """Where the index says that words, pairs of them, and the pairs of short wordings are."""
    words = {concept: list(index.postings[term]) for concept, term in index.vocabulary.items()}
    return (
        {concept: rows for concept, rows in words.items() if rows},
        {bucket: list(index.pairs[bucket] or ()) for bucket in compress(count(), index.pairs)},
        {
            (one, other): [noted & ROWS for noted in rows]
            for one, partners in index.short.partners.items()
            for other, rows in partners.items()
            if rows
        },
    )


@given(st.lists(st.sampled_from(TEXTS) | st.text(max_size=40), min_size=1, max_size=8), st.data())
def test_nothing_speaks_of_a_removed_wording(texts: list[str], data: st.DataObject) -> None:
    index, whole = filled(texts), filled(texts)
    gone = data.draw(st.integers(0, len(texts) - 1))

    index.remove(gone)

    for now, before in zip(rows_by_word(index), rows_by_word(whole), strict=True):
        left = {key: [row for row in rows if row != gone] for key, rows in before.items()}
        assert now == {key: rows for key, rows in left.items() if rows}
    assert (len(index), index.lines[gone]) == (len(texts) - 1, "")
    assert gone not in index.rows


def test_each_word_and_each_pair_of_neighbours_leads_to_the_wording() -> None:
    index = filled(["barko dolmi the fenlu gupra"])

    words, pairs, _ = rows_by_word(index)

    assert words == {concept: [0] for concept in said_of(gist("barko dolmi fenlu gupra").concepts)}
    # Beside each other: three; with one between: two.
    assert len(pairs_of(list(index.terms))) == 5
    assert pairs == {bucket: [0] for bucket in pairs_of(list(index.terms))}


def test_equals_are_told_by_their_ids() -> None:
    index = Index()
    for number in (7, 3, 5):
        index.add(number, TEXTS[0])

    assert [number for number, _ in index.closest(TEXTS[0], 2)] == [3, 5]
    assert index.closest(TEXTS[0], 0) == []


def test_a_wording_of_common_words_alone_is_found_beside_its_neighbours() -> None:
    index = Index()
    index.add(0, "barko dolmi fenlu")
    for number in range(1, 3 * MOST_POSTINGS + 4):
        index.add(number, f"{('barko', 'dolmi', 'fenlu')[number % 3]} {number}q")

    found = index.closest("barko dolmi fenlu", 1)

    assert found == [(0, 100.0)]


def test_the_latest_of_many_copies_are_found_and_no_more_than_are_looked_at() -> None:
    index = Index()
    for number in range(2 * MOST_POSTINGS):
        index.add(number, TEXTS[0])

    found = index.closest(TEXTS[0], 100)

    assert MOST_CANDIDATES <= len(found) <= MOST_CANDIDATES + MOST_CONTAINED
    assert {rank for _, rank in found} == {found[0][1]}
    assert min(number for number, _ in found) >= 2 * MOST_POSTINGS - MOST_CANDIDATES * 9


@given(st.lists(st.sampled_from(TEXTS) | st.text(max_size=40), min_size=1, max_size=12), st.data())
def test_removing_undoes_adding(texts: list[str], data: st.DataObject) -> None:
    index, fewer = filled(texts), filled(texts[:-1])

    index.remove(len(texts) - 1)

    query = data.draw(st.sampled_from(texts))
    assert index.closest(query, 5) == fewer.closest(query, 5)


@given(st.text(max_size=60))
def test_a_stored_wording_finds_itself_or_its_equal(text: str) -> None:
    index = filled([*TEXTS, text])

    found = index.closest(text, 1)

    assert found == [] or found[0][0] == len(TEXTS) or text in TEXTS


def test_a_wording_of_more_words_than_any_sentence_has_is_found_like_others() -> None:
    index = filled(TEXTS)
    long = " ".join(f"barko{number}q" for number in range(2000))
    index.add(len(TEXTS), long)

    assert index.closest(long, 1) == [(len(TEXTS), 100.0)]
