"""How well what a finder attributes agrees with what people marked, word by word."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from scrapers.statements.learned.attribution_data import Labelled

WORD = re.compile(r"\w+")
# Two spans are the same where they share half of the words that either has.
SAME = 0.5


class Attributed(Protocol):
    """Anything that has a claimant and a content as character spans of a text."""

    @property
    def claimant(self) -> Sequence[tuple[int, int]]:
        """Who is said to have stated it; empty for nobody."""

    @property
    def content(self) -> Sequence[tuple[int, int]]:
        """What was stated."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """F1 of contents found, and of contents found with the right claimant, over all articles together."""

    found: float
    related: float


def agreement(answers: Iterable[tuple[Labelled, Sequence[Attributed]]]) -> Agreement:
    """The figures for articles with what a finder attributes in them; contents are paired one to one, likest first."""
    total = found = related = 0
    for article, guesses in answers:
        starts = [match.start() for match in WORD.finditer(article.text)]
        total += len(article.attributions) + len(guesses)
        for guess, marked in pairs(starts, guesses, article.attributions):
            found += 1
            related += is_same(words_of(starts, guess.claimant), words_of(starts, marked.claimant))
    return Agreement(2 * found / max(1, total), 2 * related / max(1, total))


def pairs(
    starts: Sequence[int], guesses: Sequence[Attributed], marked: Sequence[Attributed]
) -> Iterable[tuple[Attributed, Attributed]]:
    """The guesses and marks whose contents are the same, each used once."""
    mine, theirs = ([words_of(starts, each.content) for each in some] for some in (guesses, marked))
    ranked = sorted(
        ((overlap(a, b), i, j) for i, a in enumerate(mine) for j, b in enumerate(theirs) if a & b), reverse=True
    )
    used: tuple[set[int], set[int]] = (set(), set())
    for likeness, i, j in ranked:
        if likeness >= SAME and i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            yield guesses[i], marked[j]


def is_same(some: set[int], others: set[int]) -> bool:
    """Whether two claimants are the same words, or neither is anybody."""
    return (not some and not others) or overlap(some, others) >= SAME


def overlap(some: set[int], others: set[int]) -> float:
    """The share of words that both have of those that either has."""
    return len(some & others) / len(some | others) if some | others else 0.0


def words_of(starts: Sequence[int], spans: Sequence[tuple[int, int]]) -> set[int]:
    """The numbers of the words that the spans share a character with."""
    return {i for start, end in spans for i in range(max(0, bisect_right(starts, start) - 1), bisect_left(starts, end))}
