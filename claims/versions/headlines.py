"""Whether two versions are headed alike, whatever their typography; pure."""

import re
import unicodedata
from collections.abc import Collection, Iterable

# Which of them an outlet's system prints, and whether spaces stand around it, is no word of anybody's.
QUOTES = re.compile(r"[\"'`\u00b4\u2018-\u201f\u2039\u203a\u00ab\u00bb\u2032\u2033\u300c-\u300f]+")
DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212]+\s*")
# Invisible: marks of direction, joiners, soft hyphens.
FORMATTING = "Cf"


def is_new_headline(old: str | None, new: str | None, outlets: Collection[str] = ()) -> bool:
    """Whether the headline says something else now; what was never read is not known to have changed.

    outlets are the names of the outlet, which after a separator at the end are no part of its headline.
    """
    return old is not None and new is not None and headed(old, outlets) != headed(new, outlets)


def is_new_byline(old: Iterable[str] | None, new: Iterable[str] | None) -> bool:
    """Whether others are named as authors now, in whatever order and case.

    A page that names nobody, then or now, may only be one whose byline could not be read.
    """
    before, after = named(old), named(new)
    return bool(before and after) and before != after


def named(names: Iterable[str] | None) -> frozenset[str]:
    """The names as they are compared; none where none were read or kept."""
    return frozenset(folded(name).casefold() for name in names or ())


def headed(line: str, outlets: Iterable[str]) -> str:
    """The headline as it is compared: without the outlet's name after it, unless it says nothing else."""
    said = folded(line)
    for name in filter(None, map(folded, outlets)):
        said = re.sub(rf"\s?[|\u00b7-]\s?{re.escape(name)}$", "", said, flags=re.IGNORECASE) or said
    return said


def folded(line: str) -> str:
    """The line as it is compared: with one kind of quotes, dashes and spaces, and without what nobody sees."""
    visible = "".join(char for char in line if unicodedata.category(char) != FORMATTING)
    seen = unicodedata.normalize("NFKC", visible)
    return " ".join(DASHES.sub("-", QUOTES.sub("'", seen)).split())
