"""One function that asks the web for something, and owns every rule of how Claimline does so."""

import ssl
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from types import TracebackType
from typing import Self

from claims.drafts import Page, Validators
from claims.settings import Settings
from scrapers.addresses import Address, AllowedHosts, parse, require_public, steered
from scrapers.errors import FetchFailed, FetchRefused, HostResting, HostUnreachable, ScrapeError
from scrapers.network import robots
from scrapers.network.connector import Connector, Resolve, look_up
from scrapers.network.content import Content, refuse_body
from scrapers.network.exchange import USUAL, Exchange, Limits
from scrapers.network.lines import Line
from scrapers.network.pauses import ALONE, Pauses
from scrapers.network.questions import Answer, Question
from scrapers.network.redirects import REDIRECTS, next_hop, sent_on
from scrapers.network.retries import may_pass, retry_after_s, tried
from scrapers.network.robots import Robots
from scrapers.network.statuses import status_line
from scrapers.network.switchboard import Switchboard

__all__ = ["PATIENT", "Content", "Fetcher", "Limits"]

# For whoever fetches much of one host at once and has nobody waiting: a turn is worth waiting for.
PATIENT = Limits(max_wait_s=3_600.0)
ROBOTS_LIFE_S = 24 * 3600.0  # RFC 9309, 2.4
UNREACHABLE_ROBOTS_LIFE_S = 300.0


