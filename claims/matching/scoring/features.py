"""What is measured of pairs of wordings, many at a time: each feature is symmetric and looks at nothing else stored."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import LCSseq, Levenshtein

from claims.matching.scoring.meanings import MEANINGS, Lone, meanings
from claims.matching.scoring.profiles import Profile
from claims.matching.scoring.vectors import WordVectors
from claims.matching.scoring.vocabulary import NUMBERS, Numbers

Features = NDArray[np.float64]
Chosen = NDArray[np.bool_]
# A profile whose every part holds that part of many, in their order.
Columns = Any

# Bags whose overlap is measured as a share of the smaller ("cover") and of the larger one ("overlap").
BAGS: Final = (
    "forms_bag",
    "pairs_bag",
    "content_bag",
    "content_pairs_bag",
    "forms",
    "content",
)
COUNTED_BAGS: Final = ("names_bag", "figures_bag")
WEIGHED: Final = (
    "weight_cosine",
    "weight_shared",
    "weight_dice",
    "weight_cover",
    "weight_overlap",
    "weight_left_less",
    "weight_left_more",
    "rarest_left_less",
    "rarest_left_more",
    "rarest_shared",
    "next_shared",
)
# What the words themselves say, by what a model learned of them: log odds.
WORDS: Final = "words"
NAMES: Final = (
    "order",
    "letters",
    *(f"{bag}_{share}" for bag in BAGS for share in ("cover", "overlap")),
    *(f"{bag}_{count}" for bag in COUNTED_BAGS for count in ("shared", "left_less", "left_more")),
    "edits",
    "words_fewer",
    "words_more",
    "content_fewer",
    "content_more",
    *WEIGHED,
    *MEANINGS,
    WORDS,
)


def features(left: Sequence[Profile], right: Sequence[Profile], vectors: WordVectors) -> Features:
    """One row for each pair left[i], right[i], one column for each of NAMES; shares from 0 to 1, counts as log(1+n).

    vectors are those of the vocabulary that the profiles were made with.
    """
    if not left:
        return np.zeros((0, len(NAMES)))
    return np.stack(columns_of(parts_of(left), parts_of(right), vectors), axis=1)


def parts_of(profiles: Sequence[Profile]) -> Columns:
    """For each part of a profile, that part of all of them."""
    return Profile._make(zip(*profiles, strict=True))


def columns_of(here: Columns, there: Columns, vectors: WordVectors) -> list[Features]:
    """The columns of NAMES, for the parts of the left and of the right profile of each pair."""
    compared = {name: Compared(getattr(here, name), getattr(there, name)) for name in (*BAGS, *COUNTED_BAGS)}
    forms, content = compared["forms"], compared["content"]
    columns = [ratio(here.line, there.line), ratio(here.sorted_line, there.sorted_line)]
    for name in BAGS:
        columns += compared[name].shares()
    for name in COUNTED_BAGS:
        columns += compared[name].counts()
    edits = by_pair(here.forms, there.forms, Levenshtein.distance)
    sizes = (forms.shorter, forms.longer, content.shorter, content.longer)
    return [*columns, *map(np.log1p, (edits, *sizes)), *said(here, there, vectors), words(here, there)]


class Compared:
    """The strings of one part of the profiles of each pair: their lengths, and what they have in common, in order."""

    def __init__(self, here: Sequence[str], there: Sequence[str]) -> None:
        self.here = np.fromiter(map(len, here), np.float64, len(here))
        self.there = np.fromiter(map(len, there), np.float64, len(there))
        self.shorter, self.longer = np.minimum(self.here, self.there), np.maximum(self.here, self.there)
        self.common = by_pair(here, there, LCSseq.similarity)

    def shares(self) -> tuple[Features, Features]:
        """What is common, as a share of the shorter and of the longer string."""
        return self.common / np.maximum(self.shorter, 1), self.common / np.maximum(self.longer, 1)

    def counts(self) -> tuple[Features, Features, Features]:
        """How many are common, and how many only the one and only the other has, the fewer first."""
        here, there = self.here - self.common, self.there - self.common
        return np.log1p(self.common), np.log1p(np.minimum(here, there)), np.log1p(np.maximum(here, there))


def by_pair(here: Sequence[str], there: Sequence[str], scorer: Callable[..., float]) -> Features:
    """What a scorer of RapidFuzz finds for each pair."""
    return np.asarray(process.cpdist(here, there, scorer=scorer), np.float64)


def ratio(here: Sequence[str], there: Sequence[str]) -> Features:
    """How alike two lines are, letter by letter, from 0 to 1."""
    return by_pair(here, there, fuzz.ratio) / 100


class Words:
    """The words of one side of every pair, by their numbers, and what each of them weighs."""

    def __init__(self, numbers: Sequence[Numbers], weights: Sequence[Features]) -> None:
        self.size = len(numbers)
        self.pairs = np.repeat(np.arange(self.size), np.fromiter(map(len, numbers), np.int64, self.size))
        self.keys = np.concatenate(numbers) + self.pairs * NUMBERS
        self.weights = np.concatenate(weights)

    def shared(self, others: "Words") -> Chosen:
        """Which of the words the other side of their pair has too."""
        if not len(others.keys):
            return np.zeros(len(self.keys), np.bool_)
        places = np.minimum(np.searchsorted(others.keys, self.keys), len(others.keys) - 1)
        return np.asarray(others.keys[places] == self.keys, np.bool_)

    def total(self, weights: Features) -> Features:
        """The sum of the weights of each pair."""
        return np.asarray(np.bincount(self.pairs, weights=weights, minlength=self.size), np.float64)

    def highest(self, weights: Features) -> Features:
        """The highest of the weights of each pair, 0 where it has none."""
        found = np.zeros(self.size)
        np.maximum.at(found, self.pairs, weights)
        return found

    def two_highest(self, chosen: Chosen) -> tuple[Features, Features]:
        """The highest and the next of the weights of each pair's chosen words, 0 where it has none."""
        pairs, weights = self.pairs[chosen], self.weights[chosen]
        counts = np.bincount(pairs, minlength=self.size)
        # Two zeros stand before all of them, for pairs that have fewer.
        ordered = np.concatenate([[0.0, 0.0], weights[np.lexsort((weights, pairs))]])
        last = counts.cumsum() + 1
        return ordered[np.where(counts > 0, last, 0)], ordered[np.where(counts > 1, last - 1, 0)]


