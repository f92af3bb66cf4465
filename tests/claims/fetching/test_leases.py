"""Carrying requests out: who is due longest goes first, each host in turn, and only who holds the lease may end it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from claims import fetching
from claims.errors import NotFound
from claims.fetching import Wish, leases
from claims.fetching.leases import Lease, LostLease
from claims.models import AuditEvent, FetchRequest, RequestKind, RequestState
from tests.claims.builders import NOW, Newsroom

LATER = NOW + timedelta(seconds=61)


def queue(newsroom: Newsroom, *urls: str, due_at: datetime = NOW) -> list[int]:
    """The ids of requests for these addresses."""
    with newsroom.writing() as session:
        wishes = (Wish(RequestKind.ARTICLE, url) for url in urls)
        return [row.id or 0 for wish in wishes if (row := fetching.enqueue(session, wish, None, NOW, due_at))]


def take(newsroom: Newsroom, at_most: int = 8, *, now: datetime = NOW) -> list[Lease]:
    """What a worker gets."""
    with newsroom.writing() as session:
        return leases.take(session, at_most, now=now)


def finish(newsroom: Newsroom, lease: Lease, *, now: datetime = NOW, child: str | None = None) -> None:
    """Say that a request is done, and perhaps found another address."""
    with newsroom.writing() as session:
        if child:
            fetching.enqueue(session, Wish(RequestKind.ARTICLE, child, parent_id=lease.request_id), None, NOW)
        leases.finish(session, lease, "stored", now=now)


def fail(newsroom: Newsroom, lease: Lease, *, may_pass: bool = True, retry_after_s: float | None = None) -> None:
    """Say that a request failed."""
    with newsroom.writing() as session:
        leases.fail(session, lease, "503", now=NOW, may_pass=may_pass, retry_after_s=retry_after_s)


def stored(newsroom: Newsroom, request_id: int = 1) -> FetchRequest:
    """The request's row."""
    with newsroom.reading() as session:
        return session.get_one(FetchRequest, request_id)


def ids(taken: Sequence[Lease]) -> list[int]:
    """The ids of what was taken, in its order."""
    return [lease.request_id for lease in taken]


def test_hosts_go_side_by_side_and_each_host_in_turn(newsroom: Newsroom) -> None:
    queue(newsroom, "https://a.example/1", "https://a.example/2", "https://b.example/3", "https://c.example/4")

    first, again = take(newsroom), take(newsroom)
    finish(newsroom, first[0])

    assert (ids(first), ids(again)) == ([1, 3, 4], [])
    assert ids(take(newsroom)) == [2]


def test_what_has_been_due_longest_goes_first_and_nothing_goes_early(newsroom: Newsroom) -> None:
    queue(newsroom, "https://a.example/1", due_at=NOW - timedelta(hours=1))
    queue(newsroom, "https://b.example/2", due_at=NOW - timedelta(hours=2))
    queue(newsroom, "https://c.example/3", due_at=NOW + timedelta(seconds=1))

    assert ids(take(newsroom)) == [2, 1]
    assert ids(take(newsroom, now=NOW + timedelta(seconds=1))) == [3]


def test_no_more_is_taken_than_there_are_hands(newsroom: Newsroom) -> None:
    queue(newsroom, *(f"https://outlet-{n}.example/" for n in range(5)))

    assert len(take(newsroom, 3)) == 3
    assert len(take(newsroom, 3)) == 2


def test_what_a_dead_worker_left_is_taken_again_after_its_lease_at_the_end_of_the_line(newsroom: Newsroom) -> None:
    queue(newsroom, "https://a.example/1", "https://b.example/2")
    take(newsroom, 1)

    assert ids(take(newsroom, 1)) == [2]
    assert ids(take(newsroom, now=NOW + leases.LEASE)) == []
    queue(newsroom, "https://c.example/3")
    assert ids(take(newsroom, now=LATER)) == [3, 1, 2]


def test_a_lease_that_is_renewed_goes_on(newsroom: Newsroom) -> None:
    queue(newsroom, "https://a.example/1")
    held = take(newsroom)

    with newsroom.writing() as session:
        leases.renew(session, held, now=NOW + timedelta(seconds=50))

    assert take(newsroom, now=LATER) == []
    finish(newsroom, held[0], now=LATER)


