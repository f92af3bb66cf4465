"""Articles in which people marked who said what, as sequences of features and labels to learn from."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from scrapers.statements.grammar import Grammar
from scrapers.statements.learned.attribution import BEGIN, CLAIMANT, CONTENT, CUE, INSIDE, MAX_CUE_TOKENS, OUTSIDE
from scrapers.statements.learned.attribution_data import Labelled, Marked, Spans
from scrapers.statements.learned.cue_features import cue_features
from scrapers.statements.learned.opened import Opened, Reading, opened
from scrapers.statements.learned.span_features import span_features
from scrapers.statements.learned.training import Sequences
from scrapers.statements.learned.views import CueAt
from scrapers.statements.pack import LanguagePack
from scrapers.statements.sentences import sentences


@dataclass(frozen=True, slots=True)
class MarkedTokens:
    """One attribution: its cue and the positions of claimant and content in the cue's sentence."""

    cue: range
    claimant: frozenset[int]
    content: frozenset[int]


@dataclass(frozen=True, slots=True)
class Example:
    """One article's opened sentences, and for each the attributions whose cues stand in it."""

    sentences: tuple[Opened, ...]
    marked: tuple[tuple[MarkedTokens, ...], ...]


def example(article: Labelled, pack: LanguagePack) -> Example:
    """The article's sentences opened, with what is marked in them by tokens."""
    found = [sentence for sentence in sentences(article.text, pack.language) if sentence.tokens]
    starts = [sentence.span.start for sentence in found]
    marked: dict[int, list[Marked]] = {}
    for each in article.attributions:
        marked.setdefault(bisect_right(starts, each.cue[0][0]) - 1, []).append(each)
    unfolded = tuple(opened(article.text, each, list(pack.attributions(each.tokens))) for each in found)
    return Example(
        unfolded,
        tuple(
            tuple(tokens for each in marked.get(i, ()) if (tokens := by_tokens(sentence, each)) is not None)
            for i, sentence in enumerate(unfolded)
        ),
    )


def by_tokens(sentence: Opened, marked: Marked) -> MarkedTokens | None:
    """The marked characters as tokens of the sentence; None where its cue has none in it."""
    cue = positions(sentence, marked.cue)
    if not cue:
        return None
    whole = range(cue[0], min(cue[-1] + 1, cue[0] + MAX_CUE_TOKENS))
    apart = frozenset(whole)
    return MarkedTokens(
        whole,
        frozenset(positions(sentence, marked.claimant)) - apart,
        frozenset(positions(sentence, marked.content)) - apart,
    )


def positions(sentence: Opened, spans: Spans) -> list[int]:
    """The tokens that share a character with one of the spans."""
    return [
        i
        for i, token in enumerate(sentence.tokens)
        if any(token.start < end and token.end > start for start, end in spans)
    ]


def cue_sequences(examples: Iterable[Example], grammar: Grammar) -> Sequences:
    """Each sentence's features and labels for the cue tagger."""
    for each in examples:
        if not each.sentences:
            continue
        reading = Reading(each.sentences, grammar)
        features = np.split(cue_features(reading), reading.ends[:-1], axis=1)
        for sentence, marked, buckets in zip(each.sentences, each.marked, features, strict=True):
            labels = [OUTSIDE] * len(sentence.tokens)
            for one in marked:
                if all(labels[i] == OUTSIDE for i in one.cue):
                    for i in one.cue:
                        labels[i] = BEGIN if i == one.cue.start else INSIDE
            yield buckets, labels


def span_sequences(examples: Iterable[Example], grammar: Grammar) -> Sequences:
    """For each cue that attributes something in its sentence, the features and labels for the span tagger."""
    for each in examples:
        marked = [(i, one) for i, all_marked in enumerate(each.marked) for one in all_marked]
        if not marked:
            continue
        reading = Reading(each.sentences, grammar)
        cues = [cue_at(reading, i, one.cue) for i, one in marked]
        features, lengths = span_features(reading, cues, cues)
        for (i, one), buckets in zip(marked, np.split(features, np.cumsum(lengths)[:-1], axis=1), strict=True):
            if one.content:
                yield buckets, [label(at, one) for at in range(len(each.sentences[i].tokens))]


def cue_at(reading: Reading, sentence: int, cue: range) -> CueAt:
    """The cue of a sentence as a range of the text's tokens."""
    start = int(reading.starts[sentence])
    return CueAt(sentence, range(start + cue.start, start + cue.stop))


def label(position: int, marked: MarkedTokens) -> str:
    """What the token is to the cue."""
    if position in marked.cue:
        return CUE
    if position in marked.claimant:
        return CLAIMANT
    return CONTENT if position in marked.content else OUTSIDE
