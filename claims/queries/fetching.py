"""What the fetching page shows of the requests to fetch: how many stand where, and what became of each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, not_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from claims.fetching.outlets import requests_of
from claims.fetching.requests import made_good
from claims.models import Appearance, Evidence, FetchRequest, Match, MatchState, Outlet, RequestKind, RequestState, User
from claims.queries.paging import PAGE_SIZE, Listing, page_shown
from claims.queries.waiting import WorkerState, worker_state
from claims.rows import load

SHOWN_AT_ONCE = 6


@dataclass(frozen=True, slots=True)
class RequestFilter:
    """Which requests to fetch somebody wants to see; page counts from 1, and only one state's list has pages.

    parent_id narrows them to what another request found.
    """

    state: RequestState | None = None
    outlet_id: int | None = None
    host: str = ""
    parent_id: int | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Children:
    """How many requests another one led to, how many of them ended, and how many of those failed."""

    total: int = 0
    ended: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request to fetch and how it went.

    requested_by is None where nobody at the desk asked, is_by_command whether somebody did on the command line. claims
    counts those that the article's statements belong to; claim_id is the claim that the evidence is cited for.
    has_lost_worker: its lease ran out.
    """

    request_id: int
    kind: RequestKind
    url: str
    state: RequestState
    outcome: str
    requested_by: str | None
    is_by_command: bool
    requested_at: datetime
    due_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    tries: int
    has_lost_worker: bool
    parent_id: int | None
    parent_url: str | None
    article_id: int | None
    claims: int
    claim_id: int | None
    children: Children


@dataclass(frozen=True, slots=True)
class Overview:
    """How many requests stand where, and the first few of each state; worker is said of all, not of the filtered."""

    worker: WorkerState
    counts: Mapping[RequestState, int]
    first: Mapping[RequestState, tuple[RequestRow, ...]]


def fetch_overview(session: Session, wanted: RequestFilter, *, now: datetime) -> Overview:
    """The requests that fit, in every state: what runs, what waits in order, and what ended, the latest first."""
    fits = fitting(session, wanted)
    first = {state: rows_in(session, state, fits, now=now, limit=SHOWN_AT_ONCE) for state in RequestState}
    return Overview(worker_state(session, now), fetch_counts(session, fits), first)


def fetch_list(session: Session, wanted: RequestFilter, state: RequestState, *, now: datetime) -> Listing[RequestRow]:
    """One page of the requests in a state; a page past the last one is the last one."""
    fits = fitting(session, wanted)
    total = fetch_counts(session, fits)[state]
    shown = page_shown(wanted.page, total)
    rows = rows_in(session, state, fits, now=now, limit=PAGE_SIZE, offset=(shown - 1) * PAGE_SIZE)
    return Listing(rows, total, shown, PAGE_SIZE)


def fetch_counts(session: Session, fits: ColumnElement[bool]) -> dict[RequestState, int]:
    """How many of the requests that fit stand in each state; what failed and was done later is not counted."""
    counted = select(col(FetchRequest.state), func.count()).where(fits).group_by(col(FetchRequest.state))
    by_state = {state: count for state, count in session.execute(counted)}  # noqa: C416 - a row is no pair to mypy
    if by_state.get(RequestState.FAILED):
        by_state[RequestState.FAILED] -= session.scalars(select(func.count()).where(made_good(), fits)).one()
    return {state: by_state.get(state, 0) for state in RequestState}


def fitting(session: Session, wanted: RequestFilter) -> ColumnElement[bool]:
    """The condition that a filter puts on requests, whatever their state; NotFound where there is no such outlet."""
    conditions: list[ColumnElement[bool]] = [col(FetchRequest.id) > 0]
    if wanted.outlet_id is not None:
        conditions.append(requests_of(session, load(session, Outlet, wanted.outlet_id)))
    if wanted.host:
        conditions.append(col(FetchRequest.host) == wanted.host)
    if wanted.parent_id is not None:
        conditions.append(col(FetchRequest.parent_id) == wanted.parent_id)
    return and_(*conditions)


