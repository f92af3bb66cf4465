"""Hosts whose feeds and sitemaps have no end, refer to themselves, explode, or lead elsewhere."""

import gzip
import json
import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import count

from scrapers.errors import FetchFailed
from tests.hostile.case import CANARY, CANARY_NAME, Case, Refused, Stored
from tests.hostile.stories import story, text_of
from tests.scrapers.site import Answer, answer

XML = "Content-Type: application/xml"
SITEMAP = "/sitemap.xml"
FEED = "/feed.xml"
NUMBER = re.compile(r"\d+")
# What a listing without end may bring at most: the number of addresses that one discovery takes.
BUDGET = 500
NOTHING = Refused("list|sitemap|feed|over|XML|entries|more than|sends us on|private address")
BOMBS = {
    "laughs": '<!DOCTYPE x [<!ENTITY a "ha">%s]>' % "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10)
    ),
    "quadratic": f'<!DOCTYPE x [<!ENTITY k "{"k" * 100_000}">]>',
    "external": f'<!DOCTYPE x [<!ENTITY k SYSTEM "http://{CANARY_NAME}/secret">]>',
    "external-file": '<!DOCTYPE x [<!ENTITY k SYSTEM "file:///etc/hostname">]>',
    "external-dtd": f'<!DOCTYPE x SYSTEM "http://{CANARY}/x.dtd">',
    "parameter": f'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://{CANARY_NAME}/p.dtd"> %p;]>',
}  # fmt: skip
USED = {"laughs": "&k;", "quadratic": "&k;" * 10_000, "external": "&k;", "external-file": "&k;"}


def urlset(addresses: Iterable[str], *, doctype: str = "") -> str:
    """A sitemap of these addresses."""
    entries = "".join(f"<url><loc>{address}</loc></url>" for address in addresses)
    return f'<?xml version="1.0"?>{doctype}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


def index(addresses: Iterable[str]) -> str:
    """An index of these sitemaps."""
    entries = "".join(f"<sitemap><loc>{address}</loc></sitemap>" for address in addresses)
    return f'<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</sitemapindex>'


def rss(addresses: Iterable[str], *, doctype: str = "", extra: str = "") -> str:
    """An RSS feed whose entries lead to these addresses."""
    items = "".join(f"<item><title>News</title><link>{address}</link></item>" for address in addresses)
    return f'<?xml version="1.0"?>{doctype}<rss version="2.0"><channel><title>News</title>{extra}{items}</channel></rss>'


def atom(addresses: Iterable[str]) -> str:
    """An Atom feed whose entries lead to these addresses."""
    items = "".join(f'<entry><title>News</title><link href="{address}"/></entry>' for address in addresses)
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{items}</feed>'


@cache
def million() -> bytes:
    """A sitemap of 1,000,000 addresses, packed."""
    return gzip.compress(urlset(f"/gone/{number}" for number in range(1_000_000)).encode(), compresslevel=1)


def numbered(make: Callable[[int], bytes]) -> Callable[[str], Answer | None]:
    """Answers made of the number in the target; nothing for a target without one."""

    def reply(target: str) -> Answer | None:
        number = NUMBER.search(target)
        return make(int(number[0])) if number else None

    return reply


def calendar(target: str) -> Answer | None:
    """A calendar's months, each of which names its days and the month after it; and the story of a day."""
    number = int(NUMBER.findall(target)[0]) if NUMBER.search(target) else 0
    if target.startswith("/month/"):
        return answer(index([f"/days/{number}.xml", f"/month/{number + 1}.xml"]), XML)
    if target.startswith("/days/"):
        return answer(urlset([f"/day/{number}", f"/day/{number}?next=1"]), XML)
    return answer(story(f"day {number}")) if target.startswith("/day/") else None


def listed(name: str, ends: Stored | Refused, target: str, page: Answer, **more: object) -> Case:
    """A host with one listing, and one story at /story."""
    pages = {target: page, "/story": answer(story(name))}
    return Case(name, ends, pages, submitted=(target,), **more)  # type: ignore[arg-type]


def one_story(name: str) -> Stored:
    """Only the host's own story came of it."""
    return Stored(text_of(name))


def bombs() -> Iterable[Case]:
    """Sitemaps and feeds whose entities explode or read elsewhere; what they hold besides may be taken."""
    for name, doctype in BOMBS.items():
        used = USED.get(name, "")
        for kind, page in (("sitemap", urlset(["/story", f"/x{used}"], doctype=doctype)), ("feed", rss(["/story"], doctype=doctype, extra=f"<description>{used}</description>"))):
            case = f"{kind}-{name}"
            target = SITEMAP if kind == "sitemap" else FEED
            yield listed(case, Stored(text_of(case), at_least=0), target, answer(page, XML))


