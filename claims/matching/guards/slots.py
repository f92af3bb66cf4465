"""The places that words have in a wording: before which word, behind which, after which preposition."""

import re
from dataclasses import dataclass
from typing import Final

from claims.matching.folding import Unit
from claims.matching.folding.lexicon import STOP_STEMS
from claims.matching.folding.stems import PLAIN_FORMS
from claims.matching.folding.words import Kind
from claims.matching.guards.pair import Side

# Where a word stands ("before", "behind", "in" a phrase), after which preposition, and by which other word.
Slot = tuple[str, str, str]

BEFORE: Final = ("before", "")
BEHIND: Final = ("behind", "")
IN: Final = "in"
JOINED: Final[Slot] = ("joined", "", "")


def words(entries: str) -> frozenset[str]:
    """The comma-separated words."""
    return frozenset(entry.strip() for entry in entries.split(","))


# What parts two phrases.
BREAK: Final = re.compile('[,;:.!?()\\[\\]"“”„«»]')
JOINING: Final = frozenset({"and", "or"})
PASSIVE: Final = "by"
BE: Final = "be"
# Behind an act these name whom it was done to.
SUFFERING: Final = frozenset({"of", "on", "against", "over"})
POSSESSIVE: Final = ("'s", "\u2019s", "s'", "s\u2019")
PARTICIPLES: Final = ("ed", "en", "de", "ld", "ht", "wn", "rn", "ung", "ilt", "ost", "id")
# Words that say how two others hang together; articles, pronouns and auxiliaries between them say nothing.
CONNECTING: Final = words(
    "of, in, on, at, by, for, from, to, with, as, into, onto, over, under, about, after, before, between, during,"
    " through, than, against, within, upon, toward, towards, among, amid, along, across, around, per, via, off, out,"
    " up, down, if, because, while, when, where"
)
# Adverbs move about freely; these only look like one.
NO_ADVERBS: Final = words(
    "family, reply, supply, assembly, apply, rely, fly, ally, bully, early, daily, weekly, monthly, italy, july,"
    " anomaly, butterfly, jelly, belly, multiply, imply, comply, elderly, ugly, friendly, deadly, likely, unlikely"
)


@dataclass(slots=True)
class Phrase:
    """Names that follow each other, or one other word, with what stands before it."""

    units: list[Unit]
    connective: str
    is_cut: bool
    follows_be: bool
    joins: bool
    is_list: bool
    slots: set[Slot]

    @property
    def is_name(self) -> bool:
        """Whether the phrase is made of names."""
        return self.units[-1].is_name


@dataclass(frozen=True, slots=True)
class Slots:
    """The slots of a side's words, the lists ("A, B and C") that words stand in, and how many slots there are."""

    words: dict[str, set[Slot]]
    lists: dict[str, int]
    total: int

    def of_word(self, word: str) -> set[Slot]:
        """The slots of one word."""
        return self.words.get(word, set())


def slots_of(side: Side) -> Slots:
    """Which word of the side is in which slot."""
    phrases = phrases_of(side)
    link(side, phrases)
    words: dict[str, set[Slot]] = {}
    lists: dict[str, int] = {}
    number = 0
    for phrase in phrases:
        number += not phrase.is_list
        for unit in phrase.units:
            lists[unit.concept] = number
            earlier = words.get(unit.concept)
            words[unit.concept] = phrase.slots if earlier is None else earlier | phrase.slots
    return Slots(words, lists, sum(map(len, words.values())))


def phrases_of(side: Side) -> list[Phrase]:
    """The side's phrases in order."""
    phrases: list[Phrase] = []
    source, words = side.folded.source, side.folded.words
    has_breaks = bool(words) and BREAK.search(source, 0, words[-1].start) is not None
    previous: Unit | None = None
    connective, is_cut, follows_be, joins, is_next = "", True, False, False, False
    for unit, form in zip(side.units, side.forms, strict=True):
        if has_breaks and not is_cut and previous is not None:
            gap = side.folded.between(previous, unit)
            is_cut = gap != " " and BREAK.search(gap) is not None
        previous = unit
        concept = unit.concept
        if concept in STOP_STEMS or (form.endswith("ly") and is_adverb(side, unit)):
            is_next = False
            if concept in CONNECTING:
                connective = concept
            elif concept in JOINING:
                joins = True
            elif concept == BE:
                follows_be = True
            continue
        if is_next and not is_cut and unit.is_name and phrases[-1].is_name:
            phrases[-1].units.append(unit)
        else:
            is_list = (is_cut or joins) and not connective and not follows_be
            phrases.append(Phrase([unit], connective, is_cut, follows_be, joins, is_list, set()))
        connective, is_cut, follows_be, joins, is_next = "", False, False, False, True
    return phrases


def is_adverb(side: Side, unit: Unit) -> bool:
    """Whether the unit only says how."""
    form = side.folded.words[unit.first].form
    return form.endswith("ly") and unit.kind is Kind.COMMON and form not in NO_ADVERBS


def link(side: Side, phrases: list[Phrase]) -> None:
    """Give each phrase its slots."""
    for place, phrase in enumerate(phrases):
        connective = phrase.connective
        if connective:
            phrase.slots.add((IN, connective, ""))
        elif phrase.joins:
            phrase.slots.add(JOINED)
        if not place or phrase.is_cut or phrase.joins:
            continue
        before = phrases[place - 1]
        word, head = phrase.units[0].concept, before.units[-1].concept
        if connective:
            if connective == PASSIVE and not is_going_on(side, before):
                # Of "the murder of Kaya by Demir" and "accused of fraud by Demir", he did the first.
                phrase.slots.add((*BEFORE, subject(phrases, place - 1).units[-1].concept))
            else:
                phrase.slots.add(("behind", connective, head))
                before.slots.add(("before", connective, word))
                if connective in SUFFERING and has_doer(side, phrases, place):
                    phrase.slots.add((*BEHIND, head))
            continue
        by = place + 1 < len(phrases) and phrases[place + 1].connective == PASSIVE
        if (phrase.follows_be and is_participle(side, phrase)) or (by and not is_going_on(side, phrase)):
            slot = (*BEHIND, word)
        else:
            slot = (*BEFORE, word)
        before.slots.add(slot)
        # Where no preposition stands before it, it is its own subject.
        if before.connective:
            subject(phrases, place - 1).slots.add(slot)
        phrase.slots.add((*BEHIND, head))


def has_doer(side: Side, phrases: list[Phrase], place: int) -> bool:
    """Whether it is said who does it to the phrase at this place: "Rome's raid on Bari", "the raid on Bari by Rome"."""
    if phrases[place - 1].is_name:
        return False
    if place > 1 and not phrases[place - 1].connective and not phrases[place - 1].is_cut:
        return side.folded.shown(phrases[place - 2].units[-1]).endswith(POSSESSIVE)
    return place + 1 < len(phrases) and phrases[place + 1].connective == PASSIVE


def subject(phrases: list[Phrase], place: int) -> Phrase:
    """The phrase that those before it hang on: "protesters" of "protesters in front of the ministry"."""
    while place > 0 and phrases[place].connective and not phrases[place].is_cut:
        place -= 1
    return phrases[place]


def is_participle(side: Side, phrase: Phrase) -> bool:
    """Whether the phrase may be what was done to somebody."""
    form = side.form(phrase.units[-1])
    return form.endswith(PARTICIPLES) or PLAIN_FORMS.get(form, form) != form


def is_going_on(side: Side, phrase: Phrase) -> bool:
    """Whether the phrase is what somebody is doing, which is no passive."""
    return side.form(phrase.units[-1]).endswith("ing") and not phrase.is_name
