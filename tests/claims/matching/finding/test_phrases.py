"""What stands in a phrase that many wordings of a large batch have says less of whether two of them are one claim."""

import random
from collections.abc import Sequence
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.matching.finding import near_pairs
from claims.matching.finding.phrases import LARGE_BATCH, MANY, WORTH, in_phrases, spots_of, worth_of
from claims.matching.folding import Gist, gist
from claims.matching.scoring.vocabulary import Vocabulary

KNOWN = Vocabulary(rarest=3.0)
PHRASE = "quilm zorbu fenko barlu"
PHRASED = [1, 2, 3]
# How many words a row has of the phrase and of one more behind it.
NOISE = (1, 2, 3, 4, 4, 4)


def phrased(rows: list[list[int]]) -> list[list[int]]:
    """The words of each row that stand in a phrase."""
    flat = np.array([word for row in rows for word in row], np.int32)
    owners = np.array([at for at, row in enumerate(rows) for _ in row], np.int32)
    found = in_phrases(flat, owners)
    return [flat[(owners == at) & found].tolist() for at in range(len(rows))]


@cache
def others() -> list[Gist]:
    """So many rows of one word each that a batch with them is large."""
    return [Gist("", (f"{number}z",), is_plain=True) for number in range(LARGE_BATCH)]


def pairs_of(texts: list[str], others: Sequence[Gist] = ()) -> set[tuple[int, int]]:
    """The pairs that are worth a look, earlier first."""
    blocks = near_pairs([*map(gist, texts), *others], KNOWN, 1, lambda at, of: None)
    return {(int(early), int(late)) for later, earlier in blocks for late, early in zip(later, earlier, strict=True)}


def with_phrase(size: int) -> list[str]:
    """Texts that share the phrase and nothing else."""
    return [f"{PHRASE} {number}a {number}b {number}c {number}d" for number in range(size)]


def test_three_words_that_many_rows_have_close_to_each_other_are_a_phrase() -> None:
    rows = [[1, 2, 3, 100 + number] for number in range(MANY)]

    assert phrased(rows) == [[1, 2, 3]] * MANY
    assert phrased(rows[1:]) == [[]] * (MANY - 1)


@pytest.mark.parametrize("gap", [1, 2])
def test_a_word_may_stand_among_the_three_of_a_phrase(gap: int) -> None:
    rows = [[*PHRASED[:gap], 100 + number, *PHRASED[gap:]] for number in range(MANY)]

    assert phrased(rows) == [PHRASED] * MANY


def test_two_words_are_no_phrase_nor_are_three_in_another_order_or_farther_apart() -> None:
    assert phrased([[1, 2, 100 + number] for number in range(MANY)]) == [[]] * MANY
    assert phrased([[1, 2, 3]] * (MANY - 1) + [[3, 2, 1]]) == [[]] * MANY
    assert phrased([[1, 2, 3]] * (MANY - 1) + [[1, 100, 2, 101, 3]]) == [[]] * MANY


def test_no_phrase_runs_from_one_row_to_the_next() -> None:
    assert phrased([[1, 2], [3]] * MANY) == [[]] * (2 * MANY)


@given(st.lists(st.sampled_from(NOISE), min_size=MANY, max_size=9), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_change_what_is_a_phrase(noise: list[int], dice: random.Random) -> None:
    rows = [[*PHRASED, 100 + number][:size] for number, size in enumerate(noise)]
    order = dice.sample(range(len(rows)), len(rows))

    shuffled = phrased([rows[at] for at in order])

    assert [shuffled[order.index(at)] for at in range(len(rows))] == phrased(rows)


def test_rows_of_a_large_batch_that_share_a_phrase_alone_are_near_while_few_have_it() -> None:
    few, many = with_phrase(MANY - 1), with_phrase(MANY)

    assert pairs_of(few, others()) == set(combinations(range(len(few)), 2))
    assert pairs_of(many, others()) == set()
    assert pairs_of(many, others()[: -MANY - 1]) == set(combinations(range(len(many)), 2))


def test_rows_that_share_more_than_a_phrase_are_near() -> None:
    texts = [*with_phrase(MANY), f"{PHRASE} 0a 0b 0c dolmi", f"1a {PHRASE} hatmi 1b 1c"]

    assert pairs_of(texts, others()) == {(0, MANY), (1, MANY + 1)}


def test_rows_that_say_hardly_anything_beside_a_phrase_are_near() -> None:
    texts = [f"{PHRASE} dolra gupmi hatko {number}a" for number in range(MANY)]

    assert pairs_of(texts, others()) == set(combinations(range(MANY), 2))


def test_what_many_retell_each_in_words_of_their_own_is_no_phrase_alone() -> None:
    told = f"{PHRASE} dolra gupmi hatko".split()
    texts = [
        " ".join([*told[:at], f"{at}{each}a {at}{each}b {at}{each}c", *told[at + 1 :]])
        for at in range(1, 6)
        for each in "qrs"
    ]

    assert pairs_of(texts, others()) == set(combinations(range(len(texts)), 2))


def test_words_count_less_in_a_phrase_of_both_rows_where_all_that_is_shared_stands_together_in_one_of_them() -> None:
    pairs = np.array([0, 0, 0, 4, 4])
    here = spots_of(np.array([0, 1, 2, 0, 9]), np.array([True, True, True, True, True]))
    there = spots_of(np.array([0, 1, 9, 3, 8]), np.array([True, False, True, True, True]))

    worth = worth_of(pairs, (here, there)).tolist()

    assert worth == pytest.approx([WORTH, 1, WORTH, 1, 1])
    assert worth_of(pairs, (there, here)).tolist() == worth