def order_of(state: RequestState) -> tuple[Any, ...]:
    """What the requests of a state are sorted by; each order but those of the few is the index's."""
    request_id = col(FetchRequest.id)
    if state is RequestState.QUEUED:
        return col(FetchRequest.due_at), request_id
    if state is RequestState.RUNNING:
        return col(FetchRequest.started_at), request_id
    if state is RequestState.FAILED:
        return col(FetchRequest.finished_at).desc().nulls_last(), request_id.desc()
    return col(FetchRequest.due_at).desc().nulls_last(), request_id.desc()


def rows_in(
    session: Session, state: RequestState, fits: ColumnElement[bool], *, now: datetime, limit: int, offset: int = 0
) -> tuple[RequestRow, ...]:
    """Some of the requests in a state, in its order, with what became of each; not what failed and was done later."""
    if state is RequestState.FAILED:
        fits = and_(fits, not_(made_good()))
    parent = aliased(FetchRequest)
    wanted: Select[*tuple[Any, ...]] = (
        select(
            FetchRequest,
            col(User.name).label("requested_by"),
            col(Evidence.claim_id).label("claim_id"),
            col(parent.url).label("parent_url"),
        )
        .join(User, col(User.id) == col(FetchRequest.requested_by_id), isouter=True)
        .join(Evidence, col(Evidence.id) == col(FetchRequest.evidence_id), isouter=True)
        .join(parent, col(parent.id) == col(FetchRequest.parent_id), isouter=True)
        .where(col(FetchRequest.state) == state, fits)
        .order_by(*order_of(state))
        .limit(limit)
        .offset(offset)
    )
    found = session.execute(wanted).all()
    requests = [row.FetchRequest for row in found]
    children = children_of(session, [request.id for request in requests])
    claims = claims_of(session, [request.article_id for request in requests if request.article_id])
    return tuple(
        request_row(row, children=children[request.id], claims=claims.get(request.article_id or 0, 0), now=now)
        for row, request in zip(found, requests, strict=True)
    )


def request_row(row: Row[*tuple[Any, ...]], *, children: Children, claims: int, now: datetime) -> RequestRow:
    """One request as the page shows it."""
    request = row.FetchRequest
    return RequestRow(
        request_id=request.id,
        kind=request.kind,
        url=request.url,
        state=request.state,
        outcome=request.outcome,
        requested_by=row.requested_by,
        is_by_command=request.is_by_command,
        requested_at=request.requested_at,
        due_at=request.due_at,
        started_at=request.started_at,
        finished_at=request.finished_at,
        tries=request.tries,
        has_lost_worker=lost_worker(request, now),
        parent_id=request.parent_id,
        parent_url=row.parent_url,
        article_id=request.article_id,
        claims=claims,
        claim_id=row.claim_id,
        children=children,
    )


def lost_worker(request: FetchRequest, now: datetime) -> bool:
    """Whether a request was taken and its lease has run out since."""
    until = request.leased_until
    return request.state is RequestState.RUNNING and until is not None and until < now


def children_of(session: Session, request_ids: Sequence[int]) -> dict[int, Children]:
    """What each of the requests led to."""
    state = col(FetchRequest.state)
    has_ended = state.in_((RequestState.DONE, RequestState.FAILED))
    counted = (
        select(
            col(FetchRequest.parent_id),
            func.count(),
            func.sum(case((has_ended, 1), else_=0)),
            func.sum(case((state == RequestState.FAILED, 1), else_=0)),
        )
        .where(col(FetchRequest.parent_id).in_(request_ids))
        .group_by(col(FetchRequest.parent_id))
    )
    found = {parent_id: Children(*numbers) for parent_id, *numbers in session.execute(counted)}
    return defaultdict(Children, found)


def claims_of(session: Session, article_ids: Sequence[int]) -> dict[int, int]:
    """How many claims the statements of each article belong to."""
    counted = (
        select(col(Appearance.article_id), func.count(col(Match.claim_id).distinct()))
        .join(Match, col(Match.appearance_id) == col(Appearance.id))
        .where(col(Appearance.article_id).in_(article_ids), col(Match.state) == MatchState.CONFIRMED)
        .group_by(col(Appearance.article_id))
    )
    return {article_id: count for article_id, count in session.execute(counted)}  # noqa: C416
