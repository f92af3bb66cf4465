"""The pairs of a batch that are worth a look: all that share enough, few that do not."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.matching.finding import near_pairs
from claims.matching.finding.candidates import ROWS_AT_ONCE, worth_a_look
from claims.matching.finding.lookup import MOST_POSTINGS
from claims.matching.finding.terms import terms_of
from claims.matching.folding import gist
from claims.matching.scoring.vocabulary import Vocabulary

WORDS = [f"{start}{end}" for start in ("bar", "dol", "fen", "gup", "hat") for end in ("ko", "mi", "lu", "ra")]
KNOWN = Vocabulary(rarest=3.0)


def pairs_of(texts: list[str], vocabulary: Vocabulary = KNOWN) -> set[tuple[int, int]]:
    """The pairs that are worth a look, earlier first."""
    blocks = near_pairs([gist(text) for text in texts], vocabulary, 1, lambda at, of: None)
    return {(int(early), int(late)) for later, earlier in blocks for late, early in zip(later, earlier, strict=True)}


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=4, max_size=6, unique=True), max_size=12))
def test_every_pair_that_differs_by_one_word_at_most_is_worth_a_look(rows: list[list[str]]) -> None:
    alike = {
        (one, other) for one, other in combinations(range(len(rows)), 2) if len({*rows[one]} ^ {*rows[other]}) <= 1
    }

    assert alike <= pairs_of([" ".join(row) for row in rows])


def test_a_pair_that_shares_rare_words_is_found_among_many_that_share_common_ones() -> None:
    common = [f"{one} {other} town mayor {number}q" for number, (one, other) in enumerate(combinations(WORDS, 2))]
    texts = ["zorbu quilm town mayor", *common, "zorbu quilm town hall"]

    assert (0, len(texts) - 1) in pairs_of(texts)


@pytest.mark.parametrize("size", [2, 3, 7, 500])
def test_copies_are_worth_a_look_though_every_word_is_in_every_text(size: int) -> None:
    found = pairs_of(["barko dolmi fenlu gupra hatko"] * size)

    assert found == set(combinations(range(size), 2)) if size < MOST_POSTINGS else len(found) > size


def test_no_pair_is_given_twice_nor_with_itself() -> None:
    texts = [" ".join(WORDS[start : start + 6]) for start in range(12)] * 2

    blocks = list(near_pairs([gist(text) for text in texts], KNOWN, 1, lambda at, of: None))

    given_ = [pair for later, earlier in blocks for pair in zip(later.tolist(), earlier.tolist(), strict=True)]
    assert len(given_) == len(set(given_))
    assert all(later > earlier for later, earlier in given_)


def test_rows_far_from_each_other_meet_across_the_blocks() -> None:
    texts = [f"barko {number}a {number}b {number}c {number}d" for number in range(ROWS_AT_ONCE + 50)]
    texts[-1] = texts[5] = texts[3]
    told: list[tuple[int, int]] = []

    blocks = list(near_pairs([gist(text) for text in texts], KNOWN, 1, lambda at, of: told.append((at, of))))

    last = len(texts) - 1
    assert [(later.tolist(), earlier.tolist()) for later, earlier in blocks] == [([5], [3]), ([last, last], [3, 5])]
    assert told == [(ROWS_AT_ONCE, len(texts)), (len(texts), len(texts))]


@pytest.mark.parametrize("texts", [[], [""], ["…", "!"], ["", "", ""]])
def test_texts_without_words_have_no_pairs(texts: list[str]) -> None:
    assert pairs_of(texts) == set()


@pytest.mark.parametrize("texts", [["barko"], ["barko", "", "dolmi"], ["", "barko", ""]])
def test_texts_of_one_word_that_no_other_has_have_no_pairs(texts: list[str]) -> None:
    assert pairs_of(texts) == set()


def test_rows_without_words_between_others_do_not_shift_them() -> None:
    assert pairs_of(["", "barko dolmi fenlu", "…", "barko dolmi fenlu", ""]) == {(1, 3)}


def test_a_few_words_within_a_very_long_row_are_not_enough() -> None:
    few = "barko dolmi fenlu"
    gists = [gist(text) for text in (few, f"{few} gupra", " ".join([few, *(f"{number}q" for number in range(17))]))]

    later, sooner = worth_a_look(terms_of(gists, KNOWN, 1), np.array([1, 2]), np.array([0, 0]))

    # All three shared with a row of four: 7 * 6 / 7 + 3.3; with one of twenty: 7 * 6 / 23 + 3.3.
    assert (later.tolist(), sooner.tolist()) == ([1], [0])


def test_what_is_common_is_counted_exactly_before_a_pair_is_given() -> None:
    gists = [gist(text) for text in ("barko dolmi fenlu gupra", "barko dolmi fenlu hatko", "barko hatmi hatlu hatra")]

    later, sooner = worth_a_look(terms_of(gists, KNOWN, 1), np.array([1, 2, 2]), np.array([0, 0, 1]))

    # Three of four shared: 7 * 0.75 + 3.3 * 0.75; one of four: 7 * 0.25 + 3.3 * 0.25.
    assert (later.tolist(), sooner.tolist()) == ([1], [0])
