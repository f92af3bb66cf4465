"""The acts of a wording, and how real it says that they are: possible, asked for, planned, done."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from claims.matching.folding import Unit
from claims.matching.folding.lexicon import MODAL_WORDS, NEGATES_NEXT
from claims.matching.folding.stems import PLAIN_FORMS
from claims.matching.folding.words import Kind
from claims.matching.guards.pair import Side
from claims.matching.guards.slots import is_adverb

# An act is looked for among this many words behind the one that says how real it is, and never past a comma.
FARTHEST: Final = 4
CLAUSE_ENDS: Final = frozenset(",.;:!?()")
# Words behind which a bare form is a thing ("a ban", "the visit") or hangs on something else ("to ban").
NO_ACT_BEHIND: Final = frozenset(
    [
        "a",
        "the",
        "this",
        "that",
        "of",
        "in",
        "on",
        "for",
        "by",
        "with",
        "from",
        "to",
        "no",
        "his",
        "her",
        "its",
        "their",
    ]
)
BE: Final = "be"
# Behind these a participle says what is so now, or soon.
IS: Final = frozenset(["is", "are", "be", "being", "am", "to"])
# The uses of words that ask for an act of somebody: "urged him to go".
ASKING: Final = frozenset(["call", "order"])
FIRST_WORDS: Final = frozenset(phrase.split()[0] for phrase in MODAL_WORDS)
LONE_WORDS: Final = frozenset(phrase for phrase in MODAL_WORDS if " " not in phrase)
SECOND_WORDS: Final = frozenset(phrase.split()[1] for phrase in MODAL_WORDS if " " in phrase)
# Words between which and an act that act is none yet, or none that is sure.
UNREAL: Final = frozenset(["to", "will", "can", "shall", "should", "may", "might", "must", "if", "likely"])

# Pasts that are like the present of many.
UNCHANGED: Final = frozenset(["hit", "cut", "put", "set", "let", "shut", "quit", "hurt", "spread", "cast", "shed"])
# Without one of these "driven" is none that is told.
PARTICIPLE: Final = "n"
HAS: Final = frozenset(["has", "have", "had", "was", "were", "been", "got"])


class Mood(Enum):
    """How real a wording says an act is, from what it asks or thinks of to what it states."""

    CONSIDERED = "considered"
    DEMANDED = "demanded"
    PLANNED = "planned"
    POSSIBLE = "possible"
    ABLE = "able"
    LIKELY = "likely"
    ALMOST = "almost"
    ADVISED = "advised"
    NECESSARY = "necessary"
    CERTAIN = "certain"
    FACT = "fact"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Act:
    """An act in its mood, with the word that put it there; a fact has none, nor what is done."""

    mood: Mood
    act: Unit
    carrier: Unit | None = None


def acts_of(side: Side, acts: dict[str, list[Act]], concept: str) -> list[Act]:
    """The acts of a concept on a side: those in a mood, then those that are facts."""
    found = acts.get(concept, [])
    if concept not in side.concepts:
        return found
    carried = {id(act.act) for act in found}
    return found + [
        Act(Mood.DONE if is_done(side, place) else Mood.FACT, unit)
        for place, unit in enumerate(side.units)
        if unit.concept == concept and id(unit) not in carried and is_fact(side, place)
    ]


def is_fact(side: Side, place: int) -> bool:
    """Whether the unit at this place is an act that is stated as such: not a thing, not denied, not "to" do it."""
    units = side.units
    form = side.form(units[place])
    before = units[place - 1] if place else None
    is_after_be = before is not None and before.concept == BE and side.form(before) != BE
    is_verb = is_past(form) or is_unchanged_past(side, place)
    if not (is_verb or is_after_be or (form.endswith("s") and place + 1 < len(units))) or form.endswith("ing"):
        return False
    if before is not None and side.form(before) in NO_ACT_BEHIND:
        return False
    for unit in reversed(units[max(place - FARTHEST, 0) : place]):
        if unit.concept in UNREAL or unit.concept in NEGATES_NEXT:
            return False
        if unit.is_content and not is_adverb(side, unit):
            return phrase(side, unit) not in MODAL_WORDS
    return True


def is_done(side: Side, place: int) -> bool:
    """Whether the fact at this place is past: "closed" and "was closed", neither "closes" nor "is closed"."""
    form, before = side.forms[place], side.forms[max(place - 2, 0) : place]
    if form in UNCHANGED:
        return True
    is_finite = not form.endswith(PARTICIPLE) or not HAS.isdisjoint(before)
    return is_past(form) and is_finite and IS.isdisjoint(before)


def is_unchanged_past(side: Side, place: int) -> bool:
    """Whether the unit at this place is "hit" or the like, told of one thing: "it hit the town"."""
    if side.forms[place] not in UNCHANGED or not place or place + 1 == len(side.units):
        return False
    before, behind = side.units[place - 1], side.units[place + 1]
    is_object = side.forms[place + 1] in NO_ACT_BEHIND or behind.is_name or behind.kind is Kind.NUMBER
    return is_object and not side.forms[place - 1].endswith("s") and before.concept not in UNREAL


def is_past(form: str) -> bool:
    """Whether the form may be a verb's past."""
    return form.endswith("ed") or (PLAIN_FORMS.get(form, form) != form and not form.endswith("s"))


