"""Feeds and sitemaps as hosts write them, and the entities that make XML explode or read elsewhere."""

from collections.abc import Iterable

from tests.hostile.case import CANARY, CANARY_NAME, Case, Refused, Stored
from tests.hostile.stories import story, text_of
from tests.scrapers.site import Answer, answer

XML = "Content-Type: application/xml"
# What a listing without end may bring at most: the number of addresses that one discovery takes.
BUDGET = 500
NOTHING = Refused("list|sitemap|feed|over|XML|JSON|entries|more than|sends us on|private address")
LAUGHS = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10))
# By name: the document type, and what the document says with it.
ENTITIES = {
    "laughs": (f'<!DOCTYPE x [<!ENTITY a "ha">{LAUGHS}]>', "&k;"),
    "quadratic": (f'<!DOCTYPE x [<!ENTITY k "{"k" * 100_000}">]>', "&k;" * 10_000),
    "external": (f'<!DOCTYPE x [<!ENTITY k SYSTEM "http://{CANARY_NAME}/secret">]>', "&k;"),
    "external-file": ('<!DOCTYPE x [<!ENTITY k SYSTEM "file:///etc/hostname">]>', "&k;"),
    "external-dtd": (f'<!DOCTYPE x SYSTEM "http://{CANARY}/x.dtd">', ""),
    "parameter": (f'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://{CANARY_NAME}/p.dtd"> %p;]>', ""),
}


def urlset(addresses: Iterable[str], doctype: str = "") -> str:
    """A sitemap of these addresses."""
    entries = "".join(f"<url><loc>{address}</loc></url>" for address in addresses)
    return (
        f'<?xml version="1.0"?>{doctype}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
    )


def index(*addresses: str) -> bytes:
    """The answer of an index of these sitemaps."""
    entries = "".join(f"<sitemap><loc>{address}</loc></sitemap>" for address in addresses)
    return answer(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</sitemapindex>', XML)


def rss(addresses: Iterable[str], doctype: str = "", extra: str = "") -> str:
    """An RSS feed whose entries lead to these addresses."""
    items = "".join(f"<item><title>News</title><link>{address}</link></item>" for address in addresses)
    return (
        f'<?xml version="1.0"?>{doctype}<rss version="2.0"><channel><title>News</title>{extra}{items}</channel></rss>'
    )


def atom(addresses: Iterable[str], base: str = "") -> str:
    """An Atom feed whose entries lead to these addresses."""
    items = "".join(f'<entry><title>News</title><link href="{address}"/></entry>' for address in addresses)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{base}">{items}</feed>'


def with_story(name: str, target: str, listing: Answer, *, at_least: int = 1) -> Case:
    """A host whose listing leads to its one story, among other things."""
    pages = {target: listing, "/story": answer(story(name))}
    return Case(name, Stored(text_of(name), at_least), pages, submitted=(target,))


def fruitless(name: str, target: str, listing: Answer, **pages: Answer) -> Case:
    """A host whose listing leads to nothing that may be read."""
    others = {f"/{page}.xml": found for page, found in pages.items()}
    return Case(name, NOTHING, {target: listing} | others, submitted=(target,))
