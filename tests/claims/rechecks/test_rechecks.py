"""What is looked at again, and when: closely while it is fresh or leaned on, then now and then, then not any more."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from claims.audit import COMMAND_LINE
from claims.models import Article, AuditEvent, FetchRequest, Outlet, Recheck, RequestKind, RequestState
from claims.rechecks import outcomes, schedule
from claims.rechecks.schedule import next_check_at
from claims.rechecks.wanted import Wanted, join_waiting, request_all
from tests.claims.builders import FORCED, NOW, Newsroom

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("age_days", "is_leaned_on", "days"),
    [(0, False, 2), (13, False, 2), (14, False, 7), (89, False, 7), (90, False, None), (0, True, 1), (900, True, 1)],
)
def test_the_older_a_story_the_rarer_it_is_looked_at(age_days: int, is_leaned_on: bool, days: int | None) -> None:
    checked_at = NOW + age_days * DAY

    due_at = next_check_at(NOW, checked_at, is_leaned_on=is_leaned_on)

    assert due_at == (None if days is None else checked_at + days * DAY)


@given(age=st.timedeltas(timedelta(0), 1_000 * DAY), is_leaned_on=st.booleans())
def test_a_look_is_never_planned_for_the_past(age: timedelta, is_leaned_on: bool) -> None:
    due_at = next_check_at(NOW, NOW + age, is_leaned_on=is_leaned_on)

    assert due_at is None or due_at >= NOW + age + DAY
    assert due_at is not None or not is_leaned_on


def open_requests(newsroom: Newsroom) -> list[tuple[RequestKind, int | None]]:
    """Kind and id of what waits to be looked at again."""
    with newsroom.reading() as session:
        rows = session.exec(select(FetchRequest).where(FetchRequest.state == RequestState.QUEUED))
        return [(row.kind, row.article_id or row.evidence_id) for row in rows if row.requested_by_id is None]


def ask(newsroom: Newsroom, at: datetime) -> int:
    """Take one turn of the schedule."""
    with newsroom.writing() as session:
        return schedule.request_due(session, now=at)


def test_the_schedule_asks_for_what_is_due_once(newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED)

    too_early, in_time, again = ask(newsroom, NOW + DAY), ask(newsroom, NOW + 2 * DAY), ask(newsroom, NOW + 2 * DAY)

    assert (too_early, in_time, again) == (0, 1, 0)
    assert open_requests(newsroom) == [(RequestKind.ARTICLE, 1)]


def test_saved_pages_are_not_looked_for_on_the_web(sqlite_newsroom: Newsroom) -> None:
    sqlite_newsroom.take_in(FORCED, url="file:///saved/1.html")

    assert ask(sqlite_newsroom, NOW + 30 * DAY) == 0


def test_a_story_is_let_go_in_time(sqlite_newsroom: Newsroom) -> None:
    sqlite_newsroom.take_in(FORCED)
    sqlite_newsroom.take_in(FORCED, at=NOW + 100 * DAY)

    assert ask(sqlite_newsroom, NOW + 400 * DAY) == 0


def test_what_a_verdict_leans_on_is_looked_at_daily_from_its_publication_on(newsroom: Newsroom) -> None:
    newsroom.publish(newsroom.claim())
    finish_open_requests(newsroom)
    with newsroom.writing() as session:
        outcomes.note_seen(session, outcomes.of_evidence(session, 1), now=NOW)

    in_a_day = ask(newsroom, NOW + 1.1 * DAY)
    finish_open_requests(newsroom)

    assert in_a_day == 2
    assert ask(newsroom, NOW + 1.2 * DAY) == 0
    assert ask(newsroom, NOW + 2.2 * DAY) == 2


def finish_open_requests(newsroom: Newsroom) -> None:
    """End all that waits, as a worker does that reaches nobody."""
    with newsroom.writing() as session:
        for request in session.exec(select(FetchRequest)):
            request.state = RequestState.FAILED
            session.add(request)


def test_a_claim_can_be_looked_at_again_at_once(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim()
    newsroom.claim("Greece sold forty old tanks to Cyprus in spring.")
    newsroom.cite(claim_id)

    with newsroom.writing() as session:
        asked = request_all(session, Wanted(evidence=False, claim_id=claim_id), by=COMMAND_LINE, now=NOW)

    assert asked == 1
    assert open_requests(newsroom) == [(RequestKind.ARTICLE, 1)]


def test_who_asked_for_another_look_is_kept_and_logged(newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED)
    newsroom.take_in("Greece sold forty old tanks to Cyprus in spring.", url="https://outlet.example/2")

    with newsroom.writing() as session:
        schedule.request_due(session, now=NOW + 2 * DAY)
        scheduled, later = session.exec(select(FetchRequest).order_by(col(FetchRequest.id)))
        scheduled.state = later.state = RequestState.DONE
        request_all(session, Wanted(), by=COMMAND_LINE, now=NOW + 3 * DAY)

    with newsroom.reading() as session:
        asked = session.exec(select(FetchRequest.is_by_command).order_by(col(FetchRequest.id))).all()
        actors = session.exec(select(AuditEvent.actor).where(AuditEvent.action == "fetch:request")).all()
    assert asked == [False, False, True, True]
    assert actors == ["machine", "machine", "command line", "command line"]


def test_what_waits_already_is_looked_at_at_once_for_whoever_asks(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim()
    newsroom.claim("Greece sold forty old tanks to Cyprus in spring.")
    later = NOW + 3 * DAY
    with newsroom.writing() as session:
        schedule.request_due(session, now=NOW + 2 * DAY)
        for request in session.exec(select(FetchRequest)):
            request.due_at = later

    with newsroom.writing() as session:
        wanted = Wanted(claim_id=claim_id)
        joined = [join_waiting(session, wanted, by=COMMAND_LINE, now=NOW + 2 * DAY) for _ in range(2)]

    with newsroom.reading() as session:
        asked = session.exec(select(FetchRequest).order_by(col(FetchRequest.id))).all()
        actors = session.exec(select(AuditEvent.actor).where(AuditEvent.action == "fetch:request")).all()
    assert joined == [1, 0]
    assert [(row.is_by_command, row.due_at) for row in asked] == [(True, NOW + 2 * DAY), (False, later)]
    assert actors == ["machine", "machine", "command line"]


def test_what_was_seen_lately_can_be_left_out(newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED)

    with newsroom.writing() as session:
        lately = request_all(session, Wanted(older_than=3 * DAY), by=COMMAND_LINE, now=NOW + 2 * DAY)
        longer = request_all(session, Wanted(older_than=3 * DAY), by=COMMAND_LINE, now=NOW + 3 * DAY)

    assert (lately, longer) == (0, 1)


def test_whoever_asks_for_much_asks_in_turns(sqlite_newsroom: Newsroom) -> None:
    with sqlite_newsroom.writing() as session:
        session.add(Outlet(name="O", address="https://o.example/", created_at=NOW))
        session.flush()
        for number in range(schedule.AT_ONCE + 5):
            url = f"https://o.example/{number}"
            session.add(Article(outlet_id=1, canonical_url=url, title="t", language="en", created_at=NOW))
        session.flush()
        asked = [request_all(session, Wanted(), by=COMMAND_LINE, now=NOW) for _ in range(3)]

    assert asked == [schedule.AT_ONCE, 5, 0]


def test_trouble_is_counted_by_days_and_forgotten_when_the_page_is_back(sqlite_newsroom: Newsroom) -> None:
    sqlite_newsroom.cite(sqlite_newsroom.claim())

    def after(*hours: int) -> Recheck:
        with sqlite_newsroom.writing() as session:
            row = outcomes.of_evidence(session, 1)
            for hour in hours:
                outcomes.note_failure(session, row, "no answer", now=NOW + timedelta(hours=hour))
            return row

    failing = after(0, 1, 2, 21, 22)
    assert (failing.failures, failing.failing_since, failing.problem) == (2, NOW, "no answer")

    with sqlite_newsroom.writing() as session:
        row = outcomes.of_evidence(session, 1)
        outcomes.note_seen(session, row, now=NOW)
    assert (row.failures, row.failing_since, row.problem) == (0, None, "")


def missing(newsroom: Newsroom, at: datetime) -> Recheck:
    """How the first article stands once its address has answered at this time that there is no such page."""
    with newsroom.writing() as session:
        row = outcomes.of_article(session, 1)
        outcomes.note_missing(session, row, "the server answered 404 Not Found", now=at)
        return row


def test_a_page_is_missing_only_when_a_second_look_an_hour_later_says_so_too(newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED)

    looks = [missing(newsroom, NOW + minutes * timedelta(minutes=1)) for minutes in (0, 59, 60, 61)]

    assert [(look.missing_at, look.gone_at) for look in looks] == [(NOW, None)] * 2 + [(None, NOW)] * 2
    assert [look.due_at for look in looks[:2]] == [NOW + schedule.SECOND_LOOK] * 2


def test_a_second_look_is_had_at_what_the_schedule_has_let_go(newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED)
    missing(newsroom, NOW + 400 * DAY)

    early = ask(newsroom, NOW + 400 * DAY + timedelta(hours=3))
    in_time, again = (ask(newsroom, NOW + 400 * DAY + schedule.SECOND_LOOK) for _ in range(2))

    assert (early, in_time, again) == (0, 1, 0)
    assert missing(newsroom, NOW + 401 * DAY).due_at is None


def test_no_answer_between_two_looks_neither_proves_nor_disproves_that_a_page_is_missing(
    sqlite_newsroom: Newsroom,
) -> None:
    sqlite_newsroom.take_in(FORCED)
    missing(sqlite_newsroom, NOW)

    with sqlite_newsroom.writing() as session:
        row = outcomes.of_article(session, 1)
        outcomes.note_failure(session, row, "no answer", now=NOW + timedelta(hours=4))

    assert (row.missing_at, row.failures, row.gone_at) == (NOW, 1, None)
    assert missing(sqlite_newsroom, NOW + 2 * DAY).gone_at == NOW


def test_a_page_that_was_seen_between_is_missing_for_the_first_time_again(sqlite_newsroom: Newsroom) -> None:
    sqlite_newsroom.take_in(FORCED)
    missing(sqlite_newsroom, NOW)

    sqlite_newsroom.take_in(FORCED, at=NOW + DAY)

    look = missing(sqlite_newsroom, NOW + 2 * DAY)
    assert (look.missing_at, look.gone_at) == (NOW + 2 * DAY, None)
