"""What robots.txt asks is obeyed, whatever state it is in."""

import gzip
import time
import tracemalloc
from dataclasses import replace

import pytest

from claims.settings import Settings
from scrapers.addresses import parse
from scrapers.errors import FetchRefused
from scrapers.fetch import Content, Fetcher
from scrapers.network.robots import read_robots
from tests.scrapers.conftest import QUICK, Names
from tests.scrapers.site import Site, answer, cut_off, dripping
from tests.stopwatch import Computing

UNREADABLE = "the site's robots.txt could not be read, so nothing may be: "


def may_read(robots: str, target: str) -> bool:
    """Whether Claimline may read the target under these rules."""
    return not read_robots(robots.encode(), "Claimline/9 (x)").refusal(parse(f"https://news.example{target}"))


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /story", False),
        ("\ufeffUSER-AGENT:*\r\ndisallow:/story", False),
        ("User-agent: *\nDisallow: /\nAllow: /story", True),
        ("User-agent: *\nDisallow: /*.html$", True),
        ("User-agent: *\nDisallow: /st*y", False),
        ("User-agent: claimline\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: Claimline/2.0 # us\nUser-agent: Other\nDisallow: /", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Claimline\nAllow: /", True),
        ("User-agent: claim\nDisallow: /", True),
        ("User-agent: GPTBot\nDisallow: /", True),
        ("User-agent: GPTBot\nUser-agent: *\nDisallow: /", False),
        ("<html>Not found, but 200</html>", True),
    ],
)
def test_the_rules_for_us_hold(robots: str, allowed: bool) -> None:
    assert may_read(robots, "/story?page=1") is allowed


def test_many_agents_with_many_rules_are_read_in_time() -> None:
    agents = "".join(f"User-agent: a{number}\n" for number in range(10_000))
    rules = "".join(f"Disallow: /{number}\n" for number in range(10_000))

    with Computing() as computing:
        robots = read_robots((agents + rules).encode(), "Claimline/9")

        assert not robots.refusal(parse("https://news.example/1"))
    assert computing.cpu_s < 2


def test_a_page_that_robots_txt_forbids_is_not_asked_for(site: Site, fetcher: Fetcher) -> None:
    site.serve("/robots.txt", "User-agent: *\nDisallow: /private/")
    site.serve("/private/story", "secret")

    for target in ("/private/story", "/public/../private/story", "/public/%2e%2e/private/story"):
        with pytest.raises(FetchRefused, match=r"robots\.txt asks us not to read this page; ask the outlet, or save"):
            fetcher.fetch(site.url + target, Content.EVIDENCE)

    assert site.asked == []


def test_robots_txt_is_asked_for_once(site: Site, fetcher: Fetcher) -> None:
    urls = [site.serve(f"/{number}", "story") for number in range(3)]

    for url in urls:
        fetcher.fetch(url, Content.ARTICLE)

    assert [head.split()[1] for head in site.requests] == ["/robots.txt", "/0", "/1", "/2"]


@pytest.mark.parametrize(
    "status",
    ["404 Not Found", "403 Forbidden", "401 Unauthorized", "410 Gone", "451 No", "204 No Content", "302 Found"],
)
def test_without_a_robots_txt_everything_is_allowed(site: Site, fetcher: Fetcher, status: str) -> None:
    site.serve("/robots.txt", "User-agent: *\nDisallow: /", status=status)

    assert fetcher.fetch(site.serve("/story", "story"), Content.ARTICLE).status == 200


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (answer("", status="503 Oops"), "the server answered 503 Service Unavailable; "),
        (answer("", status="429 Slow"), "the server answered 429 Too Many Requests; "),
        (answer("x", "Content-Encoding: gzip"), "the answer is broken off before its end; "),
        (answer("", "Location: /robots.txt", status="302 Found"), "the server sends us on more than 5 times; "),
        (cut_off(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nUser-agent:"), "the answer broke off before its end; "),
        (cut_off(b""), "the server hung up or did not answer in HTTP; "),
        (lambda connection: time.sleep(0.4), "no whole answer within 0.2 s; "),
    ],
)
def test_nothing_is_asked_while_robots_txt_cannot_be_read(
    site: Site, fetch_settings: Settings, reply: bytes, why: str
) -> None:
    site.pages["/robots.txt"] = reply
    url = site.serve("/story", "story")

    # Only who waits for the deadline needs a short one; on a busy machine it might be over before the others are.
    with Fetcher(fetch_settings, replace(QUICK, deadline_s=0.2) if "within" in why else QUICK) as fetcher:
        for _ in range(2):
            with pytest.raises(FetchRefused) as refused:
                fetcher.fetch(url, Content.ARTICLE)
            assert refused.value.what.startswith(UNREADABLE + why)
            assert refused.value.may_pass
            assert refused.value.retry_after_s == pytest.approx(300, abs=5)

    assert site.asked == []


def test_a_robots_txt_may_be_kept_elsewhere(site: Site, fetcher: Fetcher) -> None:
    site.send_on("/robots.txt", "/rules")
    site.serve("/rules", "User-agent: *\nDisallow: /private/")

    with pytest.raises(FetchRefused, match="asks us not to read"):
        fetcher.fetch(f"{site.url}/private/story", Content.ARTICLE)


