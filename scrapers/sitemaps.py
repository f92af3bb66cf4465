"""Sitemaps (sitemaps.org), news sitemaps and their indexes, to the addresses that they list, newest first."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from lxml import etree

from claims.drafts import Page
from scrapers.addresses import join, parse
from scrapers.content import root_name
from scrapers.decoding import GZIP_MAGIC, BadEncoding, TooBig, gunzipped
from scrapers.errors import FetchRefused, NotASitemap
from scrapers.markup import decoded

SITEMAP_ROOTS = frozenset(("urlset", "sitemapindex"))
DATES = frozenset(("lastmod", "publication_date"))
MAX_LISTED = 50_000  # sitemaps.org
MAX_UNPACKED_BYTES = 25_000_000
# No sitemap needs either, and a tree of more takes hundreds of megabytes.
MAX_ELEMENTS = 600_000
OVERLONG_TAG_OR_TEXT = re.compile("<[^<]{50000}")
NEVER = datetime.min.replace(tzinfo=UTC)
WHAT_TO_DO = "check the address, or ingest the addresses of the articles themselves"


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The addresses of pages and of further sitemaps, absolute, each once; what changed last comes first."""

    urls: tuple[str, ...] = ()
    children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry as it stands in the sitemap; changed_at is the beginning of time where it does not say."""

    kind: str
    reference: str
    changed_at: datetime


def is_sitemap(text: str) -> bool:
    """Whether the text presents itself as a sitemap or an index, be it broken further down."""
    return root_name(text) in SITEMAP_ROOTS


def read_sitemap(page: Page) -> Sitemap:
    """The sitemap that the page is, also as a gzip file; NotASitemap where nothing can be read from it.

    Broken XML is read up to the break. Addresses that cannot be fetched are left out.
    """
    text = decoded(unpacked(page))
    if not is_sitemap(text) or OVERLONG_TAG_OR_TEXT.search(text):
        raise NotASitemap(page.url, f"this is no sitemap; {WHAT_TO_DO}")
    listed = sorted(islice(entries(text), MAX_LISTED), key=lambda entry: entry.changed_at, reverse=True)
    sitemap = Sitemap(
        absolute(page, (entry.reference for entry in listed if entry.kind == "url")),
        absolute(page, (entry.reference for entry in listed if entry.kind == "sitemap")),
    )
    if not sitemap.urls and not sitemap.children:
        raise NotASitemap(page.url, f"the sitemap lists nothing, or its XML is broken; {WHAT_TO_DO}")
    return sitemap


def unpacked(page: Page) -> bytes:
    """The page's body, unpacked where it is a gzip file, as sitemaps are."""
    if not page.body.startswith(GZIP_MAGIC):
        return page.body
    try:
        return gunzipped(page.body, MAX_UNPACKED_BYTES)
    except BadEncoding as error:
        raise NotASitemap(page.url, f"the gzip file is {error}; try again later") from error
    except TooBig as error:
        what = f"the gzip file unpacks to over {MAX_UNPACKED_BYTES / 1e6:g} MB; ingest one with fewer addresses"
        raise NotASitemap(page.url, what) from error


def entries(text: str) -> Iterator[Listed]:
    """The entries in the document's order; each is forgotten by the parser once it is read.

    Entities are those of the document alone, and libxml2 gives up where they grow out of proportion.
    """
    parser = etree.iterparse(
        io.BytesIO(text.encode("utf-8", errors="replace")),
        events=("end",),
        encoding="utf-8",
        recover=True,
        resolve_entities="internal",
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in islice(parser, MAX_ELEMENTS):
        parent = element.getparent()
        if parent is None or parent.getparent() is not None:
            continue
        kind = local_name(element)
        reference = next((child.text for child in element if local_name(child) == "loc"), None)
        if kind in {"url", "sitemap"} and reference:
            yield Listed(kind, reference, changed_at(element))
        element.clear()
        while element.getprevious() is not None:
            del parent[0]


def changed_at(entry: etree._Element) -> datetime:
    """When the entry was changed or, in a news sitemap, published; the beginning of time where it does not say."""
    return max((moment(part.text) for part in entry.iter() if local_name(part) in DATES), default=NEVER)


def local_name(element: etree._Element) -> str:
    """The element's name without namespace or prefix; damaged markup has names that lxml's own QName refuses."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def moment(text: str | None) -> datetime:
    """The moment that a W3C date or time names; a day without a zone begins at midnight UTC."""
    try:
        found = datetime.fromisoformat((text or "").strip())
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return NEVER


def absolute(page: Page, references: Iterable[str]) -> tuple[str, ...]:
    """The addresses that may be asked, absolute, each once."""
    base = parse(page.final_url)
    urls: dict[str, None] = {}
    for reference in references:
        try:
            urls[join(base, reference).url] = None
        except FetchRefused:
            continue
    return tuple(urls)
