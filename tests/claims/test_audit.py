"""The log of every change: each event is sealed by the one before it, so whatever is done to it shows."""

import csv
import io
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event
from sqlmodel import col, select

from claims import audit, exports
from claims.audit import CSV_COLUMNS, FIRST_HASH, Action, SealedEvent, Told, read_events, seal, verify_chain
from claims.errors import InvalidDraft
from claims.exports import Export, Scope
from claims.models import AuditEvent
from tests.claims.builders import NOW, Newsroom

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
UNLIKE = (
    "The bridge over the river was closed after the flood.",
    "Bakers in Porto want cheaper flour.",
    "A comet will pass the moon on Tuesday.",
    "The library lends violins to children.",
    "Snow fell in Oslo on the first day of June.",
    "Rain stopped the harvest in three provinces of Spain.",
)
CHANGES = {
    "event_id": 9,
    "at": "2026-11-02T09:30:01.000000+00:00",
    "actor": "somebody else",
    "action": "review:retract",
    "subject": "claim:2",
    "details": "{}",
    "previous_hash": "1" * 64,
    "hash": "2" * 64,
}


def chain_of(contents: Sequence[tuple[str, str]]) -> list[SealedEvent]:
    """A whole chain of events with these subjects and details."""
    events: list[SealedEvent] = []
    at = NOW.isoformat(timespec="microseconds")
    for number, (subject, details) in enumerate(contents, 1):
        previous = events[-1].hash if events else FIRST_HASH
        open_event = SealedEvent(number, at, "Ada", "claim:add", subject, details, previous, "")
        events.append(replace(open_event, hash=seal(open_event)))
    return events


CHAINS = st.lists(st.tuples(TEXTS, TEXTS), min_size=2, max_size=6).map(chain_of)


@given(CHAINS)
def test_a_chain_that_nobody_touched_is_whole(chain: list[SealedEvent]) -> None:
    report = verify_chain(chain)

    assert report.problems == ()
    assert (report.events, report.last_hash) == (len(chain), chain[-1].hash)


@given(CHAINS, st.data(), st.sampled_from(sorted(CHANGES)))
def test_a_change_to_any_field_of_any_event_is_found(chain: list[SealedEvent], data: st.DataObject, field: str) -> None:
    place = data.draw(st.integers(0, len(chain) - 1))
    chain[place] = replace(chain[place], **{field: CHANGES[field]})

    assert verify_chain(chain).problems != ()


@given(CHAINS, st.data())
def test_an_event_taken_out_of_the_middle_is_found(chain: list[SealedEvent], data: st.DataObject) -> None:
    del chain[data.draw(st.integers(0, len(chain) - 2))]

    assert "is missing" in verify_chain(chain).problems[0]


@given(CHAINS, st.data())
def test_an_event_that_was_put_in_is_found(chain: list[SealedEvent], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(chain)))
    extra = replace(chain[0], event_id=place + 1, details="forged", previous_hash=FIRST_HASH)
    chain.insert(place, replace(extra, hash=seal(extra)))

    assert place == 0 == len(chain) or verify_chain(chain).problems != ()


@given(CHAINS)
def test_two_events_that_changed_places_are_found(chain: list[SealedEvent]) -> None:
    chain[0], chain[1] = replace(chain[1], event_id=1), replace(chain[0], event_id=2)

    assert verify_chain(chain).problems != ()


@given(CHAINS)
def test_a_forged_event_that_is_sealed_anew_breaks_the_next_one(chain: list[SealedEvent]) -> None:
    forged = replace(chain[0], details="forged")
    chain[0] = replace(forged, hash=seal(forged))

    assert verify_chain(chain).problems == ("event 2 does not follow event 1",)


def test_an_empty_log_is_whole() -> None:
    assert verify_chain([]) == audit.AuditReport(0, FIRST_HASH, ())


def test_an_event_joins_the_one_before_it(newsroom: Newsroom) -> None:
    with newsroom.writing() as session:
        for subject in ("claim:1", "claim:2"):
            audit.record(session, Action.CLAIM_ADD, subject, actor="Ada", now=NOW, text="Işık “söndü”")

    with newsroom.reading() as session:
        first, second = (audit.sealed(event) for event in session.exec(select(AuditEvent)))
    assert (first.event_id, first.previous_hash) == (1, FIRST_HASH)
    assert (second.event_id, second.previous_hash) == (2, first.hash)
    assert first.details == '{"text":"Işık “söndü”"}'


