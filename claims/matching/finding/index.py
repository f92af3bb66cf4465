"""The wordings that may say the same as a given one, found by their rare words without scoring all that is stored."""

from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from math import log
from operator import itemgetter
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from claims.matching.finding.neighbours import BUCKETS, PAIR_SHARE, bucket, neighbours, pairs_of
from claims.matching.finding.short_rows import ROWS, SHIFT, ShortRows, is_first
from claims.matching.folding import gist
from claims.matching.folding.lexicon import STOP_STEMS

Numbers = NDArray[np.int64]
Weights = NDArray[np.floating]
Posting: TypeAlias = "array[int]"

# A look-up reads this many postings, the rarest words' first and of each the latest, however much is stored.
MOST_POSTINGS: Final = 400
# Words that are too common to be read are looked for beside their neighbours, in postings of pairs.
MOST_PAIR_POSTINGS: Final = 400
# So many rows are looked at whole, and so many of them letter by letter.
LONG_LIST: Final = 120
MOST_CANDIDATES: Final = 20
# Beside them, so many short rows of which the wording that is looked up has two words or all: they weigh little for its
# length, and say part of it all the same.
MOST_CONTAINED: Final = 40
# How much of a neighbour's rank is how many of the rare words are shared, from 0 to 1, and how alike the letters are,
# from 0 to 100.
WORDS_SHARE: Final = 50
LETTERS_SHARE: Final = 0.5
LENGTH_FLOOR: Final = 4
# What a share is divided by, by how many words its row has (the last is for longer ones too): the highest comes first.
DAMPING: Final = -np.sqrt(np.arange(LENGTH_FLOOR, 1024))
# So alike, from 0 to 100, are a wording and another's part that says hardly anything else.
NEAR_COPY: Final = 85


