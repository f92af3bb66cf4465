"""How a wording ties two names: which of them acts, and what stands between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from claims.matching.guards.names import known_names
from claims.matching.guards.pair import Pair, Side

PASSIVE: Final = "by"
# Ties are looked for between this many names at most, so that a list of a thousand costs no more.
MOST_NAMES: Final = 16


def reversed_names(pair: Pair) -> Iterator[tuple[str, str]]:
    """The pairs of shared names of which one acts on the left and the other on the right."""
    shared = known_names(pair) & pair.left.concepts & pair.right.concepts
    if len(shared) < 2:
        return
    left, right = pair.left.read(order_of), pair.right.read(order_of)
    once = sorted(name for name in shared if name in left.once and name in right.once)[:MOST_NAMES]
    for one, other in combinations(once, 2):
        if left.first_acts(one, other) != right.first_acts(one, other):
            yield one, other


@dataclass(frozen=True, slots=True)
class Order:
    """Where a side has each concept that it has once, and where it says "by"."""

    once: dict[str, int]
    passives: tuple[int, ...]

    def first_acts(self, one: str, other: str) -> bool:
        """Whether the first of two acts; after "by" stands who does."""
        start, end = self.once[one], self.once[other]
        if not self.passives:
            return start < end
        is_passive = any(min(start, end) < place < max(start, end) for place in self.passives)
        return (start < end) != is_passive


def order_of(side: Side) -> Order:
    """Where the side has its concepts."""
    first: dict[str, int] = {}
    again: set[str] = set()
    for place, unit in enumerate(side.units):
        if first.setdefault(unit.concept, place) != place:
            again.add(unit.concept)
    once = {concept: place for concept, place in first.items() if concept not in again}
    if PASSIVE not in first:
        return Order(once, ())
    return Order(
        once, tuple(at for at, unit in enumerate(side.units) if unit.concept == PASSIVE and tells_who(side, at))
    )


def tells_who(side: Side, by: int) -> bool:
    """Whether the "by" at this place tells who did it: of "by saying so" nobody is done to, but of "by Beijing"."""
    behind = side.units[by + 1 : by + 2]
    return not behind or behind[0].is_name or not side.forms[by + 1].endswith("ing")


def joining(side: Side, one: str, other: str) -> frozenset[str]:
    """The words that say something between two names that the side has once each."""
    first, last = sorted(side.read(order_of).once[name] for name in (one, other))
    return frozenset(unit.concept for unit in side.units[first + 1 : last] if unit.is_content)
