"""How an outlet stands: failing, silent, well or paused, from its listings, its requests and its articles."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from claims.errors import IllegalTransition, NotFound
from claims.fetching import outlets
from claims.fetching.listings import request_due
from claims.models import Article, AuditEvent, FetchRequest, Listing, Outlet, RequestKind, RequestState
from claims.queries.fetching import RequestFilter, fetch_list
from claims.queries.health import OutletHealth, OutletState, Silence, silence_of
from claims.queries.outlets import outlet_health
from tests.claims.builders import NOW, Newsroom
from tests.claims.plans import plans

ADDRESS = "https://ledger.example/"


def add_outlet(newsroom: Newsroom, address: str = ADDRESS, name: str = "Ledger") -> int:
    """The id of an outlet."""
    with newsroom.writing() as session:
        row = Outlet(name=name, address=address, created_at=NOW)
        session.add(row)
        session.flush()
        return row.id or 0


def add_listing(newsroom: Newsroom, outlet_id: int, url: str = f"{ADDRESS}feed", **more: Any) -> int:
    """The id of a listing that is due in ten minutes."""
    values = {"every_s": 1800, "due_at": NOW + timedelta(minutes=10), "added_at": NOW} | more
    with newsroom.writing() as session:
        row = Listing(outlet_id=outlet_id, url=url, **values)
        session.add(row)
        session.flush()
        return row.id or 0


def add_request(newsroom: Newsroom, url: str, state: RequestState, *, hours_ago: float = 1, **more: Any) -> int:
    """The id of a request that ended so long ago."""
    values = {"task": url, "requested_at": NOW, "finished_at": NOW - timedelta(hours=hours_ago), "tries": 1} | more
    with newsroom.writing() as session:
        row = FetchRequest(kind=RequestKind.ARTICLE, url=url, host=url.split("/")[2], state=state, **values)
        session.add(row)
        session.flush()
        return row.id or 0


def add_articles(newsroom: Newsroom, outlet_id: int, *days_ago: int) -> None:
    """An article for each number of days, published that long ago."""
    with newsroom.writing() as session:
        for number, days in enumerate(days_ago):
            at = NOW - timedelta(days=days)
            url = f"https://articles.example/{outlet_id}/{number}"
            session.add(
                Article(
                    outlet_id=outlet_id, canonical_url=url, title="T", language="en", published_at=at, created_at=at
                )
            )
            session.flush()


def healths(newsroom: Newsroom) -> list[OutletHealth]:
    """Every outlet, those in trouble first."""
    with newsroom.reading() as session:
        return list(outlet_health(session, now=NOW))


def stored_listing(newsroom: Newsroom, listing_id: int) -> Listing:
    """The listing's row."""
    with newsroom.reading() as session:
        return session.get_one(Listing, listing_id)


def actions(newsroom: Newsroom) -> list[tuple[str, str]]:
    """Who did what, in order."""
    with newsroom.reading() as session:
        return [(event.actor, event.action) for event in session.exec(select(AuditEvent))]


def test_articles_are_counted_by_the_day_they_were_published(newsroom: Newsroom) -> None:
    add_articles(newsroom, add_outlet(newsroom), 400, 59, 31, 2, 2, 0)

    [health] = healths(newsroom)

    assert (health.articles, len(health.days), sum(health.days), health.days[-3:]) == (6, 30, 3, (2, 0, 1))


@pytest.mark.parametrize("days_ago", [-1, 60, 61, 90, 400])
def test_an_article_that_says_another_time_than_these_days_is_on_none_of_them(
    newsroom: Newsroom, days_ago: int
) -> None:
    outlet_id = add_outlet(newsroom)
    with newsroom.writing() as session:
        at = NOW - timedelta(days=days_ago)
        url = f"{ADDRESS}1"
        session.add(
            Article(outlet_id=outlet_id, canonical_url=url, title="T", language="en", published_at=at, created_at=NOW)
        )

    [health] = healths(newsroom)

    assert (health.articles, sum(health.days)) == (1, 0)


def test_the_last_success_is_the_latest_of_what_was_read_fetched_or_stored(newsroom: Newsroom) -> None:
    outlet_id = add_outlet(newsroom)
    add_articles(newsroom, outlet_id, 3)
    assert healths(newsroom)[0].last_success_at == NOW - timedelta(days=3)

    add_request(newsroom, f"{ADDRESS}1", RequestState.DONE, hours_ago=5)
    assert healths(newsroom)[0].last_success_at == NOW - timedelta(hours=5)

    add_listing(newsroom, outlet_id, read_at=NOW - timedelta(hours=2))
    assert healths(newsroom)[0].last_success_at == NOW - timedelta(hours=2)


