"""From the address that a person gives to the pages to read: the page itself, a feed's stories or a sitemap's."""

import io
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from lxml import etree

from claims.drafts import Page
from scrapers.addresses import canonical, parse
from scrapers.content import HTML_TYPES, VAGUE_TYPES, media_type_of, root_name
from scrapers.decoding import GZIP_MAGIC
from scrapers.errors import NotAFeed, NotASitemap, ScrapeError
from scrapers.feeds import Feed, absolute, is_feed, read_feed
from scrapers.fetch import Content
from scrapers.markup import decoded
from scrapers.sitemaps import Sitemap, is_sitemap, read_sitemap

HEAD_BYTES = 200_000
FRONT_PAGES = frozenset(("/", "/index.html", "/index.htm", "/index.php"))
FEED_LINK_TYPES = frozenset(("application/rss+xml", "application/atom+xml", "application/feed+json"))
MAX_FEEDS_TRIED = 3


@dataclass(frozen=True, slots=True)
class Budget:
    """How far one discovery goes: addresses listed, sitemaps read, levels below the first one, and seconds."""

    max_urls: int = 500
    max_sitemaps: int = 50
    max_depth: int = 3
    max_s: float = 120.0


@dataclass(frozen=True, slots=True)
class Discovery:
    """What an address stands for: pages that are fetched already, and addresses of pages to fetch.

    notes say, in one line each, what was passed over on the way.
    """

    pages: tuple[Page, ...] = ()
    urls: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Asker(Protocol):
    """Whoever asks the web for pages; a Fetcher, or what stands before one."""

    def fetch(self, url: str, accept: Content) -> Page:
        """The page, as Fetcher.fetch gives it."""


def discover(fetcher: Asker, url: str, *, budget: Budget = Budget()) -> Discovery:
    """What to read for an address: a feed's or sitemap's own stories, newest first; else the page at the address.

    The front page of a site that announces a feed stands for that feed. Entries on other sites are left out, since
    they are not the outlet's. Raises what Fetcher.fetch raises; NotAFeed or NotASitemap where there is no entry.
    """
    page = fetcher.fetch(url.strip(), Content.LISTING)
    head = decoded(page.body[:HEAD_BYTES])
    if page.body.startswith(GZIP_MAGIC) or is_sitemap(head):
        return from_sitemap(fetcher, page, budget)
    if is_feed(head) or not may_be_html(page, head):
        return from_feed(page, read_feed(page), sites_of(page), budget)
    return from_front_page(fetcher, page, head, budget) if is_front_page(page) else Discovery(pages=(page,))


def from_feed(page: Page, feed: Feed, homes: frozenset[str], budget: Budget) -> Discovery:
    """The feed's stories on its home sites; NotAFeed where all are elsewhere."""
    urls = [entry.url for entry in feed.entries]
    if feed.home_url and homes.isdisjoint(site_of(url) for url in urls):
        # Carried by another host (feeds.bbci.co.uk, FeedBurner), so that only the feed itself can tell its home.
        homes = frozenset((site_of(feed.home_url),))
    found = listing(page, urls, homes, budget)
    if not found.urls:
        what = f"all {len(urls)} entries of this feed lead to other sites; ingest the addresses that you want of them"
        raise NotAFeed(page.url, what)
    return found


def from_sitemap(fetcher: Asker, first: Page, budget: Budget) -> Discovery:
    """The pages that the sitemap, and those that it is an index of, list on its site; NotASitemap for none."""
    notes: list[str] = []
    urls: list[str] = []
    for sitemap in sitemaps_from(fetcher, first, budget, notes):
        urls += sitemap.urls
        if len(urls) >= budget.max_urls:
            break
    found = listing(first, urls, sites_of(first), budget, notes)
    if not found.urls:
        raise NotASitemap(first.url, found.notes[0] if found.notes else "the sitemaps that it names list no page")
    return found


