"""What we wrote down about words: which say the same, which exclude each other, which turn a statement round."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from claims.matching.folding.stems import stem
from claims.matching.folding.word_lists import comma_lists, lines
from claims.matching.folding.words import STOP_WORDS, plain_words

Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opposites:
    """Two sets of concepts that exclude each other; conversely, two views of one act ("buy", "sell")."""

    left: frozenset[str]
    right: frozenset[str]
    is_converse: bool


class Families:
    """Which concept a run of stems stands for.

    concepts is by whole runs; alone has those of single stems, openings the first two stems of each longer run.
    """

    def __init__(self, families: Iterable[tuple[str, ...]]) -> None:
        self.concepts: dict[Stems, str] = {}
        self.alone: dict[str, str] = {}
        self.openings: set[Stems] = set()
        self.longest_run = 1
        for family in families:
            concept = "-".join(stems_of(family[0]))
            for member in family:
                self.add(stems_of(member), concept)

    def add(self, stems: Stems, concept: str) -> None:
        """Let the stems stand for the concept, unless an earlier family has them."""
        if stems in self.concepts:
            return
        self.concepts[stems] = concept
        self.longest_run = max(self.longest_run, len(stems))
        if len(stems) == 1:
            self.alone[stems[0]] = concept
        else:
            self.openings.add(stems[:2])

    def longest(self, stems: Sequence[str], start: int) -> tuple[str, int]:
        """The concept of the longest phrase that begins here, and its length; a lone stem is its own concept."""
        stem_ = stems[start]
        if tuple(stems[start : start + 2]) in self.openings:
            for length in range(min(self.longest_run, len(stems) - start), 1, -1):
                concept = self.concepts.get(tuple(stems[start : start + length]))
                if concept is not None:
                    return concept, length
        return self.alone.get(stem_, stem_), 1

    def concepts_of(self, stems: Sequence[str]) -> list[str]:
        """The concepts that the stems stand for, the longest phrases first from the left."""
        if self.openings.isdisjoint(pairwise(stems)):
            return [self.alone.get(stem_, stem_) for stem_ in stems]
        return [concept for concept, _, _ in self.runs_of(stems)]

    def runs_of(self, stems: Sequence[str]) -> Iterable[tuple[str, int, int]]:
        """Each of the concepts with where it begins among the stems, and how many of them it takes."""
        if self.openings.isdisjoint(pairwise(stems)):
            return [(self.alone.get(stem_, stem_), place, 1) for place, stem_ in enumerate(stems)]
        return self.longest_runs(stems)

    def longest_runs(self, stems: Sequence[str]) -> Iterator[tuple[str, int, int]]:
        """The runs where some of them are phrases."""
        opens = [pair in self.openings for pair in pairwise(stems)] + [False]
        start = 0
        while start < len(stems):
            stem_ = stems[start]
            concept, length = self.longest(stems, start) if opens[start] else (self.alone.get(stem_, stem_), 1)
            yield concept, start, length
            start += length


def stems_of(phrase: str) -> Stems:
    """The stems of a list's entry."""
    return tuple(stem(word) for word in plain_words(phrase))


def concepts_of(entries: str) -> frozenset[str]:
    """The concepts that a comma-separated side of a list names."""
    return frozenset(FAMILIES.longest(stems_of(entry), 0)[0] for entry in entries.split(","))


def opposites(line: str) -> Opposites:
    """One line of the list of opposites."""
    is_converse = "~" in line
    left, right = line.split("~" if is_converse else ":")
    return Opposites(concepts_of(left), concepts_of(right), is_converse)


def by_concept(entries: Iterable[Opposites]) -> dict[str, list[int]]:
    """The places of the entries that each concept is in."""
    entries_of: defaultdict[str, list[int]] = defaultdict(list)
    for place, entry in enumerate(entries):
        for concept in entry.left | entry.right:
            entries_of[concept].append(place)
    return dict(entries_of)


def negations(reach: str) -> frozenset[str]:
    """The concepts that negate what is within their reach ("next" or "whole"), or that meet a negation ("meets")."""
    return concepts_of(negation_line(reach))


def spared_phrases() -> dict[str, list[tuple[str, ...]]]:
    """For the first word of each phrase that turns nothing, the phrase's words, in the forms that they have."""
    found: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase in negation_line("spares").split(","):
        words = tuple(plain_words(phrase))
        found[words[0]].append(words)
    return dict(found)


def negation_line(name: str) -> str:
    """The entries of one line of the list of negations."""
    return next(line.partition(":")[2] for line in lines("negations.txt") if line.startswith(f"{name}:"))


def modal_words() -> dict[str, list[tuple[str, str]]]:
    """For each modal word or phrase, in the forms that it has, its uses ("word", "before", "call") and moods."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for line in lines("modality.txt"):
        name, entries = line.split(":")
        use, mood = name.split()
        for entry in entries.split(","):
            found[" ".join(plain_words(entry))].append((use, mood))
    return dict(found)


PLACES: Final = frozenset("-".join(stems_of(place[0])) for place in comma_lists("places.txt"))
PLACE_FAMILIES: Final = Families(comma_lists("places.txt"))
FAMILIES: Final = Families((*comma_lists("places.txt"), *comma_lists("families.txt")))
STOP_STEMS: Final = frozenset(map(stem, STOP_WORDS))
OPPOSITES: Final = tuple(opposites(line) for line in lines("opposites.txt") if "|" not in line)
OPPOSITES_OF: Final = by_concept(OPPOSITES)
ONE_OF: Final = tuple(concepts_of(line.replace("|", ",")) for line in lines("opposites.txt") if "|" in line)
NEGATES_NEXT: Final = negations("next")
NEGATES_WHOLE: Final = negations("whole")
MEETS_NEGATION: Final = negations("meets")
SPARED: Final = spared_phrases()
MODAL_WORDS: Final = modal_words()
MUTUAL: Final = concepts_of(
    "meet, talk, discuss, agree, agreement, marry, war, conflict, relation, border, merge, join, and"
)
NO_NAMES: Final = concepts_of(
    "mr, mrs, ms, miss, dr, sir, monday, tuesday, wednesday, thursday, friday, saturday, sunday, president, minister,"
    " january, february, march, april, may, june, july, august, september, october, november, december"
)