def test_failures_are_counted_over_a_week_and_the_last_one_says_why(newsroom: Newsroom) -> None:
    add_outlet(newsroom)
    add_request(newsroom, f"{ADDRESS}1", RequestState.FAILED, hours_ago=24 * 8, outcome="404")
    add_request(newsroom, f"{ADDRESS}2", RequestState.FAILED, hours_ago=3, outcome="no answer")
    add_request(newsroom, "https://other.example/3", RequestState.FAILED)

    [health] = healths(newsroom)

    assert (health.failures, health.failed) == (1, 2)
    assert health.last_error is not None
    assert (health.last_error.why, health.last_error.at) == ("no answer", NOW - timedelta(hours=3))


def test_what_failed_and_was_done_later_is_neither_counted_nor_offered(newsroom: Newsroom) -> None:
    outlet_id = add_outlet(newsroom)
    add_request(newsroom, f"{ADDRESS}1", RequestState.DONE, hours_ago=4)
    for number in (1, 1, 2):
        add_request(newsroom, f"{ADDRESS}{number}", RequestState.FAILED, hours_ago=3)
    add_request(newsroom, f"{ADDRESS}2", RequestState.DONE, hours_ago=2)

    def shown() -> tuple[int, int, list[str]]:
        """How many failed in the outlet's line and in the counts, and which are listed."""
        with newsroom.reading() as session:
            listed = fetch_list(session, RequestFilter(outlet_id=outlet_id), RequestState.FAILED, now=NOW)
        return healths(newsroom)[0].failed, listed.total, [row.url[-1] for row in listed.rows]

    before = shown()
    add_request(newsroom, f"{ADDRESS}1", RequestState.DONE)
    after = shown()

    assert (before, after) == ((2, 2, ["1", "1"]), (0, 0, []))
    with newsroom.writing() as session:
        assert outlets.retry_failed(session, outlet_id, by=newsroom.ada, now=NOW) == 0


def test_an_outlet_whose_listing_fails_again_and_again_is_failing(newsroom: Newsroom) -> None:
    read = {"read_at": NOW - timedelta(hours=1), "failures": 1, "problem": "no answer"}
    listing_id = add_listing(newsroom, add_outlet(newsroom), **read)
    assert healths(newsroom)[0].state is OutletState.WELL

    with newsroom.writing() as session:
        session.get_one(Listing, listing_id).failures = 2
    assert healths(newsroom)[0].state is OutletState.FAILING


def test_an_outlet_that_was_never_read_is_failing_at_once(newsroom: Newsroom) -> None:
    add_listing(newsroom, add_outlet(newsroom), failures=1, problem="the server answered 404 Not Found")

    assert healths(newsroom)[0].state is OutletState.FAILING


def test_an_outlet_of_which_nothing_can_be_fetched_is_failing_until_something_is(newsroom: Newsroom) -> None:
    add_outlet(newsroom)
    add_request(newsroom, f"{ADDRESS}0", RequestState.DONE, hours_ago=30)
    for number in (1, 2):
        add_request(newsroom, f"{ADDRESS}{number}", RequestState.FAILED, hours_ago=5)
    assert healths(newsroom)[0].state is OutletState.FAILING

    add_request(newsroom, f"{ADDRESS}3", RequestState.DONE, hours_ago=4)
    assert healths(newsroom)[0].state is OutletState.WELL


def test_an_outlet_that_is_paused_is_in_no_trouble(newsroom: Newsroom) -> None:
    add_listing(newsroom, add_outlet(newsroom), failures=9, problem="no answer", is_active=False)

    assert healths(newsroom)[0].state is OutletState.PAUSED


def test_an_outlet_that_published_daily_and_stopped_is_silent(newsroom: Newsroom) -> None:
    outlet_id = add_outlet(newsroom)
    add_articles(newsroom, outlet_id, *range(20, 3, -1))
    assert healths(newsroom)[0].state is OutletState.WELL, "nobody reads it on schedule"

    add_listing(newsroom, outlet_id, read_at=NOW)
    [health] = healths(newsroom)

    assert (health.state, health.silence) == (OutletState.SILENT, Silence(days=3, longest_before=0))


