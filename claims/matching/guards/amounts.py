"""The guard for numbers with what they count."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from claims.matching.folding.lexicon import concepts_of
from claims.matching.folding.quantities import CURRENCIES
from claims.matching.guards.equal_amounts import may_be_one
from claims.matching.guards.measures import Bound, Measure, counts_alike, may_count, measures_of
from claims.matching.guards.pair import Guard, Pair, Rule, Side, Weight

LINKS: Final = frozenset([("of",), ("out", "of"), ("of", "the"), ("of", "its"), ("of", "all")])
# What says how far something changed, and what how far it has come.
STEP_AND_END: Final = {"by", "to"}
START: Final = "from"
CHANGING: Final = concepts_of("rise, fall, raise, cut, expand, extend, jump, decline, shrink, add, lose")
# With more of its kind on the other side, "one" may be an example.
MOST_BESIDE_ONE: Final = 12
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
    units = [each for each in equal if are_of_other_units(*each)]
    rivals += [(with_unit(pair.left, one), with_unit(pair.right, other)) for one, other in units]
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


def written(measures: Sequence[Measure]) -> list[Measure]:
    """The measures with a figure."""
    return [measure for measure in measures if not measure.is_implied]


def are_rivals(measure: Measure, other: Measure, left: Sequence[Measure], right: Sequence[Measure]) -> bool:
    """Whether the two numbers that differ count one thing: they stand near one word, or nothing else is counted so."""
    if measure.counts != other.counts:
        units = {measure.counts, other.counts}
        return measure.value == other.value and (units == POINTS or units <= CURRENCIES)
    if measure.counts == "time":
        return True
    if measure.behind & other.behind:
        # "One farmer says" among many others.
        is_example = (measure.is_implied or other.is_implied) and not (measure.span or other.span or measure.counts)
        return not is_example or max(measure.value, other.value) <= MOST_BESIDE_ONE
    if measure.is_implied or other.is_implied:
        return bool(measure.span and other.span and measure.before & other.before)
    # From where something rose is neither by how much it did nor where it stands now.
    if (measure.joint == START) != (other.joint == START):
        return False
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


def with_unit(side: Side, measure: Measure) -> Measure:
    """The measure, shown up to the word for its unit: "300 miles", "171,000 in the year"."""
    behind = (unit for unit in side.units if unit.first >= measure.shown.stop and unit.concept in ALL_UNITS)
    last = None if measure.counts else next(behind, None)
    return replace(measure, shown=measure.shown._replace(stop=last.stop)) if last else measure


def shown(side: Side, measures: Sequence[Measure]) -> str:
    """The numbers as the side has them."""
    return side.shown(measure.shown for measure in measures)
