"""Decides which claim a new appearance joins and which it is proposed to; pure, so that a run can be replayed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Self

from claims import matching
from claims.matching import Judgement, PairScorer, Proposal, Wording
from claims.models import MatchState, Relation

MAX_PROPOSALS: Final = 5
FIRST_SCORE: Final = 100.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim near an appearance as it stood when the two met.

    member_ids are its appearances that were compared, decided what people said about them and the new one.
    """

    claim_id: int
    is_published: bool
    member_ids: tuple[int, ...]
    decided: frozenset[Relation]

    def as_json(self) -> dict[str, Any]:
        """The candidate as a run keeps it."""
        return {
            "claim": self.claim_id,
            "published": self.is_published,
            "members": list(self.member_ids),
            "decided": sorted(self.decided),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """The candidate that a run kept."""
        decided = frozenset(Relation(relation) for relation in kept["decided"])
        return cls(kept["claim"], kept["published"], tuple(kept["members"]), decided)


@dataclass(frozen=True, slots=True)
class Option:
    """A claim that an appearance might belong to, and what the matcher and people say about it."""

    candidate: Candidate
    judgement: Judgement

    @property
    def compared_with_id(self) -> int:
        """The claim's appearance whose wording is most like the new one."""
        return self.candidate.member_ids[self.judgement.closest]

    @property
    def explanation(self) -> dict[str, Any]:
        """All that the machine's word came from."""
        return explained(self.judgement, self.candidate.member_ids)

    @property
    def may_join(self) -> bool:
        """Whether the machine may group them by itself: nobody said otherwise and no verdict stands there."""
        decided = self.candidate.decided
        if self.candidate.is_published or decided - {Relation.SAME}:
            return False
        return self.judgement.proposal is Proposal.GROUP or Relation.SAME in decided

    @property
    def relation(self) -> Relation | None:
        """What to propose to a person, or None where there is nothing to ask any more."""
        if self.candidate.decided:
            return Relation.SAME if self.candidate.decided == {Relation.SAME} else None
        if self.judgement.proposal is Proposal.APART:
            return None
        return Relation.CONTRADICTS if self.judgement.proposal is Proposal.CONTRADICTS else Relation.SAME


@dataclass(frozen=True, slots=True)
class Placing:
    """Where an appearance was placed, in a claim that it opened or joined, and the claims that were weighed."""

    appearance_id: int
    claim_id: int
    candidates: tuple[Candidate, ...]

    def as_json(self) -> dict[str, Any]:
        """The placing as a run keeps it."""
        candidates = [candidate.as_json() for candidate in self.candidates]
        return {"appearance": self.appearance_id, "claim": self.claim_id, "candidates": candidates}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """The placing that a run kept."""
        candidates = tuple(Candidate.from_json(candidate) for candidate in kept["candidates"])
        return cls(kept["appearance"], kept["claim"], candidates)


@dataclass(frozen=True, slots=True)
class MadeMatch:
    """A match as the machine makes it; compared_with_id is None for a claim's first appearance."""

    appearance_id: int
    claim_id: int
    compared_with_id: int | None
    state: MatchState
    relation: Relation
    score: float
    explanation: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """The match as a run's result has it."""
        return {
            "appearance": self.appearance_id,
            "claim": self.claim_id,
            "compared_with": self.compared_with_id,
            "state": self.state.value,
            "relation": self.relation.value,
            "score": self.score,
            "explanation": self.explanation,
        }


def weighed(
    candidates: Iterable[Candidate], new: Wording, wordings: Mapping[int, Wording], scorer: PairScorer
) -> tuple[Option | None, list[Option]]:
    """The claim to join, if there is one, and those to propose; see chosen.

    wordings has those of all the candidates' members.
    """
    candidates = list(candidates)
    members = [[wordings[member] for member in each.member_ids] for each in candidates]
    return chosen(candidates, matching.judge_each(new, members, scorer=scorer))


def chosen(candidates: Iterable[Candidate], judgements: Iterable[Judgement]) -> tuple[Option | None, list[Option]]:
    """The claim to join, if there is one, and those to propose, best first: what people called the same, then scores.

    judgements has what the matcher says about each of the candidates.
    """
    options = sorted(
        map(Option, candidates, judgements),
        key=lambda one: (Relation.SAME not in one.candidate.decided, -one.judgement.score, one.candidate.claim_id),
    )
    joined = next((option for option in options if option.may_join), None)
    return joined, [option for option in options if option is not joined and option.relation][:MAX_PROPOSALS]


def made_matches(
    appearance_id: int, home_id: int, joined: Option | None, proposed: Iterable[Option]
) -> list[MadeMatch]:
    """The matches that follow: the home first, in the claim that was joined or else opened, then the proposals."""
    home = made(appearance_id, joined, MatchState.CONFIRMED) if joined else opening(appearance_id, home_id)
    return [home, *(made(appearance_id, option, MatchState.SUGGESTED) for option in proposed)]


def made(appearance_id: int, option: Option, state: MatchState) -> MadeMatch:
    """The match with a claim that was weighed."""
    return MadeMatch(
        appearance_id=appearance_id,
        claim_id=option.candidate.claim_id,
        compared_with_id=option.compared_with_id,
        state=state,
        relation=Relation.SAME if state is MatchState.CONFIRMED else option.relation or Relation.SAME,
        score=option.judgement.score,
        explanation=option.explanation,
    )


def opening(appearance_id: int, claim_id: int) -> MadeMatch:
    """The match of a claim's first appearance."""
    return MadeMatch(appearance_id, claim_id, None, MatchState.CONFIRMED, Relation.SAME, FIRST_SCORE, {"first": True})


def explained(judgement: Judgement, member_ids: Sequence[int]) -> dict[str, Any]:
    """What a match's explanation holds: the closest comparison, and what all the members together changed."""
    judged = replace(judgement.comparison, guards=judgement.guards, proposal=judgement.proposal)
    return judged.as_json() | {"mean_score": judgement.score, "members": list(member_ids)}
