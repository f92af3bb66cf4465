"""The guard for names: a different one in the same place."""

from collections.abc import Iterator, Sequence
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from claims.matching.folding import Unit
from claims.matching.guards.pair import Guard, Pair, Rule, Side, Weight
from claims.matching.lexicon import NO_NAMES, PLACES

# Two names are in the same place when what differs there is no longer than this.
LONGEST_SLOT: Final = 2
# Names that are spelled this alike are one name: Shi'ites and Shiites, Qurei and Qureia.
SAME_SPELLING: Final = 75


def other_names(pair: Pair) -> Iterator[Guard]:
    """Stop where one side has a name in the place where the other has a different one of its sort."""
    known = known_names(pair)
    # Always aligned in one direction, so that the answer is the same from both sides.
    one, other = sorted((pair.left, pair.right), key=lambda side: side.folded.source)
    left, right = ([unit.concept for unit in side.content] for side in (one, other))
    for step in Levenshtein.opcodes(left, right):
        if step.tag != "replace" or max(step.src_end - step.src_start, step.dest_end - step.dest_start) > LONGEST_SLOT:
            continue
        names = foreign_names(one.content[step.src_start : step.src_end], known, other)
        rivals = foreign_names(other.content[step.dest_start : step.dest_end], known, one)
        if names and rivals and are_rivals(names[0].concept, rivals[0].concept):
            shown = one.shown(names), other.shown(rivals)
            here, there = shown if one is pair.left else shown[::-1]
            yield Guard(Rule.NAME, f"{here} here, {there} there", Weight.STOPS)
            return


def known_names(pair: Pair) -> frozenset[str]:
    """The concepts that are names in either wording: a capital that one hides at its start, the other may show."""
    units = (*pair.left.content, *pair.right.content)
    named = frozenset(unit.concept for unit in units if unit.is_name)
    return named - NO_NAMES


def foreign_names(units: Sequence[Unit], known: frozenset[str], other: Side) -> list[Unit]:
    """The names among the units that the other side has nowhere, not even as initials or spelled out."""
    initials = "".join(unit.concept[0] for unit in other.content)
    return [
        unit
        for unit in units
        if unit.concept in known and unit.concept not in other.concepts and unit.concept not in initials
    ]


def are_rivals(name: str, other: str) -> bool:
    """Whether the two are names of one sort, places or others, and not two spellings of one."""
    return (name in PLACES) == (other in PLACES) and fuzz.ratio(name, other) < SAME_SPELLING
