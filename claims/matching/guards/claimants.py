"""The guard for claimants: the same words from somebody else are a question for a person."""

from collections.abc import Iterator
from typing import Final

from claims.matching.folding import fold
from claims.matching.folding.lexicon import PLACES, concepts_of, stems_of
from claims.matching.guards.pair import Guard, Pair, Rule, Side, Weight

# Who says no more of himself than this may be anybody in office: "officials" are Ankara's where Ankara is the other.
VAGUE: Final = concepts_of("officials, source, insider")
OFFICES: Final = PLACES | concepts_of("minister, ministry, president, prime minister, foreign minister, spokesman")
FEWEST_INITIALS: Final = 3
# Houses that speak for their country.
SEATS: Final = {
    stems_of(seat): place
    for seat, place in (
        ("white house", "usa"),
        ("pentagon", "usa"),
        ("state department", "usa"),
        ("downing street", "uk"),
        ("whitehall", "uk"),
        ("elysee", "france"),
    )
}


def claimants(pair: Pair) -> Iterator[Guard]:
    """Ask where both claimants are named and share no name; Ankara and Turkish officials do."""
    if not pair.left.wording.claimant or not pair.right.wording.claimant:
        return
    left, right = pair.left.read(claimant_concepts), pair.right.read(claimant_concepts)
    if left and right and left.isdisjoint(right) and not may_be_one(left, right) and not may_be_one(right, left):
        sentence = f"said by {pair.left.wording.claimant} here, by {pair.right.wording.claimant} there"
        yield Guard(Rule.CLAIMANT, sentence, Weight.ASKS)


def may_be_one(claimant: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the first is too vague to be told from the other."""
    return claimant <= VAGUE and not other.isdisjoint(OFFICES)


def claimant_concepts(side: Side) -> frozenset[str]:
    """What the claimant's name stands for, and its initials; empty where there is none, or only a "they"."""
    if not side.wording.claimant:
        return frozenset()
    folded = fold(side.wording.claimant, side.wording.language)
    units = [unit for unit in folded.units if unit.is_content]
    concepts = [unit.concept for unit in units]
    places = [concept for seat, place in SEATS.items() if set(seat) <= set(concepts) for concept in concepts_of(place)]
    letters = "".join(folded.words[unit.first].form[0] for unit in units)
    initials = [letters] if len(letters) >= FEWEST_INITIALS else []
    return frozenset([*(concept.replace(".", "") for concept in concepts), *places, *initials])
