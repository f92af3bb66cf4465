"""Asking for a fetch: requests are rows, recorded by people at the desk or by the machine, carried out by a worker.

A plain function here and in leases for each step of a request's life, rather than a class behind a protocol:
each takes the caller's session, because what a job did and that it is done have to be one transaction. Another queue
would be another module with these names.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select, text, update

from claims import audit
from claims.addresses import fetchable, identity, parse
from claims.audit import COMMAND_LINE, MACHINE, Action
from claims.errors import BadAddress, IllegalTransition, InvalidDraft
from claims.models import FetchRequest, RequestKind, RequestState, User
from claims.rows import key, load

# In the very words of the partial indexes on tasks: only so do databases see that these answer.
IS_OPEN = text("state IN ('queued', 'running')")
IS_TRIED_AGAIN = text("state = 'failed' AND due_at IS NOT NULL")

# A person at the desk, somebody on the command line, or None: the machine, as its schedule says.
Asker = User | Literal["command line"] | None


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of an address, not recorded yet; the ids are those of FetchRequest."""

    kind: RequestKind
    url: str
    evidence_id: int | None = None
    article_id: int | None = None
    listing_id: int | None = None
    parent_id: int | None = None

    @property
    def task(self) -> str:
        """The name of what is to be done, the same for every wish that one fetch would fulfil."""
        return f"{self.kind}:{self.evidence_id or self.listing_id or identity_of(self.url)}"


def enqueue(
    session: Session, wish: Wish, by: Asker, now: datetime, due_at: datetime | None = None
) -> FetchRequest | None:
    """Record a wish, to be fulfilled from due_at on, by default at once; None where the same task is open already.

    Who asks for what waits already is kept with it. A failed request of this task that was going to be tried again by
    itself leaves that to the new one.
    """
    waiting = open_request(session, wish.task)
    if waiting is not None:
        join(session, waiting, by, now=now)
        return None
    give_up_waiting(session, wish.task)
    wanted = FetchRequest(
        kind=wish.kind,
        url=wish.url,
        host=host_of(wish.url),
        task=wish.task,
        state=RequestState.QUEUED,
        evidence_id=wish.evidence_id,
        article_id=wish.article_id,
        listing_id=wish.listing_id,
        parent_id=wish.parent_id,
        requested_at=now,
        due_at=due_at or now,
    )
    keep_asker(wanted, by)
    session.add(wanted)
    session.flush()
    log_request(session, wanted, by=by, now=now)
    return wanted


def join(session: Session, waiting: FetchRequest, by: Asker, *, now: datetime) -> None:
    """Have a request that waits carried out at once for somebody who asks for it too; the first who asked stays."""
    is_scheduled = waiting.requested_by_id is None and not waiting.is_by_command
    is_later = waiting.due_at is not None and waiting.due_at > now
    if by is None or waiting.state is not RequestState.QUEUED or not (is_scheduled or is_later):
        return
    if is_scheduled:
        keep_asker(waiting, by)
    waiting.due_at = now if is_later else waiting.due_at
    session.add(waiting)
    log_request(session, waiting, by=by, now=now)


def request(
    session: Session,
    url: str,
    *,
    by: User,
    now: datetime,
    evidence_id: int | None = None,
    allow_hosts: Collection[str] = frozenset(),
) -> FetchRequest:
    """Record that somebody wants this address fetched, as an article or as a copy of evidence.

    Where the very same is waiting or running already, that is the request. InvalidDraft where the address may not be
    fetched; allow_hosts are the settings' private hosts that may.
    """
    wanted, _ = submit(session, url, by=by, now=now, evidence_id=evidence_id, allow_hosts=allow_hosts)
    return wanted


