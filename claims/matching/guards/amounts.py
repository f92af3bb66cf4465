"""Guards for numbers with their units, years and days."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from claims.matching.folding import Unit
from claims.matching.guards.pair import Guard, Pair, Rule, Weight
from claims.matching.words import Kind

DIGITS: Final = "0123456789."
FEWEST_DIGITS: Final = 2


def numbers(pair: Pair) -> Iterator[Guard]:
    """Stop where both sides give a number of one unit that the other lacks; note where one side alone does.

    A rounded number is the exact one: 114 million and 114.3 million.
    """
    left, right = unmatched(pair.only_left, pair.only_right), unmatched(pair.only_right, pair.only_left)
    shared_units = {unit_of(number) for number in left} & {unit_of(number) for number in right}
    if shared_units:
        left, right = ([number for number in side if unit_of(number) in shared_units] for side in (left, right))
        yield Guard(Rule.NUMBER, f"{pair.left.shown(left)} against {pair.right.shown(right)}", Weight.STOPS)
    elif left or right:
        shown = pair.left.shown(left) or pair.right.shown(right)
        yield Guard(Rule.NUMBER, f"only one of them says {shown}", Weight.NOTES)


def dates(pair: Pair) -> Iterator[Guard]:
    """Stop where both sides name a year, or a day, that the other lacks."""
    for kind in (Kind.YEAR, Kind.DATE):
        left, right = of_kind(pair.only_left, kind), of_kind(pair.only_right, kind)
        if left and right:
            yield Guard(Rule.DATE, f"{pair.left.shown(left)} against {pair.right.shown(right)}", Weight.STOPS)


def unmatched(units: tuple[Unit, ...], others: tuple[Unit, ...]) -> list[Unit]:
    """The numbers among the units that none of the others' rounds to, or is rounded from."""
    numbers, other_numbers = of_kind(units, Kind.NUMBER), of_kind(others, Kind.NUMBER)
    return [number for number in numbers if not any(is_rounded(number, other) for other in other_numbers)]


def is_rounded(number: Unit, other: Unit) -> bool:
    """Whether the two are one number, given with more and with fewer digits; a single digit is too rough to tell."""
    if unit_of(number) != unit_of(other):
        return False
    rough, fine = sorted((value_of(number), value_of(other)), key=significant_digits)
    digits = significant_digits(rough)
    return digits >= FEWEST_DIGITS and Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal(fine) == rough


def significant_digits(value: Decimal) -> int:
    """How many digits of the value are given; zeros at the end of a whole number may be rounded."""
    return len(value.normalize().as_tuple().digits)


def value_of(number: Unit) -> Decimal:
    """The number without its unit."""
    return Decimal("".join(character for character in number.concept if character in DIGITS))


def of_kind(units: tuple[Unit, ...], kind: Kind) -> list[Unit]:
    """The units of one kind."""
    return [unit for unit in units if unit.kind is kind]


def unit_of(number: Unit) -> str:
    """What a number counts in: "%", "$" or nothing."""
    return number.concept.strip(DIGITS)