def test_events_written_at_once_are_those_written_one_after_the_other(newsroom: Newsroom) -> None:
    told = [Told(Action.CLAIM_ADD, f"claim:{number}", {"text": "Işık “söndü”", "of": number}) for number in range(1, 6)]
    alone, together = told[:2], told[2:]
    with newsroom.writing() as session:
        for each in alone:
            audit.record(session, each.action, each.subject, actor="Ada", now=NOW, **each.details)
        audit.record_all(session, together, actor="Ada", now=NOW)
        audit.record_all(session, [], actor="Ada", now=NOW)

    with newsroom.reading() as session:
        stored = [audit.sealed(event) for event in session.exec(select(AuditEvent).order_by(col(AuditEvent.id)))]
    details = [f'{{"of":{number},"text":"Işık “söndü”"}}' for number in range(1, 6)]
    assert stored == chain_of([(each.subject, said) for each, said in zip(told, details, strict=True)])


def test_an_articles_matches_are_logged_at_once(newsroom: Newsroom) -> None:
    newsroom.take_in("The first article of an outlet.")
    one, five = log_writes(newsroom, UNLIKE[0]), log_writes(newsroom, *UNLIKE[1:])
    with newsroom.reading() as session:
        claims = session.exec(select(AuditEvent.id).where(AuditEvent.action == Action.CLAIM_ADD)).all()

    assert one == five
    assert len(claims) == 1 + len(UNLIKE)
    assert newsroom.proof().problems == ()


def log_writes(newsroom: Newsroom, *sentences: str) -> int:
    """How often taking in an article of these sentences writes to the log."""
    written: list[str] = []

    def note(_: object, __: object, sql: str, *___: object) -> None:
        if sql.startswith("INSERT INTO audit_event"):
            written.append(sql)

    event.listen(newsroom.engine, "before_cursor_execute", note)
    newsroom.take_in(*sentences, url=f"https://outlet.example/of-{len(sentences)}")
    event.remove(newsroom.engine, "before_cursor_execute", note)
    return len(written)


def test_a_change_that_fails_leaves_no_event(newsroom: Newsroom) -> None:
    with suppress(ZeroDivisionError), newsroom.writing() as session:
        audit.record(session, Action.CLAIM_ADD, "claim:1", actor="Ada", now=NOW)
        _ = 1 / 0

    assert newsroom.count(AuditEvent) == 0


def test_a_time_is_sealed_in_utc_to_the_microsecond(newsroom: Newsroom) -> None:
    later = NOW + timedelta(microseconds=1)
    with newsroom.writing() as session:
        audit.record(session, Action.USER_SIGN_IN, "user:1", actor="Ada", now=later)

    with newsroom.reading() as session:
        assert audit.sealed(session.exec(select(AuditEvent)).one()).at == "2026-11-02T09:30:00.000001+00:00"


def test_the_exported_log_can_be_checked_on_its_own(newsroom: Newsroom) -> None:
    newsroom.publish(newsroom.claim('A "nasty",\nwording; =1+1 of the claim\r\nthat was made'))
    file = io.StringIO(newline="")

    with newsroom.reading() as session:
        rows = exports.write(session, Export.AUDIT, file, Scope("https://checks.example", published_only=False))
    file.seek(0)
    report = verify_chain(read_events(file))

    assert report.problems == ()
    assert report.events == rows == newsroom.count(AuditEvent)


@given(CHAINS)
def test_a_chain_survives_the_way_through_csv(chain: list[SealedEvent]) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerows([CSV_COLUMNS, *([getattr(event, name) for name in FIELDS] for event in chain)])
    file.seek(0)

    assert list(read_events(file)) == chain


FIELDS = ("event_id", "at", "actor", "action", "subject", "details", "previous_hash", "hash")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "no audit export"),
        ("claim_id,claim\r\n1,words\r\n", "no audit export: its first line must be event_id,at"),
        ("{header}\r\n1,2\r\n", "line 2 has 2 cells where 8 belong"),
        ("{header}\r\n\r\n", "line 2"),
        ("{header}\r\none,2,3,4,5,6,7,8\r\n", "line 2 cannot be read"),
        ('{header}\r\n1,2,3,4,5,6,7,"8\r\n', "cannot be read"),
    ],
)
def test_a_file_that_is_no_log_is_refused_with_its_line(content: str, message: str) -> None:
    file = io.StringIO(content.format(header=",".join(CSV_COLUMNS)))

    with pytest.raises(InvalidDraft, match=message):
        list(read_events(file))
