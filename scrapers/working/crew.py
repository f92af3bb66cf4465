"""A worker's threads: they take requests under leases, keep those while they ask the network, and bring what came."""

import logging
import time
from dataclasses import dataclass, field
from datetime import timedelta
from queue import Empty, SimpleQueue
from threading import Event, Thread
from types import TracebackType
from typing import Self

from claims import db
from claims.errors import Busy
from claims.fetching import leases, listings
from claims.fetching.leases import Lease, LostLease
from claims.models import FetchRequest
from claims.rechecks import schedule
from scrapers.errors import ScrapeError
from scrapers.pipeline import Pipeline
from scrapers.working.bringing import Brought, bring
from scrapers.working.settling import BROKEN, fail, put_off, settle
from scrapers.working.turns import Turns

REST_S = 0.5
MAX_REST_S = 60.0
MAX_DOUBLINGS = 10
CANNOT_WRITE = (Busy, *db.TROUBLES)
SCHEDULE_S = 5.0
BEATS_PER_LEASE = 3
# How long the end waits for threads that are in the midst of something short.
PATIENCE_S = 10

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Crew:
    """The threads that ask the network for one worker, and the leases under which they do.

    troubles counts how often in a row the database or the disk was out of order.
    """

    pipeline: Pipeline
    at_once: int
    lease: timedelta
    stop: Event = field(default_factory=Event)
    rest_s: float = REST_S
    troubles: int = 0
    in_work: dict[str, Lease] = field(default_factory=dict)
    brought: SimpleQueue[tuple[Lease, Brought | Exception]] = field(default_factory=SimpleQueue)
    parsing: Turns = field(default_factory=Turns)
    ended: Event = field(default_factory=Event)
    scheduled_s: float = float("-inf")
    heartbeat: Thread = field(init=False)

    def __enter__(self) -> Self:
        self.heartbeat = Thread(target=self._keep_leases, name="heartbeat", daemon=True)
        self.heartbeat.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put back what is in work; threads that still wait for the network bring it to nobody."""
        self.ended.set()
        try:
            self._put_back()
        except CANNOT_WRITE as trouble:
            # Then their leases run out.
            warn_of(trouble)
        # Else it would give its connection back to an engine that our caller has closed, which nobody closes again.
        self.heartbeat.join(timeout=PATIENCE_S)
        # Never released again: who comes back from the network now must not parse beside what our caller does next.
        self.parsing.acquire(timeout_s=PATIENCE_S)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is in work."""
        return not self.in_work

    def take_on(self) -> None:
        """Take as many requests as there are hands free, and send for what they want."""
        free = (1 if self.troubles else self.at_once) - len(self.in_work)
        if free <= 0:
            return
        try:
            taken = self._take(free)
        except CANNOT_WRITE as error:
            self._rest_after(error)
            return
        for lease in taken:
            self.in_work[lease.token] = lease
            Thread(target=self._bring, args=(lease,), name=f"asks {lease.url[:60]}", daemon=True).start()
        if self.is_idle:
            self.troubles = 0

    def settle_next(self) -> FetchRequest | None:
        """Read and store what was brought next, and return its request as it ended; None where none did."""
        try:
            lease, brought = self.brought.get(timeout=REST_S)
        except Empty:
            return None
        try:
            ended = self._settle_or_put_off(lease, brought)
        except LostLease as error:
            log.warning("%s: %s", lease.url, error)
            ended = None
        except CANNOT_WRITE as error:
            self.brought.put((lease, brought))
            self._rest_after(error)
            return None
        del self.in_work[lease.token]
        return ended

    def _settle_or_put_off(self, lease: Lease, brought: Brought | Exception) -> FetchRequest | None:
        """The request as it ended; None where it waits again, also for a disk or a database that would not have it."""
        try:
            ended = self._settle(lease, brought)
        except db.TROUBLES as error:
            if not db.is_out_of_order(error):
                raise
            given_up = put_off(self.pipeline, lease)
            self._rest_after(error)
            return given_up
        self.troubles = 0
        return ended

    def _settle(self, lease: Lease, brought: Brought | Exception) -> FetchRequest | None:
        """The request as it ended; failed, if what was brought breaks us. None where it waits for its host."""
        if isinstance(brought, Exception) and not isinstance(brought, ScrapeError):
            raise brought
        with self.parsing:
            try:
                return settle(self.pipeline, lease, brought)
            except (Busy, LostLease):
                raise
            except Exception as error:
                if db.is_out_of_order(error):
                    raise
                # One item of a batch: what cannot be stored must not end the worker again and again.
                log.exception("cannot store %s", lease.url)
        return fail(self.pipeline, lease, f"{lease.url}: {BROKEN}")

    def _take(self, at_most: int) -> list[Lease]:
        """Requests under new leases, after what is to be done before."""
        with db.transaction(self.pipeline.engine) as session:
            # Before anything is taken, for what lapsed while we were reading is still ours and in work.
            self._renew_in(session)
            self._keep_schedule(session)
            return leases.take(session, at_most, now=self.pipeline.clock(), lease=self.lease)

    def _rest_after(self, error: Exception) -> None:
        """Say what is out of order, and rest: twice as long each time in a row. Raises any error of another kind."""
        warn_of(error)
        if not isinstance(error, Busy):
            self.stop.wait(min(self.rest_s * 2 ** min(self.troubles, MAX_DOUBLINGS), MAX_REST_S))
            self.troubles += 1

    def _keep_schedule(self, session: db.Session) -> None:
        """Ask for the listings that are due, and for another look at what is, now and then."""
        if time.monotonic() - self.scheduled_s >= SCHEDULE_S:
            self.scheduled_s = time.monotonic()
            listings.request_due(session, now=self.pipeline.clock())
            schedule.request_due(session, now=self.pipeline.clock())

    def _bring(self, lease: Lease) -> None:
        """Ask for what a request wants, and hand it over."""
        try:
            brought: Brought | Exception = bring(self.pipeline, lease, self.parsing)
        except ScrapeError as error:
            brought = error
        except Exception as error:
            # One item of a batch: what breaks the reader of feeds must not leave its request in work for ever. An
            # OSError here is the network's, and no reason to rest.
            is_ours = db.is_out_of_order(error) and not isinstance(error, OSError)
            if not is_ours:
                log.exception("cannot fetch %s", lease.url)
            brought = error if is_ours else ScrapeError(lease.url, BROKEN)
        self.brought.put((lease, brought))

    def _keep_leases(self) -> None:
        """Prolong the leases of what is in work, several times in the time that they last, until the work ends."""
        while not self.ended.wait(self.lease.total_seconds() / BEATS_PER_LEASE):
            try:
                with db.transaction(self.pipeline.engine) as session:
                    self._renew_in(session)
            except CANNOT_WRITE as error:
                warn_of(error)

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


def warn_of(error: Exception) -> None:
    """Say that the database let nobody write, or that it or the disk is out of order; raises any other error again."""
    if not (isinstance(error, Busy) or db.is_out_of_order(error)):
        raise error
    log.warning("%s" if isinstance(error, Busy) else "the database or the disk is out of order: %s", error)
