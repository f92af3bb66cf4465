"""What a worker does in its main thread: reads what was brought, stores it and ends the request, in one transaction."""

from claims import db
from claims.addresses import same_page
from claims.counting import counted
from claims.db import Session
from claims.drafts import Page
from claims.errors import Busy, ClaimsError
from claims.fetching import leases, listings
from claims.fetching.leases import Lease, LostLease
from claims.intake import Stored, store
from claims.models import Article, FetchRequest, Recheck
from claims.rechecks import outcomes, validators
from claims.rows import load
from scrapers.errors import HostResting, ScrapeError
from scrapers.pipeline import Failure, Pipeline, Reading, line_for, read
from scrapers.working import copying
from scrapers.working.bringing import Brought, Listed, Unchanged
from scrapers.working.copying import Copied, keep_evidence, note_trouble

UNCHANGED = "unchanged since it was last fetched"
BROKEN = "this broke the program; the log has the details. Report it, please"
LISTS_NOTHING = "this page lists no stories; give the address of the outlet's feed or sitemap"


def settle(pipeline: Pipeline, lease: Lease, brought: Brought | ScrapeError) -> FetchRequest | None:
    """The request as it ended: done, with all that it brought stored, or failed with the reason.

    None where it waits again: that of a listing whose host was not asked. Raises LostLease where somebody else carries
    it out by now, and Busy where the database let nobody write: nothing is stored then.
    """
    if isinstance(brought, HostResting) and lease.listing_id is not None:
        return wait_for_host(pipeline, lease, lease.listing_id, brought)
    if isinstance(brought, ScrapeError):
        return fail(pipeline, lease, str(brought), brought)
    if isinstance(brought, Copied):
        return keep_copied(pipeline, lease, brought)
    if isinstance(brought, Listed):
        return keep_listed(pipeline, lease, brought) if brought.urls else fail(pipeline, lease, nothing_listed(brought))
    if lease.is_recheck_of_article:
        return keep_recheck(pipeline, lease, None if isinstance(brought, Unchanged) else brought)
    if isinstance(brought, Unchanged):
        return finish_unchanged(pipeline, lease)
    return keep_article(pipeline, lease, brought)


def fail(pipeline: Pipeline, lease: Lease, reason: str, error: ScrapeError | None = None) -> FetchRequest:
    """End a request with the reason why nothing came of it; what may pass is tried again later.

    That a page is gone which was looked at again is no failure, but what came of it.
    """
    may_pass, wait_s = (error.may_pass, error.retry_after_s) if error else (False, None)
    now = pipeline.clock()
    with db.transaction(pipeline.engine) as session:
        if lease.listing_id is not None:
            listings.note_failure(session, lease.listing_id, reason, now=now, wait_s=wait_s or 0.0)
        if error and (lease.evidence_id is not None or lease.is_recheck_of_article):
            looked_at = Recheck(evidence_id=lease.evidence_id, article_id=lease.article_id)
            gone = note_trouble(session, looked_at, error, now=now)
            if gone is not None:
                return leases.finish(session, lease, gone, now=now)
        return leases.fail(session, lease, reason, now=now, may_pass=may_pass, retry_after_s=wait_s)


def put_off(pipeline: Pipeline, lease: Lease) -> FetchRequest | None:
    """Have a request carried out again later, since nothing of it could be stored; failed after many times, else None.

    Raises as settle does.
    """
    with db.transaction(pipeline.engine) as session:
        if leases.put_off(session, lease, now=pipeline.clock()):
            return None
    return fail(pipeline, lease, f"{lease.url}: {leases.NOT_STORED}")


def wait_for_host(pipeline: Pipeline, lease: Lease, listing_id: int, error: HostResting) -> FetchRequest | None:
    """Have a listing read once its host may be asked, which says nothing of the listing; failed after many times."""
    with db.transaction(pipeline.engine) as session:
        until = leases.put_off(session, lease, now=pipeline.clock(), wait_s=error.retry_after_s or 0.0)
        if until is not None:
            listings.note_put_off(session, listing_id, until)
            return None
    return fail(pipeline, lease, str(error), error)


