"""Fitting the attribution model on articles in which people marked who said what."""

import tempfile
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pycrfsuite

from claims.errors import InvalidDraft
from scrapers.statements.finding import find
from scrapers.statements.grammar import Grammar
from scrapers.statements.learned.agreement import Agreement, agreement
from scrapers.statements.learned.attribution import (
    BEGIN,
    CLAIMANT,
    CONTENT,
    CUE,
    CUE_LABELS,
    INSIDE,
    MAX_CUE_TOKENS,
    OUTSIDE,
    SPAN_LABELS,
    AttributionModel,
)
from scrapers.statements.learned.attribution_data import Labelled, Marked, Spans
from scrapers.statements.learned.chain import NO_FEATURE, Buckets, Chain
from scrapers.statements.learned.cue_features import cue_features
from scrapers.statements.learned.opened import Opened, Reading, opened
from scrapers.statements.learned.span_features import span_features
from scrapers.statements.learned.views import CueAt
from scrapers.statements.models import Models
from scrapers.statements.pack import LanguagePack
from scrapers.statements.sentences import sentences
from scrapers.statements.spans import Statement

# L1 (c1) makes most weights nought, which keeps the files small; chosen on held-out articles.
CUE_SETTINGS: Mapping[str, float] = {"c1": 1.0, "c2": 1.5, "feature.minfreq": 3, "max_iterations": 80}
SPAN_SETTINGS: Mapping[str, float] = {"c1": 4.0, "c2": 1.0, "feature.minfreq": 4, "max_iterations": 80}
ROUNDS = "max_iterations"
# Every so many articles one is held out to measure on.
HELD_OUT_EACH = 5

Sequences = Iterator[tuple[Buckets, Sequence[str]]]
Done = Callable[[int, int], None]


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


def ignore_progress(at: int, of: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """The model that all articles fit, and how one that did not see every fifth agrees with those, beside the rules."""

    model: AttributionModel
    articles: int
    attributions: int
    on_held_out: Agreement
    by_rules: Agreement


def fit(articles: Sequence[Labelled], pack: LanguagePack, done: Done = ignore_progress) -> Fitted:
    """The model that fits the articles, measured; done is told how many of how many rounds are over.

    Raises InvalidDraft where there are too few articles to hold some out, or the language has no grammar.
    """
    if (grammar := pack.grammar) is None:
        raise InvalidDraft(f"The pack of the language {pack.language!r} has no grammar to fit a model with.")
    if len(articles) < HELD_OUT_EACH:
        raise InvalidDraft(f"{len(articles)} articles are too few: at least {HELD_OUT_EACH} are needed.")
    if not any(article.attributions for article in articles[: HELD_OUT_EACH - 1]):
        raise InvalidDraft("The first articles have no attribution with a cue: there is nothing to learn from.")
    examples = [example(article, pack) for article in articles]
    kept = [each for i, each in enumerate(examples) if (i + 1) % HELD_OUT_EACH]
    held_out = articles[HELD_OUT_EACH - 1 :: HELD_OUT_EACH]
    rounds = int(CUE_SETTINGS[ROUNDS] + SPAN_SETTINGS[ROUNDS])
    trial = chains(kept, pack.language, grammar, lambda at: done(at, 2 * rounds))
    model = chains(examples, pack.language, grammar, lambda at: done(rounds + at, 2 * rounds))
    return Fitted(
        model=model,
        articles=len(articles),
        attributions=sum(len(article.attributions) for article in articles),
        on_held_out=agreement((each, answers(each, pack, trial)) for each in held_out),
        by_rules=agreement((each, answers(each, pack, None)) for each in held_out),
    )


def answers(article: Labelled, pack: LanguagePack, model: AttributionModel | None) -> list[Statement]:
    """What the rules, or the model upon them, find that the article attributes."""
    found = find(article.text, pack.language, Models(None, model))
    return [statement for statement in found if not statement.is_own_voice]


def chains(
    examples: Sequence[Example], language: str, grammar: Grammar, done: Callable[[int], None]
) -> AttributionModel:
    """The model that the examples fit."""
    first = int(CUE_SETTINGS[ROUNDS])
    cues = trained(cue_sequences(examples, grammar), CUE_LABELS, CUE_SETTINGS, done)
    spans = trained(span_sequences(examples, grammar), SPAN_LABELS, SPAN_SETTINGS, lambda at: done(first + at))
    return AttributionModel(language, cues, spans)


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


class WatchedTrainer(pycrfsuite.Trainer):  # type: ignore[misc]
    """A trainer that says how many rounds are over."""

    watch: Callable[[int], None]

    def message(self, message: str) -> None:
        """Read crfsuite's report of its progress."""
        if self.logparser.feed(message) == "iteration":
            self.watch(int(self.logparser.last_iteration["num"]))


def trained(
    sequences: Sequences, labels: Sequence[str], settings: Mapping[str, float], watch: Callable[[int], None]
) -> Chain:
    """The chain that crfsuite fits to the sequences, whose features are named by their buckets."""
    trainer = WatchedTrainer(verbose=False)
    trainer.watch = watch
    for buckets, truth in sequences:
        trainer.append(
            [[str(bucket) for bucket in column if bucket != NO_FEATURE] for column in buckets.T.tolist()], truth
        )
    trainer.set_params({**settings, "feature.possible_transitions": True})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "model")
        trainer.train(str(path))
        tagger = pycrfsuite.Tagger()
        with tagger.open(str(path)):
            fitted = tagger.info()
    return Chain.fitted(labels, fitted.state_features, fitted.transitions)
