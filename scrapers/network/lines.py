"""A line to one host: its single connection, the turns that requests take on it, and what its robots.txt said."""

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus

import httpcore2

from claims.drafts import Validators
from scrapers.addresses import Address
from scrapers.errors import FetchFailed
from scrapers.network.connector import Connector, WatchedStream
from scrapers.network.content import HTML_TYPES, Content, media_type_of, refuse_type
from scrapers.network.decoding import ACCEPT_ENCODING, BadEncoding, Body, TooBig
from scrapers.network.exchange import Exchange
from scrapers.network.robots import MAX_ROBOTS_BYTES, Robots

KEEP_ALIVE_S = 15.0
SHORT_BODY_BYTES = 65_536
# A whole page of 10 MB comes in some thousand pieces; one in pieces of a byte each only costs time.
MAX_PIECES = 50_000
BROKEN_CONNECTION = (httpcore2.ReadError, httpcore2.WriteError, httpcore2.RemoteProtocolError)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of an address: content that the caller can use, and whether it changed since known was given.

    from_outside tells that a site which settings do not allow sent us there, so that what they allow does not hold.
    """

    address: Address
    accept: Content
    known: Validators = field(default_factory=Validators)
    from_outside: bool = False

    def request(self, user_agent: str) -> httpcore2.Request:
        """The request; its parts are handed over as they were parsed, so nobody parses the address again."""
        address = self.address
        scheme, host, target = address.scheme.encode(), address.host.encode(), address.target.encode()
        optional = (("If-None-Match", self.known.etag), ("If-Modified-Since", self.known.last_modified))
        return httpcore2.Request(
            "GET",
            httpcore2.URL(scheme=scheme, host=host, port=address.port, target=target),
            headers=[
                ("Host", address.authority),
                ("User-Agent", user_agent),
                ("Accept", self.accept.accept),
                ("Accept-Encoding", ACCEPT_ENCODING),
                *((name, value) for name, value in optional if value),
            ],
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request brought: the body is unpacked, and empty unless the status is 200."""

    address: Address
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """The value of the first header of this name, or nothing."""
        return first_header(self.headers, name)


class Connection(httpcore2.HTTP11Connection):
    """A connection that leaves it to the exchange to give up an answer's head, which has a word for it."""

    MAX_INCOMPLETE_EVENT_SIZE = 262_144


class Line:
    """The way to one host, for one request at a time; delay_s is the pause between two of them.

    users counts the fetches that hold this line at the moment; whoever keeps the lines counts. robots holds the rules
    of the host's origins (there are two where it answers http and https, more with odd ports).
    """

    def __init__(self, connector: Connector, user_agent: str, delay_s: float) -> None:
        self.users = 0
        self.delay_s = self._own_delay_s = delay_s
        self.robots: dict[str, Robots] = {}
        self._robots_lock = threading.Lock()
        self._connector = connector
        self._user_agent = user_agent
        self._turn = threading.Lock()
        self._last_asked_s = -math.inf
        self._rests_until_s = -math.inf
        self._rests_since = ""
        self._origin = ""
        self._stream: WatchedStream | None = None
        self._connection: Connection | None = None

    @property
    def is_resting(self) -> bool:
        """Whether the host asked for a pause that is not over."""
        return self._rests_until_s > time.monotonic()

    def ask(self, question: Question, exchange: Exchange) -> Answer:
        """The host's answer, once it is our turn; FetchFailed and the like as Fetcher.fetch describes them."""
        with self._own_turn(question.address.host, exchange), self._named_failures(exchange):
            response = self._response(question, exchange)
            try:
                return read_answer(question, response, exchange)
            finally:
                response.close()

    def rest(self, rest_s: float, why: str) -> None:
        """Ask nothing for so many seconds, since the host wants it so; a pause that is longer already stays."""
        until_s = time.monotonic() + rest_s
        if until_s > self._rests_until_s:
            self._rests_until_s, self._rests_since = until_s, why

    @contextmanager
    def reading_robots(self, host: str, exchange: Exchange) -> Iterator[None]:
        """Let one fetch at a time read the rules, and the others wait for it."""
        with waiting_for(self._robots_lock, host, exchange):
            yield

    @property
    def robots_lines(self) -> int:
        """How many lines the rules have that are kept here: what they weigh."""
        return sum(rules.lines for rules in list(self.robots.values()))

    def keep_robots(self, origin: str, rules: Robots, max_delay_s: float) -> None:
        """Obey these rules of the origin from now on, its Crawl-delay included, up to max_delay_s."""
        self.robots = {**self.robots, origin: rules}
        asked_s = max(kept.crawl_delay_s for kept in self.robots.values())
        self.delay_s = max(self._own_delay_s, min(asked_s, max_delay_s))

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = self._stream = None

    @contextmanager
    def _own_turn(self, host: str, exchange: Exchange) -> Iterator[None]:
        """Wait until nobody else is asking and the pause is over; HostResting where that takes longer than we have."""
        self._refuse_to_rest(host, exchange)
        with waiting_for(self._turn, host, exchange):
            self._refuse_to_rest(host, exchange)
            time.sleep(max(0.0, self._rests_until_s - time.monotonic()))
            delay_s = max(0.0, self._last_asked_s + self.delay_s - time.monotonic())
            if delay_s > exchange.patience_s:
                raise exchange.resting(host, "it wants a pause between two requests", delay_s)
            time.sleep(delay_s)
            exchange.waited(delay_s)
            try:
                yield
            finally:
                self._last_asked_s = time.monotonic()

    def _refuse_to_rest(self, host: str, exchange: Exchange) -> None:
        """Raise HostResting where the host wants a pause beyond the deadline."""
        rest_s = self._rests_until_s - time.monotonic()
        if rest_s > max(0.0, exchange.remaining_s):
            raise exchange.resting(host, self._rests_since, rest_s)

    def _response(self, question: Question, exchange: Exchange) -> httpcore2.Response:
        """The answer up to its headers."""
        request = question.request(self._user_agent)
        kept = self._kept_connection(question, exchange)
        if kept is not None:
            try:
                return self._head(kept, request, exchange)
            except BROKEN_CONNECTION:
                pass  # the server hung up between two requests, as it may: ask once more on a new connection
        self.close()
        self._stream = self._connector.open(question.address, exchange, from_outside=question.from_outside)
        self._origin = question.address.origin
        self._connection = Connection(request.url.origin, self._stream, KEEP_ALIVE_S)
        return self._head(self._connection, request, exchange)

    def _kept_connection(self, question: Question, exchange: Exchange) -> Connection | None:
        """The connection that is open, if it leads there, can be used again, and was open to whoever sent us there."""
        kept = self._connection
        if kept is None or self._stream is None or self._origin != question.address.origin:
            return None
        if question.from_outside and question.address in self._connector.allowed:
            return None
        if not kept.is_available() or kept.has_expired():
            return None
        self._stream.exchange = exchange
        return kept

    def _head(self, connection: Connection, request: httpcore2.Request, exchange: Exchange) -> httpcore2.Response:
        """The answer up to its headers, on this connection."""
        exchange.begin_head()
        response = connection.handle_request(request)
        exchange.end_head()
        sizes = [len(name) + len(value) for name, value in response.headers]
        if len(sizes) > exchange.limits.max_headers or sum(sizes) > exchange.limits.max_head_bytes:
            response.close()
            raise exchange.endless_head()
        return response

    def _is_cut(self, error: Exception) -> bool:
        """Whether the connection broke, as it may at any time; else the server said what no HTTP server says."""
        is_protocol = isinstance(error, httpcore2.RemoteProtocolError)
        return not is_protocol or (self._stream is not None and self._stream.has_ended)

    @contextmanager
    def _named_failures(self, exchange: Exchange) -> Iterator[None]:
        """Turn what the network, HTTP and the packing can raise into the one line that a reviewer gets."""
        try:
            yield
        except httpcore2.TimeoutException as error:
            raise exchange.too_slow() from error
        except BROKEN_CONNECTION as error:
            what = "the server hung up or did not answer in HTTP; check the address or try again later"
            raise FetchFailed(exchange.url, what, may_pass=self._is_cut(error)) from error
        except TooBig as error:
            what = f"the answer is over {error.max_bytes / 1e6:g} MB, more than Claimline reads; give a shorter page"
            raise FetchFailed(exchange.url, what) from error
        except BadEncoding as error:
            raise FetchFailed(exchange.url, f"the answer is {error}; try again later", may_pass=True) from error


