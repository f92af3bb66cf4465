"""The guard for words that exclude each other: rose and fell, buy and sell."""

from collections.abc import Iterator

from claims.matching.folding import Unit
from claims.matching.guards.bonds import reversed_names
from claims.matching.guards.negation import negated
from claims.matching.guards.pair import Guard, Pair, Rule, Side, Weight
from claims.matching.lexicon import OPPOSITES_OF, Opposites


def opposites(pair: Pair) -> Iterator[Guard]:
    """Stop where each side has a word that excludes one of the other's; ask where a "not" stands before it.

    What one buys the other sells: such views of one act are no opposites where the names change places too.
    """
    for entry, here, there in facing_opposites(pair):
        if not (entry.is_converse and any(reversed_names(pair))):
            sentence = f"says {pair.left.folded.shown(here)} here, {pair.right.folded.shown(there)} there"
            is_turned = is_under_negation(pair.left, here) != is_under_negation(pair.right, there)
            yield Guard(Rule.OPPOSITE, sentence, Weight.ASKS if is_turned else Weight.STOPS)


def facing_opposites(pair: Pair) -> Iterator[tuple[Opposites, Unit, Unit]]:
    """Each entry of the list that fits, with the words of the left and the right wording."""
    units = pair.left.folded.units
    for entry in dict.fromkeys(entry for unit in units for entry in OPPOSITES_OF.get(unit.concept, ())):
        found = facing(pair, entry.left, entry.right) or facing(pair, entry.right, entry.left)
        if found:
            yield entry, *found


def facing(pair: Pair, left: frozenset[str], right: frozenset[str]) -> tuple[Unit, Unit] | None:
    """The units that face each other: one of the left concepts only here, one of the right only there."""
    if not pair.left.concepts.isdisjoint(right) or not pair.right.concepts.isdisjoint(left):
        return None
    here = next((unit for unit in pair.left.folded.units if unit.concept in left), None)
    there = next((unit for unit in pair.right.folded.units if unit.concept in right), None)
    return (here, there) if here and there else None


def is_under_negation(side: Side, unit: Unit) -> bool:
    """Whether a "not" reaches the unit."""
    return any(reached is unit for reached in negated(side))
