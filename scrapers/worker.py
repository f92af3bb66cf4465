"""Carries out the requests to fetch that people recorded at the desk, one after the other."""

from collections.abc import Callable, Iterator
from threading import Event

from claims import db, fetching, rechecks
from claims.db import Session
from claims.errors import ClaimsError
from claims.models import FetchRequest, RequestState
from scrapers.copying import Then, copy_evidence, recheck_article
from scrapers.errors import ScrapeError
from scrapers.pipeline import Item, Pipeline, Result

REST_S = 1.0


def work(pipeline: Pipeline, *, stop: Event, once: bool) -> Iterator[FetchRequest]:
    """Carry out what is waiting, yielding each request when it is done, until stop is set.

    With once, end when nothing is waiting; otherwise look again every second.
    """
    while not stop.is_set():
        wanted = work_once(pipeline)
        if wanted is not None:
            yield wanted
        elif once:
            return
        else:
            stop.wait(REST_S)


def work_once(pipeline: Pipeline) -> FetchRequest | None:
    """Carry out the longest waiting request and record how it ended; None where none was waiting.

    A worker that is killed in between loses nothing: its request is taken again when the lease runs out, and what it
    had stored is found and not stored twice.
    """
    with db.transaction(pipeline.engine) as session:
        rechecks.request_due(session, now=pipeline.clock())
        wanted = fetching.take(session, now=pipeline.clock())
    if wanted is None or wanted.id is None:
        return None
    if wanted.evidence_id is not None:
        evidence_id = wanted.evidence_id
        look(pipeline, wanted.id, lambda then: copy_evidence(pipeline, evidence_id, wanted.url, then))
    elif wanted.article_id is not None:
        article_id = wanted.article_id
        look(pipeline, wanted.id, lambda then: recheck_article(pipeline, article_id, wanted.url, then))
    else:
        take_in(pipeline, wanted.id, wanted.url)
    return wanted


def take_in(pipeline: Pipeline, request_id: int, url: str) -> None:
    """Ingest an address and record what came of it."""
    items = [step for step in pipeline.ingest([url]) if isinstance(step, Item)]
    failed = [item for item in items if item.result is Result.FAILED]
    if len(items) == 1:
        outcome = items[0].line
    else:
        outcome = f"{len(items) - len(failed)} of {len(items)} items taken in"
        outcome += f"; {failed[0].line}" if failed else ""
    state = RequestState.FAILED if not items or len(failed) == len(items) else RequestState.DONE
    with db.transaction(pipeline.engine) as session:
        fetching.finish(session, request_id, state, outcome or "nothing was found there", now=pipeline.clock())


def look(pipeline: Pipeline, request_id: int, job: Callable[[Then], str]) -> None:
    """Do a job that stores what it finds, and record in the same transaction that it is done, or why it is not."""

    def done(session: Session, line: str) -> None:
        fetching.finish(session, request_id, RequestState.DONE, line, now=pipeline.clock())

    try:
        job(done)
    except (ScrapeError, ClaimsError) as error:
        with db.transaction(pipeline.engine) as session:
            fetching.finish(session, request_id, RequestState.FAILED, str(error), now=pipeline.clock())
