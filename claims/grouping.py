"""Finds each new appearance its claim: asks the matcher, keeps to what people decided, and proposes the rest."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import case, func
from sqlalchemy import select as rows_of
from sqlmodel import Session, col

from claims import audit, matching, pairs
from claims.audit import MACHINE, Action
from claims.drafts import Stance
from claims.matching import Judgement, Proposal, Wording
from claims.memory import Memory
from claims.models import Appearance, Article, Claim, Claimant, Match, MatchState, Relation
from claims.rows import key

CANDIDATES = 60
MEMBERS_COMPARED = 20
MAX_PROPOSALS = 5
FIRST_SCORE = 100.0


@dataclass(frozen=True, slots=True)
class Home:
    """Where an appearance was placed: a claim, new or not, and the claims whose proposals changed with it."""

    claim_id: int
    is_new: bool
    suggestions: int
    touched: frozenset[int]


@dataclass(frozen=True, slots=True)
class Option:
    """A claim that an appearance might belong to, and what the matcher and people say about it."""

    claim: Claim
    judgement: Judgement
    member_ids: tuple[int, ...]
    decided: frozenset[Relation]

    @property
    def compared_with_id(self) -> int:
        """The claim's appearance whose wording is most like the new one."""
        return self.member_ids[self.judgement.closest]

    @property
    def explanation(self) -> dict[str, Any]:
        """All that the machine's word came from: the closest comparison, and what all the members together changed."""
        judged = replace(self.judgement.comparison, guards=self.judgement.guards, proposal=self.judgement.proposal)
        return judged.as_json() | {"mean_score": self.judgement.score, "members": list(self.member_ids)}

    @property
    def may_join(self) -> bool:
        """Whether the machine may group them by itself: nobody said otherwise and no verdict stands there."""
        if self.claim.published_at is not None or self.decided - {Relation.SAME}:
            return False
        return self.judgement.proposal is Proposal.GROUP or Relation.SAME in self.decided

    @property
    def relation(self) -> Relation | None:
        """What to propose to a person, or None where there is nothing to ask any more."""
        if self.decided:
            return Relation.SAME if self.decided == {Relation.SAME} else None
        if self.judgement.proposal is Proposal.APART:
            return None
        return Relation.CONTRADICTS if self.judgement.proposal is Proposal.CONTRADICTS else Relation.SAME


@dataclass(slots=True)
class Matcher:
    """Places appearances in claims by what it remembers of all wordings."""

    memory: Memory = field(default_factory=Memory)

    def place(self, session: Session, appearance: Appearance, language: str, *, now: datetime) -> Home:
        """Group the appearance with the claim it fits best, or open a claim for it; propose it to others."""
        options = self.options(session, appearance, language)
        joined = next((option for option in options if option.may_join), None)
        claim = joined.claim if joined else open_claim(session, appearance, language, now=now)
        add_match(session, appearance, claim, joined, MatchState.CONFIRMED, Relation.SAME, now=now)
        proposed = [option for option in options if option is not joined and option.relation][:MAX_PROPOSALS]
        for option in proposed:
            relation = option.relation or Relation.SAME
            add_match(session, appearance, option.claim, option, MatchState.SUGGESTED, relation, now=now)
        self.memory.remember(key(appearance), appearance.wording)
        return Home(
            claim_id=key(claim),
            is_new=joined is None,
            suggestions=len(proposed),
            touched=frozenset({key(claim), *(key(option.claim) for option in proposed)}),
        )

    def options(self, session: Session, appearance: Appearance, language: str) -> list[Option]:
        """The claims near the appearance, best first: what people called the same before what scores high."""
        near = self.memory.closest(appearance.wording, CANDIDATES)
        new = wording_of(session, appearance, language)
        members = members_near(session, near)
        decided = decided_about(session, new.text, members)
        claims = session.scalars(rows_of(Claim).where(col(Claim.id).in_(members)).order_by(col(Claim.id)))
        weighed = [weigh(claim, new, members[key(claim)], decided[key(claim)]) for claim in claims]
        return sorted(weighed, key=lambda option: (Relation.SAME not in option.decided, -option.judgement.score))


def wording_of(session: Session, appearance: Appearance, language: str) -> Wording:
    """An appearance's words as the matcher takes them; an outlet that states something itself is no claimant of it.

    Two outlets that state the same would otherwise be two claimants, whom the matcher keeps for a person to compare.
    """
    said = appearance.cue is not None and appearance.claimant_id is not None
    claimant = session.get(Claimant, appearance.claimant_id) if said else None
    return Wording(
        text=appearance.wording,
        claimant=claimant.name if claimant else None,
        language=language,
        denies=appearance.stance is Stance.DENIES,
    )


