"""The numbers of a wording with what they count: units, ordinals, fractions, times of day, "at least" and "up to"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final

from claims.matching.folding import Unit
from claims.matching.folding.lexicon import concepts_of
from claims.matching.folding.words import Kind
from claims.matching.guards.counts import COUNTING, TIMES, measure_at
from claims.matching.guards.dates import dates_of
from claims.matching.guards.implied import (
    ONE,
    RANK,
    SPAN_WORDS,
    Implied,
    Span,
    implied_at,
    ranked,
    span_at,
)
from claims.matching.guards.pair import Side
from claims.matching.guards.times import IN_DIGITS

# What a number counts is said by this many words on either side that say something.
NEAR: Final = 2
RANKING: Final = re.compile(r"(?:est|\bmost|\bworst)\b")
NO_SPAN: Final = Span(Decimal(1), "")
UNWRITTEN: Final = SPAN_WORDS.keys() | {ONE}
LEAST: Final = ("at least", "more than", "no fewer than", "no less than", "upwards of", "in excess of", "over", "above")
MOST: Final = ("at most", "less than", "fewer than", "no more than", "up to", "under", "below", "as many as", "nearly",
               "almost")  # fmt: skip
ROUGHLY: Final = ("about", "around", "approximately", "roughly", "some", "an estimated", "or so", "more or less")
# What is a number or a time of day by its name: "noon".
WITHOUT_FIGURES: Final = TIMES.keys() | concepts_of("noon, midnight")


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


def measures_of(side: Side) -> tuple[Measure, ...]:
    """The measures of the side, in order."""
    is_counting = (
        side.read(writes_number) or not UNWRITTEN.isdisjoint(side.parts) or RANKING.search(side.folded.text) is not None
    )
    return tuple(found_measures(side)) if is_counting else ()


def found_measures(side: Side) -> Iterator[Measure]:
    """The measures of the side; a number that is part of another is none."""
    dates = side.read(dates_of)
    dated = [*dates.days.values(), *dates.times.get(IN_DIGITS, {}).values()]
    taken = {word for unit in dated for word in range(unit.first, unit.stop)}
    place = 0
    while place < len(side.units):
        found = None if side.units[place].first in taken else measure_at(side, place)
        if found:
            yield written_measure(side, place, *found)
            place += found[2]
        else:
            if implied := implied_at(side, place):
                yield implied_measure(side, place, implied)
            place += 1


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
    for length in range(len(words), 0, -1):
        bound = BOUNDS.get(" ".join(words[-length:]))
        if bound:
            return bound, length
    return (Bound.LEAST if "+" in side.folded.words[first].form else Bound.EXACT), 0


def near(side: Side, first: int, stop: int) -> tuple[frozenset[str], frozenset[str]]:
    """The concepts of the words that say something before and behind units[first:stop], without other numbers."""
    units = side.units
    before = [unit.concept for unit in reversed(units[max(first - 3 * NEAR, 0) : first]) if says_what(unit)][:NEAR]
    behind = [unit.concept for unit in units[stop : stop + 3 * NEAR] if says_what(unit)][:NEAR]
    return frozenset(before), frozenset(behind)


def says_what(unit: Unit) -> bool:
    """Whether the unit can say what a number counts."""
    return unit.is_content and (unit.kind is Kind.COMMON or unit.kind is Kind.NAME)
