"""From what a user names (addresses, feeds, sitemaps, saved pages) to stored articles, one result for each item."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from claims.clock import Clock
from claims.counting import counted
from claims.db import Engine
from claims.drafts import AppearanceDraft, ArticleDraft, Page
from claims.errors import ClaimsError
from claims.grouping import Matcher
from claims.intake import Outcome, Stored, store
from claims.versions.bodies import IN_DATABASE, Bodies
from scrapers import article, statements
from scrapers.ahead import ahead
from scrapers.archive import Archive
from scrapers.discovery import discover
from scrapers.errors import ScrapeError
from scrapers.fetch import Content, Fetcher
from scrapers.saved import read_saved, saved_pages
from scrapers.statements.models import ModelsOf, shipped_models

log = logging.getLogger(__name__)

MAX_STATEMENTS = 300


class Result(StrEnum):
    """How one item of a batch ended."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Found:
    """How many more items a batch turned out to hold, and what was passed over on the way, in one line each."""

    items: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """What became of one address or file; line says it in one line, with what to do where it failed."""

    name: str
    result: Result
    line: str
    stored: Stored | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A page, and what was read from it; left_out counts the statements beyond the most that one article gives."""

    page: Page
    article: ArticleDraft
    statements: Sequence[AppearanceDraft]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an item could not be read, in one line."""

    reason: str


Source = str | Path | Page


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The parts that take an article from its address to its rows.

    address is given to a saved page without one; models are asked for by an article's language. bodies says where raw
    bytes are kept, archive who else is asked to keep a copy of evidence.
    """

    engine: Engine
    fetcher: Fetcher
    matcher: Matcher
    clock: Clock
    address: str | None = None
    models: ModelsOf = shipped_models
    bodies: Bodies = IN_DATABASE
    archive: Archive | None = None

    def ingest(self, wanted: Iterable[str]) -> Iterator[Found | Item]:
        """Take in everything that is wanted, yielding how many items there are and then what became of each.

        Fetching runs ahead of reading; each article is stored whole, so to stop between two items loses nothing, and
        to start again adds only what is missing.
        """
        for what in wanted:
            sources = self.expand(what)
            if isinstance(sources, Failure):
                yield Found(1)
                yield Item(what, Result.FAILED, sources.reason)
                continue
            found, notes = sources
            yield Found(len(found), notes)
            # Only fetching goes on in threads: the parsers underneath reading share memory and must not meet.
            for source, page in ahead(self.page_of, found):
                yield self.take_in(name_of(source), page)

    def expand(self, what: str) -> tuple[Sequence[Source], tuple[str, ...]] | Failure:
        """The pages, files and addresses that a user's word stands for, or why it stands for none."""
        try:
            if not what.lower().startswith(("http://", "https://")):
                return saved_pages(what), ()
            found = discover(self.fetcher, what)
        except ScrapeError as error:
            return Failure(str(error))
        return (*found.pages, *found.urls), found.notes

    def page_of(self, source: Source) -> Page | Failure:
        """The page itself, as it is, from its file or from its address; or why there is none."""
        try:
            if isinstance(source, Page):
                return source
            if isinstance(source, Path):
                return read_saved(source, address=self.address, now=self.clock())
            return self.fetcher.fetch(source, Content.ARTICLE)
        except ScrapeError as error:
            return Failure(str(error))

    def take_in(self, name: str, page: Page | Failure) -> Item:
        """Read a page, store what it says, and say what came of it."""
        reading = page if isinstance(page, Failure) else read(page, self.models)
        if isinstance(reading, Failure):
            return Item(name, Result.FAILED, reading.reason)
        try:
            stored = store(
                self.engine,
                self.matcher,
                reading.page,
                reading.article,
                reading.statements,
                now=self.clock(),
                bodies=self.bodies,
            )
        except ClaimsError as error:
            return Item(name, Result.FAILED, f"{name}: {error}")
        return Item(name, Result(stored.outcome.value), f"{name}: {line_for(stored, reading.left_out)}", stored)


def read(page: Page, models: ModelsOf, *, is_stored: bool = False) -> Reading | Failure:
    """What a page says, or why it says nothing that can be stored.

    is_stored: it answered for a stored article, of which it is the newest version even where it lists stories.
    """
    try:
        # A saved page has no headers, and nobody knows on which day it was fetched.
        fetched_on = page.fetched_at.date() if page.headers else None
        draft = article.read(
            page.body, page.final_url, on=fetched_on, content_type=page.content_type, may_list=is_stored
        )
        found = statements.drafts(draft, models(draft.language))
        kept = most_worth_checking(found)
        return Reading(page, draft, kept, left_out=len(found) - len(kept))
    except ScrapeError as error:
        return Failure(str(error))
    except ClaimsError as error:
        return Failure(f"{page.url}: {error}")
    except Exception:
        # The one broad catch: a page that breaks the reader must not end the batch that it came in.
        log.exception("cannot read %s", page.url)
        return Failure(f"{page.url}: this page broke the reader; the log has the details. Report it, please.")


def most_worth_checking(found: Sequence[AppearanceDraft]) -> Sequence[AppearanceDraft]:
    """The statements, of too many the most worth checking, in their order.

    Storing matches each against all claims, and nobody else can write meanwhile.
    """
    if len(found) <= MAX_STATEMENTS:
        return found
    ranked = sorted(range(len(found)), key=lambda place: (-found[place].check_worthiness, place))
    return [found[place] for place in sorted(ranked[:MAX_STATEMENTS])]


def line_for(stored: Stored, left_out: int = 0) -> str:
    """What an article added, in words; left_out as in its Reading."""
    if stored.outcome is Outcome.UNCHANGED:
        return "already stored, unchanged"
    what = "stored" if stored.outcome is Outcome.NEW else "changed since it was stored; kept as a new snapshot"
    came = f"{counted(stored.appearances, 'appearance')}, {counted(stored.claims, 'new claim')}"
    are = "statement that is" if left_out == 1 else "statements that are"
    less = f"; left out {left_out} {are} less worth checking" if left_out else ""
    return f"{what}; {came}{less}"


def name_of(source: Source) -> str:
    """What an item is called in messages."""
    return source.url if isinstance(source, Page) else str(source)
