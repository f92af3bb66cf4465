"""The lines to the hosts that were asked, kept for the next fetch, and what makes room among them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from scrapers.network.connector import Connector
from scrapers.network.lines import Line
from scrapers.network.pauses import Pauses

MAX_LINES = 256
MAX_ROBOTS_LINES = 100_000


class Switchboard:
    """Gives each host one line, which all threads share; those that were idle longest make room for others.

    delay_s is the pause between two requests to a host, but for those that the connector is allowed by name.
    """

    def __init__(self, connector: Connector, user_agent: str, delay_s: float, pauses: Pauses) -> None:
        self._connector = connector
        self._user_agent = user_agent
        self._delay_s = delay_s
        self._pauses = pauses
        self._lines: dict[str, Line] = {}
        self._lock = threading.Lock()

    @property
    def robots_lines(self) -> int:
        """How many lines the rules have that are kept with the lines to their hosts."""
        return sum(line.robots_lines for line in list(self._lines.values()))

    @contextmanager
    def line_to(self, host: str) -> Iterator[Line]:
        """The line to the host, which stays as long as somebody uses it."""
        with self._lock:
            line = self._lines.pop(host, None)
            is_new = line is None
            line = self._lines[host] = line or self.new_line(host)
            line.users += 1
            if is_new:
                self._make_room()
        try:
            yield line
        finally:
            with self._lock:
                line.users -= 1

    def new_line(self, host: str) -> Line:
        """A line to a host that was not asked yet, kept by nobody."""
        delay_s = 0.0 if self._connector.allowed.names(host) else self._delay_s
        return Line(self._connector, self._user_agent, delay_s, self._pauses)

    def make_room(self) -> None:
        """Give up lines beyond the most that are kept, and rules beyond the most lines of robots.txt.

        A line whose host wants a pause is kept longer, lest the pause be forgotten.
        """
        with self._lock:
            self._make_room()

    def close(self) -> None:
        """Close and forget every line."""
        with self._lock:
            for line in self._lines.values():
                line.close()
            self._lines.clear()

    def _make_room(self) -> None:
        """The same for whoever has the lock."""
        idle = {host: line for host, line in self._lines.items() if not line.users}
        robots_lines = self.robots_lines
        for host, line in idle.items():
            if len(self._lines) > MAX_LINES and not (line.is_resting and len(self._lines) < 8 * MAX_LINES):
                self._lines.pop(host).close()
            elif robots_lines <= MAX_ROBOTS_LINES:
                continue
            robots_lines -= line.robots_lines
            line.robots = {}
