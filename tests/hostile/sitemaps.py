"""Hosts whose sitemaps have no end, name themselves or each other, explode, or lead elsewhere."""

import gzip
import re
from functools import cache

from tests.hostile.case import CANARY, CANARY_NAME, NAMED, NONE, Case, Stored
from tests.hostile.listing import BUDGET, ENTITIES, NOTHING, XML, fruitless, index, urlset, with_story
from tests.hostile.redirects import sent_to
from tests.hostile.stories import story, text_of
from tests.scrapers.site import Answer, answer

SITEMAP = "/sitemap.xml"
PACKED = "/sitemap.xml.gz"
GZIP = "Content-Type: application/gzip"
CLOSED: dict[str, Answer] = {"/robots.txt": answer("User-agent: *\nDisallow: /gone/\n", "Content-Type: text/plain")}
NUMBER = re.compile(r"\d+")


@cache
def million() -> bytes:
    """A sitemap of 1,000,000 addresses, packed."""
    return gzip.compress(urlset(f"/gone/{number}" for number in range(1_000_000)).encode(), compresslevel=1)


def calendar(target: str) -> Answer | None:
    """A calendar's months, each of which names its days and the month after it; and the story of a day."""
    number = number_in(target)
    if target.startswith("/month/"):
        return index(f"/days/{number}.xml", f"/month/{number + 1}.xml")
    if target.startswith("/days/"):
        return answer(urlset([f"/day/{number}", f"/day/{number}?next=1"]), XML)
    return answer(story(f"day {number}")) if target.startswith("/day/") else None


def branching(target: str) -> Answer | None:
    """An index of 1,000 more, whatever the number in the target."""
    return index(*(f"/{number_in(target)}{child}.xml" for child in range(1_000))) if NUMBER.search(target) else None


def paged(target: str) -> Answer | None:
    """An index of the next page of itself."""
    return index(f"{SITEMAP}?page={number_in(target) + 1}") if NUMBER.search(target) else None


def number_in(target: str) -> int:
    """The first number in the target, or 0."""
    found = NUMBER.search(target)
    return int(found[0]) if found else 0


def fifty_thousand(name: str) -> Case:
    """As many addresses as a sitemap may hold, most of them of pages that robots.txt closes."""
    pages: dict[str, Answer] = {
        SITEMAP: answer(urlset(["/story", *(f"/gone/{number}" for number in range(49_999))]), XML),
        "/story": answer(story(name)),
        **CLOSED,
    }
    return Case(name, Stored(text_of(name), at_most=BUDGET), pages, submitted=(SITEMAP,))


def forty_deep(name: str) -> Case:
    """An index of an index of an index, and so on."""
    pages: dict[str, Answer] = {f"/{level}.xml": index(f"/{level + 1}.xml") for level in range(40)}
    return Case(name, NOTHING, pages, submitted=("/0.xml",))


CASES = (
    fruitless("sitemap-of-a-million", SITEMAP, answer(million(), XML, "Content-Encoding: gzip")),
    Case("sitemap-of-a-million-gz", NONE, {PACKED: answer(million(), GZIP), **CLOSED}, submitted=(PACKED,)),
    fifty_thousand("sitemap-of-50000"),
    fruitless(
        "index-of-itself", SITEMAP, index(SITEMAP, f"http://index-of-itself.example{SITEMAP}", f"{SITEMAP}#again")
    ),
    fruitless(
        "indexes-of-each-other", SITEMAP, index("/b.xml"), b=index(SITEMAP, "/c.xml"), c=index("/b.xml", SITEMAP)
    ),
    with_story("urlset-of-itself", SITEMAP, answer(urlset([SITEMAP, "/story"]), XML)),
    forty_deep("indexes-40-deep"),
    Case("indexes-without-end", NOTHING, otherwise=branching, submitted=("/1.xml",)),
    Case("index-paged-without-end", NOTHING, otherwise=paged, submitted=(f"{SITEMAP}?page=1",)),
    Case(
        "calendar-without-end",
        Stored(text_of("day 1"), at_most=BUDGET),
        otherwise=calendar,
        submitted=("/month/1.xml",),
    ),
    fruitless(
        "index-off-site",
        SITEMAP,
        index(f"http://{CANARY_NAME}{SITEMAP}", f"http://{CANARY}/s.xml", "file:///etc/hostname"),
    ),
    fruitless("index-of-a-redirect", SITEMAP, index("/b.xml"), b=sent_to(f"http://{CANARY_NAME}/s.xml")),
    with_story(
        "urlset-off-site", SITEMAP, answer(urlset(["/story", f"http://{CANARY_NAME}/1", f"http://{CANARY}/2"]), XML)
    ),
    *(
        with_story(f"sitemap-{name}", SITEMAP, answer(urlset(["/story", f"/x{used}"], doctype), XML), at_least=0)
        for name, (doctype, used) in ENTITIES.items()
    ),
    fruitless("sitemap-50000-deep", SITEMAP, answer("<urlset>" + "<url>" * 50_000, XML)),
    fruitless("sitemap-of-one-address-of-9-mb", SITEMAP, answer("<urlset><url><loc>/" + "a" * 9_000_000, XML)),
    Case(
        "sitemap-gz-cut",
        NAMED,
        {PACKED: answer(gzip.compress(urlset(["/story"] * 500).encode())[:-30], GZIP)},
        submitted=(PACKED,),
    ),
    Case(
        "sitemap-gz-bomb",
        NAMED,
        {PACKED: answer(gzip.compress(b"<urlset>" + b" " * 60_000_000, 1), GZIP)},
        submitted=(PACKED,),
    ),
)
