"""Carries out the requests to fetch, several at once: hosts side by side, each host in turn.

Only asking the network goes on in threads; reading and storing stay in the thread that iterates over work. A worker
that is killed loses nothing and doubles nothing: what it had in work is taken again when its lease runs out, and what
it stored was stored with the end of its request. Nor does a database that restarts or a disk that is full: the worker
rests, and goes on by itself.
"""

from collections.abc import Iterator
from datetime import timedelta
from threading import Event

from claims.errors import Busy
from claims.fetching.leases import LEASE
from claims.models import FetchRequest
from scrapers.pipeline import Pipeline
from scrapers.working.crew import REST_S, Crew

AT_ONCE = 8
PATIENCE = 6
OUT_OF_ORDER = "The database or the disk is out of order; the log says how. What waits is kept: start the worker again."


def work(
    pipeline: Pipeline,
    *,
    stop: Event,
    once: bool,
    at_once: int = AT_ONCE,
    lease: timedelta = LEASE,
    rest_s: float = REST_S,
) -> Iterator[FetchRequest]:
    """Carry out what is due, yielding each request as it ended, until stop is set.

    With once, end when nothing is due that nobody carries out; otherwise look again every half second, which is rest_s.
    Up to at_once requests are in work; what is not finished when this ends, however it ends, is put back at once.

    While the database or the disk is out of order this rests, for a minute at most, and tries one request at a time;
    with once it raises Busy in the end, so that no two such workers pile up.
    """
    with Crew(pipeline, at_once, lease, stop, rest_s) as crew:
        while not stop.is_set():
            crew.take_on()
            if once and crew.troubles >= PATIENCE:
                raise Busy(OUT_OF_ORDER)
            if crew.is_idle:
                if once and not crew.troubles:
                    return
                stop.wait(rest_s)
            elif (ended := crew.settle_next()) is not None:
                yield ended
