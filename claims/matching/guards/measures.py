"""The numbers of a wording with what they count: units, ordinals, fractions, times of day, "at least" and "up to"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final

from claims.matching.folding import Unit
from claims.matching.folding.lexicon import concepts_of
from claims.matching.folding.spelled import PLACES
from claims.matching.folding.words import Kind
from claims.matching.guards.dates import dates_of
from claims.matching.guards.implied import (
    ONE,
    RANK,
    SPAN_WORDS,
    Implied,
    Span,
    implied_at,
    is_superlative,
    ranked,
    share_at,
    span_at,
)
from claims.matching.guards.pair import Side
from claims.matching.guards.times import IN_DIGITS

DIGITS: Final = "0123456789."
# Longer rows of digits are no amount of anything.
LONGEST_NUMBER: Final = 24
DIGIT: Final = re.compile("[0-9]")
NUMBERED: Final = re.compile("([0-9]{1,6})(?:st|nd|rd|th)")
# What a number counts is said by this many words on either side that say something.
NEAR: Final = 2
PARTS: Final = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
TIMES: Final = {
    concept: times
    for times, words in ((2, "double, twice"), (3, "triple, thrice"), (4, "quadruple"))
    for concept in concepts_of(words)
}
COUNTING: Final = frozenset(PLACES.keys() | PARTS.keys())
# Without figures, a word of COUNTING and any of these, nothing is counted.
SHARED: Final = frozenset([ONE, "every"])
RANKING: Final = re.compile(r"(?:est|\bmost|\bworst)\b")
NO_SPAN: Final = Span(Decimal(1), "")
UNWRITTEN: Final = SPAN_WORDS.keys() | {ONE}
OF_A_PERCENT: Final = frozenset([("of", "1%"), ("a", "percent"), ("a", "per")])
OF: Final = frozenset(["of", "the", "its", "their", "all", "his", "her"])
LEAST: Final = ("at least", "more than", "no fewer than", "no less than", "upwards of", "in excess of", "over", "above")
MOST: Final = ("at most", "less than", "fewer than", "no more than", "up to", "under", "below", "as many as", "nearly",
               "almost")  # fmt: skip
ROUGHLY: Final = ("about", "around", "approximately", "roughly", "some", "an estimated", "or so", "more or less")
FREEZING: Final = frozenset(["zero", "freezing"])
AGED: Final = frozenset(["aged", "age"])
# What stands for a time of day by its figures, or by a name of its own: "noon".
TIME: Final = re.compile("[0-9]{1,2}:[0-9]{2}")
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
    units = side.units
    place = 0
    dates = side.read(dates_of)
    dated = [*dates.days.values(), *dates.times.get(IN_DIGITS, {}).values()]
    taken = {word for unit in dated for word in range(unit.first, unit.stop)}
    while place < len(units):
        found = None if units[place].first in taken else measure_at(side, place)
        if found:
            value, counts, length = found
            last = units[place + length - 1]
            bound, words = bound_of(side, units[place].first)
            if counts == "time" and not units[place].concept[1].isdigit():
                bound = Bound.EITHER
            elif is_spoken_share(counts, units[place], bound):
                bound = Bound.ROUGH
            shown = units[place]._replace(first=units[place].first - words, stop=last.stop)
            joint = side.folded.words[shown.first - 1].form if shown.first else ""
            before, behind = near(side, place, place + length)
            span = span_at(side, place) if not counts else NO_SPAN
            if counts == RANK:
                behind = frozenset([ranked(side, place + length)])
            elif span.unit:
                behind = behind | {span.unit}
            yield Measure(value * span.times, counts, bound, before, behind, shown, joint, span.unit)
            place += length
        else:
            if implied := implied_at(side, place):
                yield implied_measure(side, place, implied)
            place += 1


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


def measure_at(side: Side, place: int) -> tuple[Decimal, str, int] | None:
    """The value and unit of the measure that starts at this place, and over how many units it goes; None without."""
    unit = side.units[place]
    form = side.forms[place]
    if unit.kind is Kind.COMMON and is_plain(form, unit.concept):
        return None
    if (unit.kind is Kind.NUMBER or form in SHARED) and (share := share_at(side, place)):
        return share
    if TIME.fullmatch(unit.concept) and not unit.is_name:
        return minutes_of(unit.concept), "time", 1
    if unit.kind is Kind.COMMON and unit.concept not in TIMES and form not in COUNTING and not form[0].isdigit():
        return None
    if unit.kind is Kind.NUMBER:
        if not DIGIT.search(unit.concept):
            return phrase_at(side, place)
        return number_at(side, place) if len(unit.concept) <= LONGEST_NUMBER else None
    if value := PLACES.get(form) or numbered(form):
        is_rank = is_superlative("".join(side.forms[place + 1 : place + 2]))
        return part_at(side, place, form) or (Decimal(value), RANK if is_rank else "st", 1)
    if form in PARTS:
        return part_at(side, place, form)
    if unit.concept in TIMES:
        return Decimal(TIMES[unit.concept]), "times", 1
    return None


def is_plain(form: str, concept: str) -> bool:
    """Whether a word has nothing to do with numbers, as most have: sooner known than all that one might be."""
    is_listed = concept in TIMES or form in COUNTING or form in SHARED
    return not (is_listed or form[0].isdigit() or concept[0].isdigit())


def phrase_at(side: Side, place: int) -> tuple[Decimal, str, int] | None:
    """The number at the start of a phrase that stands for something else: "ten years", "three times"."""
    unit, form = side.units[place], side.forms[place]
    if unit.concept in TIMES:
        return Decimal(TIMES[unit.concept]), "times", 1
    return (Decimal(form), "", 1) if form.isdigit() and span_at(side, place).unit else None


def numbered(form: str) -> int | None:
    """The place that "2nd" or "11th" names."""
    match = NUMBERED.fullmatch(form)
    return int(match[1]) if match else None


def number_at(side: Side, place: int) -> tuple[Decimal, str, int]:
    """The number at this place with what follows it: "9:30 pm", "two-thirds", "5 percentage points", "3 times"."""
    units = side.units
    unit = units[place]
    value, counts = value_of(unit), unit.concept.removeprefix("-").strip(DIGITS).strip("+")
    forms = [side.form(behind) for behind in units[place + 1 : place + 4]] + [""] * 3
    if not counts and (length := age_at(side, place, forms)):
        return value, "age", length
    part = PARTS.get(forms[0].removesuffix("s")) if not counts else None
    if part and value < part and (value == 1 or forms[0].endswith("s")):
        return 100 * value / part, "%", 2
    if forms[0] == "below" and forms[1] in FREEZING:
        return -abs(value), counts, 3
    if forms[0] == "percentage" or (counts == "%" and forms[0] == "points"):
        return value, "percentage points", 3 if forms[1] in {"point", "points"} else 2
    return value, "times" if forms[0] == "times" and not counts else counts, 1


def age_at(side: Side, place: int, forms: list[str]) -> int:
    """Over how many units the age at this place goes ("33-year-old", "aged 33", "Kaya, 33, …"); 0 where it is none."""
    if forms[0] in {"year", "years"} and forms[1] in {"old", "olds"}:
        return 3
    units = side.units
    if not 0 < place < len(units) - 1:
        return int(place > 0 and side.form(units[place - 1]) in AGED)
    before, unit, behind = units[place - 1 : place + 2]
    is_apposed = side.folded.between(before, unit) == side.folded.between(unit, behind) == ", " and before.is_name
    return int(is_apposed or side.form(before) in AGED)


def minutes_of(time: str) -> Decimal:
    """The minutes from midnight to a time of day: 1140 for "19:00"."""
    hour, _, minute = time.partition(":")
    return Decimal(60 * int(hour) + int(minute))


def part_at(side: Side, place: int, form: str) -> tuple[Decimal, str, int] | None:
    """The share that "a third of" or "half the" at this place means, in percent; None where it is no share."""
    units = side.units
    behind = side.form(units[place + 1]) if place + 1 < len(units) else ""
    if side.forms[place + 1 : place + 3] in OF_A_PERCENT and form in PARTS:
        return 1 / Decimal(PARTS[form]), "%", 3
    before = side.form(units[place - 1]) if place else ""
    is_share = behind in OF if form == "half" else behind == "of" and before in {"a", "one"}
    return (Decimal(100) / PARTS[form], "%", 1) if is_share and form in PARTS and before not in PLACES else None


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


def value_of(number: Unit) -> Decimal:
    """The number without its unit, negative behind a minus."""
    value = Decimal("".join(character for character in number.concept if character in DIGITS))
    return -value if number.concept.startswith("-") else value
