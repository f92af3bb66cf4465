"""The pairs of a whole batch that may say the same: those that share enough, counted exactly."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from claims.matching.finding.lookup import Lookup
from claims.matching.finding.phrases import SPOT_BITS, SPOTS, spots_of, worth_of
from claims.matching.finding.terms import Numbers, Rows, Terms, Weights, terms_of
from claims.matching.folding import Gist
from claims.matching.scoring.sharing import share_enough
from claims.matching.scoring.vocabulary import Vocabulary

ROWS_AT_ONCE: Final = 2_048
ROWS_SUMMED: Final = 512
# What shares so much of its weight is nearly the same, in whatever phrase.
NEAR_COPY: Final = 0.8
# Where the words of a block's rows are noted.
NOTED: Final = 1 << 21
SPREAD_ROWS: Final = 1_000_003
SPREAD_WORDS: Final = 2_654_435


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


def worth_a_look(terms: Terms, later: Numbers, sooner: Numbers) -> tuple[Numbers, Numbers]:
    """The pairs that share enough weight and enough words, both counted exactly: less for a phrase that many have."""
    later, sooner = may_be_worth_a_look(terms, later, sooner)
    pairs, words, spots = shared_words(terms, later, sooner)
    weight = np.bincount(pairs, weights=terms.rarity[words], minlength=len(later))
    near_copies = dice_of(terms, later, sooner, weight) >= NEAR_COPY
    counts = np.where(near_copies[pairs], np.float32(1), worth_of(pairs, spots))
    near = are_near(terms, later, sooner, pairs, words, counts)
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
    pairs, places = words_of_rows(terms, sooner)
    words = terms.flat[places]
    is_shared = np.flatnonzero(noted[noted_at(later[pairs], words)])
    near = are_near(terms, later, sooner, pairs[is_shared], words[is_shared], np.ones(len(is_shared), np.float32))
    return later[near], sooner[near]


def are_near(
    terms: Terms, later: Numbers, sooner: Numbers, pairs: Numbers, words: Rows | Numbers, counts: Weights
) -> NDArray[np.bool_]:
    """Which pairs share enough.

    words has the words that are shared, pairs which of the pairs shares each, and counts how much it counts there.
    """
    shared, weight = (
        np.bincount(pairs, weights=weights, minlength=len(later)) for weights in (counts, counts * terms.rarity[words])
    )
    shorter = np.minimum(*(terms.starts[rows + 1] - terms.starts[rows] for rows in (later, sooner)))
    return share_enough(dice_of(terms, later, sooner, weight), shared / np.maximum(shorter, 1), shorter)


def dice_of(terms: Terms, later: Numbers, sooner: Numbers, weight: NDArray[Any]) -> NDArray[np.float64]:
    """The share of both rows' weight that is common, from 0 to 1."""
    return np.asarray(2 * weight / np.maximum(terms.totals[later] + terms.totals[sooner], 1e-9))


def shared_words(terms: Terms, later: Numbers, sooner: Numbers) -> tuple[Numbers, Numbers, tuple[Numbers, Numbers]]:
    """The words that both rows of a pair have: which pair's, which words, and at which spots the rows have them.

    Pair by pair; a spot is what spots_of gives.
    """
    keys = np.concatenate([keys_of(terms, rows, side) for side, rows in enumerate((later, sooner))])
    keys.sort()
    known = keys >> SPOT_BITS + 1
    at = np.flatnonzero(known[1:] == known[:-1])
    pairs, words = np.divmod(known[at], len(terms.rarity))
    return pairs, words, (keys[at] & SPOTS, keys[at + 1] & SPOTS)


def keys_of(terms: Terms, rows: Numbers, side: int) -> Numbers:
    """Every word of every row as one number: its row's place among the rows, the word, the side of it, and its spot."""
    pairs, places = words_of_rows(terms, rows)
    spots = spots_of(places - terms.starts[rows][pairs], terms.phrased[places])
    return (pairs * len(terms.rarity) + terms.flat[places] << 1 | side) << SPOT_BITS | spots


def words_of_rows(terms: Terms, rows: Numbers) -> tuple[Numbers, Numbers]:
    """At which place among the rows the row of each of their words is, and where the word is."""
    lengths = terms.starts[rows + 1] - terms.starts[rows]
    ends = np.cumsum(lengths)
    places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(terms.starts[rows + 1] - ends, lengths)
    return np.repeat(np.arange(len(rows)), lengths), places


def noted_at(rows: Numbers, words: Rows) -> Numbers:
    """Where in a table it is noted that a row has a word."""
    return np.asarray((rows * SPREAD_ROWS + words * SPREAD_WORDS) & (NOTED - 1), np.int64)
