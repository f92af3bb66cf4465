"""Who wrote an article, from the bylines and author fields that pages carry."""

import re
from collections.abc import Collection, Iterable

from scrapers.pages.markup import letters, one_line

# They are kept with every version of the article.
MAX_AUTHORS = 50
MAX_NAME_CHARS = 60
MAX_NAME_WORDS = 6
LEADING_WORDS = re.compile(
    r"^(?:(?:written|reported|posted|published|verfasst|geschrieben|escrito|scritto)\s+)?"
    r"(?:by|von|vom|par|por|door|af|av|autor(?:in|en|a)?|author|authors|text|haber|yazar)\b\s*[:|]?\s*",
    re.IGNORECASE,
)
SEPARATORS = re.compile(r"\s*(?:[;,、|•·\n]|\s(?:and|und|et|y|e|ve|og|och|en|&|with)\s)\s*", re.IGNORECASE)
NO_NAME = re.compile(
    r"https?:|www\.|@|\d|^\W*$|^(?:admin|administrator|author|editor|unknown|null|none|powered by)$", re.IGNORECASE
)
# What stands after a comma in a byline without being another name.
ROLE = re.compile(
    r"\b(?:correspondent|editor|reporter|writer|redakteur|redakteurin|journalist|staff|columnist|contributor|jr|sr|md|phd)\b",
    re.IGNORECASE,
)


def authors_of(
    *sources: Iterable[str], bylines: Iterable[str] = (), outlet_names: Iterable[str] = ()
) -> tuple[str, ...]:
    """The authors of the first source that names a person, cleaned, each once; bylines are what readers see.

    A source that names only the outlet itself gives way to a later one that names a person. Bylines come last, but
    go first where they name everybody that the other source does, and more.
    """
    outlets = {letters(name) for name in outlet_names if name}
    seen = tuple(name for name in author_names(bylines) if not is_outlet(name, outlets))
    readings = [names for source in (*sources, seen) if (names := author_names(source))]
    for names in readings:
        if not all(is_outlet(name, outlets) for name in names):
            people = {letters(name) for name in names}
            return seen if people < {letters(name) for name in seen} else names
    return readings[0] if readings else author_names(bylines)


def is_outlet(name: str, outlets: Collection[str]) -> bool:
    """Whether the name is an outlet's, or begins with it as its desks' do ("Coast News Sport")."""
    words = name.split()
    return any(letters("".join(words[:count])) in outlets for count in range(1, len(words) + 1))


def author_names(fields: Iterable[str]) -> tuple[str, ...]:
    """The first 50 names in the fields, in order, without "By", roles, addresses and repetitions."""
    found: dict[str, str] = {}
    lines = (line for field in fields for line in byline_lines(field))
    for name in (name for line in lines for name in split_names(LEADING_WORDS.sub("", line))):
        found.setdefault(letters(name), name)
        if len(found) == MAX_AUTHORS:
            break
    return tuple(found.values())


def byline_lines(field: str) -> list[str]:
    """The field's lines, where each may be a name of its own; else the field on one line ("Ana", "Ruiz")."""
    lines = [line for part in field.split("\n") if (line := one_line(part))]
    return lines if all(len(line.split()) > 1 for line in lines) else [" ".join(lines)]


def split_names(field: str) -> list[str]:
    """The field's names; a field that does not split into names whole is one name, or none."""
    parts = [LEADING_WORDS.sub("", part).strip(" .:-–—") for part in SEPARATORS.split(field)]
    return [part for i, part in enumerate(parts) if is_name(part) and not (i and ROLE.search(part))]


def is_name(text: str) -> bool:
    """Whether the text may be a person's or an organisation's name."""
    if not text or len(text) > MAX_NAME_CHARS or len(text.split()) > MAX_NAME_WORDS:
        return False
    return not NO_NAME.search(text)
