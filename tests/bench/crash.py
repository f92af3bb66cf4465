"""Kills a worker again and again while it takes in generated outlets, and looks after each kill whether all is whole.

    python -m tests.bench.crash --kills 200
    python -m tests.bench.crash --kills 50 --seed 7 --keep FOLDER

First an undisturbed run says what belongs into the database. Then workers on a second database are killed with SIGKILL
at random moments, one after the other, until that many are dead and all is done. After each kill everything is checked:
the file, every request, story, appearance and claim, and the whole audit log. Where anything was lost, doubled,
half-written or not whole, it ends with exit status 1; --keep leaves the databases to be looked at.
"""

import argparse
import multiprocessing
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from rich.console import Console, Group
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from sqlmodel import col, func, select

from claims import db, fetching
from claims.clock import utc_now
from claims.db import Engine
from claims.fetching import Wish
from claims.models import Article, FetchRequest, RequestKind, RequestState
from claims.settings import Settings, SnapshotsIn
from claims.versions.bodies import Bodies
from tests.bench.crash_checks import Expected, expected_of, unfinished, violations
from tests.bench.crash_worker import Phase, Task, Word, carry_out, no_word
from tests.bench.crash_world import World, made_world
from tests.bench.tables import numbers_table
from tests.scrapers.site import Site

STORIES: Final = 500
HOSTS: Final = 20
LEASE: Final = timedelta(seconds=1.5)
# One kill of so many comes before the worker has begun; the others fall into its work.
STARTS_AMONG_KILLS: Final = 12
LOOK_EVERY_S: Final = 0.002
STUCK_S: Final = 60.0
WIDTH: Final = 120
SHOWN_VIOLATIONS: Final = 20


@dataclass(slots=True)
class Tally:
    """What was seen: kills by what the victim was doing, what was found wrong, and how long recovering took.

    recovery_s is from a worker's start, after a kill, to the end of its first request.
    """

    kills: Counter[Phase] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    recovery_s: list[float] = field(default_factory=list)
    checks_s: float = 0.0
    takes: int = 0
    most_takes: int = 0
    undisturbed_s: float = 0.0
    disturbed_s: float = 0.0


def main(words: Sequence[str] | None = None) -> int:
    """Run what the words of the command line ask for, and print what came of it; the exit status."""
    asked = arguments(words)
    console = Console(highlight=False, width=WIDTH)
    console.print(f"{asked.stories} stories on {asked.hosts} hosts, {asked.kills} kills, seed {asked.seed}")
    with folder_of(asked.keep) as folder, Site() as site:
        world = made_world(asked.stories, asked.hosts, site.port, asked.seed)
        world.serve_on(site)
        bench = Bench(world, folder, SnapshotsIn(asked.snapshots), Random(asked.seed), console)
        expected, undisturbed_s = bench.undisturbed()
        tally = bench.disturbed(expected, asked.kills, undisturbed_s)
    console.print(report(tally, expected))
    for line in tally.wrong[:SHOWN_VIOLATIONS]:
        console.print(line, markup=False, style="red")
    return 1 if tally.wrong else 0


