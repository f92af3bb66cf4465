"""Numbers written in English words: one hundred and twenty, half a million, nineteen sixty-eight, twenty-first."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

ONES: Final = dict(
    zip(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], range(1, 10), strict=True)
)
TENS: Final = dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)
)
TEENS: Final = dict(
    zip(
        ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"],
        range(10, 20),
        strict=True,
    )
)
SPELLED: Final = ONES | TEENS | TENS
HUNDRED: Final = 100
GREAT: Final = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
# What "a" and "one" count.
ONE_OF_MANY: Final = "dozen|hundred|thousand|million|billion|trillion"
# A text without any of these and without digits has no number.
NUMBER_WORDS: Final = frozenset((*SPELLED, *ONE_OF_MANY.split("|"), "couple"))
# What begins a number besides those: "half a million", "a couple of".
SHARES: Final = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}
BEHIND_A: Final = rf"(?:{ONE_OF_MANY})\b|couple of\b|quarter of an?\b"
PLACES: Final = dict(
    zip(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
         "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
         "twentieth"],
        range(1, 21),
        strict=True,
    )
)  # fmt: skip
FIRST_TO_NINTH: Final = {word: place for word, place in PLACES.items() if place <= len(ONES)}
ENDINGS: Final = {1: "st", 2: "nd", 3: "rd"}


def any_of(words: dict[str, int]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


MANY: Final = rf"[\s-](?:{ONE_OF_MANY})\b"
UP_TO_99: Final = rf"(?:(?:{any_of(TENS)})(?:[\s-](?:{any_of(ONES)})\b)?|{any_of(TEENS | ONES)})\b"
# "A hundred two-year-olds" are no 102.
REST: Final = rf"(?:\sand\s{UP_TO_99}(?![\s-]hundred)|[\s-]{UP_TO_99}(?!-\w|\shundred))"
UP_TO_999: Final = rf"{UP_TO_99}(?:[\s-]hundred\b{REST}?)?"
# "One" is a number before a greater one; elsewhere it is a pronoun.
BEGINNING: Final = rf"(?:an?|one)(?={MANY}|\sand\sa\shalf\b)|(?!one\b){UP_TO_99}"
# The century as in "nineteen sixty-eight"; "twenty ten-year-olds" are no year.
YEAR: Final = (
    r"(?:sixteen|seventeen|eighteen|nineteen|twenty)[\s-]"
    rf"(?:(?:{any_of(TENS)})(?:[\s-](?:{any_of(ONES)})\b)?|{any_of(TEENS)}|oh[\s-](?:{any_of(ONES)}))\b(?!-)"
)
THOUSANDS: Final = rf"[\s-]thousand\b(?:,?[\s-]{UP_TO_99}[\s-]hundred\b{REST}?|{REST})?"
MILLIONS: Final = rf"[\s-](?:million|billion|trillion)\b(?:,?\s(?:and\s)?{UP_TO_999}{THOUSANDS})?"
# "Between one hundred and two hundred" are two numbers.
COUNT: Final = (
    rf"(?<!between\s)(?:{BEGINNING})(?:[\s-]hundred\b{REST}?)?(?:{THOUSANDS}|{MILLIONS})?"
    rf"|(?:{BEGINNING})(?:[\s-]hundred\b)?(?:[\s-](?:{any_of(GREAT)})\b)?"
)
SHARE: Final = rf"(?:half|(?:a\s)?quarter\sof)[\s-]an?(?={MANY})"
COUPLE: Final = r"a\scouple\sof"
# "A twenty-second film" takes seconds.
PLACE: Final = rf"(?<!\ba\s)(?:{any_of(TENS)})[\s-](?:{any_of(FIRST_TO_NINTH)})\b"
# Nothing else begins with these letters.
NUMBER_IN_WORDS: Final = rf"(?=[aefhnoqst])(?:{PLACE}|{YEAR}|{SHARE}|{COUPLE}|{COUNT})"
WORD: Final = re.compile("[a-z]+")
# Ignoring case takes these for an i and an s.
TURKISH_OR_LONG: Final = str.maketrans("İıſ", "iis")
AS_YEAR: Final = re.compile(f"(?i:{YEAR})")


def small(matched: str) -> str:
    """What a pattern that ignores case matched, in the small letters that stand in the pattern."""
    return matched.translate(TURKISH_OR_LONG).lower()


def spelled_value(number: str) -> Decimal:
    """The value of what NUMBER_IN_WORDS matches; "a" and "one" before a greater number count once."""
    words = WORD.findall(small(number))
    if "couple" in words:
        return Decimal(2)
    share = next((SHARES[word] for word in words if word in SHARES), None)
    if share is not None:
        return share
    return Decimal(year_of(words) if AS_YEAR.fullmatch(number) else count_of(words))


def year_of(words: Sequence[str]) -> int:
    """The year that its century, and where in it, name."""
    century, *rest = words
    return SPELLED[century] * HUNDRED + sum(SPELLED.get(word, 0) for word in rest)


def count_of(words: Sequence[str]) -> int:
    """The sum of number words in their order, each multiplied by the greater ones behind it."""
    total, current = 0, 0
    for word in words:
        if word in GREAT:
            total, current = total + max(current, 1) * GREAT[word], 0
        elif word == "hundred":
            current = max(current, 1) * HUNDRED
        else:
            current += SPELLED.get(word, 0)
    return total + current or 1


def place_form(number: str) -> str:
    """The place in line that NUMBER_IN_WORDS matches as "21st"; "" where it is none."""
    *_, decade, place = ["", "", *WORD.findall(small(number))]
    if place not in FIRST_TO_NINTH:
        return ""
    return f"{TENS[decade] + PLACES[place]}{ENDINGS.get(PLACES[place], 'th')}"
