"""Carries out the requests to fetch that people recorded at the desk, one after the other."""

from collections.abc import Iterator
from threading import Event

from claims import db, fetching
from claims.errors import ClaimsError
from claims.intake import new_snapshot
from claims.models import FetchRequest, RequestState
from scrapers import article
from scrapers.errors import NotAnArticle, ScrapeError
from scrapers.fetch import Content
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
        wanted = fetching.take(session, now=pipeline.clock())
    if wanted is None or wanted.id is None:
        return None
    if wanted.evidence_id is not None:
        copy_evidence(pipeline, wanted.id, wanted.evidence_id, wanted.url)
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


def copy_evidence(pipeline: Pipeline, request_id: int, evidence_id: int, url: str) -> None:
    """Keep a copy of what a piece of evidence's address returns now, and record that, or why there is none."""
    try:
        page = pipeline.fetcher.fetch(url, Content.EVIDENCE)
    except ScrapeError as error:
        with db.transaction(pipeline.engine) as session:
            fetching.finish(session, request_id, RequestState.FAILED, str(error), now=pipeline.clock())
        return
    try:
        draft = article.read(page.body, page.final_url)
        text, extracted_by = draft.text, draft.extracted_by
    except (NotAnArticle, ClaimsError):
        text, extracted_by = "", "nothing"
    snapshot = new_snapshot(page, text, extracted_by, article_id=None)
    with db.transaction(pipeline.engine) as session:
        fetching.keep_copy(session, evidence_id, snapshot, now=pipeline.clock())
        fetching.finish(session, request_id, RequestState.DONE, f"kept {len(page.body):,} bytes", now=pipeline.clock())
