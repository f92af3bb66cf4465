"""Seconds to which a test may hold what it runs, on a machine that is busy with something else."""

import gc
import time
from collections.abc import Callable
from threading import Event, Thread
from typing import Self

TICK_S = 0.005


class Stopwatch:
    """Counts the seconds of a block.

    passed_s are those of the clock. own_s are without those in which a busy machine let nobody here go on: a thread
    that only ever sleeps a moment says how late it woke, unless this process itself was computing meanwhile.
    """

    def __init__(self) -> None:
        self._late_s = 0.0
        self._ended = Event()
        self._thread = Thread(target=self._nap, daemon=True)
        self._begun_s = self._passed_s = 0.0

    def __enter__(self) -> Self:
        self._begun_s = time.monotonic()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._passed_s = time.monotonic() - self._begun_s
        self._ended.set()
        self._thread.join()

    @property
    def passed_s(self) -> float:
        """The seconds that the block took."""
        return self._passed_s

    @property
    def own_s(self) -> float:
        """The seconds that the block would have taken on an idle machine."""
        return self._passed_s - self._late_s

    def _nap(self) -> None:
        while not self._ended.is_set():
            slept_s, computed_s = time.monotonic(), time.process_time()
            time.sleep(TICK_S)
            slept_s, computed_s = time.monotonic() - slept_s, time.process_time() - computed_s
            self._late_s += max(0.0, slept_s - computed_s - 2 * TICK_S)


class Computing:
    """Counts the seconds of CPU of a block, without the collector, which walks through all that other tests left."""

    def __init__(self) -> None:
        self.cpu_s = 0.0
        self._collects = gc.isenabled()

    def __enter__(self) -> Self:
        gc.disable()
        self._begun_s = time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.cpu_s = time.process_time() - self._begun_s
        if self._collects:
            gc.enable()


def cpu_s(job: Callable[[], object]) -> float:
    """The fewest seconds of CPU that the job took of three times, for a busy machine computes slower."""
    return min(cpu_s_once(job) for _ in range(3))


def cpu_s_once(job: Callable[[], object]) -> float:
    """The seconds of CPU that the job took."""
    with Computing() as computing:
        job()
    return computing.cpu_s
