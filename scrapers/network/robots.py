"""What a site's robots.txt asks of us (RFC 9309), read by Protego."""

import codecs
import math
import re
from dataclasses import dataclass, field
from itertools import islice

from protego import Protego

from claims.drafts import Validators
from scrapers.addresses import Address

PATH = "/robots.txt"
# RFC 9309, 2.5: at least 500 kibibytes must be read.
MAX_ROBOTS_BYTES = 512_000
USER_AGENT_LINE = re.compile(r"\s*user[- ]?agent\s*:?\s*(?P<product>\*|[\w-]+)?", re.IGNORECASE | re.ASCII)
SITEMAP_LINE = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(?P<url>\S+)", re.IGNORECASE | re.MULTILINE)
MAX_SITEMAPS = 500


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one origin, and the product token by which they know us.

    unreachable says why the rules could not be read; then nothing may be asked (RFC 9309, 2.3.1.4). known lets the
    next reading be a conditional one, which is due when the clock of time.monotonic shows due_at_s. lines counts them.
    """

    rules: Protego
    product: str
    unreachable: str = ""
    known: Validators = field(default_factory=Validators)
    due_at_s: float = math.inf
    lines: int = 0

    def refusal(self, address: Address) -> str:
        """Why we may not ask for this address, or nothing."""
        if self.unreachable:
            return f"the site's robots.txt could not be read, so nothing may be: {self.unreachable}"
        if self.rules.can_fetch(address.url, self.product):
            return ""
        return "the site's robots.txt asks us not to read this page; ask the outlet, or save it and ingest the file"

    @property
    def crawl_delay_s(self) -> float:
        """The seconds that the site wants between two of our requests; 0 where it does not say."""
        return self.rules.crawl_delay(self.product) or 0.0  # finite and not negative: Protego sees to that


def read_robots(body: bytes, user_agent: str) -> Robots:
    """The rules in the body of a robots.txt for the product that our user agent begins with.

    An empty body allows everything, and so stands for a site without the file.
    """
    product = user_agent.partition("/")[0]
    lines = [only_for(product, line) for line in text_of(body[:MAX_ROBOTS_BYTES]).splitlines()]
    return Robots(Protego.parse("\n".join(lines)), product, lines=len(lines))


def text_of(body: bytes) -> str:
    """The rules as text: UTF-8 as RFC 9309 wants it, or what a site without that much care may have written."""
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16", errors="replace")
    try:
        return codecs.getincrementaldecoder("utf-8-sig")().decode(body)  # which may be cut within a character
    except UnicodeDecodeError:
        return body.decode("latin-1")


def sitemaps_in(body: bytes) -> tuple[str, ...]:
    """The first sitemaps that a robots.txt names, as they stand there."""
    named = SITEMAP_LINE.finditer(text_of(body[:MAX_ROBOTS_BYTES]))
    return tuple(line["url"] for line in islice(named, MAX_SITEMAPS))


def unreachable_robots(why: str) -> Robots:
    """What holds while an origin's robots.txt cannot be read: nothing may be asked, for this reason."""
    return Robots(Protego(), "", why)


def only_for(product: str, line: str) -> str:
    """The line, with any user agent but "*" and ours replaced by one and the same.

    Protego copies each rule to every agent of its group, so 20,000 agents with 20,000 rules would take it hours; and
    it takes a part of our name for our name, where RFC 9309, 2.2.1, wants the whole.
    """
    match = USER_AGENT_LINE.match(line)
    if match is None:
        return line
    named = (match["product"] or "").lower()
    return f"User-agent: {named if named in {'*', product.lower()} else 'somebody-else'}"
