"""Requests to fetch: people record them, one worker at a time takes them, and how each ended is kept."""

from datetime import timedelta

import pytest
from sqlmodel import select

from claims import fetching
from claims.errors import IllegalTransition, InvalidDraft, NotFound
from claims.intake import new_snapshot
from claims.models import AuditEvent, FetchRequest, RequestState
from tests.claims.builders import NOW, Newsroom, page


def ask(newsroom: Newsroom, url: str = "https://outlet.example/1") -> int:
    """The id of a request for this address."""
    with newsroom.writing() as session:
        return fetching.request(session, url, by=newsroom.ada, now=NOW).id or 0


def take(newsroom: Newsroom, *, minutes: int = 0) -> int | None:
    """The id of the request that a worker gets this long after now."""
    with newsroom.writing() as session:
        wanted = fetching.take(session, now=NOW + timedelta(minutes=minutes))
        return wanted.id if wanted else None


def finish(newsroom: Newsroom, request_id: int, state: RequestState, outcome: str = "stored 3 statements") -> None:
    """Say how a request ended."""
    with newsroom.writing() as session:
        fetching.finish(session, request_id, state, outcome, now=NOW)


def stored(newsroom: Newsroom, request_id: int) -> FetchRequest:
    """The request's row."""
    with newsroom.reading() as session:
        return session.get_one(FetchRequest, request_id)


def test_requests_are_taken_in_their_order_and_each_by_one_worker(newsroom: Newsroom) -> None:
    first, second = ask(newsroom), ask(newsroom, "https://outlet.example/2")

    assert [take(newsroom), take(newsroom), take(newsroom)] == [first, second, None]
    assert stored(newsroom, first).state is RequestState.RUNNING


def test_a_request_whose_worker_died_is_taken_again_after_its_lease(newsroom: Newsroom) -> None:
    request_id = ask(newsroom)
    take(newsroom)

    assert take(newsroom, minutes=5) is None
    assert take(newsroom, minutes=6) == request_id


def test_how_a_request_ended_is_kept_and_logged(newsroom: Newsroom) -> None:
    request_id = ask(newsroom)
    take(newsroom)

    finish(newsroom, request_id, RequestState.DONE)

    ended = stored(newsroom, request_id)
    assert (ended.state, ended.outcome, ended.finished_at) == (RequestState.DONE, "stored 3 statements", NOW)
    assert take(newsroom, minutes=60) is None
    with newsroom.reading() as session:
        assert [event.action for event in session.exec(select(AuditEvent))] == ["fetch:request", "fetch:finish"]


def test_only_a_request_that_failed_is_tried_again(newsroom: Newsroom) -> None:
    request_id = ask(newsroom)

    with pytest.raises(IllegalTransition, match="Only a fetch that failed"), newsroom.writing() as session:
        fetching.retry(session, request_id, by=newsroom.bo, now=NOW)
    take(newsroom)
    finish(newsroom, request_id, RequestState.FAILED, "404")
    with newsroom.writing() as session:
        fetching.retry(session, request_id, by=newsroom.bo, now=NOW)

    again = stored(newsroom, request_id)
    assert (again.state, again.outcome, again.finished_at) == (RequestState.QUEUED, "", None)
    assert take(newsroom) == request_id


@pytest.mark.parametrize(
    "url",
    [
        "",
        "outlet.example/1",
        "file:///etc/passwd",
        "https://a.example/ b",
        "https://a.example/\x00b",
        "http://" + "x" * 2_000,
        "http://0x7f.1/",
        "http://[::1]/",
        "https://outlet.example:22/",
    ],
)
def test_what_is_no_address_is_refused(sqlite_newsroom: Newsroom, url: str) -> None:
    with pytest.raises(InvalidDraft, match=r"^'.*': .*; "):
        ask(sqlite_newsroom, url)


def test_a_hostile_outcome_is_kept_as_far_as_it_can_be(newsroom: Newsroom) -> None:
    request_id = ask(newsroom)

    finish(newsroom, request_id, RequestState.FAILED, "“ışık”\x00 \ud800<script>")

    assert stored(newsroom, request_id).outcome == "“ışık” <script>"


def test_a_request_that_is_not_there_is_not_found(sqlite_newsroom: Newsroom) -> None:
    with pytest.raises(NotFound, match="There is no fetch request 99"):
        finish(sqlite_newsroom, 99, RequestState.DONE)


def test_evidence_gets_the_copy_that_was_fetched(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim()
    evidence_id = newsroom.cite(claim_id)
    fetched = page("https://evidence.example/treaty", b"<p>Article 5")
    copy = new_snapshot(fetched, "Article 5", "trafilatura", article_id=None)

    with newsroom.writing() as session:
        fetching.keep_copy(session, evidence_id, copy, now=NOW)

    assert newsroom.stored_evidence(evidence_id).snapshot_id == copy.id
    assert newsroom.proof().problems == ()


def test_two_pieces_of_evidence_may_have_the_very_same_copy(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim()

    for evidence_id in (newsroom.cite(claim_id), newsroom.cite(claim_id, "The treaty again")):
        copy = new_snapshot(page("https://evidence.example/treaty"), "Article 5", "trafilatura", article_id=None)
        with newsroom.writing() as session:
            fetching.keep_copy(session, evidence_id, copy, now=NOW)

    assert newsroom.stored_evidence(1).snapshot_id != newsroom.stored_evidence(2).snapshot_id
