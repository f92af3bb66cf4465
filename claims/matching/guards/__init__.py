"""The guards: each names a difference that makes two alike wordings two claims. A new one is added to GUARDS."""

from collections.abc import Callable, Iterator
from typing import Final

from claims.matching.guards.amounts import numbers
from claims.matching.guards.claimants import claimants
from claims.matching.guards.conditions import conditions
from claims.matching.guards.dates import dates
from claims.matching.guards.modality import modality
from claims.matching.guards.names import other_names
from claims.matching.guards.negation import negation
from claims.matching.guards.opposites import opposites
from claims.matching.guards.pair import Guard, Pair, Rule, Side, Weight, Wording
from claims.matching.guards.roles import roles
from claims.matching.guards.subjects import other_subjects

GUARDS: Final[tuple[Callable[[Pair], Iterator[Guard]], ...]] = (
    numbers,
    dates,
    negation,
    modality,
    conditions,
    opposites,
    other_names,
    other_subjects,
    roles,
    claimants,
)

__all__ = ["GUARDS", "Guard", "Pair", "Rule", "Side", "Weight", "Wording", "guards_of"]


def guards_of(pair: Pair) -> tuple[Guard, ...]:
    """Every guard that fires on the pair, in the order of GUARDS."""
    return tuple(dict.fromkeys(guard for rule in GUARDS for guard in rule(pair)))
