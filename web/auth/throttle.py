"""Slows down the guessing of passwords: after a few failures an account is closed to that address for a while."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

MAX_FAILURES = 5
CLOSED_FOR = timedelta(minutes=15)
MAX_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Attempt:
    """Who tries to sign in to what: the network address and the account as it was typed."""

    address: str
    account: str


@dataclass(slots=True)
class Throttle:
    """The failures of the last quarter of an hour, kept in this process alone; the oldest are forgotten first."""

    failures: OrderedDict[Attempt, list[datetime]] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def is_closed(self, attempt: Attempt, now: datetime) -> bool:
        """Whether so many attempts failed lately that no further one is tried."""
        with self.lock:
            return len(self.recent(attempt, now)) >= MAX_FAILURES

    def note_failure(self, attempt: Attempt, now: datetime) -> None:
        """Count a failed attempt."""
        with self.lock:
            self.failures[attempt] = [*self.recent(attempt, now), now]
            self.failures.move_to_end(attempt)
            while len(self.failures) > MAX_KEPT:
                self.failures.popitem(last=False)

    def forget(self, attempt: Attempt) -> None:
        """Begin anew after a success."""
        with self.lock:
            self.failures.pop(attempt, None)

    def recent(self, attempt: Attempt, now: datetime) -> list[datetime]:
        """The times of the attempt's failures that still count."""
        return [at for at in self.failures.get(attempt, ()) if now - at < CLOSED_FOR]
