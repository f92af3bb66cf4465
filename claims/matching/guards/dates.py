"""The guard for years, days, months and weekdays."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from claims.matching.folding import Unit
from claims.matching.guards.pair import Guard, Pair, Rule, Side, Weight
from claims.matching.quantities import MONTHS
from claims.matching.words import Kind

WEEKDAYS: Final = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
# "May" and "March" are months behind these words, or before a year; elsewhere they need a name's capital.
BEFORE_MONTH: Final = frozenset(
    ["in", "of", "since", "last", "next", "until", "till", "by", "early", "late", "mid", "this", "during", "from", "to"]
)
DAYS: Final = frozenset(str(day) for day in range(1, 32))
LISTING: Final = frozenset(["and", "to", "or"])
# A weekday beside one of these says when somebody spoke, not when it was.
SPEAKING: Final = frozenset(["say", "tell", "announc", "report", "add", "comment"])


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a side by what they are, each as its units by a name that two sides share."""

    years: dict[str, Unit]
    days: dict[str, Unit]
    months: dict[str, Unit]
    weekdays: dict[str, Unit]


def dates(pair: Pair) -> Iterator[Guard]:
    """Stop where both sides name a year, a day, a month or a weekday, and share none."""
    left, right = pair.left.read(dates_of), pair.right.read(dates_of)
    for here, there in clashes(left, right):
        sentence = f"{pair.left.shown(here)} against {pair.right.shown(there)}"
        yield Guard(Rule.DATE, sentence, Weight.STOPS)


def clashes(left: Dates, right: Dates) -> Iterator[tuple[list[Unit], list[Unit]]]:
    """The units of both sides that name different times; of a day that differs, not its month as well."""
    yield from apart(left.years, right.years)
    days = list(apart(left.days, right.days))
    yield from days
    if not days and left.months.keys().isdisjoint(right.months):
        yield from apart(left.months, right.months)
    if left.weekdays.keys().isdisjoint(right.weekdays):
        yield from apart(left.weekdays, right.weekdays)


def apart(here: dict[str, Unit], there: dict[str, Unit]) -> Iterator[tuple[list[Unit], list[Unit]]]:
    """The units of each side whose name the other lacks, where both have some."""
    left = [unit for name, unit in here.items() if name not in there]
    right = [unit for name, unit in there.items() if name not in here]
    if left and right:
        yield left, right


def dates_of(side: Side) -> Dates:
    """The dates of the side."""
    found = Dates({}, {}, {}, {})
    for place, unit in enumerate(side.units):
        form = side.form(unit)
        if unit.kind is Kind.YEAR:
            found.years.setdefault(form, unit)
        elif unit.kind is Kind.DATE:
            found.days.setdefault(form, unit)
            found.months.setdefault(form.partition("-")[2], unit)
        elif form in MONTHS and is_month(side, place):
            found.months.setdefault(MONTHS[form], unit)
        elif form in WEEKDAYS and not is_spoken(side, place):
            found.weekdays.setdefault(form, unit)
    for day, unit in list(listed_days(side)):
        found.days.setdefault(day, unit)
    return found


def is_month(side: Side, place: int) -> bool:
    """Whether the word at this place, "may" or "march", is the month."""
    units = side.units
    behind = units[place + 1] if place + 1 < len(units) else None
    is_before_year = behind is not None and behind.kind is Kind.YEAR
    is_behind = place > 0 and side.form(units[place - 1]) in BEFORE_MONTH
    return units[place].kind is Kind.NAME or is_before_year or is_behind


def is_spoken(side: Side, place: int) -> bool:
    """Whether the weekday at this place is the day on which somebody said it."""
    units = side.units
    return any(unit.concept in SPEAKING for unit in (*units[max(place - 2, 0) : place], *units[place + 1 : place + 2]))


def listed_days(side: Side) -> Iterator[tuple[str, Unit]]:
    """The days that share their month with another: 21 in "21 and 28 January", or 28 in "January 21 and 28"."""
    units = side.units
    for place, unit in enumerate(units):
        if unit.kind is not Kind.DATE:
            continue
        month = side.form(unit).partition("-")[2]
        for other, between in ((place - 2, place - 1), (place + 2, place + 1)):
            if 0 <= other < len(units) and units[between].concept in LISTING and is_day(units[other]):
                yield f"{units[other].concept}-{month}", units[other]


def is_day(unit: Unit) -> bool:
    """Whether the number can be a day of a month."""
    return unit.kind is Kind.NUMBER and unit.concept in DAYS
