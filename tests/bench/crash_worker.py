"""The worker that the crash bench kills: the real one, on a resolver of the bench's own, that leaves word where it is.

What it was doing stands in a file that is mapped into memory, so that the kernel keeps the last word of whoever is
killed. The process is forked from one that has read the models already, so that it begins at once.
"""

import mmap
import multiprocessing
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from pathlib import Path
from threading import Event

from sqlalchemy import Engine, event

from claims import db
from claims.clock import utc_now
from claims.grouping import Matcher
from claims.matching import shipped_scorer
from claims.settings import Settings
from claims.versions.bodies import Bodies
from scrapers.fetch import Fetcher, Limits
from scrapers.pipeline import Pipeline
from scrapers.statements.models import Models, shipped_models
from scrapers.worker import work

shipped_models("en")


class Phase(IntEnum):
    """What a worker's main thread was doing last."""

    STARTING = 0
    WAITING = 1
    READING = 2
    TAKING = 3
    QUEUEING = 4
    STORING = 5
    COMMITTING = 6


class Word:
    """The word that a worker leaves: its phase, and how many requests it ended, up to 255."""

    def __init__(self, path: Path) -> None:
        with path.open("r+b") as file:
            self._bytes = mmap.mmap(file.fileno(), 2)

    @property
    def phase(self) -> Phase:
        return Phase(self._bytes[0])

    @phase.setter
    def phase(self, phase: Phase) -> None:
        if threading.current_thread() is threading.main_thread():
            self._bytes[0] = phase

    @property
    def ended(self) -> int:
        return self._bytes[1]

    def count(self) -> None:
        """One more request has ended."""
        self._bytes[1] = min(self._bytes[1] + 1, 255)

    def close(self) -> None:
        self._bytes.close()


def no_word(path: Path) -> Path:
    """A file for a worker that has not begun."""
    path.write_bytes(bytes(2))
    return path


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker is given: the settings with its database and the hosts it may ask, and how long a lease lasts."""

    settings: Settings
    word: Path
    lease: timedelta


def carry_out(task: Task) -> None:
    """Work until killed, or until the bench itself is gone."""
    threading.Thread(target=end_with_the_bench, daemon=True).start()
    word = Word(task.word)
    engine = db.connect(task.settings.database_url)
    tell_phases(engine, word)

    def models(language: str) -> Models:
        word.phase = Phase.READING
        return shipped_models(language)

    with Fetcher(task.settings, Limits(), resolve=on_loopback) as fetcher:
        pipeline = Pipeline(
            engine, fetcher, Matcher(shipped_scorer()), utc_now, models=models, bodies=Bodies.of(task.settings)
        )
        for _ in work(pipeline, stop=Event(), once=False, lease=task.lease):
            word.count()


def end_with_the_bench() -> None:
    """End this process where the one that kills workers was killed."""
    bench = multiprocessing.parent_process()
    if bench is not None:
        bench.join()
        os._exit(1)


def on_loopback(host: str, port: int) -> Sequence[str]:
    """The name servers of the bench: every host is here."""
    return ("127.0.0.1",)


def tell_phases(engine: Engine, word: Word) -> None:
    """Leave word of what is written, as the statements tell."""
    phases = {
        "BEGIN IMMEDIATE": Phase.TAKING,
        "INSERT INTO fetch_request": Phase.QUEUEING,
        "INSERT INTO article": Phase.STORING,
        "INSERT INTO snapshot": Phase.STORING,
    }

    @event.listens_for(engine, "before_cursor_execute")
    def tell_statement(_: object, __: object, statement: str, *___: object) -> None:
        for start, phase in phases.items():
            if statement.startswith(start):
                word.phase = phase

    @event.listens_for(engine, "commit")
    def tell_commit(_: object) -> None:
        word.phase = Phase.COMMITTING

    @event.listens_for(engine, "checkin")
    def tell_end(_: object, __: object) -> None:
        word.phase = Phase.WAITING
