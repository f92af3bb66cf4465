"""Hosts whose feeds explode, lead elsewhere, are broken, or give one story under ever new addresses."""

import json
from collections.abc import Callable
from itertools import count

from tests.hostile.case import CANARY, CANARY_NAME, NAMED, NONE, Case, Stored
from tests.hostile.listing import ENTITIES, XML, atom, fruitless, rss, with_story
from tests.hostile.stories import story, text_of
from tests.scrapers.site import Answer, answer

FEED = "/feed.xml"
JSON_FEED = "/feed.json"
JSON = "Content-Type: application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"
ELSEWHERE = (
    f"http://{CANARY_NAME}/1",
    f"http://{CANARY}/2",
    "http://[::1]/3",
    "http://localhost/4",
    "http://2130706433/5",
    "file:///etc/hostname",
    "javascript:x",
)
FRONT_PAGE = "".join(
    f'<link rel="alternate" type="application/rss+xml" href="http://{host}/feed.xml">' for host in (CANARY_NAME, CANARY)
)


def session(name: str, target_of: Callable[[int], str], *, at_most: int = 1) -> Case:
    """A host whose feed gives its one story under ten new addresses whenever it is read; it is read twice."""
    serial = count(1)

    def read(target: str) -> Answer:
        if target.startswith(FEED):
            return answer(rss(target_of(next(serial)) for _ in range(10)), XML)
        return answer(story(name))

    return Case(name, Stored(text_of(name), at_most=at_most), otherwise=read, submitted=(FEED, f"{FEED}?again=1"))


def sid(number: int) -> str:
    """A session's id, of the usual 32 digits."""
    return f"{number * 0x9E3779B97F4A7C15F39CC0605CEDC834 % (1 << 128):032x}"


def json_feed(name: str) -> bytes:
    """A JSON Feed that leads to the host's story, to the canary, and goes on there."""
    addresses = (f"http://{name}.example/story", f"http://{CANARY}/x")
    items = [{"id": address, "url": address} for address in addresses]
    return answer(json.dumps({"version": VERSION, "next_url": f"http://{CANARY_NAME}/2", "items": items}), JSON)


CASES = (
    with_story("feed-off-site", FEED, answer(rss(["/story", *ELSEWHERE]), XML)),
    with_story("atom-off-site", FEED, answer(atom(["/story", *ELSEWHERE]), XML)),
    with_story("json-feed-off-site", JSON_FEED, json_feed("json-feed-off-site")),
    # A feed may tell its home where none of its entries are its own; those at the canary are refused one by one.
    *(
        Case(f"feed-at-home-with-{host}", NONE, {FEED: answer(rss(addresses, extra=home), XML)}, submitted=(FEED,))
        for host, addresses, home in (
            ("internal", ELSEWHERE, f"<link>http://{CANARY_NAME}/</link>"),
            ("canary", [f"http://{CANARY}/{number}" for number in range(9)], f"<link>http://{CANARY}/</link>"),
        )
    ),
    Case(
        "atom-base-to-canary",
        NAMED,
        {FEED: answer(atom([f"secret/{n}" for n in range(5)], f"http://{CANARY_NAME}/"), XML)},
        submitted=(FEED,),
    ),
    Case(
        "front-page-feeds-at-canary",
        NAMED,
        {"/": answer(f"<html><head>{FRONT_PAGE}</head><body><p>Front</p></body></html>")},
        submitted=("/",),
    ),
    *(
        with_story(
            f"feed-{name}",
            FEED,
            answer(rss(["/story"], doctype, f"<description>{used}</description>"), XML),
            at_least=0,
        )
        for name, (doctype, used) in ENTITIES.items()
    ),
    fruitless("json-feed-200000-deep", JSON_FEED, answer(f'{{"version": "{VERSION}", "items": ' + "[" * 200_000, JSON)),
    fruitless("feed-50000-deep", FEED, answer("<rss><channel>" + "<item>" * 50_000, XML)),
    with_story("feed-of-9-mb", FEED, answer(rss(["/story"] * 150_000), XML)),
    fruitless("feed-empty", FEED, answer(rss([]), XML)),
    with_story("feed-cut", FEED, answer(rss(["/story", "/gone"])[:-30], XML)),
    Case(
        "feed-is-html",
        NAMED,
        {FEED: answer("<!doctype html><html><body><h1>Hello</h1></body></html>", XML)},
        submitted=(FEED,),
    ),
    session("session-in-query", lambda number: f"/story?PHPSESSID={sid(number)}"),
    session("session-in-path", lambda number: f"/story;jsessionid={sid(number).upper()}"),
    session("session-sid", lambda number: f"/story?sid={sid(number)}"),
    session("session-utm", lambda number: f"/story?utm_source=feed&utm_content={sid(number)}"),
    # Nothing in these addresses tells that they are one page: what a feed lists is all that it can cost.
    session("session-in-disguise", lambda number: f"/story/{sid(number)}", at_most=20),
)
