"""The shortest wordings of an index by every two of their words, so that they are found within much longer ones."""

from array import array
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Posting: TypeAlias = "array[int]"

# What has more words that say something shares enough with a longer wording to be found by their weight.
MOST_TERMS: Final = 4
# A look-up asks for every two of so many terms, and reads so many of the latest rows with each two.
MOST_ASKED: Final = 32
MOST_READ: Final = 100
# Before a term's own number, so that a row of one word is known by that word twice.
SHIFT: Final = 32
ONCE: Final = np.ones(1, np.bool_)


class ShortRows:
    """Rows of few terms; a row of one term is noted as having it twice."""

    def __init__(self) -> None:
        self.postings: dict[int, Posting] = {}

    def add(self, row: int, terms: Sequence[int]) -> None:
        """Note the row, if it is short."""
        for key in keys_of(terms):
            posting = self.postings.get(key)
            if posting is None:
                self.postings[key] = array("i", (row,))
            else:
                posting.append(row)

    def remove(self, row: int, terms: Sequence[int]) -> None:
        """Forget the row, if it is short."""
        for key in keys_of(terms):
            self.postings[key].remove(row)

    def with_two_of(self, terms: Sequence[int]) -> tuple[Numbers, Numbers]:
        """The rows that have two of the terms or are one of them, each once, and how many twos each has."""
        read: Posting = array("i")
        get = self.postings.get
        asked = sorted(terms[:MOST_ASKED])
        for place, term in enumerate(asked):
            first = term << SHIFT
            for other in asked[place:]:
                posting = get(first | other)
                if posting:
                    read += posting[-MOST_READ:]
        rows = np.frombuffer(read, np.int32).astype(np.int64)
        rows.sort()
        firsts = np.flatnonzero(np.concatenate([ONCE, rows[1:] != rows[:-1]])[: len(rows)])
        ends = np.concatenate([firsts[1:], [len(rows)]])
        return rows[firsts], ends[: len(firsts)] - firsts


def keys_of(terms: Sequence[int]) -> Iterator[int]:
    """A number for every two of a short row's terms, for its only term with itself; none for longer rows."""
    if len(terms) == 1:
        return iter((terms[0] << SHIFT | terms[0],))
    if len(terms) > MOST_TERMS:
        return iter(())
    return iter([one << SHIFT | other for one, other in combinations(sorted(terms), 2)])
