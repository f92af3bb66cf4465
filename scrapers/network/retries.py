"""When what failed is asked for again: at once after a short random pause, or later by whoever wanted it."""

from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from tenacity import RetryCallState, Retrying, retry_if_exception, wait_random_exponential

from scrapers.errors import ScrapeError
from scrapers.network.exchange import Exchange
from scrapers.network.questions import Answer

# What may pass, beside all of 5xx: the server waited for us in vain, we came too early, or too often.
PASSING = frozenset((HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS))
MAX_PAUSE_S = 8.0


def may_pass(status: int) -> bool:
    """Whether an answer of this status may be another one later."""
    return status in PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR


def tried(ask: Callable[[], Answer], exchange: Exchange) -> Answer:
    """What ask returns, asked again where it fails in a way that may pass, while the exchange's tries and time last.

    The pauses are random, between nothing and a bound that doubles (full jitter): whoever failed together must not
    come back together.
    """
    retrying = Retrying(
        retry=retry_if_exception(lambda error: isinstance(error, ScrapeError) and error.may_pass),
        wait=wait_random_exponential(multiplier=exchange.limits.backoff_s, max=MAX_PAUSE_S),
        stop=lambda state: not exchange.use_a_try(pause_s(state)),
        sleep=exchange.sleep,
        reraise=True,
    )
    return retrying(ask)


def pause_s(state: RetryCallState) -> float:
    """The seconds before the next try: those drawn, or those that the site asks for where they are more."""
    error = state.outcome.exception() if state.outcome else None
    asked_s = error.retry_after_s if isinstance(error, ScrapeError) else None
    return max(state.upcoming_sleep, asked_s or 0.0)


def retry_after_s(answer: Answer, now: datetime, max_s: float) -> float | None:
    """The seconds that a Retry-After header asks us to wait (RFC 9110, 10.2.3), from 0 to max_s; None without sense."""
    text = answer.header("retry-after").strip()
    if text.isascii() and text.isdecimal():
        return min(float(text), max_s)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        return None
    return min(max(0.0, (moment - now).total_seconds()), max_s)
