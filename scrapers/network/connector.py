"""Connections that go only where they may: each host is looked up once, and the address that was checked is called.

A timeout of the operating system is no deadline, for every byte starts it anew. So each read and write here asks the
Exchange how much of its time and of its bytes is left.
"""

import queue
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from ipaddress import ip_address

import httpcore2

from scrapers.addresses import Address, AllowedHosts, is_ip, is_public, steered
from scrapers.errors import FetchRefused, HostUnreachable
from scrapers.network.exchange import Exchange

Resolve = Callable[[str, int], Sequence[str]]

MAX_ADDRESSES_TRIED = 4


class Connector:
    """Opens connections; allowed has the hosts that may be private."""

    def __init__(self, resolve: Resolve, allowed: AllowedHosts, tls: ssl.SSLContext | None) -> None:
        self.allowed = allowed
        self._resolve = resolve
        self._tls = tls
        self._tls_lock = threading.Lock()

    def open(self, address: Address, exchange: Exchange, *, from_outside: bool = False) -> "WatchedStream":
        """A connection to the first checked IP address of the host that answers, encrypted for https.

        from_outside as Question has it: no private address then.
        """
        stream = self._open_tcp(self._checked_ips(address, exchange, from_outside), address, exchange)
        if address.scheme == "https":
            stream.encrypt(self._tls_context(), address.host)
        return stream

    def _open_tcp(self, ips: Sequence[str], address: Address, exchange: Exchange) -> "WatchedStream":
        """A connection to the first of the IP addresses that answers."""
        last_error: Exception | None = None
        for ip in ips[:MAX_ADDRESSES_TRIED]:
            connect_s = min(exchange.limits.connect_s, exchange.remaining_s)
            if connect_s <= 0:
                break
            try:
                stream = httpcore2.SyncBackend().connect_tcp(ip, address.port, timeout=connect_s)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                last_error = error
            else:
                return WatchedStream(stream, exchange)
        what = f"{address.host} does not answer on port {address.port}; check the address or try again later"
        raise HostUnreachable(exchange.url, what, may_pass=True) from last_error

    def _checked_ips(self, address: Address, exchange: Exchange, from_outside: bool = False) -> Sequence[str]:
        """The host's IP addresses; FetchRefused where one of them is not public and the host is not allowed by name."""
        host = address.host
        ips = [host] if is_ip(host) else self._looked_up(host, address.port, exchange)
        if all(is_public(ip_address(ip)) for ip in ips):
            return ips
        if address in self.allowed and from_outside:
            raise steered(exchange.url, address)
        if address not in self.allowed:
            what = f"{host} is a private address; to fetch it all the same, add {host} to CLAIMLINE_ALLOW_HOSTS"
            raise FetchRefused(exchange.url, what)
        return ips

    def _looked_up(self, host: str, port: int, exchange: Exchange) -> Sequence[str]:
        """The answer of the name servers, if it comes in time: getaddrinfo itself knows no timeout."""
        answers: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

        def look_up_and_tell() -> None:
            try:
                answers.put([str(ip_address(ip)) for ip in self._resolve(host, port)])
            except (OSError, ValueError) as error:
                answers.put(error)

        threading.Thread(target=look_up_and_tell, name=f"look-up of {host}", daemon=True).start()
        try:
            answer = answers.get(timeout=exchange.step_s())
        except queue.Empty:
            what = f"no name server said in time where {host} is; try again later"
            raise HostUnreachable(exchange.url, what, may_pass=True) from None
        if isinstance(answer, OSError) and answer.errno == socket.EAI_AGAIN:
            what = f"no name server could say where {host} is; try again later"
            raise HostUnreachable(exchange.url, what, may_pass=True) from answer
        if isinstance(answer, Exception) or not answer:
            raise HostUnreachable(exchange.url, f"there is no host {host}; check its spelling")
        return answer

    def _tls_context(self) -> ssl.SSLContext:
        """What checks certificates; made only when it is needed, because that takes a tenth of a second."""
        with self._tls_lock:
            if self._tls is None:
                self._tls = httpcore2.default_ssl_context()
                self._tls.set_alpn_protocols(["http/1.1"])
            return self._tls


class WatchedStream(httpcore2.NetworkStream):
    """A connection whose every step is bound by what its exchange has left.

    exchange is the fetch that it works for at the moment, has_ended whether the server hung up.
    """

    def __init__(self, stream: httpcore2.NetworkStream, exchange: Exchange) -> None:
        self.exchange = exchange
        self.has_ended = False
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Received bytes, counted."""
        received = self._stream.read(max_bytes, self.exchange.step_s())
        self.has_ended = not received
        self.exchange.count(len(received))
        return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send the bytes."""
        self._stream.write(buffer, self.exchange.step_s())

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def encrypt(self, context: ssl.SSLContext, host: str) -> None:
        """Encrypt the connection; the certificate is checked for the name of the host, not for its IP address."""
        try:
            self._stream = self._stream.start_tls(context, host, self.exchange.step_s())
        except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
            raise tls_failure(self.exchange.url, error.__cause__) from error

    def get_extra_info(self, info: str) -> object:
        """What httpcore asks of a connection, such as whether it can be read."""
        return self._stream.get_extra_info(info)


def tls_failure(url: str, cause: BaseException | None) -> HostUnreachable:
    """Why no encrypted connection came about, which passes only where the connection itself failed."""
    if isinstance(cause, ssl.SSLCertVerificationError):
        reason = cause.verify_message
        what = f"the site's certificate is not to be trusted ({reason}); check that this is the site you mean"
        return HostUnreachable(url, what)
    may_pass = not isinstance(cause, ssl.SSLError) or isinstance(cause, ssl.SSLEOFError)
    what = "no encrypted connection could be made; check the address or try again later"
    return HostUnreachable(url, what, may_pass=may_pass)


def look_up(host: str, port: int) -> Sequence[str]:
    """The host's IP addresses in the order in which the system would try them; OSError where there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
