"""The wordings that may say the same as a given one, found by their rare words without scoring all that is stored."""

from collections import defaultdict
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice
from math import log, sqrt
from typing import Final

from claims.matching.folding import fold
from claims.matching.scoring import Sketch, score_pairs, sketch

# A look-up reads this many postings, the rarest words' first, however many wordings are stored.
MOST_POSTINGS: Final = 4_000
MOST_CANDIDATES: Final = 60
# How much of a neighbour's rank is its score; the rest is how much of the query's rare words it has.
SCORE_SHARE: Final = 0.5
LENGTH_FLOOR: Final = 20
# Before lengths are looked at, this many times the candidates are kept.
LONG_LIST: Final = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One stored wording; length is what its share is divided by, so that length alone does not win."""

    id: int
    sketch: Sketch
    length: float


class Index:
    """Wordings by their words; ids are the caller's."""

    def __init__(self) -> None:
        self.entries: dict[int, Entry] = {}
        self.postings: defaultdict[str, list[int]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self.entries)

    def add(self, id: int, text: str) -> None:  # noqa: A002 - the promised name
        """Store the wording; an id that is stored already gets the new words."""
        self.remove(id)
        self.insert(entry_of(id, text))

    def remove(self, id: int) -> None:  # noqa: A002 - the promised name
        """Forget the wording, if it is stored."""
        entry = self.entries.pop(id, None)
        for concept in entry.sketch.concepts if entry else ():
            self.postings[concept].remove(id)
            if not self.postings[concept]:
                del self.postings[concept]

    def closest(self, text: str, k: int) -> list[tuple[int, float]]:
        """The k wordings that are most like the text, as (id, rank from 0 to 100), best first, then by id."""
        query = entry_of(-1, text)
        found = self.candidates(query, MOST_CANDIDATES)
        totals = score_pairs([query.sketch] * len(found), [entry.sketch for entry, _ in found]).total
        ranks = [
            (entry.id, round(SCORE_SHARE * float(total) + (1 - SCORE_SHARE) * 100 * rarity, 2))
            for (entry, rarity), total in zip(found, totals, strict=True)
            if total > 0
        ]
        return sorted(ranks, key=lambda rank: (-rank[1], rank[0]))[:k]

    def insert(self, entry: Entry) -> None:
        """Store an entry whose id is not stored."""
        self.entries[entry.id] = entry
        for concept in entry.sketch.concepts:
            self.postings[concept].append(entry.id)

    def candidates(self, query: Entry, count: int) -> list[tuple[Entry, float]]:
        """Stored wordings that share rare words with the query, with the share, from 0 to 1, that they have of them."""
        shares: defaultdict[int, float] = defaultdict(float)
        weights = self.rarity(query)
        left = MOST_POSTINGS
        for concept in sorted(weights, key=lambda concept: (len(self.postings[concept]), concept)):
            posting = self.postings[concept]
            if len(posting) > left and shares:
                break
            for id_ in islice(reversed(posting), left):
                shares[id_] += weights[concept]
            left -= min(left, len(posting))
        most = nlargest(count * LONG_LIST, shares, key=shares.__getitem__)
        best = nlargest(count, most, key=lambda id_: shares[id_] / self.entries[id_].length)
        all_of_it = sum(weights.values()) or 1.0
        return [(self.entries[id_], shares[id_] / all_of_it) for id_ in best]

    def rarity(self, query: Entry) -> dict[str, float]:
        """The squared inverse document frequency of each of the query's concepts that is stored."""
        n = len(self.entries) + 1
        found = (concept for concept in query.sketch.concepts if concept in self.postings)
        return {concept: log(n / len(self.postings[concept])) ** 2 for concept in found}


def entry_of(id_: int, text: str) -> Entry:
    """The text as it is stored and looked up."""
    drawn = sketch(fold(text))
    return Entry(id_, drawn, length=sqrt(len(drawn.bag) + LENGTH_FLOOR))
