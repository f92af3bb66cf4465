"""The pairs of a whole batch that may say the same: the index's way of looking, for all wordings at once."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Final

import numpy as np
from numpy.typing import NDArray

from claims.matching.finding.index import PAIR_SHARE
from claims.matching.finding.neighbours import BUCKETS, SHIFT
from claims.matching.folding import Gist
from claims.matching.folding.lexicon import STOP_STEMS
from claims.matching.scoring.vocabulary import Vocabulary

Numbers = NDArray[np.int64]
Rows = NDArray[np.int32]
Weights = NDArray[np.float32]

# As in the index, but fewer: what is to be grouped shares more than what is only worth finding.
MOST_POSTINGS: Final = 300
MOST_PAIR_POSTINGS: Final = 200
ROWS_AT_ONCE: Final = 2_048
ROWS_SUMMED: Final = 512
# A first guess at the share of both wordings' weight that is common; real pairs below it are one in thirty.
LEAST_GUESS: Final = 0.3
# Where the weights of a block's pairs are summed, so that few of them need be sorted.
PLACES: Final = 1 << 18
SPREAD: Final = 40_503
ROW_BITS: Final = 32
# Where the words of a block's rows are noted.
NOTED: Final = 1 << 24
SPREAD_ROWS: Final = 1_000_003
SPREAD_WORDS: Final = 2_654_435
# A word of more than one in ten weighs no less: in a small batch, and in one about a single event, the very words that
# its texts share would else weigh nothing.
LEAST_RARITY: Final = 2.3
# What shares less of both is not scored: on labelled news all but one in a hundred of the pairs that would be grouped
# share more, among short headlines one in ten would not.
DICE_COUNTS: Final = 7.0
COVER_COUNTS: Final = 3.3
LEAST_SHARED: Final = 5.2
# Short wordings share a word or two by chance: for each that they lack to enough, they must share so much more.
ENOUGH_WORDS: Final = 7
SHORT_COUNTS: Final = 0.4


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of rows, by number: those of row i are flat[starts[i]:starts[i + 1]].

    rarity has what each word weighs, totals what each row does.
    """

    flat: Rows
    starts: Numbers
    rarity: Weights
    totals: Weights

    @property
    def owners(self) -> Rows:
        """Which row each of the words is in."""
        return np.repeat(np.arange(len(self.starts) - 1, dtype=np.int32), np.diff(self.starts))


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


def near_pairs(
    gists: Sequence[Gist], vocabulary: Vocabulary, fewest_words: int, done: Callable[[int, int], None]
) -> Iterator[tuple[Numbers, Numbers]]:
    """Pairs of rows, later and earlier, that share enough for a closer look, a block of rows at a time.

    Rows with fewer words that say something are left out. done hears how many of the rows were looked up, and of how
    many.
    """
    terms = terms_of(gists, vocabulary, fewest_words)
    if not len(terms.flat):
        return
    lookup = Lookup(terms)
    for first in range(0, len(gists), ROWS_AT_ONCE):
        last = min(first + ROWS_AT_ONCE, len(gists))
        parts = [lookup.earlier(start, min(start + ROWS_SUMMED, last)) for start in range(first, last, ROWS_SUMMED)]
        later, sooner = (np.concatenate(rows) for rows in zip(*parts, strict=True))
        yield worth_a_look(terms, later, sooner)
        done(last, len(gists))


