"""What single words say about two wordings is learned from pairs."""

import numpy as np
import pytest

from claims.matching import fold
from claims.matching.fitting.words import (
    FEWEST_PAIRS,
    LEAST_WEIGHT,
    LONE,
    LONE_FORM,
    SHARED,
    WordTable,
    standardised,
    vocabulary_of,
    word_table,
    word_weights,
    words_of_pair,
)
from claims.matching.scoring.vectors import word_vectors
from claims.matching.scoring.vocabulary import Vocabulary


def test_a_word_is_lone_or_shared_and_lone_forms_are_told_apart() -> None:
    words = words_of_pair(fold("farmers grew wheat"), fold("farmer grew barley"))

    assert set(words) == {
        (SHARED, "farmer"),
        (SHARED, "rise"),
        (LONE, "wheat"),
        (LONE, "barley"),
        (LONE_FORM, "farmers"),
        (LONE_FORM, "farmer"),
        (LONE_FORM, "wheat"),
        (LONE_FORM, "barley"),
    }
    assert len(words) == len(set(words))


def test_words_of_few_pairs_are_left_out_and_so_are_pairs_that_do_not_count() -> None:
    often, once = (fold("wheat"), fold("wheat")), (fold("barley"), fold("barley"))
    counted = np.array([True] * FEWEST_PAIRS + [True, False])

    table = word_table([often] * FEWEST_PAIRS + [once, often], counted)

    assert table.names == ((SHARED, "wheat"),)
    assert table.rows.tolist() == list(range(FEWEST_PAIRS))
    assert table.odds(np.array([0.5]), FEWEST_PAIRS + 2).tolist() == [0.5] * FEWEST_PAIRS + [0, 0]


def test_no_pairs_make_an_empty_table() -> None:
    table = word_table([], np.zeros(0, np.bool_))

    assert (len(table.rows), table.names, table.odds(np.zeros(0), 3).tolist()) == (0, (), [0, 0, 0])


def test_a_word_that_goes_with_the_same_weighs_more_than_one_that_does_not() -> None:
    table = WordTable(np.arange(40), np.arange(40) % 2, ((SHARED, "wheat"), (LONE, "wheat")))
    labels = np.array([1.0, 0.0] * 20)

    weights = word_weights(table, np.ones(40, np.bool_), np.zeros((40, 3)), labels, np.ones(40))

    assert weights[0] > 0.5
    assert weights[1] < -0.5
    assert weights[0] == pytest.approx(-weights[1], abs=0.01)


def test_nothing_is_learned_from_pairs_that_are_not_seen() -> None:
    table = WordTable(np.arange(40), np.arange(40) % 2, ((SHARED, "wheat"), (LONE, "wheat")))
    seen = np.arange(40) % 2 == 0

    weights = word_weights(table, seen, np.zeros((40, 3)), np.array([1.0, 0.0] * 20), np.ones(40))

    assert weights[1] == 0


def test_what_the_features_explain_is_not_laid_to_the_words() -> None:
    table = WordTable(np.arange(40), np.arange(40) % 2, ((SHARED, "wheat"), (LONE, "wheat")))
    labels = np.array([1.0, 0.0] * 20)
    seen, measured = np.ones(40, np.bool_), labels[:, None]

    beside, alone = (word_weights(table, seen, each, labels, np.ones(40)) for each in (measured, 0 * measured))

    assert 0 < beside[0] < alone[0] / 2


def test_features_are_taken_as_deviations_from_their_mean_and_cut() -> None:
    found = standardised(np.array([[1.0, 0.0], [3.0, 0.0]] * 50 + [[2.0, 1000.0]]))

    assert found[:2, 0].tolist() == pytest.approx([-1, 1], abs=0.01)
    assert found[-1].tolist() == [0, 4]


def test_pairs_that_are_not_seen_change_no_weight() -> None:
    names = ((SHARED, "wheat"), (LONE, "wheat"))
    labels, other_labels = np.array([1.0, 0.0] * 20), np.array([0.0, 1.0] * 20)
    seen = WordTable(np.arange(40), np.arange(40) % 2, names)
    more = WordTable(np.arange(80), np.arange(80) % 2, names)
    measured = np.linspace(0, 1, 80).reshape(80, 1)

    weights = word_weights(seen, np.ones(40, np.bool_), measured[:40], labels, np.ones(40))

    is_seen = np.arange(80) < 40
    both = np.concatenate([labels, other_labels])
    assert np.allclose(weights, word_weights(more, is_seen, measured, both, np.ones(80)))


def test_a_models_vocabulary_has_the_words_that_weigh_something_in_their_lists() -> None:
    table = WordTable(
        np.zeros(4, np.int64),
        np.arange(4),
        ((LONE, "wheat"), (SHARED, "wheat"), (LONE_FORM, "wheats"), (LONE, "barley")),
    )

    known = Vocabulary({"wheat": 2.0}, 5.0, vectors=word_vectors({"wheat": "AB"}))

    found = vocabulary_of(table, np.array([-0.5, 0.256, 1.0, LEAST_WEIGHT / 2]), known)

    assert (found.rarity, found.rarest, found.vectors.as_letters()) == ({"wheat": 2.0}, 5.0, {"wheat": "AB"})
    assert (found.lone, found.shared, found.lone_forms) == ({"wheat": -0.5}, {"wheat": 0.26}, {"wheats": 1.0})
