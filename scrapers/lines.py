"""A line to one origin: its single connection, the turns that requests take on it, and what its robots.txt said."""

import math
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus

import httpcore2

from claims.drafts import Validators
from scrapers.addresses import Address
from scrapers.connector import Connector, Exchange
from scrapers.content import Content, refuse_type
from scrapers.decoding import ACCEPT_ENCODING, BadEncoding, Body, TooBig
from scrapers.errors import FetchFailed, HostUnreachable
from scrapers.robots import Robots

KEEP_ALIVE_S = 15.0
SHORT_BODY_BYTES = 65_536
BROKEN_CONNECTION = (httpcore2.ReadError, httpcore2.WriteError, httpcore2.RemoteProtocolError)


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


class Line:
    """The way to one origin, for one request at a time; delay_s is the pause between two of them.

    users counts the fetches that hold this line at the moment; whoever keeps the lines counts.
    """

    def __init__(self, connector: Connector, tls: ssl.SSLContext | None, user_agent: str, delay_s: float) -> None:
        self.users = 0
        self.delay_s = delay_s
        self.robots_lock = threading.Lock()
        self.robots: Robots | None = None
        self.robots_until_s = 0.0
        self._connector = connector
        self._tls = tls
        self._user_agent = user_agent
        self._turn = threading.Lock()
        self._last_asked_s = -math.inf
        self._connection: httpcore2.HTTPConnection | None = None

    def ask(self, address: Address, exchange: Exchange, accept: Content, max_bytes: int) -> Answer:
        """The origin's answer, once it is our turn; FetchFailed and the like as Fetcher.fetch describes them."""
        with self._own_turn(exchange), named_failures(exchange, max_bytes):
            response = self._response(address, accept, exchange.known)
            try:
                return read_answer(address, response, exchange, accept, max_bytes)
            finally:
                response.close()

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @contextmanager
    def _own_turn(self, exchange: Exchange) -> Iterator[None]:
        """Wait until nobody else is asking and the pause is over, which costs the exchange no time."""
        waiting_since_s = time.monotonic()
        with self._turn:
            time.sleep(max(0.0, self._last_asked_s + self.delay_s - time.monotonic()))
            exchange.pause(time.monotonic() - waiting_since_s)
            self._connector.exchange = exchange
            try:
                yield
            finally:
                self._last_asked_s = time.monotonic()

    def _response(self, address: Address, accept: Content, known: Validators) -> httpcore2.Response:
        """The answer up to its headers."""
        request = request_for(address, accept, self._user_agent, known)
        kept = self._connection
        if kept is not None and kept.is_available() and not kept.has_expired():
            try:
                return kept.handle_request(request)
            except BROKEN_CONNECTION:
                pass  # the server hung up between two requests, as it may: ask once more on a new connection
        self.close()
        self._connection = httpcore2.HTTPConnection(
            request.url.origin, ssl_context=self._tls, keepalive_expiry=KEEP_ALIVE_S, network_backend=self._connector
        )
        return self._connection.handle_request(request)


def request_for(address: Address, accept: Content, user_agent: str, known: Validators) -> httpcore2.Request:
    """The request; its parts are handed over as they were parsed, so nobody parses the address again."""
    scheme, host, target = address.scheme.encode(), address.host.encode(), address.target.encode()
    return httpcore2.Request(
        "GET",
        httpcore2.URL(scheme=scheme, host=host, port=address.port, target=target),
        headers=[
            ("Host", address.authority),
            ("User-Agent", user_agent),
            ("Accept", accept.accept),
            ("Accept-Encoding", ACCEPT_ENCODING),
            *([("If-None-Match", known.etag)] if known.etag and accept is not Content.ROBOTS else []),
            *(
                [("If-Modified-Since", known.last_modified)]
                if known.last_modified and accept is not Content.ROBOTS
                else []
            ),
        ],
    )


def conditions(known: Validators) -> list[tuple[str, str]]:
    """The headers that ask for the page only if it is another than the one with these validators."""
    named = (("If-None-Match", known.etag), ("If-Modified-Since", known.last_modified))
    return [(name, value) for name, value in named if value]


def read_answer(
    address: Address, response: httpcore2.Response, exchange: Exchange, accept: Content, max_bytes: int
) -> Answer:
    """The whole answer; UnreadablePage before its body is read where the type is none that the caller can use."""
    headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers)
    length_text = first_header(headers, "content-length")
    length = int(length_text) if length_text.isdecimal() and length_text.isascii() else None
    if response.status != HTTPStatus.OK:
        if length is not None and length <= SHORT_BODY_BYTES:
            # Read to its end, the connection can serve the next request; if it has no end, the status still counts.
            with suppress(FetchFailed, httpcore2.TimeoutException):
                pour(response, exchange, lambda piece: None)
        return Answer(address, response.status, headers, b"")
    refuse_type(exchange.url, first_header(headers, "content-type"), accept)
    body = Body(first_header(headers, "content-encoding"), max_bytes)
    if length is not None and length > max_bytes:
        raise TooBig
    pour(response, exchange, body.feed)
    return Answer(address, response.status, headers, body.finish())


def pour(response: httpcore2.Response, exchange: Exchange, into: Callable[[bytes], None]) -> None:
    """Read the body to its end, piece by piece."""
    try:
        for piece in response.iter_stream():
            into(piece)
    except BROKEN_CONNECTION as error:
        raise FetchFailed(exchange.url, "the answer broke off before its end; try again later") from error


@contextmanager
def named_failures(exchange: Exchange, max_bytes: int) -> Iterator[None]:
    """Turn what the network, HTTP and the packing can raise into the one line that a reviewer gets."""
    try:
        yield
    except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
        raise HostUnreachable(exchange.url, tls_failure(error)) from error
    except httpcore2.TimeoutException as error:
        raise exchange.too_slow() from error
    except BROKEN_CONNECTION as error:
        what = "the server hung up or did not answer in HTTP; check the address or try again later"
        raise FetchFailed(exchange.url, what) from error
    except TooBig as error:
        what = f"the answer is over {max_bytes / 1e6:g} MB, more than Claimline reads; give a shorter page"
        raise FetchFailed(exchange.url, what) from error
    except BadEncoding as error:
        raise FetchFailed(exchange.url, f"the answer is {error}; try again later") from error


def tls_failure(error: Exception) -> str:
    """Why no encrypted connection came about: the only step that fails so after the host answered."""
    if isinstance(error.__cause__, ssl.SSLCertVerificationError):
        reason = error.__cause__.verify_message
        return f"the site's certificate is not to be trusted ({reason}); check that this is the site you mean"
    return "no encrypted connection could be made; check the address or try again later"


def first_header(headers: tuple[tuple[str, str], ...], name: str) -> str:
    """The value of the first header of this name, or nothing."""
    return next((value for key, value in headers if key.lower() == name), "")
