"""Finds each new appearance its claim: asks the matcher, keeps to what people decided, and proposes the rest."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select as rows_of
from sqlmodel import Session, col

from claims import audit, matching
from claims.audit import MACHINE, Action
from claims.drafts import Stance
from claims.grouping import pairs
from claims.grouping.memory import Memory
from claims.grouping.placing import Candidate, MadeMatch, Placing, made_matches, weighed
from claims.grouping.wordings import NAMED_CLAIMANT, wording_of
from claims.matching import PairScorer, Wording
from claims.models import Appearance, Article, Claim, Claimant, Match, MatchRun, MatchState, Relation
from claims.rows import key

CANDIDATES = 20
MEMBERS_COMPARED = 20


@dataclass(frozen=True, slots=True)
class Home:
    """Where an appearance was placed, in a claim that is new or not, and the matches that were made of it."""

    placing: Placing
    is_new: bool
    matches: tuple[MadeMatch, ...]

    @property
    def suggestions(self) -> int:
        """How many of the matches wait for a person."""
        return len(self.matches) - 1


@dataclass(slots=True)
class Matcher:
    """Places appearances in claims by what it remembers of all wordings; the scorer says how alike two of them are."""

    scorer: PairScorer
    memory: Memory = field(default_factory=Memory)

    def place(self, session: Session, appearance: Appearance, language: str, *, run: MatchRun, now: datetime) -> Home:
        """Group the appearance with the claim it fits best, or open a claim for it; propose it to others."""
        new = wording_of(session, appearance, language)
        candidates, wordings = self.candidates(session, new)
        joined, proposed = weighed(candidates, new, wordings, self.scorer)
        home_id = joined.candidate.claim_id if joined else key(open_claim(session, appearance, language, now=now))
        matches = made_matches(key(appearance), home_id, joined, proposed)
        for match in matches:
            add_match(session, match, run, now=now)
        self.memory.remember(key(appearance), appearance.wording)
        return Home(Placing(key(appearance), home_id, tuple(candidates)), joined is None, tuple(matches))

    def candidates(self, session: Session, new: Wording) -> tuple[list[Candidate], dict[int, Wording]]:
        """The claims near a wording by id, and the wordings of their members that are worth comparing."""
        near = self.memory.closest(new.text, CANDIDATES)
        members = members_near(session, near)
        decided = decided_about(session, new.text, members)
        rows = rows_of(col(Claim.id), col(Claim.published_at)).where(col(Claim.id).in_(members))
        candidates = [
            Candidate(id_, published_at is not None, tuple(member for member, _ in members[id_]), decided[id_])
            for id_, published_at in session.execute(rows.order_by(col(Claim.id)))
            if id_ is not None
        ]
        return candidates, dict(member for each in members.values() for member in each)


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
        NAMED_CLAIMANT.label("name"),
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


def open_claim(session: Session, appearance: Appearance, language: str, *, now: datetime, **details: object) -> Claim:
    """Store a claim worded as its first appearance; details go into the log."""
    claim = Claim(text=appearance.wording, language=language, created_at=now)
    session.add(claim)
    session.flush()
    subject, said = f"claim:{claim.id}", {"appearance": appearance.id, "text": claim.text}
    audit.record(session, Action.CLAIM_ADD, subject, actor=MACHINE, now=now, **said, **details)
    return claim


def add_match(session: Session, made: MadeMatch, run: MatchRun, *, now: datetime, **details: object) -> None:
    """Store a match that a run made, with its explanation; the first of a claim is logged with the claim.

    details go into the log.
    """
    match = Match(
        appearance_id=made.appearance_id,
        claim_id=made.claim_id,
        compared_with_id=made.compared_with_id,
        state=made.state,
        relation=made.relation,
        score=made.score,
        explanation=made.explanation,
        run_id=run.id,
        created_at=now,
    )
    session.add(match)
    session.flush()
    if made.compared_with_id is not None:
        audit.record(
            session,
            Action.MATCH_GROUP if made.state is MatchState.CONFIRMED else Action.MATCH_SUGGEST,
            f"claim:{made.claim_id}",
            actor=MACHINE,
            now=now,
            match=match.id,
            appearance=made.appearance_id,
            relation=made.relation.value,
            score=round(made.score, 1),
            run=run.id,
            **details,
        )
