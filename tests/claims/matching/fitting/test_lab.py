"""Which pairs are learned from, which are held out together, and what is measured of them."""

import numpy as np

from claims.matching.fitting.lab import FOLDS, Lab, folds
from claims.matching.fitting.labelled import LabelledPair, Origin
from claims.matching.scoring.features import NAMES, WORDS
from claims.matching.scoring.vocabulary import Vocabulary


def test_pairs_that_share_a_text_are_held_out_together() -> None:
    chains = [(f"a{number}", f"b{number}", f"c{number}") for number in range(21)]
    pairs = [LabelledPair(a, b, same=True) for a, b, _ in chains] + [
        LabelledPair(c, b, same=False) for _, b, c in chains
    ]

    fold_of = folds(pairs)

    assert fold_of[:21].tolist() == fold_of[21:].tolist()
    assert set(fold_of.tolist()) == set(range(FOLDS))


def test_a_mined_pair_binds_no_texts_together() -> None:
    pairs = [
        LabelledPair("a", "b", same=True),
        LabelledPair("c", "d", same=True),
        LabelledPair("a", "c", same=False, origin=Origin.MINED),
    ]

    assert folds(pairs).tolist() == [0, 1, 0]


def test_words_that_a_guard_tells_apart_are_not_learned_from() -> None:
    pairs = [
        LabelledPair("Turkey ordered 40 new jets from Spain", "Turkey ordered 48 new jets from Spain", same=False),
        LabelledPair("Turkey ordered 40 new jets from Spain", "Turkey has ordered 40 new jets from Spain", same=True),
        LabelledPair("Turkey ordered 40 new jets from Spain", "The storm delays the convention", same=False),
    ]

    lab = Lab(pairs, Vocabulary(rarest=2.0))

    assert lab.guarded.tolist() == [True, False, False]
    assert lab.near.tolist() == [True, True, False]
    assert lab.labels.tolist() == [0, 1, 0]


def test_what_words_say_of_a_pair_takes_the_place_of_its_column() -> None:
    lab = Lab([LabelledPair("farmers grew wheat", "farmers grew barley", same=True)] * 5, Vocabulary())

    changed = lab.with_words(np.ones(len(lab.words.names)))

    column = NAMES.index(WORDS)
    assert changed[:, column].tolist() == [lab.words.rows.tolist().count(row) for row in range(5)]
    assert np.array_equal(np.delete(changed, column, 1), np.delete(lab.measured, column, 1))


def test_nobody_guesses_that_nearly_the_same_words_differ() -> None:
    words = (
        ("farmers grew wheat barley lentils oats", "farmers grew wheat barley lentils hops"),
        ("farmers grew", "grew farmers"),
    )
    pairs = [LabelledPair(left, right, same=False, origin=Origin.GUESSED) for left, right in words]

    lab = Lab(pairs, Vocabulary(rarest=2.0))

    assert lab.near.tolist() == [True, False]
    assert lab.guessed.tolist() == [True, True]
    assert lab.weights.tolist() == [Origin.GUESSED.value] * 2
