"""Carries out the requests to fetch, several at once: hosts side by side, each host in turn.

Only asking the network goes on in threads; reading and storing stay in the thread that iterates over work. A worker
that is killed loses nothing and doubles nothing: what it had in work is taken again when its lease runs out, and what
it stored was stored with the end of its request.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from queue import Empty, SimpleQueue
from threading import Event, Thread
from types import TracebackType
from typing import Self

from claims import db, leases, listings, rechecks
from claims.errors import Busy
from claims.leases import LEASE, Lease, LostLease
from claims.models import FetchRequest
from scrapers.bringing import Brought, bring
from scrapers.errors import ScrapeError
from scrapers.pipeline import Pipeline
from scrapers.settling import BROKEN, fail, settle
from scrapers.turns import Turns

AT_ONCE = 8
REST_S = 0.5
SCHEDULE_S = 5.0
BEATS_PER_LEASE = 3

log = logging.getLogger(__name__)


def work(
    pipeline: Pipeline, *, stop: Event, once: bool, at_once: int = AT_ONCE, lease: timedelta = LEASE
) -> Iterator[FetchRequest]:
    """Carry out what is due, yielding each request as it ended, until stop is set.

    With once, end when nothing is due that nobody carries out; otherwise look again every half second. Up to at_once
    requests are in work; what is not finished when this ends, however it ends, is put back at once.
    """
    with Crew(pipeline, at_once, lease) as crew:
        while not stop.is_set():
            crew.take_on()
            if crew.is_idle:
                if once:
                    return
                stop.wait(REST_S)
            elif (ended := crew.settle_next()) is not None:
                yield ended


def work_once(pipeline: Pipeline) -> FetchRequest | None:
    """Carry out the request that has been due longest, and return it as it ended; None where none was due."""
    return next(work(pipeline, stop=Event(), once=True, at_once=1), None)


@dataclass(slots=True)
class Crew:
    """The threads that ask the network for one worker, and the leases under which they do."""

    pipeline: Pipeline
    at_once: int
    lease: timedelta
    in_work: dict[str, Lease] = field(default_factory=dict)
    brought: SimpleQueue[tuple[Lease, Brought | ScrapeError]] = field(default_factory=SimpleQueue)
    parsing: Turns = field(default_factory=Turns)
    ended: Event = field(default_factory=Event)
    scheduled_s: float = float("-inf")

    def __enter__(self) -> Self:
        Thread(target=self._keep_leases, name="heartbeat", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put back what is in work; threads that still wait for the network bring it to nobody."""
        self.ended.set()
        with suppress(Busy):
            self._put_back()
        # Never released again: who comes back from the network now must not parse beside what our caller does next.
        self.parsing.acquire(timeout_s=10)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is in work."""
        return not self.in_work

    def take_on(self) -> None:
        """Take as many requests as there are hands free, and send for what they want."""
        free = self.at_once - len(self.in_work)
        if not free:
            return
        try:
            with db.transaction(self.pipeline.engine) as session:
                # Before anything is taken, for what lapsed while we were reading is still ours and in work.
                self._renew_in(session)
                self._keep_schedule(session)
                taken = leases.take(session, free, now=self.pipeline.clock(), lease=self.lease)
        except Busy as error:
            log.warning("%s", error)
            return
        for lease in taken:
            self.in_work[lease.token] = lease
            Thread(target=self._bring, args=(lease,), name=f"asks {lease.url[:60]}", daemon=True).start()

    def settle_next(self) -> FetchRequest | None:
        """Read and store what was brought next, and return its request as it ended; None where none did."""
        try:
            lease, brought = self.brought.get(timeout=REST_S)
        except Empty:
            return None
        try:
            ended = self._settle(lease, brought)
        except Busy as error:
            log.warning("%s", error)
            self.brought.put((lease, brought))
            return None
        except LostLease as error:
            log.warning("%s: %s", lease.url, error)
            ended = None
        del self.in_work[lease.token]
        return ended

    def _settle(self, lease: Lease, brought: Brought | ScrapeError) -> FetchRequest:
        """The request as it ended; failed, if what was brought breaks us."""
        with self.parsing:
            try:
                return settle(self.pipeline, lease, brought)
            except (Busy, LostLease):
                raise
            except Exception:
                # One item of a batch: what cannot be stored must not end the worker again and again.
                log.exception("cannot store %s", lease.url)
        return fail(self.pipeline, lease, f"{lease.url}: {BROKEN}")

    def _keep_schedule(self, session: db.Session) -> None:
        """Ask for the listings that are due, and for another look at what is, now and then."""
        if time.monotonic() - self.scheduled_s >= SCHEDULE_S:
            self.scheduled_s = time.monotonic()
            listings.request_due(session, now=self.pipeline.clock())
            rechecks.request_due(session, now=self.pipeline.clock())

    def _bring(self, lease: Lease) -> None:
        """Ask for what a request wants, and hand it over."""
        try:
            brought: Brought | ScrapeError = bring(self.pipeline, lease, self.parsing)
        except ScrapeError as error:
            brought = error
        except Exception:
            # One item of a batch: what breaks the reader of feeds must not leave its request in work for ever.
            log.exception("cannot fetch %s", lease.url)
            brought = ScrapeError(lease.url, BROKEN)
        self.brought.put((lease, brought))

    def _keep_leases(self) -> None:
        """Prolong the leases of what is in work, several times in the time that they last, until the work ends."""
        while not self.ended.wait(self.lease.total_seconds() / BEATS_PER_LEASE):
            try:
                with db.transaction(self.pipeline.engine) as session:
                    self._renew_in(session)
            except Busy as error:
                log.warning("%s", error)

    def _put_back(self) -> None:
        """Let others take what is in work."""
        if self.in_work:
            with db.transaction(self.pipeline.engine) as session:
                leases.release(session, self.in_work.values())

    def _renew_in(self, session: db.Session) -> None:
        """Prolong the leases of what is in work at this moment."""
        in_work = self.in_work.copy()
        if in_work:
            leases.renew(session, in_work.values(), now=self.pipeline.clock(), lease=self.lease)
