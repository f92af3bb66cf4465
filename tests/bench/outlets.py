"""Twenty invented outlets for measuring: pages as heavy as real ones, packed, and with validators; served apart.

The server runs in a process of its own, so that what it costs is not counted, and tells what it answered.
"""

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from random import Random

from tests.bench.texts import every_statement
from tests.scrapers.site import Answer, Site, answer

HOSTS = 20
STORIES = 25
LEAST_BYTES, MOST_BYTES = 30_000, 150_000
FEED = "/feed.xml"
MODIFIED = "Wed, 25 Nov 2026 08:00:00 GMT"
WHO = ("a few people", "some of the crew", "children and their teachers", "two old men", "those who had come early")
DID = ("stood and waited", "walked up and down", "talked about the day", "looked at the water", "shared bread and tea")
WHERE = ("along the quay", "in front of the old hall", "near the bridge", "under the trees", "by the closed gate")
WHILE = ("while gulls were crying", "as rain set in", "and nobody was in a hurry", "until the lamps went on", "as ever")
SPEAKERS = ("the harbour board", "Mayor Ada Quill", "the transport ministry", "the pilots' union", "Jon Peel")


def host(number: int) -> str:
    """An outlet's host."""
    return f"outlet-{number}.example"


def target(number: int) -> str:
    """A story's path."""
    return f"/2026/11/{number}"


def feeds() -> list[str]:
    """The addresses of all feeds."""
    return [f"http://{host(outlet)}{FEED}" for outlet in range(HOSTS)]


def stories() -> list[str]:
    """The addresses of all stories."""
    return [f"http://{host(outlet)}{target(story)}" for outlet in range(HOSTS) for story in range(STORIES)]


@contextmanager
def served() -> Iterator[tuple[int, Connection]]:
    """The port at which the outlets are served, and whom to ask how often each status was answered."""
    here, there = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=serve, args=(there,), daemon=True)
    process.start()
    try:
        yield here.recv(), here
    finally:
        here.send("stop")
        process.join()


def counted(server: Connection) -> dict[str, int]:
    """How often each status was answered since it was asked last, robots.txt left out, and the bytes of all."""
    server.send("count")
    found: dict[str, int] = server.recv()
    return found


def serve(parent: Connection) -> None:
    """Serve until told to stop, and tell what was answered whenever asked."""
    with Outlets() as outlets:
        parent.send(outlets.port)
        while parent.recv() != "stop":
            parent.send(dict(outlets.answered))
            outlets.answered.clear()


class Outlets(Site):
    """Answers with the page, or with 304 to who holds it already."""

    def __init__(self) -> None:
        super().__init__()
        self.answered: Counter[str] = Counter()
        self._packed = dict(packed_pages())

    def reply(self, head: str) -> Answer:
        """What the host that the request names has at its target."""
        lines = head.split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
        found = self._packed.get((headers["host"], lines[0].split(" ")[1]))
        if found is None:
            return answer(b"not here", status="404 Not Found")
        body, kind = found
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if headers.get("if-none-match") == tag:
            return self._count("304", answer(b"", f"ETag: {tag}", "Content-Length: 0", status="304 Not Modified"))
        validators = (f"ETag: {tag}", f"Last-Modified: {MODIFIED}")
        return self._count("200", answer(body, f"Content-Type: {kind}", "Content-Encoding: gzip", *validators))

    def _count(self, status: str, whole: bytes) -> bytes:
        """The answer, counted."""
        self.answered[status] += 1
        self.answered["bytes"] += len(whole)
        return whole


def packed_pages() -> Iterator[tuple[tuple[str, str], tuple[bytes, str]]]:
    """Every feed and story, packed, with its content type, by host and target."""
    dice = Random(20)
    texts = every_statement(Random(21))
    for outlet in range(HOSTS):
        items = "".join(f"<item><title>Story {n}</title><link>{target(n)}</link></item>" for n in range(STORIES))
        feed = f'<rss version="2.0"><channel><title>Outlet {outlet}</title>{items}</channel></rss>'
        yield (host(outlet), FEED), (gzip.compress(feed.encode()), "application/rss+xml; charset=utf-8")
        for story in range(STORIES):
            sentences = told(texts, dice)
            page = page_of(f"Outlet {outlet}, story {story}", sentences, dice)
            yield (host(outlet), target(story)), (gzip.compress(page.encode()), "text/html; charset=utf-8")


def told(texts: Iterator[str], dice: Random) -> list[str]:
    """The sentences of one story: a few that state something, among many that only tell."""
    stated = list(islice(texts, dice.randint(2, 5)))
    sentences = [scene(dice) for _ in range(dice.randint(20, 50))]
    for statement in stated:
        sentences.insert(dice.randrange(len(sentences)), statement)
    return sentences


def scene(dice: Random) -> str:
    """A sentence in which nobody states anything."""
    return f"{dice.choice(WHO)} {dice.choice(DID)} {dice.choice(WHERE)}, {dice.choice(WHILE)}"


def page_of(title: str, sentences: list[str], dice: Random) -> str:
    """A page that tells these sentences amid all that outlets put around them."""
    story = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs(sentences, dice))
    linked = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", "headline": title})
    core = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:title" content="{title}"><meta name="author" content="Ada Quill">
<script type="application/ld+json">{linked}</script><style>{style(dice)}</style></head>
<body><header><nav><ul>{links(dice, 60)}</ul></nav></header>
<main><article><h1>{title}</h1><p class="byline">By Ada Quill</p>
{story}</article></main>
<aside>{cards(dice)}</aside><footer><ul>{links(dice, 40)}</ul></footer>"""
    missing = max(dice.randint(LEAST_BYTES, MOST_BYTES) - len(core), 0)
    return f"{core}<script>{script(dice, missing)}</script></body></html>\n"


def paragraphs(sentences: list[str], dice: Random) -> Iterator[str]:
    """The sentences, two or three to a paragraph, some of them put into a mouth."""
    rest = iter(sentences)
    while paragraph := list(islice(rest, dice.randint(2, 3))):
        said = [sentence[:1].upper() + sentence[1:] + "." for sentence in paragraph]
        if dice.random() < 0.1:
            said[0] = f"According to {dice.choice(SPEAKERS)}, {paragraph[0]}."
        yield " ".join(said)


def links(dice: Random, count: int) -> str:
    """A menu."""
    return "".join(
        f'<li class="item item-{n}"><a href="/section/{dice.randrange(10**6)}">Part {n}</a></li>' for n in range(count)
    )


def cards(dice: Random) -> str:
    """Teasers of other stories."""
    return "".join(
        f'<div class="card"><a href="/2026/{n}"><img src="/i/{dice.randrange(10**9)}.jpg" alt="" width="300">'
        f"<h3>More on the bridge, part {n}</h3></a><p>Read what the board of the harbour decided.</p></div>\n"
        for n in range(30)
    )


def style(dice: Random) -> str:
    """A style sheet."""
    return "".join(f".item-{n}{{margin:{dice.randrange(99)}px;color:#{dice.randrange(16**6):06x}}}" for n in range(150))


def script(dice: Random, size: int) -> str:
    """A script of about so many bytes."""
    line = "window.queue.push({{slot:{},size:[{},250],lazy:true}});"
    lines = (line.format(dice.randrange(10**6), dice.randrange(900)) for _ in range(size // 50))
    return "".join(lines)
