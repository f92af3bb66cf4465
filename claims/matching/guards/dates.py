"""The guard for years, days, months, weekdays, and for times that are named without a date."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from claims.matching.folding import Unit
from claims.matching.folding.quantities import MONTH_NAMES, MONTHS
from claims.matching.folding.words import Kind
from claims.matching.guards.pair import Guard, Pair, Rule, Side, Weight
from claims.matching.guards.times import IN_DIGITS, TIMING, times

WEEKDAYS: Final = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
# "May" and "March" are months behind these words, or before a year; elsewhere they need a name's capital.
BEFORE_MONTH: Final = frozenset(
    ["in", "of", "since", "last", "next", "until", "till", "by", "early", "late", "mid", "this", "during", "from", "to"]
)
DAYS: Final = frozenset(str(day) for day in range(1, 32))
LISTING: Final = frozenset(["and", "to", "or"])
# A weekday beside one of these says when somebody spoke, not when it was.
SPEAKING: Final = frozenset(["say", "tell", "announc", "report", "add", "comment"])

TURNS: Final = {
    "since": "start",
    "after": "start",
    "from": "start",
    "until": "end",
    "till": "end",
    "before": "end",
    "during": "during",
}
# "From" starts more than times, so that a date must stand behind it.
STARTING_ALL: Final = "from"
TURNING: Final = frozenset(TURNS)
# Without figures and any of these, nothing is a date.
DATING: Final = frozenset(MONTHS.keys() | WEEKDAYS)
# Nor is a time named at all without figures and any of these.
TIMED: Final = DATING | TIMING
ARTICLES: Final = frozenset(["the", "a", "an", "his", "her", "its", "their", "this"])
YEAR_DIGITS: Final = 4
BEFORE_YEAR: Final = frozenset(["in", "since", "until", "till", "of"])
MONTHS_A_YEAR: Final = 12

Named = dict[str, Unit]


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a side by what they are, each as its units by a name that two sides share.

    times are those without a date by their sorts ("season", "year" for "next year"), turns the concepts at which
    something starts or ends.
    """

    years: Named = field(default_factory=dict)
    days: Named = field(default_factory=dict)
    months: Named = field(default_factory=dict)
    weekdays: Named = field(default_factory=dict)
    times: dict[str, Named] = field(default_factory=dict)
    turns: dict[str, tuple[str, Unit]] = field(default_factory=dict)


UNDATED: Final = Dates()


def dates(pair: Pair) -> Iterator[Guard]:
    """Stop where both sides name a year, a day, a month, a season or the like, and share none."""
    if not may_both_date(pair.left, pair.right):
        return
    left, right = pair.left.read(dates_of), pair.right.read(dates_of)
    if left is UNDATED or right is UNDATED:
        return
    for here, there in clashes(left, right):
        sentence = f"{pair.left.shown(here)} against {pair.right.shown(there)}"
        yield Guard(Rule.DATE, sentence, Weight.STOPS)
    for here, there in doubtful(left, right):
        sentence = f"{pair.left.shown(here)} against {pair.right.shown(there)}"
        yield Guard(Rule.DATE, sentence, Weight.ASKS)


def clashes(left: Dates, right: Dates) -> Iterator[tuple[list[Unit], list[Unit]]]:
    """The units of both sides that name different times; of a day that differs, not its month as well."""
    yield from apart(left.years, right.years)
    days = list(apart(left.days, right.days))
    yield from days
    if not days:
        yield from strangers(left.months, right.months)
    yield from strangers(left.weekdays, right.weekdays)
    # In the order of the left wording: that of a set would be another one each time the program runs.
    for sort in (sort for sort in left.times if sort in right.times and sort != IN_DIGITS):
        yield from strangers(left.times[sort], right.times[sort])
    if days_in_digits(left).isdisjoint(days_in_digits(right)):
        yield from apart(left.times.get(IN_DIGITS, {}), right.times.get(IN_DIGITS, {}))
    for date in (date for date in left.turns if date in right.turns):
        (turn, here), (other, there) = left.turns[date], right.turns[date]
        if turn != other:
            yield [here], [there]


def doubtful(left: Dates, right: Dates) -> Iterator[tuple[list[Unit], list[Unit]]]:
    """The units of both sides of which one is a date in digits, whose month may come first, and they may differ."""
    here, there = left.times.get(IN_DIGITS, {}), right.times.get(IN_DIGITS, {})
    if here and there:
        if here.keys().isdisjoint(there) and not days_in_digits(left).isdisjoint(days_in_digits(right)):
            yield list(here.values()), list(there.values())
    elif here and right.days and days_in_digits(left).isdisjoint(right.days):
        yield list(here.values()), list(right.days.values())
    elif there and left.days and days_in_digits(right).isdisjoint(left.days):
        yield list(left.days.values()), list(there.values())


def days_in_digits(dates: Dates) -> set[str]:
    """The days that the dates in digits may mean: 4/5/2019 is the fourth of May, or the fifth of April."""
    numbers = [tuple(map(int, name.split("/"))) for name in dates.times.get(IN_DIGITS, {})]
    either = [order for day, month in numbers for order in ((day, month), (month, day))]
    return {f"{day}-{MONTH_NAMES[month - 1]}" for day, month in either if 0 < month <= MONTHS_A_YEAR}


