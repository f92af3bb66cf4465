"""The records that pages are drawn from: plain values, nothing that could write."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from claims.drafts import Access, Stance, StatementKind
from claims.models import AlertKind, Bearing, MatchState, Relation, RequestState, ReviewState, Role
from claims.ratings import Rating
from claims.versions.anchors import AnchorState

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """One page of a longer list: its rows, and how many there are on all pages."""

    rows: Sequence[Row]
    total: int
    page: int
    page_size: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.page_size))


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as one line of a list, at the desk or before the public.

    text is the published wording where there is one. claimants are the most frequent first, three at most.
    days counts appearances for each of the last 14 days up to the last appearance, oldest first.
    """

    claim_id: int
    path: str
    text: str
    language: str
    claimants: tuple[str, ...]
    appearances: int
    outlets: int
    suggestions: int
    check_worthiness: float
    first_appeared_at: datetime | None
    last_appeared_at: datetime | None
    review_state: ReviewState | None
    rating: Rating | None
    published_at: datetime | None
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AppearanceView:
    """One appearance with everything around it that a reader or reviewer asks for.

    appeared_at is when the article was published, or first seen where it does not say. is_copy: an earlier article
    carried the very same words, or this one is a wire copy. match_* describe how it came to the claim. anchor says
    what became of the words since, gone_at since when the article is gone from its address,
    missing_at when that answered once that there is no such page, look_problem what the last look at it met.
    """

    appearance_id: int
    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    wording: str
    claimant: str | None
    cue: str | None
    stance: Stance
    kind: StatementKind
    check_worthiness: float
    outlet_id: int
    outlet: str
    article_id: int
    article_url: str
    article_title: str
    language: str
    origin: str | None
    access: Access
    published_at: datetime | None
    appeared_at: datetime
    snapshot_id: int
    snapshot_sha256: str
    is_copy: bool
    match_id: int
    match_state: MatchState
    match_version: int
    match_score: float
    decided_by: str | None
    anchor: AnchorState = AnchorState.UNCHANGED
    gone_at: datetime | None = None
    look_problem: str = ""
    missing_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MatchView:
    """A proposal to be decided: the appearance, what it was compared with, and why in words.

    relation is SAME for a suggestion, CONTRADICTS where guards kept it apart. claim_id is the claim that it is
    proposed for; home_claim_id and home_path are where the appearance lives now. guards are sentences, parts the named
    scores. run_id is the run of the matcher that proposed it, which can be replayed; None for what is older than runs.
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


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A piece of evidence as it is cited. fetch_* say how the copy of its address stands.

    versions counts its copies that differ, gone_at is since when it is gone from its address, missing_at when that
    answered once that there is no such page, look_problem what the last look met there; archived_url is where an
    archive keeps the copy that was cited, archive_problem why none does.
    """

    evidence_id: int
    url: str | None
    title: str
    quote: str
    note: str
    is_primary: bool
    bearing: Bearing
    added_by: str
    added_at: datetime
    withdrawn_at: datetime | None
    snapshot_sha256: str | None
    fetched_at: datetime | None
    fetch_state: RequestState | None
    fetch_outcome: str
    versions: int = 0
    gone_at: datetime | None = None
    look_problem: str = ""
    missing_at: datetime | None = None
    archived_url: str | None = None
    archive_problem: str | None = None


@dataclass(frozen=True, slots=True)
class AlertView:
    """Something that a published verdict leans on changed; title is the evidence's, or the quote that is gone.

    Of an article that is gone it is the headline. article_id or evidence_id is where the versions can be compared,
    gone_at since when the article is not at its address.
    """

    alert_id: int
    kind: AlertKind
    raised_at: datetime
    title: str
    evidence_id: int | None
    article_id: int | None
    gone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReviewView:
    """One version of a verdict, with the evidence that it stands on."""

    review_id: int
    number: int
    version: int
    state: ReviewState
    rating: Rating | None
    summary: str
    claim_text: str
    author: str
    contributor_ids: tuple[int, ...]
    created_at: datetime
    submitted_at: datetime | None
    change_request: str
    published_by: str | None
    published_at: datetime | None
    override_reason: str | None
    content_sha256: str | None
    retracted_at: datetime | None
    retraction_reason: str | None
    correction: "CorrectionView | None"
    evidence: tuple[EvidenceView, ...]


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """What a version changed against the one before it."""

    from_rating: Rating
    to_rating: Rating | None
    why: str
    requested_by: str
    approved_by: str | None
    approved_at: datetime | None


@dataclass(frozen=True, slots=True)
class EventView:
    """One line of a claim's history: at what time, who, did what, in words."""

    at: datetime
    actor: str
    action: str
    sentence: str
    hash: str


@dataclass(frozen=True, slots=True)
class DeskClaim:
    """Everything the desk's claim page shows. open_review is the one being written, standing the public one.

    alerts are those that wait for a reviewer.
    """

    claim_id: int
    path: str
    version: int
    text: str
    language: str
    claimants: tuple[str, ...]
    check_worthiness: float
    created_at: datetime
    appearances: tuple[AppearanceView, ...]
    suggested: tuple[MatchView, ...]
    kept_apart: tuple[MatchView, ...]
    proposed_elsewhere: tuple[MatchView, ...]
    evidence: tuple[EvidenceView, ...]
    open_review: ReviewView | None
    standing: ReviewView | None
    history: tuple[EventView, ...]
    previous_claim_id: int | None
    next_claim_id: int | None
    alerts: tuple[AlertView, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicClaim:
    """Everything the public claim page shows about one version of its verdict, and the versions around it."""

    claim_id: int
    path: str
    review: ReviewView
    is_current: bool
    language: str
    claimants: tuple[str, ...]
    appearances: tuple[AppearanceView, ...]
    versions: tuple[ReviewView, ...]
    contradicted_by: tuple[ClaimRow, ...]


@dataclass(frozen=True, slots=True)
class UserRow:
    """Somebody who may sign in."""

    user_id: int
    email: str
    name: str
    role: Role
    is_active: bool
    created_at: datetime
