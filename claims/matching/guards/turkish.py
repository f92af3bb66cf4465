"""Negation in Turkish: the -me- of a verb, değil, yok, ne … ne, and what denies: yalanladı, reddetti."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from claims.matching.folding import Unit
from claims.matching.guards.pair import Pair, Side
from claims.matching.guards.slots import words

# Letters of Turkish that its neighbours with Latin letters lack, and one that only Azerbaijani has.
OWN_LETTERS: Final = re.compile("[ğı]")
FOREIGN_LETTER: Final = "ə"
# A text of an unknown language with any of these is English, whatever names it has.
ENGLISH: Final = words("the, of, and, to, that, was, were, with, by, from")
FRONT: Final = frozenset("eiöü")
VOWELS: Final = frozenset("aeıioöuü")
# Before the -me-: a root of two letters at least. Behind it: a tense, a participle or another noun's ending, but not
# what makes a noun of the verb itself: "görüşme", "almak", "açıklamasını", "mahkemeden".
NEGATED: Final = re.compile(
    r"(?P<root>\w*[aeıioöuü]\w*)m[aeıiuü]"
    r"(?:(?<=[ae])(?:d[ıi](?:m|n|k|n[ıi]z|l[ae]r)?|d[ıi][kğ]\w*|m[ıi]ş\w*|y[ae]c[ae][kğ]\w*"
    r"|z(?:l[ae]r)?(?:d[ıi]|s[ae]|ken|m[ıi]ş)?|y[ae]n\w*|m(?:ak|ek|a[syn]|e[syn]|al[ıi]|el[ıi])\w*|s[ıi]n(?:l[ae]r)?)"
    r"|(?<=[ıiuü])yor\w*)"
)
AFFIRMED: Final = re.compile(
    r"(?:y?[ae]bil)?(?:[dt][ıiuü](?:m|n|k|n[ıiuü]z|l[ae]r)?|[dt][ıiuü][kğ]\w*|m[ıiuü]ş\w*|y?[ae]c[ae][kğ]\w*"
    r"|[ıiuü]?yor\w*|[ıiuüae]?r(?:l[ae]r)?(?:d[ıi]|s[ae]|ken)?|y?[ae]n(?:l[ae]r\w*)?|m[ae]k\w*"
    r"|m[ae](?:s[ıi]\w*|y[ıi]|l[ıi]\w*)?|y?[ıiuü]p|s[ıiuü]n(?:l[ae]r)?)"
)
# What stands before an "m" without being a verb's root: "damadı", "namaz", "gömüyor", "pekmez".
NO_ROOTS: Final = words("da, na, ha, ka, gö, yu, pek")
# The last letter of a root before a vowel: "git" and "gidiyor".
SOFTENED: Final = {"t": "d", "d": "t"}
SURNAMES: Final = words("yılmaz, korkmaz, solmaz, sönmez, dönmez, ölmez, kaçmaz, durmaz, yanmaz")
# A text of a thousand clauses costs no more than one of so many.
MOST_VERBS: Final = 64
THERE_IS: Final = words("var, vardı, vardır, varmış, varsa")
THERE_IS_NOT: Final = words("yok, yoktu, yoktur, yokmuş, yoksa")
IS_NOT: Final = words("değil, değildi, değildir, değilmiş, değilse")
NEITHER: Final = "ne"
# Beginnings of the words that call something false, or turn it down.
DENYING: Final = ("yalanla", "reddet", "redded", "reddi", "inkar", "inkâr", "asılsız")
LACKING: Final = re.compile(r"(?P<root>\w{3,})s[ıiuü]z")
HAVING: Final = ("lı", "li", "lu", "lü")


@dataclass(frozen=True, slots=True)
class Denials:
    """What negates on a side: verbs with their possible roots, words behind a "değil", a "yok", and what denies."""

    verbs: tuple[tuple[Unit, frozenset[str]], ...]
    words: tuple[tuple[Unit, str], ...]
    absences: tuple[Unit, ...]
    neither: tuple[Unit, ...]
    wholes: tuple[Unit, ...]

    @property
    def units(self) -> list[Unit]:
        """Each unit that negates once."""
        return [*(unit for unit, _ in (*self.verbs, *self.words)), *self.absences, *self.neither[:1], *self.wholes]


def is_turkish(side: Side) -> bool:
    """Whether the side is Turkish: its language says so, or nobody knows it and the letters leave no doubt."""
    language = side.wording.language[:2]
    if language != "un":
        return language == "tr"
    text = side.folded.text
    if text.isascii() or not OWN_LETTERS.search(text):
        return False
    return FOREIGN_LETTER not in text and ENGLISH.isdisjoint(side.parts)


def turkish_turns(pair: Pair) -> Iterator[str]:
    """Each difference where one side negates what the other affirms, then where one alone denies what both speak of.

    Who rejects what the other does not accept says the same.
    """
    turn = turned_word(pair.left, pair.right) or turned_word(pair.right, pair.left)
    if turn:
        yield turn
    here, there = pair.left.read(denials), pair.right.read(denials)
    left, right = here.wholes, there.wholes
    is_met = not turn and len(here.units) % 2 == len(there.units) % 2
    if len(left) % 2 != len(right) % 2 and pair.left.said & pair.right.said and not is_met:
        yield f"differs by *{pair.left.shown(left) if len(left) > len(right) else pair.right.shown(right)}*"


def turned_word(side: Side, other: Side) -> str:
    """The difference where this side negates a verb, or says "değil" or "yok", of what the other affirms."""
    here, there = side.read(denials), other.read(denials)
    negated = frozenset(root for _, roots in there.verbs for root in roots)
    for unit, roots in here.verbs[:MOST_VERBS]:
        if negated.isdisjoint(roots) and not there.neither and affirms(other, roots) and not affirms(side, roots):
            return f"differs by *{side.folded.shown(unit)}*"
    for unit, word in here.words:
        if word in other.forms and all(word != turned for _, turned in there.words):
            return f"differs by *{side.folded.shown(unit)}*"
    if here.absences and not there.absences and not THERE_IS.isdisjoint(other.forms):
        return f"differs by *{side.shown(here.absences)}*"
    if here.neither and not there.units and not here.verbs:
        return f"differs by *{side.shown(here.neither)}*"
    for unit in side.content:
        lacking = LACKING.fullmatch(side.form(unit))
        if lacking and any(lacking["root"] + ending in other.forms for ending in HAVING):
            return f"differs by *{side.folded.shown(unit)}*"
    return ""


def lone_denials(side: Side) -> list[Unit]:
    """The units of the side that negate or deny."""
    return side.read(denials).units


def denials(side: Side) -> Denials:
    """What negates on the side; a capital before small letters makes a surname of "Yılmaz"."""
    forms = side.forms
    verbs = [(unit, roots_of(form)) for unit, form in zip(side.units, forms, strict=True) if not is_surname(side, unit)]
    return Denials(
        verbs=tuple((unit, roots) for unit, roots in verbs if roots),
        words=tuple(
            (unit, forms[place - 1]) for place, unit in enumerate(side.units) if place and forms[place] in IS_NOT
        ),
        absences=tuple(unit for unit, form in zip(side.units, forms, strict=True) if form in THERE_IS_NOT),
        neither=neither(side),
        wholes=tuple(unit for unit, form in zip(side.units, forms, strict=True) if form.startswith(DENYING)),
    )


def neither(side: Side) -> tuple[Unit, ...]:
    """The two or more "ne" of the side, which negate its verb; one alone asks "what"."""
    found = tuple(unit for unit, form in zip(side.units, side.forms, strict=True) if form == NEITHER)
    return found if len(found) > 1 else ()


def is_surname(side: Side, unit: Unit) -> bool:
    """Whether the unit is written as a name, or is one of those that many have."""
    return unit.is_name or side.form(unit) in SURNAMES


@lru_cache(maxsize=65_536)
def roots_of(form: str) -> frozenset[str]:
    """The roots that the word may be a negated form of: "ver" of "vermeyecek", "yapa" and "yap" of "yapamadı"."""
    found = NEGATED.fullmatch(form)
    if not found or found["root"] in NO_ROOTS or not are_in_harmony(found["root"], form):
        return frozenset()
    root = found["root"]
    roots = {root, root[:-1]} if root[-1] in "ae" and len(root) > 2 else {root}
    roots |= {each[:-1] + SOFTENED[each[-1]] for each in roots if each[-1] in SOFTENED}
    return frozenset(each for each in roots if len(each) > 1)


def are_in_harmony(root: str, form: str) -> bool:
    """Whether the vowels behind the root are of its sort, as in every verb: "komedi" and "tamamen" are none."""
    last = next(letter for letter in reversed(root) if letter in VOWELS)
    # The "yor" of "vermiyor" keeps its vowel.
    behind = form[len(root) : len(root) + 4].partition("yo")[0]
    return all((letter in FRONT) == (last in FRONT) for letter in behind if letter in VOWELS)


def affirms(side: Side, roots: frozenset[str]) -> bool:
    """Whether the side has one of the roots in a form that is not negated."""
    return any(is_affirmed(form, root) for form in side.forms for root in roots if form.startswith(root[:-1]))


@lru_cache(maxsize=65_536)
def is_affirmed(form: str, root: str) -> bool:
    """Whether the word is a form of the root without a -me-: "bekliyor" has lost the last letter of "bekle"."""
    if roots_of(form):
        return False
    if root[-1] in "ae" and re.fullmatch(r"[ıiuü]yor\w*", form[len(root) - 1 :]):
        return form.startswith(root[:-1])
    return form.startswith(root) and AFFIRMED.fullmatch(form[len(root) :]) is not None
