"""What one fetch may cost, and what is left of that: time, tries and bytes, its redirects and robots.txt included."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event

from scrapers.errors import FetchFailed, HostResting


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost, and how long we wait between two requests to one host.

    The deadline and the bytes on the wire hold for a whole fetch: its tries, redirects and robots.txt. Waiting for our
    turn at a host, behind other fetches and other processes or until it has rested, is not taken from the deadline, but
    puts it off; whoever would wait for more than max_wait_s in all gives its turn up. So every fetch ends within the
    sum of both. Three waits are as long as the longest Crawl-delay: for robots.txt, for the page and for where that
    sends us on. silence_s is how long a server may say nothing at all. max_bytes holds for the unpacked body,
    max_html_bytes where that is HTML, of which reading takes several times the room; the limits on headers hold for
    what comes before it. tries counts the requests that may fail, with a random pause before the next of up to
    backoff_s, doubled each time (full jitter). No delay_s for hosts that settings allow by name; max_delay_s caps what
    a Crawl-delay asks, and max_rest_s what a Retry-After does.
    """

    deadline_s: float = 25.0
    max_wait_s: float = 30.0
    connect_s: float = 6.0
    silence_s: float = 12.0
    max_bytes: int = 10_000_000
    max_html_bytes: int = 6_000_000
    max_wire_bytes: int = 12_000_000
    max_head_bytes: int = 65_536
    max_headers: int = 200
    max_redirects: int = 5
    tries: int = 3
    backoff_s: float = 1.0
    delay_s: float = 0.5
    max_delay_s: float = 10.0
    max_rest_s: float = 3_600.0


USUAL = Limits()


class Exchange:
    """What is left of one fetch's time, tries and bytes on the wire; closed is set once nobody wants the page."""

    def __init__(self, url: str, limits: Limits, closed: Event | None = None) -> None:
        self.url = url
        self.limits = limits
        self._closed = closed or Event()
        self._ends_at_s = time.monotonic() + limits.deadline_s
        self._wait_left_s = limits.max_wait_s
        self._tries_left = limits.tries - 1
        self._wire_bytes = 0
        self._head_bytes: int | None = None

    @property
    def remaining_s(self) -> float:
        """The seconds until the deadline, less than 0 once it is over."""
        return self._ends_at_s - time.monotonic()

    @property
    def patience_s(self) -> float:
        """The seconds that may be spent on waiting for our own turn."""
        return self._wait_left_s

    @property
    def is_spent(self) -> bool:
        """Whether nothing is left of the time or of the bytes, so that a failure says little of the host it met."""
        return self.remaining_s <= 0 or self._wire_bytes > self.limits.max_wire_bytes

    def step_s(self) -> float:
        """The seconds that the next step may take, always more than 0; FetchFailed once there are none."""
        left_s = self.remaining_s
        if left_s <= 0:
            raise self.too_slow()
        return min(left_s, self.limits.silence_s)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Put the deadline off by what the block takes, which is no fault of the server's, as far as patience goes."""
        begun_s = time.monotonic()
        try:
            yield
        finally:
            free_s = min(time.monotonic() - begun_s, self._wait_left_s)
            self._wait_left_s -= free_s
            self._ends_at_s += free_s

    def sleep(self, pause_s: float) -> None:
        """Let so many seconds pass; HostResting at once where nobody wants the page any more."""
        if self._closed.wait(max(0.0, pause_s)):
            raise HostResting(self.url, "not asked, since Claimline is stopping; try again later", may_pass=True)

    def use_a_try(self, after_s: float) -> bool:
        """Whether to ask once more after so many seconds; if so, there is one try less."""
        if not self._tries_left or after_s >= self.remaining_s:
            return False
        self._tries_left -= 1
        return True

    def begin_head(self) -> None:
        """From here on, what is received belongs to an answer's head."""
        self._head_bytes = 0

    def end_head(self) -> None:
        """The head is whole."""
        self._head_bytes = None

    def count(self, received_bytes: int) -> None:
        """Take received bytes off what is left; FetchFailed where that is more than there was."""
        self._wire_bytes += received_bytes
        if self._wire_bytes > self.limits.max_wire_bytes:
            sent = f"{self.limits.max_wire_bytes / 1e6:g} MB"
            raise FetchFailed(self.url, f"the server sent over {sent}, more than Claimline reads; give a shorter page")
        if self._head_bytes is not None:
            if self._head_bytes > self.limits.max_head_bytes:
                raise self.endless_head()
            self._head_bytes += received_bytes

    def too_slow(self) -> FetchFailed:
        """The error for an answer that did not arrive in time."""
        if self.remaining_s > 0:
            what = f"the server said nothing for {self.limits.silence_s:g} s; try again later"
        else:
            what = f"no whole answer within {self.limits.deadline_s:g} s; try again later"
        return FetchFailed(self.url, what, may_pass=True)

    def endless_head(self) -> FetchFailed:
        """The error for an answer whose headers are too many or too long."""
        what = (
            f"the server sends over {self.limits.max_headers} headers, or over "
            f"{self.limits.max_head_bytes / 1e3:.0f} kB of them, before its page; give another address"
        )
        return FetchFailed(self.url, what)

    def broken_off(self) -> FetchFailed:
        """The error for an answer that ended before its end."""
        return FetchFailed(self.url, "the answer broke off before its end; try again later", may_pass=True)

    def resting(self, host: str, why: str, rest_s: float) -> HostResting:
        """The error for a host that is not to be asked for a while."""
        what = f"{host} is not asked for {rest_s:.0f} s more: {why}; try again later"
        return HostResting(self.url, what, may_pass=True, retry_after_s=rest_s)
