"""Words that stand close to each other in a wording, and a number for every two of them."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

# A prime, so that products spread evenly over it.
BUCKETS: Final = 1_048_573
SHIFT: Final = 7_919
# So much of its two words' weight a pair speaks for: a row may have it twice over, and its words elsewhere.
PAIR_SHARE: Final = 0.6


def neighbours(terms: Sequence[int]) -> list[tuple[int, int]]:
    """The terms that stand beside each other or with one between them."""
    return [*pairwise(terms), *zip(terms, terms[2:], strict=False)]


def pairs_of(terms: Sequence[int]) -> set[int]:
    """The buckets of a row's neighbours."""
    shifted = [term + SHIFT for term in terms]
    beside = [one * other % BUCKETS for one, other in pairwise(shifted)]
    return set(beside + [one * other % BUCKETS for one, other in zip(shifted, shifted[2:], strict=False)])


def bucket(one: int, other: int) -> int:
    """Where the rows are noted that have both terms close to each other; others may be noted there as well."""
    return (one + SHIFT) * (other + SHIFT) % BUCKETS
