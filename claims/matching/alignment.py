"""Two wordings side by side: what both say, and what only one of them does."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from claims.matching.folding import Folded, fold

# Hangul vowels and finals join the letter before them, as combining marks do.
JOINING_JAMO = range(0x1160, 0x1200)


class RunKind(StrEnum):
    """Whether the other wording has a run's words, says the same in other words (kin), or lacks them."""

    SHARED = "shared"
    KIN = "kin"
    ONLY_HERE = "only-here"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one wording, exactly as it was written."""

    text: str
    kind: RunKind


@dataclass(frozen=True, slots=True)
class Alignment:
    """Both wordings as runs; the runs of a side, put together, are its text."""

    left: tuple[Run, ...]
    right: tuple[Run, ...]


def align(left: str, right: str, language: str = "und") -> Alignment:
    """Both wordings as runs of what is shared, kin and only here; spaces between unlike runs count as shared."""
    left_folded, right_folded = fold(left, language), fold(right, language)
    return Alignment(runs(left, left_folded, right_folded), runs(right, right_folded, left_folded))


def runs(text: str, folded: Folded, other: Folded) -> tuple[Run, ...]:
    """One side's text cut where its kind changes."""
    pieces = list(marked_pieces(text, folded, word_kinds(folded, other)))
    return tuple(
        Run("".join(piece for piece, _ in same), kind) for kind, same in groupby(pieces, key=lambda piece: piece[1])
    )


def word_kinds(folded: Folded, other: Folded) -> list[RunKind]:
    """What each of the words is to the other wording."""
    forms = {word.form for word in other.words}
    concepts = {unit.concept for unit in other.units}
    kinds = [RunKind.ONLY_HERE] * len(folded.words)
    for unit in folded.units:
        for place in range(unit.first, unit.stop):
            if folded.words[place].form in forms:
                kinds[place] = RunKind.SHARED
            elif unit.concept in concepts:
                kinds[place] = RunKind.KIN
    return kinds


def marked_pieces(text: str, folded: Folded, kinds: Sequence[RunKind]) -> Iterator[tuple[str, RunKind]]:
    """The text's words and what is between them, each with its kind; between words of one kind, that kind."""
    origins = origins_of(text)
    end, previous = 0, RunKind.SHARED
    for word, kind in zip(folded.words, kinds, strict=True):
        start, stop = origins[word.start], origins[word.end]
        if gap := text[end:start]:
            yield gap, kind if kind is previous else RunKind.SHARED
        if stop > start:
            yield text[start:stop], kind
        end, previous = stop, kind
    if rest := text[end:]:
        yield rest, RunKind.SHARED


def origins_of(text: str) -> Sequence[int]:
    """For each place in the text's NFKC form, and its end, the place in the text that it comes from."""
    if unicodedata.is_normalized("NFKC", text):
        return range(len(text) + 1)
    places: list[int] = []
    for start, cluster in clusters(text):
        places.extend([start] * len(unicodedata.normalize("NFKC", cluster)))
    length = len(unicodedata.normalize("NFKC", text))
    return [*places[:length], *[len(text)] * (length + 1 - len(places[:length]))]


def clusters(text: str) -> Iterator[tuple[int, str]]:
    """Each character with the marks that combine with it, and where it starts."""
    start = 0
    for place, character in enumerate(text):
        joins = unicodedata.combining(character) or ord(character) in JOINING_JAMO
        if place > start and not joins:
            yield start, text[start:place]
            start = place
    if text:
        yield start, text[start:]