def members_near(session: Session, near: Mapping[str, Sequence[int]]) -> dict[int, list[tuple[int, Wording]]]:
    """The claims that appearances with these wordings belong to, each with its members as (appearance id, wording).

    Copies count once. Of many members the nearest wordings come first, then the earliest.
    """
    homes = rows_of(col(Match.claim_id)).where(
        col(Match.appearance_id).in_([appearance_id for ids in near.values() for appearance_id in ids]),
        col(Match.state) == MatchState.CONFIRMED,
    )
    said = (
        col(Match.claim_id),
        col(Appearance.wording),
        case((col(Appearance.cue).is_not(None), col(Claimant.name))).label("name"),
        col(Article.language),
        col(Appearance.stance),
    )
    members = (
        rows_of(*said, func.min(col(Match.appearance_id)).label("first_id"))
        .select_from(Match)
        .join(Appearance, col(Appearance.id) == col(Match.appearance_id))
        .join(Article, col(Article.id) == col(Appearance.article_id))
        .join(Claimant, col(Claimant.id) == col(Appearance.claimant_id), isouter=True)
        .where(col(Match.state) == MatchState.CONFIRMED, col(Match.claim_id).in_(homes))
        .group_by(*said)
    )
    ranks = {wording: rank for rank, wording in enumerate(near)}
    grouped: dict[int, list[tuple[int, Wording]]] = defaultdict(list)
    for row in sorted(session.execute(members), key=lambda row: (ranks.get(row.wording, len(ranks)), row.first_id)):
        if len(grouped[row.claim_id]) < MEMBERS_COMPARED:
            denies = row.stance is Stance.DENIES
            grouped[row.claim_id].append((row.first_id, Wording(row.wording, row.name, row.language, denies)))
    return grouped


def decided_about(session: Session, wording: str, claim_ids: Iterable[int]) -> dict[int, frozenset[Relation]]:
    """What people decided about the wording and any wording of each claim, however many the claim has."""
    decisions = pairs.decisions_about(session, wording)
    decided: dict[int, frozenset[Relation]] = defaultdict(frozenset)
    if not decisions:
        return decided
    members = (
        rows_of(col(Match.claim_id), col(Appearance.wording))
        .join(Appearance, col(Appearance.id) == col(Match.appearance_id))
        .where(col(Match.state) == MatchState.CONFIRMED, col(Match.claim_id).in_(claim_ids))
        .distinct()
    )
    for claim_id, other in session.execute(members):
        relation = decisions.get(matching.wording_key(other))
        if relation is not None:
            decided[claim_id] |= {relation}
    return decided


def weigh(claim: Claim, new: Wording, members: Sequence[tuple[int, Wording]], decided: frozenset[Relation]) -> Option:
    """What speaks for and against the claim with these members."""
    judgement = matching.judge(new, [wording for _, wording in members])
    return Option(claim, judgement, tuple(appearance_id for appearance_id, _ in members), decided)


def open_claim(session: Session, appearance: Appearance, language: str, *, now: datetime) -> Claim:
    """Store a claim worded as its first appearance."""
    claim = Claim(text=appearance.wording, language=language, created_at=now)
    session.add(claim)
    session.flush()
    subject = f"claim:{claim.id}"
    audit.record(session, Action.CLAIM_ADD, subject, actor=MACHINE, now=now, appearance=appearance.id, text=claim.text)
    return claim


def add_match(
    session: Session,
    appearance: Appearance,
    claim: Claim,
    option: Option | None,
    state: MatchState,
    relation: Relation,
    *,
    now: datetime,
) -> None:
    """Store a match with its explanation; option is None for a claim's first appearance."""
    match = Match(
        appearance_id=key(appearance),
        claim_id=key(claim),
        compared_with_id=option.compared_with_id if option else None,
        state=state,
        relation=relation,
        score=option.judgement.score if option else FIRST_SCORE,
        explanation=option.explanation if option else {"first": True},
        created_at=now,
    )
    session.add(match)
    session.flush()
    if option is not None:
        action = Action.MATCH_GROUP if state is MatchState.CONFIRMED else Action.MATCH_SUGGEST
        audit.record(
            session,
            action,
            f"claim:{claim.id}",
            actor=MACHINE,
            now=now,
            match=match.id,
            appearance=appearance.id,
            relation=relation.value,
            score=round(match.score, 1),
        )
