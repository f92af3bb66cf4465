"""What is known of single words: their stems and what these stand for, found out once for each word."""

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from claims.matching.folding.forms import word_form
from claims.matching.folding.lexicon import FAMILIES, PLACE_FAMILIES, Families
from claims.matching.folding.stems import stem
from claims.matching.folding.words import is_number_word

ENGLISH: Final = frozenset({"en", "un"})
ACCENTS: Final = re.compile("[\u0300-\u036f]")
MOST_WORDS: Final = 262_144
LATIN_LETTERS: Final = str.maketrans("ıøłđ", "iold")


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


@lru_cache(maxsize=65_536)
def stems_of_form(form: str, is_english: bool) -> tuple[str, ...]:
    """The stem of each word of a form, which is two where a contraction was spelled out."""
    return tuple(stem_of(part, is_english) for part in form.split())


def stem_of(form: str, is_english: bool) -> str:
    """The stem of a word's form, without accents."""
    plain = form if form.isascii() else ACCENTS.sub("", unicodedata.normalize("NFKD", form)).translate(LATIN_LETTERS)
    return stem(plain) if plain and is_english else plain or form
