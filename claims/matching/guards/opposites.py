"""The guard for words that exclude each other: rose and fell, buy and sell, safe and unsafe, red and blue."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from claims.matching.folding import Unit
from claims.matching.folding.lexicon import ONE_OF, OPPOSITES, OPPOSITES_OF, Opposites
from claims.matching.guards.affixes import LESS, PREFIXES, turned_round
from claims.matching.guards.complements import are_complements
from claims.matching.guards.converses import are_views, is_turned_comparison
from claims.matching.guards.negation import is_answered, is_turned
from claims.matching.guards.pair import Guard, Pair, Rule, Side, Weight

# In wordings of this many words that say something, whatever differs is what they are about.
SHORT: Final = 6
# Elsewhere opposites must stand by one word, among this many on either side.
NEAR: Final = 3
# A prefix that is written as a word of its own: "non-binding".
SPLIT: Final = frozenset(["non", "un", "anti"])

Facing = tuple[Unit, Unit]


class Poles(NamedTuple):
    """What of a side can have an opposite.

    listed are the side's concepts that are in OPPOSITES, affixed the units that a prefix turns round by what it turns,
    chosen the units of each set of which only one can be so.
    """

    listed: frozenset[str]
    affixed: dict[str, Unit]
    chosen: dict[int, list[Unit]]


def opposites(pair: Pair) -> Iterator[Guard]:
    """Stop where each side has a word that excludes one of the other's; ask where a "not" stands before it.

    What one buys the other sells: such views of one act are no opposites where the names change places too, and a
    person is asked where others may.
    """
    if is_turned_comparison(pair):
        return
    left, right = pair.left.read(poles_of), pair.right.read(poles_of)
    found: set[tuple[str, str]] = set()
    for entry, here, there in facing_opposites(pair):
        found.add((here.concept, there.concept))
        if not (entry.is_converse and are_views(pair, here, there)) and are_about_one(pair, here, there):
            is_sure = not entry.is_converse or by(pair.left, here)[0] == by(pair.right, there)[0]
            yield from opposite(pair, here, there, Weight.STOPS if is_sure else Weight.ASKS)
    # Most wordings have no such words, and are not looked at any further.
    for here, there in turned_words(pair) if left.affixed or right.affixed else ():
        if are_about_one(pair, here, there):
            yield from opposite(pair, here, there, Weight.STOPS)
    for here, there in chosen_words(pair) if left.chosen and right.chosen else ():
        if (here.concept, there.concept) not in found:
            yield from opposite(pair, here, there, Weight.ASKS)


def opposite(pair: Pair, here: Unit, there: Unit, weight: Weight) -> Iterator[Guard]:
    """The guard about two words; a "not" before one of them leaves it to a person, or says what the other says."""
    is_met = is_turned(pair.left, here) != is_turned(pair.right, there)
    if is_met and are_complements(pair.left, here, pair.right, there):
        return
    if is_answered(pair.left, here, pair.right) or is_answered(pair.right, there, pair.left):
        return
    sentence = f"{pair.left.folded.shown(here)} against {pair.right.folded.shown(there)}"
    yield Guard(Rule.OPPOSITE, sentence, Weight.ASKS if is_met else weight)


def facing_opposites(pair: Pair) -> Iterator[tuple[Opposites, Unit, Unit]]:
    """Each entry of the list that fits, with the words of the left and the right wording.

    A word of both wordings has none against it, so that only those of one alone are looked at.
    """
    left, right = pair.left.read(poles_of).listed, pair.right.read(poles_of).listed
    if left <= right or right <= left:
        return
    for number in sorted(entries_of(left - right) & entries_of(right - left)):
        entry = OPPOSITES[number]
        found = facing(pair, entry.left, entry.right) or facing(pair, entry.right, entry.left)
        if found:
            yield entry, *found


def entries_of(concepts: frozenset[str]) -> set[int]:
    """The places in OPPOSITES of the entries that have one of the concepts."""
    return set().union(*[OPPOSITES_OF[concept] for concept in concepts])


def facing(pair: Pair, left: frozenset[str], right: frozenset[str]) -> Facing | None:
    """The units that face each other: one of the left concepts only here, one of the right only there."""
    if not pair.left.concepts.isdisjoint(right) or not pair.right.concepts.isdisjoint(left):
        return None
    here = next((unit for unit in pair.left.units if unit.concept in left), None)
    there = next((unit for unit in pair.right.units if unit.concept in right), None)
    return (here, there) if here and there else None


def turned_words(pair: Pair) -> Iterator[Facing]:
    """The words of which one is the other with an affix that turns it round: "regular" and "irregular"."""
    left, right = pair.left.read(poles_of).affixed, pair.right.read(poles_of).affixed
    for plain in sorted(left.keys() ^ right.keys()):
        if plain in left and plain in pair.right.concepts and plain not in pair.left.concepts:
            yield left[plain], first_of(pair.right, plain)
        elif plain in right and plain in pair.left.concepts and plain not in pair.right.concepts:
            yield first_of(pair.left, plain), right[plain]


def first_of(side: Side, concept: str) -> Unit:
    """The side's first unit of the concept."""
    return next(unit for unit in side.units if unit.concept == concept)


