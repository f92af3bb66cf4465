"""The times that a wording names without a date: tomorrow, next year, the 1990s, spring, Christmas."""

from collections.abc import Iterator
from typing import Final

from claims.matching.folding import Unit
from claims.matching.folding.quantities import MONTHS
from claims.matching.folding.words import Kind
from claims.matching.guards.pair import Side
from claims.matching.guards.slots import words

# The same event is told "today" by one paper and "yesterday" by the next.
DAYS_FROM_NOW: Final = {"yesterday": "told", "today": "told", "tonight": "told", "tomorrow": "to come"}
PERIODS: Final = words(
    "week, weekend, month, quarter, year, decade, century, season, term, spring, summer, autumn, winter, fall, monday,"
    " tuesday, wednesday, thursday, friday, saturday, sunday"
)
POINTERS: Final = {
    "this": "this",
    "current": "this",
    "last": "last",
    "previous": "last",
    "past": "last",
    "next": "next",
    "coming": "next",
    "following": "next",
}
SEASONS: Final = {"spring": "spring", "summer": "summer", "autumn": "autumn", "fall": "autumn", "winter": "winter"}
# "Spring" and "fall" are seasons behind these words; elsewhere they may be a well, or a verb.
DAY_PARTS: Final = {
    "dawn": "morning",
    "sunrise": "morning",
    "morning": "morning",
    "noon": "noon",
    "midday": "noon",
    "afternoon": "afternoon",
    "dusk": "evening",
    "sunset": "evening",
    "evening": "evening",
    "night": "evening",
    "midnight": "midnight",
}
BEFORE_SEASON: Final = words("in, this, last, next, since, until, by, early, late, every")
HOLIDAYS: Final = words(
    "christmas, easter, thanksgiving, halloween, ramadan, passover, hanukkah, eid, diwali, nowruz, pentecost, epiphany"
)
NEW_YEAR: Final = ("new", "year")
DECADES: Final = {
    "twenties": "20s",
    "thirties": "30s",
    "forties": "40s",
    "fifties": "50s",
    "sixties": "60s",
    "seventies": "70s",
    "eighties": "80s",
    "nineties": "90s",
}
# Where in a year, a month or the like it was.
PARTS: Final = {
    "early": "start",
    "beginning": "start",
    "start": "start",
    "mid": "middle",
    "middle": "middle",
    "late": "end",
    "end": "end",
}
HALVES: Final = frozenset(["half", "quarter"])
PLACES_IN_LINE: Final = frozenset(["first", "second", "third", "fourth", "final", "last"])
PARTED: Final = frozenset(["of", "the", "this", "last", "next", "in"])
# The sort of 4/5/2024, whose month nobody knows.
IN_DIGITS: Final = "date in digits"
LONG_PERIODS: Final = frozenset(["week", "month", "year", "decade", "century"])
ORDINAL: Final = ("st", "nd", "rd", "th")

# Without figures, a month and any of these, no time is named.
TIMING: Final = frozenset([*DAYS_FROM_NOW, *DAY_PARTS, *DECADES, *HALVES, *PERIODS, *SEASONS, *HOLIDAYS, "ago", "now"])
# Words at which a time without figures may be named, or behind which it is.
NAMING: Final = TIMING | PARTS.keys() | PLACES_IN_LINE | {NEW_YEAR[0], "from"}

Times = Iterator[tuple[str, str, Unit]]


def times(side: Side) -> Times:
    """The sort of each time that the side names, its name, and where it stands."""
    forms = side.forms
    for place in timed_places(side):
        unit, form = side.units[place], forms[place]
        behind = forms[place + 1] if place + 1 < len(forms) else ""
        if form in DAYS_FROM_NOW:
            yield "day from now", DAYS_FROM_NOW[form], unit
        elif form in DAY_PARTS:
            yield "part of the day", DAY_PARTS[form], unit
        elif form in DECADES:
            yield "decade", DECADES[form], unit
        elif form in PARTS and is_parted(side, place):
            yield "part of a time", PARTS[form], unit
        elif form in PLACES_IN_LINE and behind in HALVES and is_period(side, place + 1):
            yield behind, form, unit
        elif behind in {"ago", "from"}:
            yield from counted(side, forms, place)
        elif behind == "century" and form.endswith(ORDINAL):
            yield "century", form, unit
        elif is_decade(form):
            yield "decade", form[-3:], unit
        elif unit.kind is Kind.YEAR:
            yield from slashed(side, place)
        elif form in SEASONS and is_season(side, place):
            yield "season", SEASONS[form], unit
        if unit.kind is Kind.NAME:
            yield from holiday(side, forms, place)
        if side.folded.words[unit.stop - 1].form in PERIODS:
            yield from pointed(side, forms, place)


