"""One folding for all of matching: a text's words in one form, and what they stand for."""

import hashlib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from claims.matching.folding.known_words import ENGLISH, families_of, stems_of_form, word_table
from claims.matching.folding.lexicon import PLACES, STOP_STEMS
from claims.matching.folding.words import (
    PLAIN_WORD,
    Kind,
    Word,
    may_hold_more_than_words,
    mixed_words_of,
    plain_words_of,
    words_of,
)


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


@lru_cache(maxsize=8)
def fold(text: str, language: str = "und") -> Folded:
    """The text in its one folded form; language is a BCP 47 tag, and "und" is read as English.

    The last few are remembered, for guards, scorer and alignment each ask for those of one pair.
    """
    source = normalised(text)
    has_more = may_hold_more_than_words(source)
    plain = None if has_more else plain_folded(source, language)
    if plain is not None:
        return plain
    words = tuple(mixed_words_of(source, language) if has_more else words_of(source, language))
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


def units_of(words: tuple[Word, ...], *, is_english: bool) -> list[Unit]:
    """The units of a text's words; a word that was two ("don't") is in two units."""
    stems: list[str] = []
    places: list[int] = []
    for place, word in enumerate(words):
        for stem_ in stems_of_form(word.form, is_english):
            stems.append(stem_)
            places.append(place)
    return [
        Unit(concept, words[places[start]].kind, places[start], places[start + length - 1] + 1)
        for concept, start, length in families_of(is_english).runs_of(stems)
    ]


def wording_key(text: str, language: str = "und") -> str:
    """The SHA-256 of the folded text, in hex: wordings that differ in case, quotes or spacing share it.

    The dotless i counts as i, since capitals say which of the two they are in Turkish alone, and who asks what people
    decided about a wording need not know its language.
    """
    words = fold(text, language).text.replace("ı", "i")
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
