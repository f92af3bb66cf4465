"""Requests to fetch: people and the machine record them, one for each task, and people have them tried again."""

from datetime import timedelta
from hashlib import sha256

import pytest
from sqlmodel import select

from claims import fetching
from claims.errors import IllegalTransition, InvalidDraft
from claims.fetching import Wish, leases, requests
from claims.models import AuditEvent, FetchRequest, RequestKind, RequestState
from tests.claims.builders import NOW, Newsroom
from tests.claims.plans import plans

STORY = Wish(RequestKind.ARTICLE, "https://outlet.example/1")


def ask(newsroom: Newsroom, url: str = "https://outlet.example/1") -> int:
    """The id of a request for this address."""
    with newsroom.writing() as session:
        return fetching.request(session, url, by=newsroom.ada, now=NOW).id or 0


def enqueue(newsroom: Newsroom, wish: Wish = STORY) -> FetchRequest | None:
    """What came of the machine's wish."""
    with newsroom.writing() as session:
        return fetching.enqueue(session, wish, None, NOW)


def fail(newsroom: Newsroom, *, may_pass: bool = False) -> None:
    """Carry out what is due, in vain."""
    with newsroom.writing() as session:
        for lease in leases.take(session, 8, now=NOW):
            leases.fail(session, lease, "404", now=NOW, may_pass=may_pass)


def stored(newsroom: Newsroom, request_id: int) -> FetchRequest:
    """The request's row."""
    with newsroom.reading() as session:
        return session.get_one(FetchRequest, request_id)


def retry(newsroom: Newsroom, request_id: int) -> None:
    """Have a request tried again by Bo."""
    with newsroom.writing() as session:
        fetching.retry(session, request_id, by=newsroom.bo, now=NOW + timedelta(minutes=1))


def test_a_request_says_whose_turn_it_takes_and_is_logged(newsroom: Newsroom) -> None:
    wanted = stored(newsroom, ask(newsroom, " https://News.Outlet.example/1 "))

    assert (wanted.kind, wanted.host, wanted.due_at) == (RequestKind.SUBMITTED, "news.outlet.example", NOW)
    with newsroom.reading() as session:
        event = session.exec(select(AuditEvent)).one()
    assert (event.action, event.actor, event.subject) == ("fetch:request", "ada@desk.example", f"fetch:{wanted.id}")


def test_a_task_that_is_open_is_not_queued_twice(newsroom: Newsroom) -> None:
    first = enqueue(newsroom)

    assert first is not None
    assert enqueue(newsroom, Wish(RequestKind.ARTICLE, "https://outlet.example/1#top")) is None
    assert newsroom.count(FetchRequest) == 1


def test_a_person_who_asks_for_what_waits_already_gets_that_request(newsroom: Newsroom) -> None:
    assert ask(newsroom) == ask(newsroom)


def test_the_same_address_is_another_task_for_another_piece_of_evidence(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim()

    newsroom.cite(claim_id)
    newsroom.cite(claim_id)

    with newsroom.reading() as session:
        tasks = session.exec(select(FetchRequest.task).order_by(FetchRequest.task)).all()  # type: ignore[arg-type]
    assert tasks == ["evidence:1", "evidence:2"]


def test_a_new_request_takes_over_from_one_that_waited_for_another_try(newsroom: Newsroom) -> None:
    enqueue(newsroom)
    fail(newsroom, may_pass=True)

    second = enqueue(newsroom)

    assert second is not None
    assert stored(newsroom, 1).due_at is None


def test_only_a_request_that_failed_is_tried_again(newsroom: Newsroom) -> None:
    request_id = ask(newsroom)

    with pytest.raises(IllegalTransition, match="Only a fetch that failed"):
        retry(newsroom, request_id)
    fail(newsroom)
    retry(newsroom, request_id)

    again = stored(newsroom, request_id)
    assert (again.state, again.outcome, again.finished_at, again.tries) == (RequestState.QUEUED, "", None, 0)
    assert again.due_at == NOW + timedelta(minutes=1)


def test_who_has_a_request_tried_again_asks_for_it_now(newsroom: Newsroom) -> None:
    enqueue(newsroom)
    fail(newsroom)

    retry(newsroom, 1)

    again = stored(newsroom, 1)
    assert (again.requested_by_id, again.is_by_command) == (newsroom.bo.id, False)


def test_what_was_asked_for_again_since_is_not_tried_again_beside_it(newsroom: Newsroom) -> None:
    first = ask(newsroom)
    fail(newsroom)
    ask(newsroom)

    with pytest.raises(IllegalTransition, match="asked for again since"):
        retry(newsroom, first)


def test_a_request_that_people_try_again_takes_over_from_a_later_one_of_its_task(newsroom: Newsroom) -> None:
    first = ask(newsroom)
    fail(newsroom)
    second = ask(newsroom)
    fail(newsroom, may_pass=True)

    retry(newsroom, first)

    assert stored(newsroom, second).due_at is None
    with newsroom.writing() as session:
        taken = leases.take(session, 8, now=NOW + timedelta(hours=2))
    assert [lease.request_id for lease in taken] == [first]


def test_trying_again_at_the_moment_that_it_was_due_loses_nothing(newsroom: Newsroom) -> None:
    request_id = ask(newsroom)
    fail(newsroom, may_pass=True)
    with newsroom.writing() as session:
        session.get_one(FetchRequest, request_id).due_at = NOW + timedelta(minutes=1)

    retry(newsroom, request_id)

    assert stored(newsroom, request_id).due_at == NOW + timedelta(minutes=1)


def test_giving_up_what_waits_does_not_look_through_all_that_failed(newsroom: Newsroom) -> None:
    with newsroom.writing() as session:
        [plan] = plans(session, "UPDATE", lambda: requests.give_up_waiting(session, STORY.task))

    assert "ix_fetch_request_tried_again" in plan


def test_the_longest_address_that_is_accepted_can_be_queued(newsroom: Newsroom) -> None:
    hashes = "".join(sha256(bytes((number,))).hexdigest() for number in range(31))  # what no database can pack

    first = ask(newsroom, f"https://outlet.example/?'{hashes[:1_970]}'")
    second = ask(newsroom, "https://outlet.example/?" + "&".join(f"{letter}'?='" for letter in hashes)[:1_976])

    assert stored(newsroom, first).state is stored(newsroom, second).state is RequestState.QUEUED
    assert max(len(stored(newsroom, number).task) for number in (first, second)) < 2_100


@pytest.mark.parametrize(
    "url",
    [
        "",
        "outlet.example/1",
        "file:///etc/passwd",
        "https://a.example/ b",
        "https://a.example/\x00b",
        "http://" + "x" * 2_000,
        "https://outlet.example/" + "".join(map(chr, range(0x4E00, 0x4E00 + 1_900))),
        "http://0x7f.1/",
        "http://[::1]/",
        "https://outlet.example:22/",
    ],
)
def test_what_is_no_address_is_refused(sqlite_newsroom: Newsroom, url: str) -> None:
    with pytest.raises(InvalidDraft, match=r"^'.*': .*; "):
        ask(sqlite_newsroom, url)
