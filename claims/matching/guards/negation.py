"""The guard for negation and what carries it: not, never, without, denies, false."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from claims.matching.folding import Unit
from claims.matching.guards.pair import Guard, Pair, Rule, Side, Weight
from claims.matching.lexicon import MEETS_NEGATION, NEGATES_NEXT, NEGATES_WHOLE, SPARED, concepts_of
from claims.matching.words import Kind

# A "not" reaches this many words that say something among the next few, and never past a comma or a stop.
REACH: Final = 3
FARTHEST: Final = 10
CLAUSE_ENDS: Final = frozenset(",.;:!?()")
# What is denied ends here as well: "denied the charge and left".
JOINING: Final = frozenset(["and", "but"])
REFUSES: Final = MEETS_NEGATION & concepts_of("refuse, decline, fail")
CARRIERS: Final = NEGATES_NEXT | NEGATES_WHOLE | MEETS_NEGATION
# Behind these words a "dispute" is a thing that is spoken of.
DISPUTED: Final = "disput"
ATTRIBUTES: Final = frozenset(["a", "an", "the", "this", "of", "in", "earlier", "any", "their", "its", "his", "her"])


@dataclass(frozen=True, slots=True)
class Negator:
    """A unit that negates, or withholds, the units in its reach."""

    unit: Unit
    reach: tuple[Unit, ...]
    concepts: frozenset[str]


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


def negation(pair: Pair) -> Iterator[Guard]:
    """Stop where one side turns round what the other says; ask where both do, or where it is not clear what."""
    left, right = pair.left.read(negations), pair.right.read(negations)
    words = turned_words(pair) or turned_refusal(pair)
    found = [turn for turn in (words, turned_whole(pair), turned_stance(pair)) if turn]
    if found:
        yield Guard(Rule.NEGATION, found[0], Weight.STOPS if len(found) % 2 else Weight.ASKS)
        return
    here, there = negators(left, right), negators(right, left)
    if len(here) % 2 != len(there) % 2:
        shown = pair.left.shown(here) if len(here) > len(there) else pair.right.shown(there)
        yield Guard(Rule.NEGATION, f"only one of them says *{shown}*", Weight.ASKS)


def negators(here: Negations, there: Negations) -> list[Unit]:
    """The units of one side that negate; one that withholds does where the other side negates the same."""
    withholding = [negator for negator in here.withholding if not negator.concepts.isdisjoint(there.negated)]
    units = [negator.unit for negator in (*here.next, *here.whole, *withholding)]
    # "Neither" and its "nor" are one.
    return [unit for unit in units if unit.concept != "nor" or all(other.concept != "neither" for other in units)]


def turned_words(pair: Pair) -> str:
    """The difference where one side negates words that the other affirms."""
    for one, other in ((pair.left, pair.right), (pair.right, pair.left)):
        here = one.read(negations)
        for negator in unmet_negators(here, other.read(negations)):
            if any(unit in here.turned and unit.concept in other.concepts for unit in negator.reach):
                return f"differs by *{one.folded.shown(negator.unit)}*"
    return ""


def turned_refusal(pair: Pair) -> str:
    """The difference where one side refuses to do what the other does."""
    for one, other in ((pair.left, pair.right), (pair.right, pair.left)):
        there = other.read(negations)
        for refusal in one.read(negations).refusing:
            is_shared = bool(refusal.reach) and refusal.reach[0].concept in other.concepts
            if is_shared and refusal.concepts.isdisjoint(there.negated | there.withheld):
                return f"differs by *{one.folded.shown(refusal.unit)}*"
    return ""


def unmet_negators(here: Negations, there: Negations) -> Iterator[Negator]:
    """The negators of one side that the other has no match for.

    A "not" is met where the other side negates or refuses one of the words in its reach: "would not sell" says what
    "refused to sell" says.
    """
    for negator in here.next:
        is_withheld = not negator.concepts.isdisjoint(there.withheld) and not negator.concepts & MEETS_NEGATION
        if negator.concepts.isdisjoint(there.negated) and not is_withheld:
            yield negator


def turned_whole(pair: Pair) -> str:
    """The difference where one side alone says that all of it is false."""
    if len(pair.left.read(negations).whole) % 2 == len(pair.right.read(negations).whole) % 2:
        return ""
    left, right = whole_negators(pair.left, pair.right), whole_negators(pair.right, pair.left)
    if not left and not right:
        return ""
    return f"differs by *{pair.left.shown(left) if len(left) > len(right) else pair.right.shown(right)}*"


def whole_negators(side: Side, other: Side) -> list[Unit]:
    """The units by which the side calls false what the other says: not a charge that is denied beside it."""
    return [
        negator.unit
        for negator in side.read(negations).whole
        if not negator.reach or any(unit.concept in other.concepts for unit in negator.reach)
    ]


def turned_stance(pair: Pair) -> str:
    """The difference where one claimant denies the words and the other stands by them."""
    return "denied in one, asserted in the other" if pair.left.wording.denies != pair.right.wording.denies else ""


def is_turned(side: Side, unit: Unit) -> bool:
    """Whether a "not" reaches the unit."""
    return unit in side.read(negations).turned


def negations(side: Side) -> Negations:
    """The side's negators, with what they reach."""
    found = list(carriers(side))
    turning = tuple(negator for negator in found if negator.unit.concept in NEGATES_NEXT)
    withholding = tuple(negator for negator in found if negator.unit.concept in MEETS_NEGATION)
    times = Counter(unit for negator in turning for unit in negator.reach)
    return Negations(
        next=turning,
        whole=tuple(negator for negator in found if negator.unit.concept in NEGATES_WHOLE),
        withholding=withholding,
        refusing=tuple(negator for negator in withholding if is_refusal(side, negator)),
        turned=frozenset(unit for unit, count in times.items() if count % 2),
        negated=concepts_in(turning),
        withheld=concepts_in(withholding),
    )