def terms_of(gists: Sequence[Gist], vocabulary: Vocabulary, fewest_words: int) -> Terms:
    """The words that say something of the gists that have enough of them, each once."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    lengths = np.fromiter((len(gist.concepts) for gist in gists), np.int64, len(gists))
    spoken = chain.from_iterable(gist.concepts for gist in gists)
    flat = np.fromiter(map(numbers.__getitem__, spoken), np.int32, int(lengths.sum()))
    rarity = [vocabulary.rarity.get(concept, vocabulary.rarest) for concept in numbers]
    says_something = np.array([concept not in STOP_STEMS for concept in numbers], np.bool_)
    owners = np.repeat(np.arange(len(gists)), lengths)
    kept = np.flatnonzero(says_something[flat])
    _, firsts = np.unique(owners[kept] * len(numbers) + flat[kept], return_index=True)
    kept = kept[np.sort(firsts)]
    enough = np.bincount(owners[kept], minlength=len(gists)) >= fewest_words
    kept = kept[enough[owners[kept]]]
    weights, flat, owners = np.array(rarity, np.float32), flat[kept], owners[kept]
    starts = np.concatenate([[0], np.bincount(owners, minlength=len(gists)).cumsum()])
    totals = np.bincount(owners, weights=weights[flat], minlength=len(gists)).astype(np.float32)
    return Terms(flat, starts, weights, totals)


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
        order = np.argsort(pairs)
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


def worth_a_look(terms: Terms, later: Numbers, sooner: Numbers) -> tuple[Numbers, Numbers]:
    """The pairs that share enough weight and enough words, both counted exactly."""
    later, sooner = may_be_worth_a_look(terms, later, sooner)
    here, there = (words_behind_pairs(terms, rows) for rows in (later, sooner))
    keys = np.concatenate([here, there])
    keys.sort()
    common = keys[1:][keys[1:] == keys[:-1]]
    near = share_enough(terms, later, sooner, common // len(terms.rarity), common % len(terms.rarity))
    return later[near], sooner[near]


def may_be_worth_a_look(terms: Terms, later: Numbers, sooner: Numbers) -> tuple[Numbers, Numbers]:
    """Those of the pairs that may share enough, for a fraction of the time that exact counts take.

    Whether a later row has a word is looked up in a table, in which another row's word may stand for it: it is counted
    too often rather than not at all.
    """
    if not len(later):
        return later, sooner
    first, last = int(later.min()), int(later.max()) + 1
    rows = np.repeat(np.arange(first, last), np.diff(terms.starts[first : last + 1]))
    noted = np.zeros(NOTED, np.bool_)
    noted[noted_at(rows, terms.flat[terms.starts[first] : terms.starts[last]])] = True
    pairs, words = words_of_rows(terms, sooner)
    is_shared = np.flatnonzero(noted[noted_at(later[pairs], words)])
    near = share_enough(terms, later, sooner, pairs[is_shared], words[is_shared])
    return later[near], sooner[near]


def share_enough(terms: Terms, later: Numbers, sooner: Numbers, pairs: Numbers, words: Rows) -> NDArray[np.bool_]:
    """Which pairs share enough; words has the words that are shared, pairs which of the pairs shares each."""
    shared, weight = (
        np.bincount(pairs, weights=weights, minlength=len(later)) for weights in (None, terms.rarity[words])
    )
    dice = 2 * weight / np.maximum(terms.totals[later] + terms.totals[sooner], 1e-9)
    shorter = np.minimum(*(terms.starts[rows + 1] - terms.starts[rows] for rows in (later, sooner)))
    cover = shared / np.maximum(shorter, 1)
    lacking = np.maximum(ENOUGH_WORDS - shorter, 0)
    return np.asarray(DICE_COUNTS * dice + COVER_COUNTS * cover >= LEAST_SHARED + SHORT_COUNTS * lacking, np.bool_)


def words_of_rows(terms: Terms, rows: Numbers) -> tuple[Numbers, Rows]:
    """Every word of every one of the rows, and at which place among the rows its row is."""
    lengths = terms.starts[rows + 1] - terms.starts[rows]
    ends = np.cumsum(lengths)
    places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(terms.starts[rows + 1] - ends, lengths)
    return np.repeat(np.arange(len(rows)), lengths), terms.flat[places]


def words_behind_pairs(terms: Terms, rows: Numbers) -> Numbers:
    """Every word of every row as one number, the word's behind its row's place among the rows."""
    pairs, words = words_of_rows(terms, rows)
    return pairs * len(terms.rarity) + words


def noted_at(rows: Numbers, words: Rows) -> Numbers:
    """Where in a table it is noted that a row has a word."""
    return np.asarray((rows * SPREAD_ROWS + words * SPREAD_WORDS) & (NOTED - 1), np.int64)
