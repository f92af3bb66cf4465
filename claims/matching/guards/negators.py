"""The words of a wording that negate, deny or withhold, and what they reach."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from claims.matching.folding import Unit
from claims.matching.folding.lexicon import NEGATES_NEXT, NEGATES_WHOLE, concepts_of
from claims.matching.guards.doubles import CARRIERS, REFUSES, UNDOING, doubled, lifted
from claims.matching.guards.foreign import unknown_language
from claims.matching.guards.pair import Side
from claims.matching.guards.spared import is_spared, is_title
from claims.matching.guards.turkish import is_turkish
from claims.matching.guards.ways import FARTHEST, other_way

# A "not" reaches this many words that say something, and never past a comma or a stop.
REACH: Final = 3
CLAUSE_ENDS: Final = frozenset(",.;:!?()")
# What is denied ends here as well: "denied the charge and left".
JOINING: Final = frozenset(["and", "but"])
REJECTS: Final = concepts_of("reject, refuse")
TRUE: Final = concepts_of("true, truth")
CLAIMS: Final = concepts_of("claim, accusation, report, rumour, rumor, suggestion, charge, notion, idea")
# What such a claim says follows here.
OPENS_CLAIM: Final = frozenset(["that", "of", "in", "to"])
# What these negate stands before them: "has paid nothing".
BACKWARD: Final = frozenset(["noth", "nobodi", "nobody", "none", "nowher", "nothing"])
# "No longer" and "not a single" say no more than "not" and "no".
EMPTY: Final = frozenset([("no", "longer"), ("not", "single"), ("no", "single"), ("not", "one")])


class Force(Enum):
    """What a negator does: it turns what is near, all that is said, or it withholds."""

    NEXT = "next"
    WHOLE = "whole"
    WITHHOLDS = "withholds"


@dataclass(frozen=True, slots=True)
class Negator:
    """A unit that negates, or withholds, the units in its reach.

    concepts are all that are near enough, so that another "not" before one of them meets it; reach is what it turns.
    is_double where it turns another negator ("did not rule out"), ways the words that say the same without it.
    """

    unit: Unit
    force: Force
    reach: tuple[Unit, ...]
    concepts: frozenset[str]
    is_double: bool = False
    ways: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Negations:
    """A side's negators: those of what follows, those of the whole, and what withholds ("refused to").

    turned has the units that an odd number of negators reach ("did not fail to pay" is "paid"), negated and withheld
    the concepts in any reach.
    """

    next: tuple[Negator, ...]
    whole: tuple[Negator, ...]
    withholding: tuple[Negator, ...]
    refusing: tuple[Negator, ...]
    turned: frozenset[Unit]
    negated: frozenset[str]
    withheld: frozenset[str]


NOTHING: Final[frozenset[str]] = frozenset()
NOTHING_NEGATED: Final = Negations((), (), (), (), frozenset(), NOTHING, NOTHING)


def negations(side: Side) -> Negations:
    """The side's negators, with what they reach; NOTHING_NEGATED where no word of it can be one."""
    if CARRIERS.isdisjoint(side.concepts) or side.read(is_turkish) or side.read(unknown_language):
        return NOTHING_NEGATED
    found = list(negators(side))
    carried = {id(negator.reach[0]) for negator in found if negator.reach}
    turning = tuple(negator for negator in found if negator.force is Force.NEXT)
    turning += tuple(lifters(side, found))
    cancelled = {id(negator.reach[0]) for negator in turning if negator.is_double}
    withholding = tuple(
        negator for negator in found if negator.force is Force.WITHHOLDS and id(negator.unit) not in cancelled
    )
    turned: set[Unit] = set()
    for negator in turning:
        turned ^= set(negator.reach)
    return Negations(
        next=turning,
        whole=tuple(each for each in found if each.force is Force.WHOLE and id(each.unit) not in carried),
        withholding=withholding,
        refusing=tuple(negator for negator in withholding if is_refusal(side, negator)),
        turned=frozenset(turned),
        negated=concepts_in(turning),
        withheld=concepts_in(withholding),
    )


