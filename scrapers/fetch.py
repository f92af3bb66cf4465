"""One function that asks the web for something, and owns every rule of how Claimline does so."""

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from types import TracebackType
from typing import Self

import httpcore2

from claims.drafts import Page, Validators
from claims.errors import InvalidDraft
from claims.settings import Settings
from scrapers import robots
from scrapers.addresses import DEFAULT_PORTS, Address, join, parse, parse_authority
from scrapers.connector import Connector, Exchange, Resolve, look_up
from scrapers.content import Content, refuse_body
from scrapers.errors import FetchFailed, FetchRefused, HostUnreachable, ScrapeError
from scrapers.lines import Answer, Line
from scrapers.robots import Robots

__all__ = ["Content", "Fetcher", "Limits"]

MAX_LINES = 256
ROBOTS_LIFE_S = 24 * 3600.0  # RFC 9309, 2.4
UNREACHABLE_ROBOTS_LIFE_S = 300.0
MAX_TARGET_CHARS = 100
REDIRECTS = frozenset((301, 302, 303, 307, 308))
WHAT_TO_DO = {
    401: "the site wants a password; save the page in a browser and ingest the file",
    402: "the site wants to be paid; save the page in a browser and ingest the file",
    403: "the site does not let us in; save the page in a browser and ingest the file",
    404: "check the address",
    410: "the page is gone; look for it in a web archive",
    429: "the site wants fewer requests; try again later",
    451: "the page is withheld for legal reasons; look for it in a web archive",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost, and how long we wait between two requests to one origin.

    The deadline and the bytes on the wire hold for a whole fetch, redirects and robots.txt included; max_bytes holds
    for the unpacked body. No delay for hosts that settings allow by name; max_delay_s caps what a Crawl-delay asks.
    """

    deadline_s: float = 20.0
    connect_s: float = 6.0
    max_bytes: int = 10_000_000
    max_wire_bytes: int = 12_000_000
    max_redirects: int = 5
    delay_s: float = 0.5
    max_delay_s: float = 10.0


class Fetcher:
    """Asks the web, politely and safely; to be closed, or used in a with statement.

    Several threads may share one: requests to one origin take turns on one connection, those to different origins
    run side by side. resolve looks host names up, tls checks certificates. InvalidDraft where a host that settings
    allow is none.
    """

    def __init__(
        self,
        settings: Settings,
        limits: Limits = Limits(),
        *,
        resolve: Resolve = look_up,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._user_agent = settings.user_agent
        self._allowed_hosts = frozenset(allowed_host(entry) for entry in settings.allow_hosts)
        self._limits = limits
        self._resolve = resolve
        self._tls = tls
        self._lines: dict[str, Line] = {}
        self._lines_lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        with self._lines_lock:
            for line in self._lines.values():
                line.close()
            self._lines.clear()

    def fetch(self, url: str, accept: Content) -> Page:
        """The page at the address, whole and unpacked, after at most five redirects.

        Raises FetchRefused (not to be asked), FetchFailed (no whole page came) or UnreadablePage (not the content
        that the caller can use), each with the address that was given.
        """
        page = self._fetch(url, accept, Validators())
        if page is None:
            raise FetchFailed(url, f"the server answered {status_line(HTTPStatus.NOT_MODIFIED)}")
        return page

    def fetch_again(self, url: str, accept: Content, known: Validators) -> Page | None:
        """The page as fetch gives it, or None where the server says that it is what these validators came with."""
        return self._fetch(url, accept, known)

    def _fetch(self, url: str, accept: Content, known: Validators) -> Page | None:
        """The page, or None where it is still the one with these validators."""
        exchange = Exchange(url, self._limits.deadline_s, self._limits.max_wire_bytes)
        exchange.known = known
        answer = self._followed(parse(url), exchange, accept)
        if answer.status == HTTPStatus.NOT_MODIFIED and known:
            return None
        if answer.status != HTTPStatus.OK:
            failed = FetchFailed(url, f"the server answered {status_line(answer.status)}")
            failed.status = answer.status
            raise failed
        content_type = answer.header("content-type")
        refuse_body(url, content_type, answer.body, accept)
        now = datetime.now(UTC)
        return Page(url, answer.address.url, answer.status, answer.headers, answer.body, content_type, now)

    def _followed(self, asked: Address, exchange: Exchange, accept: Content) -> Answer:
        """The answer at the end of the redirects."""
        hop = asked
        for _ in range(self._limits.max_redirects + 1):
            try:
                answer = self._answer(hop, exchange, accept)
            except ScrapeError as error:
                if hop == asked:
                    raise
                raise sent_on(exchange, hop.url, error) from error
            location = answer.header("location")
            if answer.status not in REDIRECTS or not location:
                return answer
            hop = next_hop(exchange, hop, location)
        what = f"the server sends us on more than {self._limits.max_redirects} times; give the address it should end at"
        raise FetchFailed(exchange.url, what)

    def _answer(self, address: Address, exchange: Exchange, accept: Content) -> Answer:
        """The answer of one address, asked only if its origin's robots.txt allows."""
        with self._line_to(address, exchange) as line:
            if accept is not Content.ROBOTS:
                refusal = self._robots(line, address, exchange).refusal(address)
                if refusal:
                    raise FetchRefused(exchange.url, refusal)
            return line.ask(address, exchange, accept, self._limits.max_bytes)

    @contextmanager
    def _line_to(self, address: Address, exchange: Exchange) -> Iterator[Line]:
        """The line to the address's origin, kept for the next fetch; the one that rested longest makes room."""
        with self._lines_lock:
            line = self._lines.pop(address.origin, None) or self._new_line(address, exchange)
            self._lines[address.origin] = line
            line.users += 1
            resting = [origin for origin, other in self._lines.items() if not other.users]
            for origin in resting[: max(0, len(self._lines) - MAX_LINES)]:
                self._lines.pop(origin).close()
        try:
            yield line
        finally:
            with self._lines_lock:
                line.users -= 1

    def _new_line(self, address: Address, exchange: Exchange) -> Line:
        """A line to an origin that was not asked yet; FetchRefused for a port that is not the scheme's own."""
        is_allowed = not self._allowed_hosts.isdisjoint(((address.host, None), (address.host, address.port)))
        if address.port != DEFAULT_PORTS[address.scheme] and not is_allowed:
            what = f"port {address.port} is not asked; to allow it, add {address.authority} to CLAIMLINE_ALLOW_HOSTS"
            raise FetchRefused(exchange.url, what)
        if address.scheme == "https" and self._tls is None:
            self._tls = httpcore2.default_ssl_context()  # only now, because it takes a tenth of a second
        connector = Connector(self._resolve, self._limits.connect_s, may_be_private=is_allowed)
        return Line(connector, self._tls, self._user_agent, 0.0 if is_allowed else self._limits.delay_s)

    def _robots(self, line: Line, address: Address, exchange: Exchange) -> Robots:
        """The rules of the origin, read at most once a day, and again after five minutes where that failed."""
        waiting_since_s = time.monotonic()
        with line.robots_lock:
            exchange.pause(time.monotonic() - waiting_since_s)  # another fetch was reading them
            if line.robots is None or line.robots_until_s < time.monotonic():
                line.robots = self._read_robots(address, exchange)
                life_s = UNREACHABLE_ROBOTS_LIFE_S if line.robots.unreachable else ROBOTS_LIFE_S
                line.robots_until_s = time.monotonic() + life_s
                line.delay_s = max(line.delay_s, min(line.robots.crawl_delay_s, self._limits.max_delay_s))
            return line.robots

    def _read_robots(self, address: Address, exchange: Exchange) -> Robots:
        """The rules as the origin states them now (RFC 9309, 2.3.1): none where its robots.txt answers 4xx.

        A host that cannot be reached at all raises what asking for the page would.
        """
        robots_address = Address(address.scheme, address.host, address.port, robots.PATH)
        try:
            answer = self._followed(robots_address, exchange, Content.ROBOTS)
        except HostUnreachable:
            raise
        except FetchFailed as error:
            return robots.unreachable_robots(error.what)
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return robots.unreachable_robots(f"the server answered {status_line(answer.status)}")
        return robots.read_robots(answer.body, self._user_agent)


def next_hop(exchange: Exchange, hop: Address, location: str) -> Address:
    """The address that a redirect points to; FetchRefused where it would leave https for http."""
    try:
        target = join(hop, utf8_if_it_is(location))
    except FetchRefused as error:
        raise sent_on(exchange, location, error) from error
    if (hop.scheme, target.scheme) == ("https", "http"):
        what = f"the site sends us on to {target.url} without encryption; check the address"
        raise FetchRefused(exchange.url, what)
    return target


def utf8_if_it_is(header: str) -> str:
    """The header's value, which was read as Latin-1, as the UTF-8 that it may be."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return header


def sent_on(exchange: Exchange, target: str, error: ScrapeError) -> ScrapeError:
    """The same error, telling that it met us at an address that a redirect led to."""
    shown = target if len(target) <= MAX_TARGET_CHARS else f"{target[:MAX_TARGET_CHARS]}…"
    return type(error)(exchange.url, f"the site sends us on to {shown}: {error.what}")


def status_line(status: int) -> str:
    """The status with its registered name, and what the person who asked can do."""
    try:
        name = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        name = str(status)
    by_class = (
        "the site is in trouble; try again later" if status >= 500 else "there is nothing to read; check the address"
    )
    return f"{name}; {WHAT_TO_DO.get(status, by_class)}"


def allowed_host(entry: str) -> tuple[str, int | None]:
    """Host and, where given, port of an entry of CLAIMLINE_ALLOW_HOSTS."""
    is_bare_ipv6 = entry.count(":") > 1 and not entry.startswith("[")
    try:
        return parse_authority(entry, f"[{entry}]" if is_bare_ipv6 else entry)
    except FetchRefused as error:
        raise InvalidDraft(
            f"CLAIMLINE_ALLOW_HOSTS: {entry!r} is no host; write a name or an address, and :port for one alone."
        ) from error