class Fetcher:
    """Asks the web, politely and safely; to be closed, or used in a with statement.

    Several threads may share one: requests to one host take turns on one connection, those to different hosts run
    side by side. pauses are those that other processes keep to as well. resolve looks host names up, tls checks
    certificates. InvalidDraft where a host that settings allow is none.
    """

    def __init__(
        self,
        settings: Settings,
        limits: Limits = USUAL,
        *,
        pauses: Pauses = ALONE,
        resolve: Resolve = look_up,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._user_agent = settings.user_agent
        self._limits = limits
        self._allowed = AllowedHosts.of(settings.allow_hosts)
        connector = Connector(resolve, self._allowed, tls)
        self._switchboard = Switchboard(connector, settings.user_agent, limits.delay_s, pauses)
        self._closed = threading.Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection; fetches that still wait for their turn end at once, with HostResting."""
        self._closed.set()
        self._switchboard.close()

    def fetch(self, url: str, accept: Content) -> Page:
        """The page at the address, whole and unpacked, after at most five redirects.

        What settings allow holds for the address that was given, and for redirects from one allowed host to another.
        What may pass is asked for again while the limits' tries and time last. Raises FetchRefused (not to be asked),
        FetchFailed (no whole page came) or UnreadablePage (not the content that the caller can use), each with the
        address that was given.
        """
        exchange = Exchange(url, self._limits, self._closed)
        return page_of(self._followed(Question(parse(url), accept), exchange), url, accept)

    def fetch_again(self, url: str, accept: Content, known: Validators) -> Page | None:
        """The page as fetch returns it, or None where its server says that it is the one that known came with."""
        exchange = Exchange(url, self._limits, self._closed)
        answer = self._followed(Question(parse(url), accept, known), exchange)
        return None if answer.status == HTTPStatus.NOT_MODIFIED else page_of(answer, url, accept)

    def _followed(self, question: Question, exchange: Exchange) -> Answer:
        """The answer at the end of the redirects: a page, or the news that it has not changed."""
        asked = question.address
        for _ in range(self._limits.max_redirects + 1):
            hop = question.address
            try:
                answer = self._answer(question, exchange)
            except ScrapeError as error:
                if hop == asked:
                    raise
                raise sent_on(exchange, hop.url, error) from error
            if answer.status not in REDIRECTS:
                return answer
            # What was known came from the address that was asked: no other one is told of it.
            target = next_hop(exchange, hop, answer.header("location"))
            from_outside = question.from_outside or hop not in self._allowed
            question = Question(target, question.accept, from_outside=from_outside)
        what = f"the server sends us on more than {self._limits.max_redirects} times; give the address it should end at"
        raise FetchFailed(exchange.url, what)

    def _answer(self, question: Question, exchange: Exchange) -> Answer:
        """The answer of one address, asked only if its host and port are public and its origin's robots.txt allows."""
        address = question.address
        self._require_open(question, exchange)
        with self._switchboard.line_to(address.host) as line:
            if question.accept is not Content.ROBOTS:
                refuse_by_robots(self._robots(line, address, exchange), address, exchange)
            return tried(lambda: self._asked_once(line, question, exchange), exchange)

    def _require_open(self, question: Question, exchange: Exchange) -> None:
        """Raise FetchRefused where the letters tell that whoever sent us to the address has no business there."""
        require_public(exchange.url, question.address, self._allowed)
        if question.from_outside and question.address in self._allowed:
            try:
                require_public(exchange.url, question.address, AllowedHosts())
            except FetchRefused as error:
                raise steered(exchange.url, question.address) from error

    def _asked_once(self, line: Line, question: Question, exchange: Exchange) -> Answer:
        """A page, a redirect, or the news that was asked for; FetchFailed for any other status."""
        answer = line.ask(question, exchange)
        is_news = answer.status == HTTPStatus.NOT_MODIFIED and question.known
        if answer.status == HTTPStatus.OK or is_news or (answer.status in REDIRECTS and answer.header("location")):
            return answer
        why = f"the server answered {status_line(answer.status)}"
        if not may_pass(answer.status):
            raise FetchFailed(exchange.url, why, status=answer.status)
        rest_s = retry_after_s(answer, datetime.now(UTC), self._limits.max_rest_s)
        if rest_s:
            line.rest(question.address.host, rest_s, why)
        raise FetchFailed(exchange.url, why, may_pass=True, retry_after_s=rest_s, status=answer.status)

    def _robots(self, line: Line, address: Address, exchange: Exchange) -> Robots:
        """The rules of the origin, read at most once a day, and again after five minutes where that failed."""
        with line.reading_robots(address.host, exchange):
            kept = line.robots.get(address.origin)
            if kept is None or kept.due_at_s < time.monotonic():
                kept = self._read_robots(address, exchange, kept)
                line.keep_robots(address.origin, kept, self._limits.max_delay_s)
                self._switchboard.make_room()
            return kept

    def _read_robots(self, address: Address, exchange: Exchange, kept: Robots | None) -> Robots:
        """The rules as the origin states them now (RFC 9309, 2.3.1): none where its robots.txt answers 4xx.

        Those that we kept still hold where they have not changed, and where they cannot be read now. A host that
        cannot be reached or may not be asked at all raises what asking for the page would.
        """
        rules_at = Address(address.scheme, address.host, address.port, robots.PATH)
        known = kept.known if kept else Validators()
        is_sent_on = parse(exchange.url).origin != address.origin
        try:
            answer = self._followed(Question(rules_at, Content.ROBOTS, known), exchange)
        except (HostUnreachable, HostResting):
            raise
        except FetchFailed as error:
            if exchange.is_spent and is_sent_on:
                raise  # other hosts used up what there was: that is no fault of this one
            found = self._without_robots(error, kept)
        else:
            found = kept if kept and answer.status == HTTPStatus.NOT_MODIFIED else self._rules_in(answer, rules_at)
            found = replace(found, due_at_s=time.monotonic() + ROBOTS_LIFE_S)
        return found

    def _rules_in(self, answer: Answer, rules_at: Address) -> Robots:
        """The rules that were answered; with what makes the next reading conditional, if no redirect led to them."""
        known = Validators.stated(answer.headers) if answer.address == rules_at else Validators()
        return replace(robots.read_robots(answer.body, self._user_agent), known=known)

    def _without_robots(self, error: ScrapeError, kept: Robots | None) -> Robots:
        """What holds where no robots.txt could be read."""
        now_s = time.monotonic()
        if error.status is not None and not error.may_pass:
            return replace(robots.read_robots(b"", self._user_agent), due_at_s=now_s + ROBOTS_LIFE_S)
        due_at_s = now_s + max(UNREACHABLE_ROBOTS_LIFE_S, error.retry_after_s or 0.0)
        if kept is not None and not kept.unreachable:
            return replace(kept, due_at_s=due_at_s)
        return replace(robots.unreachable_robots(error.what), due_at_s=due_at_s)


def page_of(answer: Answer, url: str, accept: Content) -> Page:
    """The page that an answer holds; UnreadablePage where its first bytes show that the caller cannot use it."""
    content_type = answer.header("content-type")
    refuse_body(url, content_type, answer.body, accept)
    now = datetime.now(UTC)
    return Page(url, answer.address.url, answer.status, answer.headers, answer.body, content_type, now)


def refuse_by_robots(rules: Robots, address: Address, exchange: Exchange) -> None:
    """Raise FetchRefused where the rules forbid the address, or could not be read, which may pass."""
    refusal = rules.refusal(address)
    if refusal and rules.unreachable:
        again_s = max(0.0, rules.due_at_s - time.monotonic())
        raise FetchRefused(exchange.url, refusal, may_pass=True, retry_after_s=again_s)
    if refusal:
        raise FetchRefused(exchange.url, refusal)
