"""Whether two numbers may be one: the same, rounded, or within what "about" and "more than" leave open."""

from dataclasses import replace
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal
from typing import Final

from claims.matching.folding.lexicon import concepts_of
from claims.matching.folding.quantities import MAGNITUDES
from claims.matching.guards.implied import are_one_span
from claims.matching.guards.measures import Bound, Measure

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
FALLING: Final = concepts_of("fall, cut, decline, lose, loss, contract, contraction, shed")


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


def sunk(*measures: Measure) -> list[Measure]:
    """The measures without their minus."""
    return [replace(measure, value=abs(measure.value)) for measure in measures]


def is_falling(measure: Measure) -> bool:
    """Whether the number says how far something fell, which is a minus in words."""
    return measure.joint != "to" and not measure.before.isdisjoint(FALLING)


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
