"""claimline worker: carries out what is to be fetched, and reads the outlets' listings on schedule."""

import signal
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from threading import Event
from types import FrameType
from typing import TypeVar

import click
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from claims import db, fetching
from claims.clock import utc_now
from claims.counting import counted
from claims.db import Engine, Session
from claims.fetching.pauses import SharedPauses
from claims.models import FetchRequest, RequestState
from claims.queries.waiting import Waiting, waiting
from scrapers.archive import Archive
from scrapers.fetch import Fetcher
from scrapers.pipeline import Pipeline
from scrapers.worker import AT_ONCE, work
from scrapers.working.allocator import give_memory_back
from web.cli.opening import opened, pipeline_of

NOTHING = Waiting(0, 0, 0, None, None)
Answer = TypeVar("Answer")


@click.command()
@click.option("--once", is_flag=True, help="Stop when nothing is due.")
@click.option(
    "--at-once",
    default=AT_ONCE,
    show_default=True,
    type=click.IntRange(1, 64),
    help="How many addresses are asked at the same time, each host only once.",
)
def worker(once: bool, at_once: int) -> None:
    """Fetch what people at the desk asked for, and read outlets' listings on schedule, until stopped with Ctrl-C.

    Nothing is lost when it stops, however it stops: what was not finished goes back to wait. Several workers may share
    one database.

    \b
    Examples:  claimline worker
               claimline worker --once     # as a cron job
    """
    give_memory_back()
    with (
        opened() as (settings, engine),
        Fetcher(settings, pauses=SharedPauses(engine)) as fetcher,
        stopped_by_signals() as stop,
    ):
        pipeline = pipeline_of(settings, engine, fetcher, archive=Archive.of(settings))
        started, ended = time.monotonic(), Counter[RequestState]()
        for request in shown(pipeline, work(pipeline, stop=stop, once=once, at_once=at_once)):
            ended[request.state] += 1
        click.echo(f"{summary(ended, time.monotonic() - started)}{still_waiting(left_in(engine))}", err=True)


def summary(ended: Mapping[RequestState, int], seconds: float) -> str:
    """How many requests ended, and how long that took."""
    done, failed = ended.get(RequestState.DONE, 0), ended.get(RequestState.FAILED, 0)
    return f"{counted(done, 'request')} done, {failed:,} failed in {seconds:.1f} s"


def still_waiting(left: Waiting) -> str:
    """What is left and why, to end a line with; nothing where nothing is left."""
    parts = []
    if left.due:
        parts.append(counted(left.due, "waits", "wait"))
    if left.leased_until:
        parts.append(f"{counted(left.leased, 'is', 'are')} leased to another worker until {clock(left.leased_until)}")
    if left.next_due_at:
        parts.append(f"{counted(left.later, 'is', 'are')} not due before {clock(left.next_due_at)}")
    return "".join(f"; {part}" for part in parts)


def clock(moment: datetime) -> str:
    """A moment to the second, with its day where that is another than today."""
    return f"{moment:%H:%M:%S} UTC" if moment.date() == utc_now().date() else f"{moment:%Y-%m-%d %H:%M:%S} UTC"


@contextmanager
def stopped_by_signals() -> Iterator[Event]:
    """An event that is set by Ctrl-C or a service manager's wish to stop; asked once more, we end at once."""
    stop = Event()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        stop.set()
        signal.signal(number, before[signal.Signals(number)])

    for number in before:
        signal.signal(number, ask_to_stop)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def shown(pipeline: Pipeline, ended: Iterable[FetchRequest]) -> Iterator[FetchRequest]:
    """The requests as they end: counted on a terminal, with a line for what failed; a line each anywhere else."""
    console = Console(stderr=True, highlight=False)
    if not console.is_terminal:
        for request in ended:
            click.echo(line_of(request), err=True)
            yield request
        return
    columns = SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Waiting for work", total=0)
        for count, request in enumerate(ended, 1):
            waiting = waiting_in(pipeline.engine)
            what = f"Fetching, last from {request.host}" if waiting else "Waiting for work"
            progress.update(task, completed=count, total=count + waiting, description=what)
            if request.state is RequestState.FAILED:
                console.print(line_of(request), markup=False, soft_wrap=True, style="red")
            yield request


def waiting_in(engine: Engine) -> int:
    """How many requests wait or run; none while the database cannot say."""
    return answer(engine, fetching.count_open, 0)


def left_in(engine: Engine) -> Waiting:
    """What waits, and for whom; nothing while the database cannot say."""
    return answer(engine, lambda session: waiting(session, now=utc_now()), NOTHING)


def answer(engine: Engine, question: Callable[[Session], Answer], otherwise: Answer) -> Answer:
    """What the database answers; otherwise where it is out of order, which is no reason to stop."""
    try:
        with db.reading(engine) as session:
            return question(session)
    except db.TROUBLES as error:
        if not db.is_out_of_order(error):
            raise
        return otherwise


def line_of(request: FetchRequest) -> str:
    """How a request ended, in one line; the reasons of failures name the address already."""
    outcome = request.outcome.removeprefix(f"{request.url}: ")
    return f"{request.state.value}: {request.url}: {outcome}"
