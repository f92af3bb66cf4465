"""Where an article's quotes stand in one of its versions, and which claims they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlmodel import Session, col

from claims.models import Anchor, Appearance, Claim, Match, MatchState, Review
from claims.queries.snapshots import VersionView
from claims.slugs import claim_path
from claims.tallies import STANDING_STATES


@dataclass(frozen=True, slots=True)
class PlacedQuote:
    """An appearance as it stands in one version; start and end are None where it is orphaned there.

    last_in is the number of the last version up to that one that held it, last_at where it began there. claim_id and
    claim_path are those of the claim that it belongs to, in published words where is_public: where it has a verdict
    before the public.
    """

    appearance_id: int
    exact: str
    start: int | None
    end: int | None
    last_in: int
    last_at: int
    claim_id: int | None
    claim_path: str | None
    is_public: bool


def quotes_in(
    session: Session, article_id: int, versions: Sequence[VersionView], shown: VersionView
) -> tuple[PlacedQuote, ...]:
    """The article's appearances up to the version shown, as they stand in it, in the order of where they were read."""
    numbers = {version.snapshot_id: version.number for version in versions}
    held = last_held(session, article_id, shown)
    rows = session.execute(
        select(Appearance, Anchor, Claim, Review)
        .join(
            Anchor,
            and_(col(Anchor.appearance_id) == col(Appearance.id), col(Anchor.snapshot_id) == shown.snapshot_id),
            isouter=True,
        )
        .join(
            Match,
            and_(col(Match.appearance_id) == col(Appearance.id), col(Match.state) == MatchState.CONFIRMED),
            isouter=True,
        )
        .join(Claim, col(Claim.id) == col(Match.claim_id), isouter=True)
        .join(
            Review,
            and_(col(Review.claim_id) == col(Claim.id), col(Review.state).in_(STANDING_STATES)),
            isouter=True,
        )
        .where(col(Appearance.article_id) == article_id, col(Appearance.snapshot_id) <= shown.snapshot_id)
        .order_by(col(Appearance.start), col(Appearance.id))
    )
    return tuple(
        placed(appearance, anchor, claim, review, held=held, numbers=numbers, shown=shown)
        for appearance, anchor, claim, review in rows
    )


def last_held(session: Session, article_id: int, shown: VersionView) -> dict[int, tuple[int, int]]:
    """By appearance, the last version up to the shown one that it was found again in, and where it began."""
    rows = session.execute(
        select(col(Anchor.appearance_id), col(Anchor.snapshot_id), col(Anchor.start))
        .join(Appearance, col(Appearance.id) == col(Anchor.appearance_id))
        .where(col(Appearance.article_id) == article_id, col(Anchor.snapshot_id) <= shown.snapshot_id)
        .where(col(Anchor.start).is_not(None))
        .order_by(col(Anchor.snapshot_id))
    )
    return {appearance_id: (snapshot_id, start or 0) for appearance_id, snapshot_id, start in rows}


def placed(
    appearance: Appearance,
    anchor: Anchor | None,
    claim: Claim | None,
    review: Review | None,
    *,
    held: dict[int, tuple[int, int]],
    numbers: dict[int, int],
    shown: VersionView,
) -> PlacedQuote:
    """One appearance as it stands in the version shown."""
    last_id, last_at = held.get(appearance.id or 0, (appearance.snapshot_id, appearance.start))
    is_own = appearance.snapshot_id == shown.snapshot_id
    start, end = (appearance.start, appearance.end) if is_own else (None, None)
    if anchor is not None:
        start, end = anchor.start, anchor.end
    return PlacedQuote(
        appearance_id=appearance.id or 0,
        exact=appearance.exact,
        start=start,
        end=end,
        last_in=numbers[last_id],
        last_at=last_at,
        claim_id=claim.id if claim else None,
        claim_path=claim_path(claim.id or 0, review.claim_text if review else claim.text) if claim else None,
        is_public=review is not None,
    )