def nothing_listed(listed: Listed) -> str:
    """Why a page stands for no stories, with the first thing that went wrong on the way to them."""
    return f"{LISTS_NOTHING} ({listed.notes[0]})" if listed.notes else LISTS_NOTHING


def finish_unchanged(pipeline: Pipeline, lease: Lease) -> FetchRequest:
    """End a request whose page is the one that is stored, and note that its article was seen."""
    now = pipeline.clock()
    with db.transaction(pipeline.engine) as session:
        if lease.listing_id is not None:
            listings.note_read(session, lease.listing_id, now=now)
        article_id = validators.article_at(session, lease.url) if lease.listing_id is None else None
        if article_id is not None:
            # Another address that names the article's as its own does not say that this one answers.
            is_back = same_page(load(session, Article, article_id).canonical_url, lease.url)
            outcomes.note_seen(session, outcomes.of_article(session, article_id), now=now, is_back=is_back)
        return leases.finish(session, lease, UNCHANGED, now=now, article_id=article_id)


def keep_listed(pipeline: Pipeline, lease: Lease, listed: Listed) -> FetchRequest:
    """Ask for the stories of a listing, and end its request: each of them then waits, is carried out and fails alone.

    Reading a listing on schedule asks for new ones only; a person who submits one wants them all looked at.
    """
    now = pipeline.clock()
    with db.transaction(pipeline.engine) as session:
        urls = listed.urls
        if lease.listing_id is not None:
            urls = tuple(listings.unknown(session, urls))
            listings.note_read(session, lease.listing_id, now=now)
            validators.replace(session, validators.of_listing(lease.listing_id), listed.page, now=now)
        asked = listings.request_children(session, urls, parent_id=lease.request_id, now=now)
        lists = counted(len(listed.urls), "address", "addresses")
        outcome = "; ".join((f"lists {lists}, {asked} of them to be fetched", *listed.notes))
        return leases.finish(session, lease, outcome, now=now)


def keep_article(pipeline: Pipeline, lease: Lease, page: Page) -> FetchRequest:
    """Read a page, store what it says and end its request."""
    reading = read(page, pipeline.models)
    if isinstance(reading, Failure):
        return fail(pipeline, lease, reading.reason)
    try:
        return store_reading(pipeline, lease, reading)
    except (LostLease, Busy):
        raise
    except ClaimsError as error:
        return fail(pipeline, lease, f"{lease.url}: {error}")


def store_reading(pipeline: Pipeline, lease: Lease, reading: Reading) -> FetchRequest:
    """Store what a page says and that the request is done: all or nothing."""
    now = pipeline.clock()
    ended: list[FetchRequest] = []

    def finish(session: Session, stored: Stored) -> None:
        ended.append(
            leases.finish(session, lease, line_for(stored, reading.left_out), now=now, article_id=stored.article_id)
        )

    read_page, statements = reading.page, reading.statements
    store(
        pipeline.engine,
        pipeline.matcher,
        read_page,
        reading.article,
        statements,
        now=now,
        bodies=pipeline.bodies,
        then=finish,
    )
    return ended[0]


def keep_copied(pipeline: Pipeline, lease: Lease, copied: Copied) -> FetchRequest:
    """Keep a copy of what a piece of evidence's address returns now, where it is new, and end the request."""
    ended: list[FetchRequest] = []

    def finish(session: Session, line: str) -> None:
        ended.append(leases.finish(session, lease, line, now=pipeline.clock()))

    keep_evidence(pipeline, lease.evidence_id or 0, copied, finish)
    return ended[0]


def keep_recheck(pipeline: Pipeline, lease: Lease, page: Page | None) -> FetchRequest:
    """Keep what a stored article says now, where it is new, and end the request."""
    ended: list[FetchRequest] = []

    def finish(session: Session, line: str) -> None:
        ended.append(leases.finish(session, lease, line, now=pipeline.clock()))

    try:
        copying.keep_article(pipeline, lease.article_id or 0, page, finish)
    except ScrapeError as error:
        return fail(pipeline, lease, str(error), error)
    except (LostLease, Busy):
        raise
    except ClaimsError as error:
        return fail(pipeline, lease, f"{lease.url}: {error}")
    return ended[0]
