"""One host is asked by one connection, with pauses, however many threads and origins there are."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from socket import socket

import pytest

from claims.settings import Settings
from scrapers.errors import FetchFailed, HostResting, HostUnreachable, ScrapeError
from scrapers.fetch import Content, Fetcher
from scrapers.network.exchange import USUAL, Exchange, Limits
from scrapers.network.lines import pause
from scrapers.network.robots import read_robots
from tests.scrapers.conftest import QUICK, Names
from tests.scrapers.site import Site, answer, dripping, trusting
from tests.stopwatch import Stopwatch


class Others:
    """Other processes that hold the pauses: waits_s is how long they let us wait for our turns, one after the other."""

    def __init__(self, *waits_s: float) -> None:
        self.waits_s = list(waits_s)
        self.told: list[tuple[object, ...]] = []

    def take(self, host: str, delay_s: float) -> float:
        """The next wait, 0 after the last one."""
        self.told.append(("take", host, delay_s))
        return self.waits_s.pop(0) if self.waits_s else 0.0

    def rest(self, host: str, rest_s: float) -> None:
        """Keep what was told."""
        self.told.append(("rest", host, rest_s))


class Counter:
    """Counts how many requests are answered at once, over several sites."""

    def __init__(self) -> None:
        self.now = self.most = 0
        self.lock = threading.Lock()

    def __call__(self, connection: object) -> None:
        """Answer slowly, and hang up."""
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.02)
        with self.lock:
            self.now -= 1
        connection.sendall(answer("story"))


def outcomes(fetcher: Fetcher, urls: list[str]) -> list[str]:
    """What comes of the addresses when all are fetched at once: the page's text, or why there is none."""
    found = [""] * len(urls)

    def run(number: int) -> None:
        try:
            found[number] = fetcher.fetch(urls[number], Content.ARTICLE).body.decode()
        except ScrapeError as error:
            found[number] = error.what

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(urls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_http_and_https_of_one_host_take_turns(fetch_settings: Settings, names: Names) -> None:
    names.known["news.example"] = [["127.0.0.1"]]
    counter = Counter()

    with Site() as plain, Site(tls=True) as encrypted:
        plain.pages["/story"] = encrypted.pages["/story"] = counter
        urls = [f"http://news.example:{plain.port}/story", f"https://news.example:{encrypted.port}/story"] * 4
        with Fetcher(fetch_settings, replace(QUICK, max_wait_s=9), resolve=names, tls=trusting()) as fetcher:
            assert outcomes(fetcher, urls) == ["story"] * 8

    assert counter.most == 1


def test_hosts_are_asked_side_by_side(site: Site, fetch_settings: Settings, names: Names) -> None:
    names.known = {f"host-{number}.example": [["127.0.0.1"]] for number in range(8)}
    counter = Counter()
    site.pages["/story"] = counter
    urls = [f"http://{host}:{site.port}/story" for host in names.known] * 2

    with Fetcher(replace(fetch_settings, allow_hosts=frozenset(names.known)), QUICK, resolve=names) as fetcher:
        assert outcomes(fetcher, urls) == ["story"] * 16

    assert counter.most > 2
    assert len([head for head in site.requests if "/robots.txt" in head]) == 8


def test_two_requests_to_a_host_are_half_a_second_apart(fetcher: Fetcher) -> None:
    with Stopwatch() as watch:
        for url in ("http://nowhere.example/a", "https://nowhere.example/b"):
            with pytest.raises(HostUnreachable):
                fetcher.fetch(url, Content.ARTICLE)

    assert watch.passed_s >= 0.5
    assert watch.own_s < 1


@pytest.fixture
def slow_site(site: Site) -> Site:
    """A site that wants a pause between two requests."""
    site.serve("/robots.txt", "User-agent: *\nCrawl-delay: 0.2")
    site.serve("/story", "story")
    return site


def test_other_processes_are_told_of_each_turn_at_a_host_with_a_pause(
    slow_site: Site, fetch_settings: Settings
) -> None:
    others = Others(0.3, 0.2)
    slow_site.serve("/busy", "busy", "Retry-After: 2", status="429 Too Many Requests")

    with Fetcher(fetch_settings, replace(QUICK, tries=1), pauses=others) as fetcher:
        with Stopwatch() as watch:
            fetcher.fetch(f"{slow_site.url}/story", Content.ARTICLE)
        with pytest.raises(FetchFailed):
            fetcher.fetch(f"{slow_site.url}/busy", Content.ARTICLE)

    take, rest = ("take", "127.0.0.1", 0.2), ("rest", "127.0.0.1", 0.2)
    assert others.told == [take, take, take, rest, take, rest, ("rest", "127.0.0.1", 2.0)]
    assert watch.passed_s >= 0.7


def test_a_host_that_other_processes_ask_for_too_long_is_left_for_later(
    slow_site: Site, fetch_settings: Settings
) -> None:
    with (
        Fetcher(fetch_settings, QUICK, pauses=Others(60.0)) as fetcher,
        pytest.raises(HostResting, match="it wants a pause between two requests") as resting,
    ):
        fetcher.fetch(f"{slow_site.url}/story", Content.ARTICLE)

    assert (resting.value.may_pass, resting.value.retry_after_s) == (True, 60)
    assert slow_site.asked == []


def test_what_telling_other_processes_takes_is_no_part_of_a_sites_time(
    slow_site: Site, fetch_settings: Settings
) -> None:
    class Slow(Others):
        def rest(self, host: str, rest_s: float) -> None:
            time.sleep(0.6)

    slow_site.serve("/old", "", "Location: /story", status="301 Moved Permanently")

    with Fetcher(fetch_settings, replace(QUICK, deadline_s=0.5, max_wait_s=5.0), pauses=Slow()) as fetcher:
        assert fetcher.fetch(f"{slow_site.url}/old", Content.ARTICLE).status == 200


def test_nobody_is_told_of_hosts_that_need_no_pause(site: Site, fetch_settings: Settings) -> None:
    others = Others()
    site.serve("/story", "story")

    with Fetcher(fetch_settings, QUICK, pauses=others) as fetcher:
        fetcher.fetch(f"{site.url}/story", Content.ARTICLE)

    assert others.told == []


def test_the_crawl_delay_of_one_origin_holds_for_its_host(fetch_settings: Settings, names: Names) -> None:
    names.known["news.example"] = [["127.0.0.1"]]

    with Site() as plain, Site(tls=True) as encrypted:
        plain.serve("/robots.txt", "User-agent: *\nCrawl-delay: 0.3")
        urls = [f"http://news.example:{plain.port}/a", f"https://news.example:{encrypted.port}/b"]
        plain.serve("/a", "story")
        encrypted.serve("/b", "story")
        with Fetcher(fetch_settings, replace(QUICK, deadline_s=3), resolve=names, tls=trusting()) as fetcher:
            fetcher.fetch(urls[0], Content.ARTICLE)
            begun_s = time.monotonic()
            fetcher.fetch(urls[1], Content.ARTICLE)

    assert time.monotonic() - begun_s >= 0.6  # for its robots.txt, and for the page


def test_a_crawl_delay_that_was_taken_back_holds_no_longer(fetcher: Fetcher) -> None:
    line = fetcher._switchboard.new_line("news.example")

    for asked, kept in (("Crawl-delay: 9", 9), ("Crawl-delay: 99", 10), ("Crawl-delay: 2", 2), ("", 0)):
        line.keep_robots("http://news.example", read_robots(f"User-agent: *\n{asked}".encode(), "Claimline"), 10)
        assert line.delay_s == kept


@pytest.mark.parametrize("delay", ["nan", "inf", "-1", "1e999", "1_0", "soon", "", "9" * 5_000])
def test_a_crawl_delay_without_sense_is_none(delay: str) -> None:
    rules = read_robots(f"User-agent: *\nCrawl-delay: {delay}\nDisallow: /x".encode(), "Claimline")

    assert rules.crawl_delay_s in {0.0, 10.0}


def test_every_fetch_ends_within_a_minute() -> None:
    assert USUAL.deadline_s + USUAL.max_wait_s < 60


def test_a_fetch_may_wait_for_its_turn_at_the_slowest_of_hosts_and_be_sent_on_there() -> None:
    assert USUAL.max_wait_s >= 3 * USUAL.max_delay_s


def test_waiting_for_turns_leaves_the_server_its_whole_time_however_long_it_takes() -> None:
    exchange = Exchange("http://news.example/", Limits(deadline_s=1.0, max_wait_s=0.5))

    pause(0.4, "news.example", exchange)
    with pytest.raises(HostResting, match="it wants a pause between two requests"):
        pause(0.4, "news.example", exchange)

    assert exchange.remaining_s == pytest.approx(1.0, abs=0.3)


def slowly(seconds: float) -> Callable[[socket], None]:
    """An answer that takes so many seconds."""
    return lambda connection: (time.sleep(seconds), connection.sendall(answer("story")))


def test_a_wait_for_other_processes_is_not_taken_from_the_servers_time(
    slow_site: Site, fetch_settings: Settings
) -> None:
    slow_site.pages["/story"] = slowly(0.4)
    limits = replace(QUICK, deadline_s=0.8, max_wait_s=0.5, tries=1)
    url = f"{slow_site.url}/story"

    with Fetcher(fetch_settings, limits, pauses=Others(0.7)) as fetcher, pytest.raises(HostResting):
        fetcher.fetch(url, Content.ARTICLE)
    asked_in_vain = list(slow_site.asked)
    with Fetcher(fetch_settings, replace(limits, max_wait_s=1.5), pauses=Others(0.7)) as fetcher:
        page = fetcher.fetch(url, Content.ARTICLE)

    assert (asked_in_vain, page.body) == ([], b"story")


def test_a_host_that_has_rested_gets_its_whole_time(site: Site, fetch_settings: Settings) -> None:
    busy = site.serve("/busy", "busy", "Retry-After: 1", status="429 Too Many Requests")
    site.pages["/story"] = slowly(0.6)

    with Fetcher(fetch_settings, replace(QUICK, deadline_s=1.2, tries=1)) as fetcher:
        with pytest.raises(FetchFailed):
            fetcher.fetch(busy, Content.ARTICLE)
        assert fetcher.fetch(f"{site.url}/story", Content.ARTICLE).body == b"story"


@pytest.mark.parametrize("pages", [{}, {"/story": answer("", "Retry-After: 2", status="429 Slow")}])
def test_closing_the_fetcher_ends_every_wait_at_once(
    slow_site: Site, fetch_settings: Settings, pages: dict[str, bytes]
) -> None:
    slow_site.pages |= pages
    others = Others() if pages else Others(20.0)
    told: list[str] = []
    fetcher = Fetcher(fetch_settings, replace(QUICK, max_wait_s=60.0), pauses=others)
    waiting = threading.Thread(
        target=lambda: told.extend(outcomes(fetcher, [f"{slow_site.url}/story"] * 2)), daemon=True
    )
    waiting.start()
    while len(others.told) < (3 if pages else 1):
        time.sleep(0.01)
    asked = len(slow_site.asked)

    with Stopwatch() as watch:
        fetcher.close()
        waiting.join(timeout=10)

    assert watch.own_s < 1
    assert told == ["not asked, since Claimline is stopping; try again later"] * 2
    assert len(slow_site.asked) == asked


DRIP = dripping(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"x", every_s=0.02)

ROUND_AND_ROUND = answer("", "Location: /story", status="302 Found")


@pytest.mark.parametrize(
    "pages",
    [
        {"/story": DRIP},
        {"/robots.txt": DRIP},
        {"/story": answer("", status="503 Oops")},
        {"/story": answer("", "Retry-After: 0", status="503 Oops")},
        {"/story": answer("", "Retry-After: 1", status="429 Oops")},
        {"/robots.txt": answer("User-agent: *\nCrawl-delay: 5")},
        {"/robots.txt": answer("User-agent: *\nCrawl-delay: 0.3"), "/story": ROUND_AND_ROUND},
        {"/story": answer("", "Location: /drip", status="302 Found"), "/drip": DRIP},
        {"/story": ROUND_AND_ROUND},
        {"/story": lambda connection: time.sleep(2)},
    ],
)  # fmt: skip
def test_a_fetch_ends_in_time_whatever_the_server_does(site: Site, fetch_settings: Settings, pages: dict) -> None:
    site.pages |= pages
    limits = Limits(deadline_s=0.5, max_wait_s=0.3, silence_s=0.2, backoff_s=0.3)

    with Stopwatch() as watch, Fetcher(fetch_settings, limits) as fetcher, pytest.raises(ScrapeError) as failed:
        fetcher.fetch(f"{site.url}/story", Content.ARTICLE)

    assert watch.own_s < 0.8 + 0.3
    assert failed.value.may_pass or "more than 5 times" in failed.value.what


def test_a_drip_beside_healthy_hosts_takes_nothing_from_them(
    site: Site, fetch_settings: Settings, names: Names
) -> None:
    names.known = {f"host-{number}.example": [["127.0.0.1"]] for number in range(4)} | {"bad.example": [["127.0.0.1"]]}
    site.serve("/story", "story")
    site.pages["/drip"] = DRIP
    healthy = [f"http://host-{number}.example:{site.port}/story" for number in range(4)]

    settings, limits = replace(fetch_settings, allow_hosts=frozenset(names.known)), replace(QUICK, deadline_s=1.0)
    with Fetcher(settings, limits, resolve=names) as fetcher:
        found = outcomes(fetcher, [f"http://bad.example:{site.port}/drip"] * 2 + healthy * 3)

    assert found[2:] == ["story"] * 12
    assert all("try again later" in reason for reason in found[:2])


def test_who_used_up_the_time_cannot_make_another_hosts_rules_unreadable(
    site: Site, fetch_settings: Settings, names: Names
) -> None:
    names.known = {"bad.example": [["127.0.0.1"]], "good.example": [["127.0.0.1"]]}
    good = f"http://good.example:{site.port}"
    late = answer("", f"Location: {good}/story", status="302 Found")
    site.pages["/late"] = lambda connection: (time.sleep(0.4), connection.sendall(late))
    site.pages["/robots.txt"] = lambda connection: (time.sleep(0.15), connection.sendall(answer("")))
    site.serve("/story", "story")
    settings = replace(fetch_settings, allow_hosts=frozenset(names.known))

    with Fetcher(settings, replace(QUICK, deadline_s=0.6), resolve=names) as fetcher:
        with pytest.raises(FetchFailed):
            fetcher.fetch(f"http://bad.example:{site.port}/late", Content.ARTICLE)
        assert fetcher.fetch(f"{good}/story", Content.ARTICLE).body == b"story"


def test_rules_beyond_what_is_kept_are_read_again(
    site: Site, fetch_settings: Settings, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scrapers.network.switchboard.MAX_ROBOTS_LINES", 150)
    names.known = {f"host-{number}.example": [["127.0.0.1"]] for number in range(3)}
    site.serve("/robots.txt", "User-agent: *\n" + "Disallow: /x\n" * 99)
    site.serve("/story", "story")

    with Fetcher(replace(fetch_settings, allow_hosts=frozenset(names.known)), QUICK, resolve=names) as fetcher:
        for host in (*names.known, *names.known):
            fetcher.fetch(f"http://{host}:{site.port}/story", Content.ARTICLE)
        kept = fetcher._switchboard.robots_lines

    assert kept <= 150
    assert len([head for head in site.requests if "/robots.txt" in head]) == 6
