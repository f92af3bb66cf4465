"""Clauses that say something besides: what is negated there is not said by the other wording at all."""

from collections.abc import Iterable, Iterator
from typing import Final

from claims.matching.folding import Unit
from claims.matching.folding.lexicon import NEGATES_NEXT, NEGATES_WHOLE, concepts_of
from claims.matching.guards.pair import Side
from claims.matching.guards.slots import words

CLAUSE_ENDS: Final = frozenset(",.;:!?()\u2013\u2014")
JOINING: Final = words("but, and, although, though, while, whereas")
# What a clause says of the other one is not besides: "that is not so", "there is no proof".
ABOUT_IT: Final = concepts_of(
    "true, truth, correct, right, accurate, case, real, fact, happen, occur, evidence, proof, prove, support, confirm,"
    " verify, basis, say, claim, think, believe, clear, sure, likely, yet, way, work, agree, plan, intend, intention,"
    " such, kind, sort, reason, official, announce, decide, decision, change, cancel, remain, rumour, rumor, exist,"
    " question, idea"
)
# A clause of more words may be the whole of a denial.
MOST_WORDS: Final = 3
# So much that both say must be left without the clause.
FEWEST_SHARED: Final = 4
LEAST_SHARED: Final = 0.5
# Who speaks says what the whole is about: "we do not know".
WITHOUT: Final = "without"
SPEAKERS: Final = words("i, we, it")


def is_aside(side: Side, unit: Unit, other: Side) -> bool:
    """Whether the unit's clause is only part of its side, and is neither said by the other side nor of it."""
    if len(side.said & other.said) < FEWEST_SHARED:
        return False
    place = side.units.index(unit)
    if unit.concept in NEGATES_WHOLE or is_contrast(side, place):
        return False
    # Of "left without paying", who left is no part of the aside.
    steps = (1,) if side.forms[place] == WITHOUT else (-1, 1)
    clause = [unit, *clause_of(side, place, steps)]
    said = frozenset(each.concept for each in clause if each.is_content) - NEGATES_NEXT
    if not 0 < len(said) <= MOST_WORDS or not said.isdisjoint(other.concepts) or not said.isdisjoint(ABOUT_IT):
        return False
    rest = side.said - said - NEGATES_NEXT
    shared = len(rest & other.said)
    return shared >= max(FEWEST_SHARED, LEAST_SHARED * len(rest)) and SPEAKERS.isdisjoint(map(side.form, clause))


def is_contrast(side: Side, place: int) -> bool:
    """Whether the negator at this place sets off what stands for the other's words: "a lease, not a sale"."""
    if not place or side.forms[place] != "not":
        return False
    return not CLAUSE_ENDS.isdisjoint(side.folded.between(side.units[place - 1], side.units[place]))


def clause_of(side: Side, place: int, steps: Iterable[int]) -> Iterator[Unit]:
    """The units behind this place, and before it with a step of -1, up to the nearest ends of clauses."""
    for step in steps:
        at = place
        while 0 <= at + step < len(side.units):
            one, other = sorted((at, at + step))
            gap = side.folded.between(side.units[one], side.units[other])
            if not CLAUSE_ENDS.isdisjoint(gap) or side.forms[at + step] in JOINING:
                break
            at += step
            yield side.units[at]
