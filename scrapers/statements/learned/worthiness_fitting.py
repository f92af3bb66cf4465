"""Fitting the check-worthiness model on labelled sentences, and measuring it on groups that it did not see."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pycrfsuite

from claims.errors import InvalidDraft
from scrapers.statements.learned.labels import labelled_lines
from scrapers.statements.learned.ranking import Ranking, ranking
from scrapers.statements.learned.training import learned
from scrapers.statements.learned.worthiness import WorthinessModel
from scrapers.statements.learned.worthiness_features import features

# Chosen by cross-validation over debates.
L2 = 6.0
MAX_ITERATIONS = 150
# A word that fewer debates know is about that debate.
MIN_DEBATES = 3
MIN_WEIGHT = 0.003
FOLDS = 4
# Our scale: 99 of 100 sentences worth checking score 0.2 or more, since what scores less is left out of the desk, and
# 0.7 is where the odds are even.
MISSED, LOW_SCORE, EVEN_SCORE = 0.01, 0.2, 0.7
# Where a few sentences are told apart too well, the scale gets no steeper than this.
MAX_LOW_ODDS = -2.0
# Names of the features that take up what one debate is like, and what all are; no feature of a sentence has a space
# and a digit so.
DEBATE, ALWAYS = "of debate ", "always "
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """One sentence of a debate and whether people wanted it checked."""

    debate: str
    text: str
    check_worthy: bool


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model, the debates that it did not see, and how it ranks those.

    everywhere is the mean over all debates, each ranked by a model that did not see it; heuristic is how the number of
    digits and the length alone rank all debates.
    """

    model: WorthinessModel
    sentences: int
    debates: int
    held_out: tuple[str, ...]
    on_held_out: Ranking
    everywhere: Ranking
    heuristic: Ranking


Scored = tuple[Sequence[LabelledSentence], Sequence[float]]


def labelled_sentences(path: Path) -> list[LabelledSentence]:
    """The rows of a JSON Lines file; InvalidDraft naming the line that is none."""
    return [labelled(row, where) for row, where in labelled_lines(path)]


def labelled(row: dict[str, Any], where: str) -> LabelledSentence:
    """The sentence of one line."""
    debate, text, check_worthy = (row.get(name) for name in ("debate", "text", "check_worthy"))
    if isinstance(debate, bool) or not isinstance(debate, int | str):
        raise InvalidDraft(f'{where}: "debate" must be a number or a name.')
    if not isinstance(text, str) or not text.strip():
        raise InvalidDraft(f'{where}: "text" must be a sentence.')
    if not isinstance(check_worthy, bool):
        raise InvalidDraft(f'{where}: "check_worthy" must be true or false.')
    return LabelledSentence(str(debate), text, check_worthy)


def fit(
    rows: Sequence[LabelledSentence], language: str = "en", done: Callable[[int, int], None] = lambda at, of: None
) -> Fitted:
    """The model of all debates but every fourth, measured on those, and measured four times so on all debates.

    done is told after each round how many there are. Raises InvalidDraft where there are too few debates to hold some
    out, or one label alone.
    """
    debates = by_debate(rows)
    names = tuple(debates)
    ranked: dict[str, Scored] = {}
    for fold in range(FOLDS):
        held_out = names[fold::FOLDS]
        seen = [row for row in rows if row.debate not in held_out]
        model = fitted(seen, language)
        ranked |= {name: (debates[name], scores_of(model, debates[name])) for name in held_out}
        done(fold + 1, FOLDS)
    return Fitted(
        model=on_our_scale(model, [row for name in held_out for row in debates[name]]),
        sentences=len(seen),
        debates=len(names) - len(held_out),
        held_out=held_out,
        on_held_out=ranking_of(ranked[name] for name in held_out),
        everywhere=ranking_of(ranked.values()),
        heuristic=ranking_of((each, [heuristic(row.text) for row in each]) for each in debates.values()),
    )