def arguments(words: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--stories", type=int, default=STORIES)
    parser.add_argument("--hosts", type=int, default=HOSTS)
    parser.add_argument("--seed", type=int, default=0)
    places = [place.value for place in SnapshotsIn]
    parser.add_argument("--snapshots", choices=places, default=SnapshotsIn.DATABASE.value, help="where bytes are kept")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where to put the databases, to look at them later")
    asked = parser.parse_args(words)
    if asked.stories % asked.hosts:
        parser.error("each host gets as many stories as the others: give a multiple of the hosts")
    return asked


@contextmanager
def folder_of(kept: Path | None) -> Iterator[Path]:
    """The folder for the databases, removed at the end unless somebody wants it."""
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with TemporaryDirectory() as folder:
        yield Path(folder)


@dataclass(frozen=True, slots=True)
class Bench:
    """A world, a folder for its databases, where bytes are kept, and dice for the moments of the kills."""

    world: World
    folder: Path
    snapshots: SnapshotsIn
    dice: Random
    console: Console

    def undisturbed(self) -> tuple[Expected, float]:
        """What a run stores that nobody disturbs, and the seconds that it takes."""
        with (
            self.database("undisturbed") as (engine, task),
            self.progress("Undisturbed", len(self.world.stories)) as at,
        ):
            started_s = time.monotonic()
            with worker(task):
                while count_left(engine):
                    at(count_stored(engine))
                    time.sleep(0.1)
            took_s = time.monotonic() - started_s
            expected = expected_of(engine, self.world.feeds, Bodies(self.folder / "disturbed" / "snapshots"))
            if expected.spans.keys() != self.world.stories:
                raise SystemExit("the undisturbed run did not store every story; nothing can be compared with it")
            return expected, took_s

    def disturbed(self, expected: Expected, kills: int, undisturbed_s: float) -> Tally:
        """What killing workers so often comes to."""
        tally = Tally(undisturbed_s=undisturbed_s)
        story_s = undisturbed_s / len(self.world.stories)
        with self.database("disturbed") as (engine, task), self.progress("Killed", kills) as at:
            started_s = time.monotonic()
            for killed in range(kills):
                # Evenly over the stories that are left, so that there is work for the last kill too.
                mean_s = story_s * (len(self.world.stories) - count_stored(engine)) / (kills - killed)
                self.kill_one(task, tally, after_s=self.dice.uniform(0, 2 * mean_s))
                self.check(engine, expected, tally)
                if tally.wrong:
                    return tally
                at(killed + 1)
            with worker(task):
                wait_until(lambda: count_left(engine) == 0)
            tally.disturbed_s = time.monotonic() - started_s - tally.checks_s
            self.check(engine, expected, tally)
            tally.wrong += unfinished(engine, expected)
            with db.reading(engine) as session:
                takes = select(func.sum(FetchRequest.tries), func.max(FetchRequest.tries))
                tally.takes, tally.most_takes = session.exec(takes).one()
        return tally

    def kill_one(self, task: Task, tally: Tally, after_s: float) -> None:
        """Start a worker, and kill it so long after it ended its first request, or while it starts."""
        started_s = time.monotonic()
        with worker(task) as (_, word):
            if self.dice.randrange(STARTS_AMONG_KILLS) == 0:
                time.sleep(self.dice.uniform(0, 0.1))
            else:
                wait_until(lambda: word.phase is not Phase.STARTING)
                ends_s = time.monotonic() + after_s
                while time.monotonic() < ends_s:
                    time.sleep(LOOK_EVERY_S)
                    if word.ended and len(tally.recovery_s) < tally.kills.total():
                        tally.recovery_s.append(time.monotonic() - started_s)
        tally.kills[read_word(task)] += 1

    def check(self, engine: Engine, expected: Expected, tally: Tally) -> None:
        """Look for whatever is wrong, and add it to the tally."""
        started_s = time.monotonic()
        tally.wrong += (f"after kill {tally.kills.total()}: {line}" for line in violations(engine, expected))
        tally.checks_s += time.monotonic() - started_s

    @contextmanager
    def database(self, name: str) -> Iterator[tuple[Engine, Task]]:
        """A fresh database in which every feed was submitted, and a worker's task on it."""
        path = self.folder / f"{name}.sqlite"
        for old in self.folder.glob(f"{name}.sqlite*"):
            old.unlink()
        shutil.rmtree(self.folder / name, ignore_errors=True)
        settings = Settings(
            self.folder / name,
            f"sqlite:///{path}",
            "for the bench only",
            allow_hosts=self.world.hosts,
            snapshots=self.snapshots,
        )
        engine = db.connect(settings.database_url)
        db.upgrade(engine)
        with db.transaction(engine) as session:
            for url in self.world.feeds:
                fetching.enqueue(session, Wish(RequestKind.SUBMITTED, url), None, utc_now())
        yield engine, Task(settings, self.folder / f"{name}.word", LEASE)
        engine.dispose()

    @contextmanager
    def progress(self, what: str, total: int) -> Iterator[Callable[[int], None]]:
        """Tells on a terminal how far a run is."""
        columns = SpinnerColumn(), TextColumn(what), MofNCompleteColumn(), TimeElapsedColumn()
        with Progress(*columns, console=self.console, transient=True, disable=not self.console.is_terminal) as progress:
            bar = progress.add_task(what, total=total)
            yield lambda completed: progress.update(bar, completed=completed)


@contextmanager
def worker(task: Task) -> Iterator[tuple[ForkServerProcess, Word]]:
    """A worker that is killed at the end of the block, and the word that it leaves meanwhile."""
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.bench.crash_worker"])
    word = Word(no_word(task.word))
    process = processes.Process(target=carry_out, args=(task,), daemon=True)
    process.start()
    try:
        yield process, word
    finally:
        process.kill()
        process.join()
        word.close()
        process.close()


def read_word(task: Task) -> Phase:
    """What a dead worker was doing."""
    word = Word(task.word)
    try:
        return word.phase
    finally:
        word.close()


def wait_until(is_so: Callable[[], bool]) -> None:
    """Return once it is so; SystemExit where a worker that nobody kills gets stuck."""
    give_up_s = time.monotonic() + STUCK_S
    while not is_so():
        if time.monotonic() > give_up_s:
            raise SystemExit(f"nothing happened for {STUCK_S:g} s: the worker is stuck")
        time.sleep(LOOK_EVERY_S)


def count_stored(engine: Engine) -> int:
    """How many stories are stored."""
    with db.reading(engine) as session:
        return session.exec(select(func.count()).select_from(Article)).one()


def count_left(engine: Engine) -> int:
    """How many requests have not ended yet; while feeds wait, their stories are not among them."""
    ended = (RequestState.DONE, RequestState.FAILED)
    with db.reading(engine) as session:
        return session.exec(select(func.count()).where(col(FetchRequest.state).not_in(ended))).one()


def report(tally: Tally, expected: Expected) -> Group:
    """What was seen, as tables."""
    phases = numbers_table("Kills by what the worker's main thread was doing", "phase", "kills")
    for phase in Phase:
        phases.add_row(phase.name.lower(), str(tally.kills[phase]))
    phases.add_row("all", str(tally.kills.total()))
    totals = Table("what", "", title="What came of it", box=None)
    longest_s = max(tally.recovery_s, default=0.0)
    for what, value in (
        ("stories, each stored once", f"{len(expected.spans):,}"),
        ("appearances, as in the undisturbed run", f"{expected.appearances:,}"),
        ("undisturbed run", f"{tally.undisturbed_s:.1f} s"),
        ("disturbed run, without the checks", f"{tally.disturbed_s:.1f} s"),
        ("checks after every kill", f"{tally.checks_s:.1f} s"),
        ("times that requests were taken, at most one of them", f"{tally.takes:,}, {tally.most_takes}"),
        ("longest from a restart to the first request ended", f"{longest_s:.2f} s"),
        ("violations", f"{len(tally.wrong):,}"),
    ):
        totals.add_row(what, value)
    return Group(phases, totals)


if __name__ == "__main__":
    sys.exit(main())
