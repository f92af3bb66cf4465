"""What is measured of pairs of wordings, many at a time: each feature is symmetric and looks at nothing else stored."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import LCSseq, Levenshtein

from claims.matching.profiles import NUMBERS, Profile

Features = NDArray[np.float64]

# Bags whose overlap is measured as a share of the smaller ("cover") and of the larger one ("overlap").
BAGS: Final = (
    "forms_bag",
    "pairs_bag",
    "triples_bag",
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
    WORDS,
)


def features(left: Sequence[Profile], right: Sequence[Profile]) -> Features:
    """One row for each pair left[i], right[i], one column for each of NAMES; shares from 0 to 1, counts as log(1+n)."""
    columns = [ratio(left, right, "line"), ratio(left, right, "sorted_line")]
    for name in BAGS:
        columns += shares(left, right, name)
    for name in COUNTED_BAGS:
        columns += counts(left, right, name)
    columns += [
        np.log1p(edits(left, right)),
        *map(np.log1p, lengths(left, right, "forms")),
        *map(np.log1p, lengths(left, right, "content")),
        *weighed(left, right),
        words(left, right),
    ]
    return np.stack(columns, axis=1) if len(left) else np.zeros((0, len(NAMES)))


def texts(profiles: Sequence[Profile], name: str) -> list[str]:
    """One string of each profile."""
    return [getattr(profile, name) for profile in profiles]


def ratio(left: Sequence[Profile], right: Sequence[Profile], name: str) -> Features:
    """How alike two lines are, letter by letter, from 0 to 1."""
    return np.asarray(process.cpdist(texts(left, name), texts(right, name), scorer=fuzz.ratio), np.float64) / 100


def edits(left: Sequence[Profile], right: Sequence[Profile]) -> Features:
    """How many words must be put in, left out or replaced to make one of the other."""
    found = process.cpdist(texts(left, "forms"), texts(right, "forms"), scorer=Levenshtein.distance)
    return np.asarray(found, np.float64)


def lengths(left: Sequence[Profile], right: Sequence[Profile], name: str) -> tuple[Features, Features]:
    """The length of the shorter and of the longer string of each pair."""
    here = np.fromiter(map(len, texts(left, name)), np.float64, len(left))
    there = np.fromiter(map(len, texts(right, name)), np.float64, len(right))
    return np.minimum(here, there), np.maximum(here, there)


def shared(left: Sequence[Profile], right: Sequence[Profile], name: str) -> Features:
    """How many characters of two strings are common, in order."""
    found = process.cpdist(texts(left, name), texts(right, name), scorer=LCSseq.similarity)
    return np.asarray(found, np.float64)


def shares(left: Sequence[Profile], right: Sequence[Profile], name: str) -> tuple[Features, Features]:
    """What is common, as a share of the shorter and of the longer string."""
    common = shared(left, right, name)
    shorter, longer = lengths(left, right, name)
    return common / np.maximum(shorter, 1), common / np.maximum(longer, 1)


def counts(left: Sequence[Profile], right: Sequence[Profile], name: str) -> tuple[Features, Features, Features]:
    """How many are common, and how many only the one and only the other has, the fewer first."""
    common = shared(left, right, name)
    here = np.fromiter(map(len, texts(left, name)), np.float64, len(left)) - common
    there = np.fromiter(map(len, texts(right, name)), np.float64, len(right)) - common
    return np.log1p(common), np.log1p(np.minimum(here, there)), np.log1p(np.maximum(here, there))


def weighed(left: Sequence[Profile], right: Sequence[Profile]) -> tuple[Features, ...]:
    """The columns of WEIGHED: how much of both wordings' weight is shared, and what is left on each side."""
    here, there = (entries([profile.weights for profile in side]) for side in (left, right))
    of_here, of_there = (np.isin(one[0], other[0], assume_unique=True) for one, other in ((here, there), (there, here)))
    size = len(left)
    sums = [total(one, one[1], size) for one in (here, there)]
    squares = [np.sqrt(total(one, one[1] ** 2, size)) for one in (here, there)]
    both = total(here, here[1] * of_here, size)
    cosine = total(here, here[1] ** 2 * of_here, size) / np.maximum(squares[0] * squares[1], 1e-9)
    less, more = np.minimum(*sums), np.maximum(*sums)
    left_over = [whole - both for whole in sums]
    rarest = [highest(one, one[1] * ~shared_, size) for one, shared_ in ((here, of_here), (there, of_there))]
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
    )


def words(left: Sequence[Profile], right: Sequence[Profile]) -> Features:
    """The log odds that the words themselves give each pair, shared ones and lone ones."""
    here, there = (entries([profile.odds for profile in side]) for side in (left, right))
    shared_ = here[1] * np.isin(here[0], there[0], assume_unique=True)
    lone = [one.lone_odds + other.lone_odds for one, other in zip(left, right, strict=True)]
    return np.asarray(total(here, shared_, len(left)) + np.array(lone), np.float64)


def entries(weights: Sequence[Mapping[int, float]]) -> tuple[NDArray[np.int64], Features]:
    """Every word of every pair: its number behind its pair's, and its weight."""
    keys = [pair * NUMBERS + number for pair, of_pair in enumerate(weights) for number in of_pair]
    values = [weight for of_pair in weights for weight in of_pair.values()]
    return np.array(keys, np.int64), np.array(values, np.float64)


def total(of: tuple[NDArray[np.int64], Features], weights: Features, size: int) -> Features:
    """The sum of the weights of each pair."""
    return np.asarray(np.bincount(of[0] // NUMBERS, weights=weights, minlength=size), np.float64)


def highest(of: tuple[NDArray[np.int64], Features], weights: Features, size: int) -> Features:
    """The highest of the weights of each pair, 0 where it has none."""
    found = np.zeros(size)
    np.maximum.at(found, of[0] // NUMBERS, weights)
    return found
