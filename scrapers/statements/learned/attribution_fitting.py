"""Fitting the attribution model on articles in which people marked who said what."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from claims.errors import InvalidDraft
from scrapers.statements.finding import find
from scrapers.statements.grammar import Grammar
from scrapers.statements.learned.agreement import Agreement, agreement
from scrapers.statements.learned.attribution import CUE_LABELS, SPAN_LABELS, AttributionModel
from scrapers.statements.learned.attribution_data import Labelled
from scrapers.statements.learned.attribution_examples import Example, cue_sequences, example, span_sequences
from scrapers.statements.learned.training import trained
from scrapers.statements.models import Models
from scrapers.statements.pack import LanguagePack
from scrapers.statements.spans import Statement

# L1 (c1) makes most weights nought, which keeps the files small; chosen on held-out articles.
CUE_SETTINGS: Mapping[str, float] = {"c1": 1.0, "c2": 1.5, "feature.minfreq": 3, "max_iterations": 80}
SPAN_SETTINGS: Mapping[str, float] = {"c1": 4.0, "c2": 1.0, "feature.minfreq": 4, "max_iterations": 80}
ROUNDS = "max_iterations"
# Every so many articles one is held out to measure on.
HELD_OUT_EACH = 5
Done = Callable[[int, int], None]


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
