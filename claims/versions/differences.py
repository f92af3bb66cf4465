"""Two texts side by side, word by word; pure: texts in, pieces out."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, partial
from itertools import groupby

from rapidfuzz.distance import Indel

# Aligning takes memory by the product of both lengths, a bit for each pair: 25 MB at most.
MAX_PAIRS = 200_000_000
# What all passages of one comparison may cost together, in pairs: a second of a processor's time at most. A unit costs
# as much as so many pairs, for all that is done with it besides.
MAX_COST = 500_000_000
UNIT_COST = 1_500
# Versions never change, and anybody may ask for the same two again and again.
REMEMBERED = 16
# Below this share of shared letters two passages are two passages, and one is not shown as edited into the other.
MIN_SHARED = 0.3
# Unchanged paragraphs that stay in sight on either side of a change.
CONTEXT_PARAGRAPHS = 1
UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\uffff"
WORD = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+|\s+|[^\w\s]")
SENTENCE = re.compile(r"[^\n.!?。！？؟]*(?:\n|[.!?。！？؟]+[^\S\n]*\n?)|[^\n.!?。！？؟]+")


class PieceKind(StrEnum):
    """Which of the two texts a piece stands in."""

    SHARED = "shared"
    OLD = "old"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters that both texts have, or one of them."""

    kind: PieceKind
    text: str


Edited = Callable[[Sequence[str], Sequence[str]], Iterator[Piece]]


@dataclass(slots=True)
class Budget:
    """What a comparison may still cost, in pairs of units."""

    left: int

    def spend(self, old_units: int, new_units: int) -> bool:
        """Whether so many units can be aligned with so many; what that costs is taken off then."""
        pairs = old_units * new_units
        cost = pairs + (old_units + new_units) * UNIT_COST
        if pairs > MAX_PAIRS or cost > self.left:
            return False
        self.left -= cost
        return True


@dataclass(frozen=True, slots=True)
class Stretch:
    """Paragraphs in a row, each in pieces: with changes and what is around them, or unchanged and out of the way."""

    paragraphs: tuple[tuple[Piece, ...], ...]
    is_changed: bool


@lru_cache(maxsize=REMEMBERED)
def compare(old: str, new: str) -> tuple[Stretch, ...]:
    """Both texts as stretches of paragraphs, in reading order; what was taken out stands before what came for it.

    Where texts are so long and so different that this would take over a second or so, whole passages are.
    """
    paragraphs = tuple(paragraphs_of(pieces(old, new)))
    near = near_changes([any(piece.kind is not PieceKind.SHARED for piece in one) for one in paragraphs])
    marked = groupby(zip(near, paragraphs, strict=True), key=lambda pair: pair[0])
    return tuple(Stretch(tuple(one for _, one in run), is_near) for is_near, run in marked)


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """What the texts share and what one of them has: the shared and the old make the old one, likewise the new."""
    budget = Budget(MAX_COST)
    edited = partial(by_words, budget)
    return tuple(joined(aligned(budget, SENTENCE.findall(old), SENTENCE.findall(new), edited)))


def by_words(budget: Budget, old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    """A passage that was edited, word by word; as one that went and one that came where they share too little."""
    before, after = "".join(old), "".join(new)
    found = list(without_specks(aligned(budget, WORD.findall(before), WORD.findall(after), replaced)))
    kept = sum(len(piece.text.strip()) for piece in found if piece.kind is PieceKind.SHARED)
    if before and after and kept < MIN_SHARED * min(len(before), len(after)):
        return replaced([before], [after])
    return iter(found)


def replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    """All of one side, then all of the other."""
    for kind, units in ((PieceKind.OLD, old), (PieceKind.NEW, new)):
        if units:
            yield Piece(kind, "".join(units))


def aligned(budget: Budget, old: Sequence[str], new: Sequence[str], edited: Edited) -> Iterator[Piece]:
    """The units that both have in order as they are; what lies between them as edited makes of it."""
    start = shared_start(old, new)
    end = shared_start(old[start:][::-1], new[start:][::-1])
    if start:
        yield Piece(PieceKind.SHARED, "".join(old[:start]))
    yield from core(budget, old[start : len(old) - end], new[start : len(new) - end], edited)
    if end:
        yield Piece(PieceKind.SHARED, "".join(old[len(old) - end :]))


def core(budget: Budget, old: Sequence[str], new: Sequence[str], edited: Edited) -> Iterator[Piece]:
    """The same for two sequences that begin and end otherwise."""
    if not old or not new or not budget.spend(len(old), len(new)):
        yield from replaced(old, new)
        return
    numbers: dict[str, int] = {}
    before, after = ([numbers.setdefault(unit, len(numbers)) for unit in units] for units in (old, new))
    old_from = new_from = 0
    for step in Indel.opcodes(before, after):
        if step.tag != "equal":
            continue
        if (old_from, new_from) != (step.src_start, step.dest_start):
            yield from change(old[old_from : step.src_start], new[new_from : step.dest_start], edited)
        yield Piece(PieceKind.SHARED, "".join(old[step.src_start : step.src_end]))
        old_from, new_from = step.src_end, step.dest_end
    yield from change(old[old_from:], new[new_from:], edited)


def change(old: Sequence[str], new: Sequence[str], edited: Edited) -> Iterator[Piece]:
    """What lies between two shared units: edited where both sides have something."""
    return edited(old, new) if old and new else replaced(old, new)


def shared_start(left: Sequence[str], right: Sequence[str]) -> int:
    """How many units both begin with."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(left), len(right)))


def without_specks(found: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces, with spaces and marks that stand alone between two changes counted to both: they only flicker."""
    listed = list(found)
    for place, piece in enumerate(listed):
        around = listed[max(0, place - 1) : place] + listed[place + 1 : place + 2]
        is_between = len(around) == 2 and all(other.kind is not PieceKind.SHARED for other in around)
        if (
            piece.kind is PieceKind.SHARED
            and is_between
            and "\n" not in piece.text
            and not re.search(r"\w", piece.text)
        ):
            yield Piece(PieceKind.OLD, piece.text)
            yield Piece(PieceKind.NEW, piece.text)
        else:
            yield piece


def joined(found: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one; between two shared pieces all that went, then all that came."""
    for is_shared, run in groupby(found, key=lambda piece: piece.kind is PieceKind.SHARED):
        listed = list(run)
        kinds = (PieceKind.SHARED,) if is_shared else (PieceKind.OLD, PieceKind.NEW)
        for kind in kinds:
            text = "".join(piece.text for piece in listed if piece.kind is kind)
            if text:
                yield Piece(kind, text)


def paragraphs_of(found: Iterable[Piece]) -> Iterator[tuple[Piece, ...]]:
    """The pieces cut at line feeds, which end paragraphs in either text; empty paragraphs are none."""
    line: list[Piece] = []
    for piece in found:
        *ended, rest = piece.text.split("\n")
        for text in ended:
            whole = (*line, Piece(piece.kind, text)) if text else tuple(line)
            if whole:
                yield whole
            line = []
        if rest:
            line.append(Piece(piece.kind, rest))
    if line:
        yield tuple(line)


def near_changes(changed: Sequence[bool]) -> list[bool]:
    """Whether each paragraph is changed or stands beside one that is."""
    places = range(len(changed))
    return [any(changed[max(0, place - CONTEXT_PARAGRAPHS) : place + CONTEXT_PARAGRAPHS + 1]) for place in places]
