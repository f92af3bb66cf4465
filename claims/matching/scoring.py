"""How alike two wordings are, from 0 to 100, many pairs at a time."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import LCSseq

from claims.matching.folding import Folded, Unit
from claims.matching.words import Kind

Scores = NDArray[np.float32]

# What a name or a number weighs beside another word. On news pairs these steps rank as well as a corpus's frequencies
# (AUC 0.841 and 0.844), and no score depends on what else is stored.
COMMON_WEIGHT: Final = 4
NAME_WEIGHT: Final = 5
# A wording that a longer one contains is worth a look, never more: its score ends below what is grouped. Very short
# ones are contained everywhere.
LEAST_CONTAINED: Final = 4 * COMMON_WEIGHT
MOST_CONTAINED: Final = 60
# Private code points for concepts: one character each, so that RapidFuzz compares bags of concepts in C.
FIRST_CODE_POINT: Final = 0x10000
CODE_POINTS: Final = 0x100000


@dataclass(frozen=True, slots=True)
class Sketch:
    """A folded wording as the scorers read it.

    concepts are those that say something (all of them, where none does); bag has one character for each, repeated by
    its weight, in a fixed order; line is all concepts in the text's order, sorted_line the same in alphabetical order.
    """

    concepts: tuple[str, ...]
    bag: str
    line: str
    sorted_line: str


@dataclass(frozen=True, slots=True)
class Parts:
    """The scores of pairs, each from 0 to 100 and symmetric.

    overlap is the share of both bags that is common, cover the share of the smaller one; order compares the concepts
    as they follow each other, letters the same without their order. total is the one number.
    """

    overlap: Scores
    cover: Scores
    order: Scores
    letters: Scores
    total: Scores


def sketch(folded: Folded) -> Sketch:
    """The wording as the scorers read it."""
    weights: dict[str, int] = {}
    for unit in [unit for unit in folded.units if unit.is_content] or folded.units:
        weights[unit.concept] = max(weights.get(unit.concept, 0), weight(unit))
    concepts = [unit.concept for unit in folded.units]
    return Sketch(
        concepts=tuple(weights),
        bag="".join(sorted(character(concept) * count for concept, count in weights.items())),
        line=" ".join(concepts),
        sorted_line=" ".join(sorted(concepts)),
    )


def score_pairs(left: Sequence[Sketch], right: Sequence[Sketch]) -> Parts:
    """The scores of left[i] with right[i]; a wording without words is like nothing."""
    left_bags, right_bags = [one.bag for one in left], [one.bag for one in right]
    sizes = np.array([(len(one), len(other)) for one, other in zip(left_bags, right_bags, strict=True)], np.float32)
    sizes = np.maximum(sizes.reshape(-1, 2), 1)
    shared = process.cpdist(left_bags, right_bags, scorer=LCSseq.similarity, dtype=np.float32)
    overlap = 200 * shared / sizes.sum(axis=1)
    cover = 100 * shared / sizes.min(axis=1)
    lines = [one.line for one in left], [one.line for one in right]
    order = process.cpdist(*lines, scorer=fuzz.ratio, dtype=np.float32)
    sorted_lines = [one.sorted_line for one in left], [one.sorted_line for one in right]
    letters = process.cpdist(*sorted_lines, scorer=fuzz.ratio, dtype=np.float32)
    alike = np.where(shared > 0, 0.4 * overlap + 0.2 * cover + 0.2 * order + 0.2 * letters, 0)
    contained = np.where(sizes.min(axis=1) >= LEAST_CONTAINED, np.minimum(0.8 * cover, MOST_CONTAINED), 0)
    total = np.maximum(alike, contained)
    return Parts(overlap, cover, order, letters, total.astype(np.float32))


def weight(unit: Unit) -> int:
    """How many characters of the bag a unit takes."""
    return COMMON_WEIGHT if unit.kind is Kind.COMMON and not unit.is_name else NAME_WEIGHT


@lru_cache(maxsize=65_536)
def character(concept: str) -> str:
    """The concept's character; two concepts share one by chance once in a million."""
    return chr(FIRST_CODE_POINT + zlib.crc32(concept.encode("utf-8", "surrogatepass")) % CODE_POINTS)
