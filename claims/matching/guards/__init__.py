"""The guards: each names a difference that makes two alike wordings two claims. A new one is added to GUARDS."""

from collections.abc import Callable, Iterator
from typing import Final

from claims.matching.guards.amounts import numbers, other_numbers
from claims.matching.guards.claimants import claimants
from claims.matching.guards.conditions import conditions
from claims.matching.guards.dates import dates
from claims.matching.guards.foreign import other_languages
from claims.matching.guards.kinds import other_kinds
from claims.matching.guards.modality import modality
from claims.matching.guards.names import other_names
from claims.matching.guards.negation import negation
from claims.matching.guards.opposites import opposites
from claims.matching.guards.pair import Guard, Pair, Rule, Side, Weight, Wording
from claims.matching.guards.roles import roles
from claims.matching.guards.stages import other_stages
from claims.matching.guards.subjects import other_subjects

GUARDS: Final[tuple[Callable[[Pair], Iterator[Guard]], ...]] = (
    numbers,
    dates,
    negation,
    other_languages,
    modality,
    conditions,
    opposites,
    other_stages,
    other_names,
    other_subjects,
    other_kinds,
    roles,
    claimants,
)
# Those that fire often, or cost little, before those that look at the places of all words; of numbers what only one
# side says is left out, for it is no more than a note.
QUICKEST: Final[tuple[Callable[[Pair], Iterator[Guard]], ...]] = (
    negation,
    other_languages,
    opposites,
    other_stages,
    other_names,
    other_subjects,
    other_kinds,
    other_numbers,
    dates,
    conditions,
    claimants,
    modality,
    roles,
)

__all__ = ["GUARDS", "Guard", "Pair", "Rule", "Side", "Weight", "Wording", "blocks", "guards_of"]


def guards_of(pair: Pair) -> tuple[Guard, ...]:
    """Every guard that fires on the pair, in the order of GUARDS."""
    found: list[Guard] = []
    for rule in GUARDS:
        found += rule(pair)
    return tuple(dict.fromkeys(found))


def blocks(pair: Pair) -> bool:
    """Whether any guard stops the pair or asks about it; sooner known than all of them."""
    for rule in QUICKEST:
        for guard in rule(pair):
            if guard.weight is not Weight.NOTES:
                return True
    return False
