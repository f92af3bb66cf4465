"""One folding for all of matching: a text's words in one form, and what they stand for."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from claims.matching.folding.lexicon import FAMILIES, PLACE_FAMILIES, PLACES, STOP_STEMS, Families
from claims.matching.folding.stems import stem
from claims.matching.folding.words import (
    PLAIN_WORD,
    Kind,
    Word,
    is_number_word,
    may_hold_more_than_words,
    mixed_forms_of,
    named_places,
    plain_words_of,
    word_form,
    words_of,
)

ENGLISH: Final = frozenset({"en", "un"})
ACCENTS: Final = re.compile("[\u0300-\u036f]")
FIGURES: Final = frozenset({Kind.NUMBER, Kind.YEAR, Kind.DATE})
MOST_WORDS: Final = 262_144
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

    is_plain says that the text has nothing but words, none of them a number; is_simple that each stands for a concept
    of its own.
    """

    text: str
    concepts: tuple[str, ...]
    is_plain: bool
    is_simple: bool = False


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
    source = normalised(text)
    plain = None if may_hold_more_than_words(source) else plain_folded(source, language)
    if plain is not None:
        return plain
    words = tuple(words_of(source, language))
    units = units_of(words, is_english=language[:2] in ENGLISH)
    return Folded(source, " ".join([word.form for word in words]), words, tuple(units))


def normalised(text: str) -> str:
    """The text in NFKC."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def plain_folded(source: str, language: str) -> Folded | None:
    """The folded text of nothing but simple words, or None where one of them is more."""
    is_english = language[:2] in ENGLISH
    table = word_table(language, is_english)
    matches = list(PLAIN_WORD.finditer(source))
    known = [table[match[0]] for match in matches]
    if not all(word.is_simple for word in known):
        return None
    words = tuple(plain_words_of(source, matches, [word.form for word in known]))
    if families_of(is_english).openings.isdisjoint(pairwise([word.stem for word in known])):
        units = [
            Unit(word.concept, place.kind, at, at + 1)
            for at, (word, place) in enumerate(zip(known, words, strict=True))
        ]
    else:
        units = units_of(words, is_english=is_english)
    return Folded(source, " ".join([word.form for word in known]), words, tuple(units))


def gist(text: str, language: str = "und") -> Gist:
    """The text and the concepts of fold(text, language), for a fraction of its time where the text is plain words."""
    source = normalised(text)
    plain = None if may_hold_more_than_words(source) else plain_gist(source, language)
    return plain or gist_of(mixed_forms_of(source, language), language)


def gist_of(forms: Sequence[str], language: str) -> Gist:
    """The gist of a text with these words."""
    is_english = language[:2] in ENGLISH
    stems = [stem_ for form in forms for stem_ in stems_of_form(form, is_english)]
    return Gist(" ".join(forms), tuple(families_of(is_english).concepts_of(stems)), is_plain=False)


def plain_gist(source: str, language: str) -> Gist | None:
    """The gist of a text of nothing but words, or None where one of them may be a number."""
    is_english = language[:2] in ENGLISH
    table = word_table(language, is_english)
    known = [table[word] for word in PLAIN_WORD.findall(source)]
    if not known:
        return Gist("", (), is_plain=True)
    forms, stems, concepts, are_simple, are_numbers = zip(*known, strict=True)
    if all(are_simple):
        families = families_of(is_english)
        is_simple = families.openings.isdisjoint(pairwise(stems))
        if not is_simple:
            concepts = tuple(families.concepts_of(stems))
        return Gist(" ".join(forms), concepts, is_plain=True, is_simple=is_simple)
    if any(are_numbers):
        return None
    return gist_of([form for form in forms if form], language)._replace(is_plain=True)


class KnownWord(NamedTuple):
    """A word's form; its stem and what that stands for alone, if it is simple: one word of one stem, and no number."""

    form: str
    stem: str
    concept: str
    is_simple: bool
    is_number: bool


class WordTable(dict[str, KnownWord]):
    """What is known of each word by itself in one language, found out when it is first met."""

    def __init__(self, language: str, *, is_english: bool) -> None:
        self.language = language
        self.is_english = is_english

    def __missing__(self, word: str) -> KnownWord:
        """Find out about the word; a table that has grown too large begins anew."""
        if len(self) >= MOST_WORDS:
            self.clear()
        self[word] = known = self.read(word)
        return known

    def read(self, word: str) -> KnownWord:
        """What is known of a word."""
        form = word_form(word, self.language)
        stems = stems_of_form(form, self.is_english)
        is_number = is_number_word(word)
        if not form or len(stems) != 1 or is_number:
            return KnownWord(form, "", "", is_simple=False, is_number=is_number)
        concept = families_of(self.is_english).longest(stems, 0)[0]
        return KnownWord(form, stems[0], concept, is_simple=True, is_number=False)


@lru_cache(maxsize=16)
def word_table(language: str, is_english: bool) -> WordTable:
    """The table of a language's words."""
    return WordTable(language, is_english=is_english)


def families_of(is_english: bool) -> Families:
    """The phrases of one meaning: in English all, in other languages the places."""
    return FAMILIES if is_english else PLACE_FAMILIES


def outline(text: str, language: str = "und") -> Outline:
    """The words, concepts, names and figures of fold(text, language)."""
    return outline_of_gist(text, gist(text, language)) or outline_of(fold(text, language))


def outline_of_gist(text: str, known: Gist) -> Outline | None:
    """The outline of a text of which its gist says all but the names: one without figures and with simple words."""
    if not known.is_plain or not (known.is_simple or text.islower()):
        return None
    names = PLACES.intersection(known.concepts)
    if not text.islower():
        source = normalised(text)
        places = named_places(source, PLAIN_WORD.finditer(source))
        names |= {known.concepts[place] for place in places}
    return Outline(tuple(known.text.split()), known.concepts, names, frozenset())


def outline_of(folded: Folded) -> Outline:
    """The outline of any folded text."""
    return Outline(
        forms=tuple(folded.text.split()),
        concepts=tuple([unit.concept for unit in folded.units]),
        names=frozenset([unit.concept for unit in folded.units if unit.is_name]),
        figures=frozenset([unit.concept for unit in folded.units if unit.kind in FIGURES]),
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
    families = families_of(is_english)
    found = []
    start, end = 0, len(stems)
    while start < end:
        concept, length = families.longest(stems, start)
        first = places[start]
        found.append(Unit(concept, words[first].kind, first, places[start + length - 1] + 1))
        start += length
    return found


@lru_cache(maxsize=65_536)
def stems_of_form(form: str, is_english: bool) -> tuple[str, ...]:
    """The stem of each word of a form, which is two where a contraction was spelled out."""
    return tuple(stem_of(part, is_english) for part in form.split())


def stem_of(form: str, is_english: bool) -> str:
    """The stem of a word's form, without accents."""
    plain = form if form.isascii() else ACCENTS.sub("", unicodedata.normalize("NFKD", form)).translate(LATIN_LETTERS)
    return stem(plain) if plain and is_english else plain or form
