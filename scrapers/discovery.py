"""From the address that a person gives to the pages to read: the page itself, a feed's stories or a sitemap's."""

import io
from dataclasses import dataclass, replace

from lxml import etree

from claims.drafts import Page
from scrapers.addresses import AllowedHosts, joined, parse, require_public
from scrapers.errors import FetchRefused, NotAFeed, NotASitemap, ScrapeError
from scrapers.listings.feeds import Feed, is_feed, read_feed
from scrapers.listings.gathering import Gathering, site_of
from scrapers.listings.sitemap_text import is_sitemap
from scrapers.listings.sitemaps import NEVER, Listed
from scrapers.listings.survey import USUAL, Asker, Budget, Survey
from scrapers.network import robots
from scrapers.network.content import HTML_TYPES, VAGUE_TYPES, Content, media_type_of, root_name
from scrapers.network.decoding import GZIP_MAGIC
from scrapers.pages.markup import decoded

__all__ = ["Asker", "Budget", "Discovery", "discover", "discover_listing"]

HEAD_BYTES = 200_000
FRONT_PAGES = frozenset(("/", "/index.html", "/index.htm", "/index.php"))
FEED_LINK_TYPES = frozenset(("application/rss+xml", "application/atom+xml", "application/feed+json"))
MAX_FEEDS_TRIED = 3


@dataclass(frozen=True, slots=True)
class Discovery:
    """What an address stands for: pages that are fetched already, and addresses of pages to fetch.

    notes say, in one line each, what was passed over on the way.
    """

    pages: tuple[Page, ...] = ()
    urls: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def discover(fetcher: Asker, url: str, *, budget: Budget = USUAL) -> Discovery:
    """What to read for an address: a feed's or sitemap's own stories, newest first; else the page at the address.

    The front page of a site that announces a feed stands for that feed; without one, for the sitemaps that the site's
    robots.txt names. Entries on other sites are left out, since they are not the outlet's. Raises what Fetcher.fetch
    raises; NotAFeed or NotASitemap where there is no entry.
    """
    page = fetcher.fetch(url.strip(), Content.LISTING)
    head = decoded(page.body[:HEAD_BYTES])
    found = from_listing(fetcher, page, head, budget)
    if found is not None:
        return found
    return from_front_page(fetcher, page, head, budget) if is_front_page(page) else Discovery(pages=(page,))


def discover_listing(fetcher: Asker, url: str, *, budget: Budget = USUAL) -> Discovery:
    """What to read for the address of an outlet's listing: as discover tells, but any page may announce its feed.

    An outlet's front page need not be that of a whole site (https://planet.example/en/).
    """
    page = fetcher.fetch(url.strip(), Content.LISTING)
    head = decoded(page.body[:HEAD_BYTES])
    return from_listing(fetcher, page, head, budget) or from_front_page(fetcher, page, head, budget)


def from_listing(fetcher: Asker, page: Page, head: str, budget: Budget) -> Discovery | None:
    """The stories of a sitemap or a feed, of which head is the beginning; None for what is neither."""
    if page.body.startswith(GZIP_MAGIC) or is_sitemap(head):
        return from_sitemap(fetcher, page, budget)
    if is_feed(head) or not may_be_html(page, head):
        return from_feed(page, read_feed(page), sites_of(page), budget)
    return None


def from_feed(page: Page, feed: Feed, homes: frozenset[str], budget: Budget) -> Discovery:
    """The feed's stories on its home sites; NotAFeed where all are elsewhere."""
    if may_send_us_to(page, feed.home_url) and homes.isdisjoint(site_of(entry.url) for entry in feed.entries):
        # Carried by another host (feeds.bbci.co.uk, FeedBurner), so that only the feed itself can tell its home.
        homes = frozenset((site_of(feed.home_url),))
    gathered = Gathering(homes, budget.max_urls)
    gathered.add(page.final_url, listed(feed))
    if not gathered.urls:
        number = len(feed.entries)
        what = f"all {number} entries of this feed lead to other sites; ingest the addresses that you want of them"
        raise NotAFeed(page.url, what)
    return Discovery(urls=gathered.newest_first(), notes=tuple(gathered.notes(page.url)))