def by_debate(rows: Sequence[LabelledSentence]) -> dict[str, list[LabelledSentence]]:
    """The rows of each debate; InvalidDraft where they are too few to learn from and to measure on."""
    debates: dict[str, list[LabelledSentence]] = defaultdict(list)
    for row in rows:
        debates[row.debate].append(row)
    if len(debates) < FOLDS:
        raise InvalidDraft(f"{len(debates)} debates are too few: give {FOLDS} or more, so that some can be held out.")
    for fold in range(FOLDS):
        held_out = tuple(debates)[fold::FOLDS]
        if len({row.check_worthy for row in rows if row.debate not in held_out}) < 2:
            raise InvalidDraft('Some debates must have sentences with "check_worthy" true, and some with false.')
    return debates


def scores_of(model: WorthinessModel, rows: Sequence[LabelledSentence]) -> list[float]:
    """The model's scores of a debate in its order."""
    return model.scores_in_order([row.text for row in rows])


def ranking_of(scored: Iterable[Scored]) -> Ranking:
    """How well the scores rank the rows of each debate, on the mean over debates."""
    return ranking([([row.check_worthy for row in rows], scores) for rows, scores in scored])


def on_our_scale(model: WorthinessModel, unseen: Sequence[LabelledSentence]) -> WorthinessModel:
    """The model with its odds brought to our scale by what it gives sentences that it did not see."""
    worthy = sorted(model.log_odds(row.text) for row in unseen if row.check_worthy)
    low = min(worthy[int(len(worthy) * MISSED)], MAX_LOW_ODDS) if worthy else MAX_LOW_ODDS
    shift = log_odds(EVEN_SCORE)
    return replace(model, slope=round((log_odds(LOW_SCORE) - shift) / low, 4), shift=round(shift, 4))


def log_odds(probability: float) -> float:
    """The logarithm of the odds of a probability."""
    return math.log(probability / (1 - probability))


def heuristic(sentence: str) -> float:
    """The one line that any model must beat: a sentence with digits first, then the longer one."""
    return any(char.isdigit() for char in sentence) + len(sentence) / 1000


def fitted(rows: Sequence[LabelledSentence], language: str) -> WorthinessModel:
    """A logistic model of the rows, regularised by L2.

    Each debate has a bias of its own while fitting, since some are about facts more than others; it is not kept.
    """
    seen = [features(row.text) for row in rows]
    common = known_features(rows, seen)
    weights = weights_of(rows, [{name: x[name] for name in x if name in common} for x in seen])
    # A sentence of no known debate gets what the debates have on the mean, each sentence counted.
    of_debates = sum(weights.get(DEBATE + row.debate, 0.0) for row in rows) / len(rows)
    bias = weights.get(ALWAYS, 0.0) + of_debates
    kept = {name: round(weights[name], 3) for name in sorted(common) if abs(weights.get(name, 0.0)) >= MIN_WEIGHT}
    return WorthinessModel(language, round(bias, 4), slope=1.0, shift=0.0, weights=kept)


def known_features(rows: Sequence[LabelledSentence], seen: Sequence[Mapping[str, float]]) -> set[str]:
    """The features that three debates or more have, or all where there are fewer."""
    debates = defaultdict(set)
    for row, found in zip(rows, seen, strict=True):
        for name in found:
            debates[name].add(row.debate)
    least = min(MIN_DEBATES, len({row.debate for row in rows}))
    return {name for name, among in debates.items() if len(among) >= least}


def weights_of(rows: Sequence[LabelledSentence], seen: Sequence[dict[str, float]]) -> Mapping[str, float]:
    """The weights by which the features speak for checking."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.0, "c2": L2, "max_iterations": MAX_ITERATIONS})
    for row, found in zip(rows, seen, strict=True):
        trainer.append([found | {DEBATE + row.debate: 1.0, ALWAYS: 1.0}], [YES if row.check_worthy else NO])
    weights: defaultdict[str, float] = defaultdict(float)
    for (name, label), weight in learned(trainer).state_features.items():
        weights[name] += weight if label == YES else -weight
    return weights
