"""How well scores tell pairs apart, and from which score on they do it best."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from claims.matching.scoring.features import Features

# Within so much of the best F1 it is chance which score is best.
F1_TO_SPARE: Final = 0.004


@dataclass(frozen=True, slots=True)
class Figures:
    """How well pairs are told apart at the score from which they are grouped; auc is over all scores."""

    precision: float
    recall: float
    f1: float
    auc: float


def best_shift(scores: Features, labels: Features, weights: Features) -> float:
    """The log odds from which pairs are grouped: two thirds up those that F1 allows.

    What is grouped wrongly misleads, while what is missed is still suggested.
    """
    tried = np.arange(-1.5, 1.5, 0.05)
    f1 = np.array([figures(scores, labels, weights, 100 / (1 + np.exp(-odds))).f1 for odds in tried])
    allowed = tried[f1 >= f1.max() - F1_TO_SPARE]
    return float(allowed[0] + 2 * allowed[-1]) / 3


def best_figures(scores: Features, labels: Features, weights: Features) -> Figures:
    """The figures at the score that serves best."""
    found = (figures(scores, labels, weights, at) for at in np.arange(30.0, 100.0, 1))
    return max(found, key=lambda each: each.f1)


def figures(scores: Features, labels: Features, weights: Features, at: float) -> Figures:
    """Precision, recall and F1 of what scores at least so much, and the area under the ROC curve, of weighed pairs."""
    given = scores >= at
    right = float(weights[given & (labels > 0)].sum())
    precision, recall = right / max(weights[given].sum(), 1e-9), right / max(weights[labels > 0].sum(), 1e-9)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return Figures(precision, recall, f1, area(scores, labels, weights))


def area(scores: Features, labels: Features, weights: Features) -> float:
    """The chance that a pair that says the same scores higher than one that does not; ties count half."""
    values, places = np.unique(scores, return_inverse=True)
    same, other = (np.bincount(places, weights * kind, len(values)) for kind in (labels > 0, labels <= 0))
    below = np.cumsum(other) - other / 2
    return float((same * below).sum() / max(same.sum() * other.sum(), 1e-9))
