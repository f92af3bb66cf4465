"""Which earlier rows of a batch seem to share enough with each: the index's way of looking, for many rows at once."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from claims.matching.finding.neighbours import BUCKETS, PAIR_SHARE, SHIFT
from claims.matching.finding.terms import Numbers, Rows, Terms, Weights

# As in the index, but fewer: what is to be grouped shares more than what is only worth finding.
MOST_POSTINGS: Final = 150
MOST_PAIR_POSTINGS: Final = 100
# A first guess at the share of both wordings' weight that is common; real pairs below it are one in thirty.
LEAST_GUESS: Final = 0.3
# Where the weights of a block's pairs are summed, so that few of them need be sorted.
PLACES: Final = 1 << 18
SPREAD: Final = 40_503
ROW_BITS: Final = 32
# A word of more than one in ten weighs no less: in a small batch, and in one about a single event, the very words that
# its texts share would else weigh nothing.
LEAST_RARITY: Final = 2.3


class Lookup:
    """Finds, for each row, the earlier ones that share its rare words, or pairs of its common ones."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        owners = terms.owners
        self.words = Postings(terms.flat, owners, len(terms.rarity))
        rows = len(terms.starts)
        rarity = np.maximum(np.log(rows / np.maximum(self.words.sizes, 1)), LEAST_RARITY)
        self.weights = (rarity**2).astype(np.float32)
        self.one, self.other = neighbours(owners)
        one, other = (terms.flat[side].astype(np.int64) + SHIFT for side in (self.one, self.other))
        self.pairs = Postings(one * other % BUCKETS, owners[self.one], BUCKETS)
        self.pair_starts = np.searchsorted(owners[self.one], np.arange(rows))
        self.totals = np.bincount(owners, weights=self.weights[terms.flat], minlength=rows).astype(np.float32)

    def earlier(self, first: int, last: int) -> tuple[Numbers, Numbers]:
        """Rows first to last with the earlier ones that seem to share enough with them."""
        owners, weights, rows = self.read(first, last)
        wanted = np.float32(LEAST_GUESS / 2) * (self.totals[owners] + self.totals[rows])
        # Most pairs share one word alone. What falls into one place of a table with a pair can only add to it, so
        # that what stays too light all the same need not be sorted.
        places = (owners - first) * SPREAD + rows * SHIFT & PLACES - 1
        kept = np.flatnonzero(np.bincount(places, weights=weights, minlength=PLACES)[places] >= wanted)
        pairs = owners[kept].astype(np.int64) << ROW_BITS | rows[kept]
        order = np.argsort(pairs, kind="stable")
        pairs, kept = pairs[order], kept[order]
        firsts = np.flatnonzero(np.diff(pairs, prepend=-1))
        shared = np.add.reduceat(weights[kept], firsts) if len(firsts) else weights[kept]
        found = pairs[firsts[shared >= wanted[kept[firsts]]]]
        return found >> ROW_BITS, found & (1 << ROW_BITS) - 1

    def read(self, first: int, last: int) -> tuple[Numbers, Weights, Rows]:
        """Every posting that is read for the rows: whose it is, what it weighs, and the earlier row."""
        flat = self.terms.flat
        entries = np.arange(self.terms.starts[first], self.terms.starts[last])
        owners = np.repeat(np.arange(first, last), np.diff(self.terms.starts[first : last + 1]))
        is_read = within(owners, self.words.before[entries], MOST_POSTINGS)
        unread = np.where(is_read, np.float32(0), self.weights[flat[entries]])
        words = entries[is_read]
        pairs = np.arange(self.pair_starts[first], self.pair_starts[last])
        pair_weights = PAIR_SHARE * (unread[self.one[pairs] - entries[:1]] + unread[self.other[pairs] - entries[:1]])
        pairs, pair_weights = pairs[pair_weights > 0], pair_weights[pair_weights > 0]
        pair_owners = np.searchsorted(self.terms.starts, self.one[pairs], side="right") - 1
        is_read_pair = within(pair_owners, self.pairs.before[pairs], MOST_PAIR_POSTINGS)
        rows, counts = self.words.read(words, MOST_POSTINGS)
        pair_rows, pair_counts = self.pairs.read(pairs[is_read_pair], MOST_PAIR_POSTINGS)
        return (
            np.concatenate([owners[is_read].repeat(counts), pair_owners[is_read_pair].repeat(pair_counts)]),
            np.concatenate([self.weights[flat[words]].repeat(counts), pair_weights[is_read_pair].repeat(pair_counts)]),
            np.concatenate([rows, pair_rows]),
        )


class Postings:
    """Which rows have each key; before says, of each entry, how many earlier rows have its key."""

    def __init__(self, keys: NDArray[np.integer], owners: Rows, size: int) -> None:
        self.sizes = np.bincount(keys, minlength=size)
        order = np.argsort(keys, kind="stable")
        self.rows = owners[order]
        self.places = np.empty(len(keys), np.int64)
        self.places[order] = np.arange(len(keys))
        self.before = self.places - (np.cumsum(self.sizes) - self.sizes)[keys]

    def read(self, entries: Numbers, most: int) -> tuple[Rows, Numbers]:
        """The earlier rows with each of the entries' keys, the latest of them, and how many of each."""
        counts = np.minimum(self.before[entries], most)
        ends = np.cumsum(counts)
        if not len(entries) or not ends[-1]:
            return np.zeros(0, np.int32), counts
        return self.rows[np.arange(ends[-1]) + np.repeat(self.places[entries] - ends, counts)], counts


def neighbours(owners: Rows) -> tuple[Numbers, Numbers]:
    """The places of words of one row that stand beside each other or with one between, by the first's place."""
    one = np.concatenate([np.flatnonzero(owners[:-gap] == owners[gap:]) for gap in (1, 2)])
    gaps = np.repeat((1, 2), [(owners[:-gap] == owners[gap:]).sum() for gap in (1, 2)])
    order = np.argsort(one, kind="stable")
    return one[order], (one + gaps)[order]


def within(owners: Numbers, costs: Numbers, most: int) -> NDArray[np.bool_]:
    """Which entries are read: of each owner's the cheapest first, while together they cost no more; one always."""
    order = np.lexsort((costs, owners))
    sorted_owners, sorted_costs = owners[order], np.minimum(costs[order], most)
    sums = np.cumsum(sorted_costs)
    opens = np.diff(sorted_owners, prepend=-1) != 0
    spent = sums - np.maximum.accumulate(np.where(opens, sums - sorted_costs, 0))
    chosen = np.zeros(len(owners), np.bool_)
    chosen[order] = spent <= most
    return chosen
