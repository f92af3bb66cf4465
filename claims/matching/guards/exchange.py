"""Words that have exchanged their places: the same words in both wordings, each where the other was."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from rapidfuzz.distance import Levenshtein

from claims.matching.folding.lexicon import MUTUAL, NEGATES_NEXT
from claims.matching.folding.words import Kind
from claims.matching.guards.acts import is_past
from claims.matching.guards.names import known_names
from claims.matching.guards.pair import Pair, Side
from claims.matching.guards.slots import BEFORE, IN, JOINED, JOINING, Slot, Slots, slots_of

# An exchange is looked for where the wordings have this share of their words in common: elsewhere slots mean little.
LEAST_SHARED: Final = 0.7
# Two words face each other where what differs there is no longer than this.
LONGEST_FACE: Final = 2
# Words that have moved are compared up to this many, so that a text of a thousand clauses costs no more.
MOST_MOVES: Final = 128

AUXILIARIES: Final = frozenset(["will", "would", "can", "could", "may", "might", "must", "shall", "should"])
# Beside these, two may be named in any order.
EXCHANGING: Final = MUTUAL - JOINING
WAY: Final = frozenset({"from", "to"})
# So that "the talks of Rome with Bari" are those of Bari with Rome.
TOGETHER: Final = frozenset({"of", "with"})


@dataclass(frozen=True, slots=True)
class Exchange:
    """Two words of both wordings, each of which has taken the other's place.

    is_act where one did to the other what the other wording has the other do; is_sure where no phrase can have moved.
    """

    one: str
    other: str
    is_act: bool = False
    is_sure: bool = False


def exchanges(pair: Pair) -> Iterator[Exchange]:
    """The words that have exchanged their places, surest first."""
    if not is_alike(pair):
        return
    left, right = pair.left.read(slots_of), pair.right.read(slots_of)
    found = [each for each in exchanged_slots(left, right) if are_of_one_sort(pair, each)]
    found = found or [each for each in exchanged_faces(pair, left, right) if are_of_one_sort(pair, each)]
    if not found:
        return
    order = {word: place for place, word in enumerate(left.words)}
    yield from sorted(found, key=lambda exchange: (not exchange.is_sure, order[exchange.one], order[exchange.other]))


def are_of_one_sort(pair: Pair, exchange: Exchange) -> bool:
    """Whether the two words can change places at all: both are acts, or both things.

    A name and a common word may be one thing ("Fiatlux" and "the company"), so that only a sure exchange counts.
    """
    acts = pair.left.read(past_acts) | pair.right.read(past_acts)
    if (exchange.one in acts) != (exchange.other in acts):
        return False
    names = known_names(pair)
    return exchange.is_sure or (exchange.one in names) == (exchange.other in names)


def past_acts(side: Side) -> frozenset[str]:
    """The concepts that the side tells as done, or to be done behind "to" and "will"."""
    units = side.units
    before = ["", *(unit.concept for unit in units[:-1])]
    return frozenset(
        unit.concept
        for unit, previous in zip(units, before, strict=True)
        if unit.kind is Kind.COMMON and (is_past(side.form(unit)) or previous in AUXILIARIES)
    )


def is_alike(pair: Pair) -> bool:
    """Whether the two wordings are mostly the same words."""
    left, right = pair.left.said, pair.right.said
    longest = max(len(left), len(right))
    return longest - len(left & right) <= (1 - LEAST_SHARED) * longest


def exchanged_slots(left: Slots, right: Slots) -> Iterator[Exchange]:
    """The words of which each has on the right a slot that only the other has on the left."""
    taken = taken_slots(left, right)
    for (one, other), slots in taken.items():
        returned = taken.get((other, one))
        if returned is None or one > other or is_free(left, right, one, other):
            continue
        phrases = {slot[1] for slot in (*slots, *returned) if slot[0] == IN}
        is_way = phrases == WAY
        if phrases == TOGETHER and not EXCHANGING.isdisjoint(left.words):
            continue
        if not is_way and all(slot[0] == IN for slot in (*slots, *returned)) and not phrases <= {*WAY, "by"}:
            continue
        bare = [(slot, back) for slot in slots for back in returned if slot[1] == back[1] == ""]
        is_act = any(slot[2] == back[2] for slot, back in bare)
        # What hangs on a preposition may hang on another word as well: "arrived in Rome in May with friends".
        yield Exchange(one, other, is_act, is_sure=is_act or is_way or any(slot[0] == back[0] for slot, back in bare))


def taken_slots(left: Slots, right: Slots) -> dict[tuple[str, str], list[Slot]]:
    """The slots of the right side by who has them and who had them on the left, where both words are on both sides."""
    taken: dict[tuple[str, str], list[Slot]] = {}
    changed = [word for word, slots in left.words.items() if right.words.get(word, slots) != slots]
    if len(changed) < 2 or have_many_moves(left, right):
        return taken
    owners: dict[Slot, list[str]] = {}
    for word in changed:
        for slot in left.words[word] - right.words[word]:
            owners.setdefault(slot, []).append(word)
    for word in changed:
        for slot in right.words[word] - left.words[word]:
            if slot in owners and slot[2] not in MUTUAL:
                for owner in owners[slot]:
                    taken.setdefault((word, owner), []).append(slot)
    return taken


def have_many_moves(left: Slots, right: Slots) -> bool:
    """Whether more slots than can be compared are on one side alone."""
    if left.total + right.total <= MOST_MOVES:
        return False
    shared = sum(len(slots & right.of_word(word)) for word, slots in left.words.items())
    return left.total + right.total - 2 * shared > MOST_MOVES


def exchanged_faces(pair: Pair, left: Slots, right: Slots) -> Iterator[Exchange]:
    """The words that face each other twice when the wordings are laid side by side, each time the other way round."""
    if are_in_one_order(pair) or not EXCHANGING.isdisjoint(pair.left.concepts):
        return
    # Always aligned in one direction, so that the answer is the same from both sides.
    faces = list(facing_words(*sorted((pair.left, pair.right), key=lambda side: side.folded.source)))
    if len(faces) > MOST_MOVES:
        return
    for (here, there), (later_here, later_there) in combinations(faces, 2):
        for one in here & later_there:
            for other in there & later_here:
                if not is_free(left, right, one, other) and not any(kept(left, right, one, other)):
                    yield Exchange(one, other)


def are_in_one_order(pair: Pair) -> bool:
    """Whether both sides have the words that they share once each, and in the same order, so that none has moved."""
    shared = pair.left.said & pair.right.said
    here = [unit.concept for unit in pair.left.content if unit.concept in shared]
    return len(here) == len(shared) and here == [unit.concept for unit in pair.right.content if unit.concept in shared]


def facing_words(left: Side, right: Side) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """The concepts that stand in one place of both sides, where they differ."""
    here, there = ([unit.concept for unit in side.content] for side in (left, right))
    for step in Levenshtein.opcodes(here, there):
        if (
            step.tag == "replace"
            and max(step.src_end - step.src_start, step.dest_end - step.dest_start) <= LONGEST_FACE
        ):
            yield frozenset(here[step.src_start : step.src_end]), frozenset(there[step.dest_start : step.dest_end])


def kept(left: Slots, right: Slots, one: str, other: str) -> tuple[set[Slot], set[Slot]]:
    """The slots that each of the two has on both sides, without those that they share."""
    own, others = (left.of_word(word) & right.of_word(word) - {JOINED} for word in (one, other))
    return own - others, others - own


def is_free(left: Slots, right: Slots, one: str, other: str) -> bool:
    """Whether the two may change places, or cannot have: in one list, next to each other, or of two sorts."""
    if one == other or not all(word in side.lists for side in (left, right) for word in (one, other)):
        return True
    if has_digit(one) != has_digit(other) or not NEGATES_NEXT.isdisjoint((one, other)):
        return True
    return are_listed(left, right, one, other) or any(
        are_linked(side.of_word(one), side.of_word(other), one, other) for side in (left, right)
    )


def has_digit(word: str) -> bool:
    """Whether the concept is a number, or has one in it."""
    return any(character.isdigit() for character in word)


def are_linked(slots: Iterable[Slot], others: Iterable[Slot], one: str, other: str) -> bool:
    """Whether the two words are one thing: "the river Tuna", "the region of Kars"."""
    return any(slot[2] == other and slot[1] in {"", "of"} for slot in slots) or any(
        slot[2] == one and slot[1] in {"", "of"} for slot in others
    )


def are_listed(left: Slots, right: Slots, one: str, other: str) -> bool:
    """Whether both sides have the two words in one list ("A and B"), or before one word ("new cars and old cars")."""
    if all(side.lists[one] == side.lists[other] for side in (left, right)):
        return True
    return all(
        any(slot[:2] == BEFORE for slot in side.of_word(one) & side.of_word(other))
        and JOINED in side.of_word(one) | side.of_word(other)
        for side in (left, right)
    )