def test_who_lost_the_lease_can_neither_finish_nor_fail_nor_store_anything(newsroom: Newsroom) -> None:
    queue(newsroom, "https://a.example/1")
    [late], [current] = take(newsroom), take(newsroom, now=LATER)

    with pytest.raises(LostLease, match="Somebody else carries out request 1"):
        finish(newsroom, late, child="https://a.example/child")
    with pytest.raises(LostLease):
        fail(newsroom, late)

    assert newsroom.count(FetchRequest) == 1
    finish(newsroom, current)
    assert stored(newsroom).state is RequestState.DONE


def test_a_lease_that_is_over_but_was_given_to_nobody_still_counts(newsroom: Newsroom) -> None:
    queue(newsroom, "https://a.example/1")
    [late] = take(newsroom)

    finish(newsroom, late, now=NOW + timedelta(hours=1))

    assert stored(newsroom).state is RequestState.DONE


def test_who_ended_a_request_cannot_end_it_again(newsroom: Newsroom) -> None:
    queue(newsroom, "https://a.example/1")
    [lease] = take(newsroom)
    finish(newsroom, lease)

    with pytest.raises(LostLease):
        fail(newsroom, lease)


def test_renewing_and_releasing_leaves_what_others_took_alone(newsroom: Newsroom) -> None:
    queue(newsroom, "https://a.example/1")
    late, current = take(newsroom), take(newsroom, now=LATER)

    with newsroom.writing() as session:
        leases.renew(session, late, now=LATER + timedelta(days=1))
        leases.release(session, late)

    assert stored(newsroom).lease == current[0].token
    assert stored(newsroom).leased_until == LATER + leases.LEASE


def test_what_is_released_can_be_taken_at_once_and_was_not_tried(newsroom: Newsroom) -> None:
    queue(newsroom, "https://a.example/1", "https://b.example/2")

    with newsroom.writing() as session:
        leases.release(session, leases.take(session, 8, now=NOW))

    released = stored(newsroom)
    assert (released.state, released.tries, released.lease, released.due_at) == (RequestState.QUEUED, 0, None, NOW)
    assert ids(take(newsroom)) == [1, 2]


def test_how_a_request_ended_is_kept_and_logged(newsroom: Newsroom) -> None:
    article_id = newsroom.take_in("The bridge is closed.").article_id
    queue(newsroom, "https://a.example/1")
    [lease] = take(newsroom)

    with newsroom.writing() as session:
        leases.finish(session, lease, "stored 3 statements", now=LATER, article_id=article_id)

    ended = stored(newsroom)
    assert (ended.state, ended.outcome, ended.finished_at) == (RequestState.DONE, "stored 3 statements", LATER)
    assert (ended.article_id, ended.lease, ended.leased_until, ended.due_at) == (article_id, None, None, None)
    with newsroom.reading() as session:
        last = session.exec(select(AuditEvent).order_by(col(AuditEvent.id).desc())).first()
    assert last is not None
    assert (last.action, last.details) == ("fetch:finish", '{"outcome":"stored 3 statements","state":"done"}')


def test_what_may_pass_is_tried_four_times_in_all(newsroom: Newsroom) -> None:
    queue(newsroom, "https://a.example/1")
    moments = [NOW]
    while (due_at := moments[-1]) is not None:
        [lease] = take(newsroom, now=due_at)
        fail(newsroom, lease)
        moments.append(stored(newsroom).due_at)  # type: ignore[arg-type]

    assert len(moments) == 5
    assert stored(newsroom).tries == 4


def test_what_will_not_pass_is_tried_once(newsroom: Newsroom) -> None:
    queue(newsroom, "https://a.example/1")

    fail(newsroom, take(newsroom)[0], may_pass=False)

    assert stored(newsroom).due_at is None
    assert take(newsroom, now=NOW + timedelta(days=9)) == []


