"""One folding for all of matching: a text's words in one form, and what they stand for."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from claims.matching.lexicon import FAMILIES, PLACE_FAMILIES, PLACES, STOP_STEMS
from claims.matching.stems import stem
from claims.matching.words import (
    PLAIN_WORD,
    Kind,
    Word,
    is_number_word,
    may_hold_more_than_words,
    mixed_forms_of,
    word_form,
    words_of,
)

ENGLISH: Final = frozenset({"en", "un"})
ACCENTS: Final = re.compile("[\u0300-\u036f]")
FIGURES: Final = frozenset({Kind.NUMBER, Kind.YEAR, Kind.DATE})
LATIN_LETTERS: Final = str.maketrans("ıøłđ", "iold")


class Unit(NamedTuple):
    """What one word or phrase stands for: words[first:stop] of its text."""

    concept: str
    kind: Kind
    first: int
    stop: int

    @property
    def is_content(self) -> bool:
        """Whether it says something by itself."""
        return self.concept not in STOP_STEMS

    @property
    def is_name(self) -> bool:
        """Whether it is written as a name, or is a place, which is one in small letters too."""
        return self.kind is Kind.NAME or self.concept in PLACES


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is compared.

    source is the text in NFKC, words are cut from it, text is their forms, units what they stand for, in order.
    """

    source: str
    text: str
    words: tuple[Word, ...]
    units: tuple[Unit, ...]

    def shown(self, unit: Unit) -> str:
        """The unit as the text has it."""
        return self.source[self.words[unit.first].start : self.words[unit.stop - 1].end]

    def between(self, unit: Unit, later: Unit) -> str:
        """The spaces and punctuation between two units that follow each other."""
        return self.source[self.words[unit.stop - 1].end : self.words[later.first].start]


class Gist(NamedTuple):
    """What is stored of a folded wording to find it again: its text as in Folded, and its concepts in order.

    is_plain says that the text has nothing but words, none of them a number.
    """

    text: str
    concepts: tuple[str, ...]
    is_plain: bool


class Outline(NamedTuple):
    """What a folded wording is scored by: its words' forms and its concepts in order, names and figures among them."""

    forms: tuple[str, ...]
    concepts: tuple[str, ...]
    names: frozenset[str]
    figures: frozenset[str]


@lru_cache(maxsize=8)
def fold(text: str, language: str = "und") -> Folded:
    """The text in its one folded form; language is a BCP 47 tag, and "und" is read as English.

    The last few are remembered, for guards, scorer and alignment each ask for those of one pair.
    """
    source = unicodedata.normalize("NFKC", text)
    words = tuple(words_of(source, language))
    units = units_of(words, is_english=language[:2] in ENGLISH)
    return Folded(source, " ".join([word.form for word in words]), words, tuple(units))


@lru_cache(maxsize=1024)
def gist(text: str, language: str = "und") -> Gist:
    """The text and the concepts of fold(text, language), for a fraction of its time where the text is plain words.

    The last ones are remembered, for what is looked up is often stored next.
    """
    source = text if text.isascii() else unicodedata.normalize("NFKC", text)
    plain = None if may_hold_more_than_words(source) else plain_gist(source, language)
    return plain or gist_of(mixed_forms_of(source, language), language)


def gist_of(forms: Sequence[str], language: str) -> Gist:
    """The gist of a text with these words."""
    is_english = language[:2] in ENGLISH
    families = FAMILIES if is_english else PLACE_FAMILIES
    stems = [stem_ for form in forms for stem_ in stems_of_form(form, is_english)]
    return Gist(" ".join(forms), tuple(families.concepts_of(stems)), is_plain=False)


def plain_gist(source: str, language: str) -> Gist | None:
    """The gist of a text of nothing but words, or None where one of them may be a number."""
    is_english = language[:2] in ENGLISH
    forms: list[str] = []
    stems: list[str] = []
    concepts: list[str] = []
    may_hold_phrase = False
    for word in PLAIN_WORD.findall(source):
        known = known_word(word, language, is_english)
        if known is None:
            return None
        if known.form:
            forms.append(known.form)
            stems += known.stems
            concepts += known.concepts
            may_hold_phrase = may_hold_phrase or known.starts_phrase
    if may_hold_phrase:
        concepts = (FAMILIES if is_english else PLACE_FAMILIES).concepts_of(stems)
    return Gist(" ".join(forms), tuple(concepts), is_plain=True)


class KnownWord(NamedTuple):
    """A word's form, its stems, what each stands for alone, and whether a longer phrase may start with one."""

    form: str
    stems: tuple[str, ...]
    concepts: tuple[str, ...]
    starts_phrase: bool


@lru_cache(maxsize=262_144)
def known_word(word: str, language: str, is_english: bool) -> KnownWord | None:
    """What is known of a word by itself; None for what may be a number."""
    if is_number_word(word):
        return None
    form = word_form(word, language)
    stems = stems_of_form(form, is_english)
    families = FAMILIES if is_english else PLACE_FAMILIES
    concepts = tuple(families.longest([stem_], 0)[0] for stem_ in stems)
    return KnownWord(form, stems, concepts, any(max(families.lengths.get(stem_, (1,))) > 1 for stem_ in stems))


def outline(text: str, language: str = "und", known: Gist | None = None) -> Outline:
    """The words, concepts, names and figures of fold(text, language); known is its gist, where that was made already.

    A text without capitals and figures holds no names but those of places, and its gist says all.
    """
    known = known or gist(text, language)
    if known.is_plain and text.islower():
        return Outline(tuple(known.text.split()), known.concepts, PLACES.intersection(known.concepts), frozenset())
    folded = fold(text, language)
    return Outline(
        forms=tuple(folded.text.split()),
        concepts=tuple(unit.concept for unit in folded.units),
        names=frozenset(unit.concept for unit in folded.units if unit.is_name),
        figures=frozenset(unit.concept for unit in folded.units if unit.kind in FIGURES),
    )


def wording_key(text: str, language: str = "und") -> str:
    """The SHA-256 of the folded text, in hex: wordings that differ in case, quotes or spacing share it."""
    return hashlib.sha256(fold(text, language).text.encode("utf-8", "surrogatepass")).hexdigest()


def units_of(words: tuple[Word, ...], *, is_english: bool) -> list[Unit]:
    """The units of a text's words; a word that was two ("don't") is in two units."""
    stems: list[str] = []
    places: list[int] = []
    for place, word in enumerate(words):
        for stem_ in stems_of_form(word.form, is_english):
            stems.append(stem_)
            places.append(place)
    families = FAMILIES if is_english else PLACE_FAMILIES
    found = []
    start, end = 0, len(stems)
    while start < end:
        concept, length = families.longest(stems, start) if stems[start] in families.lengths else (stems[start], 1)
        first = places[start]
        found.append(Unit(concept, words[first].kind, first, places[start + length - 1] + 1))
        start += length
    return found


@lru_cache(maxsize=65_536)
def stems_of_form(form: str, is_english: bool) -> tuple[str, ...]:
    """The stem of each word of a form, which is two where a contraction was spelled out."""
    return tuple(stem_of(part, is_english) for part in form.split())


@lru_cache(maxsize=65_536)
def stem_of(form: str, is_english: bool) -> str:
    """The stem of a word's form, without accents."""
    plain = form if form.isascii() else ACCENTS.sub("", unicodedata.normalize("NFKD", form)).translate(LATIN_LETTERS)
    return stem(plain) if plain and is_english else plain or form
