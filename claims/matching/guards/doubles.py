"""Negations that take back another: did not deny, no farmer refused, lifted the ban, the boycott was ended."""

from collections.abc import Sequence
from typing import Final

from claims.matching.folding import Unit
from claims.matching.folding.lexicon import MEETS_NEGATION, NEGATES_NEXT, NEGATES_WHOLE, concepts_of, negation_line
from claims.matching.folding.stems import stem
from claims.matching.guards.acts import is_past
from claims.matching.guards.pair import Side
from claims.matching.guards.slots import BE, CONNECTING, words

CARRIERS: Final = NEGATES_NEXT | NEGATES_WHOLE | MEETS_NEGATION
REFUSES: Final = MEETS_NEGATION & concepts_of("refuse, decline, fail")
# With the word behind them these are who did not do it: "no farmer refused".
SUBJECTS: Final = frozenset(["no", "nobody", "none"])
# What is lifted stands within this many units, before or behind.
FARTHEST: Final = 8
CLAUSE_ENDS: Final = frozenset(",.;:!?()")
LIFTS: Final = frozenset(stem(word) for word in words(negation_line("lifts")))
ENDING: Final = concepts_of("stop, cancel")
LIFTED: Final = concepts_of(negation_line("lifted"))
# Words that are a ban or the like before these alone.
BEHIND: Final = {"opposition": "to", "block": "on"}
# Of what these say, no passive is needed: "the ban ended in May".
ENDS_BY_ITSELF: Final = frozenset(map(stem, ["end", "expire", "lapse", "cease"]))
# Between "lifted" and "ban", besides words that say which ban.
DETERMINERS: Final = words("the, a, an, its, his, her, their, our, this, that, these, those, all, any, most, some")
# Words by which another wording says that a ban holds no more.
UNDOING: Final = words(
    "against, illegal, unlawful, unconstitutional, invalid, void, over, again, resume, resumed, resumes, allow, allows,"
    " allowed, allowing, let, lets, permit, permits, permitted, legal, free, unbanned, reversal, u-turn"
)


def doubled(side: Side, unit: Unit, reach: Sequence[Unit]) -> Unit | None:
    """The negator that the unit turns round: "rule out" of "did not rule out", "refuse" of "no farmer refused"."""
    if not reach:
        return None
    first, *rest = reach
    if unit.concept in NEGATES_NEXT and first.concept in CARRIERS:
        return first
    if unit.concept in NEGATES_WHOLE and first.concept in REFUSES:
        return first
    if len(rest) > 1 and rest[0].concept in CARRIERS and is_past(side.form(rest[0])) and is_subject(side, unit):
        return rest[0]
    return None


def is_subject(side: Side, unit: Unit) -> bool:
    """Whether the negator says that there was nobody who did: "no farmer", "not a single farmer"."""
    behind = [word.form for word in side.folded.words[unit.stop : unit.stop + 2]]
    return side.form(unit) in SUBJECTS or behind == ["a", "single"]


def lifted(side: Side) -> tuple[tuple[Unit, Unit], ...]:
    """Each unit that takes back a ban or the like, with the one that it takes back."""
    if LIFTED.isdisjoint(side.concepts):
        return ()
    taking = [(place, unit) for place, unit in enumerate(side.units) if takes_back(side, unit)]
    found = [(unit, lifted_behind(side, place) or lifted_before(side, place)) for place, unit in taking]
    return tuple((unit, ban) for unit, ban in found if ban)


def takes_back(side: Side, unit: Unit) -> bool:
    """Whether the unit is "lifted", "ended" or the like, or a phrase for it: "called off", "put an end to"."""
    return stem(side.form(unit)) in LIFTS or (unit.stop - unit.first > 1 and unit.concept in ENDING)


def lifted_behind(side: Side, place: int) -> Unit | None:
    """What the word at this place takes back: "ban" of "lifted its five-year ban"."""
    previous = side.units[place]
    for unit in side.units[place + 1 : place + 1 + FARTHEST]:
        if is_cut(side, previous, unit) or not (unit.is_content or side.form(unit) in DETERMINERS):
            return None
        if is_ban(side, unit):
            return unit
        previous = unit
    return None


def lifted_before(side: Side, place: int) -> Unit | None:
    """What was taken back by the word at this place: "ban" of "the ban on trawling was lifted"."""
    if not (is_passive(side, place) or is_by_itself(side, place)):
        return None
    later = side.units[place]
    for unit in side.units[max(place - FARTHEST, 0) : place][::-1]:
        if is_cut(side, unit, later):
            return None
        if is_ban(side, unit) and not side.form(unit).endswith("ed"):
            return unit
        later = unit
    return None


def is_ban(side: Side, unit: Unit) -> bool:
    """Whether the unit is what can be lifted: the opposition to something, not that of parliament."""
    behind = side.folded.words[unit.stop : unit.stop + 1]
    wanted = BEHIND.get(side.form(unit))
    return unit.concept in LIFTED and (wanted is None or (bool(behind) and behind[0].form == wanted))


def is_passive(side: Side, place: int) -> bool:
    """Whether a "be" stands before the word, next to it or before one other: "was finally lifted"."""
    return any(unit.concept == BE for unit in side.units[max(place - 2, 0) : place])


def is_by_itself(side: Side, place: int) -> bool:
    """Whether the word ends nothing but what stands before it: "ended in May", not "ended the talks"."""
    if stem(side.forms[place]) not in ENDS_BY_ITSELF:
        return False
    behind = side.units[place + 1 : place + 2]
    return not behind or behind[0].concept in CONNECTING or is_cut(side, side.units[place], behind[0])


def is_cut(side: Side, unit: Unit, later: Unit) -> bool:
    """Whether a comma or a stop parts the two."""
    return not CLAUSE_ENDS.isdisjoint(side.folded.between(unit, later))
