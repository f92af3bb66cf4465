"""Connections that go only where they may: each host is looked up once, and the address that was checked is called.

A timeout of the operating system is no deadline, for every byte starts it anew. So each read and write here asks the
Exchange how much of its time and of its bytes is left.
"""

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from ipaddress import ip_address

import httpcore2

from claims.drafts import Validators
from scrapers.addresses import is_public
from scrapers.errors import FetchFailed, FetchRefused, HostUnreachable

Resolve = Callable[[str, int], Sequence[str]]

MAX_ADDRESSES_TRIED = 4


class Exchange:
    """What is left of one fetch's time and bytes on the wire, all its redirects and look-ups together."""

    def __init__(self, url: str, deadline_s: float, max_wire_bytes: int) -> None:
        self.url = url
        self.known = Validators()
        self._deadline_s = deadline_s
        self._ends_at_s = time.monotonic() + deadline_s
        self._max_wire_bytes = max_wire_bytes
        self._wire_bytes = 0

    def left_s(self) -> float:
        """The seconds left, always more than 0; FetchFailed once there are none."""
        left_s = self._ends_at_s - time.monotonic()
        if left_s <= 0:
            raise self.too_slow()
        return left_s

    def pause(self, waited_s: float) -> None:
        """Put the end off by what we waited of our own will: politeness is not the server's slowness."""
        self._ends_at_s += waited_s

    def count(self, received_bytes: int) -> None:
        """Take received bytes off what is left; FetchFailed where that is more than there was."""
        self._wire_bytes += received_bytes
        if self._wire_bytes > self._max_wire_bytes:
            sent = f"{self._max_wire_bytes / 1e6:g} MB"
            raise FetchFailed(self.url, f"the server sent over {sent}, more than Claimline reads; give a shorter page")

    def too_slow(self) -> FetchFailed:
        """The error for an answer that did not arrive in time."""
        return FetchFailed(self.url, f"no whole answer within {self._deadline_s:g} s; try again later")


class Connector(httpcore2.NetworkBackend):
    """Opens the connections of one origin; exchange is the fetch that it works for at the moment."""

    def __init__(self, resolve: Resolve, connect_s: float, may_be_private: bool) -> None:
        self._resolve = resolve
        self._connect_s = connect_s
        self._may_be_private = may_be_private
        self.exchange: Exchange

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to the first checked address of the host that answers."""
        last_error: Exception | None = None
        for ip in self._checked_ips(host, port)[:MAX_ADDRESSES_TRIED]:
            try:
                connect_s = min(self._connect_s, self.exchange.left_s())
                return WatchedStream(httpcore2.SyncBackend().connect_tcp(ip, port, timeout=connect_s), self)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                last_error = error
        raise HostUnreachable(
            self.exchange.url, f"{host} does not answer on port {port}; check the address or try again later"
        ) from last_error

    def _checked_ips(self, host: str, port: int) -> Sequence[str]:
        """The host's IP addresses; FetchRefused where one of them is not public and the host is not allowed by name."""
        ips = [host] if is_ip(host) else self._looked_up(host, port)
        if not self._may_be_private and not all(is_public(ip_address(ip)) for ip in ips):
            raise FetchRefused(
                self.exchange.url,
                f"{host} is a private address; to fetch it all the same, add {host} to CLAIMLINE_ALLOW_HOSTS",
            )
        return ips

    def _looked_up(self, host: str, port: int) -> Sequence[str]:
        """The answer of the name servers, if it comes in time: getaddrinfo itself knows no timeout."""
        answers: queue.SimpleQueue[Sequence[str]] = queue.SimpleQueue()

        def look_up_and_tell() -> None:
            try:
                answers.put(self._resolve(host, port))
            except (OSError, UnicodeError):
                answers.put(())

        threading.Thread(target=look_up_and_tell, name=f"look-up of {host}", daemon=True).start()
        try:
            ips = answers.get(timeout=self.exchange.left_s())
        except queue.Empty:
            what = f"no name server said in time where {host} is; try again later"
            raise HostUnreachable(self.exchange.url, what) from None
        if not ips:
            raise HostUnreachable(self.exchange.url, f"there is no host {host}; check its spelling")
        return ips


class WatchedStream(httpcore2.NetworkStream):
    """A connection whose every step is bound by what its connector's exchange has left."""

    def __init__(self, stream: httpcore2.NetworkStream, connector: Connector) -> None:
        self._stream = stream
        self._connector = connector

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Received bytes, counted."""
        exchange = self._connector.exchange
        received = self._stream.read(max_bytes, exchange.left_s())
        exchange.count(len(received))
        return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send the bytes."""
        self._stream.write(buffer, self._connector.exchange.left_s())

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """The same connection, encrypted; the certificate is checked for the name, not for the IP address."""
        encrypted = self._stream.start_tls(ssl_context, server_hostname, self._connector.exchange.left_s())
        return WatchedStream(encrypted, self._connector)

    def get_extra_info(self, info: str) -> object:
        """What httpcore asks of a connection, such as whether it can be read."""
        return self._stream.get_extra_info(info)


def look_up(host: str, port: int) -> Sequence[str]:
    """The host's IP addresses in the order in which the system would try them; OSError where there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_ip(host: str) -> bool:
    """Whether an Address's host is an IP address: no top-level domain begins with a digit."""
    return ":" in host or host.rpartition(".")[2].isdecimal()