def submit(
    session: Session,
    url: str,
    *,
    by: User,
    now: datetime,
    evidence_id: int | None = None,
    allow_hosts: Collection[str] = frozenset(),
) -> tuple[FetchRequest, bool]:
    """The same, with whether the request is new."""
    address = url.strip()
    try:
        fetchable(address, allow_hosts)
    except BadAddress as error:
        raise InvalidDraft(f"{address[:80]!r}: {error.what}.") from error
    kind = RequestKind.SUBMITTED if evidence_id is None else RequestKind.EVIDENCE
    wish = Wish(kind, address, evidence_id=evidence_id)
    recorded = enqueue(session, wish, by, now)
    wanted = recorded or open_request(session, wish.task)
    if wanted is None:
        raise TypeError(f"{wish} was neither recorded nor open")
    return wanted, recorded is not None


def retry(session: Session, request_id: int, *, by: User, now: datetime) -> None:
    """Queue a request that failed once more, at once and with all its tries; who wants that is who asks for it now.

    Another failed request of its task that was going to be tried again by itself leaves that to this one.
    """
    wanted = load(session, FetchRequest, request_id)
    if wanted.state is not RequestState.FAILED:
        raise IllegalTransition("Only a fetch that failed can be tried again.")
    if open_request(session, wanted.task) is not None:
        raise IllegalTransition("This address was asked for again since, and waits for the worker already.")
    give_up_waiting(session, wanted.task)
    wanted.state, wanted.outcome, wanted.finished_at = RequestState.QUEUED, "", None
    wanted.due_at, wanted.tries = now, 0
    keep_asker(wanted, by)
    session.add(wanted)
    log_request(session, wanted, by=by, now=now)


def count_open(session: Session) -> int:
    """How many requests wait or run."""
    return session.exec(select(func.count()).select_from(FetchRequest).where(IS_OPEN)).one()


def made_good() -> ColumnElement[bool]:
    """The condition that a request failed, and what it was for was done by a later one."""
    # One pass over what was done at the hosts where something failed: nothing indexes tasks that have ended.
    failed, done = aliased(FetchRequest), aliased(FetchRequest)
    is_failed, is_done = col(failed.state) == RequestState.FAILED, col(done.state) == RequestState.DONE
    hosts, tasks = select(failed.host).where(is_failed), select(failed.task).where(is_failed)
    later = (
        select(done.task, func.max(done.id).label("id"))
        .where(is_done, col(done.host).in_(hosts), col(done.task).in_(tasks))
        .group_by(done.task)
        .subquery()
    )
    lost = select(failed.id).join(later, (later.c.task == col(failed.task)) & (later.c.id > col(failed.id)))
    return (col(FetchRequest.state) == RequestState.FAILED) & col(FetchRequest.id).in_(lost.where(is_failed))


def open_request(session: Session, task: str) -> FetchRequest | None:
    """The request with this task that waits or runs; a unique index holds that there is one at most."""
    return session.exec(select(FetchRequest).where(FetchRequest.task == task, IS_OPEN)).first()


def give_up_waiting(session: Session, task: str) -> None:
    """Let no failed request of this task be tried again by itself."""
    session.exec(update(FetchRequest).where(col(FetchRequest.task) == task, IS_TRIED_AGAIN).values(due_at=None))


def keep_asker(wanted: FetchRequest, by: Asker) -> None:
    """Note with a request who asks for it."""
    wanted.requested_by_id = key(by) if isinstance(by, User) else None
    wanted.is_by_command = by == COMMAND_LINE


def log_request(session: Session, wanted: FetchRequest, *, by: Asker, now: datetime) -> None:
    """Write the event of a request that was queued, or that somebody else asks for too."""
    actor = by.email if isinstance(by, User) else by or MACHINE
    audit.record(session, Action.FETCH_REQUEST, f"fetch:{wanted.id}", actor=actor, now=now, url=wanted.url)


def identity_of(url: str) -> str:
    """What all spellings of a page's address have in common; the address itself where it is none."""
    try:
        return identity(url)
    except BadAddress:
        return url


def host_of(url: str) -> str:
    """Who takes turns: the address's host; nothing where it is no address, which the worker refuses."""
    try:
        return parse(url).host
    except BadAddress:
        return ""
