"""Numbers that a wording says without a figure: one man, for a year, a decade, the largest; and how long a span is."""

from decimal import Decimal
from typing import Final, NamedTuple

from claims.matching.folding import Unit
from claims.matching.folding.lexicon import FAMILIES
from claims.matching.folding.spelled import HUNDRED, PLACES
from claims.matching.folding.words import Kind
from claims.matching.guards.pair import Side
from claims.matching.guards.slots import words

ONE: Final = "one"
# How many of which unit a span of time is.
SPANS: Final = {
    "century": (100, "year"),
    "decade": (10, "year"),
    "fortnight": (2, "week"),
    **{unit: (1, unit) for unit in ("year", "month", "week", "day", "hour", "minute")},
}
SPAN_WORDS: Final = SPANS | {"centuries": SPANS["century"]} | {f"{span}s": what for span, what in SPANS.items()}
# So many months or hours; how many hours a month has is not exact.
MONTHS: Final = {"month": Decimal(1), "year": Decimal(12)}
HOURS: Final = {"minute": 1 / Decimal(60), "hour": Decimal(1), "day": Decimal(24), "week": Decimal(168)}
HOURS_A_MONTH: Final = Decimal(730)
# Four weeks are a month.
SPAN_TOLERANCE: Final = Decimal("0.09")
# Six days are nearly a week.
ROUGH_TOLERANCE: Final = Decimal("0.25")
# "A year" is how long something took behind these words, or before those; "two million a year" is how often.
BEFORE_SPAN: Final = words(
    "for, in, within, after, over, than, least, about, around, roughly, almost, nearly, just, only, another, under,"
    " to, take, takes, took, taken, last, lasts, lasted, spend, spends, spent"
)
BEHIND_SPAN: Final = words("ago, later, earlier, long")
# "Two in ten" is a share; of "12 out of 40" both are counted.
MOST_PARTS: Final = 10
RANK: Final = "rank"
# How every superlative ends.
SUPERLATIVE: Final = "st"
NO_SUPERLATIVES: Final = words(
    "west, midwest, northwest, southwest, test, contest, protest, detest, attest, rest, arrest, forest, interest, nest,"
    " guest, quest, request, conquest, inquest, bequest, chest, harvest, invest, divest, vest, honest, dishonest,"
    " modest, pest, tempest, priest, crest, suggest, digest, ingest, manifest, infest, unrest, latest, least, earnest,"
    " est, jest, lest, zest"
)
# Between two numbers these make a share of them.
SHARING: Final = (("in", "every"), ("in",), ("out", "of", "every"), ("out", "of"), ("of", "every"))
SHARING_FIRST: Final = frozenset(way[0] for way in SHARING)
ARTICLES: Final = words("a, an")
AND_A_HALF: Final = ("and", "a", "half")
# Behind these words "one" stands for something, or for anything.
NOT_BEFORE_ONE: Final = words("no, any, every, each, the, this, that, which, number, at")


class Span(NamedTuple):
    """How many years, weeks or hours one of what is counted is: 10 years for a decade."""

    times: Decimal
    unit: str


NO_SPAN: Final = Span(Decimal(1), "")


class Implied(NamedTuple):
    """A number that is not written: its value, what it counts, the unit of time that this is or "", its first word.

    counts is its unit as that of a measure: "rank" for the place of what is the largest.
    """

    value: Decimal
    counted: str
    span: str
    first: int
    counts: str = ""


def span_at(side: Side, place: int) -> Span:
    """The span of time that the number at this place counts, in its phrase ("ten years") or behind it; else none."""
    unit, behind = side.units[place], side.units[place + 1 : place + 2]
    word = unit.stop - 1 if unit.stop - unit.first > 1 else behind[0].first if behind else unit.first
    span = SPAN_WORDS.get(side.folded.words[word].form)
    return Span(Decimal(span[0]), span[1]) if span else NO_SPAN


def implied_at(side: Side, place: int) -> Implied | None:
    """The number that "one", or "a" before a span of time, means at this place; None without."""
    form, unit = side.forms[place], side.units[place]
    if form == ONE:
        return one_at(side, place)
    if is_superlative(form) and unit.kind is Kind.COMMON:
        return superlative_at(side, place)
    last = side.folded.words[unit.stop - 1].form
    return lasting(side, place, Span(Decimal(SPANS[last][0]), SPANS[last][1])) if last in SPANS else None


