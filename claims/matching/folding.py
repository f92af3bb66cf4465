"""One folding for all of matching: a text's words in one form, and what they stand for."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from claims.matching.lexicon import FAMILIES, PLACE_FAMILIES, PLACES, STOP_STEMS
from claims.matching.stems import stem
from claims.matching.words import Kind, Word, words_of

ENGLISH: Final = frozenset({"en", "un"})
ACCENTS: Final = re.compile("[\u0300-\u036f]")
LATIN_LETTERS: Final = str.maketrans("ıøłđ", "iold")


@dataclass(frozen=True, slots=True)
class Unit:
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


def fold(text: str, language: str = "und") -> Folded:
    """The text in its one folded form; language is a BCP 47 tag, and "und" is read as English."""
    source = unicodedata.normalize("NFKC", text)
    words = tuple(words_of(source, language))
    is_english = language[:2] in ENGLISH
    return Folded(source, " ".join(word.form for word in words), words, tuple(units_of(words, is_english=is_english)))


def wording_key(text: str, language: str = "und") -> str:
    """The SHA-256 of the folded text, in hex: wordings that differ in case, quotes or spacing share it."""
    return hashlib.sha256(fold(text, language).text.encode("utf-8", "surrogatepass")).hexdigest()


def units_of(words: tuple[Word, ...], *, is_english: bool) -> Iterator[Unit]:
    """The units of a text's words; a word that was two ("don't") is in two units."""
    places = [place for place, word in enumerate(words) for _ in word.form.split()]
    stems = [stem_of(part, is_english) for word in words for part in word.form.split()]
    families = FAMILIES if is_english else PLACE_FAMILIES
    start = 0
    while start < len(stems):
        concept, length = families.longest(stems, start)
        first = places[start]
        yield Unit(concept, words[first].kind, first, places[start + length - 1] + 1)
        start += length


@lru_cache(maxsize=65_536)
def stem_of(form: str, is_english: bool) -> str:
    """The stem of a word's form, without accents."""
    plain = form if form.isascii() else ACCENTS.sub("", unicodedata.normalize("NFKD", form)).translate(LATIN_LETTERS)
    return stem(plain) if plain and is_english else plain or form