def session_of(name: str, target_of: Callable[[int], str]) -> Case:
    """A host whose feed gives the one story under new addresses whenever it is read; it is read twice."""
    serial = count(1)

    def read(target: str) -> Answer | None:
        if target.startswith(FEED):
            return answer(rss(target_of(next(serial)) for _ in range(10)), XML)
        return answer(story(name))

    return Case(name, Stored(text_of(name)), otherwise=read, submitted=(FEED, f"{FEED}?again=1"))


def sid(number: int) -> str:
    """A session's id, of the usual 32 digits."""
    return f"{number * 0x9E3779B97F4A7C15F39CC0605CEDC834 % (1 << 128):032x}"


def deep(name: str) -> Case:
    """An index of an index of an index, and so on, each with a name of its own."""
    pages = {f"/{n}.xml": answer(index([f"/{n + 1}.xml"]), XML) for n in range(40)}
    return Case(name, NOTHING, pages, submitted=("/0.xml",))


def wide(name: str) -> Case:
    """An index of 50,000 sitemaps, each of which is an index of as many more."""
    return Case(name, NOTHING, otherwise=numbered(lambda number: answer(index(f"/{number}{child}.xml" for child in range(1_000)), XML)), submitted=("/1.xml",))


CASES = (
    Case("sitemap-of-a-million", Refused("over|more than", ()), {SITEMAP: answer(million(), XML, "Content-Encoding: gzip")}, submitted=(SITEMAP,)),
    Case("sitemap-of-a-million-gz", Refused("over|more than|404", ()), {"/sitemap.xml.gz": answer(million(), "Content-Type: application/gzip")}, submitted=("/sitemap.xml.gz",)),
    Case("sitemap-of-50000", Stored(text_of("sitemap-of-50000"), at_least=1, at_most=BUDGET), {SITEMAP: answer(urlset(["/story", *(f"/gone/{n}" for n in range(50_000))]), XML), "/story": answer(story("sitemap-of-50000")), "/robots.txt": answer("User-agent: *\nDisallow: /gone/\n", "Content-Type: text/plain")}, submitted=(SITEMAP,)),
    Case("index-of-itself", NOTHING, {SITEMAP: answer(index([SITEMAP, "http://index-of-itself.example/sitemap.xml", "/sitemap.xml#again"]), XML)}, submitted=(SITEMAP,)),
    Case("indexes-of-each-other", NOTHING, {SITEMAP: answer(index(["/b.xml"]), XML), "/b.xml": answer(index([SITEMAP, "/c.xml"]), XML), "/c.xml": answer(index(["/b.xml", SITEMAP]), XML)}, submitted=(SITEMAP,)),
    Case("index-of-itself-and-a-story", one_story("index-of-itself-and-a-story"), {SITEMAP: answer(index([SITEMAP, "/pages.xml"]), XML), "/pages.xml": answer(urlset(["/story", "/pages.xml"]), XML), "/story": answer(story("index-of-itself-and-a-story"))}, submitted=(SITEMAP,)),
    deep("indexes-40-deep"),
    wide("indexes-without-end"),
    Case("index-of-the-same-with-queries", NOTHING, otherwise=numbered(lambda number: answer(index([f"/sitemap.xml?page={number + 1}"]), XML)), submitted=("/sitemap.xml?page=1",)),
    Case("calendar-without-end", Stored(text_of("day 1"), at_most=BUDGET), otherwise=calendar, submitted=("/month/1.xml",)),
    Case("index-off-site", NOTHING, {SITEMAP: answer(index([f"http://{CANARY_NAME}/sitemap.xml", f"http://{CANARY}/sitemap.xml", "file:///etc/hostname"]), XML)}, submitted=(SITEMAP,)),
    Case("index-redirects-to-canary", NOTHING, {SITEMAP: answer(index(["/b.xml"]), XML), "/b.xml": answer(b"", f"Location: http://{CANARY_NAME}/s.xml", status="302 Found")}, submitted=(SITEMAP,)),
    *bombs(),
    listed("feed-off-site", one_story("feed-off-site"), FEED, answer(rss(["/story", f"http://{CANARY_NAME}/1", f"http://{CANARY}/2", "http://[::1]/3", "http://localhost/4", "file:///etc/hostname", "javascript:x"]), XML)),
    Case("feed-all-off-site", NOTHING, {FEED: answer(rss([f"http://{CANARY_NAME}/{n}" for n in range(9)], extra=f"<link>http://{CANARY_NAME}/</link>"), XML)}, submitted=(FEED,)),
    Case("feed-home-is-canary", NOTHING, {FEED: answer(rss([f"http://{CANARY}/{n}" for n in range(9)], extra=f"<link>http://{CANARY}/</link>"), XML)}, submitted=(FEED,)),
    Case("atom-base-to-canary", Refused("."), {FEED: answer(f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://{CANARY_NAME}/">{"".join(f"<entry><link href={chr(34)}secret/{n}{chr(34)}/></entry>" for n in range(5))}</feed>', XML)}, submitted=(FEED,)),
    listed("atom-off-site", one_story("atom-off-site"), FEED, answer(atom(["/story", f"http://{CANARY_NAME}/1"]), XML)),
    listed("json-feed-off-site", one_story("json-feed-off-site"), "/feed.json", answer(json.dumps({"version": "https://jsonfeed.org/version/1.1", "next_url": f"http://{CANARY_NAME}/feed.json", "items": [{"id": "1", "url": "http://json-feed-off-site.example/story"}, {"id": "2", "url": f"http://{CANARY}/x"}]}), "Content-Type: application/feed+json")),
    Case("json-feed-200000-deep", NOTHING, {"/feed.json": answer('{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 200_000, "Content-Type: application/feed+json")}, submitted=("/feed.json",)),
    Case("feed-50000-deep", NOTHING, {FEED: answer("<rss><channel>" + "<item>" * 50_000, XML)}, submitted=(FEED,)),
    Case("sitemap-50000-deep", NOTHING, {SITEMAP: answer("<urlset>" + "<url>" * 50_000, XML)}, submitted=(SITEMAP,)),
    Case("sitemap-long-text", NOTHING, {SITEMAP: answer("<urlset><url><loc>/" + "a" * 9_000_000, XML)}, submitted=(SITEMAP,)),
    Case("feed-of-9-mb", Stored(text_of("feed-of-9-mb"), at_most=1), {FEED: answer(rss(["/story", *("/story" for _ in range(150_000))]), XML), "/story": answer(story("feed-of-9-mb"))}, submitted=(FEED,)),
    Case("feed-empty", NOTHING, {FEED: answer(rss([]), XML)}, submitted=(FEED,)),
    Case("feed-cut", one_story("feed-cut"), {FEED: answer(rss(["/story", "/gone"])[:-30], XML), "/story": answer(story("feed-cut"))}, submitted=(FEED,)),
    Case("feed-is-html", Refused("."), {FEED: answer("<!doctype html><html><body><h1>Hello</h1></body></html>", XML)}, submitted=(FEED,)),
    Case("sitemap-gz-cut", Refused("gzip|broke|damaged"), {"/sitemap.xml.gz": answer(gzip.compress(urlset(["/story"] * 500).encode())[:-30], "Content-Type: application/gzip")}, submitted=("/sitemap.xml.gz",)),
    Case("sitemap-gz-bomb", Refused("over|unpacks"), {"/sitemap.xml.gz": answer(gzip.compress(b"<urlset>" + b" " * 60_000_000, 1), "Content-Type: application/gzip")}, submitted=("/sitemap.xml.gz",)),
    session_of("session-in-query", lambda number: f"/story?PHPSESSID={sid(number)}"),
    session_of("session-in-path", lambda number: f"/story;jsessionid={sid(number).upper()}"),
    session_of("session-sid", lambda number: f"/story?sid={sid(number)}"),
    session_of("session-utm", lambda number: f"/story?utm_source=feed&utm_content={sid(number)}"),
    # Nothing in these addresses tells that they are one page: the budget is what ends the trap.
    Case("session-in-disguise", Stored(text_of("session-in-disguise"), at_most=40), otherwise=session_of("session-in-disguise", lambda number: f"/story/{sid(number)}").otherwise, submitted=(FEED, f"{FEED}?again=1")),
    Case("front-page-feeds-at-canary", Refused("."), {"/": answer(f'<html><head><link rel="alternate" type="application/rss+xml" href="http://{CANARY_NAME}/feed.xml"><link rel="alternate" type="application/rss+xml" href="http://{CANARY}/feed.xml"></head><body><p>Front</p></body></html>')}, submitted=("/",)),
)
