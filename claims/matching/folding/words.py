"""A text cut into its words, numbers and dates, each with its place in the text and one form."""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import lru_cache
from typing import Final, NamedTuple

from claims.matching.folding.forms import APOSTROPHES, INVISIBLE, word_form
from claims.matching.folding.quantities import (
    DATE,
    MONTHS,
    NUMBER,
    date_form,
    is_year,
    number_form,
)
from claims.matching.folding.spelled import BEHIND_A, NUMBER_WORDS, SPELLED
from claims.matching.folding.word_lists import lines

# A word is what is left between spaces and punctuation, so that every script and its marks are words.
GAP: Final = (
    r"\s!-/:-@\[-`{-~\u00a1-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf"
    r"\u055a-\u055f\u0589\u05be\u05f3\u05f4\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965"
    r"\u2010-\u206f\u2212\u2e00-\u2e5d\u3000-\u3020\u30fb\uff00-\uff0f"
)
LETTER: Final = rf"[^{GAP}]"
LINK: Final = r"(?:https?://|www\.|pic\.twitter\.com/)\S+"
INITIALS: Final = rf"(?:[^\W\d_]\.){{2,}}(?:[^\W\d_]\b)?(?:[{APOSTROPHES}]s\b)?"
# S-400, F-35A, COVID-19, 1980s, 5g
CODE: Final = r"[^\W\d_]{1,5}[-\u2010-\u2013]?\d+[^\W_]*|\d+[^\W\d_]+"
WORD: Final = rf"{LETTER}+(?:[{APOSTROPHES}{INVISIBLE}]{LETTER}+)*"
# A word in small letters, or with a capital, that no longer form begins with is known at once; only English words and
# months are numbers and dates.
NEXT: Final = r"(?=[ ,]|\.(?:\s|\Z))"
COUNTS: Final = "|".join(SPELLED)
CAPITAL_COUNTS: Final = "|".join(word.title() for word in (*SPELLED, "half", "minus", "plus", "eksi", *MONTHS))
SIMPLE: Final = (
    rf"(?:[b-dgi-lru-z]|(?!half |minus |plus |quarter )[hmpq]|(?!(?:an?|eksi|{COUNTS})[ ,.])[aefnost])[a-z]++"
    rf"{NEXT}"
    rf"|an?(?= (?!(?i:{BEHIND_A})))"
    rf"|(?!(?:An?|{CAPITAL_COUNTS})[ ,.])[A-Z][a-z]++{NEXT}"
)
# What begins a word or a number: between them nothing else is tried.
TOKEN: Final = re.compile(
    rf"(?={LETTER}|[-$£¥\u2013\u2212])(?:(?P<simple>{SIMPLE})|(?P<link>{LINK})|(?P<date>{DATE})|(?P<number>{NUMBER})"
    rf"|(?P<code>(?<!\w)(?:{CODE})\b)|(?P<initials>{INITIALS})|(?P<word>{WORD}))"
)
PLACE_ENDINGS: Final = ("st", "nd", "rd", "th")
# What of TOKEN is a word.
WORDS: Final = frozenset(["simple", "word", "code", "initials"])
PLAIN_WORD: Final = re.compile(WORD)
# What only the whole of TOKEN reads rightly: figures, signs of money, initials, links, and letters that ignoring case
# would take for an i or an s.
FIGURE_OR_SIGN: Final = re.compile(r"[\d$€£¥₺₹%٪İıſ]")
ASCII_FIGURE_OR_SIGN: Final = re.compile("[0-9$%]")
INITIALS_OR_LINK: Final = re.compile(r"[^\W\d_]\.[^\W\d_]|www\.|pic\.")
OPENING: Final = frozenset('.!?:;"\u201c\u2018\u00ab')
# Where fewer of the words that say something begin small, capitals are a headline's.
FEWEST_SMALL: Final = 0.2
STOP_WORDS: Final = frozenset(word for line in lines("stop_words.txt") for word in line.split())
APART: Final = re.compile(f"[{APOSTROPHES}{INVISIBLE}]")


class Kind(Enum):
    """What a word is in its text."""

    COMMON = "common"
    NAME = "name"
    NUMBER = "number"
    YEAR = "year"
    DATE = "date"


class Word(NamedTuple):
    """One word of a normalised text: text[start:end], in its one form."""

    start: int
    end: int
    form: str
    kind: Kind