def acts(side: Side) -> dict[str, list[Act]]:
    """The side's acts that are in a mood, by concept."""
    if not may_be_in_mood(side):
        return {}
    found: defaultdict[str, list[Act]] = defaultdict(list)
    for place in modal_places(side):
        for use, mood in uses(side, place):
            act = act_behind(side, place, use)
            if act:
                found[act.concept].append(Act(Mood(mood), act, side.units[place]))
                break
    return dict(found)


def modal_places(side: Side) -> list[int]:
    """Where the side may have a modal word or phrase; "could not" is one form, and begins with a modal word too."""
    return [
        place
        for place, (form, unit) in enumerate(zip(side.forms, side.units, strict=True))
        if form in FIRST_WORDS or unit.stop - unit.first > 1 or (" " in form and form.partition(" ")[0] in FIRST_WORDS)
    ]


def may_be_in_mood(side: Side) -> bool:
    """Whether the side has the words of any modal word or phrase: an "is" is none without a "to"."""
    has_phrase = not FIRST_WORDS.isdisjoint(side.parts) and not SECOND_WORDS.isdisjoint(side.parts)
    return has_phrase or not LONE_WORDS.isdisjoint(side.parts)


def uses(side: Side, place: int) -> Sequence[tuple[str, str]]:
    """The uses and moods of the word at this place: of "would have" before those of "would"."""
    unit = side.units[place]
    behind = side.units[place + 1 : place + 2]
    own = phrase(side, unit)
    longer = f"{own} {side.form(behind[0])}" if behind and behind[0].stop - behind[0].first == 1 else ""
    bare = own.removesuffix(" to")
    for each in (longer, own, bare, bare.partition(" ")[2]):
        if found := MODAL_WORDS.get(each):
            return found
    return ()


def phrase(side: Side, unit: Unit) -> str:
    """The forms of the unit's words; nothing for a "not", which shares its word with a modal in "couldn't"."""
    if unit.concept in NEGATES_NEXT:
        return ""
    return " ".join([word.form for word in side.folded.words[unit.first : unit.stop]]).removesuffix(" not")


def act_behind(side: Side, place: int, use: str) -> Unit | None:
    """The act that the modal word at this place is about; None where the word is none: "in May", "the will"."""
    units = side.units
    previous = side.form(units[place - 1]) if place else ""
    if units[place].kind is Kind.NAME or (previous in NO_ACT_BEHIND and use != "before"):
        return None
    if use == "before" and not takes_act(side, place):
        return None
    last = units[place]
    start = asked_act(side, place) if use in ASKING else place + 1
    if use == "order" and start == place + 1:
        return None
    for unit in units[start : start + FARTHEST]:
        if unit.concept in NEGATES_NEXT or (unit.first > last.stop - 1 and is_cut(side, last, unit)):
            return None
        if unit.is_content and not unit.is_name and not is_adverb(side, unit):
            return unit if unit.kind is Kind.COMMON else None
        last = unit
    return None


def is_cut(side: Side, unit: Unit, later: Unit) -> bool:
    """Whether a comma or a stop parts the two."""
    return unit.stop == later.first and not CLAUSE_ENDS.isdisjoint(side.folded.between(unit, later))


def asked_act(side: Side, place: int) -> int:
    """Where the act begins that somebody is asked for: behind "to" in "urged the minister to", else at once."""
    for later, unit in enumerate(side.units[place + 1 : place + 1 + FARTHEST + 1], start=place + 1):
        if unit.concept == "to":
            return later + 1
        if is_cut(side, side.units[later - 1], unit) or (unit.concept in NO_ACT_BEHIND and unit.concept != "the"):
            break
    return place + 1


def takes_act(side: Side, place: int) -> bool:
    """Whether a "to" or an -ing stands behind the word."""
    units = side.units
    if side.folded.words[units[place].stop - 1].form == "to":
        return True
    behind = side.form(units[place + 1]) if place + 1 < len(units) else ""
    return behind == "to" or behind.endswith("ing")
