"""The guard for who did it to whom: the same names about the same word, in exchanged places."""

from collections.abc import Iterator

from claims.matching.guards.bonds import bond, reversed_names
from claims.matching.guards.names import known_names
from claims.matching.guards.opposites import facing_opposites
from claims.matching.guards.pair import Guard, Pair, Rule, Weight
from claims.matching.lexicon import MUTUAL


def roles(pair: Pair) -> Iterator[Guard]:
    """Stop where two names change places around a word that joins them, unless a passive or a converse explains it."""
    if any(entry.is_converse for entry, _, _ in facing_opposites(pair)):
        return
    for one, other in reversed_names(pair):
        left, right = bond(pair.left, one, other), bond(pair.right, one, other)
        if (left.words & right.words) - known_names(pair) - MUTUAL:
            shown = pair.left.shown(unit for unit in pair.left.content if unit.concept in {one, other})
            yield Guard(Rule.ROLES, f"who did it to whom is reversed: {shown}", Weight.STOPS)
            return
