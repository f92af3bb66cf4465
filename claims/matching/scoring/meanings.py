"""How much what only one of two wordings says means what only the other says, by the vectors of their words."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from claims.matching.scoring.vectors import WordVectors

Numbers = NDArray[np.int64]
Weights = NDArray[np.float64]

MEANINGS: Final = ("meaning_cosine", "meaning_left_less", "meaning_left_more", "meaning_share")
# Of a wording with more words that the other lacks, so many are compared: two so different need no closer look.
MOST_COMPARED: Final = 16
COMPARED_AT_ONCE: Final = 65_536


class Lone(NamedTuple):
    """Words that only this side of their pair has, pair by pair: the pair, the row of the vector, and the weight."""

    pairs: Numbers
    rows: Numbers
    weights: Weights

    def where(self, kept: NDArray[np.bool_]) -> "Lone":
        """Some of the words."""
        return Lone(self.pairs[kept], self.rows[kept], self.weights[kept])


def meanings(here: Lone, there: Lone, size: int, vectors: WordVectors) -> tuple[Weights, ...]:
    """The columns of MEANINGS for so many pairs.

    Of each side's lone words, what they mean together against the other side's, from -1 to 1; then, by the nearest of
    the other side's to each, how much weight is left on each side as log(1 + weight), the less first, and which share
    of it is not left on the side where that is less.
    """
    totals = [np.bincount(side.pairs, side.weights, size) for side in (here, there)]
    here, there = comparable(here), comparable(there)
    cosine = cosines(sums(here, size, vectors), sums(there, size, vectors))
    alike = [np.bincount(pairs, weights, size) for pairs, weights in best_matches(here, there, vectors)]
    left = [np.maximum(total - part, 0) for total, part in zip(totals, alike, strict=True)]
    shares = [np.where(total > 0, part / np.maximum(total, 1e-9), 1) for total, part in zip(totals, alike, strict=True)]
    return cosine, np.log1p(np.minimum(*left)), np.log1p(np.maximum(*left)), np.minimum(*shares)


def sums(side: Lone, size: int, vectors: WordVectors) -> Weights:
    """What the words of each pair mean together: the weighed sum of their vectors of length 1."""
    found = np.zeros((size, vectors.table.shape[1]))
    if len(side.pairs):
        firsts = np.flatnonzero(np.diff(side.pairs, prepend=-1))
        scaled = vectors.table[side.rows] * (side.weights / vectors.lengths[side.rows])[:, None]
        found[side.pairs[firsts]] = np.add.reduceat(scaled, firsts)
    return found


def cosines(here: Weights, there: Weights) -> Weights:
    """The cosine of each row with the other's, 0 where one is nothing."""
    lengths = np.sqrt((here**2).sum(axis=1) * (there**2).sum(axis=1))
    return np.asarray((here * there).sum(axis=1) / np.maximum(lengths, 1e-9))


def best_matches(here: Lone, there: Lone, vectors: WordVectors) -> tuple[tuple[Numbers, Weights], ...]:
    """Of both sides, which pair each word is of, and its weight times how near the nearest word is to it."""
    best_here, best_there = np.zeros(len(here.pairs)), np.zeros(len(there.pairs))
    firsts, ends = (np.searchsorted(there.pairs, here.pairs, side) for side in ("left", "right"))
    lengths = ends - firsts
    totals = lengths.cumsum()
    start = 0
    while start < len(lengths):
        begun = int(totals[start] - lengths[start])
        stop = max(start + 1, int(np.searchsorted(totals, begun + COMPARED_AT_ONCE, "right")))
        counts = lengths[start:stop]
        one = np.repeat(np.arange(start, stop), counts)
        other = np.arange(counts.sum()) + np.repeat(firsts[start:stop] - (totals[start:stop] - counts - begun), counts)
        near = nearness(here.rows[one], there.rows[other], vectors)
        np.maximum.at(best_here, one, near)
        np.maximum.at(best_there, other, near)
        start = stop
    return (here.pairs, here.weights * best_here), (there.pairs, there.weights * best_there)


def comparable(side: Lone) -> Lone:
    """The words that have a vector, and not too many of one pair."""
    known = side.where(side.rows > 0)
    firsts = np.searchsorted(known.pairs, known.pairs, "left")
    return known.where(np.arange(len(known.pairs)) - firsts < MOST_COMPARED)


def nearness(here: Numbers, there: Numbers, vectors: WordVectors) -> Weights:
    """The cosine of the vectors of each two rows."""
    products = np.einsum("ij,ij->i", vectors.table[here].astype(np.float32), vectors.table[there].astype(np.float32))
    return np.asarray(products / (vectors.lengths[here] * vectors.lengths[there]))
