"""What the fetching page shows of requests: in which order, what came of each, and what the worker seems to do."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import delete

from claims.errors import NotFound
from claims.models import FetchRequest, Listing, Outlet, Recheck, RequestKind, RequestState
from claims.queries.fetching import (
    Children,
    RequestFilter,
    RequestRow,
    fetch_list,
    fetch_overview,
)
from claims.queries.listing import ClaimFilter, DeskStatus, claim_list
from claims.queries.waiting import WorkerState
from tests.claims.builders import FORCED, NOW, Newsroom

SNOW = "Ankara expects snow in the capital on Friday."


def ask(newsroom: Newsroom, url: str, state: RequestState = RequestState.QUEUED, **more: Any) -> int:
    """The id of a request in a state, as the worker would leave it."""
    host = url.split("/")[2]
    with newsroom.writing() as session:
        values = {"kind": RequestKind.SUBMITTED, "task": url, "requested_at": NOW, "due_at": NOW} | more
        row = FetchRequest(url=url, host=host, state=state, **values)
        session.add(row)
        session.flush()
        return row.id or 0


def shown(newsroom: Newsroom, state: RequestState, wanted: RequestFilter | None = None) -> list[RequestRow]:
    """The rows of a state's list, as they stand now."""
    with newsroom.reading() as session:
        return list(fetch_list(session, wanted or RequestFilter(), state, now=NOW).rows)


def worker(newsroom: Newsroom, *, now: datetime = NOW) -> WorkerState:
    """What the worker seems to be doing."""
    with newsroom.reading() as session:
        return fetch_overview(session, RequestFilter(), now=now).worker


def test_waiting_requests_stand_in_the_order_in_which_they_are_due(newsroom: Newsroom) -> None:
    ask(newsroom, "https://a.example/later", due_at=NOW + timedelta(minutes=5))
    ask(newsroom, "https://a.example/second")
    ask(newsroom, "https://a.example/first", due_at=NOW - timedelta(minutes=5))
    ask(newsroom, "https://a.example/third")

    rows = shown(newsroom, RequestState.QUEUED)

    assert [row.url.rpartition("/")[2] for row in rows] == ["first", "second", "third", "later"]


def test_what_failed_last_stands_first_with_its_reason_and_its_next_try(newsroom: Newsroom) -> None:
    ended_at, due_at = NOW - timedelta(minutes=1), NOW + timedelta(minutes=4)
    failed = {"state": RequestState.FAILED, "outcome": "no answer", "tries": 3, "due_at": due_at}
    latest = ask(newsroom, "https://a.example/1", finished_at=ended_at, **failed)
    earlier = ask(newsroom, "https://a.example/2", finished_at=NOW - timedelta(hours=1), **failed)

    rows = shown(newsroom, RequestState.FAILED)

    assert [row.request_id for row in rows] == [latest, earlier]
    assert (rows[0].outcome, rows[0].tries, rows[0].due_at) == ("no answer", 3, due_at)


def test_what_the_machine_asked_for_is_listed_too(newsroom: Newsroom) -> None:
    ask(newsroom, "https://a.example/feed", kind=RequestKind.LISTING)
    ask(newsroom, "https://a.example/1", requested_by_id=newsroom.ada.id)

    ask(newsroom, "https://a.example/2", is_by_command=True)

    asked = [(row.requested_by, row.is_by_command) for row in shown(newsroom, RequestState.QUEUED)]
    assert asked == [(None, False), ("Ada", False), (None, True)]


def test_a_listing_says_how_much_of_what_it_led_to_was_read(newsroom: Newsroom) -> None:
    feed = ask(newsroom, "https://a.example/feed", RequestState.RUNNING)
    for number, state in enumerate([RequestState.DONE, RequestState.DONE, RequestState.FAILED, RequestState.QUEUED]):
        ask(newsroom, f"https://a.example/{number}", state, parent_id=feed)

    [row] = shown(newsroom, RequestState.RUNNING)
    [child] = shown(newsroom, RequestState.QUEUED, RequestFilter(parent_id=feed))

    assert row.children == Children(total=4, ended=3, failed=1)
    assert (child.url, child.parent_url, child.children) == ("https://a.example/3", row.url, Children())


