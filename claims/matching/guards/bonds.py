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


@dataclass(frozen=True, slots=True)
class Bond:
    """How one wording ties two names: who does it, and the words between them that say what."""

    first_acts: bool
    words: frozenset[str]


def reversed_names(pair: Pair) -> Iterator[tuple[str, str]]:
    """The pairs of shared names of which one acts on the left and the other on the right."""
    known = known_names(pair)
    once = [name for name in sorted(known) if pair.left.counts[name] == pair.right.counts[name] == 1][:MOST_NAMES]
    for one, other in combinations(once, 2):
        if bond(pair.left, one, other).first_acts != bond(pair.right, one, other).first_acts:
            yield one, other


def bond(side: Side, one: str, other: str) -> Bond:
    """How the side ties two names that it has once each; after "by" stands who acts."""
    places = {unit.concept: place for place, unit in enumerate(side.folded.units) if unit.concept in {one, other}}
    between = side.folded.units[min(places.values()) + 1 : max(places.values())]
    is_passive = any(unit.concept == PASSIVE for unit in between)
    words = frozenset(unit.concept for unit in between if unit.is_content)
    return Bond(first_acts=(places[one] < places[other]) != is_passive, words=words)
