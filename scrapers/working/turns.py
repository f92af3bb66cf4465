"""A lock that is given in the order of asking: who comes back for it at once does not keep others waiting for ever."""

from threading import Condition
from types import TracebackType


class Turns:
    """Lets one thread in at a time, first come, first served."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._next_ticket = 0
        self._serving = 0

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def acquire(self, timeout_s: float | None = None) -> bool:
        """Wait for our turn, and return whether it came; after a timeout it never comes to anybody behind us."""
        with self._changed:
            ticket = self._next_ticket
            self._next_ticket += 1
            return self._changed.wait_for(lambda: self._serving == ticket, timeout_s)

    def release(self) -> None:
        """Let the next one in."""
        with self._changed:
            self._serving += 1
            self._changed.notify_all()
