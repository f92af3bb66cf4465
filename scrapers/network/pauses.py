"""Who keeps the pauses at hosts besides each process by itself: whatever store several processes share, or nobody."""

from typing import Protocol


class Pauses(Protocol):
    """Keeps the pauses between two requests to a host for several processes together."""

    def take(self, host: str, delay_s: float) -> float:
        """0 where it is our turn to ask the host, else the seconds after which it may be.

        Nobody has the next turn before delay_s seconds are over.
        """
        ...

    def rest(self, host: str, rest_s: float) -> None:
        """Let nobody ask the host for so many seconds."""
        ...


class Alone:
    """Nobody else asks: each process keeps its pauses by itself."""

    def take(self, host: str, delay_s: float) -> float:
        """0: it always is."""
        return 0.0

    def rest(self, host: str, rest_s: float) -> None:
        """Nothing to tell anybody."""


ALONE = Alone()