def is_refusal(side: Side, negator: Negator) -> bool:
    """Whether a "to" stands behind what withholds: "refused to pay"."""
    behind = side.folded.words[negator.unit.stop : negator.unit.stop + 1]
    return negator.unit.concept in REFUSES and bool(behind) and behind[0].form == "to"


def concepts_in(negators: Sequence[Negator]) -> frozenset[str]:
    """Every concept that one of the negators reaches."""
    return frozenset().union(*(negator.concepts for negator in negators))


def carriers(side: Side) -> Iterator[Negator]:
    """Each unit that carries a negation, with the units in its reach."""
    units = side.units
    for place, unit in enumerate(units):
        if unit.concept in CARRIERS and not is_spared(side, units, place):
            reach = tuple(reached(side, place))
            yield Negator(unit, reach, frozenset(unit.concept for unit in reach))


def is_spared(side: Side, units: Sequence[Unit], place: int) -> bool:
    """Whether the carrier turns nothing here: "not only", "No. 4", "no-frills", "a dispute"."""
    unit = units[place]
    form = side.form(unit)
    previous = side.form(units[place - 1]) if place else ""
    if form.startswith(DISPUTED) and previous in ATTRIBUTES:
        return True
    if form == "no" and place + 1 < len(units):
        behind = units[place + 1]
        if behind.kind is Kind.NUMBER or side.folded.between(unit, behind).startswith("-"):
            return True
    return starts_spared(side, unit.first) or (place > 0 and starts_spared(side, units[place - 1].first))


def starts_spared(side: Side, first: int) -> bool:
    """Whether a phrase that turns nothing starts at this word."""
    words = side.folded.words
    return any(
        tuple(word.form for word in words[first : first + len(phrase)]) == phrase
        for phrase in SPARED.get(words[first].form, ())
    )


def reached(side: Side, position: int) -> Iterator[Unit]:
    """The units that say something within reach of the negator at this position."""
    left = REACH
    previous = side.units[position]
    for unit in side.units[position + 1 : position + 1 + FARTHEST]:
        is_cut = unit.concept in JOINING and side.units[position].concept in NEGATES_WHOLE
        if not left or is_cut or not CLAUSE_ENDS.isdisjoint(side.folded.between(previous, unit)):
            return
        if unit.is_content and unit.concept not in NEGATES_NEXT:
            left -= 1
            yield unit
        previous = unit