def strangers(here: Named, there: Named) -> Iterator[tuple[list[Unit], list[Unit]]]:
    """The units of each side where the two share no name."""
    if here.keys().isdisjoint(there):
        yield from apart(here, there)


def apart(here: Named, there: Named) -> Iterator[tuple[list[Unit], list[Unit]]]:
    """The units of each side whose name the other lacks, where both have some."""
    left = [unit for name, unit in here.items() if name not in there]
    right = [unit for name, unit in there.items() if name not in here]
    if left and right:
        yield left, right


def may_both_date(left: Side, right: Side) -> bool:
    """Whether both sides may name a time, or both what starts or ends: of one alone, nothing is another date."""
    both_timed = may_be_timed(left) and may_be_timed(right)
    return both_timed or not (TURNING.isdisjoint(left.parts) or TURNING.isdisjoint(right.parts))


def may_be_timed(side: Side) -> bool:
    """Whether the side may name a time, with a date or without."""
    return side.has_figures or not TIMED.isdisjoint(side.parts)


def dates_of(side: Side) -> Dates:
    """The dates of the side; UNDATED where it has none."""
    is_timed, is_turning = may_be_timed(side), not TURNING.isdisjoint(side.parts)
    if not is_timed and not is_turning:
        return UNDATED
    found = Dates()
    if is_timed and (side.has_figures or not DATING.isdisjoint(side.parts)):
        add_dates(found, side)
    if is_turning:
        add_turns(found, side)
    if is_timed:
        for sort, name, unit in times(side):
            found.times.setdefault(sort, {}).setdefault(name, unit)
    return found if found != UNDATED else UNDATED


def add_dates(found: Dates, side: Side) -> None:
    """Note the side's years, days, months and weekdays."""
    for place in dated_places(side):
        unit, form = side.units[place], side.forms[place]
        if is_year(side, place):
            add_year(found, side, place)
        elif unit.kind is Kind.DATE:
            found.days.setdefault(form, unit)
            found.months.setdefault(form.partition("-")[2], unit)
        elif form in MONTHS and is_month(side, place):
            found.months.setdefault(MONTHS[form], unit)
        elif form in WEEKDAYS and not is_spoken(side, place):
            found.weekdays.setdefault(form, unit)
    if found.days:
        for day, unit in list(listed_days(side)):
            found.days.setdefault(day, unit)


def dated_places(side: Side) -> list[int]:
    """Where the side may name a date: at a number or a word of DATING, so that others are looked at no closer."""
    common, name = Kind.COMMON, Kind.NAME
    return [
        place
        for place, (unit, form) in enumerate(zip(side.units, side.forms, strict=True))
        if (unit.kind is not common and unit.kind is not name) or form in DATING
    ]


def is_year(side: Side, place: int) -> bool:
    """Whether the number at this place is a year; those of other centuries stand behind "in" or "since"."""
    unit = side.units[place]
    if unit.kind is not Kind.NUMBER or place == 0:
        return unit.kind is Kind.YEAR
    is_old = len(unit.concept) == YEAR_DIGITS and unit.concept.isdigit() and unit.concept[0] == "1"
    behind = side.units[place + 1 : place + 2]
    is_counted = bool(behind) and behind[0].is_content and side.folded.between(unit, behind[0]) == " "
    return is_old and not is_counted and side.form(side.units[place - 1]) in BEFORE_YEAR


def add_year(found: Dates, side: Side, place: int) -> None:
    """Note the year at this place, and the day where one follows it in digits: 2024-05-06."""
    units = side.units
    found.years.setdefault(side.form(units[place]), units[place])
    if place + 2 >= len(units):
        return
    year, month, day = units[place : place + 3]
    marks = {side.folded.between(year, month), side.folded.between(month, day)}
    if marks == {"-"} and is_day(month) and int(month.concept) <= MONTHS_A_YEAR and is_day(day):
        found.days.setdefault(f"{day.concept}-{MONTH_NAMES[int(month.concept) - 1]}", year._replace(stop=day.stop))


def add_turns(found: Dates, side: Side) -> None:
    """Note what starts or ends at a time or an event: "since 2019", "before the war"."""
    for before, turn in enumerate(side.forms):
        if turn in TURNS:
            has_article = not ARTICLES.isdisjoint(side.forms[before + 1 : before + 2])
            for place in range(before + 1, min(before + 2 + has_article, len(side.units))):
                add_turn(found, side, before, place)


def add_turn(found: Dates, side: Side, before: int, place: int) -> None:
    """Note that the word before starts or ends something at the unit at this place, if that can be."""
    turn, unit = side.forms[before], side.units[place]
    is_dated = unit.kind is Kind.YEAR or unit.kind is Kind.DATE or side.forms[place] in MONTHS
    if unit.is_content and (is_dated or turn != STARTING_ALL):
        found.turns.setdefault(unit.concept, (TURNS[turn], unit._replace(first=side.units[before].first)))


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
