"""What one request asks of a host, and what it brings: its headers, and a body unpacked within its bounds."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus

import httpcore2

from claims.drafts import Validators
from scrapers.addresses import Address
from scrapers.errors import FetchFailed
from scrapers.network.content import HTML_TYPES, Content, media_type_of, refuse_type
from scrapers.network.decoding import ACCEPT_ENCODING, Body, TooBig
from scrapers.network.exchange import Exchange
from scrapers.network.robots import MAX_ROBOTS_BYTES

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
