"""The guard for who did it to whom: the same words about the same thing, in exchanged places."""

from collections.abc import Iterator
from typing import Final

from claims.matching.folding.lexicon import MUTUAL, PLACES
from claims.matching.guards.bonds import joining, reversed_names
from claims.matching.guards.converses import is_turned_comparison, reversed_comparison
from claims.matching.guards.exchange import are_listed, exchanges, kept
from claims.matching.guards.names import known_names
from claims.matching.guards.opposites import facing_opposites
from claims.matching.guards.pair import Guard, Pair, Rule, Weight
from claims.matching.guards.slots import Slots, slots_of
from claims.matching.guards.titles import TITLES, are_bound_by_title

REVERSED: Final = "who did it to whom is reversed"
EXCHANGED: Final = "each stands where the other did"
# Of the words that join two names, this share is the same where the names have changed places about one thing.
LEAST_JOINING: Final = 0.5
# Where it is less than this, the two are in other stories: nobody need be asked.
LEAST_ASKED: Final = 0.25


def roles(pair: Pair) -> Iterator[Guard]:
    """Stop where two names change places around a word that joins them; ask where other words exchange theirs.

    Nothing where a passive, a list ("Rome and Paris") or a converse ("bought from", "sold to") explains it.
    """
    found = change_of_places(pair)
    if found and not is_explained(pair):
        yield found


def is_explained(pair: Pair) -> bool:
    """Whether words that exclude each other say why: one view of an act and the other, or "more" and "less than"."""
    facing = list(facing_opposites(pair))
    return any(entry.is_converse for entry, _, _ in facing) or (bool(facing) and is_turned_comparison(pair))


def change_of_places(pair: Pair) -> Guard | None:
    """The guard about the first words that have changed places, whatever may explain it."""
    exchange = next((each for each in exchanges(pair) if not are_bound_by_title(pair, each.one, each.other)), None)
    if exchange:
        weight = Weight.STOPS if exchange.is_sure else Weight.ASKS
        return reversal(pair, REVERSED if exchange.is_act else EXCHANGED, exchange.one, exchange.other, weight)
    compared = reversed_comparison(pair)
    if compared:
        return reversal(pair, EXCHANGED, *compared, Weight.STOPS)
    weights = [(weight_of_reversal(pair, *names), names) for names in reversed_names(pair)]
    reversals = [(weight, names) for weight, names in weights if weight]
    if not reversals:
        return None
    # Surely reversed ones first, and "Merkel and Macron" before "German and French".
    weight, names = min(reversals, key=lambda each: (each[0] is not Weight.STOPS, len(PLACES.intersection(each[1]))))
    return reversal(pair, REVERSED, *names, weight)


def weight_of_reversal(pair: Pair, one: str, other: str) -> Weight | None:
    """What follows from two names in reversed order; None where they are joined by nothing, or free to move."""
    left, right = (joining(side, one, other) - TITLES - PLACES for side in (pair.left, pair.right))
    shared = left & right
    if not shared - known_names(pair) - MUTUAL or len(shared) < LEAST_ASKED * len(left | right):
        return None
    if may_move(pair.left.read(slots_of), pair.right.read(slots_of), one, other) or are_bound_by_title(
        pair, one, other
    ):
        return None
    return Weight.STOPS if len(shared) >= LEAST_JOINING * len(left | right) else Weight.ASKS


def may_move(left: Slots, right: Slots, one: str, other: str) -> bool:
    """Whether the two stand in one list on both sides, or each keeps a place of its own; a title goes with its name."""
    places = kept(left, right, one, other)
    return are_listed(left, right, one, other) or all(any(slot[2] not in TITLES for slot in own) for own in places)


def reversal(pair: Pair, sentence: str, one: str, other: str, weight: Weight) -> Guard:
    """The guard about two words that have changed places."""
    shown = pair.left.shown(unit for unit in pair.left.content if unit.concept in {one, other})
    return Guard(Rule.ROLES, f"{sentence}: {shown}", weight)
