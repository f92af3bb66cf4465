"""What a worker does in threads: asks the network for what a request wants, and says what came.

Parsers of markup crash when two threads meet in them. Articles are therefore read in the worker's main thread; what
has to be parsed to know where to ask next, feeds and sitemaps, is parsed here, by one thread at a time.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from claims import db
from claims.drafts import Page, Validators
from claims.fetching.leases import Lease
from claims.models import RequestKind
from claims.rechecks import validators
from scrapers.discovery import discover, discover_listing
from scrapers.errors import HostResting, ScrapeError
from scrapers.fetch import Content, Fetcher
from scrapers.pipeline import Pipeline
from scrapers.working.copying import Copied, ask_for_article, ask_for_evidence
from scrapers.working.turns import Turns

Known = Callable[[str], Validators]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The server says that its answer is the one that was stored."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The addresses that a listing names, and in one line each what was passed over.

    page is the one whose validators vouch for all of it; None where it took several pages to know.
    """

    urls: tuple[str, ...]
    notes: tuple[str, ...] = ()
    page: Page | None = None


Brought = Page | Listed | Unchanged | Copied


class SameAsStored(Exception):
    """A page on the way of a discovery is the one that was stored."""


@dataclass(slots=True)
class PartingFetcher:
    """Asks for pages in the midst of parsing: while the network is slow, others may parse.

    pages are those that came, each with what was asked for; resting is why a host on the way was not asked.
    """

    fetcher: Fetcher
    parsing: Turns
    known: Known
    pages: list[tuple[Page, Content]] = field(default_factory=list)
    resting: HostResting | None = None

    def fetch(self, url: str, accept: Content) -> Page:
        """The page, as Fetcher.fetch gives it; SameAsStored where it is the one whose validators are known."""
        self.parsing.release()
        try:
            page = self.fetcher.fetch_again(url, accept, self.known(url))
        except HostResting as error:
            self.resting = error
            raise
        finally:
            self.parsing.acquire()
        if page is None:
            raise SameAsStored
        self.pages.append((page, accept))
        return page

    @property
    def voucher(self) -> Page | None:
        """The page that alone tells whether anything is new: the only one, or the feed that a front page led to."""
        page, accept = self.pages[-1]
        return page if len(self.pages) == 1 or accept is Content.FEED else None


def bring(pipeline: Pipeline, lease: Lease, parsing: Turns) -> Brought:
    """What a request's address answers: a page to read, or addresses; raises ScrapeError as Fetcher.fetch does.

    Where nothing was found since a host on the way was not asked, that is HostResting too: nobody knows what it lists.
    """
    if lease.evidence_id is not None:
        return ask_for_evidence(pipeline, lease.evidence_id, lease.url)
    if lease.kind is RequestKind.ARTICLE:
        return bring_story(pipeline, lease) or Unchanged()
    known = known_of_story(pipeline) if lease.listing_id is None else known_of(pipeline, lease.listing_id)
    fetcher = PartingFetcher(pipeline.fetcher, parsing, known)
    discovered = discover_listing if lease.kind is RequestKind.LISTING else discover
    with parsing:
        try:
            found = discovered(fetcher, lease.url)
        except SameAsStored:
            return Unchanged()
        except ScrapeError as error:
            raise fetcher.resting or error from None
    if lease.kind is RequestKind.LISTING and not found.urls and fetcher.resting:
        raise fetcher.resting
    if found.pages and lease.kind is RequestKind.SUBMITTED:
        return found.pages[0]
    return Listed(found.urls, found.notes, fetcher.voucher)


def bring_story(pipeline: Pipeline, lease: Lease) -> Page | None:
    """The page of a story, None where it is what is stored; asked with the validators of the article alone."""
    if lease.article_id is not None:
        return ask_for_article(pipeline, lease.article_id, lease.url)
    return pipeline.fetcher.fetch_again(lease.url, Content.ARTICLE, known_of_story(pipeline)(lease.url))


def known_of(pipeline: Pipeline, listing_id: int) -> Known:
    """Looks up what an address told us when the listing was read last."""

    def known(url: str) -> Validators:
        with db.reading(pipeline.engine) as session:
            return validators.known(session, validators.of_listing(listing_id), url)

    return known


def known_of_story(pipeline: Pipeline) -> Known:
    """The same of the article that is stored of an address; nothing of feeds.

    Who submits a feed wants its stories looked at, though it is unchanged.
    """

    def known(url: str) -> Validators:
        with db.reading(pipeline.engine) as session:
            article_id = validators.article_at(session, url)
            if article_id is None:
                return Validators()
            return validators.known(session, validators.of_article(article_id), url)

    return known
