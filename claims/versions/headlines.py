"""Whether two versions are headed alike, whatever their typography; pure."""

import re
import unicodedata
from collections.abc import Iterable

# Which of them an outlet's system prints is no word of anybody's.
QUOTES = re.compile(r"[\"'`\u00b4\u2018-\u201f\u2039\u203a\u00ab\u00bb\u2032\u2033]+")
DASHES = re.compile(r"[\u2010-\u2015\u2212]+|--+")
INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")


def is_new_headline(old: str | None, new: str | None) -> bool:
    """Whether the headline says something else now; what was never read is not known to have changed."""
    return old is not None and new is not None and folded(old) != folded(new)


def is_new_byline(old: Iterable[str] | None, new: Iterable[str] | None) -> bool:
    """Whether others are named as authors now, in whatever order and case.

    A page that names nobody, then or now, may only be one whose byline could not be read.
    """
    before, after = named(old), named(new)
    return bool(before and after) and before != after


def named(names: Iterable[str] | None) -> frozenset[str]:
    """The names as they are compared; none where none were read or kept."""
    return frozenset(folded(name).casefold() for name in names or ())


def folded(line: str) -> str:
    """The line as it is compared: with one kind of quotes, dashes and spaces, and without what nobody sees."""
    seen = INVISIBLE.sub("", unicodedata.normalize("NFKC", line))
    return " ".join(DASHES.sub("-", QUOTES.sub("'", seen)).split())
