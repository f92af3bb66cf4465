"""The guard for negation and what carries it: not, never, without, denies, false."""

from collections.abc import Iterator
from typing import Final

from claims.matching.folding import Unit
from claims.matching.guards.pair import Guard, Pair, Rule, Side, Weight
from claims.matching.lexicon import NEGATES_NEXT, NEGATES_WHOLE, concepts_of

# A "not" reaches this many words that say something among the next few, and never past a comma or a stop.
REACH: Final = 3
FARTHEST: Final = 10
WITHHOLDS: Final = NEGATES_NEXT | concepts_of("refuse")
CLAUSE_ENDS: Final = frozenset(",.;:!?()")


def negation(pair: Pair) -> Iterator[Guard]:
    """Stop where one side turns round what the other says; ask where both do, or where it is not clear what."""
    found = [turn for turn in (turned_words(pair), turned_whole(pair), turned_stance(pair)) if turn]
    if found:
        yield Guard(Rule.NEGATION, found[0], Weight.STOPS if len(found) % 2 else Weight.ASKS)
    elif len(negators(pair.left)) % 2 != len(negators(pair.right)) % 2:
        side = max((pair.left, pair.right), key=lambda side: len(negators(side)))
        yield Guard(Rule.NEGATION, f"only one of them says *{side.shown(negators(side))}*", Weight.ASKS)


def turned_words(pair: Pair) -> str:
    """The difference where one side negates words that the other affirms.

    A "not" is met where the other side negates or refuses one of the words in its reach: "would not sell" says what
    "refused to sell" says.
    """
    for one, other in ((pair.left, pair.right), (pair.right, pair.left)):
        withheld = {unit.concept for _, reach in negations(other, WITHHOLDS) for unit in reach}
        for negator, reach in negations(one, NEGATES_NEXT):
            concepts = {unit.concept for unit in reach} & other.concepts
            is_met = concepts & withheld and not concepts & WITHHOLDS
            if concepts and not is_met:
                return f"differs by *{one.folded.shown(negator)}*"
    return ""


def turned_whole(pair: Pair) -> str:
    """The difference where one side alone says that all of it is false."""
    left, right = ([unit for unit in side.content if unit.concept in NEGATES_WHOLE] for side in (pair.left, pair.right))
    if len(left) % 2 == len(right) % 2:
        return ""
    return f"differs by *{pair.left.shown(left) if len(left) > len(right) else pair.right.shown(right)}*"


def turned_stance(pair: Pair) -> str:
    """The difference where one claimant denies the words and the other stands by them."""
    return "denied in one, asserted in the other" if pair.left.wording.denies != pair.right.wording.denies else ""


def negated(side: Side) -> Iterator[Unit]:
    """The units in reach of a negator."""
    for _, reach in negations(side, NEGATES_NEXT):
        yield from reach


def negations(side: Side, carriers: frozenset[str]) -> Iterator[tuple[Unit, list[Unit]]]:
    """Each unit that carries a negation, with the units in its reach."""
    for position, unit in enumerate(side.folded.units):
        if unit.concept in carriers:
            yield unit, list(reached(side, position))


def reached(side: Side, position: int) -> Iterator[Unit]:
    """The units that say something within reach of the negator at this position."""
    left = REACH
    previous = side.folded.units[position]
    for unit in side.folded.units[position + 1 : position + 1 + FARTHEST]:
        if not left or not CLAUSE_ENDS.isdisjoint(side.folded.between(previous, unit)):
            return
        if unit.is_content and unit.concept not in NEGATES_NEXT:
            left -= 1
            yield unit
        previous = unit


def negators(side: Side) -> list[Unit]:
    """Every unit that negates something."""
    return [unit for unit in side.folded.units if unit.concept in NEGATES_NEXT or unit.concept in NEGATES_WHOLE]
