"""Articles in which people marked who said what, read from JSON Lines and checked."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims.errors import InvalidDraft
from scrapers.statements.learned.labels import labelled_lines

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """One attribution as character spans of its article's text, the ends exclusive; the claimant may be empty."""

    claimant: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article's text and the attributions marked in it."""

    text: str
    attributions: tuple[Marked, ...]


def labelled_articles(path: Path) -> list[Labelled]:
    """The articles of a JSON Lines file; InvalidDraft naming the line that is none.

    A line is {"text": …, "attributions": [{"source": [[0, 6]], "cue": [[7, 11]], "content": [[12, 40]]}]}, with
    offsets into the text. What has no cue teaches nothing here and is passed over.
    """
    return [labelled(row, where) for row, where in labelled_lines(path)]


def labelled(row: dict[str, Any], where: str) -> Labelled:
    """The article of one line."""
    if not isinstance(text := row.get("text"), str):
        raise InvalidDraft(f'{where}: "text" is not a string.')
    attributions = row.get("attributions")
    if not isinstance(attributions, list) or not all(isinstance(each, dict) for each in attributions):
        raise InvalidDraft(f'{where}: "attributions" is not a list of objects.')
    marked = [
        Marked(*(spans(each.get(name), len(text), f"{where}, {name}") for name in ("source", "cue", "content")))
        for each in attributions
    ]
    return Labelled(text, tuple(each for each in marked if each.cue))


def spans(value: object, length: int, where: str) -> Spans:
    """The pairs of offsets; InvalidDraft where they are none or leave the text."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise InvalidDraft(f"{where}: a list of [start, end] is needed.")
    for pair in value:
        if not (isinstance(pair, list) and len(pair) == 2 and all(type(each) is int for each in pair)):
            raise InvalidDraft(f"{where}: {pair!r} is no [start, end].")
        if not 0 <= pair[0] < pair[1] <= length:
            raise InvalidDraft(f"{where}: {pair} does not lie in a text of {length} characters.")
    return tuple((pair[0], pair[1]) for pair in value)
