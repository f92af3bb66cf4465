"""The pauses between two requests to a host, kept together by all processes that share a database."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, text
from sqlmodel import Session, col, delete, select

from claims import db
from claims.clock import Clock, utc_now
from claims.db import Engine
from claims.errors import Busy
from claims.models import HostPause
from claims.models.table import UtcDateTime

log = logging.getLogger(__name__)

# The longest pause that a host is ever given.
LONGEST = timedelta(hours=1)
# Both engines have it in these words. A row that is there is written as it is, which holds it: nobody drops it before
# we read it.
HELD_HOST = text(
    "INSERT INTO host_pause (host, asked_at, free_at) VALUES (:host, :at, :at) "
    "ON CONFLICT (host) DO UPDATE SET host = excluded.host"
)


@dataclass(frozen=True, slots=True)
class SharedPauses:
    """Takes turns at hosts for one process, beside others on the same database; a transaction of its own each time.

    While the database lets nobody write for long, the process has but the pauses that it keeps by itself.
    """

    engine: Engine
    clock: Clock = utc_now

    def take(self, host: str, delay_s: float) -> float:
        """0 where it is our turn to ask the host, else the seconds after which it may be.

        Nobody has the next turn before delay_s seconds are over.
        """
        try:
            with db.unlogged(self.engine) as session:
                return take(session, host, timedelta(seconds=delay_s), self.clock).total_seconds()
        except Busy as error:
            log.warning("the pause at %s is kept by this process alone: %s", host, error)
            return 0.0

    def rest(self, host: str, rest_s: float) -> None:
        """Let no process ask the host for so many seconds."""
        try:
            with db.unlogged(self.engine) as session:
                rest(session, host, timedelta(seconds=rest_s), self.clock)
        except Busy as error:
            log.warning("the rest of %s is kept by this process alone: %s", host, error)


def take(session: Session, host: str, delay: timedelta, clock: Clock) -> timedelta:
    """Nothing where the host is asked now and then by nobody for the delay, else how long that has to wait.

    A turn is taken when it has come and not before: who is late with it would else meet the next one. Who asks a host
    for the first time in an hour drops the rows of all hosts that nobody has asked for so long.
    """
    row, now = locked(session, host, clock)
    wait = max(row.free_at, row.asked_at + delay) - now
    if wait > timedelta(0):
        return wait
    was_quiet = row.free_at < now - LONGEST
    row.asked_at, row.free_at = now, now + delay
    if was_quiet:
        session.flush()
        drop_quiet(session, now)
    return timedelta(0)


def rest(session: Session, host: str, pause: timedelta, clock: Clock) -> None:
    """Let nobody ask the host for the pause, an hour at most; a longer one that began already stays."""
    row, now = locked(session, host, clock)
    row.asked_at, row.free_at = now, max(row.free_at, now + min(pause, LONGEST))


def locked(session: Session, host: str, clock: Clock) -> tuple[HostPause, datetime]:
    """The row of the host, which nobody else changes before the transaction ends, and what time it is since then.

    A host that has no row gets one, as if it had been asked long ago. What was asked later than now was asked by a
    clock that was put back since, or by another machine's that is ahead: its pause then begins now, once and for all,
    for nobody could tell how much of it is over, and to wait for the clock to come round would shut the host out.
    """
    held = HELD_HOST.bindparams(bindparam("at", type_=UtcDateTime()))
    session.execute(held, {"host": host, "at": clock() - 2 * LONGEST})
    row = session.exec(select(HostPause).where(HostPause.host == host)).one()
    now = clock()
    ahead = max(timedelta(0), row.asked_at - now)
    row.asked_at, row.free_at = row.asked_at - ahead, row.free_at - ahead
    return row, now


def drop_quiet(session: Session, now: datetime) -> None:
    """Drop the rows of hosts whose pauses have been over for longer than any pause; those that somebody holds stay.

    Without waiting for anybody: of two that drop rows at once, each might hold what the other waits for.
    """
    quiet = select(HostPause.host).where(col(HostPause.free_at) < now - LONGEST)
    session.exec(delete(HostPause).where(col(HostPause.host).in_(quiet.with_for_update(skip_locked=True))))