def listed(feed: Feed) -> list[Listed]:
    """The feed's stories, newest first; in its own order where one of them does not say when it was published."""
    stories = [Listed(entry.url, entry.published_at or NEVER) for entry in feed.entries]
    if any(story.changed_at == NEVER for story in stories):
        return [replace(story, changed_at=NEVER) for story in stories]
    return sorted(stories, key=lambda story: story.changed_at, reverse=True)


def from_sitemap(fetcher: Asker, first: Page, budget: Budget) -> Discovery:
    """The pages that the sitemap, and those that it is an index of, list on its site; NotASitemap for none."""
    survey = Survey(fetcher, first.url, sites_of(first), budget)
    survey.read(first, depth=0)
    return found_by(survey)


def found_by(survey: Survey) -> Discovery:
    """What the survey finds in all that is waiting; NotASitemap for nothing."""
    survey.read_on()
    notes = tuple(survey.notes())
    if not survey.gathered.urls:
        why = notes[0].removeprefix(f"{survey.url}: ") if notes else "the sitemaps that it names list no page"
        raise NotASitemap(survey.url, why)
    return Discovery(urls=survey.gathered.newest_first(), notes=notes)


def from_front_page(fetcher: Asker, front: Page, head: str, budget: Budget) -> Discovery:
    """The stories of the first feed that the page announces and that can be read; else the page itself.

    That of a whole site also stands for the site's sitemaps.
    """
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
    if not is_front_page(front):
        return Discovery(pages=(front,), notes=tuple(notes))
    try:
        found = from_robots(fetcher, front, budget)
    except ScrapeError as error:
        return Discovery(pages=(front,), notes=(*notes, str(error)))
    return replace(found, notes=(*notes, *found.notes)) if found.urls else Discovery((front,), notes=tuple(notes))


def from_robots(fetcher: Asker, front: Page, budget: Budget) -> Discovery:
    """The pages of the sitemaps that the site's robots.txt names; empty where it names none on the site."""
    try:
        page = fetcher.fetch(parse(front.final_url).origin + robots.PATH, Content.ROBOTS)
    except ScrapeError:
        return Discovery()  # most sites without one answer 404, which is no news to anybody
    named = tuple(Listed(reference, NEVER, is_sitemap=True) for reference in robots.sitemaps_in(page.body))
    survey = Survey(fetcher, front.url, sites_of(front), budget)
    survey.queue(page.final_url, named, depth=0)
    if not survey.waiting:
        return Discovery()
    found = found_by(survey)
    told = f"{front.url}: this is a front page without a feed; taking the newest pages of the site's sitemaps"
    return replace(found, notes=(told, *found.notes))


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
                urls[joined(page.final_url, link.get("href", ""))] = None
    except etree.XMLSyntaxError:
        pass  # what was found before the markup broke off is enough
    return sorted((url for url in urls if may_send_us_to(page, url)), key=lambda url: "comments" in url)


def may_send_us_to(page: Page, url: str) -> bool:
    """Whether a page may have us ask this address: its own host, or one that is public as far as its letters tell.

    What settings allow of one's own network is not for others to choose from.
    """
    if not url:
        return False
    address = parse(url)
    if address.origin in {parse(page.url).origin, parse(page.final_url).origin}:
        return True
    try:
        require_public(url, address, AllowedHosts())
    except FetchRefused:
        return False
    return True


def is_front_page(page: Page) -> bool:
    """Whether the address, as asked for or as answered, is that of a whole site."""
    return not FRONT_PAGES.isdisjoint((parse(page.url).path, parse(page.final_url).path))


def may_be_html(page: Page, head: str) -> bool:
    """Whether the page is labelled as HTML or vaguely, or begins as HTML in spite of its label."""
    return media_type_of(page.content_type) in HTML_TYPES | VAGUE_TYPES or root_name(head) == "html"


def sites_of(page: Page) -> frozenset[str]:
    """The sites of the page's address as it was asked for and as it was answered."""
    return frozenset((site_of(page.url), site_of(page.final_url)))
