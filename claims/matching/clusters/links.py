"""The near pairs of a batch with their scores, and the sets of wordings that the high ones among them connect."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from claims.matching.clusters.batch import Batch
from claims.matching.finding import near_pairs
from claims.matching.proposals import FEWEST_WORDS
from claims.matching.scoring import PairScorer

Numbers = NDArray[np.int64]
Link = tuple[int, int]

# A set that links connect is scored whole where it has no more members, and where that is no more than so many times
# the pairs that were scored already: many at once cost far less than one by one, as they come to matter.
MOST_MEMBERS: Final = 200
MOST_NEW: Final = 10
PAIRS_AT_ONCE: Final = 4_096
NOWHERE: Final = np.zeros(0, np.int64)


class ScoredPairs(NamedTuple):
    """Pairs of places, the lower one left, with their scores from 0 to 100."""

    left: Numbers
    right: Numbers
    scores: NDArray[np.float64]

    def where(self, kept: NDArray[np.generic] | slice) -> "ScoredPairs":
        """Some of the pairs, in the order in which they are asked for."""
        return ScoredPairs(self.left[kept], self.right[kept], self.scores[kept])

    def by_link(self) -> dict[Link, float]:
        """The score of each pair."""
        links = zip(self.left.tolist(), self.right.tolist(), strict=True)
        return dict(zip(links, self.scores.tolist(), strict=True))


def scored_pairs(
    batch: Batch, places: Sequence[int], scorer: PairScorer, done: Callable[[int, int], None]
) -> ScoredPairs:
    """The pairs among these places that share enough, scored; done hears how many places are done, and of how many."""
    rows = np.array(places, np.int64)
    gists = [batch.gists[place] for place in places]
    near = near_pairs(gists, scorer.model.vocabulary, FEWEST_WORDS, done)
    return joined(scored(batch, rows[earlier], rows[later], scorer) for later, earlier in near)


def with_all_of_small_sets(batch: Batch, pairs: ScoredPairs, scorer: PairScorer, least: float) -> ScoredPairs:
    """The scored pairs, and beside them every other pair within a small set that links connect."""
    left, right = unscored(pairs, len(batch), least)
    parts = [slice(start, start + PAIRS_AT_ONCE) for start in range(0, len(left), PAIRS_AT_ONCE)]
    return joined(chain([pairs], (scored(batch, left[part], right[part], scorer) for part in parts)))


def unscored(pairs: ScoredPairs, count: int, least: float) -> tuple[Numbers, Numbers]:
    """The pairs that are not among these within each small set of places, of so many, that links connect; by set."""
    is_link = pairs.scores >= least
    sets = connected(np.arange(count), pairs.left[is_link], pairs.right[is_link])
    known = np.bincount(sets[pairs.left[sets[pairs.left] == sets[pairs.right]]], minlength=count)
    ends = np.unique(np.concatenate([pairs.left[is_link], pairs.right[is_link]]))
    ends = ends[np.argsort(sets[ends], kind="stable")]
    starts = np.flatnonzero(np.diff(sets[ends], prepend=-1))
    sizes = np.diff(starts, append=len(ends))
    is_small = (sizes <= MOST_MEMBERS) & (sizes * (sizes - 1) // 2 <= (1 + MOST_NEW) * known[sets[ends[starts]]])
    found = [NOWHERE]
    for members in np.unique(sizes[is_small]).tolist():
        rows = ends[starts[is_small & (sizes == members), None] + np.arange(members)]
        one, other = np.triu_indices(members, 1)
        found.append((rows[:, one] * count + rows[:, other]).ravel())
    new = np.setdiff1d(np.concatenate(found), pairs.left * count + pairs.right, assume_unique=True)
    return new // count, new % count


def scored(batch: Batch, left: Numbers, right: Numbers, scorer: PairScorer) -> ScoredPairs:
    """The pairs with their scores."""
    known = batch.profiles_at({*left.tolist(), *right.tolist()}, scorer.model.vocabulary)
    scores = scorer.scores(*([known[place] for place in side.tolist()] for side in (left, right)))
    return ScoredPairs(left, right, scores)


def joined(parts: Iterable[ScoredPairs]) -> ScoredPairs:
    """The pairs of all parts, in their order."""
    none = ScoredPairs(NOWHERE, NOWHERE, np.zeros(0))
    return ScoredPairs(*map(np.concatenate, zip(none, *parts, strict=True)))


def linked_sets(pairs: ScoredPairs, homes: Sequence[int], least: float) -> Iterator[dict[Link, float]]:
    """The scored pairs within each set of places that links connect, however far, beside what has one home already.

    Links are pairs that score so much at least. What one set does changes nothing in another.
    """
    is_link = pairs.scores >= least
    sets = connected(np.array(homes, np.int64), pairs.left[is_link], pairs.right[is_link])
    has_link = np.zeros(len(sets), np.bool_)
    has_link[sets[pairs.left[is_link]]] = True
    is_within = (sets[pairs.left] == sets[pairs.right]) & has_link[sets[pairs.left]]
    inner = pairs.where(is_within)
    inner = inner.where(np.argsort(sets[inner.left], kind="stable"))
    ends = np.flatnonzero(np.diff(sets[inner.left], append=-1)) + 1
    start = 0
    for end in ends.tolist():
        yield inner.where(slice(start, end)).by_link()
        start = end


def connected(sets: Numbers, left: Numbers, right: Numbers) -> Numbers:
    """Which set each place is in, once all that links connect is one; a set is named by one of its places.

    Of two sets that a link joins, the lower name stays, until no link joins two.
    """
    while True:
        here, there = sets[left], sets[right]
        apart = here != there
        if not apart.any():
            return sets
        left, right, here, there = (values[apart] for values in (left, right, here, there))
        sets = sets.copy()
        lower = np.minimum(here, there)
        np.minimum.at(sets, np.maximum(here, there), lower)
        while not np.array_equal(follow := sets[sets], sets):
            sets = follow
