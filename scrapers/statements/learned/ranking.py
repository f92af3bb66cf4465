"""How well scores rank what people wanted first."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Ranking:
    """Mean average precision and area under the ROC curve, means over groups; a random order has an auc of 0.5."""

    map: float
    auc: float


def ranking(groups: Sequence[tuple[Sequence[bool], Sequence[float]]]) -> Ranking:
    """The figures for groups of labels and scores; a group without a positive scores 0 in both, as in the field."""
    return Ranking(
        sum(average_precision(truth, scores) for truth, scores in groups) / len(groups),
        sum(area_under_curve(truth, scores) for truth, scores in groups) / len(groups),
    )


def average_precision(truth: Sequence[bool], scores: Sequence[float]) -> float:
    """The mean, over what was wanted, of the share wanted down to there; ties in the given order."""
    hits, total = 0, 0.0
    for rank, place in enumerate(sorted(range(len(truth)), key=lambda place: -scores[place]), 1):
        if truth[place]:
            hits += 1
            total += hits / rank
    return total / hits if hits else 0.0


def area_under_curve(truth: Sequence[bool], scores: Sequence[float]) -> float:
    """The chance that something wanted scores above something unwanted, a tie counting half."""
    wanted = np.array(scores, dtype=float)[np.array(truth, dtype=bool)]
    others = np.sort(np.array(scores, dtype=float)[~np.array(truth, dtype=bool)])
    if not len(wanted) or not len(others):
        return 0.0
    below = np.searchsorted(others, wanted, "left") + np.searchsorted(others, wanted, "right")
    return float(below.sum() / 2 / len(wanted) / len(others))
