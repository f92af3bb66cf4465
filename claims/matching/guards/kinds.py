"""The guard for another kind of thing: what is a goalkeeper in one wording is a striker in the other."""

from collections.abc import Iterator, Sequence
from typing import Final

from claims.matching.folding import Unit
from claims.matching.folding.words import Kind
from claims.matching.guards.pair import Guard, Pair, Rule, Side, Weight
from claims.matching.guards.slots import PARTICIPLES, words
from claims.matching.guards.subjects import VAGUE, are_rivals, is_thing, replaced

BEING: Final = words("is, are, was, were, be, been, become, becomes, became, as")
ARTICLES: Final = words("a, an, the")
# What something is made of, or comes from, where it stands behind a participle: "is built of granite".
SOURCES: Final = words("of, by, from")
# What ends the words that say the kind, of which there are so many at most.
ENDS: Final = words("in, on, at, by, for, from, to, with, and, or, that, which, who, but, than, as")
MOST_WORDS: Final = 5


def other_kinds(pair: Pair) -> Iterator[Guard]:
    """Ask where the wordings share most of their words and say that something is of two kinds with no word for both.

    A list of synonyms is never complete, so this is no more than a question.
    """
    if BEING.isdisjoint(pair.left.parts) or BEING.isdisjoint(pair.right.parts) or not pair.each_says_more():
        return
    if not (pair.left.read(kind_places) and pair.right.read(kind_places)):
        return
    # Always aligned in one direction, so that the answer is the same from both sides.
    one, other = sorted((pair.left, pair.right), key=lambda side: side.folded.source)
    for units, rivals in replaced(one, other):
        if are_kinds(one, units, other) and are_kinds(other, rivals, one) and are_rivals(units, rivals):
            shown = one.shown(units), other.shown(rivals)
            here, there = shown if one is pair.left else shown[::-1]
            yield Guard(Rule.NAME, f"{here} here, {there} there", Weight.ASKS)
            return


def are_kinds(side: Side, units: Sequence[Unit], other: Side) -> bool:
    """Whether the units say of what kind something is, in words that the other side has nowhere."""
    places = side.read(kind_places)
    return not all(unit.concept in VAGUE for unit in units) and all(
        unit.first in places
        and unit.kind is Kind.COMMON
        and unit.concept not in other.concepts
        and is_thing(side, unit, is_first=False)
        for unit in units
    )


def kind_places(side: Side) -> frozenset[int]:
    """Where the words begin that say of what kind something is: "goalkeeper" in "she is a goalkeeper of the club"."""
    found: list[int] = []
    for place, form in enumerate(side.forms[:-2]):
        if form in BEING:
            first = place + 1
            if side.forms[first].endswith(PARTICIPLES) and side.forms[first + 1] in SOURCES:
                first += 2
            elif side.forms[first] not in ARTICLES:
                continue
            found += (unit.first for unit in kind_words(side, first))
    return frozenset(found)


def kind_words(side: Side, first: int) -> Iterator[Unit]:
    """The units from this one on up to the end of their phrase."""
    for unit, form in zip(side.units[first : first + MOST_WORDS], side.forms[first:], strict=False):
        if form in ENDS:
            return
        yield unit
