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


def best_shift(scores: Features, labels: Features) -> float:
    """The log odds from which pairs are grouped: in the middle of those that F1 allows."""
    tried = np.arange(-1.5, 1.5, 0.05)
    f1 = np.array([figures(scores, labels, 100 / (1 + np.exp(-odds))).f1 for odds in tried])
    allowed = tried[f1 >= f1.max() - F1_TO_SPARE]
    return float(allowed[0] + allowed[-1]) / 2


def best_figures(scores: Features, labels: Features) -> Figures:
    """The figures at the score that serves best."""
    return max((figures(scores, labels, at) for at in np.arange(30.0, 100.0, 1)), key=lambda found: found.f1)


def figures(scores: Features, labels: Features, at: float) -> Figures:
    """Precision, recall and F1 of what scores at least so much, and the area under the ROC curve."""
    given = scores >= at
    right = float((given & (labels > 0)).sum())
    precision, recall = right / max(given.sum(), 1), right / max(labels.sum(), 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return Figures(precision, recall, f1, area(scores, labels))


def area(scores: Features, labels: Features) -> float:
    """The chance that a pair that says the same scores higher than one that does not; ties count half."""
    values, places, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]
    same, other = labels.sum(), len(labels) - labels.sum()
    return float((ranks[labels > 0].sum() - same * (same + 1) / 2) / max(same * other, 1)) if len(values) else 0.0