class Index:
    """Wordings by their words; ids are the caller's.

    Rows are numbered as they come. terms has the words of all rows behind each other, starts where each row's begin;
    postings and pairs say which rows have a word, and two words close to each other. Of a look-up's time most goes into
    waiting for memory, so that what it reads lies in arrays.
    """

    def __init__(self) -> None:
        self.rows: dict[int, int] = {}
        self.ids: Posting = array("q")
        self.lines: list[str] = []
        self.terms: Posting = array("i")
        self.starts: Posting = array("q", [0])
        self.vocabulary: dict[str, int] = {}
        self.postings: list[Posting] = []
        self.pairs: list[Posting | None] = [None] * BUCKETS
        self.short = ShortRows()
        self.sums: Weights = np.zeros(1024, np.float32)
        self.sought = array("f", bytes(4 * 1024))

    def __len__(self) -> int:
        return len(self.rows)

    def add(self, id: int, text: str) -> None:  # noqa: A002 - the promised name
        """Store the wording; an id that is stored already gets the new words.

        OverflowError for an id of more than 64 bits, and nothing is stored.
        """
        self.remove(id)
        self.insert(id, reading_of(text))

    def remove(self, id: int) -> None:  # noqa: A002 - the promised name
        """Forget the wording, if it is stored."""
        row = self.rows.pop(id, None)
        if row is None:
            return
        terms = self.terms[self.starts[row] : self.starts[row + 1]]
        for posting in chain((self.postings[term] for term in terms), (self.pairs[pair] for pair in pairs_of(terms))):
            if posting:
                posting.remove(row)
        self.short.remove(row, terms, len(self.lines[row]))
        self.lines[row] = ""

    def closest(self, text: str, k: int) -> list[tuple[int, float]]:
        """The k wordings most like the text, as (id, rank from 0 to 100), best first; of equals copies, then by id.

        The last of several is, of what is left, the one with the most letters in common, if they are a near copy's.
        """
        query = reading_of(text)
        shares = self.candidates(query.said)
        if not shares:
            return []
        ids, known = self.ids, self.lines
        lines = [known[row] for row in shares]
        letters = process.cdist([query.text], lines, scorer=fuzz.token_set_ratio)[0].tolist()
        found = sorted(
            [
                (-WORDS_SHARE * share - LETTERS_SHARE * alike, line != query.text, ids[row], alike)
                for (row, share), line, alike in zip(shares.items(), lines, letters, strict=True)
            ]
        )
        if 1 < k < len(found):
            nearest = max(found[k - 1 :], key=itemgetter(3))
            found[k - 1] = nearest if nearest[3] >= NEAR_COPY else found[k - 1]
        return [(id_, round(-100 * rank) / 100) for rank, _, id_, _ in found[:k]]

    def insert(self, id_: int, known: "Reading") -> None:
        """Store what is read of a wording whose id is not stored."""
        row = len(self.ids)
        self.ids.append(id_)
        terms = self.numbered(known.said)
        for term in terms:
            self.postings[term].append(row)
        for pair in pairs_of(terms):
            posting = self.pairs[pair]
            if posting is None:
                self.pairs[pair] = array("i", (row,))
            else:
                posting.append(row)
        self.short.add(row, terms, len(known.text))
        self.rows[id_] = row
        self.lines.append(known.text)
        self.terms.extend(terms)
        self.starts.append(len(self.terms))

    def numbered(self, concepts: Iterable[str]) -> list[int]:
        """The numbers of the concepts; new ones get theirs."""
        vocabulary, postings = self.vocabulary, self.postings
        terms = []
        for concept in concepts:
            term = vocabulary.get(concept)
            if term is None:
                term = vocabulary[concept] = len(postings)
                postings.append(array("i"))
            terms.append(term)
        return terms

    def candidates(self, said: Iterable[str]) -> dict[int, float]:
        """The rows that share most of the concepts' weight for their length, with the share, from 0 to 1, of each.

        A concept weighs the squared logarithm of how many wordings there are to one that has it.
        """
        vocabulary, postings = self.vocabulary, self.postings
        terms = [term for concept in said if (term := vocabulary.get(concept)) is not None]
        sizes = sorted([(len(postings[term]), term) for term in terms])
        n = len(self.rows) + 1
        weights = {term: log(n / size) ** 2 for size, term in sizes if size}
        if not weights:
            return {}
        contained = self.short.covered([*weights], MOST_CONTAINED, np.frombuffer(self.starts, np.int64))
        return self.best(np.concatenate([contained, self.met(terms, weights)]), len(contained), weights)

    def met(self, terms: Sequence[int], weights: dict[int, float]) -> Numbers:
        """The rows that the postings speak for most, in order: those of the rarest terms, then those of pairs.

        weights has the terms with what each weighs, the rarest first.
        """
        read: Posting = array("i")
        lengths: list[int] = []
        given: list[float] = []
        unread = dict.fromkeys(terms, 0.0)
        for term, weight in weights.items():
            posting = self.postings[term]
            if not read or len(read) + len(posting) <= MOST_POSTINGS:
                read += posting[-MOST_POSTINGS:]
                lengths.append(min(len(posting), MOST_POSTINGS))
                given.append(weight)
            else:
                unread[term] = weight
        last = len(read) + MOST_PAIR_POSTINGS
        for posting, weight in self.pair_postings(terms, unread):
            if len(read) >= last:
                break
            part = posting[len(read) - last :]
            read += part
            lengths.append(len(part))
            given.append(weight)
        rows = np.frombuffer(read, np.int32).astype(np.int64)  # by which numpy looks up without converting again
        return self.heaviest(rows, np.array(given, np.float32).repeat(lengths))

    def pair_postings(self, terms: Sequence[int], unread: dict[int, float]) -> list[tuple[Posting, float]]:
        """The postings of neighbours of which one is unread, the shortest first, with what the unread ones weigh."""
        weighed = {}
        pairs = self.pairs
        for one, other in neighbours(terms):
            weight = unread[one] + unread[other]
            if weight and (posting := pairs[bucket(one, other)]):
                weighed[id(posting)] = (posting, PAIR_SHARE * weight)
        return sorted(weighed.values(), key=lambda found: len(found[0]))

    def heaviest(self, rows: Numbers, weights: Weights) -> Numbers:
        """The rows whose weights add up to most, each once, in order; of equals the latest."""
        if len(rows) > LONG_LIST:
            # Weights are never below zero, and the bits of such numbers are in their order.
            heavy = self.summed(rows, weights).view(np.int32).astype(np.int64) << SHIFT | rows
            heavy.partition(len(heavy) - LONG_LIST)
            rows = heavy[-LONG_LIST:] & ROWS
        rows.sort()
        return np.asarray(rows[is_first(rows)], np.int64)

    def summed(self, rows: Numbers, weights: Weights) -> Weights:
        """For each of the rows, what it weighs wherever it stands among them."""
        if len(self.sums) < len(self.ids):
            self.sums = np.zeros(2 * len(self.ids), np.float32)
        np.add.at(self.sums, rows, weights)
        sums = self.sums[rows]
        self.sums[rows] = 0
        return sums

    def best(self, rows: Numbers, contained: int, weights: dict[int, float]) -> dict[int, float]:
        """The rows that share most for their length, and the first ones, which are contained; with what each shares.

        That is a share of the weights, from 0 to 1.
        """
        if len(self.sought) < len(self.postings):
            self.sought = array("f", bytes(8 * len(self.postings)))
        sought = self.sought
        terms, starts = np.frombuffer(self.terms, np.int32), np.frombuffer(self.starts, np.int64)
        for term, weight in weights.items():
            sought[term] = weight
        nexts = starts[1:].take(rows)
        lengths = nexts - starts.take(rows)
        ends = lengths.cumsum()
        places = np.arange(ends[-1]) + (nexts - ends).repeat(lengths)
        found = np.frombuffer(sought, np.float32).take(terms.take(places))
        shares = np.add.reduceat(found, ends - lengths) / sum(weights.values())
        for term in weights:
            sought[term] = 0
        order = (shares / DAMPING.take(lengths, mode="clip")).argsort(kind="stable")[:MOST_CANDIDATES]
        best = dict(zip(rows[order].tolist(), shares[order].tolist(), strict=True))
        best.update(zip(rows[:contained].tolist(), shares[:contained].tolist(), strict=True))
        return best


class Reading(NamedTuple):
    """A wording as it is stored and looked up: its text as in Folded, and its concepts that say something."""

    text: str
    said: list[str]


@lru_cache(maxsize=1024)
def reading_of(text: str) -> Reading:
    """What is read of the text; the last ones are remembered, for what is looked up is often stored next."""
    known = gist(text)
    return Reading(known.text, said_of(known.concepts))


def said_of(concepts: Sequence[str]) -> list[str]:
    """The concepts that say something (all, where none does), each once."""
    return list(dict.fromkeys([concept for concept in concepts if concept not in STOP_STEMS] or concepts))
