"""Hosts that misbehave before a body comes: in TLS, in the status line, in the headers."""

import time
from socket import socket

from scrapers.errors import FetchFailed, HostUnreachable
from tests.hostile.bodies import endless, one, reset
from tests.hostile.case import Case, Certificate, Refused, Stored
from tests.hostile.stories import story, text_of, told
from tests.scrapers.site import answer, cut_off, dripping

NOT_HTTP = Refused("hung up or did not answer in HTTP|broke|over", (FetchFailed,))
TOO_SLOW = Refused("no whole answer within|said nothing for", (FetchFailed,))
NO_TLS = Refused("no encrypted connection|no whole answer within|said nothing for", (HostUnreachable, FetchFailed))
UNTRUSTED = Refused("certificate is not to be trusted", (HostUnreachable,))
START = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def with_headers(name: str, headers: bytes) -> bytes:
    """A story behind these headers."""
    body = story(name).encode()
    return START + headers + b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def encrypted(name: str, ends: Refused, certificate: Certificate) -> Case:
    """A story behind a certificate that proves nothing."""
    return Case(name, ends, {"/story": answer(story(name))}, scheme="https", certificate=certificate)


def silent(connection: socket) -> None:
    """Take the connection and say nothing."""
    time.sleep(600)


def drip_record(connection: socket) -> None:
    """Begin a TLS record of 16 KiB and send it a byte at a time."""
    dripping(b"\x16\x03\x03\x40\x00", b"\x02", 0.2)(connection)


def hello_then_reset(connection: socket) -> None:
    """Listen to the client's hello, and hang up the hard way."""
    connection.recv(4_096)
    reset(b"")(connection)


CASES = (
    one("no-answer", TOO_SLOW, lambda connection: time.sleep(600)),
    one("hangs-up-at-once", NOT_HTTP, cut_off(b"")),
    one("reset-before-headers", NOT_HTTP, reset(b"")),
    one("reset-in-headers", NOT_HTTP, reset(START + b"X-Half: ")),
    one("cut-in-headers", NOT_HTTP, cut_off(START + b"X-Half: ")),
    one("dripping-status-line", TOO_SLOW, dripping(b"", b"H", 0.2)),
    one("dripping-header", TOO_SLOW, dripping(START + b"X-Long: ", b"x", 0.2)),
    one("dripping-headers", TOO_SLOW, dripping(START, b"X-More: 1\r\n", 0.2)),
    one("endless-headers", NOT_HTTP, endless(START, b"X-More: yes\r\n" * 1_000)),
    one("endless-header", NOT_HTTP, endless(START + b"X-Long: ", b"x" * 65_536)),
    one("endless-status-line", NOT_HTTP, endless(b"", b"HTTP" * 16_384)),
    one("10000-headers", NOT_HTTP, cut_off(with_headers("x", b"".join(b"X-%d: yes\r\n" % n for n in range(10_000))))),
    one("header-of-1-mb", NOT_HTTP, cut_off(with_headers("x", b"X-Long: " + b"x" * 1_000_000 + b"\r\n"))),
    one("cookies-of-1-mb", NOT_HTTP, cut_off(with_headers("x", b"Set-Cookie: a=b\r\n" * 60_000))),
    one(
        "endless-informing",
        Refused("over|did not answer in HTTP|no whole|inform", (FetchFailed,)),
        endless(b"", b"HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n" * 500),
    ),
    one("dripping-informing", TOO_SLOW, dripping(b"", b"HTTP/1.1 102 Processing\r\n\r\n", 0.2)),
    Case(
        "informed-once",
        told("informed-once"),
        {"/story": b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + answer(story("informed-once"))},
    ),
    one("http-0.9", NOT_HTTP, cut_off(story("http-0.9").encode())),
    Case("http-1.0", told("http-1.0"), {"/story": cut_off(b"HTTP/1.0" + answer(story("http-1.0"))[8:])}),
    Case(
        "http-9", Stored(text_of("http-9"), at_least=0), {"/story": cut_off(b"HTTP/9.9" + answer(story("http-9"))[8:])}
    ),
    one("garbage", NOT_HTTP, cut_off(bytes(range(256)) * 20)),
    one("ssh", NOT_HTTP, cut_off(b"SSH-2.0-OpenSSH_9.9\r\n")),
    one("smtp", NOT_HTTP, cut_off(b"220 mail.example ESMTP\r\n")),
    one("status-of-words", NOT_HTTP, cut_off(b"HTTP/1.1 fine OK\r\n\r\n" + story("x").encode())),
    one("status-999", Refused("999", (FetchFailed,)), answer(b"", status="999 Request Denied")),
    one("status-000", Refused("0|did not answer in HTTP", (FetchFailed,)), cut_off(answer(b"", status="000 None"))),
    one(
        "switching-protocols",
        Refused("101|did not answer in HTTP|no whole", (FetchFailed,)),
        cut_off(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"),
    ),
    one("header-with-nul", NOT_HTTP, cut_off(with_headers("x", b"X-Nul: a\0b\r\n"))),
    one("header-without-colon", NOT_HTTP, cut_off(with_headers("x", b"no colon here\r\n"))),
    one(
        "header-split",
        Refused("hung up|did not answer in HTTP|broke|sends us on|404", (FetchFailed,)),
        cut_off(b"HTTP/1.1 302 Found\r\nLocation: /x\r\n\nX: y\r\n\r\n"),
    ),
    Case("header-folded", told("header-folded"), {"/story": with_headers("header-folded", b"X-Folded: a\r\n b\r\n")}),
    Case("tls-good", told("tls-good"), {"/story": answer(story("tls-good"))}, scheme="https"),
    encrypted("tls-expired", UNTRUSTED, Certificate.EXPIRED),
    encrypted("tls-other-name", UNTRUSTED, Certificate.OTHER_NAME),
    encrypted("tls-unknown-authority", UNTRUSTED, Certificate.UNKNOWN_AUTHORITY),
    Case("tls-silent", NO_TLS, scheme="https", raw=silent),
    Case("tls-drips", NO_TLS, scheme="https", raw=drip_record),
    Case("tls-reset", NO_TLS, scheme="https", raw=hello_then_reset),
    Case("tls-garbage", NO_TLS, scheme="https", raw=cut_off(b"\xff" * 5_000)),
    Case("tls-is-http", NO_TLS, scheme="https", raw=cut_off(answer(story("tls-is-http")))),
)
