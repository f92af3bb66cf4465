"""A line to one host: its single connection, the turns that requests take on it, and what its robots.txt said."""

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpcore2

from scrapers.errors import FetchFailed
from scrapers.network.connector import Connector, WatchedStream
from scrapers.network.decoding import BadEncoding, TooBig
from scrapers.network.exchange import Exchange
from scrapers.network.pauses import Pauses
from scrapers.network.questions import BROKEN_CONNECTION, Answer, Question, read_answer
from scrapers.network.robots import Robots

KEEP_ALIVE_S = 15.0


class Connection(httpcore2.HTTP11Connection):
    """A connection that leaves it to the exchange to give up an answer's head, which has a word for it."""

    MAX_INCOMPLETE_EVENT_SIZE = 262_144


class Line:
    """The way to one host, for one request at a time; delay_s is the pause between two of them.

    pauses are those that other processes keep too; where delay_s is 0 there are none. users counts the fetches that
    hold this line at the moment; whoever keeps the lines counts. robots holds the rules of the host's origins (there
    are two where it answers http and https, more with odd ports).
    """

    def __init__(self, connector: Connector, user_agent: str, delay_s: float, pauses: Pauses) -> None:
        self.users = 0
        self.delay_s = self._own_delay_s = delay_s
        self.robots: dict[str, Robots] = {}
        self._robots_lock = threading.Lock()
        self._connector = connector
        self._user_agent = user_agent
        self._pauses = pauses
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

    def rest(self, host: str, rest_s: float, why: str) -> None:
        """Ask nothing for so many seconds, since the host wants it so; a pause that is longer already stays."""
        if self.delay_s:
            self._pauses.rest(host, rest_s)
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
            with exchange.waiting():
                exchange.sleep(self._rests_until_s - time.monotonic())
            pause(self._last_asked_s + self.delay_s - time.monotonic(), host, exchange)
            self._take_turn_among_processes(host, exchange)
            try:
                yield
            finally:
                self._last_asked_s = time.monotonic()
                if self.delay_s:
                    with exchange.waiting():
                        self._pauses.rest(host, self.delay_s)

    def _take_turn_among_processes(self, host: str, exchange: Exchange) -> None:
        """Wait until no other process is in the way; HostResting where that takes longer than we have."""
        while self.delay_s:
            with exchange.waiting():
                wait_s = self._pauses.take(host, self.delay_s)
            if not wait_s:
                return
            pause(wait_s, host, exchange)

    def _refuse_to_rest(self, host: str, exchange: Exchange) -> None:
        """Raise HostResting where the host wants a pause beyond the deadline, or beyond what we may wait."""
        rest_s = self._rests_until_s - time.monotonic()
        if rest_s > max(0.0, min(exchange.remaining_s, exchange.patience_s)):
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


def pause(wait_s: float, host: str, exchange: Exchange) -> None:
    """Wait so many seconds for our turn; HostResting where they are more than we have."""
    if wait_s > exchange.patience_s:
        raise exchange.resting(host, "it wants a pause between two requests", wait_s)
    with exchange.waiting():
        exchange.sleep(wait_s)


@contextmanager
def waiting_for(lock: threading.Lock, host: str, exchange: Exchange) -> Iterator[None]:
    """Hold the lock, once it is free; HostResting where other fetches of ours hold it longer than we can wait."""
    with exchange.waiting():
        is_ours = lock.acquire(timeout=exchange.patience_s)
    if not is_ours:
        raise exchange.resting(host, "other pages of it are being fetched", exchange.limits.max_wait_s)
    try:
        yield
    finally:
        lock.release()