def test_a_done_request_leads_to_the_claims_of_its_article(newsroom: Newsroom) -> None:
    stored = newsroom.take_in(FORCED, SNOW)
    other = newsroom.take_in("Nobody lives on the moon.", url="https://other.example/1")
    ask(newsroom, "https://outlet.example/1", RequestState.DONE, article_id=stored.article_id)

    [row] = shown(newsroom, RequestState.DONE)
    with newsroom.reading() as session:
        claims = claim_list(session, ClaimFilter(status=DeskStatus.ALL, article_id=row.article_id))

    assert (row.article_id, row.claims) == (stored.article_id, 2)
    assert {claim.text for claim in claims.rows} == {FORCED, SNOW}
    assert other.article_id != stored.article_id


def test_a_copy_of_evidence_leads_to_the_claim_that_it_is_cited_for(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim()
    newsroom.cite(claim_id)

    [row] = shown(newsroom, RequestState.QUEUED)

    assert (row.claim_id, row.claims, row.article_id) == (claim_id, 0, None)


def test_a_running_request_whose_lease_ran_out_has_lost_its_worker(newsroom: Newsroom) -> None:
    for minutes in (-1, 1):
        until = NOW + timedelta(minutes=minutes)
        ask(newsroom, f"https://a.example/{minutes}", RequestState.RUNNING, leased_until=until, started_at=NOW)

    rows = shown(newsroom, RequestState.RUNNING)

    assert {row.url[-2:]: row.has_lost_worker for row in rows} == {"-1": True, "/1": False}


def test_requests_are_narrowed_to_an_outlet_and_to_a_host(newsroom: Newsroom) -> None:
    with newsroom.writing() as session:
        outlet = Outlet(name="A", address="https://a.example/", created_at=NOW)
        session.add(outlet)
    for url in ("https://a.example/1", "http://a.example/2", "https://b.example/1"):
        ask(newsroom, url)

    of_outlet = shown(newsroom, RequestState.QUEUED, RequestFilter(outlet_id=outlet.id))
    of_host = shown(newsroom, RequestState.QUEUED, RequestFilter(host="b.example"))

    assert [row.url for row in of_outlet] == ["https://a.example/1", "http://a.example/2"]
    assert [row.url for row in of_host] == ["https://b.example/1"]
    with pytest.raises(NotFound, match="There is no outlet 99"):
        shown(newsroom, RequestState.QUEUED, RequestFilter(outlet_id=99))


def test_outlets_on_one_host_have_the_requests_below_their_address(newsroom: Newsroom) -> None:
    with newsroom.writing() as session:
        whole = Outlet(name="Whole", address="https://a.example/", created_at=NOW)
        part = Outlet(name="Part", address="https://a.example/sport/", created_at=NOW)
        session.add_all([whole, part])
    for path in ("1", "sport/2", "sports"):
        ask(newsroom, f"https://a.example/{path}")

    urls = {
        outlet.name: [row.url[18:] for row in shown(newsroom, RequestState.QUEUED, RequestFilter(outlet_id=outlet.id))]
        for outlet in (whole, part)
    }

    assert urls == {"Whole": ["1", "sports"], "Part": ["sport/2"]}


def test_the_overview_counts_everything_and_shows_the_first_of_each_state(newsroom: Newsroom) -> None:
    for number in range(8):
        ask(newsroom, f"https://a.example/{number}")
    ask(newsroom, "https://a.example/done", RequestState.DONE)

    with newsroom.reading() as session:
        overview = fetch_overview(session, RequestFilter(), now=NOW)

    assert overview.counts == {"queued": 8, "running": 0, "done": 1, "failed": 0}
    assert [len(overview.first[state]) for state in RequestState] == [6, 0, 1, 0]


def test_a_page_past_the_last_one_is_the_last_one(newsroom: Newsroom) -> None:
    for number in range(51):
        ask(newsroom, f"https://a.example/{number}")

    with newsroom.reading() as session:
        listing = fetch_list(session, RequestFilter(page=9), RequestState.QUEUED, now=NOW)

    assert (listing.page, listing.pages, [row.url for row in listing.rows]) == (2, 2, ["https://a.example/50"])


def test_the_worker_is_busy_while_something_is_due_or_runs(newsroom: Newsroom) -> None:
    assert worker(newsroom) is WorkerState.IDLE

    ask(newsroom, "https://a.example/later", due_at=NOW + timedelta(minutes=10))
    assert worker(newsroom) is WorkerState.IDLE

    ask(newsroom, "https://a.example/now")
    assert worker(newsroom) is WorkerState.BUSY


def test_a_worker_is_missed_when_what_is_due_lies_about(newsroom: Newsroom) -> None:
    ask(newsroom, "https://a.example/1", due_at=NOW)
    soon, late = NOW + timedelta(minutes=1), NOW + timedelta(minutes=3)

    assert (worker(newsroom, now=soon), worker(newsroom, now=late)) == (WorkerState.BUSY, WorkerState.AWAY)


def test_a_worker_is_missed_when_a_listing_on_schedule_is_overdue(newsroom: Newsroom) -> None:
    with newsroom.writing() as session:
        outlet = Outlet(name="A", address="https://a.example/", created_at=NOW)
        session.add(outlet)
        session.flush()
        listings = [
            Listing(outlet_id=outlet.id or 0, url=url, every_s=900, due_at=due_at, added_at=NOW, is_active=is_active)
            for url, due_at, is_active in (
                ("https://a.example/feed", NOW, True),
                ("https://a.example/paused", NOW - timedelta(days=1), False),
            )
        ]
        session.add_all(listings)

    states = [worker(newsroom, now=NOW + timedelta(minutes=minutes)) for minutes in (-1, 1, 3)]

    assert states == [WorkerState.IDLE, WorkerState.BUSY, WorkerState.AWAY]


def test_a_worker_is_missed_when_another_look_or_another_try_is_overdue(newsroom: Newsroom) -> None:
    stored, late = newsroom.take_in(FORCED), NOW + timedelta(minutes=3)
    with newsroom.writing() as session:
        session.exec(delete(Recheck))
    assert worker(newsroom, now=late) is WorkerState.IDLE

    with newsroom.writing() as session:
        session.add(Recheck(article_id=stored.article_id, due_at=NOW))
    assert worker(newsroom, now=late) is WorkerState.AWAY

    with newsroom.writing() as session:
        session.exec(delete(Recheck))
    ask(newsroom, "https://a.example/1", RequestState.FAILED, due_at=NOW)
    assert worker(newsroom, now=late) is WorkerState.AWAY


def test_a_worker_that_lets_a_slow_host_wait_is_not_missed(newsroom: Newsroom) -> None:
    ask(newsroom, "https://a.example/1", due_at=NOW)
    late = NOW + timedelta(minutes=3)
    ask(newsroom, "https://a.example/2", RequestState.DONE, finished_at=late - timedelta(seconds=30))

    assert worker(newsroom, now=late) is WorkerState.BUSY


def test_a_worker_with_a_lease_is_busy_however_long_the_rest_waits(newsroom: Newsroom) -> None:
    late = NOW + timedelta(minutes=30)
    ask(newsroom, "https://a.example/1", due_at=NOW)
    ask(newsroom, "https://a.example/2", RequestState.RUNNING, leased_until=late + timedelta(minutes=1))

    assert worker(newsroom, now=late) is WorkerState.BUSY


@pytest.mark.parametrize("state", [RequestState.QUEUED, RequestState.DONE])
def test_a_long_list_is_read_from_the_index_and_never_sorted(sqlite_newsroom: Newsroom, state: RequestState) -> None:
    plans: list[str] = []

    def explain(connection: Any, cursor: Any, statement: str, parameters: Any, *_: object) -> None:
        if "LEFT OUTER JOIN" in statement:
            plan = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans.extend(row[3] for row in plan)

    event.listen(sqlite_newsroom.engine, "before_cursor_execute", explain)
    shown(sqlite_newsroom, state)
    event.remove(sqlite_newsroom.engine, "before_cursor_execute", explain)

    assert plans[0] == "SEARCH fetch_request USING INDEX ix_fetch_request_state (state=?)"
    assert not any(step.startswith(("SCAN", "USE TEMP B-TREE")) for step in plans)
