"""The proposals that wait for a person at a claim: what was compared, and why in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from claims.matching import Proposal, Weight, is_too_short
from claims.models import Appearance, Claim, Match, MatchState, Relation
from claims.queries.appearances import AppearanceView, appearances_where
from claims.slugs import claim_path


@dataclass(frozen=True, slots=True)
class MatchView:
    """A proposal to be decided: the appearance, what it was compared with, and why in words.

    relation is SAME for a suggestion, CONTRADICTS where guards kept it apart. claim_id is the claim that it is
    proposed for; home_claim_id and home_path are where the appearance lives now. guards are sentences, with what else
    leaves it to a person; parts are the named scores. run_id is the run of the matcher that proposed it, which can be
    replayed; None for what is older than runs.
    """

    match_id: int
    version: int
    claim_id: int
    claim_text: str
    home_claim_id: int | None
    home_path: str | None
    appearance: AppearanceView
    compared_wording: str
    relation: Relation
    score: float
    guards: tuple[str, ...]
    parts: tuple[tuple[str, float], ...]
    explanation: dict[str, Any]
    run_id: int | None


def matches_to(session: Session, claim: Claim) -> tuple[MatchView, ...]:
    """What is proposed for the claim and waits for a person, the highest score first."""
    views = appearances_where(session, col(Match.claim_id) == claim.id, col(Match.state) == MatchState.SUGGESTED)
    return match_views(session, views)


def matches_from(session: Session, own: Sequence[AppearanceView]) -> tuple[MatchView, ...]:
    """Where else the claim's appearances are proposed to belong, the highest score first."""
    ids = [view.appearance_id for view in own]
    views = appearances_where(session, col(Match.appearance_id).in_(ids), col(Match.state) == MatchState.SUGGESTED)
    return match_views(session, views)


def match_views(session: Session, views: Sequence[AppearanceView]) -> tuple[MatchView, ...]:
    """The proposals behind these appearances, with what each was compared with and why."""
    compared, home = aliased(Appearance), aliased(Match)
    rows = session.execute(
        select(Match, Claim, compared, col(home.claim_id))
        .join(Claim, col(Claim.id) == col(Match.claim_id))
        .join(compared, col(compared.id) == col(Match.compared_with_id), isouter=True)
        .join(
            home,
            (col(home.appearance_id) == col(Match.appearance_id)) & (col(home.state) == MatchState.CONFIRMED),
            isouter=True,
        )
        .where(col(Match.id).in_([view.match_id for view in views]))
        .order_by(col(Match.score).desc(), col(Match.id))
    ).all()
    home_texts = texts_of(session, [home_id for *_, home_id in rows if home_id])
    by_match = {view.match_id: view for view in views}
    return tuple(
        match_view(match, claim, by_match[match.id], other.wording if other else claim.text, home_id, home_texts)
        for match, claim, other, home_id in rows
    )


def match_view(
    match: Match, claim: Claim, view: AppearanceView, compared: str, home_id: int | None, texts: dict[int, str]
) -> MatchView:
    """One proposal as the page shows it."""
    explained = match.explanation
    return MatchView(
        match_id=match.id or 0,
        version=match.version,
        claim_id=claim.id or 0,
        claim_text=claim.text,
        home_claim_id=home_id,
        home_path=claim_path(home_id, texts[home_id]) if home_id else None,
        appearance=view,
        compared_wording=compared,
        relation=match.relation,
        score=match.score,
        guards=tuple(dict.fromkeys(reasons_of(explained, claim))),
        parts=tuple((name, float(score)) for name, score in explained.get("scores", {}).items()),
        explanation=explained,
        run_id=match.run_id,
    )


def reasons_of(explained: Mapping[str, Any], claim: Claim) -> Iterator[str]:
    """Why it was not grouped by itself: what guards say, then what a score that would do cannot show."""
    guards = explained.get("guards", ())
    yield from (guard["sentence"] for guard in guards)
    if "proposal" not in explained or "mean_score" not in explained:
        return
    said, weights = Proposal(explained["proposal"]), [Weight(guard["weight"]) for guard in guards]
    if is_too_short(said, explained["mean_score"], weights, explained["thresholds"]["group"]):
        yield "so little is said that the matcher groups nothing by itself"
    if said is Proposal.GROUP and claim.published_at is not None:
        yield "nothing joins a claim with a published verdict by itself"


def texts_of(session: Session, claim_ids: Sequence[int]) -> dict[int, str]:
    """Claims' wordings by their ids."""
    rows = session.execute(select(col(Claim.id), col(Claim.text)).where(col(Claim.id).in_(claim_ids)))
    return {claim_id: text for claim_id, text in rows if claim_id is not None}
