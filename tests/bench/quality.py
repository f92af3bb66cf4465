"""How well matching groups labelled sentences and finds checked claims, beside its rivals, on the same texts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz, process, utils

from claims.matching import group
from tests.bench import rivals
from tests.bench.costs import index_of, spent_by
from tests.bench.labelled import PARAPHRASES, TRAPS, LabelledSet, Retrieval, labelled_set, retrieval
from tests.bench.measures import b_cubed, largest, pairwise, share_merged

FIRST_FEW: Final = 5


class Grouper(StrEnum):
    """What groups the sentences; the value is what it is called in print."""

    OURS = "Claimline"
    TOKEN_SET = "token_set_ratio, components"
    MINHASH_CHARACTERS = "MinHash of 5 characters"
    MINHASH_WORDS = "MinHash of 3 words"

    @property
    def needs_datasketch(self) -> bool:
        """Whether it cannot be measured without datasketch."""
        return self in {Grouper.MINHASH_CHARACTERS, Grouper.MINHASH_WORDS}


class Finder(StrEnum):
    """What finds the checked claims that a tweet repeats."""

    OURS = "Claimline"
    TOKEN_SET = "token_set_ratio"


@dataclass(frozen=True, slots=True)
class Quality:
    """How one grouper did; shares from 0 to 1. threshold is the one found best, None where nothing was swept."""

    grouper: Grouper
    threshold: float | None
    pair_p: float
    pair_r: float
    pair_f1: float
    b3_multi: float
    trap_merged: float
    mrpc_recall: float
    largest: int
    cpu_s: float


@dataclass(frozen=True, slots=True)
class Hits:
    """The share of tweets with a right claim first, and among the first five."""

    finder: Finder
    hit_1: float
    hit_5: float


def quality(grouper: Grouper, folder: Path) -> Quality:
    """Group all sentences of the folder at once and measure the labels; a rival's CPU time includes its sweep."""
    labelled = labelled_set(folder)
    swept, spent = spent_by(lambda: grouped(grouper, labelled))
    return measured(grouper, labelled, swept, spent.cpu_s)


def grouped(grouper: Grouper, labelled: LabelledSet) -> rivals.Swept:
    """The grouper's labels of all sentences."""
    texts = labelled.texts
    match grouper:
        case Grouper.OURS:
            return rivals.Swept(None, group(texts))
        case Grouper.TOKEN_SET:
            links, thresholds = rivals.token_set_links(texts), rivals.SCORES
        case Grouper.MINHASH_CHARACTERS:
            links, thresholds = rivals.minhash_links(texts, rivals.character_shingles), rivals.JACCARDS
        case Grouper.MINHASH_WORDS:
            links, thresholds = rivals.minhash_links(texts, rivals.word_shingles), rivals.JACCARDS
    news = labelled.news
    return rivals.best_components(
        len(texts), links, thresholds, news, [labelled.sentences[place].gold for place in news]
    )


def measured(grouper: Grouper, labelled: LabelledSet, swept: rivals.Swept, cpu_s: float) -> Quality:
    """The measures of the labels."""
    gold = [labelled.sentences[place].gold for place in labelled.news]
    given = [swept.labels[place] for place in labelled.news]
    pairs = pairwise(gold, given)
    return Quality(
        grouper,
        swept.threshold,
        pair_p=pairs.precision,
        pair_r=pairs.recall,
        pair_f1=pairs.f1,
        b3_multi=b_cubed(gold, given).f1,
        trap_merged=merged(labelled, swept.labels, TRAPS, is_same=False),
        mrpc_recall=merged(labelled, swept.labels, {PARAPHRASES}, is_same=True),
        largest=largest(swept.labels),
        cpu_s=cpu_s,
    )


def merged(labelled: LabelledSet, labels: list[int], sources: set[str] | frozenset[str], *, is_same: bool) -> float:
    """The share of the sources' pairs, of those that say the same or of the others, that were put together."""
    chosen = (pair for pair in labelled.pairs if pair.source in sources and pair.is_same == is_same)
    return share_merged(((pair.left, pair.right) for pair in chosen), labels)


def hits(finder: Finder, folder: Path) -> Hits:
    """Look up each tweet among the checked claims, and see whether what it repeats comes first."""
    task = retrieval(labelled_set(folder))
    closest = {Finder.OURS: closest_by_index, Finder.TOKEN_SET: closest_by_token_set}[finder](task.claims)
    ranked = [closest(tweet) for tweet in task.tweets]
    return Hits(finder, hit_share(task, ranked, 1), hit_share(task, ranked, FIRST_FEW))


def closest_by_index(texts: Sequence[str]) -> Callable[[str], list[int]]:
    """What gives the positions of the five texts closest to another, by matching's index."""
    index = index_of(list(texts))
    return lambda query: [place for place, _ in index.closest(query, FIRST_FEW)]


def closest_by_token_set(texts: Sequence[str]) -> Callable[[str], list[int]]:
    """The same by token_set_ratio with all of them; of equally close ones the first come first."""
    folded = [utils.default_process(text) for text in texts]

    def closest(query: str) -> list[int]:
        """The best five."""
        asked = utils.default_process(query)
        return [place for _, _, place in process.extract(asked, folded, scorer=fuzz.token_set_ratio, limit=FIRST_FEW)]

    return closest


def hit_share(task: Retrieval, ranked: Sequence[Sequence[int]], first: int) -> float:
    """The share of tweets that have a right claim among so many first ones."""
    found = [bool(right & set(places[:first])) for right, places in zip(task.right, ranked, strict=True)]
    return sum(found) / max(1, len(found))