def test_what_could_not_be_stored_waits_longer_each_time_for_hours(newsroom: Newsroom) -> None:
    queue(newsroom, "https://a.example/1")
    now, waited = NOW, []
    while True:
        [lease] = take(newsroom, now=now)
        with newsroom.writing() as session:
            if not leases.put_off(session, lease, now=now):
                break
        row = stored(newsroom)
        assert (row.state, row.lease, row.due_at is not None) == (RequestState.QUEUED, None, True)
        waited.append(row.due_at - now)  # type: ignore[operator]
        now = row.due_at or now

    minutes = [wait / timedelta(minutes=1) for wait in waited]
    assert (minutes[:3], set(minutes[10:]), len(minutes)) == ([1, 2, 3], {10}, leases.MAX_TAKES - 1)
    assert now - NOW > timedelta(hours=5)


def test_what_waits_for_its_host_is_not_taken_before_that_may_be_asked(newsroom: Newsroom) -> None:
    queue(newsroom, "https://a.example/1")
    [lease] = take(newsroom)

    with newsroom.writing() as session:
        until = leases.put_off(session, lease, now=NOW, wait_s=900)

    assert (until, stored(newsroom).due_at) == (NOW + timedelta(minutes=15),) * 2
    assert take(newsroom, now=NOW + timedelta(minutes=14)) == []
    assert len(take(newsroom, now=NOW + timedelta(minutes=15))) == 1


def test_who_lost_the_lease_puts_nothing_off(newsroom: Newsroom) -> None:
    queue(newsroom, "https://a.example/1")
    [lost] = take(newsroom)
    [lease] = take(newsroom, now=LATER)

    with pytest.raises(LostLease), newsroom.writing() as session:
        leases.put_off(session, lost, now=LATER)

    assert stored(newsroom).lease == lease.token


def test_what_failed_is_not_taken_beside_another_request_of_its_task(newsroom: Newsroom) -> None:
    for url in ("https://a.example/1", "https://b.example/2"):
        queue(newsroom, url)
        [lease] = take(newsroom)
        fail(newsroom, lease)
    with newsroom.writing() as session:
        # As no step of ours leaves it: what waits for another try, and is asked for already.
        session.get_one(FetchRequest, 1).task = session.get_one(FetchRequest, 2).task
        session.get_one(FetchRequest, 2).state = RequestState.QUEUED

    assert ids(take(newsroom, now=NOW + timedelta(hours=2))) == [2]


def test_a_page_that_brings_every_worker_down_is_given_up(newsroom: Newsroom) -> None:
    queue(newsroom, "https://a.example/1")

    for n in range(leases.MAX_TAKES):
        assert len(take(newsroom, now=NOW + n * timedelta(minutes=2))) == 1

    assert take(newsroom, now=NOW + timedelta(days=1)) == []
    assert (stored(newsroom).state, f"{leases.MAX_TAKES} times" in stored(newsroom).outcome) == (
        RequestState.FAILED,
        True,
    )


@given(tries=st.integers(1, 4), retry_after_s=st.none() | st.floats(0, 10**9))
def test_a_pause_is_as_long_as_the_site_asks_but_never_over_an_hour(tries: int, retry_after_s: float | None) -> None:
    pause_s = leases.pause_s(tries, retry_after_s)

    assert min(retry_after_s or 0, 3_600) <= pause_s <= max(300 * 2 ** (tries - 1), min(retry_after_s or 0, 3_600))


def test_pauses_are_drawn_from_the_whole_of_a_time_that_doubles() -> None:
    means = [mean(leases.pause_s(tries) for _ in range(2_000)) for tries in (1, 2, 3)]

    assert [round(found / 50) for found in means] == [3, 6, 12]


def test_a_hostile_outcome_is_kept_as_far_as_it_can_be(newsroom: Newsroom) -> None:
    queue(newsroom, "https://a.example/1")
    [lease] = take(newsroom)

    with newsroom.writing() as session:
        leases.fail(session, lease, "“ışık”\x00 \ud800<script>", now=NOW)

    assert stored(newsroom).outcome == "“ışık” <script>"


def test_a_request_that_is_not_there_is_not_found(sqlite_newsroom: Newsroom) -> None:
    gone = Lease(99, "token", RequestKind.ARTICLE, "https://a.example/1", None, None, None)

    with pytest.raises(NotFound, match="There is no fetch request 99"):
        finish(sqlite_newsroom, gone)
