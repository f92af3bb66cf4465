"""The numbers of a wording with what they count: units, ordinals, fractions, times of day, "at least" and "up to"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final

from claims.matching.folding import Unit
from claims.matching.folding.lexicon import STOP_STEMS, concepts_of
from claims.matching.folding.words import Kind
from claims.matching.guards.counts import BEGINNING, COUNTING, TIMES, measure_at
from claims.matching.guards.dates import dates_of
from claims.matching.guards.implied import (
    NO_SPAN,
    ONE,
    RANK,
    SPAN_WORDS,
    SPANS,
    SUPERLATIVE,
    Implied,
    implied_at,
    ranked,
    span_at,
)
from claims.matching.guards.pair import Side
from claims.matching.guards.times import IN_DIGITS

# What a number counts is said by this many words on either side that say something.
NEAR: Final = 2
RANKING: Final = re.compile(r"(?:est|\bmost|\bworst)\b")
UNWRITTEN: Final = frozenset([*SPAN_WORDS, ONE])
LEAST: Final = ("at least", "more than", "no fewer than", "no less than", "upwards of", "in excess of", "over", "above")
MOST: Final = ("at most", "less than", "fewer than", "no more than", "up to", "under", "below", "as many as", "nearly",
               "almost")  # fmt: skip
ROUGHLY: Final = ("about", "around", "approximately", "roughly", "some", "an estimated", "or so", "more or less")
# What is a number or a time of day by its name: "noon".
WITHOUT_FIGURES: Final = concepts_of("noon, midnight") | TIMES.keys()


class Bound(Enum):
    """Whether a number is the least, the most or about what is meant, or an hour of which half a day is not said."""

    EXACT = "exact"
    EITHER = "in either half of the day"
    LEAST = "at least"
    MOST = "at most"
    ROUGH = "about"


BOUNDS: Final = {
    **dict.fromkeys(ROUGHLY, Bound.ROUGH),
    **dict.fromkeys(MOST, Bound.MOST),
    **dict.fromkeys(LEAST, Bound.LEAST),
}
LAST_OF_BOUNDS: Final = frozenset(bound.split()[-1] for bound in BOUNDS)


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its unit ("%", "$", "time" in minutes, "st" for an ordinal …) and the words it stands between.

    shown covers its bound too ("up to 40"), and joint is the form right before that: "by", "to". span is the unit of
    time that is counted, or "". What is_implied has no figure: "a" in "for a year".
    """

    value: Decimal
    counts: str
    bound: Bound
    before: frozenset[str]
    behind: frozenset[str]
    shown: Unit
    joint: str = ""
    span: str = ""
    is_implied: bool = False


def counts_alike(side: Side, other: Side) -> bool:
    """Whether neither side writes any number, nor says one without a figure that the other does not say."""
    return not (side.read(writes_number) or other.read(writes_number)) and (
        UNWRITTEN & side.parts == UNWRITTEN & other.parts
    )


def writes_number(side: Side) -> bool:
    """Whether the side has a number in figures, in words, or as a fraction or multiple."""
    return side.has_figures or not COUNTING.isdisjoint(side.parts) or not side.concepts.isdisjoint(WITHOUT_FIGURES)


def may_count(side: Side) -> bool:
    """Whether the side may have a measure, of a number that it writes or of one without a figure."""
    return (
        side.read(writes_number) or not UNWRITTEN.isdisjoint(side.parts) or RANKING.search(side.folded.text) is not None
    )


def measures_of(side: Side) -> tuple[Measure, ...]:
    """The measures of the side, in order."""
    return tuple(found_measures(side)) if side.read(may_count) else ()


def found_measures(side: Side) -> Iterator[Measure]:
    """The measures of the side; a number that is part of another is none."""
    taken = dated_words(side)
    stop = 0
    for place in counting_places(side):
        if place < stop:
            continue
        found = None if side.units[place].first in taken else measure_at(side, place)
        if found:
            yield written_measure(side, place, *found)
            stop = place + found[2]
        elif implied := implied_at(side, place):
            yield implied_measure(side, place, implied)


