"""Words of which one is the other with a "not" before it: legal and illegal, open and closed, remembered and forgot."""

from typing import Final

from claims.matching.folding import Unit
from claims.matching.folding.lexicon import NEGATES_NEXT, concepts_of, negation_line
from claims.matching.guards.affixes import turned_round
from claims.matching.guards.pair import Side


def complement_pairs() -> dict[str, frozenset[str]]:
    """For each concept of the list of complements, those that are true where it is not."""
    found: dict[str, frozenset[str]] = {}
    for entry in negation_line("complements").split(","):
        one, other = (concepts_of(word) for word in entry.split("/"))
        for here, there in ((one, other), (other, one)):
            for concept in here:
                found[concept] = found.get(concept, frozenset()) | there
    return found


COMPLEMENTS: Final = complement_pairs()


def are_complements(left: Side, here: Unit, right: Side, there: Unit) -> bool:
    """Whether one of the two is so wherever the other is not."""
    return (
        there.concept in COMPLEMENTS.get(here.concept, ())
        or turned_round(left.form(here)) == there.concept
        or turned_round(right.form(there)) == here.concept
    )


def has_complement(side: Side, unit: Unit, other: Side) -> bool:
    """Whether the other side says with one word what a "not" before the unit says, and has not the unit too."""
    if unit.concept in other.concepts:
        return False
    return (
        not other.concepts.isdisjoint(COMPLEMENTS.get(unit.concept, frozenset()) - NEGATES_NEXT)
        or turned_round(side.form(unit)) in other.concepts
        or unit.concept in other.read(turned_concepts)
    )


def turned_concepts(side: Side) -> frozenset[str]:
    """The concepts that the side has with an affix that turns them round."""
    return frozenset(turned_round(side.form(unit)) for unit in side.content) - {""}
