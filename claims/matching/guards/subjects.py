"""The guard for another subject: the same is said of nurses in one wording and of teachers in the other."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from claims.matching.folding import Unit
from claims.matching.folding.lexicon import NEGATES_NEXT, OPPOSITES_OF, PLACES, concepts_of
from claims.matching.folding.word_lists import lines
from claims.matching.folding.words import Kind
from claims.matching.guards.acts import is_past
from claims.matching.guards.names import is_shortened
from claims.matching.guards.pair import Guard, Pair, Rule, Side, Weight
from claims.matching.guards.slots import is_adverb, words

# Elsewhere than in wordings that share this much, another first word is no other subject.
LEAST_SHARED: Final = 0.6
FEWEST_SHARED: Final = 3
# Subjects are of this many words at most, and stand in wordings that are no longer than this.
LONGEST_SUBJECT: Final = 2
LONGEST: Final = 40
SHORTEST: Final = 3
# Words that are spelled this alike may be one word.
SAME_SPELLING: Final = 60
DETERMINERS: Final = words("the, a, an, of, his, her, its, their, this, all, our, every, each")
# What stands behind these says where or with what, and is no subject.
PLACING: Final = words("in, on, at, with, by, from, into, near, under, over, after, before, during, for, to, without")
VERBS: Final = words(
    "is, are, was, were, be, been, will, would, can, could, may, might, must, shall, should, has, have, had, do, does,"
    " did, said, says, say"
)
# What stands first and only says when, or how the sentence goes on.
WHEN: Final = words(
    "later, earlier, now, right, then, today, yesterday, tomorrow, tonight, week, month, year, morning, afternoon,"
    " evening, night, spring, summer, fall, autumn, winter, weekend, instead, meanwhile, meantime, separate"
)
VAGUE: Final = frozenset().union(*map(concepts_of, lines("vague.txt")))


def other_subjects(pair: Pair) -> Iterator[Guard]:
    """Ask where the wordings share most of their words, and name two things that have no word for both before the verb.

    A list of synonyms is never complete, so this is no more than a question.
    """
    if not pair.each_says_more():
        return
    if not (pair.left.read(openings) - pair.right.concepts and pair.right.read(openings) - pair.left.concepts):
        return
    # Always aligned in one direction, so that the answer is the same from both sides.
    one, other = sorted((pair.left, pair.right), key=lambda side: side.folded.source)
    for units, rivals in replaced(one, other):
        if are_subjects(one, units, other) and are_subjects(other, rivals, one) and are_rivals(units, rivals):
            if one.shown(units).isupper() != other.shown(rivals).isupper():
                continue
            shown = one.shown(units), other.shown(rivals)
            here, there = shown if one is pair.left else shown[::-1]
            yield Guard(Rule.NAME, f"{here} here, {there} there", Weight.ASKS)
            return


def openings(side: Side) -> frozenset[str]:
    """The concepts where the side's subject can begin: at its start or behind an article, before any verb."""
    found: list[str] = []
    forms = side.forms
    for place, unit in enumerate(side.units):
        if not place or (forms[place - 1] in DETERMINERS and PLACING.isdisjoint(forms[max(place - 2, 0) : place])):
            found.append(unit.concept)
        if is_verb(forms[place]):
            break
    return frozenset(found)


def replaced(one: Side, other: Side) -> Iterator[tuple[Sequence[Unit], Sequence[Unit]]]:
    """What stands in one place of two wordings that are mostly the same words."""
    left, right = one.read(named), other.read(named)
    longest = max(len(left), len(right))
    if longest > LONGEST or len(one.said & other.said) < max(FEWEST_SHARED, (LEAST_SHARED - 0.1) * longest):
        return
    steps = Levenshtein.opcodes([unit.concept for unit in left], [unit.concept for unit in right])
    shared = sum(step.src_end - step.src_start for step in steps if step.tag == "equal")
    if shared < max(FEWEST_SHARED, LEAST_SHARED * longest):
        return
    for step in steps:
        if step.tag == "replace":
            here, there = left[step.src_start : step.src_end], right[step.dest_start : step.dest_end]
            behind = left[step.src_end : step.src_end + 1]
            is_title = bool(behind) and behind[0].is_name and behind[0].first == here[-1].stop
            if max(len(here), len(there)) <= LONGEST_SUBJECT and not is_title:
                yield here, there


def named(side: Side) -> tuple[Unit, ...]:
    """The side's units that say something, without adverbs."""
    return tuple([unit for unit in side.content if not is_adverb(side, unit)])


def are_subjects(side: Side, units: Sequence[Unit], other: Side) -> bool:
    """Whether the units can be what the side is about: things before its verb that the other side does not name."""
    place = side.units.index(units[0])
    before = side.forms[:place]
    if before and (before[-1] not in DETERMINERS or not PLACING.isdisjoint(before[-2:]) or any(map(is_verb, before))):
        return False
    if len(units) == 1 and units[0].concept in OPPOSITES_OF and is_quality(side, place, other):
        return False
    if all(unit.concept in VAGUE for unit in units):
        return False
    return all(is_thing(side, unit, is_first=not before) and unit.concept not in other.concepts for unit in units)


def is_quality(side: Side, place: int, other: Side) -> bool:
    """Whether the unit at this place stands before a word of both sides: "young" in "the young girl"."""
    behind = side.units[place + 1 : place + 2]
    return bool(behind) and behind[0].is_content and behind[0].concept in other.concepts


def is_thing(side: Side, unit: Unit, *, is_first: bool) -> bool:
    """Whether the unit can name a thing: before a verb, "Boeing" is no verb."""
    behind = side.folded.words[unit.stop : unit.stop + 1]
    is_before_verb = is_first and bool(behind) and is_verb(behind[0].form)
    form = side.form(unit)
    return (
        (unit.kind is Kind.COMMON or unit.kind is Kind.NAME)
        and len(form) >= SHORTEST
        and form not in WHEN
        and (is_before_verb or not is_verb(form))
        and unit.concept not in NEGATES_NEXT
    )


@lru_cache(maxsize=65_536)
def is_verb(form: str) -> bool:
    """Whether the form is a verb's, as far as its ending tells."""
    return form in VERBS or form.endswith("ing") or is_past(form)


def are_rivals(units: Sequence[Unit], others: Sequence[Unit]) -> bool:
    """Whether the two are things of one sort: not a place and its people, nor two spellings."""
    sorts = {any(unit.concept in PLACES for unit in each) for each in (units, others)}
    return len(sorts) == 1 and all(
        fuzz.ratio(unit.concept, other.concept) < SAME_SPELLING and not is_shortened(unit.concept, other.concept)
        for unit in units
        for other in others
    )
