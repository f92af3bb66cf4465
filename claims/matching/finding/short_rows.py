"""The shortest wordings of an index by every two of their words, so that they are found within much longer ones."""

from array import array
from bisect import insort
from collections.abc import Iterable, Sequence
from itertools import combinations, combinations_with_replacement
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Posting: TypeAlias = "array[int]"

# What has more words that say something shares enough with a longer wording to be found by their weight.
MOST_TERMS: Final = 4
# Of so few terms, one alone is enough to be found by.
MOST_ALONE: Final = 2
# A look-up asks for every two of so many terms, and reads so many rows with each two, those with the fewest letters.
MOST_ASKED: Final = 32
MOST_READ: Final = 40
SHIFT: Final = 32
ROWS: Final = (1 << SHIFT) - 1
ONCE: Final = np.ones(1, np.bool_)


class ShortRows:
    """Rows of few terms, by their pairs; a term with itself counts as a pair of the shortest rows.

    partners has, by one term of a pair and then by the other, the rows as their letters before their number.
    """

    def __init__(self) -> None:
        self.partners: dict[int, dict[int, Posting]] = {}

    def add(self, row: int, terms: Sequence[int], letters: int) -> None:
        """Note the row, if it is short, which has so many letters."""
        noted = letters << SHIFT | row
        for one, other in partners_of(terms):
            partners = self.partners.setdefault(one, {})
            posting = partners.get(other)
            if posting is None:
                partners[other] = array("q", (noted,))
            else:
                insort(posting, noted)

    def remove(self, row: int, terms: Sequence[int], letters: int) -> None:
        """Forget the row, if it is short, which has so many letters."""
        for one, other in partners_of(terms):
            self.partners[one][other].remove(letters << SHIFT | row)

    def covered(self, terms: Sequence[int], most: int, starts: Numbers) -> Numbers:
        """The rows that have pairs of the terms, at most so many: those of which most is covered, the shortest first.

        starts says where the terms of each row begin.
        """
        read: Posting = array("q")
        asked = set(terms[:MOST_ASKED])
        for term in asked:
            partners = self.partners.get(term)
            if partners:
                for other in asked & partners.keys():
                    read += partners[other][:MOST_READ]
        if len(read) > most:
            return most_covered(np.frombuffer(read, np.int64), starts)[:most]
        rows = {noted & ROWS for noted in read}
        return np.fromiter(rows, np.int64, len(rows))


def partners_of(terms: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Every two of a short row's terms, of the shortest each with itself too; none of longer rows."""
    if len(terms) > MOST_TERMS:
        return ()
    pairs = combinations_with_replacement if len(terms) <= MOST_ALONE else combinations
    # The term with the higher number is the later met, thus the rarer: it has fewer partners.
    return pairs(sorted(terms, reverse=True), 2)


def most_covered(read: Numbers, starts: Numbers) -> Numbers:
    """The rows that were read, as they are noted, once for each of their pairs: those first of which most is covered.

    What was read is sorted where it is.
    """
    read.sort()
    firsts = is_first(read).nonzero()[0]
    pairs = np.concatenate([firsts[1:], [len(read)]]) - firsts
    rows = read[firsts] & ROWS
    covered = COVERS[starts[1:].take(rows) - starts.take(rows), pairs]
    return np.asarray(rows[(-covered).argsort(kind="stable")], np.int64)


def is_first(numbers: Numbers) -> NDArray[np.bool_]:
    """Which of some sorted numbers differ from the one before."""
    return np.concatenate([ONCE, numbers[1:] != numbers[:-1]])


def covers() -> NDArray[np.float64]:
    """The share of a row's terms that is covered, by how many it has and how many of its pairs are."""
    found = np.zeros((MOST_TERMS + 1, MOST_TERMS * MOST_TERMS))
    for size in range(1, MOST_TERMS + 1):
        for shared in range(1, size + 1):
            pairs = shared * (shared + (1 if size <= MOST_ALONE else -1)) // 2
            found[size, pairs] = shared / size
    return found


COVERS: Final = covers()