def test_the_robots_txt_of_another_host_may_hold_for_this_one(
    site: Site, fetch_settings: Settings, names: Names
) -> None:
    names.known = {"news.example": [["127.0.0.1"]], "rules.example": [["127.0.0.1"]]}
    settings = replace(fetch_settings, allow_hosts=frozenset(names.known))

    with Site() as other, Fetcher(settings, QUICK, resolve=names) as fetcher:
        site.send_on("/robots.txt", f"http://rules.example:{other.port}/robots.txt")
        other.serve("/robots.txt", "User-agent: *\nDisallow: /private/")
        site.serve("/story", "story")

        assert fetcher.fetch(f"http://news.example:{site.port}/story", Content.ARTICLE).status == 200
        with pytest.raises(FetchRefused, match="asks us not to read"):
            fetcher.fetch(f"http://news.example:{site.port}/private/story", Content.ARTICLE)


def test_a_robots_txt_on_a_host_that_is_not_there_cannot_be_read(site: Site, fetcher: Fetcher, names: Names) -> None:
    site.send_on("/robots.txt", "http://nowhere.example/robots.txt")
    url = site.serve("/story", "story")

    for _ in range(2):
        with pytest.raises(FetchRefused, match=f"{UNREADABLE}the site sends us on to .*there is no host nowhere"):
            fetcher.fetch(url, Content.ARTICLE)

    assert names.asked == ["nowhere.example"]


ONE_RULE = "User-agent: *\nDisallow: /özel/"


@pytest.mark.parametrize(
    "body",
    [
        ONE_RULE.encode(),
        ONE_RULE.encode("utf-8-sig"),
        ONE_RULE.encode("utf-16"),
        ONE_RULE.encode("latin-1"),
        ONE_RULE.replace("\n", "\r").encode(),
        ONE_RULE.replace("\n", "\r\n\x00\r\n").encode(),
        b"\x00 junk \x80\n" + ONE_RULE.encode("latin-1"),
        b"<!doctype html><html><body>\n" + ONE_RULE.encode(),
        ONE_RULE.encode() + b"\n" + b"# padding\n" * 200_000,
        ONE_RULE.encode() + b"\n" + "ş".encode() * 300_000,
    ],
)
def test_rules_are_read_from_whatever_bytes(body: bytes) -> None:
    rules = read_robots(body, "Claimline/9")

    assert rules.refusal(parse("https://news.example/özel/story"))
    assert not rules.refusal(parse("https://news.example/story"))


@pytest.mark.parametrize("content_type", ["text/html", "image/png", "application/octet-stream", ""])
def test_rules_are_read_under_whatever_label(site: Site, fetcher: Fetcher, content_type: str) -> None:
    site.serve("/robots.txt", "User-agent: *\nDisallow: /", f"Content-Type: {content_type}")

    with pytest.raises(FetchRefused, match="asks us not to read"):
        fetcher.fetch(site.serve("/story", "story"), Content.ARTICLE)


@pytest.mark.parametrize("length", [b"", b"Content-Length: 99999999\r\n"])
def test_a_robots_txt_without_end_is_read_as_far_as_it_must_be(site: Site, fetcher: Fetcher, length: bytes) -> None:
    start = b"User-agent: *\nDisallow: /private/\n" + b"# padding\n" * 60_000
    site.pages["/robots.txt"] = dripping(b"HTTP/1.1 200 OK\r\n" + length + b"\r\n" + start, b"#", every_s=0.05)

    assert fetcher.fetch(site.serve("/story", "story"), Content.ARTICLE).status == 200
    with pytest.raises(FetchRefused, match="asks us not to read"):
        fetcher.fetch(f"{site.url}/private/story", Content.ARTICLE)


def test_a_bomb_in_place_of_a_robots_txt_goes_off_in_little_memory(site: Site, fetcher: Fetcher) -> None:
    site.serve("/robots.txt", gzip.compress(bytes(50_000_000)), "Content-Encoding: gzip")

    tracemalloc.start()
    fetcher.fetch(site.serve("/story", "story"), Content.ARTICLE)
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak_bytes < 8_000_000


def test_a_robots_txt_cannot_send_us_to_what_is_private(site: Site, canary: Site, fetcher: Fetcher) -> None:
    site.send_on("/robots.txt", canary.url + "/robots.txt")

    with pytest.raises(FetchRefused, match=f"sends us on to {canary.url}/robots.txt: port "):
        fetcher.fetch(site.serve("/story", "story"), Content.ARTICLE)


def test_the_rules_of_a_redirects_target_hold_too(site: Site, fetch_settings: Settings) -> None:
    with Site() as other, Fetcher(replace(fetch_settings, allow_hosts=frozenset(("127.0.0.1",)))) as fetcher:
        other.serve("/robots.txt", "User-agent: *\nDisallow: /")
        url = site.send_on("/story", other.url + "/story")

        with pytest.raises(
            FetchRefused, match=f"the site sends us on to {other.url}/story: the site's robots.txt asks"
        ):
            fetcher.fetch(url, Content.ARTICLE)

        assert other.asked == []


def test_the_crawl_delay_is_kept_and_costs_no_time_of_the_deadline(site: Site, fetch_settings: Settings) -> None:
    site.serve("/robots.txt", "User-agent: *\nCrawl-delay: 0.8")
    url = site.serve("/story", "story")

    with Fetcher(fetch_settings, replace(QUICK, deadline_s=0.7)) as fetcher:
        fetcher.fetch(url, Content.ARTICLE)
        begun_s = time.monotonic()
        fetcher.fetch(url, Content.ARTICLE)

    assert time.monotonic() - begun_s >= 0.8


def test_a_crawl_delay_without_end_is_capped(site: Site, fetch_settings: Settings) -> None:
    site.serve("/robots.txt", "User-agent: *\nCrawl-delay: 86400")
    begun_s = time.monotonic()

    with Fetcher(fetch_settings, replace(QUICK, max_delay_s=0.1)) as fetcher:
        fetcher.fetch(site.serve("/story", "story"), Content.ARTICLE)

    assert 0.1 <= time.monotonic() - begun_s < 5
