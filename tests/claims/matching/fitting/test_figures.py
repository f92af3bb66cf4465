"""Scores are measured by how well they tell pairs apart."""

import numpy as np
import pytest

from claims.matching.fitting.figures import area, best_figures, best_shift, figures


def test_the_area_is_the_chance_that_the_same_scores_higher() -> None:
    labels, even = np.array([1.0, 1.0, 0.0, 0.0]), np.ones(4)

    assert area(np.array([4.0, 3.0, 2.0, 1.0]), labels, even) == 1
    assert area(np.array([1.0, 2.0, 3.0, 4.0]), labels, even) == 0
    assert area(np.array([4.0, 2.0, 3.0, 1.0]), labels, even) == 0.75
    assert area(np.array([4.0, 2.0, 2.0, 1.0]), labels, even) == 0.875
    assert area(np.array([5.0, 5.0, 5.0, 5.0]), labels, even) == 0.5
    assert area(np.zeros(0), np.zeros(0), np.zeros(0)) == 0


def test_precision_and_recall_are_of_what_scores_enough() -> None:
    scores_ = np.array([90.0, 60.0, 50.0, 40.0])

    found = figures(scores_, np.array([1.0, 0.0, 1.0, 1.0]), np.ones(4), 50)

    assert (found.precision, found.recall, found.f1) == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    assert found.auc == pytest.approx(1 / 3)
    assert figures(scores_, np.zeros(4), np.ones(4), 95).f1 == 0


def test_a_pair_that_counts_twice_is_two_pairs() -> None:
    scores_, labels = np.array([90.0, 60.0, 50.0, 40.0]), np.array([1.0, 0.0, 1.0, 0.0])
    again = [0, 1, 1, 2, 3, 3, 3]

    found = figures(scores_, labels, np.array([1.0, 2.0, 1.0, 3.0]), 50)

    assert found == figures(scores_[again], labels[again], np.ones(len(again)), 50)


def test_the_best_figures_are_at_the_score_that_parts_best() -> None:
    found = best_figures(np.array([80.0, 70.0, 60.0]), np.array([1.0, 1.0, 0.0]), np.ones(3))

    assert found.f1 == pytest.approx(1)


def test_pairs_are_grouped_from_the_stricter_of_the_scores_that_serve_as_well() -> None:
    # Between 40 and 60 nothing lies: from 0.4 below even to 0.4 above it, all is told apart.
    scores_ = np.array([80.0, 70.0, 60.0, 40.0, 30.0])
    labels, even = np.array([1.0, 1.0, 1.0, 0.0, 0.0]), np.ones(5)

    assert best_shift(scores_, labels, even) == pytest.approx(0.13, abs=0.03)
    assert best_shift(scores_ - 10, labels, even) == pytest.approx(-0.29, abs=0.05)