@contextmanager
def waiting_for(lock: threading.Lock, host: str, exchange: Exchange) -> Iterator[None]:
    """Hold the lock, once it is free; HostResting where other fetches of ours hold it longer than we can wait."""
    waiting_since_s = time.monotonic()
    if not lock.acquire(timeout=max(0.0, exchange.patience_s)):
        raise exchange.resting(host, "other pages of it are being fetched", exchange.limits.max_wait_s)
    try:
        exchange.waited(time.monotonic() - waiting_since_s)
        yield
    finally:
        lock.release()


def read_answer(question: Question, response: httpcore2.Response, exchange: Exchange) -> Answer:
    """The whole answer; UnreadablePage before its body is read where the type is none that the caller can use."""
    headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers)
    length_text = first_header(headers, "content-length")
    length = int(length_text) if length_text.isdecimal() and length_text.isascii() else None
    if response.status != HTTPStatus.OK:
        if length is not None and length <= SHORT_BODY_BYTES:
            # Read to its end, the connection can serve the next request; if it has no end, the status still counts.
            with suppress(FetchFailed, httpcore2.TimeoutException):
                pour(response, exchange, lambda piece: None)
        return Answer(question.address, response.status, headers, b"")
    content_type = first_header(headers, "content-type")
    refuse_type(exchange.url, content_type, question.accept)
    packing = ", ".join(value for name, value in headers if name.lower() == "content-encoding")
    if question.accept is Content.ROBOTS:
        return Answer(question.address, response.status, headers, beginning(response, exchange, packing))
    is_html = media_type_of(content_type) in HTML_TYPES
    max_bytes = exchange.limits.max_html_bytes if is_html else exchange.limits.max_bytes
    body = Body(packing, max_bytes)
    if length is not None and length > max_bytes:
        raise TooBig(max_bytes)
    pour(response, exchange, body.feed)
    return Answer(question.address, response.status, headers, body.finish())


def beginning(response: httpcore2.Response, exchange: Exchange, packing: str) -> bytes:
    """The body as far as a robots.txt must be read; what follows is left unread."""
    body = Body(packing, MAX_ROBOTS_BYTES)
    try:
        pour(response, exchange, body.feed)
    except TooBig:
        return body.so_far()
    return body.finish()


def pour(response: httpcore2.Response, exchange: Exchange, into: Callable[[bytes], None]) -> None:
    """Read the body to its end, piece by piece."""
    try:
        for number, piece in enumerate(response.iter_stream()):
            if number > MAX_PIECES:
                what = f"the answer comes in over {MAX_PIECES} pieces; give another address"
                raise FetchFailed(exchange.url, what)
            into(piece)
    except BROKEN_CONNECTION as error:
        raise exchange.broken_off() from error


def first_header(headers: tuple[tuple[str, str], ...], name: str) -> str:
    """The value of the first header of this name, or nothing."""
    return next((value for key, value in headers if key.lower() == name), "")
