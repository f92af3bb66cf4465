"""Times of day in one form: 7 p.m., 7pm, 19:00, seven o'clock."""

import re
from typing import Final

from claims.matching.folding.spelled import SPELLED, small

HALF_A_DAY: Final = 12
# Behind an hour's digits: its minutes, but of no "2:05:13".
MINUTES: Final = r"(?::[0-5]\d(?![:\d])(?<!:\d:\d\d)(?<!:\d\d:\d\d))"
# What makes a time of the number before it.
CLOCK: Final = r"(?=[apou])(?:[ap]\.\s?m\b\.?|[ap]m\b|o['\u2019]clock\b|uhr\b)"
# Languages in which "7:00" may be in either half of the day.
HALVING: Final = frozenset({"en", "un"})
LATEST_OPEN: Final = 9
# Behind this word at the end of what stands before it, "19.00" is a Turkish time of day.
HOUR_WORD: Final = re.compile(r"\bsaat\s\Z")
HOUR: Final = re.compile(r"[012]?\d(?:[.:][0-5]\d)?")
TIME: Final = re.compile(r"[012]?\d\.[0-5]\d")
WORD_OR_DIGITS: Final = re.compile(r"[a-z]+|\d+")


def is_clock(match: re.Match[str], language: str) -> bool:
    """Whether a matched NUMBER is a time of day: by its colon, what stands behind it, or the word before it."""
    digits = match["digits"]
    if match["clock"] or (digits and ":" in digits):
        return digits is None or HOUR.fullmatch(digits) is not None
    if language[:2] != "tr" or not digits or not TIME.fullmatch(digits):
        return False
    return HOUR_WORD.search(match.string[max(match.start() - 6, 0) : match.start()]) is not None


def clock_form(time: str, language: str) -> str:
    """A time of day as "19:00"; as "7:00" where it is not said in which half of the day that is."""
    first, *rest = WORD_OR_DIGITS.findall(small(time))
    hour = int(first) if first.isdigit() else SPELLED.get(first, 0)
    minute = rest[0] if rest and rest[0].isdigit() else "00"
    half = next((word[0] for word in rest if word[0] in "ap"), "")
    if half:
        return f"{in_half(hour, is_late=half == 'p'):02}:{minute}"
    is_open = language[:2] in HALVING and 0 < hour <= LATEST_OPEN and not first.startswith("0")
    return f"{hour}:{minute}" if is_open else f"{hour:02}:{minute}"


def in_half(hour: int, *, is_late: bool) -> int:
    """The hour of the day; 12 begins each half, and beyond it the half says nothing."""
    return hour % HALF_A_DAY + HALF_A_DAY * is_late if hour <= HALF_A_DAY else hour