def lifters(side: Side, found: Sequence[Negator]) -> Iterator[Negator]:
    """The side's negators that take back a ban or the like; none for "the ban was not lifted", "refused to lift it"."""
    holders: defaultdict[int, set[int]] = defaultdict(set)
    for negator in found:
        for unit in negator.reach:
            holders[id(unit)].add(id(negator.unit))
    for unit, ban in side.read(lifted):
        if holders[id(unit)] <= {id(ban)}:
            yield Negator(unit, Force.NEXT, (ban,), frozenset([ban.concept]), is_double=True, ways=UNDOING)


def is_refusal(side: Side, negator: Negator) -> bool:
    """Whether a "to" stands behind what withholds: "refused to pay"."""
    behind = side.folded.words[negator.unit.stop : negator.unit.stop + 1]
    return negator.unit.concept in REFUSES and bool(behind) and behind[0].form == "to"


def concepts_in(negators: Sequence[Negator]) -> frozenset[str]:
    """Every concept that one of the negators reaches."""
    return frozenset().union(*(negator.concepts for negator in negators))


def negators(side: Side) -> Iterator[Negator]:
    """Each unit that carries a negation, with the units in its reach."""
    for place in [place for place, unit in enumerate(side.units) if unit.concept in CARRIERS]:
        if not is_spared(side, place) and not is_title(side, side.units[place]):
            yield negator_at(side, place)


def negator_at(side: Side, place: int) -> Negator:
    """The negator at this place: of the whole where it says that a claim is not true, or rejects one."""
    unit = side.units[place]
    reach = tuple(reached(side, place))
    concepts = frozenset(unit.concept for unit in reach) | held_before(side, place)
    is_next = unit.concept in NEGATES_NEXT
    about = TRUE if is_next else CLAIMS if unit.concept in REJECTS else frozenset()
    if reach and reach[0].concept in about and opens_claim(side, reach[0], is_last=is_next and len(reach) == 1):
        return Negator(unit, Force.WHOLE, reach[1:], concepts)
    inner = doubled(side, unit, reach)
    if inner is not None:
        return Negator(
            unit, Force.NEXT, (inner,), frozenset([inner.concept]), is_double=True, ways=other_way(side, place)
        )
    if unit.concept in NEGATES_WHOLE:
        return Negator(unit, Force.WHOLE, reach, concepts)
    if not is_next:
        return Negator(unit, Force.WITHHOLDS, reach, concepts)
    return Negator(unit, Force.NEXT, reach, concepts, ways=other_way(side, place))


def opens_claim(side: Side, unit: Unit, *, is_last: bool) -> bool:
    """Whether what a claim says stands behind the unit: "reports that", "no truth in"; or before it: "is not true"."""
    behind = side.folded.words[unit.stop : unit.stop + 1]
    return is_last or (bool(behind) and behind[0].form in OPENS_CLAIM)


def held_before(side: Side, place: int) -> frozenset[str]:
    """The word before a negator that negates what stands before it: "paid nothing"."""
    before = side.units[place - 1].concept if place else ""
    return frozenset([before]) if side.units[place].concept in BACKWARD else frozenset()


def lifting_places(side: Side) -> frozenset[int]:
    """Where the words stand that lift a ban which is named behind them."""
    return frozenset(unit.first for unit, ban in side.read(lifted) if ban.first > unit.first)


def reached(side: Side, position: int) -> Iterator[Unit]:
    """The units that say something within reach of the negator at this position."""
    left = REACH
    previous = side.units[position]
    start = side.form(previous)
    # Who does not lift a ban keeps it, and does not "not ban".
    lifting = side.read(lifting_places)
    for unit in side.units[position + 1 : position + 1 + FARTHEST]:
        is_cut = unit.concept in JOINING and side.units[position].concept in NEGATES_WHOLE
        if not left or is_cut or not CLAUSE_ENDS.isdisjoint(side.folded.between(previous, unit)):
            return
        if (start, side.form(unit)) in EMPTY:
            previous = unit
            continue
        if unit.is_content and unit.concept not in NEGATES_NEXT:
            left -= 1
            yield unit
            if unit.first in lifting:
                return
        previous = unit
