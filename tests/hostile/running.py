"""Has one worker fetch hostile cases on a fresh database, and judges how each of them ended."""

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from sqlmodel import Session, col, select

from claims import db, fetching
from claims.clock import utc_now
from claims.models import FetchRequest, RequestState, Role, Snapshot
from scrapers import errors
from tests.claims.builders import user
from tests.hostile.case import Case, Refused, Stored
from tests.hostile.serving import serving
from tests.hostile.worker import Plan, Report

ROOT = Path(__file__).parents[2]
MAX_ITEM_S = 30.0
MAX_PEAK_MB = 300.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient the worker is, in seconds: with one fetch, between two requests to a host, and with Crawl-delay."""

    deadline_s: float = 25.0
    delay_s: float = 0.05
    max_delay_s: float = 10.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a case ended: wrong says what is off about it, or nothing; seconds are those of its slowest item."""

    case: Case
    how: str
    seconds: float
    articles: int
    wrong: str


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a run over cases."""

    outcomes: Sequence[Outcome]
    canary_connections: int
    report: Report

    @property
    def wrong(self) -> list[str]:
        """All that is off, a line each."""
        lines = [f"{outcome.case.name}: {outcome.wrong}" for outcome in self.outcomes if outcome.wrong]
        if self.canary_connections:
            lines.append(f"{self.canary_connections} connections reached the canary")
        lines += [f"called, though nobody may: {stray}" for stray in self.report.strays]
        lines += [f"{url}: fetching took {s:.1f} s" for url, _, s in self.report.fetches if s > MAX_ITEM_S]
        if self.report.peak_mb > MAX_PEAK_MB:
            lines.append(f"the worker held {self.report.peak_mb:.0f} MB")
        return lines


def run(cases: Sequence[Case], folder: Path, pace: Pace, *, timeout_s: float) -> Run:
    """Fetch the cases with one worker; the folder takes the database and the files of the run."""
    database_url = f"sqlite:///{folder / 'hostile.sqlite'}"
    engine = db.connect(database_url)
    db.upgrade(engine)
    with db.transaction(engine) as session:
        submit(session, cases)
    with serving(cases, folder) as world:
        plan = Plan(database_url, world.ports, world.look_ups, str(world.authority_pem), **asdict(pace))
        report = worked(plan, folder, timeout_s)
        connections = world.canary.connections
    with db.reading(engine) as session:
        stored = Rows.read(session)
        outcomes = [judged(stored, case, report) for case in cases]
    engine.dispose()
    return Run(outcomes, connections, report)


def submit(session: Session, cases: Sequence[Case]) -> None:
    """Record that a reviewer wants every case fetched, those that come one after the other on a host in this order."""
    reviewer = user(Role.REVIEWER, "rita")
    session.add(reviewer)
    session.flush()
    for case in cases:
        for url in case.urls:
            fetching.request(session, url, by=reviewer, now=utc_now())


def worked(plan: Plan, folder: Path, timeout_s: float) -> Report:
    """What the worker reports once it is through; an error where it ends badly or not in time."""
    plan_path, report_path = folder / "plan.json", folder / "report.json"
    plan_path.write_text(json.dumps(asdict(plan)))
    command = [sys.executable, "-m", "tests.hostile.worker", str(plan_path), str(report_path)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=timeout_s)
    return Report(**json.loads(report_path.read_text()))


@dataclass(frozen=True, slots=True)
class Rows:
    """What the run left of each host: its requests, and its articles' texts by their ids."""

    requests: Mapping[str, Sequence[FetchRequest]]
    texts: Mapping[str, Mapping[int | None, str]]

    @classmethod
    def read(cls, session: Session) -> Self:
        """All that is stored."""
        requests, texts = defaultdict(list), defaultdict(dict)
        for request in session.exec(select(FetchRequest)):
            requests[urlsplit(request.url).hostname].append(request)
        columns = Snapshot.fetched_url, Snapshot.article_id, Snapshot.text
        for fetched_url, article_id, text in session.exec(select(*columns).order_by(col(Snapshot.id))):
            texts[urlsplit(fetched_url).hostname][article_id] = text
        return cls(requests, texts)


def judged(stored: Rows, case: Case, report: Report) -> Outcome:
    """How the case ended, and what is off about that."""
    requests, texts = stored.requests.get(case.host, []), stored.texts.get(case.host, {})
    seconds = max((seconds_of(request) for request in requests), default=0.0)
    submitted = [request for request in requests if request.url in case.urls]
    wrong = [*unfinished(requests), *too_slow(requests)]
    match case.ends:
        case Stored():
            wrong += not_stored(case.ends, texts.values(), submitted)
        case Refused():
            wrong += not_refused(case.ends, len(texts), submitted, raised(case, report))
    return Outcome(case, how_of(submitted), seconds, len(texts), "; ".join(wrong))


def seconds_of(request: FetchRequest) -> float:
    """The seconds from when the request was taken to its end."""
    if request.finished_at is None or request.started_at is None:
        return 0.0
    return (request.finished_at - request.started_at).total_seconds()


def unfinished(requests: Sequence[FetchRequest]) -> list[str]:
    """What is off about requests that did not end, or ended without a word."""
    ended = {RequestState.DONE, RequestState.FAILED}
    return [f"{r.url} is {r.state}: {r.outcome!r}" for r in requests if r.state not in ended or not r.outcome][:3]


def too_slow(requests: Sequence[FetchRequest]) -> list[str]:
    """What is off about requests that took too long."""
    return [f"{r.url} took {seconds_of(r):.1f} s" for r in requests if seconds_of(r) > MAX_ITEM_S][:3]


def not_stored(ends: Stored, texts: object, submitted: Sequence[FetchRequest]) -> list[str]:
    """What is off about a case that must end in articles."""
    found = list(texts)  # type: ignore[call-overload]
    wrong = []
    if not ends.at_least <= len(found) <= ends.at_most:
        wrong.append(f"{len(found)} articles, not {ends}")
    if found and not any(ends.text in text for text in found):
        wrong.append("no article has its text")
    if ends.at_least and all(request.state is RequestState.FAILED for request in submitted):
        wrong.append("its request failed")
    return wrong


def not_refused(ends: Refused, articles: int, submitted: Sequence[FetchRequest], classes: set[str]) -> list[str]:
    """What is off about a case that must end in a named reason."""
    wrong = []
    if articles:
        wrong.append(f"{articles} articles were stored")
    for request in submitted:
        if request.state is not RequestState.FAILED or not re.search(ends.words, request.outcome.partition(": ")[2]):
            wrong.append(f"the line does not say {ends.words!r}")
    if ends.errors and not classes & {error.__name__ for error in ends.errors}:
        wrong.append(f"raised {sorted(classes) or 'nothing'}")
    strange = {name for name in classes if not hasattr(errors, name)}
    return wrong + ([f"raised {sorted(strange)}"] if strange else [])


def raised(case: Case, report: Report) -> set[str]:
    """The names of the errors that fetching the case's own addresses raised."""
    return {error for url, error, _ in report.fetches if url in case.urls and error}


def how_of(submitted: Sequence[FetchRequest]) -> str:
    """How the case's requests ended, in words."""
    return " | ".join(
        f"{request.state}: {request.outcome.partition(': ')[2] or request.outcome}" for request in submitted
    )
