"""Feeds: RSS, Atom and RDF by feedparser, and JSON Feed, to the addresses of the stories that they announce."""

import io
import json
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from xml.sax import SAXParseException

import feedparser

from claims.drafts import Page
from scrapers.addresses import joined
from scrapers.errors import NotAFeed
from scrapers.network.content import root_name
from scrapers.pages.markup import decoded, one_line

FEED_ROOTS = frozenset(("rss", "feed", "rdf"))
JSON_FEED = "https://jsonfeed.org/version/"
# feedparser takes up to ten microseconds a character, and feeds begin with what is newest.
MAX_FEED_CHARS = 300_000
MAX_FEED_BYTES = 4 * MAX_FEED_CHARS
# It makes hundreds of objects of each entry, and what Python once held it seldom gives back.
MAX_ENTRIES = 1_000
MAX_DEPTH = 200
# A whole CDATA section, a tag that opens (and does not close itself) or one that closes.
TAG_OR_CDATA = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|(?P<opens><[A-Za-z][^<>]*+(?<!/)>)|(?P<closes></)", re.S)
# No feed needs entities of its own, and feedparser takes seconds to find out that they are a bomb.
ENTITY = re.compile(r"<!ENTITY\b[^>]*+(?:>|\Z)", re.IGNORECASE)
# What feedparser raises, by its own faults, for numbers and elements where it expects none: found by feeding it 20,000
# damaged feeds.
STUMBLES = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
ENTRY_END = re.compile("</(?:item|entry)>")
WHAT_TO_DO = "check the address, or ingest the addresses of the articles themselves"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A story that a feed announces; url is absolute."""

    url: str
    title: str = ""
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's entries in its own order, each address once; home_url is the site that it says it belongs to."""

    entries: tuple[FeedEntry, ...]
    home_url: str = ""


def is_feed(text: str) -> bool:
    """Whether the text presents itself as a feed, be it broken further down."""
    return root_name(text) in FEED_ROOTS or (text.lstrip()[:1] == "{" and JSON_FEED in text)


def read_feed(page: Page) -> Feed:
    """The feed that the page is; NotAFeed where no entry can be read from it.

    Broken XML is read as far as it makes sense. Entries without an address that can be fetched are left out.
    """
    text = decoded(page.body[:MAX_FEED_BYTES])
    if not is_feed(text):
        raise NotAFeed(page.url, f"this is no feed; {WHAT_TO_DO}")
    if text.lstrip()[:1] != "{":
        return read_xml_feed(page, text)
    if len(page.body) > MAX_FEED_BYTES:
        raise NotAFeed(page.url, f"this JSON feed is over {MAX_FEED_BYTES / 1e6:g} MB; {WHAT_TO_DO}")
    return read_json_feed(page, text)


def read_xml_feed(page: Page, text: str) -> Feed:
    """The RSS, Atom or RDF feed; NotAFeed, with the line at which the XML breaks, where it gives no entry."""
    text = cut(text)
    if is_deep(text):
        raise NotAFeed(page.url, f"its elements stand over {MAX_DEPTH} deep in each other, as in no feed; {WHAT_TO_DO}")
    parsed = parsed_feed(page, text)
    entries = [
        FeedEntry(dict.get(entry, "link") or "", one_line(dict.get(entry, "title") or ""), published_at(entry))
        for entry in parsed.entries
    ]
    feed = Feed(usable(page, entries), joined(page.final_url, parsed.feed.get("link") or ""))
    if feed.entries:
        return feed
    if isinstance(parsed.get("bozo_exception"), SAXParseException):
        line = parsed.bozo_exception.getLineNumber()
        raise NotAFeed(page.url, f"the feed is broken XML (line {line}) and gives no entry; {WHAT_TO_DO}")
    raise NotAFeed(page.url, f"the feed has no entries; {WHAT_TO_DO}")


def parsed_feed(page: Page, text: str) -> Any:
    """What feedparser makes of the text; NotAFeed where it stumbles over it."""
    # Given as a stream and as UTF-8, so that feedparser opens nothing and tries no charset of the server's choice.
    try:
        return feedparser.parse(
            io.BytesIO(ENTITY.sub("", text).encode("utf-8", errors="replace")),
            response_headers={"content-type": "application/xml; charset=utf-8", "content-location": page.final_url},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except STUMBLES as error:
        raise NotAFeed(page.url, f"the feed is broken XML, and what is left makes no sense; {WHAT_TO_DO}") from error


def read_json_feed(page: Page, text: str) -> Feed:
    """The JSON Feed (jsonfeed.org, version 1 and 1.1); NotAFeed where it is broken or gives no entry."""
    try:
        root = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAFeed(page.url, f"the feed is broken JSON; {WHAT_TO_DO}") from error
    items = [item for item in as_list(root.get("items"))[:MAX_ENTRIES] if isinstance(item, dict)]
    entries = [
        FeedEntry(as_text(item.get("url")), one_line(as_text(item.get("title"))), iso_time(item.get("date_published")))
        for item in items
    ]
    feed = Feed(usable(page, entries), joined(page.final_url, as_text(root.get("home_page_url"))))
    if not feed.entries:
        raise NotAFeed(page.url, f"the feed has no entries; {WHAT_TO_DO}")
    return feed


def is_deep(text: str) -> bool:
    """Whether more elements than in any feed stand in each other; feedparser takes tens of megabytes for those."""
    depth = 0
    for tag in TAG_OR_CDATA.finditer(text):
        depth += 1 if tag["opens"] else -1 if tag["closes"] else 0
        if depth > MAX_DEPTH:
            return True
    return False


def cut(text: str) -> str:
    """The text, of an over-long feed the entries that end among its first MAX_ENTRIES and MAX_FEED_CHARS."""
    ends = [end.end() for end in islice(ENTRY_END.finditer(text, 0, MAX_FEED_CHARS), MAX_ENTRIES)]
    if len(ends) == MAX_ENTRIES or (ends and len(text) > MAX_FEED_CHARS):
        return text[: ends[-1]]
    return text[:MAX_FEED_CHARS]


def usable(page: Page, entries: Iterable[FeedEntry]) -> tuple[FeedEntry, ...]:
    """The entries with an address that may be asked, made absolute, each address once."""
    by_url: dict[str, FeedEntry] = {}
    for entry in entries:
        url = joined(page.final_url, entry.url)
        if url:
            by_url.setdefault(url, FeedEntry(url, entry.title, entry.published_at))
    return tuple(by_url.values())


def published_at(entry: Any) -> datetime | None:
    """When the entry was published, else updated, if it says so in a way that feedparser understands."""
    # dict.get, because feedparser's own warns where it takes one for the other.
    moment: time.struct_time | None = dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")
    if moment is None:
        return None
    try:
        return datetime(*moment[:6], tzinfo=UTC)
    except ValueError:
        return None


def iso_time(value: object) -> datetime | None:
    """The moment that an RFC 3339 text names, in UTC, if it is one."""
    try:
        moment = datetime.fromisoformat(as_text(value))
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def as_text(value: object) -> str:
    """The value, if it is a text."""
    return value if isinstance(value, str) else ""


def as_list(value: object) -> list[object]:
    """The value, if it is a list."""
    return value if isinstance(value, list) else []
