"""A survey of an outlet's sitemaps, from the first one down its indexes, within a budget for all of them together."""

import re
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from claims.drafts import Page
from scrapers.addresses import identity, joined
from scrapers.errors import FetchRefused, ScrapeError
from scrapers.listings.gathering import Gathering, site_of
from scrapers.listings.sitemap_text import Allowance
from scrapers.listings.sitemaps import Listed, read_sitemap
from scrapers.network.content import Content

OF_NEWS = re.compile(r"news(?!letter)", re.IGNORECASE)
MAX_NAME_CHARS = 200


@dataclass(frozen=True, slots=True)
class Budget:
    """How far one discovery goes: addresses taken; sitemaps read, levels below the first one, and seconds.

    max_bytes and max_tags bound what all its sitemaps together unpack to. No further sitemap is
    asked for once max_s are over.
    """

    max_urls: int = 500
    max_sitemaps: int = 50
    max_depth: int = 3
    max_bytes: int = 60_000_000
    max_tags: int = 2_000_000
    max_s: float = 10.0


class Asker(Protocol):
    """Whoever asks the web for pages; a Fetcher, or what stands before one."""

    def fetch(self, url: str, accept: Content) -> Page:
        """The page, as Fetcher.fetch gives it."""


USUAL = Budget()


@dataclass(slots=True)
class Survey:
    """Reads sitemaps level by level, those of news and those that changed last first, each once.

    url is what was asked for, by which notes call it; only sitemaps on the sites that are home are read.
    """

    fetcher: Asker
    url: str
    homes: frozenset[str]
    budget: Budget
    gathered: Gathering = field(init=False)
    allowance: Allowance = field(init=False)
    waiting: deque[tuple[str, int]] = field(default_factory=deque)
    seen: set[str] = field(default_factory=set)
    asked: int = 0
    unread: int = 0
    elsewhere: int = 0
    too_deep: int = 0
    troubles: list[str] = field(default_factory=list)
    cut_off: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        ends_at_s = time.monotonic() + self.budget.max_s
        self.gathered = Gathering(self.homes, self.budget.max_urls)
        self.allowance = Allowance(self.budget.max_bytes, self.budget.max_tags, ends_at_s)

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be asked for: there is enough, or the budget is used up."""
        return self.gathered.is_full or self.allowance.is_used_up or self.asked >= self.budget.max_sitemaps

    def read_on(self) -> None:
        """Read what is waiting, and what that names, as far as the budget goes."""
        while self.waiting and not self.is_over:
            url, depth = self.waiting.popleft()
            self.asked += 1
            try:
                page = self.fetcher.fetch(url, Content.SITEMAP)
                if page.final_url == url or identity(page.final_url) not in self.seen:
                    self.read(page, depth)
            except ScrapeError as error:
                self.troubles.append(str(error))

    def read(self, page: Page, depth: int) -> None:
        """Gather the pages that a sitemap lists, and queue its sitemaps; raises NotASitemap as read_sitemap does."""
        self.seen.update((identity(page.url), identity(page.final_url)))
        sitemap = read_sitemap(page, self.allowance)
        self.gathered.add(page.final_url, sitemap.pages)
        self.gathered.left += sitemap.listed - len(sitemap.pages) - len(sitemap.children)
        self.queue(page.final_url, sitemap.children, depth + 1)
        if not sitemap.is_whole:
            self.cut_off.append(f"{page.url}: this sitemap is too large to be read to its end; ingest a smaller one")

    def queue(self, page_url: str, children: Iterable[Listed], depth: int) -> None:
        """Let the sitemaps that a page names wait for being read, those of news first, as far as the budget goes."""
        for child in sorted(children, key=lambda child: not is_of_news(child.reference)):
            if self.asked + len(self.waiting) >= self.budget.max_sitemaps:
                self.unread += 1
            elif url := joined(page_url, child.reference):
                with suppress(FetchRefused):
                    self._queue_one(url, depth)

    def _queue_one(self, url: str, depth: int) -> None:
        """Let the sitemap wait, if it is new, at home and not too deep; FetchRefused where it has no identity."""
        key = identity(url)
        if key in self.seen:
            return
        self.seen.add(key)
        if site_of(url) not in self.homes:
            self.elsewhere += 1
        elif depth > self.budget.max_depth:
            self.too_deep += 1
        else:
            self.waiting.append((url, depth))

    def notes(self) -> Iterator[str]:
        """In one line each, what could not be read and what was left out."""
        yield from self.troubles
        unread = len(self.waiting) + self.unread
        if unread:
            yield f"{self.url}: {unread} of its sitemaps were not read; ingest them one by one"
        yield from self.cut_off
        if self.too_deep:
            yield f"{self.url}: left out {self.too_deep} sitemaps that lie too deep; ingest them one by one"
        if self.elsewhere:
            yield f"{self.url}: left out {self.elsewhere} sitemaps on other sites"
        yield from self.gathered.notes(self.url)


def is_of_news(reference: str) -> bool:
    """Whether the last part of a sitemap's address says that it lists the news of these days."""
    name = reference.rpartition("/")[2]
    return OF_NEWS.search(name[:MAX_NAME_CHARS]) is not None