@pytest.mark.parametrize(
    ("days", "silence", "is_unusual"),
    [
        ([1, 1, 1, 1, 1, 0], Silence(0, 0), False),
        ([1, 1, 1, 1, 1, 0, 0], Silence(1, 0), False),
        ([1, 1, 1, 1, 1, 0, 0, 0], Silence(2, 0), True),
        ([3, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0], Silence(5, 2), False),
        ([3, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0], Silence(6, 2), True),
        ([0, 0, 0, 0, 0, 0, 5], Silence(0, 0), False),
    ],
)
def test_silence_is_measured_against_the_pauses_before(days: list[int], silence: Silence, *, is_unusual: bool) -> None:
    assert silence_of(days) == silence
    assert silence.is_unusual is is_unusual


@given(st.lists(st.integers(0, 1), max_size=60))
def test_too_few_articles_say_nothing_about_silence(days: list[int]) -> None:
    silence = silence_of(days)

    assert (silence is None) == (sum(days) < 5)
    assert silence is None or silence.days + silence.longest_before < len(days)


def test_outlets_in_trouble_come_first_and_those_that_are_paused_last(newsroom: Newsroom) -> None:
    names = {}
    for name in ("paused", "well", "silent", "failing"):
        names[name] = add_outlet(newsroom, f"https://{name}.example/", name)
    add_listing(newsroom, names["paused"], "https://paused.example/feed", is_active=False)
    add_listing(newsroom, names["failing"], "https://failing.example/feed", failures=3, problem="no answer")
    add_listing(newsroom, names["silent"], "https://silent.example/feed")
    add_articles(newsroom, names["silent"], *range(30, 10, -1))

    assert [health.name for health in healths(newsroom)] == ["failing", "silent", "well", "paused"]


def test_outlets_on_one_host_are_told_apart_by_their_addresses(newsroom: Newsroom) -> None:
    for path in ("", "sport/", "arts/"):
        add_outlet(newsroom, ADDRESS + path, path or "whole")
    add_request(newsroom, f"{ADDRESS}sport/1", RequestState.FAILED)
    add_request(newsroom, f"{ADDRESS}2", RequestState.FAILED)
    add_request(newsroom, f"{ADDRESS}3", RequestState.FAILED)

    assert {health.name: health.failed for health in healths(newsroom)} == {"whole": 2, "sport/": 1, "arts/": 0}


def test_neither_www_nor_http_makes_another_outlet(newsroom: Newsroom) -> None:
    outlet_id = add_outlet(newsroom)
    for url in ("http://ledger.example/1", "https://www.ledger.example/2", "https://sports.ledger.example/3"):
        add_request(newsroom, url, RequestState.FAILED)
    alone = healths(newsroom)[0].failed
    add_outlet(newsroom, "https://www.ledger.example/sport/", "Sport")
    add_request(newsroom, "http://ledger.example/sport/4", RequestState.FAILED)

    assert alone == 2
    assert {health.name: health.failed for health in healths(newsroom)} == {"Ledger": 2, "Sport": 1}
    with newsroom.writing() as session:
        assert outlets.retry_failed(session, outlet_id, by=newsroom.ada, now=NOW) == 2


def test_saved_pages_are_no_outlet_that_is_fetched(newsroom: Newsroom) -> None:
    add_outlet(newsroom, "file:///", "Saved pages")

    assert healths(newsroom) == []


def test_a_listing_that_somebody_wants_read_now_is_asked_for_by_them(newsroom: Newsroom) -> None:
    listing_id = add_listing(newsroom, add_outlet(newsroom))

    with newsroom.writing() as session:
        outlets.read_now(session, listing_id, by=newsroom.ada, now=NOW)

    with newsroom.reading() as session:
        [asked] = session.exec(select(FetchRequest))
    assert (asked.listing_id, asked.requested_by_id, asked.due_at) == (listing_id, newsroom.ada.id, NOW)
    assert actions(newsroom) == [("ada@desk.example", "listing:read"), ("ada@desk.example", "fetch:request")]