def chosen_words(pair: Pair) -> Iterator[Facing]:
    """The words of one set, one on each side, that stand by the same word: "a red car" and "a blue car"."""
    left, right = pair.left.read(poles_of).chosen, pair.right.read(poles_of).chosen
    for number in sorted(left.keys() & right.keys()):
        here, there = left[number], right[number]
        if len(here) == len(there) == 1 and here[0].concept != there[0].concept:
            (before, behind), (other_before, other_behind) = by(pair.left, here[0]), by(pair.right, there[0])
            if behind == other_behind and (behind or before == other_before):
                yield here[0], there[0]


def are_about_one(pair: Pair, here: Unit, there: Unit) -> bool:
    """Whether the two words are said of one thing: the wordings are short, or the words stand by the same ones."""
    if not here.is_content or not there.is_content:
        (before, behind), (other_before, other_behind) = by(pair.left, here), by(pair.right, there)
        return before == other_before and behind == other_behind
    if max(len(pair.left.content), len(pair.right.content)) <= SHORT:
        return True
    return not around(pair.left, here).isdisjoint(around(pair.right, there))


def by(side: Side, unit: Unit) -> tuple[str, str]:
    """The concepts before and behind the unit that say something; "" at an end."""
    before = [other.concept for other in side.content if other.first < unit.first]
    behind = [other.concept for other in side.content if other.first >= unit.stop]
    return (before[-1] if before else "", behind[0] if behind else "")


def around(side: Side, unit: Unit) -> set[str]:
    """The concepts of the nearest words that say something, before and behind the unit."""
    place = side.content.index(unit)
    near = (*side.content[max(place - NEAR, 0) : place], *side.content[place + 1 : place + 1 + NEAR])
    return {other.concept for other in near}


def poles_of(side: Side) -> Poles:
    """What of the side can have an opposite."""
    affixed = affixed_of(side)
    if not SPLIT.isdisjoint(side.parts):
        affixed |= {behind.concept: behind for before, behind in pairwise(side.content) if side.form(before) in SPLIT}
    return Poles(side.concepts & LISTED, affixed, chosen_of(side))


def affixed_of(side: Side) -> dict[str, Unit]:
    """The side's first unit for each concept that an affix turns round; few words look as if they had one."""
    return {
        plain: unit
        for unit, form in zip(side.units[::-1], side.forms[::-1], strict=True)
        if (form.startswith(PREFIXES) or form.endswith(LESS)) and unit.is_content and (plain := turned_round(form))
    }


def chosen_of(side: Side) -> dict[int, list[Unit]]:
    """The side's units of each set of which only one can be so."""
    chosen: dict[int, list[Unit]] = {}
    if not side.said.isdisjoint(CHOSEN):
        for unit in [unit for unit in side.content if unit.concept in CHOSEN]:
            for number in SETS_OF[unit.concept]:
                chosen.setdefault(number, []).append(unit)
    return chosen


SETS_OF: Final = {
    concept: [number for number, words in enumerate(ONE_OF) if concept in words]
    for concept in frozenset().union(*ONE_OF)
}
CHOSEN: Final = frozenset(SETS_OF)
LISTED: Final = frozenset(OPPOSITES_OF)
