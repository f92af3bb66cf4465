"""What matching is measured against: plain scores and MinHash, each joined by connected components at its best.

"Best" is the threshold with the highest pair F1 on the labelled news themselves, so a rival has the advantage of having
seen the answers. datasketch is no dependency of the project: where it is not installed, MinHash is not measured.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any, Final

import numpy as np
from rapidfuzz import fuzz, process, utils

from tests.bench.measures import pairwise

ROWS_AT_ONCE: Final = 256
LOWEST_SCORE: Final = 80
SCORES: Final[tuple[float, ...]] = tuple(range(LOWEST_SCORE, 99))
PERMUTATIONS: Final = 128
# MinHash LSH is built for the lowest of these, and each pair that it proposes is kept by its estimated Jaccard.
JACCARDS: Final[tuple[float, ...]] = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8, 0.9)
CHARACTERS: Final = 5
WORDS: Final = 3

Link = tuple[float, int, int]
Shingles = Callable[[str], set[str]]


@dataclass(frozen=True, slots=True)
class Swept:
    """Labels, and the threshold that gave the best of all; None where nothing was swept."""

    threshold: float | None
    labels: list[int]


def token_set_links(texts: Sequence[str]) -> Iterator[Link]:
    """Each pair whose token_set_ratio is 80 or more, as (score, left, right)."""
    folded = [utils.default_process(text) for text in texts]
    for start in range(0, len(folded), ROWS_AT_ONCE):
        rows = folded[start : start + ROWS_AT_ONCE]
        scores = process.cdist(
            rows, folded[start:], scorer=fuzz.token_set_ratio, dtype=np.uint8, score_cutoff=LOWEST_SCORE, workers=2
        )
        for row, column in zip(*np.nonzero(scores), strict=True):
            if row < column:
                yield float(scores[row, column]), start + int(row), start + int(column)


def datasketch_is_installed() -> bool:
    """Whether MinHash can be measured."""
    return find_spec("datasketch") is not None


def minhash_links(texts: Sequence[str], shingles: Shingles) -> Iterator[Link]:
    """Each pair that datasketch's MinHash LSH proposes, as (estimated Jaccard, left, right)."""
    datasketch = import_module("datasketch")
    signatures = [minhash(datasketch, shingles(text)) for text in texts]
    lsh = datasketch.MinHashLSH(threshold=min(JACCARDS), num_perm=PERMUTATIONS)
    for place, signature in enumerate(signatures):
        for other in lsh.query(signature):
            yield signature.jaccard(signatures[other]), other, place
        lsh.insert(place, signature)


def minhash(datasketch: ModuleType, shingles: Iterable[str]) -> Any:
    """datasketch's signature of a set of shingles."""
    signature = datasketch.MinHash(num_perm=PERMUTATIONS)
    signature.update_batch([shingle.encode() for shingle in sorted(shingles)])
    return signature


def word_shingles(text: str) -> set[str]:
    """Every three words in a row; a shorter text is one shingle."""
    words = utils.default_process(text).split()
    return {" ".join(words[at : at + WORDS]) for at in range(max(1, len(words) - WORDS + 1))}


def character_shingles(text: str) -> set[str]:
    """Every five characters in a row; a shorter text is one shingle."""
    folded = utils.default_process(text)
    return {folded[at : at + CHARACTERS] for at in range(max(1, len(folded) - CHARACTERS + 1))}


def best_components(
    count: int, links: Iterable[Link], thresholds: Iterable[float], news: Sequence[int], gold: Sequence[str]
) -> Swept:
    """The connected components of all links from a threshold up, at the threshold with the best pair F1 over the news.

    Thresholds are tried downwards; of equally good ones the highest is kept. news holds the positions whose gold
    labels, in the same order, are known.
    """
    waiting = sorted(links)
    home = list(range(count))
    best_f1, best = -1.0, Swept(None, home)
    for threshold in sorted(thresholds, reverse=True):
        while waiting and waiting[-1][0] >= threshold:
            _, left, right = waiting.pop()
            home[root(home, right)] = root(home, left)
        labels = [root(home, place) for place in range(count)]
        f1 = pairwise(gold, [labels[place] for place in news]).f1
        if f1 > best_f1:
            best_f1, best = f1, Swept(threshold, labels)
    return best


def root(home: list[int], place: int) -> int:
    """Where the place's component is anchored; shortens the way there."""
    while home[place] != place:
        home[place] = home[home[place]]
        place = home[place]
    return place
