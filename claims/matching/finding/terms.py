"""The words of a whole batch of wordings by number, row behind row, and what each weighs."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from claims.matching.finding.phrases import LARGE_BATCH, in_phrases
from claims.matching.folding import Gist
from claims.matching.folding.lexicon import STOP_STEMS
from claims.matching.scoring.vocabulary import Vocabulary

Numbers = NDArray[np.int64]
Rows = NDArray[np.int32]
Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of rows, by number: those of row i are flat[starts[i]:starts[i + 1]].

    rarity has what each word weighs, totals what each row does; phrased says which words of flat stand in a phrase
    that many rows of a large batch have.
    """

    flat: Rows
    starts: Numbers
    phrased: NDArray[np.bool_]
    rarity: Weights
    totals: Weights

    @property
    def owners(self) -> Rows:
        """Which row each of the words is in."""
        return np.repeat(np.arange(len(self.starts) - 1, dtype=np.int32), np.diff(self.starts))


def terms_of(gists: Sequence[Gist], vocabulary: Vocabulary, fewest_words: int) -> Terms:
    """The words that say something of the gists that have enough of them, each once."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    spoken = list(map(attrgetter("concepts"), gists))
    lengths = np.fromiter(map(len, spoken), np.int64, len(gists))
    flat = np.fromiter(map(numbers.__getitem__, chain.from_iterable(spoken)), np.int32, int(lengths.sum()))
    rarity = [vocabulary.rarity.get(concept, vocabulary.rarest) for concept in numbers]
    says_something = np.array([concept not in STOP_STEMS for concept in numbers], np.bool_)
    owners = np.repeat(np.arange(len(gists)), lengths)
    kept = np.flatnonzero(says_something[flat])
    _, firsts = np.unique(owners[kept] * len(numbers) + flat[kept], return_index=True)
    kept = kept[np.sort(firsts)]
    enough = np.bincount(owners[kept], minlength=len(gists)) >= fewest_words
    kept = kept[enough[owners[kept]]]
    weights, flat, owners = np.array(rarity, np.float32), flat[kept], owners[kept].astype(np.int32)
    starts = np.concatenate([[0], np.bincount(owners, minlength=len(gists)).cumsum()])
    totals = np.bincount(owners, weights=weights[flat], minlength=len(gists)).astype(np.float32)
    phrased = in_phrases(flat, owners) if len(gists) >= LARGE_BATCH else np.zeros(len(flat), np.bool_)
    return Terms(flat, starts, phrased, weights, totals)
