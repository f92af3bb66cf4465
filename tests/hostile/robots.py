"""Hosts whose robots.txt is in every state that one can be in."""

import time

from scrapers.errors import FetchFailed, FetchRefused, HostUnreachable
from tests.hostile import packing
from tests.hostile.bodies import endless, with_encoding
from tests.hostile.case import CANARY_NAME, Case, Refused
from tests.hostile.redirects import sent_to
from tests.hostile.stories import story, told
from tests.scrapers.site import Answer, answer, cut_off, dripping

UNREADABLE = Refused("robots.txt could not be read", (FetchRefused, FetchFailed))
FORBIDDEN = Refused("robots.txt asks us not to", (FetchRefused,))
NOT_OURS = Refused("robots.txt|sends us on|private", (FetchRefused, FetchFailed, HostUnreachable))
TEXT = "Content-Type: text/plain"
PLAIN = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"


def open_to(name: str, robots: Answer) -> Case:
    """A host whose robots.txt lets us read its story."""
    return Case(name, told(name), {"/robots.txt": robots, "/story": answer(story(name))})


def closed(name: str, ends: Refused, robots: Answer, **more: Answer) -> Case:
    """A host whose robots.txt does not."""
    return Case(name, ends, {"/robots.txt": robots, "/story": answer(story(name)), **more})


CASES = (
    *(
        open_to(f"robots-{status[:3]}", answer(b"no", status=status))
        for status in ("400 Bad", "401 Who", "403 No", "404 None", "410 Gone", "451 Law")
    ),
    *(
        closed(f"robots-{status[:3]}", UNREADABLE, answer(b"", status=status))
        for status in ("500 Oops", "502 Bad", "503 Later")
    ),
    closed("robots-503-huge-retry-after", UNREADABLE, answer(b"", "Retry-After: 999999999", status="503 Later")),
    # RFC 9309 counts 429 among the answers that allow everything; who is asked for less does better to wait.
    closed("robots-429", UNREADABLE, answer(b"", "Retry-After: 999999999", status="429 No")),
    closed("robots-silent", UNREADABLE, lambda connection: time.sleep(600)),
    closed("robots-drips", UNREADABLE, dripping(PLAIN, b"#", 0.2)),
    closed("robots-hangs-up", UNREADABLE, cut_off(b"")),
    # Of a file without end, what RFC 9309 wants read is read.
    open_to("robots-endless", endless(PLAIN, b"# and so on\n" * 5_000)),
    open_to("robots-bomb", with_encoding(packing.gzip_bomb(), "gzip")),
    closed("robots-to-canary", NOT_OURS, sent_to(f"http://{CANARY_NAME}/robots.txt")),
    closed("robots-to-metadata", NOT_OURS, sent_to("http://169.254.169.254/")),
    closed("robots-to-file", NOT_OURS, sent_to("file:///etc/hostname")),
    closed("robots-loop", Refused("robots.txt", (FetchRefused,)), sent_to("/robots.txt")),
    Case(
        "robots-five-hops",
        FORBIDDEN,
        {"/robots.txt": sent_to("/1")}
        | {f"/{n}": sent_to(f"/{n + 1}") for n in range(1, 5)}
        | {"/5": answer("User-agent: *\nDisallow: /", TEXT), "/story": answer(story("x"))},
    ),
    open_to("robots-html", answer("<!doctype html><html><body><h1>Not found</h1></body></html>")),
    open_to("robots-binary", answer(bytes(range(256)) * 500, "Content-Type: application/octet-stream")),
    open_to("robots-nul", answer(bytes(100_000), TEXT)),
    open_to("robots-empty", answer(b"", TEXT)),
    closed("robots-600-kb", FORBIDDEN, answer("User-agent: *\nDisallow: /\n" + "# a remark\n" * 55_000, TEXT)),
    open_to("robots-600-kb-then-closed", answer("# a remark\n" * 55_000 + "User-agent: *\nDisallow: /\n", TEXT)),
    closed("robots-bom", FORBIDDEN, answer(b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n", TEXT)),
    closed("robots-disallow-all", FORBIDDEN, answer("User-agent: *\nDisallow: /\n", TEXT)),
    closed(
        "robots-disallow-us", FORBIDDEN, answer("User-agent: *\nAllow: /\n\nUser-agent: claimline\nDisallow: /\n", TEXT)
    ),
    closed("robots-old-mac-lines", FORBIDDEN, answer("User-agent: *\rDisallow: /\r", TEXT)),
    closed(
        "robots-wildcards", FORBIDDEN, answer("User-agent: *\nDisallow: /" + "*a" * 200 + "\nDisallow: /*o*y$\n", TEXT)
    ),
    open_to(
        "robots-20000-agents",
        answer("".join(f"User-agent: bot{n}\n" for n in range(20_000)) + "Disallow: /\n" * 20_000, TEXT),
    ),
    open_to("robots-long-line", answer("User-agent: *\nDisallow: /" + "x" * 400_000 + "\n", TEXT)),
    open_to("robots-crawl-delay", answer("User-agent: *\nCrawl-delay: 1000000000\n", TEXT)),
    open_to("robots-crawl-delay-negative", answer("User-agent: *\nCrawl-delay: -1\n", TEXT)),
    open_to("robots-crawl-delay-nan", answer("User-agent: *\nCrawl-delay: nan\n", TEXT)),
    open_to("robots-crawl-delay-inf", answer("User-agent: *\nCrawl-delay: inf\n", TEXT)),
    open_to("robots-crawl-delay-words", answer("User-agent: *\nCrawl-delay: a while\n", TEXT)),
    open_to("robots-sitemap-elsewhere", answer(f"User-agent: *\nSitemap: http://{CANARY_NAME}/sitemap.xml\n", TEXT)),
)
