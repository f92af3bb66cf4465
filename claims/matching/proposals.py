"""What the matcher proposes about two wordings: what follows from how near they are and from the guards."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from math import ceil
from typing import Final

import numpy as np

from claims.matching.guards import Guard, Side, Weight
from claims.matching.scoring import hand_scorer
from claims.matching.scoring.features import NAMES, Features

# Below this many words that say something, a high score is cheap.
FEWEST_WORDS: Final = 4
# Of what many outlets carry, some tell it so otherwise that they share words with a few of the others alone: of the
# scores with a group so many count, the best of them.
COUNTED: Final = 0.75


class Proposal(StrEnum):
    """What the matcher proposes about two wordings."""

    GROUP = "group"
    SUGGEST = "suggest"
    CONTRADICTS = "contradicts"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The scores, from 0 to 100, from which wordings are grouped, and suggested to a person.

    Below suggest, a wording of which the other contains so much is suggested all the same, and a guard's word is shown
    where the two are so much alike by hand, whatever a model makes of the difference.
    """

    group: float = 50.0
    suggest: float = 15.0
    contained: float = 85.0
    alike: float = 40.0


THRESHOLDS: Final = Thresholds()


def mean_of_best(scores: Sequence[float]) -> float:
    """The mean of the best three quarters of the scores with a group's wordings, by which one joins the group."""
    counted = ceil(COUNTED * len(scores))
    return sum(sorted(scores, reverse=True)[:counted]) / counted


class Nearness(Enum):
    """How near the nearest of some wordings is: it may say the same, contains or is contained, is alike, or neither."""

    CLOSE = auto()
    CONTAINED = auto()
    ALIKE = auto()
    FAR = auto()


def proposal(mean: float, near: Nearness, guards: tuple[Guard, ...], *, is_short: bool, at: Thresholds) -> Proposal:
    """What follows: group by the mean score, suggest what is close or contained, contradict what is alike at all."""
    if near is Nearness.FAR:
        return Proposal.APART
    weights = {guard.weight for guard in guards}
    if Weight.STOPS in weights:
        return Proposal.CONTRADICTS
    if near is Nearness.ALIKE:
        return Proposal.APART
    return Proposal.SUGGEST if mean < at.group or Weight.ASKS in weights or is_short else Proposal.GROUP


def nearness_of(scores: Features, measured: Features, thresholds: Thresholds) -> Nearness:
    """How near the nearest is; measured has a row of features to each of the scores.

    A model takes a changed figure or a "not" for a difference, as it should, so that its score alone would hide what a
    guard has to say of wordings that are otherwise alike.
    """
    if scores.max() >= thresholds.suggest:
        return Nearness.CLOSE
    fewer = np.expm1(measured[:, NAMES.index("content_fewer")]).round()
    covered = 100 * measured[:, NAMES.index("weight_cover")] >= thresholds.contained
    if (covered & (fewer >= FEWEST_WORDS)).any():
        return Nearness.CONTAINED
    return Nearness.ALIKE if likeness(measured).max() >= thresholds.alike else Nearness.FAR


def likeness(measured: Features) -> Features:
    """How alike each pair is by hand, from 0 to 100."""
    return hand_scorer().model.scores(measured)


def is_short(side: Side) -> bool:
    """Whether the wording says too little for the machine to group it by itself."""
    return len(side.said) < FEWEST_WORDS


def is_too_short(said: Proposal, mean: float, weights: Collection[Weight], group: float) -> bool:
    """Whether it is only suggested, at a mean score that would do, because a wording says too little."""
    return said is Proposal.SUGGEST and mean >= group and Weight.ASKS not in weights
