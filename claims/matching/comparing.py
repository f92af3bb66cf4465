"""Two wordings compared, and one wording judged against a claim's, with everything that it is said from."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from claims.errors import InvalidDraft
from claims.matching.folding import fold
from claims.matching.guards import Guard, Pair, Side, Wording, guards_of
from claims.matching.proposals import (
    THRESHOLDS,
    Nearness,
    Proposal,
    Thresholds,
    is_short,
    likeness,
    mean_of_best,
    nearness_of,
    proposal,
)
from claims.matching.scoring import PairScorer, shipped_scorer
from claims.matching.scoring.features import NAMES, Features

# What an explanation shows of the features, by the names that it gives them.
SHOWN: Final = {
    "weight": "weight_dice",
    "overlap": "content_bag_overlap",
    "cover": "content_bag_cover",
    "order": "order",
    "letters": "letters",
    "contained": "weight_cover",
    "meaning": "meaning_share",
}

JSON = str | float | bool | list["JSON"] | dict[str, "JSON"]


@dataclass(frozen=True, slots=True)
class Score:
    """One named part of a score, from 0 to 100."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the matcher says about two wordings, with everything that it said it from."""

    score: float
    scores: tuple[Score, ...]
    guards: tuple[Guard, ...]
    proposal: Proposal
    thresholds: Thresholds
    version: str

    def as_json(self) -> dict[str, JSON]:
        """The explanation as it is stored beside a match."""
        return {
            "score": self.score,
            "scores": {part.name: part.value for part in self.scores},
            "guards": [
                {"rule": guard.rule.value, "sentence": guard.sentence, "weight": guard.weight.value}
                for guard in self.guards
            ],
            "proposal": self.proposal.value,
            "thresholds": {
                "group": self.thresholds.group,
                "suggest": self.thresholds.suggest,
                "contained": self.thresholds.contained,
                "alike": self.thresholds.alike,
            },
            "version": self.version,
        }


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the matcher says about a new wording and a claim.

    score is the mean over those of the claim's wordings that count (mean_of_best), closest the position of the one most
    like the new wording, comparison the one with it, guards all that fire against any of them.
    """

    score: float
    proposal: Proposal
    closest: int
    comparison: Comparison
    guards: tuple[Guard, ...]


def compare(
    left: str,
    right: str,
    *,
    language: str = "und",
    left_claimant: str | None = None,
    right_claimant: str | None = None,
) -> Comparison:
    """What the matcher says about two wordings in one language."""
    return compare_wordings(Wording(left, left_claimant, language), Wording(right, right_claimant, language))


def compare_wordings(
    left: Wording, right: Wording, thresholds: Thresholds = THRESHOLDS, scorer: PairScorer | None = None
) -> Comparison:
    """What the matcher says about two wordings; the order of the two changes only the guards' sentences."""
    scorer = scorer or shipped_scorer()
    pair = Pair(side_of(left), side_of(right))
    scores, measured = measure(scorer, left, [right])
    return comparison(pair, scores[0], measured[0], guards_of(pair), thresholds, scorer)


def judge(
    new: Wording,
    members: Sequence[Wording],
    thresholds: Thresholds = THRESHOLDS,
    scorer: PairScorer | None = None,
) -> Judgement:
    """What the matcher says about a new wording and the wordings of one claim; see judge_each."""
    return judge_each(new, [members], thresholds, scorer)[0]


def judge_each(
    new: Wording,
    claims: Sequence[Sequence[Wording]],
    thresholds: Thresholds = THRESHOLDS,
    scorer: PairScorer | None = None,
) -> list[Judgement]:
    """What the matcher says about a new wording and the wordings of each claim, measured all at once.

    The mean of the best decides whether it is grouped, the closest wording whether it is suggested; a copy of one of
    the claim's wordings is judged by that one alone. Of equally close wordings the first is named. Guards are asked
    only where the closest wording is near enough for them to matter. InvalidDraft for a claim without members.
    """
    if not all(claims):
        raise InvalidDraft("a claim without wordings cannot be matched")
    scorer = scorer or shipped_scorer()
    side, sides = side_of(new), [[side_of(member) for member in members] for members in claims]
    places = [worth_comparing(side, each) for each in sides]
    compared = [members[place] for members, chosen in zip(claims, places, strict=True) for place in chosen]
    scores, measured = measure(scorer, new, compared)
    ends = np.cumsum([len(chosen) for chosen in places])[:-1]
    parts = zip(sides, places, np.split(scores, ends), np.split(measured, ends), strict=True) if claims else ()
    return [judgement(side, *part, thresholds, scorer) for part in parts]


def worth_comparing(side: Side, others: Sequence[Side]) -> list[int]:
    """The places of the others that are copies of this one, else the first of each wording."""
    copies = [place for place, other in enumerate(others) if other.folded.text == side.folded.text]
    firsts = {other.folded.text: place for place, other in reversed(list(enumerate(others)))}
    return copies or sorted(firsts.values())


def judgement(
    side: Side,
    sides: Sequence[Side],
    places: Sequence[int],
    scores: Features,
    measured: Features,
    thresholds: Thresholds,
    scorer: PairScorer,
) -> Judgement:
    """What follows for a claim from the scores and the features of those of its wordings at these places."""
    near = nearness_of(scores, measured, thresholds)
    closest = int((scores if near is Nearness.CLOSE else likeness(measured)).argmax())
    pairs = [Pair(side, sides[place]) for place in places]
    fired = [guards_of(pair) if near is not Nearness.FAR else () for pair in pairs]
    guards = tuple(dict.fromkeys(guard for each in fired for guard in each))
    best = comparison(pairs[closest], scores[closest], measured[closest], fired[closest], thresholds, scorer)
    mean = rounded(mean_of_best(scores.tolist()))
    short = is_short(side) or is_short(pairs[closest].right)
    outcome = proposal(mean, near, guards, is_short=short, at=thresholds)
    return Judgement(mean, outcome, places[closest], best, guards)


def measure(scorer: PairScorer, left: Wording, rights: Sequence[Wording]) -> tuple[Features, Features]:
    """The score of a wording with each of the others, and the features that it comes from."""
    profile = scorer.profile_of(left.text, left.language)
    others = [scorer.profile_of(right.text, right.language) for right in rights]
    return scorer.measure([profile] * len(others), others)


def comparison(
    pair: Pair,
    score: float,
    measured: Features,
    guards: tuple[Guard, ...],
    thresholds: Thresholds,
    scorer: PairScorer,
) -> Comparison:
    """The comparison of one pair of those that were scored together."""
    total = rounded(score)
    near = nearness_of(np.array([score]), measured[None], thresholds)
    short = is_short(pair.left) or is_short(pair.right)
    return Comparison(
        score=total,
        scores=(
            *(Score(name, rounded(100 * measured[NAMES.index(column)])) for name, column in SHOWN.items()),
            Score("alike", rounded(likeness(measured[None])[0])),
        ),
        guards=guards,
        proposal=proposal(total, near, guards, is_short=short, at=thresholds),
        thresholds=thresholds,
        version=scorer.version,
    )


def rounded(value: float) -> float:
    """The score as it is shown and stored."""
    return round(float(value), 2)


@lru_cache(maxsize=8192)
def side_of(wording: Wording) -> Side:
    """The wording as guards look at it, remembered with what they read: near claims are met again and again."""
    return Side(wording, fold(wording.text, wording.language))
