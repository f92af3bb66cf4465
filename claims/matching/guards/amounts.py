"""The guard for numbers with what they count."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal
from itertools import pairwise
from typing import Final

from claims.matching.folding.lexicon import concepts_of
from claims.matching.folding.quantities import CURRENCIES, MAGNITUDES
from claims.matching.guards.implied import are_one_span
from claims.matching.guards.measures import Bound, Measure, counts_alike, may_count, measures_of
from claims.matching.guards.pair import Guard, Pair, Rule, Side, Weight

FEWEST_DIGITS: Final = 2
# How far "about 40" reaches, and how far "more than 40" is still about 40.
ROUGH: Final = Decimal("0.05")
BEYOND: Final = Decimal("0.1")
# How far two shares in percent may be apart, and a round number of so many from what it rounds.
CLOSE: Final = Decimal("0.01")
LEAST_ROUND: Final = 1_000
# From this many percent on, half a percent is what rounding leaves out.
LEAST_WHOLE: Final = 4
HALF: Final = Decimal("0.5")
# Times of day that are this many minutes apart are two.
MINUTES_APART: Final = 60
HALF_A_DAY: Final = 720
LINKS: Final = frozenset([("of",), ("out", "of"), ("of", "the"), ("of", "its"), ("of", "all")])
# What says how far something changed, and what how far it has come.
STEP_AND_END: Final = {"by", "to"}
START: Final = "from"
CHANGING: Final = concepts_of("rise, fall, raise, cut, expand, extend, jump, decline, shrink, add, lose")
# With more of its kind on the other side, "one" may be an example.
MOST_BESIDE_ONE: Final = 12
FALLING: Final = concepts_of("fall, cut, decline, lose, loss, contract, contraction, shed")
OPPOSED: Final = frozenset([Bound.LEAST, Bound.MOST])
POINTS: Final = frozenset(["%", "percentage points"])
# Numbers whose unit is a word behind them, or one of these.
COUNTED: Final = frozenset(["", "km", "m", "kg"])
# Units of which one is not another.
UNITS: Final = tuple(
    map(
        concepts_of,
        [
            "second, minute, hour, day, week, month, year, decade, century",
            "km, m, mile, foot, yard, inch, centimetre, centimeter",
            "kg, tonne, ton, pound, gram, ounce",
            "hectare, acre",
            "litre, liter, gallon, barrel",
        ],
    )
)
ALL_UNITS: Final = frozenset().union(*UNITS)
# Numbers of which each counts its own thing, so that two without a word in common are not rivals.
BARE: Final = frozenset(["", "st"])
# Above this many numbers a wording is a table.
MOST_NUMBERS: Final = 64


def numbers(pair: Pair) -> Iterator[Guard]:
    """Stop where both sides count one thing and give other numbers; note a number that one side alone has.

    A rounded number is the exact one (114 million and 114.3 million), and "more than 40" may be 42.
    """
    found = list(other_numbers(pair))
    yield from found or lone_numbers(pair)


def other_numbers(pair: Pair) -> Iterator[Guard]:
    """Stop where both sides count one thing and give other numbers; ask where it may be one number after all."""
    if counts_alike(pair.left, pair.right) or not (pair.left.read(may_count) and pair.right.read(may_count)):
        return
    left, right = measured(pair.left), measured(pair.right)
    if not left or not right:
        return
    here, there = unmatched(left, right), unmatched(right, left)
    rivals = [(one, other) for one in here for other in there if are_rivals(one, other, here, there)]
    equal = [(one, other) for one in left for other in right if one.value == other.value]
    rivals += [each for each in equal if are_opposed(*each)]
    rivals += [each for each in equal if are_of_other_units(*each)]
    rivals += swapped(linked(pair.left, left), linked(pair.right, right))
    steps = [each for each in equal if are_step_and_end(pair, *each)]
    if not rivals and not steps:
        return
    is_said = any({one.joint, other.joint} == STEP_AND_END for one, other in steps)
    is_unsure = not is_said and not rivals
    rivals += steps
    ours, theirs = shown(pair.left, [one for one, _ in rivals]), shown(pair.right, [other for _, other in rivals])
    # In which zone they are nobody says.
    is_unsure = is_unsure or all(one.counts == "time" for one, _ in rivals)
    yield Guard(Rule.NUMBER, f"{ours} against {theirs}", Weight.ASKS if is_unsure else Weight.STOPS)


def lone_numbers(pair: Pair) -> Iterator[Guard]:
    """Note the numbers that one side alone writes."""
    if counts_alike(pair.left, pair.right):
        return
    left, right = measured(pair.left), measured(pair.right)
    for side, lone in ((pair.left, unmatched(left, right)), (pair.right, unmatched(right, left))):
        if figures := written(lone):
            yield Guard(Rule.NUMBER, f"only one of them says {shown(side, figures)}", Weight.NOTES)


def measured(side: Side) -> Sequence[Measure]:
    """The first numbers of the side, as many as are compared."""
    return side.read(measures_of)[:MOST_NUMBERS]


def linked(side: Side, measures: Sequence[Measure]) -> list[tuple[Measure, Measure]]:
    """The numbers of the side of which one is part of the next, or leads to it: "12 of 40", "from 3 to 5"."""
    words = side.folded.words
    return [
        (one, other)
        for one, other in pairwise(measures)
        if (link := tuple([word.form for word in words[one.shown.stop : other.shown.first]])) in LINKS
        or (link == ("to",) and one.joint == "from")
    ]


def swapped(
    left: Sequence[tuple[Measure, Measure]], right: Sequence[tuple[Measure, Measure]]
) -> list[tuple[Measure, Measure]]:
    """The numbers that are linked the other way round on the other side: "12 of 40" and "40 of 12"."""
    return [
        rivals
        for one, other in left
        for first, last in right
        if one.value == last.value and other.value == first.value != last.value
        for rivals in ((one, first), (other, last))
    ]


def are_step_and_end(pair: Pair, one: Measure, other: Measure) -> bool:
    """Whether of two equal numbers one is how far something changed, the other how far it has come: "by 4", "to 4"."""
    if one.counts != other.counts or (one.joint == "to") == (other.joint == "to"):
        return False
    step, side = (other, pair.right) if one.joint == "to" else (one, pair.left)
    if not is_changing(one, pair.left) or not is_changing(other, pair.right):
        return False
    return step.joint == "by" or (step.shown.first > 0 and is_change(side.folded.words[step.shown.first - 1].form))


def is_changing(measure: Measure, side: Side) -> bool:
    """Whether the number can be how far something changed."""
    return not CHANGING.isdisjoint(side.concepts if measure.counts else measure.before)


def is_change(form: str) -> bool:
    """Whether the form is a change: "rose"."""
    return not CHANGING.isdisjoint(concepts_of(form))


def unmatched(measures: Sequence[Measure], others: Sequence[Measure]) -> list[Measure]:
    """The measures that none of the others can mean."""
    return [measure for measure in measures if not any(may_be_one(measure, other) for other in others)]


def may_be_one(measure: Measure, other: Measure) -> bool:
    """Whether the two may be one number: the same, rounded, or within what "about" and "more than" leave open."""
    if measure.counts == other.counts and measure.value == other.value:
        return True
    least, most = sorted((measure, other), key=lambda measure: measure.value)
    if measure.counts != other.counts:
        # Of "aged 20 to 64" and "between 20 and 64 years old" another one is said to be an age.
        if measure.value == other.value and {measure.counts, other.counts} == {"", "age"}:
            return True
        # "330m" is read as millions where nothing beside it says that it is metres.
        return (least.counts, most.counts) == ("m", "") and most.value == least.value * MAGNITUDES["m"]
    if least.value < 0:
        return may_be_one(*sunk(least, most)) if most.value < 0 or is_falling(most) else False
    if measure.span and other.span and are_one_time(measure, other):
        return True
    if is_rounded(measure.value, other.value):
        return True
    if measure.counts == "time":
        period = HALF_A_DAY if Bound.EITHER in {least.bound, most.bound} else 2 * HALF_A_DAY
        apart = (most.value - least.value) % period
        return min(apart, period - apart) < MINUTES_APART
    if measure.counts == "%" and is_whole_percent(measure.value, other.value):
        return True
    apart = (most.value - least.value) / most.value
    is_open = least.bound is Bound.LEAST or most.bound is Bound.MOST
    if measure.counts == "%":
        return apart <= (ROUGH if is_open or Bound.ROUGH in {least.bound, most.bound} else CLOSE)
    return apart <= (ROUGH if Bound.ROUGH in {least.bound, most.bound} else BEYOND if is_open else 0)


def are_one_time(measure: Measure, other: Measure) -> bool:
    """Whether two spans of time may be one: "nearly a week" is less exact than "nearly 300 days"."""
    is_rough = any(one.is_implied and one.bound is not Bound.EXACT for one in (measure, other))
    return are_one_span((measure.value, measure.span), (other.value, other.span), is_rough=is_rough)


def written(measures: Sequence[Measure]) -> list[Measure]:
    """The measures with a figure."""
    return [measure for measure in measures if not measure.is_implied]


def sunk(*measures: Measure) -> list[Measure]:
    """The measures without their minus."""
    return [replace(measure, value=abs(measure.value)) for measure in measures]


def is_falling(measure: Measure) -> bool:
    """Whether the number says how far something fell, which is a minus in words."""
    return measure.joint != "to" and not measure.before.isdisjoint(FALLING)


def are_rivals(measure: Measure, other: Measure, left: Sequence[Measure], right: Sequence[Measure]) -> bool:
    """Whether the two numbers that differ count one thing: they stand near one word, or nothing else is counted so."""
    if measure.counts != other.counts:
        units = {measure.counts, other.counts}
        return measure.value == other.value and (units == POINTS or units <= CURRENCIES)
    if measure.counts == "time":
        return True
    # From where something rose is neither by how much it did nor where it stands now.
    if (measure.joint == START) != (other.joint == START):
        return False
    if measure.behind & other.behind:
        # "One farmer says" among many others.
        is_example = (measure.is_implied or other.is_implied) and not (measure.span or other.span or measure.counts)
        return not is_example or max(measure.value, other.value) <= MOST_BESIDE_ONE
    if measure.is_implied or other.is_implied:
        return bool(measure.span and other.span and measure.before & other.before)
    is_lone = all(sum(one.counts == measure.counts for one in written(side)) == 1 for side in (left, right))
    if measure.counts in BARE:
        return bool(measure.before & other.before) and (is_lone or not (measure.behind and other.behind))
    return is_lone or bool(measure.before & other.before)


def are_opposed(measure: Measure, other: Measure) -> bool:
    """Whether of two equal numbers one is the least and the other the most: "at least 40" and "up to 40"."""
    if measure.bound is other.bound or measure.counts != other.counts:
        return False
    return {measure.bound, other.bound} == OPPOSED


def are_of_other_units(measure: Measure, other: Measure) -> bool:
    """Whether two equal numbers count two units of one sort: 300 kilometres and 300 miles, 20 a day and 20 a year."""
    if measure.counts not in COUNTED or other.counts not in COUNTED:
        return False
    here, there = (measure.behind | {measure.counts}) & ALL_UNITS, (other.behind | {other.counts}) & ALL_UNITS
    return here != there and any(here & units and there & units and not here & there & units for units in UNITS)


def is_rounded(number: Decimal, other: Decimal) -> bool:
    """Whether the two are one number, given with more and with fewer digits.

    A single digit is too rough to tell, but for thousands that are hardly off: 60,000 for 59,619.
    """
    rough, fine = sorted((number, other), key=significant_digits)
    digits = significant_digits(rough)
    if rough != rough.to_integral_value():
        return rough in {fine.quantize(rough, rounding=rounding) for rounding in (ROUND_HALF_UP, ROUND_HALF_DOWN)}
    is_close = rough >= LEAST_ROUND and abs(fine - rough) <= CLOSE * rough
    is_fit = digits >= FEWEST_DIGITS or is_close
    return is_fit and Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal(fine) == rough


def is_whole_percent(number: Decimal, other: Decimal) -> bool:
    """Whether one is a whole number of percent, and the other the same with decimals: 9 and 8.76."""
    rough, fine = sorted((number, other), key=significant_digits)
    is_whole = rough == rough.to_integral_value() and fine != fine.to_integral_value()
    return is_whole and rough >= LEAST_WHOLE and abs(fine - rough) <= HALF


def significant_digits(value: Decimal) -> int:
    """How many digits of the value are given; zeros at the end of a whole number may be rounded."""
    return len(value.normalize().as_tuple().digits)


def shown(side: Side, measures: Sequence[Measure]) -> str:
    """The numbers as the side has them."""
    return side.shown(measure.shown for measure in measures)