def said(left: Columns, right: Columns, vectors: WordVectors) -> tuple[Features, ...]:
    """The columns of WEIGHED and of MEANINGS."""
    here, there = Words(left.numbers, left.weights), Words(right.numbers, right.weights)
    of_here, of_there = here.shared(there), there.shared(here)
    lone_here, lone_there = (
        Lone(words.pairs, np.concatenate(rows), words.weights).where(~shared)
        for words, rows, shared in ((here, left.vector_rows, of_here), (there, right.vector_rows, of_there))
    )
    return *weighed(here, there, of_here, of_there), *meanings(lone_here, lone_there, here.size, vectors)


def weighed(here: Words, there: Words, of_here: Chosen, of_there: Chosen) -> tuple[Features, ...]:
    """The columns of WEIGHED: how much of both wordings' weight is shared, and what is left on each side."""
    sides = here, there
    sums = [words.total(words.weights) for words in sides]
    squares = [np.sqrt(words.total(words.weights**2)) for words in sides]
    both = here.total(here.weights * of_here)
    cosine = here.total(here.weights**2 * of_here) / np.maximum(squares[0] * squares[1], 1e-9)
    less, more = np.minimum(*sums), np.maximum(*sums)
    left_over = [whole - both for whole in sums]
    rarest = [words.highest(words.weights * ~shared) for words, shared in ((here, of_here), (there, of_there))]
    return (
        cosine,
        np.log1p(both),
        2 * both / np.maximum(less + more, 1e-9),
        both / np.maximum(less, 1e-9),
        both / np.maximum(more, 1e-9),
        np.log1p(np.maximum(np.minimum(*left_over), 0)),
        np.log1p(np.maximum(np.maximum(*left_over), 0)),
        np.minimum(*rarest),
        np.maximum(*rarest),
        *here.two_highest(of_here),
    )


def words(left: Columns, right: Columns) -> Features:
    """The log odds that the words themselves give each pair, shared ones and lone ones."""
    here, there = Words(left.telling, left.odds), Words(right.telling, right.odds)
    lone = np.array(left.lone_odds) + np.array(right.lone_odds)
    return np.asarray(here.total(here.weights * here.shared(there)) + lone, np.float64)
