"""How well given labels agree with gold ones: counts of pairs, B-cubed, and the share of labelled pairs that share one.

Labels are any hashables, one for each text, in the texts' order; only which of them are equal matters.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

Labels = Sequence[Hashable]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Precision, recall and their harmonic mean, from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean; 0 where both are."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def pairwise(gold: Labels, given: Labels) -> Agreement:
    """Of all pairs of texts that share a label, the share that shares a gold one, and the other way round."""
    both = pairs_within(Counter(zip(gold, given, strict=True)).values())
    return Agreement(
        precision=ratio(both, pairs_within(Counter(given).values())),
        recall=ratio(both, pairs_within(Counter(gold).values())),
    )


def b_cubed(gold: Labels, given: Labels) -> Agreement:
    """B-cubed (Bagga and Baldwin 1998) over the texts whose gold cluster has two members or more."""
    in_both = Counter(zip(gold, given, strict=True))
    in_gold, in_given = Counter(gold), Counter(given)
    counted = [(one, other) for one, other in zip(gold, given, strict=True) if in_gold[one] > 1]
    precisions = [in_both[one, other] / in_given[other] for one, other in counted]
    recalls = [in_both[one, other] / in_gold[one] for one, other in counted]
    return Agreement(ratio(sum(precisions), len(counted)), ratio(sum(recalls), len(counted)))


def share_merged(pairs: Iterable[tuple[int, int]], given: Labels) -> float:
    """The share of pairs of positions that share a label; 0 without pairs."""
    merged = [given[left] == given[right] for left, right in pairs]
    return sum(merged) / max(1, len(merged))


def largest(given: Labels) -> int:
    """How many texts the largest cluster has."""
    return max(Counter(given).values(), default=0)


def pairs_within(sizes: Iterable[int]) -> int:
    """How many pairs there are inside clusters of these sizes."""
    return sum(size * (size - 1) // 2 for size in sizes)


def ratio(part: float, whole: float) -> float:
    """The part of the whole; all of it where there is nothing to find."""
    return part / whole if whole else 1.0