def test_a_listing_that_waits_for_later_is_read_now_for_whoever_wants_it(newsroom: Newsroom) -> None:
    listing_id = add_listing(newsroom, add_outlet(newsroom), due_at=NOW - timedelta(hours=1))
    with newsroom.writing() as session:
        request_due(session, now=NOW)
        session.exec(select(FetchRequest)).one().due_at = NOW + timedelta(hours=2)

    for who in (newsroom.ada, newsroom.bo):
        with newsroom.writing() as session:
            outlets.read_now(session, listing_id, by=who, now=NOW + timedelta(minutes=1))

    with newsroom.reading() as session:
        [asked] = session.exec(select(FetchRequest))
    assert (asked.requested_by_id, asked.due_at) == (newsroom.ada.id, NOW + timedelta(minutes=1))
    assert ("ada@desk.example", "fetch:request") in actions(newsroom)
    assert ("bo@desk.example", "fetch:request") not in actions(newsroom)


def test_the_schedule_reads_a_listing_again_only_later_that_somebody_wanted_now(newsroom: Newsroom) -> None:
    listing_id = add_listing(newsroom, add_outlet(newsroom), due_at=NOW - timedelta(hours=1))

    with newsroom.writing() as session:
        outlets.read_now(session, listing_id, by=newsroom.ada, now=NOW)
        request_due(session, now=NOW)

    assert newsroom.count(FetchRequest) == 1
    assert abs(stored_listing(newsroom, listing_id).due_at - NOW - timedelta(minutes=30)) <= timedelta(minutes=3)


def test_a_listing_is_paused_and_resumed_and_the_log_says_by_whom(newsroom: Newsroom) -> None:
    listing_id = add_listing(newsroom, add_outlet(newsroom))

    with newsroom.writing() as session:
        outlets.pause(session, listing_id, by=newsroom.ada, now=NOW)
    assert stored_listing(newsroom, listing_id).is_active is False
    with newsroom.writing() as session:
        outlets.resume(session, listing_id, by=newsroom.bo, now=NOW)

    resumed = stored_listing(newsroom, listing_id)
    assert (resumed.is_active, resumed.due_at) == (True, NOW)
    assert actions(newsroom) == [("ada@desk.example", "listing:pause"), ("bo@desk.example", "listing:resume")]
    assert newsroom.proof().problems == ()


def test_steps_that_a_listing_has_taken_are_not_taken_twice(newsroom: Newsroom) -> None:
    listing_id = add_listing(newsroom, add_outlet(newsroom))

    with pytest.raises(IllegalTransition, match="read on schedule already"), newsroom.writing() as session:
        outlets.resume(session, listing_id, by=newsroom.ada, now=NOW)
    with newsroom.writing() as session:
        outlets.pause(session, listing_id, by=newsroom.ada, now=NOW)
    for step, why in ((outlets.pause, "paused already"), (outlets.read_now, "Resume it")):
        with pytest.raises(IllegalTransition, match=why), newsroom.writing() as session:
            step(session, listing_id, by=newsroom.ada, now=NOW)
    with pytest.raises(NotFound), newsroom.writing() as session:
        outlets.pause(session, 99, by=newsroom.ada, now=NOW)


def test_all_that_failed_of_an_outlet_is_queued_once_each(newsroom: Newsroom) -> None:
    outlet_id = add_outlet(newsroom)
    for task in ("one", "one", "two", "open"):
        add_request(newsroom, f"{ADDRESS}{task}", RequestState.FAILED, task=task)
    add_request(newsroom, f"{ADDRESS}open", RequestState.QUEUED, task="open", finished_at=None)
    add_request(newsroom, "https://other.example/1", RequestState.FAILED)

    with newsroom.writing() as session:
        assert outlets.retry_failed(session, outlet_id, by=newsroom.ada, now=NOW) == 2

    with newsroom.reading() as session:
        rows = session.exec(select(FetchRequest).where(FetchRequest.state == RequestState.QUEUED)).all()
    assert sorted(row.task for row in rows) == ["one", "open", "two"]
    assert actions(newsroom) == [("ada@desk.example", "fetch:request")] * 2


def test_which_tasks_are_open_is_asked_of_an_index(sqlite_newsroom: Newsroom) -> None:
    outlet_id = add_outlet(sqlite_newsroom)
    add_request(sqlite_newsroom, f"{ADDRESS}1", RequestState.FAILED)

    with sqlite_newsroom.writing() as session:
        read = plans(
            session, "SELECT", lambda: outlets.retry_failed(session, outlet_id, by=sqlite_newsroom.ada, now=NOW)
        )

    assert any("ix_fetch_request_host" in plan for plan in read)
    assert not any("SCAN fetch_request" in plan for plan in read)
    assert sum("uq_fetch_request_open" in plan for plan in read) == 2
