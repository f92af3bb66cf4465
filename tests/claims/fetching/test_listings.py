"""The schedule: what is due is asked for once, what fails waits longer, and only new stories are asked for."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from claims import fetching
from claims.errors import InvalidDraft
from claims.fetching import Wish, leases, listings
from claims.models import AuditEvent, FetchRequest, Listing, RequestKind, RequestState
from claims.outlets import add_outlet
from tests.claims.builders import NOW, Newsroom

FEED = "https://planet.example/feed.xml"


def half() -> float:
    """A draw that adds no jitter."""
    return 0.5


def add(newsroom: Newsroom, url: str = FEED, every: timedelta = timedelta(minutes=15)) -> int:
    """The id of a listing of the Daily Planet."""
    with newsroom.writing() as session:
        outlet = add_outlet(session, "Daily Planet", "https://planet.example/", actor="test", now=NOW)
        return listings.add(session, outlet, url, every=every, actor="test", now=NOW).id or 0


def request_due(newsroom: Newsroom, *, now: datetime = NOW) -> list[FetchRequest]:
    """All reads of listings that were ever asked for, after asking for what is due."""
    with newsroom.writing() as session:
        listings.request_due(session, now=now, draw=half)
        return list(session.exec(select(FetchRequest).where(FetchRequest.kind == RequestKind.LISTING)))


def stored(newsroom: Newsroom, listing_id: int = 1) -> Listing:
    """The listing's row."""
    with newsroom.reading() as session:
        return session.get_one(Listing, listing_id)


def test_a_listing_is_read_at_once_and_then_every_quarter_of_an_hour(newsroom: Newsroom) -> None:
    listing_id = add(newsroom)

    [asked] = request_due(newsroom)

    assert (asked.url, asked.listing_id, asked.requested_by_id) == (FEED, listing_id, None)
    assert stored(newsroom).due_at == NOW + timedelta(minutes=15)
    assert len(request_due(newsroom, now=NOW + timedelta(minutes=14))) == 1


def test_a_listing_is_never_asked_for_twice_at_once(newsroom: Newsroom) -> None:
    add(newsroom)
    request_due(newsroom)

    assert len(request_due(newsroom, now=NOW + timedelta(hours=1))) == 1
    with newsroom.writing() as session:
        [lease] = leases.take(session, 8, now=NOW)
        leases.finish(session, lease, "lists 3 addresses", now=NOW)
    assert len(request_due(newsroom, now=NOW + timedelta(hours=2))) == 2


def test_jitter_moves_a_read_by_a_tenth_at_most(newsroom: Newsroom) -> None:
    add(newsroom, every=timedelta(minutes=10))

    for drawn, minutes in ((0.0, 9), (1.0, 11)):
        with newsroom.writing() as session:
            due_at = session.get_one(Listing, 1).due_at
            listings.request_due(session, now=due_at, draw=lambda drawn=drawn: drawn)  # type: ignore[misc]
        assert stored(newsroom).due_at - due_at == timedelta(minutes=minutes)


def test_what_fails_is_read_less_and_less_often_but_once_a_day(newsroom: Newsroom) -> None:
    listing_id = add(newsroom)
    waits = []

    for _ in range(12):
        with newsroom.writing() as session:
            listings.note_failure(session, listing_id, "503", now=NOW, draw=half)
        waits.append(stored(newsroom).due_at - NOW)

    assert waits[:3] == [timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2)]
    assert waits[-1] == timedelta(days=1)
    assert (stored(newsroom).failures, stored(newsroom).problem) == (12, "503")


def test_a_site_may_ask_us_to_come_back_later_than_we_would(newsroom: Newsroom) -> None:
    listing_id = add(newsroom)

    with newsroom.writing() as session:
        listings.note_failure(session, listing_id, "429", now=NOW, wait_s=7_200, draw=half)

    assert stored(newsroom).due_at == NOW + timedelta(hours=2)


def test_a_listing_whose_host_rests_is_read_after_that_and_keeps_its_record(newsroom: Newsroom) -> None:
    listing_id, until = add(newsroom), NOW + timedelta(minutes=20)
    request_due(newsroom)

    with newsroom.writing() as session:
        listings.note_failure(session, listing_id, "503", now=NOW)
        listings.note_put_off(session, listing_id, until)

    row = stored(newsroom)
    assert (row.due_at, row.failures, row.problem) == (until, 1, "503")


