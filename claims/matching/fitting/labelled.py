"""Wordings that people labelled, as a file holds them, and the pairs that their groups tell apart besides."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from math import ceil
from pathlib import Path
from typing import Final

from claims.errors import InvalidDraft
from claims.matching.finding import Index, near_pairs
from claims.matching.folding import gist
from claims.matching.proposals import FEWEST_WORDS
from claims.matching.scoring.vocabulary import Vocabulary

# Of texts in groups, each is compared with so many others like it; they outnumber what people labelled.
NEIGHBOURS: Final = 12
# Guesses are many and some of them wrong, so that they count little: they keep a model from what looks alike by chance.
GUESSES_TO_A_PAIR: Final = 2


class Origin(Enum):
    """How it is known whether two wordings say the same, counting how much in learning.

    People said so; the groups of texts tell them apart; or it is a guess, that two texts without a group differ.
    """

    LABELLED = 1.0
    MINED = 0.5
    GUESSED = 0.04


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two wordings and whether they say the same; a file says of its lines how much they count besides."""

    left: str
    right: str
    same: bool
    origin: Origin = Origin.LABELLED
    counts: float = 1.0

    @property
    def weight(self) -> float:
        """How much the pair counts in learning."""
        return self.origin.value * self.counts


@dataclass(frozen=True, slots=True)
class GroupedText:
    """A wording, and its group: those of one group say the same."""

    text: str
    group: str
    counts: float = 1.0


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a file of labelled wordings holds: pairs, texts by group, and texts of which nothing else is known."""

    pairs: tuple[LabelledPair, ...]
    groups: tuple[GroupedText, ...]
    others: tuple[str, ...]

    def texts(self) -> Iterator[str]:
        """Every text, as often as it stands there."""
        for pair in self.pairs:
            yield from (pair.left, pair.right)
        yield from (grouped.text for grouped in self.groups)
        yield from self.others


def labelled_wordings(lines: Iterable[tuple[int, Mapping[str, object]]]) -> Labelled:
    """The numbered JSON objects of a file; InvalidDraft with the line's number where one is something else."""
    pairs, groups, others = [], [], []
    for number, line in lines:
        counts = counts_of(number, line)
        match line:
            case {"left": str(left), "right": str(right), "same": bool(same)}:
                pairs.append(LabelledPair(left, right, same, counts=counts))
            case {"text": str(text), "group": str(group)}:
                groups.append(GroupedText(text, group, counts))
            case {"text": str(text)}:
                others.append(text)
            case _:
                raise InvalidDraft(
                    f'Line {number}: write {{"left", "right", "same"}}, {{"text", "group"}} or {{"text"}}.'
                )
    return Labelled(tuple(pairs), tuple(groups), tuple(others))


def counts_of(number: int, line: Mapping[str, object]) -> float:
    """How much a line counts: 1 where it does not say; InvalidDraft where it says what is no share."""
    counts = line.get("counts", 1)
    if isinstance(counts, bool) or not isinstance(counts, int | float) or not 0 < counts <= 1:
        raise InvalidDraft(f'Line {number}: write "counts" as a number above 0 and up to 1.')
    return float(counts)


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
    known = known_pairs(data)
    index = Index()
    found = []
    for number, here in enumerate(data.groups):
        for place, _ in index.closest(here.text, NEIGHBOURS):
            there = data.groups[place]
            if there.text != here.text and frozenset((here.text, there.text)) not in known:
                is_same = here.group == there.group
                origin = Origin.LABELLED if is_same else Origin.MINED
                counts = min(here.counts, there.counts)
                found.append(LabelledPair(there.text, here.text, is_same, origin, counts))
        index.add(number, here.text)
    return found


def guessed(data: Labelled, vocabulary: Vocabulary) -> list[LabelledPair]:
    """Texts without a group that are like each other, as pairs that differ: of a large collection, most such do.

    From all over the collection, and no more than so many to each pair that people labelled.
    """
    known = known_pairs(data)
    texts = list({gist(text).text: text for text in data.others}.values())
    found = [
        LabelledPair(texts[earlier], texts[later], same=False, origin=Origin.GUESSED)
        for laters, earliers in near_pairs(list(map(gist, texts)), vocabulary, FEWEST_WORDS, lambda at, of: None)
        for later, earlier in zip(laters.tolist(), earliers.tolist(), strict=True)
        if frozenset((texts[earlier], texts[later])) not in known
    ]
    return found[:: max(1, ceil(len(found) / max(1, GUESSES_TO_A_PAIR * len(data.pairs))))]


def known_pairs(data: Labelled) -> set[frozenset[str]]:
    """The pairs that people labelled, in no direction."""
    return {frozenset((pair.left, pair.right)) for pair in data.pairs}