def timed_places(side: Side) -> list[int]:
    """Where the side may name a time: with a figure, or at one of few words, so that others are looked at no closer."""
    if NAMING.isdisjoint(side.parts):
        return [place for place, form in enumerate(side.forms) if form[0].isdigit()]
    behind = (*side.forms[1:], "")
    return [
        place
        for place, (form, later, unit) in enumerate(zip(side.forms, behind, side.units, strict=True))
        if form in NAMING or later in NAMING or form[0].isdigit() or unit.stop - unit.first > 1
    ]


def is_parted(side: Side, place: int) -> bool:
    """Whether a date or a period stands behind "early" or "the end of" at this place."""
    for unit in side.units[place + 1 : place + 4]:
        form = side.form(unit)
        if unit.kind is Kind.YEAR or unit.kind is Kind.DATE or form in MONTHS or form in PERIODS or is_decade(form):
            return True
        if form not in PARTED:
            return False
    return False


def is_period(side: Side, place: int) -> bool:
    """Whether the "half" or "quarter" at this place is one of a year: what stands behind it is no "of voters"."""
    behind = side.units[place + 1 : place + 2]
    return not behind or side.form(behind[0]) != "of" or is_parted(side, place)


def counted(side: Side, forms: tuple[str, ...], place: int) -> Times:
    """The time at this place that is counted from now: "a week ago", "a month from now"."""
    unit = side.units[place]
    period = side.folded.words[unit.stop - 1].form.removesuffix("s")
    if forms[place + 1] == "ago" or forms[place + 1 : place + 3] == ("from", "now"):
        yield "counted", period, unit


def slashed(side: Side, place: int) -> Times:
    """The date in digits that ends with the year at this place: 06/05/2024, whichever is the month."""
    if place > 1:
        day, month, year = side.units[place - 2 : place + 1]
        are_short = all(unit.concept.isdigit() and len(unit.concept) <= 2 for unit in (day, month))
        if are_short and side.folded.between(day, month) == side.folded.between(month, year) == "/":
            yield IN_DIGITS, f"{day.concept}/{month.concept}", day._replace(stop=year.stop)


def holiday(side: Side, forms: tuple[str, ...], place: int) -> Times:
    """The feast that the name at this place is, or its eve."""
    unit, form = side.units[place], forms[place]
    is_new_year = forms[place : place + 2] == NEW_YEAR
    if is_new_year or form in HOLIDAYS:
        length = 2 if is_new_year else 1
        eve = " eve" if forms[place + length : place + length + 1] == ("eve",) else ""
        yield "holiday", ("new year" if is_new_year else form) + eve, unit


def pointed(side: Side, forms: tuple[str, ...], place: int) -> Times:
    """The period at this place that "this", "last" or "next" points to."""
    unit = side.units[place]
    last = side.folded.words[unit.stop - 1].form
    if unit.stop - unit.first > 1 and forms[place] in POINTERS:
        pointer, shown = POINTERS[forms[place]], unit
    elif place and forms[place - 1] in POINTERS:
        pointer, shown = POINTERS[forms[place - 1]], unit._replace(first=side.units[place - 1].first)
    else:
        return
    yield last, pointer, shown
    if last in LONG_PERIODS and pointer != "this":
        yield pointer, last, shown


def is_decade(form: str) -> bool:
    """Whether the form is a decade: "1990s" or "90s"."""
    digits = form.removesuffix("s")
    return digits != form and digits.isdigit() and digits.endswith("0") and len(digits) in {2, 4}


def is_season(side: Side, place: int) -> bool:
    """Whether the word at this place is a season: "in spring", "in the spring", "spring 2024"."""
    units = side.units
    is_before_year = place + 1 < len(units) and units[place + 1].kind is Kind.YEAR
    before = [form for form in map(side.form, units[max(place - 2, 0) : place]) if form != "the"]
    return is_before_year or (before[-1:] != [] and before[-1] in BEFORE_SEASON)
