"""The number at a place of a wording: its value, its unit, and over how many words it goes."""

import re
from decimal import Decimal
from typing import Final

from claims.matching.folding import Unit
from claims.matching.folding.lexicon import concepts_of
from claims.matching.folding.spelled import PLACES
from claims.matching.folding.words import Kind
from claims.matching.guards.implied import ONE, RANK, is_superlative, share_at, span_at
from claims.matching.guards.pair import Side

DIGITS: Final = "0123456789."
# Longer rows of digits are no amount of anything.
LONGEST_NUMBER: Final = 24
DIGIT: Final = re.compile("[0-9]")
NO_DIGITS: Final = re.compile("[^0-9.]+")
NUMBERED: Final = re.compile("([0-9]{1,6})(?:st|nd|rd|th)")
PARTS: Final = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
TIMES: Final = {
    concept: times
    for times, words in ((2, "double, twice"), (3, "triple, thrice"), (4, "quadruple"))
    for concept in concepts_of(words)
}
COUNTING: Final = frozenset(PLACES.keys() | PARTS.keys())
SHARED: Final = frozenset([ONE, "every"])
# What a measure begins with, besides figures and TIMES.
BEGINNING: Final = COUNTING | SHARED
OF_A_PERCENT: Final = frozenset([("of", "1%"), ("a", "percent"), ("a", "per")])
OF: Final = frozenset(["of", "the", "its", "their", "all", "his", "her"])
FREEZING: Final = frozenset(["zero", "freezing"])
AGED: Final = frozenset(["aged", "age"])
# What stands for a time of day.
TIME: Final = re.compile("[0-9]{1,2}:[0-9]{2}")


def measure_at(side: Side, place: int) -> tuple[Decimal, str, int] | None:
    """The value and unit of the measure that starts at this place, and over how many units it goes; None without."""
    unit = side.units[place]
    form = side.forms[place]
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
    unit = side.units[place]
    value, counts = value_of(unit), unit.concept.removeprefix("-").strip(DIGITS).strip("+")
    forms = [*side.forms[place + 1 : place + 4], "", "", ""]
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


def value_of(number: Unit) -> Decimal:
    """The number without its unit, negative behind a minus."""
    value = Decimal(NO_DIGITS.sub("", number.concept))
    return -value if number.concept.startswith("-") else value
