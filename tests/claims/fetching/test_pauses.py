"""A host has one row, in which all processes read when it may be asked, and take their turn in one transaction."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, event
from sqlmodel import select

from claims import db
from claims.fetching.pauses import LONGEST, SharedPauses, drop_quiet, take
from claims.models import HostPause
from tests.claims.builders import NOW

HOST = "outlet.example"


@dataclass(slots=True)
class Process:
    """One of several processes that ask hosts, at a time that the test sets."""

    engine: Engine
    now: datetime = NOW
    pauses: SharedPauses = field(init=False)

    def __post_init__(self) -> None:
        self.pauses = SharedPauses(self.engine, lambda: self.now)

    def wait_s(self, delay_s: float = 2, *, at_s: float = 0) -> float:
        """How long the process has to wait for its turn, so many seconds after the test began; 0 where it has it."""
        self.now = NOW + timedelta(seconds=at_s)
        return self.pauses.take(HOST, delay_s)


@pytest.fixture
def one(engine: Engine) -> Process:
    """A process."""
    return Process(engine)


@pytest.fixture
def other(engine: Engine) -> Process:
    """Another process on the same database."""
    return Process(engine)


def test_processes_take_turns_at_a_host_with_the_pause_between_them(one: Process, other: Process) -> None:
    first = [process.wait_s() for process in (one, other, one)]

    assert first == [0, 2, 2]
    assert [other.wait_s(at_s=1.5), other.wait_s(at_s=2), one.wait_s(at_s=2.5)] == [0.5, 0, 1.5]


def test_the_pause_begins_when_the_answer_is_there(one: Process, other: Process) -> None:
    one.wait_s()
    one.now = NOW + timedelta(seconds=1)
    one.pauses.rest(HOST, 2)

    assert [other.wait_s(at_s=at_s) for at_s in (2, 3)] == [1, 0]


def test_hosts_wait_for_themselves_alone(one: Process, other: Process) -> None:
    one.wait_s()

    assert other.pauses.take("another.example", 2) == 0


def test_the_longer_of_two_pauses_holds(one: Process, other: Process) -> None:
    robots, page = one.wait_s(0.5), other.wait_s(10, at_s=1)

    assert (robots, page) == (0, 9)
    assert other.wait_s(10, at_s=10) == 0
    assert one.wait_s(0.5, at_s=10) == 10


def test_a_host_that_wants_rest_rests_for_all(one: Process, other: Process) -> None:
    one.pauses.rest(HOST, 40)
    one.pauses.rest(HOST, 20)

    assert other.wait_s() == 40


def test_a_rest_is_an_hour_at_most(one: Process, other: Process) -> None:
    one.pauses.rest(HOST, 90_000)

    assert other.wait_s() == LONGEST.total_seconds()


def test_a_rest_holds_where_another_machines_clock_is_a_little_behind(one: Process, other: Process) -> None:
    one.now = NOW + timedelta(minutes=1)
    one.pauses.rest(HOST, 3_600)
    other.pauses.rest(HOST, 5)

    assert other.wait_s() == 3_600


@pytest.mark.parametrize("put_back_s", [0.001, 30, 1_800, 86_400])
def test_a_clock_that_was_put_back_costs_the_pause_once_more_and_no_longer(
    one: Process, other: Process, put_back_s: float
) -> None:
    one.wait_s(at_s=put_back_s)

    assert [other.wait_s(at_s=at_s) for at_s in (0, 1, 2)] == [2, 1, 0]


@pytest.mark.parametrize("put_back_s", [30, 1_800, 86_400])
def test_a_rest_that_was_told_before_a_clock_was_put_back_holds_from_then_on(
    one: Process, other: Process, put_back_s: float
) -> None:
    one.wait_s(at_s=put_back_s - 40)
    one.now = NOW + timedelta(seconds=put_back_s)
    one.pauses.rest(HOST, 600)

    assert [other.wait_s(at_s=at_s) for at_s in (0, 599, 600)] == [600, 1, 0]


def test_who_ends_its_turn_after_a_clock_was_put_back_leaves_its_pause_alone(one: Process, other: Process) -> None:
    one.wait_s(at_s=1_800)
    one.now = NOW
    one.pauses.rest(HOST, 2)

    assert [other.wait_s(at_s=at_s) for at_s in (0, 2)] == [2, 0]


def test_waiting_for_the_row_is_no_clock_that_was_put_back(one: Process, other: Process) -> None:
    late = SharedPauses(other.engine, iter([NOW, NOW + timedelta(seconds=3)]).__next__)
    one.wait_s(10, at_s=1)

    assert late.take(HOST, 10) == 8


def test_of_two_who_want_a_turn_at_once_one_has_it(one: Process, other: Process) -> None:
    one.wait_s(at_s=-60)

    with ThreadPoolExecutor(1) as thread:
        with db.unlogged(one.engine) as session:
            first = take(session, HOST, timedelta(seconds=2), lambda: NOW)
            second = thread.submit(other.wait_s)
            time.sleep(0.5)

        assert (first, second.result()) == (timedelta(0), 2)
    with db.reading(one.engine) as session:
        assert len(session.exec(select(HostPause)).all()) == 1


def hosts(process: Process) -> list[str]:
    """The hosts that have a row, by name."""
    with db.reading(process.engine) as session:
        return list(session.exec(select(HostPause.host).order_by(HostPause.host)))


def test_hosts_that_nobody_has_asked_for_an_hour_leave_no_row(one: Process) -> None:
    for number in range(3):
        one.pauses.take(f"{number}.example", 2)
    one.pauses.rest("1.example", 3_600)
    one.now = NOW + timedelta(seconds=3_000)
    one.pauses.take("2.example", 2)

    one.wait_s(at_s=3_600)
    within_the_hour = hosts(one)
    one.now = NOW + timedelta(seconds=3_603)
    one.pauses.take("new.example", 2)

    assert within_the_hour == ["0.example", "1.example", "2.example", HOST]
    assert hosts(one) == ["1.example", "2.example", "new.example", HOST]


def test_asking_a_host_again_and_again_looks_for_no_rows_to_drop(one: Process) -> None:
    one.wait_s(at_s=-7_300)
    one.now = NOW
    with db.unlogged(one.engine) as session:
        session.add(HostPause(host="old.example", asked_at=NOW - 2 * LONGEST, free_at=NOW - 2 * LONGEST))
    one.pauses.rest(HOST, 2)

    one.wait_s(at_s=2)

    assert hosts(one) == ["old.example", HOST]


def test_a_pause_that_another_process_takes_at_this_moment_is_not_dropped(one: Process, other: Process) -> None:
    one.wait_s(at_s=-7_300)

    with ThreadPoolExecutor(1) as thread:
        with db.unlogged(one.engine) as session:
            first = take(session, HOST, timedelta(seconds=2), lambda: NOW)
            dropping = thread.submit(other.pauses.take, "another.example", 2)
            time.sleep(0.5)
            waits = not dropping.done()

        assert waits == (one.engine.dialect.name == "sqlite"), "only SQLite has one writer at a time"
        assert (first, dropping.result()) == (timedelta(0), 0)
    assert hosts(one) == ["another.example", HOST]
    assert other.wait_s() == 2


def test_nobody_drops_a_row_between_two_steps_of_taking_a_turn(postgresql_url: str) -> None:
    engine = db.connect(postgresql_url)
    one = Process(engine)
    one.wait_s(at_s=-7_300)
    steps: list[str] = []

    def drop_before_it_is_read(_: object, __: object, statement: str, *___: object) -> None:
        steps.append(statement)
        if statement.startswith("SELECT") and len(steps) == 2:
            with db.unlogged(engine) as session:
                drop_quiet(session, NOW)

    event.listen(engine, "before_cursor_execute", drop_before_it_is_read)

    assert one.wait_s() == 0
    assert sum(step.startswith("DELETE") for step in steps) == 2, "one was to come in between"
    assert hosts(one) == [HOST]
    engine.dispose()


def test_who_cannot_write_keeps_its_own_pause_alone(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(db, "BUSY_TIMEOUT_MS", 50)
    engine = db.connect(sqlite_url)

    with db.transaction(engine):
        assert Process(engine).wait_s() == 0
        Process(engine).pauses.rest(HOST, 5)
    engine.dispose()

    assert [record.getMessage().partition(":")[0] for record in caplog.records] == [
        "the pause at outlet.example is kept by this process alone",
        "the rest of outlet.example is kept by this process alone",
    ]
