"""Sitemaps (sitemaps.org), news sitemaps and their indexes, to the addresses that they list, newest first.

A sitemap is read as a stream, so that one of a million entries takes no more memory than one of a few thousand.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from lxml import etree

from claims.addresses import MAX_URL_CHARS
from claims.drafts import Page
from scrapers.errors import NotASitemap
from scrapers.listings.sitemap_text import WHAT_TO_DO, Allowance, Text

ENTRY_TAGS = ("{*}url", "{*}sitemap")
PUBLISHED, CHANGED = "publication_date", "lastmod"
# How many entries are kept of one sitemap: the newest, of which a discovery takes some hundred.
MAX_KEPT = 10_000
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry as it stands in the sitemap, be it a page's or a further sitemap's.

    changed_at is when the page was published, where a news sitemap says so, else when it was changed; the beginning of
    time where the entry does not say.
    """

    reference: str
    changed_at: datetime
    is_sitemap: bool = False


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap lists, the newest first: pages and further sitemaps, the newest 10,000 of all.

    listed counts all that were read; is_whole tells whether the allowance reached to its end.
    """

    pages: tuple[Listed, ...]
    children: tuple[Listed, ...]
    listed: int
    is_whole: bool


def read_sitemap(page: Page, allowance: Allowance) -> Sitemap:
    """The sitemap that the page is, also as a gzip file; NotASitemap where nothing can be read from it.

    Broken XML is read up to the break, and any as far as the allowance goes. The references are not checked.
    """
    kept: list[Listed] = []
    listed = 0
    for entry in entries(Text(page, allowance)):
        kept.append(entry)
        listed += 1
        if len(kept) == 2 * MAX_KEPT:
            kept = newest(kept)
    if not kept:
        raise NotASitemap(page.url, f"the sitemap lists nothing, or its XML is broken; {WHAT_TO_DO}")
    kept = newest(kept)
    pages = tuple(entry for entry in kept if not entry.is_sitemap)
    children = tuple(entry for entry in kept if entry.is_sitemap)
    return Sitemap(pages, children, listed, not allowance.is_used_up)


def newest(kept: list[Listed]) -> list[Listed]:
    """As many entries as are kept of one sitemap; those of one time stay in their order."""
    return sorted(kept, key=lambda entry: entry.changed_at, reverse=True)[:MAX_KEPT]


def entries(text: Text) -> Iterator[Listed]:
    """The entries in the document's order, but for those that are too long for an address.

    Each is forgotten by the parser once it is read. Entities are those of the document alone, and libxml2 gives up
    where they grow out of proportion.
    """
    parser = etree.iterparse(
        text,
        events=("end",),
        tag=ENTRY_TAGS,
        encoding="utf-8",
        recover=True,
        resolve_entities="internal",
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in up_to_the_break(parser):
        parent = element.getparent()
        if parent is None or parent.getparent() is not None:
            continue
        text.entry_ended()
        reference = next((child.text for child in element if local_name(child.tag) == "loc"), None)
        # In a CDATA section, an ampersand stood for itself.
        link = reference.strip().replace("&amp;", "&") if reference else ""
        if 0 < len(link) <= MAX_URL_CHARS:
            yield Listed(link, changed_at(element), local_name(element.tag) == "sitemap")
        element.clear()
        while element.getprevious() is not None:
            del parent[0]


def up_to_the_break(parser: etree.iterparse) -> Iterator[tuple[str, etree._Element]]:
    """What the parser gives, until it finds nothing that it could recover."""
    with suppress(etree.XMLSyntaxError):
        yield from parser


def changed_at(entry: etree._Element) -> datetime:
    """When the entry was published, as news sitemaps say, else changed; the beginning of time where it does not say.

    To be published comes first, because many outlets touch their whole archive now and then.
    """
    said = {local_name(part.tag): part.text for part in entry.iter()}
    return moment(said.get(PUBLISHED)) or moment(said.get(CHANGED)) or NEVER


@lru_cache(maxsize=64)
def local_name(tag: object) -> str:
    """An element's name without namespace or prefix; damaged markup has names that lxml's own QName refuses."""
    return str(tag).rpartition("}")[2].rpartition(":")[2]


def moment(text: str | None) -> datetime | None:
    """The moment that a W3C date or time names, if it is one; a day without a zone begins at midnight UTC."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.strip())
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
