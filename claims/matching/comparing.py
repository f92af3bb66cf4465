"""Two wordings compared, and one wording judged against a claim's: a score, the guards, and what follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from claims.errors import InvalidDraft
from claims.matching.folding import Folded, fold
from claims.matching.guards import Guard, Pair, Side, Weight, Wording, guards_of
from claims.matching.scoring import Parts, Sketch, score_pairs, sketch

VERSION: Final = "1"
# Below this many words that say something, a high score is cheap.
FEWEST_WORDS: Final = 4

JSON = str | float | bool | list["JSON"] | dict[str, "JSON"]


class Proposal(StrEnum):
    """What the matcher proposes about two wordings."""

    GROUP = "group"
    SUGGEST = "suggest"
    CONTRADICTS = "contradicts"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The scores, from 0 to 100, from which wordings are grouped, and suggested to a person."""

    group: float = 64.0
    suggest: float = 44.0


THRESHOLDS: Final = Thresholds()


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
    version: str = VERSION

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
            "thresholds": {"group": self.thresholds.group, "suggest": self.thresholds.suggest},
            "version": self.version,
        }


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the matcher says about a new wording and a claim.

    score is the mean over the claim's wordings, closest the position of the one most like the new wording, comparison
    the one with it, guards all that fire against any of them.
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


def compare_wordings(left: Wording, right: Wording, thresholds: Thresholds = THRESHOLDS) -> Comparison:
    """What the matcher says about two wordings; the order of the two changes only the guards' sentences."""
    pair = Pair(side_of(left), side_of(right))
    parts = score_pairs([sketch_of(left)], [sketch_of(right)])
    return comparison(pair, parts, 0, guards_of(pair), thresholds)


def judge(new: Wording, members: Sequence[Wording], thresholds: Thresholds = THRESHOLDS) -> Judgement:
    """What the matcher says about a new wording and the wordings of one claim.

    The mean decides whether it is grouped, the closest wording whether it is suggested; a copy of one of the claim's
    wordings is judged by that one alone. Of equally close wordings the first is named. Guards are asked only where
    the closest wording is near enough for them to matter. InvalidDraft without members.
    """
    if not members:
        raise InvalidDraft("a claim without wordings cannot be matched")
    side, sides = side_of(new), [side_of(member) for member in members]
    copies = [place for place, member in enumerate(sides) if member.folded.text == side.folded.text]
    firsts = {member.folded.text: place for place, member in reversed(list(enumerate(sides)))}
    places = copies or sorted(firsts.values())
    parts = score_pairs([sketch_of(new)] * len(places), [sketch_of(members[place]) for place in places])
    closest = int(parts.total.argmax())
    is_near = parts.total[closest] >= thresholds.suggest
    pairs = [Pair(side, sides[place]) for place in places]
    fired = [guards_of(pair) if is_near else () for pair in pairs]
    guards = tuple(dict.fromkeys(guard for each in fired for guard in each))
    best = comparison(pairs[closest], parts, closest, fired[closest], thresholds)
    mean = rounded(parts.total.mean())
    short = is_short(side) or is_short(pairs[closest].right)
    outcome = proposal(mean, best.score, guards, is_short=short, at=thresholds)
    return Judgement(mean, outcome, places[closest], best, guards)


def comparison(pair: Pair, parts: Parts, place: int, guards: tuple[Guard, ...], thresholds: Thresholds) -> Comparison:
    """The comparison of one pair of those that were scored together."""
    score = rounded(parts.total[place])
    names = ("overlap", "cover", "order", "letters")
    return Comparison(
        score=score,
        scores=tuple(Score(name, rounded(getattr(parts, name)[place])) for name in names),
        guards=guards,
        proposal=proposal(score, score, guards, is_short=is_short(pair.left) or is_short(pair.right), at=thresholds),
        thresholds=thresholds,
    )


def proposal(mean: float, best: float, guards: tuple[Guard, ...], *, is_short: bool, at: Thresholds) -> Proposal:
    """What follows from the scores and guards: group by the mean, suggest by the best, neither past a guard."""
    if best < at.suggest:
        return Proposal.APART
    weights = {guard.weight for guard in guards}
    if Weight.STOPS in weights:
        return Proposal.CONTRADICTS
    return Proposal.SUGGEST if mean < at.group or Weight.ASKS in weights or is_short else Proposal.GROUP


def is_short(side: Side) -> bool:
    """Whether the wording says too little for the machine to group it by itself."""
    return len(side.content) < FEWEST_WORDS


def rounded(value: float) -> float:
    """The score as it is shown and stored."""
    return round(float(value), 2)


def side_of(wording: Wording) -> Side:
    """The wording, folded, as guards look at it."""
    return Side(wording, folded(wording.text, wording.language))


def sketch_of(wording: Wording) -> Sketch:
    """The wording as scorers read it."""
    return sketched(wording.text, wording.language)


@lru_cache(maxsize=8192)
def sketched(text: str, language: str) -> Sketch:
    """The sketch of a text, remembered: near claims are met again and again."""
    return sketch(folded(text, language))


@lru_cache(maxsize=4096)
def folded(text: str, language: str) -> Folded:
    """The folded text, remembered while its pairs are compared."""
    return fold(text, language)
