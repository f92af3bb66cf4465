"""Wordings that people labelled, as a file holds them, and the pairs that their groups tell apart besides."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from claims.errors import InvalidDraft
from claims.matching.finding import Index

# Of texts in groups, each is compared with so many others like it; they outnumber what people labelled.
NEIGHBOURS: Final = 12


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two wordings and whether they say the same; mined ones are known to differ only by their groups."""

    left: str
    right: str
    same: bool
    is_mined: bool = False


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a file of labelled wordings holds: pairs, texts by group, and texts that only show how rare words are."""

    pairs: tuple[LabelledPair, ...]
    groups: tuple[tuple[str, str], ...]
    others: tuple[str, ...]

    def texts(self) -> Iterator[str]:
        """Every text, as often as it stands there."""
        for pair in self.pairs:
            yield from (pair.left, pair.right)
        yield from (text for text, _ in self.groups)
        yield from self.others


def labelled_wordings(lines: Iterable[tuple[int, Mapping[str, object]]]) -> Labelled:
    """The numbered JSON objects of a file; InvalidDraft with the line's number where one is something else."""
    pairs, groups, others = [], [], []
    for number, line in lines:
        match line:
            case {"left": str(left), "right": str(right), "same": bool(same)}:
                pairs.append(LabelledPair(left, right, same))
            case {"text": str(text), "group": str(group)}:
                groups.append((text, group))
            case {"text": str(text)}:
                others.append(text)
            case _:
                raise InvalidDraft(
                    f'Line {number}: write {{"left", "right", "same"}}, {{"text", "group"}} or {{"text"}}.'
                )
    return Labelled(tuple(pairs), tuple(groups), tuple(others))


def numbered_lines(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    """The JSON objects of a file with their lines' numbers; InvalidDraft where a line is none."""
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InvalidDraft(f"{path}, line {number}: this is no JSON.") from error
        if not isinstance(found, dict):
            raise InvalidDraft(f"{path}, line {number}: a line is one JSON object.")
        yield number, found


def mined(data: Labelled) -> list[LabelledPair]:
    """Texts of different groups that are like each other, and texts of one group that are, as pairs."""
    known = {frozenset((pair.left, pair.right)) for pair in data.pairs}
    index = Index()
    found = []
    for number, (text, group) in enumerate(data.groups):
        for other, _ in index.closest(text, NEIGHBOURS):
            other_text, other_group = data.groups[other]
            if other_text != text and frozenset((text, other_text)) not in known:
                found.append(LabelledPair(other_text, text, group == other_group, is_mined=group != other_group))
        index.add(number, text)
    return found