def test_a_read_that_works_forgets_the_failures(newsroom: Newsroom) -> None:
    listing_id = add(newsroom)

    with newsroom.writing() as session:
        listings.note_failure(session, listing_id, "503", now=NOW)
        listings.note_read(session, listing_id, now=NOW)

    read = stored(newsroom)
    assert (read.read_at, read.failures, read.problem) == (NOW, 0, "")


def test_a_failed_read_waits_for_the_schedule_and_is_not_tried_beside_it(newsroom: Newsroom) -> None:
    add(newsroom)
    request_due(newsroom)

    with newsroom.writing() as session:
        [lease] = leases.take(session, 8, now=NOW)
        leases.fail(session, lease, "503", now=NOW, may_pass=True)

    [failed] = request_due(newsroom)
    assert (failed.state, failed.due_at) == (RequestState.FAILED, None)


def test_a_listing_that_is_added_again_keeps_its_row_and_gets_the_new_pause(newsroom: Newsroom) -> None:
    first, second = add(newsroom), add(newsroom, every=timedelta(hours=2))

    assert first == second
    assert stored(newsroom).every_s == 7_200


def test_a_listing_that_is_paused_is_not_read(newsroom: Newsroom) -> None:
    listing_id = add(newsroom)

    with newsroom.writing() as session:
        session.get_one(Listing, listing_id).is_active = False

    assert request_due(newsroom) == []


def test_the_schedule_shows_every_outlet_with_its_listings(newsroom: Newsroom) -> None:
    newsroom.take_in("The bridge is closed.", url="https://bridge.example/1", outlet_name="Bridge")
    add(newsroom)
    newsroom.take_in("The bridge is open.", url="https://planet.example/1")

    with newsroom.reading() as session:
        found = listings.scheduled(session)

    shown = [(row.outlet, row.articles, row.listing and row.listing.url) for row in found]
    assert shown == [("Bridge", 1, None), ("Daily Planet", 1, FEED)]


def test_adding_a_listing_is_logged(newsroom: Newsroom) -> None:
    add(newsroom)

    with newsroom.reading() as session:
        actions = session.exec(select(AuditEvent.action).order_by(col(AuditEvent.id))).all()
    assert actions == ["outlet:add", "listing:add"]


@pytest.mark.parametrize("url", ["planet.example/feed", "ftp://planet.example/feed", "https://", "http://10.1.2.3/"])
def test_what_may_not_be_fetched_is_no_listing(sqlite_newsroom: Newsroom, url: str) -> None:
    with pytest.raises(InvalidDraft, match=r"address|private"):
        add(sqlite_newsroom, url)


@pytest.mark.parametrize("every", [timedelta(seconds=59), timedelta(days=2)])
def test_a_pause_is_between_a_minute_and_a_day(sqlite_newsroom: Newsroom, every: timedelta) -> None:
    with pytest.raises(InvalidDraft, match="every minute at most"):
        add(sqlite_newsroom, every=every)


def test_only_stories_that_were_never_asked_for_and_are_not_stored_are_new(newsroom: Newsroom) -> None:
    newsroom.take_in("The bridge is closed.", url="https://planet.example/stored")
    with newsroom.writing() as session:
        failed = Wish(RequestKind.ARTICLE, "https://planet.example/failed-long-ago")
        fetching.enqueue(session, failed, None, NOW)
        [lease] = leases.take(session, 8, now=NOW)
        leases.fail(session, lease, "404", now=NOW)

    with newsroom.reading() as session:
        urls = [f"http://www.planet.example/{name}/?utm_source=x" for name in ("stored", "failed-long-ago", "new")]
        assert listings.unknown(session, urls) == urls[2:]


def test_however_many_stories_a_listing_has_each_is_asked_for_once(newsroom: Newsroom) -> None:
    urls = [f"https://planet.example/{n}" for n in range(listings.ASKED_AT_ONCE + 7)]

    with newsroom.writing() as session:
        parent = fetching.enqueue(session, Wish(RequestKind.SUBMITTED, FEED), None, NOW)
        assert parent is not None
        found = listings.request_children(session, urls, parent_id=parent.id or 0, now=NOW)
        again = listings.request_children(session, urls, parent_id=parent.id or 0, now=NOW)
        left = listings.unknown(session, [*urls, "https://planet.example/last"])

    assert (found, again, left) == (len(urls), 0, ["https://planet.example/last"])
