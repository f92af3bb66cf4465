"""What may pass is asked for again, politely; what will not is asked for once."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from socket import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.settings import Settings
from scrapers.addresses import parse
from scrapers.errors import FetchFailed, FetchRefused, HostResting, HostUnreachable, ScrapeError
from scrapers.fetch import Content, Fetcher
from scrapers.network.exchange import Exchange, Limits
from scrapers.network.questions import Answer
from scrapers.network.retries import retry_after_s, tried
from tests.scrapers.conftest import QUICK, Names
from tests.scrapers.site import Site, answer, cut_off
from tests.stopwatch import Stopwatch

STORY = answer("story")
BUSY = answer("", status="503 Service Unavailable")
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def one_by_one(*answers: bytes) -> Callable[[socket], None]:
    """A page that gives one answer after the other, the last one for ever, and hangs up after each."""
    left = list(answers)
    return lambda connection: connection.sendall(left.pop(0) if len(left) > 1 else left[0])


@pytest.mark.parametrize(
    "trouble",
    [
        BUSY,
        answer("", status="500 Oops"),
        answer("", status="599 Odd"),
        answer("", status="429 Slow"),
        answer("", status="408 Late"),
        b"",
        b"HTTP/1.1 200 OK\r\nContent-",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99\r\n\r\ncut",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08",
    ],
)
def test_what_may_pass_is_asked_for_again(site: Site, fetcher: Fetcher, trouble: bytes) -> None:
    site.pages["/story"] = one_by_one(trouble, trouble, STORY)

    assert fetcher.fetch(f"{site.url}/story", Content.ARTICLE).body == b"story"
    assert site.asked == ["/story"] * 3


def test_three_tries_are_all(site: Site, fetcher: Fetcher) -> None:
    site.pages["/story"] = BUSY

    with pytest.raises(FetchFailed, match="503") as failed:
        fetcher.fetch(f"{site.url}/story", Content.ARTICLE)

    assert site.asked == ["/story"] * 3
    assert (failed.value.status, failed.value.may_pass, failed.value.retry_after_s) == (503, True, None)


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 405, 406, 409, 410, 418, 451])
def test_what_will_not_pass_is_asked_for_once(site: Site, fetcher: Fetcher, status: int) -> None:
    site.serve("/story", "", f"Retry-After: {status}", status=f"{status} No")

    with pytest.raises(FetchFailed) as failed:
        fetcher.fetch(f"{site.url}/story", Content.ARTICLE)

    assert site.asked == ["/story"]
    assert (failed.value.status, failed.value.may_pass, failed.value.retry_after_s) == (status, False, None)


@pytest.mark.parametrize(
    "sent", [b"hello\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"]
)
def test_what_is_no_http_is_asked_for_once(site: Site, fetcher: Fetcher, sent: bytes) -> None:
    site.serve("/robots.txt", "", "Connection: close")
    site.pages["/story"] = cut_off(sent)

    with pytest.raises(FetchFailed, match="did not answer in HTTP") as failed:
        fetcher.fetch(f"{site.url}/story", Content.ARTICLE)

    assert not failed.value.may_pass
    assert site.asked == ["/story"]


def test_all_redirects_share_the_tries(site: Site, fetcher: Fetcher) -> None:
    away = answer("", "Location: /story", status="302 Found")
    site.pages |= {"/a": one_by_one(BUSY, away), "/story": one_by_one(BUSY, BUSY, STORY)}

    with pytest.raises(FetchFailed, match=r"sends us on to .*/story: the server answered 503") as failed:
        fetcher.fetch(f"{site.url}/a", Content.ARTICLE)

    assert site.asked == ["/a", "/a", "/story", "/story"]
    assert (failed.value.status, failed.value.may_pass) == (503, True)


def test_a_robots_txt_in_trouble_is_asked_for_again(site: Site, fetcher: Fetcher) -> None:
    site.pages["/robots.txt"] = one_by_one(BUSY, answer("User-agent: *\nDisallow: /private"))

    with pytest.raises(FetchRefused, match="asks us not to read"):
        fetcher.fetch(f"{site.url}/private", Content.ARTICLE)


def test_a_server_that_says_nothing_is_given_up_and_asked_again(site: Site, fetch_settings: Settings) -> None:
    site.serve("/robots.txt", "")
    replies = [lambda connection: time.sleep(0.6), lambda connection: connection.sendall(STORY)]
    site.pages["/story"] = lambda connection: replies.pop(0)(connection)

    with Fetcher(fetch_settings, replace(QUICK, silence_s=0.2)) as fetcher:
        assert fetcher.fetch(f"{site.url}/story", Content.ARTICLE).body == b"story"

    assert site.asked == ["/story"] * 2


def test_silence_is_told_from_slowness(site: Site, fetch_settings: Settings) -> None:
    site.pages["/story"] = lambda connection: time.sleep(0.3)

    with (
        Fetcher(fetch_settings, replace(QUICK, silence_s=0.1, tries=1)) as fetcher,
        pytest.raises(FetchFailed, match=r"the server said nothing for 0\.1 s; try again later") as failed,
    ):
        fetcher.fetch(f"{site.url}/story", Content.ARTICLE)

    assert failed.value.may_pass


def test_retries_end_with_the_deadline(site: Site, fetch_settings: Settings) -> None:
    site.pages["/story"] = BUSY

    limits = replace(QUICK, deadline_s=0.3, tries=1_000_000)
    with Stopwatch() as watch, Fetcher(fetch_settings, limits) as fetcher, pytest.raises(FetchFailed):
        fetcher.fetch(f"{site.url}/story", Content.ARTICLE)

    assert watch.own_s < 1
    assert len(site.asked) > 3


def test_pauses_are_random_and_their_bound_doubles(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[float, float]] = []
    monkeypatch.setattr("random.uniform", lambda low, high: drawn.append((low, high)) or 0.0)

    def fail() -> Answer:
        raise FetchFailed("http://news.example/", "in trouble", may_pass=True)

    with pytest.raises(FetchFailed):
        tried(fail, Exchange("http://news.example/", Limits(tries=6)))

    assert drawn == [(0, 1), (0, 2), (0, 4), (0, 8), (0, 8), (0, 8)]


def test_a_name_server_in_trouble_may_pass_and_an_unknown_name_will_not(fetcher: Fetcher, names: Names) -> None:
    with pytest.raises(HostUnreachable, match="there is no host") as unknown:
        fetcher.fetch("http://nowhere.example/", Content.ARTICLE)
    assert (names.asked, unknown.value.may_pass) == (["nowhere.example"], False)

    names.fails_with = OSError(-3, "Temporary failure in name resolution")
    with pytest.raises(HostUnreachable, match=r"no name server could say where nowhere\.example is") as troubled:
        fetcher.fetch("http://nowhere.example/", Content.ARTICLE)
    assert (len(names.asked), troubled.value.may_pass) == (1 + 3, True)


def test_a_refused_connection_may_pass_and_a_bad_certificate_will_not(fetcher: Fetcher, names: Names) -> None:
    names.known["news.example"] = [["127.0.0.1"]]
    with Site() as closed:
        port = closed.port
    with pytest.raises(HostUnreachable, match="does not answer") as refused:
        fetcher.fetch(f"http://news.example:{port}/", Content.ARTICLE)

    with Site(tls=True) as site, pytest.raises(HostUnreachable, match="not to be trusted") as untrusted:
        fetcher.fetch(f"https://news.example:{site.port}/", Content.ARTICLE)

    assert (refused.value.may_pass, untrusted.value.may_pass) == (True, False)
    assert site.connections == 1


def test_a_short_retry_after_is_waited_for(site: Site, fetch_settings: Settings) -> None:
    site.serve("/robots.txt", "")
    site.pages["/story"] = one_by_one(answer("", "Retry-After: 1", status="429 Slow"), STORY)

    with Stopwatch() as watch, Fetcher(fetch_settings, replace(QUICK, deadline_s=3)) as fetcher:
        assert fetcher.fetch(f"{site.url}/story", Content.ARTICLE).body == b"story"

    assert watch.passed_s >= 1
    assert watch.own_s < 2


@pytest.mark.parametrize("status", ["429 Slow", "503 Oops"])
def test_a_long_retry_after_lets_the_host_rest(site: Site, fetcher: Fetcher, status: str) -> None:
    busy = site.serve("/busy", "", "Retry-After: 1800", status=status)
    other = site.serve("/story", "story")

    with pytest.raises(FetchFailed, match=status.split()[0]) as first:
        fetcher.fetch(busy, Content.ARTICLE)
    with Stopwatch() as watch, pytest.raises(HostResting) as second:
        fetcher.fetch(other, Content.ARTICLE)

    assert watch.own_s < 0.2
    assert site.asked == ["/busy"]
    assert first.value.retry_after_s == 1800
    assert (second.value.url, second.value.may_pass) == (other, True)
    assert second.value.retry_after_s == pytest.approx(1800, abs=5)
    assert f"127.0.0.1 is not asked for 1800 s more: the server answered {status.split()[0]} " in second.value.what


def test_a_retry_after_holds_for_the_host_alone(
    site: Site, fetch_settings: Settings, names: Names, canary: Site
) -> None:
    names.known = {"one.example": [["127.0.0.1"]], "other.example": [["127.0.0.1"]]}
    site.serve("/busy", "", "Retry-After: 999999999999999999", status="429 Slow")
    site.serve("/story", "story")

    with Fetcher(replace(fetch_settings, allow_hosts=frozenset(names.known)), QUICK, resolve=names) as fetcher:
        with pytest.raises(FetchFailed):
            fetcher.fetch(f"http://one.example:{site.port}/busy", Content.ARTICLE)
        with pytest.raises(HostResting):
            fetcher.fetch(f"http://one.example:{canary.port}/another-port", Content.ARTICLE)
        assert fetcher.fetch(f"http://other.example:{site.port}/story", Content.ARTICLE).body == b"story"


def test_the_rest_of_a_host_outlives_its_line(
    site: Site, fetch_settings: Settings, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scrapers.network.switchboard.MAX_LINES", 1)
    names.known = {"one.example": [["127.0.0.1"]], "other.example": [["127.0.0.1"]]}
    site.serve("/busy", "", "Retry-After: 600", status="429 Slow")
    site.serve("/story", "story")

    with Fetcher(replace(fetch_settings, allow_hosts=frozenset(names.known)), QUICK, resolve=names) as fetcher:
        with pytest.raises(FetchFailed):
            fetcher.fetch(f"http://one.example:{site.port}/busy", Content.ARTICLE)
        fetcher.fetch(f"http://other.example:{site.port}/story", Content.ARTICLE)
        with pytest.raises(HostResting):
            fetcher.fetch(f"http://one.example:{site.port}/story", Content.ARTICLE)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        (" 7 ", 7),
        ("3600", 3600),
        ("3601", 3600),
        ("1" + "0" * 18, 3600),
        ("9" * 60_000, 3600),
        ("-5", None),
        ("1.5", None),
        ("1e3", None),
        ("٣", None),
        ("soon", None),
        ("", None),
        (format_datetime(NOW + timedelta(seconds=90), usegmt=True), 90),
        (format_datetime(NOW - timedelta(days=9_000), usegmt=True), 0),
        (format_datetime(NOW + timedelta(days=9_000), usegmt=True), 3600),
        ("Wed, 25 Nov 2026 12:01:30", None),
        ("Wed, 25 Nov 99999 12:01:30 GMT", None),
        ("Wed, 99 Foo 2026 12:01:30 GMT", None),
    ],
)
def test_a_retry_after_is_seconds_or_a_date_and_capped(value: str, seconds: float | None) -> None:
    slow = Answer(parse("http://news.example/"), 429, (("Retry-After", value),), b"")

    assert retry_after_s(slow, NOW, 3600) == seconds


@given(st.text(alphabet=st.characters(max_codepoint=255)) | st.from_regex(r"[A-Z][a-z]{2}, [0-9:+ A-Za-z-]{0,40}"))
def test_no_retry_after_breaks_the_fetch(value: str) -> None:
    slow = Answer(parse("http://news.example/"), 429, (("Retry-After", value),), b"")

    assert 0 <= (retry_after_s(slow, NOW, 3600) or 0) <= 3600


def test_a_robots_txt_that_is_asked_for_too_often_lets_the_host_rest(site: Site, fetcher: Fetcher) -> None:
    site.serve("/robots.txt", "", "Retry-After: 900", status="429 Slow")
    url = site.serve("/story", "story")

    for _ in range(2):
        with pytest.raises(ScrapeError) as failed:
            fetcher.fetch(url, Content.ARTICLE)
        assert failed.value.may_pass
        assert failed.value.retry_after_s == pytest.approx(900, abs=5)

    assert len(site.requests) == 1


def test_a_fetch_waits_for_its_turn_only_so_long(site: Site, fetch_settings: Settings) -> None:
    site.serve("/robots.txt", "")
    site.serve("/story", "story")
    site.pages["/slow"] = lambda connection: time.sleep(1)
    limits = replace(QUICK, deadline_s=0.5, max_wait_s=0.1, tries=1)

    with Fetcher(fetch_settings, replace(limits, deadline_s=2)) as fetcher:
        fetcher.fetch(f"{site.url}/story", Content.ARTICLE)
        slow = threading.Thread(target=lambda: refused(fetcher, f"{site.url}/slow"))
        slow.start()
        time.sleep(0.1)
        fetcher._limits = limits
        busy = pytest.raises(HostResting, match="other pages of it are being fetched; try again later")
        with Stopwatch() as watch, busy:
            fetcher.fetch(f"{site.url}/story", Content.ARTICLE)
        slow.join()

    assert watch.own_s < 0.7


def refused(fetcher: Fetcher, url: str) -> str:
    """Why a fetch failed."""
    try:
        fetcher.fetch(url, Content.ARTICLE)
    except ScrapeError as error:
        return str(error)
    return ""
