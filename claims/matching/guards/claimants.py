"""The guard for claimants: the same words from somebody else are a question for a person."""

from collections.abc import Iterator

from claims.matching.folding import fold
from claims.matching.guards.pair import Guard, Pair, Rule, Weight, Wording


def claimants(pair: Pair) -> Iterator[Guard]:
    """Ask where both claimants are named and share no name; Ankara and Turkish officials do."""
    left, right = claimant_concepts(pair.left.wording), claimant_concepts(pair.right.wording)
    if left and right and left.isdisjoint(right):
        sentence = f"said by {pair.left.wording.claimant} here, by {pair.right.wording.claimant} there"
        yield Guard(Rule.CLAIMANT, sentence, Weight.ASKS)


def claimant_concepts(wording: Wording) -> frozenset[str]:
    """What the claimant's name stands for; empty where there is none, or only a "they"."""
    units = fold(wording.claimant or "", wording.language).units
    return frozenset(unit.concept for unit in units if unit.is_content)
