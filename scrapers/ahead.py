"""Runs slow work ahead of its consumer in a few threads, in order and within bounds."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Given = TypeVar("Given")
Got = TypeVar("Got")
WORKERS = 4
ITEMS_AHEAD = 8


def ahead(work: Callable[[Given], Got], items: Iterable[Given]) -> Iterator[tuple[Given, Got]]:
    """Each item with what work made of it, in order; at most a few items are in work or waiting to be taken.

    When the consumer stops early, items that were not begun never begin, and nobody waits for those in work: one may
    have to wait long for its turn at a host, until the fetcher is closed.
    """
    pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="ahead")
    waiting: deque[tuple[Given, Future[Got]]] = deque()
    try:
        for item in items:
            waiting.append((item, pool.submit(work, item)))
            if len(waiting) >= ITEMS_AHEAD:
                first, future = waiting.popleft()
                yield first, future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
