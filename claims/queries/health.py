"""How an outlet stands, judged from what the database says of it: failing, silent, well or paused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby

from claims.models import Outlet

DAYS_SHOWN = 30
# Fewer articles than this say nothing about an outlet's habits.
FEWEST_ARTICLES = 5
# One failure passes by itself more often than not.
WORRYING_FAILURES = 2
DOWN_AFTER = timedelta(hours=1)


class OutletState(StrEnum):
    """How an outlet stands, those in trouble first."""

    FAILING = "failing"
    SILENT = "silent"
    WELL = "well"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class ListingRow:
    """A listing of an outlet: when it was and will be read, and the problem that it met since."""

    listing_id: int
    url: str
    is_active: bool
    every_s: int
    due_at: datetime
    read_at: datetime | None
    failures: int
    problem: str


@dataclass(frozen=True, slots=True)
class End:
    """How a request ended: when, at which address, and what came of it or why nothing did."""

    at: datetime
    url: str
    why: str


@dataclass(frozen=True, slots=True)
class Silence:
    """How many days an outlet has published nothing, and the longest that it paused before, both in whole days."""

    days: int
    longest_before: int

    @property
    def is_unusual(self) -> bool:
        """Whether it is so much longer than any pause before that somebody should look."""
        return self.days >= 2 * self.longest_before + 2


@dataclass(frozen=True, slots=True)
class OutletHealth:
    """An outlet as its readers see it; failures are those of the last 7 days.

    failed counts all requests that stand so, but for those whose task was done later. days counts articles on each of
    the last 30 days, oldest first, by the day they were published or, where they do not say, first seen. silence is
    None where too few articles say what is usual.
    """

    outlet_id: int
    name: str
    address: str
    state: OutletState
    listings: tuple[ListingRow, ...]
    articles: int
    days: tuple[int, ...]
    silence: Silence | None
    last_success_at: datetime | None
    last_error: End | None
    failures: int
    failed: int


@dataclass(frozen=True, slots=True)
class Articles:
    """How many articles an outlet has, and when the newest of them was stored."""

    total: int = 0
    newest_stored_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What the requests to an outlet say: when the last one was done, the last that failed, and how many failed."""

    last_done_at: datetime | None
    last_error: End | None
    failures: int
    failed: int


def health(
    outlet: Outlet, listings: tuple[ListingRow, ...], record: Record, articles: Articles, days: Sequence[int]
) -> OutletHealth:
    """One outlet, put together from what each table says of it."""
    read_at = [listing.read_at for listing in listings if listing.read_at]
    read_at += [at for at in (record.last_done_at, articles.newest_stored_at) if at]
    last_success_at = max(read_at, default=None)
    silence = silence_of(days)
    return OutletHealth(
        outlet_id=outlet.id or 0,
        name=outlet.name,
        address=outlet.address,
        state=state_of(listings, record, last_success_at, silence),
        listings=listings,
        articles=articles.total,
        days=tuple(days[-DAYS_SHOWN:]),
        silence=silence,
        last_success_at=last_success_at,
        last_error=record.last_error,
        failures=record.failures,
        failed=record.failed,
    )


def state_of(
    listings: Sequence[ListingRow], record: Record, last_success_at: datetime | None, silence: Silence | None
) -> OutletState:
    """How an outlet stands: failing where a listing fails repeatedly or all failed lately, else silent, else well.

    One failure is enough where nothing was ever read: the address is wrong more often than the site is down.
    What a person paused is not in trouble, and of what nobody reads on schedule no silence is known.
    """
    active = [listing for listing in listings if listing.is_active]
    if listings and not active:
        return OutletState.PAUSED
    fewest = 1 if last_success_at is None and len(active) == 1 else WORRYING_FAILURES
    if any(listing.failures >= fewest for listing in active) or is_down(record, last_success_at):
        return OutletState.FAILING
    return OutletState.SILENT if active and silence and silence.is_unusual else OutletState.WELL


def is_down(record: Record, last_success_at: datetime | None) -> bool:
    """Whether requests failed lately and nothing has succeeded for an hour before the last of them, or since."""
    if record.failures < WORRYING_FAILURES or record.last_error is None:
        return False
    return last_success_at is None or record.last_error.at - last_success_at > DOWN_AFTER


def silence_of(days: Sequence[int]) -> Silence | None:
    """How long nothing was published up to the last of the days, beside the longest pause between two days before.

    The last day is not over, so it never counts as a day of silence.
    """
    if sum(days) < FEWEST_ARTICLES:
        return None
    pauses = [len(tuple(run)) for is_quiet, run in groupby(days, key=lambda count: count == 0) if is_quiet]
    first_pause, last_pause = int(days[0] == 0), int(days[-1] == 0)
    before = pauses[first_pause : len(pauses) - last_pause]
    return Silence(max(0, pauses[-1] - 1) if last_pause else 0, max(before, default=0))


def by_trouble(outlet: OutletHealth) -> tuple[int, int, str]:
    """What outlets are sorted by."""
    return list(OutletState).index(outlet.state), -outlet.failures, outlet.name.casefold()