def words_of(text: str, language: str) -> list[Word]:
    """The words of an NFKC text from left to right; links are none.

    Most texts hold nothing but plain words, and are read in a third of the time.
    """
    if not may_hold_more_than_words(text):
        matches = list(PLAIN_WORD.finditer(text))
        if not any(is_number_word(match[0]) for match in matches):
            return plain_words_of(text, matches, [word_form(match[0], language) for match in matches])
    return mixed_words_of(text, language)


def may_hold_more_than_words(text: str) -> bool:
    """Whether a text may hold figures, initials or links; number words are not looked for."""
    figure = ASCII_FIGURE_OR_SIGN if text.isascii() else FIGURE_OR_SIGN
    if figure.search(text) or "://" in text:
        return True
    # Most texts have a stop at their end alone.
    return -1 < text.find(".") < len(text) - 1 and INITIALS_OR_LINK.search(text) is not None


def plain_words_of(text: str, matches: Sequence[re.Match[str]], forms: Sequence[str]) -> list[Word]:
    """The words of a text in which every match is a word; forms has the form of each, empty for what is none."""
    kinds = [Kind.COMMON] * len(matches)
    for place in named_places(text, matches):
        kinds[place] = Kind.NAME
    spans = [match.span() for match in matches]
    return [Word(start, end, form, kind) for (start, end), form, kind in zip(spans, forms, kinds, strict=True) if form]


def named_places(text: str, matches: Sequence[re.Match[str]]) -> list[int]:
    """Which of the matched words of a text, by their order, are written as names."""
    if not tells_names(text):
        return []
    found = []
    for place, match in enumerate(matches):
        if match[0][0].isupper():
            before = matches[place - 1].end() if place else 0
            if is_named(match, text[before : match.start()], before):
                found.append(place)
    return found


def mixed_words_of(text: str, language: str) -> list[Word]:
    """The words of any text, numbers and dates among them."""
    return [Word(match.start(), match.end(), form, kind) for match, form, kind in mixed_forms_of(text, language)]


def mixed_forms_of(text: str, language: str) -> Iterator[tuple[re.Match[str], str, Kind]]:
    """The form and the kind of each word of any text, numbers and dates among them, and where it was matched."""
    has_names = tells_names(text)
    end = 0
    for match in TOKEN.finditer(text):
        before, end, found_as = end, match.end(), match.lastgroup
        if found_as in WORDS:
            word = match[0]
            if form := word_form(word, language):
                may_be_name = has_names and (word[0].isupper() or found_as == "code")
                is_name = may_be_name and is_named(match, text[before : match.start()], before)
                yield match, form, Kind.NAME if is_name else Kind.COMMON
        elif found_as == "number":
            form = number_form(match, language)
            yield match, form, kind_of_number(form)
        elif found_as == "date":
            yield match, date_form(match), Kind.DATE


def kind_of_number(form: str) -> Kind:
    """The kind of a number by its form: "21st" is a word, as where it is written so."""
    if is_year(form):
        return Kind.YEAR
    return Kind.COMMON if form.endswith(PLACE_ENDINGS) else Kind.NUMBER


def is_number_word(word: str) -> bool:
    """Whether the word, or what stands before or behind its apostrophe, may be a number."""
    return not NUMBER_WORDS.isdisjoint(APART.split(word.lower()))


def tells_names(text: str) -> bool:
    """Whether capitals mean names here: not in a headline that capitalises every word of weight, nor in shouting."""
    if text.islower():
        return False
    weights = list(map(small_or_light, text.split()))
    return weights.count("small") >= FEWEST_SMALL * (len(weights) - weights.count("light"))


@lru_cache(maxsize=65_536)
def small_or_light(word: str) -> str:
    """Whether the word begins small, or says nothing by itself; "" for one of weight with a capital."""
    if not word[0].isalpha() or word.lower() in STOP_WORDS:
        return "light"
    return "small" if word[0].islower() else ""


def is_named(match: re.Match[str], gap: str, before: int) -> bool:
    """Whether a matched word is written as a name; gap is what stands between it and the word that ends at before.

    The first word of a sentence has its capital anyway.
    """
    word = match[0]
    if match.lastgroup == "code":
        return word[0].isalpha()
    if not word[0].isupper() or len(word) < 2:
        return False
    opens = (not before or not OPENING.isdisjoint(gap)) and "[" not in gap
    return not opens or word.isupper()


def plain_words(phrase: str) -> list[str]:
    """The forms of an English phrase's words."""
    return [part for word in words_of(phrase, "en") for part in word.form.split()]