def sitemaps_from(fetcher: Asker, first: Page, budget: Budget, notes: list[str]) -> Iterator[Sitemap]:
    """The first sitemap and those below it, level by level, each once; notes take what could not be read."""
    ends_at_s = time.monotonic() + budget.max_s
    homes = sites_of(first)
    top = read_sitemap(first)
    yield top
    seen = {first.url, first.final_url}
    waiting = deque((child, 1) for child in top.children)
    while waiting:
        url, depth = waiting.popleft()
        if url in seen or depth > budget.max_depth or site_of(url) not in homes:
            continue
        if len(seen) > budget.max_sitemaps or time.monotonic() > ends_at_s:
            notes.append(f"{first.url}: {len(waiting) + 1} of its sitemaps were not read; ingest them one by one")
            return
        seen.add(url)
        try:
            sitemap = read_sitemap(fetcher.fetch(url, Content.SITEMAP))
        except ScrapeError as error:
            notes.append(str(error))
            continue
        yield sitemap
        waiting.extend((child, depth + 1) for child in sitemap.children)


def from_front_page(fetcher: Asker, front: Page, head: str, budget: Budget) -> Discovery:
    """The stories of the first feed that the front page announces and that can be read; else the page itself."""
    notes: list[str] = []
    for url in feed_links(front, head)[:MAX_FEEDS_TRIED]:
        try:
            page = fetcher.fetch(url, Content.FEED)
            found = from_feed(page, read_feed(page), sites_of(front), budget)
        except ScrapeError as error:
            notes.append(str(error))
            continue
        told = f"{front.url}: this is a front page; taking the stories of its feed {page.url}"
        return Discovery(urls=found.urls, notes=(told, *notes, *found.notes))
    return Discovery(pages=(front,), notes=tuple(notes))


def listing(
    page: Page, urls: Iterable[str], homes: frozenset[str], budget: Budget, notes: Iterable[str] = ()
) -> Discovery:
    """The listed addresses that are at home, each page once, as far as the budget goes; and what was left out."""
    by_identity: dict[str, str] = {}
    for url in urls:
        by_identity.setdefault(canonical(url), url)
    at_home = [url for url in by_identity.values() if site_of(url) in homes]
    told = list(notes)
    if len(at_home) < len(by_identity):
        told.append(f"{page.url}: left out {len(by_identity) - len(at_home)} entries that lead to other sites")
    if len(at_home) > budget.max_urls:
        told.append(f"{page.url}: took the first {budget.max_urls} of {len(at_home)} addresses; ingest the rest apart")
    return Discovery(urls=tuple(at_home[: budget.max_urls]), notes=tuple(told))


def feed_links(page: Page, head: str) -> list[str]:
    """The addresses of the feeds that the page announces; those of comments last."""
    parser = etree.iterparse(
        io.BytesIO(head.encode("utf-8", errors="replace")),
        events=("start",),
        tag="link",
        html=True,
        encoding="utf-8",
        no_network=True,
        huge_tree=False,
    )
    urls: dict[str, None] = {}
    try:
        for _, link in parser:
            is_alternate = "alternate" in link.get("rel", "").lower().split()
            if is_alternate and media_type_of(link.get("type", "")) in FEED_LINK_TYPES:
                urls[absolute(page, link.get("href", ""))] = None
    except etree.XMLSyntaxError:
        pass  # what was found before the markup broke off is enough
    return sorted((url for url in urls if url), key=lambda url: "comments" in url)


def is_front_page(page: Page) -> bool:
    """Whether the address, as asked for or as answered, is that of a whole site."""
    return not FRONT_PAGES.isdisjoint((parse(page.url).path, parse(page.final_url).path))


def may_be_html(page: Page, head: str) -> bool:
    """Whether the page is labelled as HTML or vaguely, or begins as HTML in spite of its label."""
    return media_type_of(page.content_type) in HTML_TYPES | VAGUE_TYPES or root_name(head) == "html"


def sites_of(page: Page) -> frozenset[str]:
    """The sites of the page's address as it was asked for and as it was answered."""
    return frozenset((site_of(page.url), site_of(page.final_url)))


def site_of(url: str) -> str:
    """What one outlet owns of the web, as Address.site tells."""
    return parse(url).site