def counting_places(side: Side) -> list[int]:
    """Where a measure may begin, or be implied: most words are neither, and are looked at no closer."""
    words, number = side.folded.words, Kind.NUMBER
    return [
        place
        for place, (form, unit) in enumerate(zip(side.forms, side.units, strict=True))
        if form in BEGINNING
        or unit.kind is number
        or unit.concept in TIMES
        or form.endswith(SUPERLATIVE)
        or words[unit.stop - 1].form in SPANS
        or form[0].isdigit()
        or unit.concept[0].isdigit()
    ]


def dated_words(side: Side) -> set[int]:
    """The places of the words that name a day, so that none of them is a number of its own."""
    dates = side.read(dates_of)
    dated = [*dates.days.values(), *dates.times.get(IN_DIGITS, {}).values()]
    return {word for unit in dated for word in range(unit.first, unit.stop)}


def written_measure(side: Side, place: int, value: Decimal, counts: str, length: int) -> Measure:
    """The measure of the number at this place, which goes over so many units."""
    unit, last = side.units[place], side.units[place + length - 1]
    bound, words = bound_of(side, unit.first)
    if counts == "time" and not unit.concept[1].isdigit():
        bound = Bound.EITHER
    elif is_spoken_share(counts, unit, bound):
        bound = Bound.ROUGH
    shown = unit._replace(first=unit.first - words, stop=last.stop)
    joint = side.folded.words[shown.first - 1].form if shown.first else ""
    before, behind = near(side, place, place + length)
    span = span_at(side, place) if not counts else NO_SPAN
    if counts == RANK:
        behind = frozenset([ranked(side, place + length)])
    elif span.unit:
        behind = behind | {span.unit}
    return Measure(value * span.times, counts, bound, before, behind, shown, joint, span.unit)


def is_spoken_share(counts: str, unit: Unit, bound: Bound) -> bool:
    """Whether a share is said in small numbers, "one in three", which is never exact."""
    return counts == "%" and bound is Bound.EXACT and "%" not in unit.concept


def implied_measure(side: Side, place: int, implied: Implied) -> Measure:
    """The measure of a number without a figure at this place."""
    before, _ = near(side, place, place + 1)
    shown = side.units[place]._replace(first=implied.first)
    bound, words = bound_of(side, implied.first)
    shown = shown._replace(first=shown.first - words)
    behind = frozenset([implied.counted])
    return Measure(implied.value, implied.counts, bound, before, behind, shown, span=implied.span, is_implied=True)


def bound_of(side: Side, first: int) -> tuple[Bound, int]:
    """The bound that stands before the word, and how many words it has."""
    words = [word.form for word in side.folded.words[max(first - 3, 0) : first]]
    if words and words[-1] in LAST_OF_BOUNDS:
        for length in range(len(words), 0, -1):
            bound = BOUNDS.get(" ".join(words[-length:]))
            if bound:
                return bound, length
    return (Bound.LEAST if "+" in side.folded.words[first].form else Bound.EXACT), 0


def near(side: Side, first: int, stop: int) -> tuple[frozenset[str], frozenset[str]]:
    """The concepts of the words that say something before and behind units[first:stop], without other numbers."""
    before, behind = side.units[max(first - 3 * NEAR, 0) : first], side.units[stop : stop + 3 * NEAR]
    return frozenset(says_what(before[::-1])[:NEAR]), frozenset(says_what(behind)[:NEAR])


def says_what(units: Sequence[Unit]) -> list[str]:
    """The concepts of those of the units that can say what a number counts."""
    common, name = Kind.COMMON, Kind.NAME
    return [
        unit.concept for unit in units if unit.concept not in STOP_STEMS and (unit.kind is common or unit.kind is name)
    ]
