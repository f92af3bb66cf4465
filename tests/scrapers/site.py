"""A web site on a loopback address that answers as a test tells it to, byte for byte, however hostile."""

import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Self

import trustme

TLS_HELLO = b"\x16\x03"
Answer = bytes | Callable[[socket.socket], None]


class Site:
    """Serves what pages holds by target: whole answers as bytes, or a function that is given the connection.

    A 404 answers everything else, /robots.txt too. requests are the heads of what was asked, in order.
    """

    def __init__(self, *, tls: bool = False) -> None:
        self.pages: dict[str, Answer] = {}
        self.requests: list[str] = []
        self.connections = 0
        self.most_at_once = 0
        self.asking = 0
        self._lock = threading.Lock()
        self._server = Server(("127.0.0.1", 0), Conversation)
        self._server.site = self
        self._server.tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH) if tls else None
        if self._server.tls:
            authority().issue_cert("news.example").configure_cert(self._server.tls)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def asked(self) -> list[str]:
        """The targets that were asked for, without robots.txt."""
        return [head.split()[1] for head in self.requests if head.split()[1] != "/robots.txt"]

    def serve(self, target: str, body: bytes | str = b"", *headers: str, status: str = "200 OK") -> str:
        """Answer the target so from now on; returns its address."""
        self.pages[target] = answer(body, *headers, status=status)
        return self.url + target

    def send_on(self, target: str, location: str, status: str = "302 Found") -> str:
        """Redirect the target; returns its address."""
        return self.serve(target, b"", f"Location: {location}", status=status)

    def reply(self, head: str) -> Answer:
        """What to answer to a request's head."""
        self.requests.append(head)
        return self.pages.get(head.split()[1]) or answer(b"not here", status="404 Not Found")

    def enter(self) -> None:
        """Count somebody who is being answered."""
        with self._lock:
            self.asking += 1
            self.most_at_once = max(self.most_at_once, self.asking)

    def leave(self) -> None:
        """Count somebody less."""
        with self._lock:
            self.asking -= 1


@cache
def authority() -> trustme.CA:
    """Who vouches for the sites of the tests, each of which is news.example."""
    return trustme.CA()


def trusting() -> ssl.SSLContext:
    """What trusts the tests' authority and nobody else."""
    return ssl.create_default_context(cadata=authority().cert_pem.bytes().decode())


class Server(socketserver.ThreadingTCPServer):
    """Listens; each connection is a Conversation in a thread of its own."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    site: Site
    tls: ssl.SSLContext | None


class Conversation(socketserver.BaseRequestHandler):
    """Answers the requests of one connection one after the other, until a side hangs up."""

    server: Server

    def handle(self) -> None:
        """Answer until there is nobody to answer."""
        site = self.server.site
        site.connections += 1
        with suppress(OSError):
            connection = (
                self.server.tls.wrap_socket(self.request, server_side=True) if self.server.tls else self.request
            )
            with connection:
                while head := read_head(connection):
                    site.enter()
                    reply = site.reply(head)
                    if callable(reply):
                        reply(connection)
                        site.leave()
                        return
                    site.leave()
                    connection.sendall(reply)


def read_head(connection: socket.socket) -> str:
    """The next request up to its empty line, or nothing where the other side hung up."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        received = connection.recv(4_096)
        head += received
        if not received or head.startswith(TLS_HELLO):
            return ""
    return head.decode("latin-1")


def answer(body: bytes | str, *headers: str, status: str = "200 OK") -> bytes:
    """A whole HTTP answer; headers may name their own type and length."""
    content = body.encode() if isinstance(body, str) else body
    named = {header.partition(":")[0].lower() for header in headers}
    usual = (("content-type", "text/html; charset=utf-8"), ("content-length", str(len(content))))
    lines = [*headers, *(f"{name}: {value}" for name, value in usual if name not in named)]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode() + content


def dripping(start: bytes, drop: bytes, every_s: float) -> Callable[[socket.socket], None]:
    """An answer that begins and then drips for ever."""

    def drip(connection: socket.socket) -> None:
        connection.sendall(start)
        while True:
            time.sleep(every_s)
            connection.sendall(drop)

    return drip


def cut_off(sent: bytes) -> Callable[[socket.socket], None]:
    """An answer of these bytes alone, after which the server hangs up."""
    return lambda connection: connection.sendall(sent)
