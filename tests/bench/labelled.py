"""Labelled sentences and pairs in a folder of sentences.jsonl, pairs.jsonl and background.txt.gz; none are kept here.

A sentence is {"id", "text", "source", "gold"}, gold naming its cluster; a pair is {"a", "b", "same", "source"}, a and b
naming sentences. The background is one text to a line, gzipped, for scale.
"""

import gzip
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from scrapers.statements.learned.labels import labelled_lines

# What a source is for: clusters of news, pairs that only look alike, or tweets that repeat checked claims.
NEWS: Final = frozenset({"mrpc", "stsnews", "emergent", "politifact"})
TRAPS: Final = frozenset({"paws", "sick", "feversym"})
PARAPHRASES: Final = "mrpc"
TWEETS: Final = "clef20"
LEFT_OUT: Final = frozenset({"uci"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """One text with the name of the cluster that people put it in."""

    id: str
    text: str
    source: str
    gold: str


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two sentences, by their positions, and whether people found that they say the same."""

    left: int
    right: int
    is_same: bool
    source: str


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """All sentences in the file's order, and the pairs among them."""

    sentences: tuple[Sentence, ...]
    pairs: tuple[LabelledPair, ...]

    @property
    def texts(self) -> list[str]:
        """The sentences' texts."""
        return [sentence.text for sentence in self.sentences]

    @property
    def news(self) -> list[int]:
        """The positions of the sentences whose clusters are known."""
        return [place for place, sentence in enumerate(self.sentences) if sentence.source in NEWS]


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Tweets, the checked claims, and for each tweet the positions of the claims that it repeats."""

    tweets: tuple[str, ...]
    claims: tuple[str, ...]
    right: tuple[frozenset[int], ...]


def labelled_set(folder: Path) -> LabelledSet:
    """The sentences and pairs in the folder; pairs of sentences that are not there are passed over."""
    rows = (row for row, _ in labelled_lines(folder / "sentences.jsonl"))
    sentences = tuple(
        Sentence(row["id"], row["text"], row["source"], row["gold"]) for row in rows if row["source"] not in LEFT_OUT
    )
    place = {sentence.id: number for number, sentence in enumerate(sentences)}
    pairs = tuple(
        LabelledPair(place[row["a"]], place[row["b"]], row["same"], row["source"])
        for row, _ in labelled_lines(folder / "pairs.jsonl")
        if row["a"] in place and row["b"] in place
    )
    return LabelledSet(sentences, pairs)


def retrieval(labelled: LabelledSet) -> Retrieval:
    """The tweets of a labelled set, in the pairs' order, and all claims that they may repeat."""
    repeated: defaultdict[int, set[int]] = defaultdict(set)
    for pair in labelled.pairs:
        if pair.source == TWEETS and pair.is_same:
            repeated[pair.left].add(pair.right)
    claims = [
        place
        for place, sentence in enumerate(labelled.sentences)
        if sentence.source == TWEETS and place not in repeated
    ]
    number = {place: at for at, place in enumerate(claims)}
    return Retrieval(
        tweets=tuple(labelled.sentences[place].text for place in repeated),
        claims=tuple(labelled.sentences[place].text for place in claims),
        right=tuple(frozenset(number[place] for place in places if place in number) for places in repeated.values()),
    )


def real_texts(folder: Path, count: int, seed: int = 0) -> list[str]:
    """So many of the folder's texts, shuffled; past their number, halves of two joined with one word from elsewhere."""
    dice = Random(seed)
    texts = [str(row["text"]) for row, _ in labelled_lines(folder / "sentences.jsonl")]
    texts += gzip.decompress((folder / "background.txt.gz").read_bytes()).decode().split("\n")
    dice.shuffle(texts)
    words = [split for text in texts if (split := text.split())]
    recombined = endless_recombinations(words, dice)
    return texts[:count] + [next(recombined) for _ in range(count - len(texts))]


def endless_recombinations(words: list[list[str]], dice: Random) -> Iterator[str]:
    """Texts that begin as one and end as another, with one word exchanged for a third one's."""
    while True:
        start, end, third = (dice.choice(words) for _ in range(3))
        mixed = start[: max(2, len(start) // 2)] + end[len(end) // 2 :]
        mixed[dice.randrange(len(mixed))] = dice.choice(third)
        yield " ".join(mixed)