def share_at(side: Side, place: int) -> tuple[Decimal, str, int] | None:
    """The share in percent that "two in five", "one child in three" or "every fifth" means at this place, or None."""
    forms = side.forms
    if forms[place] == "every" and place + 1 < len(forms) and PLACES.get(forms[place + 1], 1) > 1:
        return 100 / Decimal(PLACES[forms[place + 1]]), "%", 2
    value = small_number(forms[place])
    if not value:
        return None
    for first in (place + 1, place + 2):
        if SHARING_FIRST.isdisjoint(forms[first : first + 1]):
            continue
        length = next((len(way) for way in SHARING if forms[first : first + len(way)] == way), 0)
        of = first + length
        whole = small_number(forms[of]) if length and of < len(forms) else 0
        # Of "one child in three homes" something else is counted.
        is_whole = first == place + 1 or of + 1 == len(forms)
        if value < whole <= (MOST_PARTS if value > 1 else HUNDRED) and is_whole and not span_at(side, of).unit:
            return 100 * Decimal(value) / whole, "%", of + 1 - place
    return None


def superlative_at(side: Side, place: int) -> Implied | None:
    """The first place of the superlative here; None for "second largest" and "one of the largest"."""
    before = side.forms[max(place - 3, 0) : place]
    is_one_of_some = "among" in before or (ONE in before and "of" in before)
    if is_one_of_some or (before and (before[-1] in PLACES or before[-1][0].isdigit())):
        return None
    return Implied(Decimal(1), ranked(side, place), "", side.units[place].first, RANK)


def is_superlative(form: str) -> bool:
    """Whether the form may be "largest", "most" or the like."""
    return form.endswith(SUPERLATIVE) and (
        form == "most" or form == "worst" or (form.endswith("est") and form not in NO_SUPERLATIVES)
    )


def ranked(side: Side, place: int) -> str:
    """What the superlative at this place ranks by: "big" for "largest"; "populous" behind "most"."""
    form = side.forms[place]
    if form == "most":
        return side.units[place + 1].concept if place + 1 < len(side.units) else form
    bases = (form[:-3], form[:-2], form[:-4])
    return next((FAMILIES.alone[base] for base in bases if base in FAMILIES.alone), form)


def small_number(form: str) -> int:
    """The value of a form that is a whole number up to a hundred, 0 for others."""
    if form == ONE:
        return 1
    return int(form) if form.isdigit() and len(form) <= 3 and int(form) <= HUNDRED else 0


def lasting(side: Side, place: int, span: Span) -> Implied | None:
    """The span of time that the unit at this place ends, if it is how long something took: "for half a year"."""
    stop = side.units[place].stop
    lead, article = ["", "", *(word.form for word in side.folded.words[max(stop - 3, 0) : stop - 1])][-2:]
    if article not in ARTICLES:
        return None
    if lead == "half":
        return Implied(span.times / 2, span.unit, span.unit, stop - 3)
    behind = side.forms[place + 1] if place + 1 < len(side.forms) else ""
    is_more = side.forms[place + 1 : place + 4] == AND_A_HALF
    if lead not in BEFORE_SPAN and behind not in BEHIND_SPAN and not is_more:
        return None
    return Implied(span.times * 3 / 2 if is_more else span.times, span.unit, span.unit, stop - 2)


def one_at(side: Side, place: int) -> Implied | None:
    """What the "one" at this place counts; None where it stands for somebody, or for any day."""
    before = side.forms[place - 1] if place else ""
    if place + 1 >= len(side.units) or before in NOT_BEFORE_ONE:
        return None
    unit, counted = side.units[place : place + 2]
    form = side.forms[place + 1]
    if not is_counted(side, unit, counted) or (form == "day" and before not in BEFORE_SPAN):
        return None
    times, name = SPANS.get(form, (1, ""))
    return Implied(Decimal(times), name or counted.concept, name, unit.first)


def is_counted(side: Side, unit: Unit, counted: Unit) -> bool:
    """Whether the second unit can be what the first counts one of."""
    is_thing = counted.kind is Kind.COMMON and counted.is_content
    return is_thing and side.folded.between(unit, counted) in {" ", "-"}


def are_one_span(one: tuple[Decimal, str], other: tuple[Decimal, str], *, is_rough: bool) -> bool:
    """Whether so many of one unit of time are so many of another: 24 months and two years, or roughly so."""
    hours, others = hours_of(*one), hours_of(*other)
    is_exact = (one[1] in MONTHS) == (other[1] in MONTHS)
    tolerance = ROUGH_TOLERANCE if is_rough else 0 if is_exact else SPAN_TOLERANCE
    return abs(hours - others) <= tolerance * max(hours, others)


def hours_of(value: Decimal, unit: str) -> Decimal:
    """How many hours so many of a unit of time are."""
    return value * (MONTHS[unit] * HOURS_A_MONTH if unit in MONTHS else HOURS[unit])
