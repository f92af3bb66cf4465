"""Fetching from a site that answers badly, slowly, without end, or points elsewhere."""

import gzip
import socket
import subprocess
import sys
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.addresses.reach import allowed_host
from claims.errors import InvalidDraft
from claims.settings import Settings
from scrapers.addresses import DEFAULT_PORTS, parse
from scrapers.errors import FetchFailed, FetchRefused, HostUnreachable, UnreadablePage
from scrapers.fetch import Content, Fetcher, next_hop
from scrapers.network.connector import Connector
from scrapers.network.decoding import BadEncoding, Body, zstd
from scrapers.network.exchange import Exchange
from tests.scrapers.conftest import QUICK, Names
from tests.scrapers.site import Site, answer, cut_off, dripping, trusting

STORY = "<h1>Ankara was forced to buy the S-400</h1>"
SKIPPED_FRAME = b"\x50\x2a\x4d\x18\x04\x00\x00\x00skip"
PACKERS = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstd.compress}
Bombs = dict[str, bytes]
PLAIN = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.fixture(scope="session")
def bombs() -> Bombs:
    """Bodies that unpack to a gigabyte each, by their encoding."""
    zeros = bytes(1 << 30)
    return {
        "gzip": gzip.compress(bytes(1 << 27), 1) * 8,
        "deflate": zlib.compress(bytes(1 << 27), 1),
        "br": brotli.compress(zeros, quality=1),
        "zstd": zstd.compress(zeros),
    }


@contextmanager
def peak_below(max_bytes: int) -> Iterator[None]:
    """Hold what the block does to a peak of memory."""
    tracemalloc.start()
    try:
        yield
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak_bytes < max_bytes


def test_a_page_comes_whole_with_all_that_is_known_of_it(site: Site, fetcher: Fetcher) -> None:
    url = site.serve("/story", STORY, "ETag: abc", "X-Twice: 1", "X-Twice: 2", "Content-Type: text/html; charset=utf-8")

    page = fetcher.fetch(f"{url}#comments", Content.ARTICLE)

    assert (page.url, page.final_url, page.status) == (f"{url}#comments", url, 200)
    assert page.body.decode() == STORY
    assert page.content_type == "text/html; charset=utf-8"
    assert page.headers[:3] == (("ETag", "abc"), ("X-Twice", "1"), ("X-Twice", "2"))
    assert page.fetched_at.utcoffset() is not None


def test_a_request_says_who_asks_and_nothing_else(site: Site, fetcher: Fetcher) -> None:
    fetcher.fetch(site.serve("/story", STORY, "Set-Cookie: a=1"), Content.ARTICLE)
    fetcher.fetch(site.url + "/story", Content.ARTICLE)

    lines = site.requests[-1].split("\r\n")
    assert lines[:3] == ["GET /story HTTP/1.1", f"Host: 127.0.0.1:{site.port}", lines[2]]
    assert lines[2].startswith("User-Agent: Claimline/")
    assert "desk@checks.example" in lines[2]
    assert [line.partition(":")[0] for line in lines[3:] if line] == ["Accept", "Accept-Encoding"]


@pytest.mark.parametrize(
    ("status", "line"),
    [
        ("404 Not Found", "the server answered 404 Not Found; check the address"),
        ("410 Whatever", "the server answered 410 Gone; the page is gone; look for it in a web archive"),
        ("403 Forbidden", "the server answered 403 Forbidden; the site does not let us in; save the page"),
        ("429 Slow", "the server answered 429 Too Many Requests; the site wants fewer requests; try again later"),
        ("503 Oops", "the server answered 503 Service Unavailable; the site is in trouble; try again later"),
        ("799 Odd", "the server answered 799; the site is in trouble"),
        ("204 No Content", "the server answered 204 No Content; there is nothing to read"),
        ("304 Not Modified", "the server answered 304 Not Modified; we did not ask whether the page has changed"),
        ("302 Found", "the server answered 302 Found; there is nothing to read"),
    ],
)
def test_a_status_other_than_200_is_no_page(site: Site, fetcher: Fetcher, status: str, line: str) -> None:
    url = site.serve("/story", b"", status=status)

    with pytest.raises(FetchFailed) as failed:
        fetcher.fetch(url, Content.ARTICLE)

    assert str(failed.value).startswith(f"{url}: {line}")
    assert failed.value.url == url


def test_a_status_counts_even_if_its_page_breaks_off(site: Site, fetcher: Fetcher) -> None:
    site.pages["/story"] = cut_off(b"HTTP/1.1 404 Not Found\r\nContent-Length: 99\r\n\r\nsorry")

    with pytest.raises(FetchFailed, match="404 Not Found; "):
        fetcher.fetch(f"{site.url}/story", Content.ARTICLE)


def test_redirects_are_followed_to_their_end(site: Site, fetcher: Fetcher) -> None:
    for number in range(5):
        site.send_on(f"/{number}", f"{number + 1}", status="301 Moved Permanently")
    site.serve("/5", STORY)

    page = fetcher.fetch(f"{site.url}/0", Content.ARTICLE)

    assert page.final_url == f"{site.url}/5"
    assert page.url == f"{site.url}/0"


def test_redirects_in_a_circle_end_after_five(site: Site, fetcher: Fetcher) -> None:
    url = site.send_on("/a", "/a")

    with pytest.raises(FetchFailed, match="sends us on more than 5 times; "):
        fetcher.fetch(url, Content.ARTICLE)

    assert len(site.asked) == 6


@pytest.mark.parametrize(
    "location",
    [
        "http://localhost/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://10.1.2.3/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.100.100.200/",
        "http://[fd00:ec2::254]/",
        "http://2130706433/",
        "http://user@127.0.0.1/",
        "ftp://news.example/",
        "file:///etc/passwd",
        "//10.1.2.3/",
        "http://intranet.example/",
    ],
)
def test_a_redirect_to_what_is_private_is_refused(site: Site, fetcher: Fetcher, names: Names, location: str) -> None:
    names.known = {"localhost": [["127.0.0.1", "::1"]], "intranet.example": [["10.9.8.7"]]}
    url = site.send_on("/story", location)

    with pytest.raises(FetchRefused, match="the site sends us on to ") as refused:
        fetcher.fetch(url, Content.ARTICLE)

    assert refused.value.url == url
    assert str(refused.value).isprintable()


def test_a_redirect_to_an_endless_address_leaves_room_for_the_reason(site: Site, fetcher: Fetcher) -> None:
    url = site.send_on("/story", "http://10.1.2.3/" + "a" * 1_900)

    with pytest.raises(FetchRefused, match=r"the site sends us on to .*…: 10\.1\.2\.3 is a private address; to fetch"):
        fetcher.fetch(url, Content.ARTICLE)


def test_a_redirect_to_another_port_of_an_allowed_port_is_refused(site: Site, canary: Site, fetcher: Fetcher) -> None:
    url = site.send_on("/story", canary.url + "/secret")

    with pytest.raises(FetchRefused, match=f"port {canary.port} is not asked; to allow it, add "):
        fetcher.fetch(url, Content.ARTICLE)


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch, names: Names) -> Iterator[Site]:
    """A site of the internet, public.example, that no setting allows."""
    names.known["public.example"] = [["93.184.216.34"]]
    connect = socket.create_connection
    with Site() as running:

        def led(address: tuple[str, int], *args: Any, **named: Any) -> socket.socket:
            return connect(("127.0.0.1", running.port) if address[0] == "93.184.216.34" else address, *args, **named)

        monkeypatch.setattr("socket.create_connection", led)
        yield running


@pytest.mark.parametrize("sender", ["/story", "/robots.txt"])
def test_a_public_site_cannot_steer_us_to_what_is_allowed(
    public: Site, canary: Site, fetch_settings: Settings, names: Names, sender: str
) -> None:
    public.send_on(sender, canary.url + "/secret")
    settings = replace(fetch_settings, allow_hosts=frozenset((f"127.0.0.1:{canary.port}",)))

    with (
        Fetcher(settings, QUICK, resolve=names) as fetcher,
        pytest.raises(FetchRefused, match=r"sends us on to .*: CLAIMLINE_ALLOW_HOSTS allows .*, but not for a"),
    ):
        fetcher.fetch("http://public.example/story", Content.ARTICLE)

    assert public.asked[-1:] == (["/story"] if sender == "/story" else [])


def test_a_public_site_steers_us_to_no_allowed_name_even_where_a_connection_is_open(
    public: Site, site: Site, fetch_settings: Settings, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(DEFAULT_PORTS, "http", site.port)
    names.known["wiki.example"] = [["127.0.0.1"]]
    own = f"http://wiki.example:{site.port}"
    public.send_on("/story", f"{own}/secret")
    site.serve("/own", STORY)
    settings = replace(fetch_settings, allow_hosts=frozenset(("wiki.example",)))

    with Fetcher(settings, QUICK, resolve=names) as fetcher:
        assert fetcher.fetch(f"{own}/own", Content.ARTICLE).status == 200
        with pytest.raises(FetchRefused, match=r"CLAIMLINE_ALLOW_HOSTS allows wiki\.example, but not for a site that"):
            fetcher.fetch("http://public.example/story", Content.ARTICLE)

    assert "/secret" not in site.asked


def test_an_allowed_site_sends_us_on_to_another_but_not_by_way_of_a_public_one(
    public: Site, site: Site, fetch_settings: Settings, names: Names
) -> None:
    site.serve("/end", STORY)
    direct = site.send_on("/direct", f"http://news.example:{site.port}/end")
    astray = site.send_on("/astray", "http://public.example/back")
    names.known["news.example"] = [["127.0.0.1"]]
    public.send_on("/back", f"http://news.example:{site.port}/end")

    with Fetcher(fetch_settings, QUICK, resolve=names) as fetcher:
        assert fetcher.fetch(direct, Content.ARTICLE).body.decode() == STORY
        with pytest.raises(FetchRefused, match="but not for a site that it does not name"):
            fetcher.fetch(astray, Content.ARTICLE)


def test_nothing_but_a_redirect_leads_elsewhere(site: Site, canary: Site, fetcher: Fetcher) -> None:
    away = f"{canary.url}/away"
    body = (
        f'<meta http-equiv="refresh" content="0; url={away}"><base href="{away}"><link rel="canonical" href="{away}">'
        f'<meta property="og:url" content="{away}"><script>location = "{away}"</script><iframe src="{away}"></iframe>'
    )
    headers = (f"Refresh: 0; url={away}", f"Content-Location: {away}", f'Link: <{away}>; rel="canonical"')
    url = site.serve("/story", body, f"Location: {away}", *headers)

    assert fetcher.fetch(url, Content.ARTICLE).final_url == url
    assert site.asked == ["/story"]


def test_a_redirect_from_https_to_http_is_refused() -> None:
    exchange = Exchange("https://news.example/", QUICK)

    with pytest.raises(FetchRefused, match="without encryption; check the address"):
        next_hop(exchange, parse("https://news.example/"), "http://news.example/")


@pytest.mark.parametrize("location", ["/ü", "/ü".encode().decode("latin-1"), "/%C3%BC"])
def test_a_redirect_may_be_written_in_utf_8_or_latin_1(location: str) -> None:
    exchange = Exchange("https://news.example/", QUICK)

    assert next_hop(exchange, parse("http://news.example/"), location).target == "/%C3%BC"


# fmt: off
PRIVATE_IPS = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "192.168.0.1",
    "224.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:0:10.0.0.1",
    "64:ff9b::127.0.0.1", "64:ff9b:1::8.8.8.8", "2001:0:7f00:1:0:0:f7f7:f7f7", "2002:7f00:1::1", "fc00::1",
    "fd00:ec2::254", "fe80::1", "fe80::1%lo", "fec0::1", "ff02::1",
]
# fmt: on


@pytest.mark.parametrize(
    "answers", [[ip] for ip in PRIVATE_IPS] + [["93.184.216.34", "127.0.0.1"], ["2606:4700::1111", "::1"]]
)
def test_a_name_with_one_private_address_is_refused(fetcher: Fetcher, names: Names, answers: list[str]) -> None:
    names.known["rebound.example"] = [answers]

    with pytest.raises(FetchRefused, match=r"is a private address; .* add rebound.example to CLAIMLINE_ALLOW_HOSTS"):
        fetcher.fetch("http://rebound.example/", Content.ARTICLE)

    assert names.asked == ["rebound.example"]


def test_each_connection_looks_its_host_up_and_checks_it_anew(names: Names) -> None:
    names.known["news.example"] = [["93.184.216.34"], ["10.0.0.1"]]
    connector = Connector(names, frozenset(), None)
    address, exchange = parse("http://news.example/"), Exchange("http://news.example/", QUICK)

    assert connector._checked_ips(address, exchange) == ["93.184.216.34"]
    with pytest.raises(FetchRefused, match="is a private address"):
        connector._checked_ips(address, exchange)


@pytest.mark.parametrize("answers", [["not an address"], ["127.0.0.1.5"], [""], []])
def test_name_servers_that_answer_nonsense_know_no_host(fetcher: Fetcher, names: Names, answers: list[str]) -> None:
    names.known["news.example"] = [answers]

    with pytest.raises(HostUnreachable, match="there is no host"):
        fetcher.fetch("http://news.example/", Content.ARTICLE)


def test_the_address_that_was_checked_is_the_one_that_is_called(site: Site, fetcher: Fetcher, names: Names) -> None:
    names.known["news.example"] = [["127.0.0.1"], ["127.0.0.2"]]
    site.serve("/story", STORY)

    page = fetcher.fetch(f"http://news.example:{site.port}/story", Content.ARTICLE)

    assert page.body.decode() == STORY
    assert names.asked == ["news.example"]
    assert f"Host: news.example:{site.port}" in site.requests[-1]


def test_the_next_address_is_called_where_the_first_does_not_answer(site: Site, fetcher: Fetcher, names: Names) -> None:
    names.known["news.example"] = [["127.0.0.2", "127.0.0.1"]]
    site.serve("/story", STORY)

    page = fetcher.fetch(f"http://news.example:{site.port}/story", Content.ARTICLE)

    assert page.body.decode() == STORY


def test_a_name_that_nobody_knows_is_said_to_be_unknown(fetcher: Fetcher) -> None:
    with pytest.raises(HostUnreachable, match=r"there is no host nowhere\.example; check its spelling"):
        fetcher.fetch("http://nowhere.example/", Content.ARTICLE)


def test_a_host_that_does_not_answer_is_named(fetcher: Fetcher, names: Names) -> None:
    names.known["news.example"] = [["127.0.0.1"]]
    with Site() as closed:
        port = closed.port

    with pytest.raises(HostUnreachable, match=f"news.example does not answer on port {port}; "):
        fetcher.fetch(f"http://news.example:{port}/", Content.ARTICLE)


def test_a_host_that_swallows_connections_does_not_answer(
    fetch_settings: Settings, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    names.known["news.example"] = [["127.0.0.1"] * 4]

    def swallow(address: object, timeout: float, **_: object) -> None:
        time.sleep(timeout)
        raise TimeoutError("timed out")

    monkeypatch.setattr("socket.create_connection", swallow)
    limits = replace(QUICK, connect_s=0.1, deadline_s=0.25)
    with (
        Fetcher(fetch_settings, limits, resolve=names) as fetcher,
        pytest.raises(HostUnreachable, match=r"news\.example does not answer on port 80; ") as failed,
    ):
        fetcher.fetch("http://news.example/", Content.ARTICLE)

    assert failed.value.may_pass


def test_name_servers_that_do_not_answer_are_not_waited_for(fetch_settings: Settings) -> None:
    asked = threading.Event()

    def never(host: str, port: int) -> list[str]:
        asked.wait(5)
        return []

    with Fetcher(fetch_settings, replace(QUICK, deadline_s=0.2), resolve=never) as fetcher:
        with pytest.raises(HostUnreachable, match=r"no name server said in time where slow\.example is; "):
            fetcher.fetch("http://slow.example/", Content.ARTICLE)
        asked.set()


def test_the_environments_proxy_is_not_asked(site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    assert fetcher.fetch(site.serve("/story", STORY), Content.ARTICLE).status == 200


@pytest.mark.parametrize(
    "entry", ["http://news.example", "news.example/path", "a b", "user@host", "host:port", "127.1"]
)
def test_an_allowed_host_that_is_none_is_named(fetch_settings: Settings, entry: str) -> None:
    with pytest.raises(InvalidDraft, match="CLAIMLINE_ALLOW_HOSTS: "):
        Fetcher(replace(fetch_settings, allow_hosts=frozenset((entry,))))


@pytest.mark.parametrize(
    ("entry", "allowed"),
    [
        ("News.example:8000", ("news.example", 8000)),
        ("::1", ("::1", None)),
        ("[::1]", ("::1", None)),
        ("[0::1]:80", ("::1", 80)),
    ],
)
def test_an_allowed_host_is_a_name_or_an_address_with_or_without_a_port(
    entry: str, allowed: tuple[str, int | None]
) -> None:
    assert allowed_host(entry) == allowed


@pytest.mark.parametrize("entry", ["127.0.0.1", "127.0.0.1:{port}"])
def test_an_allowed_host_may_be_asked(fetch_settings: Settings, site: Site, entry: str) -> None:
    url = site.serve("/story", STORY)

    with Fetcher(replace(fetch_settings, allow_hosts=frozenset((entry.format(port=site.port),)))) as fetcher:
        assert fetcher.fetch(url, Content.ARTICLE).status == 200


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nX: ",
        PLAIN + b"\r\n",
        PLAIN + b"Content-Length: 9999\r\n\r\n",
        PLAIN + b"Transfer-Encoding: chunked\r\n\r\n",
        b"HTTP/1.1 404 Not Found\r\n",
    ],
)
def test_an_answer_that_drips_is_given_up_at_the_deadline(site: Site, fetch_settings: Settings, start: bytes) -> None:
    drop = b"1\r\nx\r\n" if b"chunked" in start else b"x"
    site.pages["/drip"] = dripping(start, drop, every_s=0.02)
    begun_s = time.monotonic()

    with Fetcher(fetch_settings, replace(QUICK, deadline_s=0.4)) as fetcher, pytest.raises(FetchFailed) as failed:
        fetcher.fetch(f"{site.url}/drip", Content.ARTICLE)

    assert str(failed.value) == f"{site.url}/drip: no whole answer within 0.4 s; try again later"
    assert time.monotonic() - begun_s < 2


def test_the_deadline_holds_for_all_redirects_together(site: Site, fetch_settings: Settings) -> None:
    site.pages["/first"] = slowly(0.6, answer(b"", "Location: /second", status="302 Found"))
    site.pages["/second"] = slowly(0.6, answer("story"))

    with (
        Fetcher(fetch_settings, replace(QUICK, deadline_s=0.9)) as fetcher,
        pytest.raises(FetchFailed, match=r"within 0\.9 s"),
    ):
        fetcher.fetch(f"{site.url}/first", Content.ARTICLE)


@pytest.mark.parametrize("length", [b"Content-Length: 20000000\r\n\r\n", b"\r\n"])
def test_a_page_of_20_megabytes_is_too_big(site: Site, fetch_settings: Settings, length: bytes) -> None:
    site.pages["/big"] = cut_off(PLAIN + length + b"a" * 20_000_000)

    with Fetcher(fetch_settings) as fetcher, pytest.raises(FetchFailed) as failed:
        fetcher.fetch(f"{site.url}/big", Content.ARTICLE)

    assert failed.value.what == "the answer is over 6 MB, more than Claimline reads; give a shorter page"


def test_a_page_that_announces_20_megabytes_is_not_waited_for(site: Site, fetcher: Fetcher) -> None:
    site.pages["/big"] = dripping(PLAIN + b"Content-Length: 20000000\r\n\r\n", b"a", every_s=0.05)

    with pytest.raises(FetchFailed, match="the answer is over 6 MB, "):
        fetcher.fetch(f"{site.url}/big", Content.ARTICLE)


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(PLAIN + b"".join(b"X-%d: y\r\n" % number for number in range(100_000)), id="many, without end"),
        pytest.param(PLAIN + b"X: " + b"y" * 20_000_000, id="one, without end"),
        pytest.param(b"HTTP/1.1 200 " + b"O" * 20_000_000, id="a status line without end"),
        pytest.param(PLAIN + b"X: y\r\n" * 199 + b"Content-Length: 0\r\n\r\n", id="201"),
        pytest.param(PLAIN + b"X: " + b"y" * 66_000 + b"\r\nContent-Length: 0\r\n\r\n", id="one of 66 kB"),
        pytest.param(b"HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n" * 200_000, id="informing answers without end"),
    ],
)
def test_headers_beyond_their_cap_are_given_up_in_little_memory(
    site: Site, fetch_settings: Settings, head: bytes
) -> None:
    site.pages["/head"] = cut_off(head)

    with (
        Fetcher(fetch_settings) as fetcher,
        peak_below(3_000_000),
        pytest.raises(FetchFailed, match="sends over 200 headers, or over 66 kB of them, before"),
    ):
        fetcher.fetch(f"{site.url}/head", Content.ARTICLE)

    assert site.asked == ["/head"]


def test_two_hundred_headers_are_read(site: Site, fetcher: Fetcher) -> None:
    url = site.serve("/story", STORY, *(f"X-{number}: {number}" for number in range(198)))

    assert len(fetcher.fetch(url, Content.ARTICLE).headers) == 200


def test_a_bomb_of_a_gigabyte_goes_off_in_little_memory(site: Site, fetcher: Fetcher, bombs: Bombs) -> None:
    for encoding, bomb in bombs.items():
        url = site.serve("/bomb", bomb, f"Content-Encoding: {encoding}")

        with peak_below(13_000_000), pytest.raises(FetchFailed, match="the answer is over 6 MB"):
            fetcher.fetch(url, Content.ARTICLE)


def test_a_bomb_takes_no_memory_that_python_does_not_count(bombs: Bombs) -> None:
    script = (
        "import resource, sys\n"
        "from scrapers.network.decoding import Body, TooBig\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "try:\n"
        "    Body(sys.argv[1], 10_000_000).feed(sys.stdin.buffer.read())\n"
        "except TooBig:\n"
        "    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )

    for encoding, bomb in bombs.items():
        ran = subprocess.run([sys.executable, "-c", script, encoding], input=bomb, stdout=subprocess.PIPE, check=True)
        assert int(ran.stdout) < 30_000, encoding


def test_zstd_that_asks_for_gigabytes_of_memory_is_damaged() -> None:
    options = {zstd.CompressionParameter.window_log: 27, zstd.CompressionParameter.content_size_flag: 0}
    packer = zstd.ZstdCompressor(options=options)
    greedy = packer.compress(STORY.encode()) + packer.flush()

    with pytest.raises(BadEncoding, match="damaged"):
        Body("zstd", 10_000_000).feed(greedy)


def test_thousands_of_empty_members_are_given_up() -> None:
    with pytest.raises(BadEncoding, match="damaged: it is packed in over 1000 parts"):
        Body("gzip", 10_000_000).feed(gzip.compress(b"") * 1_001)


def test_a_page_that_comes_byte_by_byte_without_end_is_given_up(site: Site, fetch_settings: Settings) -> None:
    site.pages["/story"] = cut_off(PLAIN + b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 100_000)

    with Fetcher(fetch_settings) as fetcher, pytest.raises(FetchFailed, match="comes in over 50000 pieces; "):
        fetcher.fetch(f"{site.url}/story", Content.ARTICLE)


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(STORY.encode())),
        ("x-gzip", gzip.compress(STORY.encode())),
        ("GZIP", gzip.compress(STORY[:9].encode()) + gzip.compress(STORY[9:].encode())),
        ("gzip", gzip.compress(STORY.encode()) + b"\x00\x00padding"),
        ("br", brotli.compress(STORY.encode())),
        ("zstd", zstd.compress(STORY.encode())),
        ("zstd", zstd.compress(STORY[:9].encode()) + SKIPPED_FRAME + zstd.compress(STORY[9:].encode())),
        ("zstd", zstd.compress(STORY.encode()) + b"\x00\x00padding"),
        ("deflate", zlib.compress(STORY.encode())),
        ("deflate", zlib.compress(STORY.encode(), wbits=-15)),
        ("identity", STORY.encode()),
        ("", STORY.encode()),
    ],
)
def test_a_packed_page_is_unpacked(site: Site, fetcher: Fetcher, encoding: str, packed: bytes) -> None:
    url = site.serve("/story", packed, f"Content-Encoding: {encoding}")

    assert fetcher.fetch(url, Content.ARTICLE).body.decode() == STORY


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(STORY[:9].encode()) + gzip.compress(STORY[9:].encode())),
        ("zstd", zstd.compress(STORY[:9].encode()) + zstd.compress(STORY[9:].encode())),
        ("br", brotli.compress(STORY.encode())),
    ],
)
def test_a_packed_page_may_arrive_byte_by_byte(site: Site, fetcher: Fetcher, encoding: str, packed: bytes) -> None:
    chunks = b"".join(b"1\r\n%c\r\n" % byte for byte in packed)
    headers = f"Content-Encoding: {encoding}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    site.pages["/story"] = PLAIN + headers + chunks + b"0\r\n\r\n"

    assert fetcher.fetch(f"{site.url}/story", Content.ARTICLE).body.decode() == STORY


@given(st.binary(max_size=200), st.integers(1, 20), st.sampled_from(["gzip", "deflate", "br", "zstd"]))
def test_unpacking_does_not_depend_on_the_pieces(content: bytes, step: int, encoding: str) -> None:
    packed = PACKERS[encoding](content * 50)
    body = Body(encoding, 10_000)

    for start in range(0, len(packed), step):
        body.feed(packed[start : start + step])

    assert body.finish() == content * 50


WHOLE_GZIP = gzip.compress(STORY.encode() * 100)
WHOLE_BR = brotli.compress(STORY.encode() * 100)
WHOLE_ZSTD = zstd.compress(STORY.encode() * 100, options={zstd.CompressionParameter.checksum_flag: 1})


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(PLAIN + b"Content-Length: 100\r\n\r\nonly this", id="content-length"),
        pytest.param(PLAIN + b"Transfer-Encoding: chunked\r\n\r\n5\r\nonly \r\n", id="chunked, no end"),
        pytest.param(PLAIN + b"Transfer-Encoding: chunked\r\n\r\n50\r\nonly this", id="chunked, within a chunk"),
        pytest.param(PLAIN + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n", id="chunked, no number"),
        pytest.param(PLAIN + b"Content-Encoding: gzip\r\n\r\n" + WHOLE_GZIP[:-9], id="gzip, within"),
        pytest.param(PLAIN + b"Content-Encoding: gzip\r\n\r\n" + WHOLE_GZIP[:-1], id="gzip, within its trailer"),
        pytest.param(PLAIN + b"Content-Encoding: gzip\r\n\r\n" + WHOLE_GZIP[:1], id="gzip, after a byte"),
        pytest.param(PLAIN + b"Content-Encoding: deflate\r\n\r\n" + zlib.compress(b"x" * 99)[:-1], id="deflate"),
        pytest.param(PLAIN + b"Content-Encoding: gzip\r\n\r\n" + WHOLE_GZIP[:-8] + bytes(8), id="gzip, wrong sum"),
        pytest.param(PLAIN + b"Content-Encoding: gzip\r\n\r\nthis is not packed", id="not gzip"),
        pytest.param(PLAIN + b"Content-Encoding: br\r\n\r\n" + WHOLE_BR[:-1], id="br"),
        pytest.param(PLAIN + b"Content-Encoding: br\r\n\r\nthis is not packed", id="not br"),
        pytest.param(PLAIN + b"Content-Encoding: zstd\r\n\r\n" + WHOLE_ZSTD[:-1], id="zstd, within its trailer"),
        pytest.param(PLAIN + b"Content-Encoding: zstd\r\n\r\n" + WHOLE_ZSTD[:-4] + bytes(4), id="zstd, wrong sum"),
        pytest.param(PLAIN + b"Content-Encoding: zstd\r\n\r\nthis is not packed", id="not zstd"),
    ],
)
def test_a_page_that_broke_off_or_is_damaged_is_no_page(site: Site, fetcher: Fetcher, sent: bytes) -> None:
    site.pages["/story"] = cut_off(sent)

    with pytest.raises(FetchFailed, match=r"the answer (broke off|is broken off|is damaged).*; try again later"):
        fetcher.fetch(f"{site.url}/story", Content.ARTICLE)


def test_two_packings_in_two_headers_are_two(site: Site, fetcher: Fetcher) -> None:
    twice = gzip.compress(gzip.compress(STORY.encode()))
    url = site.serve("/story", twice, "Content-Encoding: gzip", "Content-Encoding: gzip")

    with pytest.raises(FetchFailed, match=r"the answer is packed as 'gzip, gzip', which"):
        fetcher.fetch(url, Content.ARTICLE)


@pytest.mark.parametrize("encoding", ["br, gzip", "zstd,br", "gzip, gzip", "compress", "dcb", "\x1b"])
def test_a_packing_that_was_not_asked_for_is_named(site: Site, fetcher: Fetcher, encoding: str) -> None:
    url = site.serve("/story", STORY, f"Content-Encoding: {encoding}")

    with pytest.raises(FetchFailed, match=r"the answer is packed as '.*', which Claimline did not ask"):
        fetcher.fetch(url, Content.ARTICLE)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"hello\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"\x16\x03\x01\x00",
    ],
)
def test_an_answer_that_is_not_http_is_no_page(site: Site, fetcher: Fetcher, sent: bytes) -> None:
    site.pages["/story"] = cut_off(sent)

    with pytest.raises(FetchFailed, match="the server hung up or did not answer in HTTP; "):
        fetcher.fetch(f"{site.url}/story", Content.ARTICLE)


@pytest.mark.parametrize(
    ("content_type", "body", "named"),
    [
        ("application/pdf", "%PDF-1.7", "a PDF (application/pdf)"),
        ("text/html", "%PDF-1.7", "a PDF (application/pdf)"),
        ("application/octet-stream", "%PDF-1.7", "a PDF (application/pdf)"),
        ("image/png", "", "a picture (image/png)"),
        ("video/mp4; codecs=x", "", "a video (video/mp4)"),
        ("text/plain", "Ankara says", "plain text (text/plain)"),
        ("application/json", "{}", "data for programs (application/json)"),
        ("application/rss+xml", "<rss/>", "XML (application/rss+xml)"),
        ("application/x-made-up", "<html>", "a file (application/x-made-up)"),
        ("", "\x00\x01", "a file (no type stated)"),
    ],
)
def test_a_type_that_is_no_article_is_named(
    site: Site, fetcher: Fetcher, content_type: str, body: str, named: str
) -> None:
    url = site.serve("/story", body, f"Content-Type: {content_type}")

    with pytest.raises(UnreadablePage) as unreadable:
        fetcher.fetch(url, Content.ARTICLE)

    assert unreadable.value.what.startswith(f"this is {named}, which Claimline does not read yet; give ")


@pytest.mark.parametrize(
    "content_type", ["text/html", "Text/HTML;charset=x", "application/xhtml+xml", "text/plain", ""]
)
def test_html_is_taken_under_its_own_and_vague_names(site: Site, fetcher: Fetcher, content_type: str) -> None:
    url = site.serve("/story", f"\ufeff\n {STORY}", f"Content-Type: {content_type}")

    assert fetcher.fetch(url, Content.ARTICLE).content_type == content_type


@pytest.mark.parametrize("content_type", ["application/pdf", "application/x-pdf", "application/octet-stream", ""])
def test_evidence_may_be_a_pdf(site: Site, fetcher: Fetcher, content_type: str) -> None:
    url = site.serve("/report", b"%PDF-1.7", f"Content-Type: {content_type}")

    page = fetcher.fetch(url, Content.EVIDENCE)

    assert (page.body, page.content_type) == (b"%PDF-1.7", content_type)
    assert "\r\nAccept: application/pdf, application/xhtml+xml, text/html, */*;q=0.1\r\n" in site.requests[-1]


@pytest.mark.parametrize(
    ("content_type", "body", "named"),
    [
        ("text/csv", b"a,b", "a table (text/csv)"),
        ("text/plain", b"Ankara says", "plain text (text/plain)"),
        ("application/rss+xml", b"<rss/>", "XML (application/rss+xml)"),
        ("image/svg+xml", b"<svg/>", "a picture (image/svg+xml)"),
        ("text/html", b"PK\x03\x04", "an archive (application/zip)"),
        ("application/pdf", b"\x89PNG", "a picture (image/png)"),
        ("application/x-msdownload", b"MZ", "a file (application/x-msdownload)"),
    ],
)
def test_evidence_that_is_neither_page_nor_pdf_is_named(
    site: Site, fetcher: Fetcher, content_type: str, body: bytes, named: str
) -> None:
    url = site.serve("/report", body, f"Content-Type: {content_type}")

    with pytest.raises(UnreadablePage) as unreadable:
        fetcher.fetch(url, Content.EVIDENCE)

    assert unreadable.value.what == (
        f"this is {named}, of which Claimline keeps no copy; give the address of a page that shows it"
    )
    assert not unreadable.value.may_pass


def test_one_connection_serves_a_site(site: Site, fetcher: Fetcher) -> None:
    urls = [site.serve(f"/{number}", STORY) for number in range(5)]
    site.serve("/robots.txt", "")

    for url in urls:
        fetcher.fetch(url, Content.ARTICLE)

    assert site.connections == 1


def test_a_connection_that_the_server_closed_is_opened_again(site: Site, fetcher: Fetcher) -> None:
    site.serve("/robots.txt", "")
    site.pages["/story"] = cut_off(answer(STORY))

    for _ in range(3):
        assert fetcher.fetch(f"{site.url}/story", Content.ARTICLE).body.decode() == STORY


def test_a_server_may_hang_up_on_a_second_request_once(site: Site, fetcher: Fetcher) -> None:
    site.serve("/robots.txt", "")
    replies = [b"", answer(STORY)]
    site.pages["/story"] = lambda connection: connection.sendall(replies.pop(0))

    assert fetcher.fetch(f"{site.url}/story", Content.ARTICLE).body.decode() == STORY
    assert site.connections == 2


def test_threads_share_a_fetcher_and_take_turns_at_each_site(fetch_settings: Settings) -> None:
    with Site() as one, Site() as other:
        urls = [site.serve(f"/{number}", STORY) for site in (one, other) for number in range(20)]
        settings = replace(fetch_settings, allow_hosts=frozenset(("127.0.0.1",)))
        with Fetcher(settings) as fetcher:
            bodies = in_threads([lambda url=url: fetcher.fetch(url, Content.ARTICLE).body for url in urls])

        assert bodies == [STORY.encode()] * 40
        assert (one.most_at_once, other.most_at_once) == (1, 1)
        assert len([head for head in one.requests if "robots" in head]) == 1


def test_idle_lines_make_room_for_new_ones(
    site: Site, fetcher: Fetcher, names: Names, fetch_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scrapers.network.switchboard.MAX_LINES", 1)
    names.known = {"one.example": [["127.0.0.1"]], "other.example": [["127.0.0.1"]]}
    site.serve("/story", STORY)

    with Fetcher(replace(fetch_settings, allow_hosts=frozenset(names.known)), QUICK, resolve=names) as fetcher:
        for host in ("one.example", "other.example", "one.example"):
            fetcher.fetch(f"http://{host}:{site.port}/story", Content.ARTICLE)

    assert [head.split()[1] for head in site.requests] == ["/robots.txt", "/story"] * 3


def test_the_certificate_is_checked_for_the_name_and_not_for_the_address(
    fetch_settings: Settings, names: Names
) -> None:
    names.known = {"news.example": [["127.0.0.1"]], "other.example": [["127.0.0.1"]]}
    settings = replace(fetch_settings, allow_hosts=frozenset(names.known))

    with Site(tls=True) as site, Fetcher(settings, QUICK, resolve=names, tls=trusting()) as fetcher:
        site.serve("/story", STORY)
        page = fetcher.fetch(f"https://news.example:{site.port}/story", Content.ARTICLE)
        with pytest.raises(HostUnreachable, match=r"certificate is not to be trusted \(Hostname mismatch"):
            fetcher.fetch(f"https://other.example:{site.port}/story", Content.ARTICLE)

    assert page.body.decode() == STORY


def test_a_certificate_that_nobody_vouches_for_is_refused(fetcher: Fetcher, names: Names) -> None:
    names.known["news.example"] = [["127.0.0.1"]]

    with Site(tls=True) as site, pytest.raises(HostUnreachable, match="certificate is not to be trusted"):
        fetcher.fetch(f"https://news.example:{site.port}/", Content.ARTICLE)


def test_https_to_a_server_without_it_is_no_connection(site: Site, fetcher: Fetcher) -> None:
    with pytest.raises(HostUnreachable, match="no encrypted connection could be made; "):
        fetcher.fetch(f"https://127.0.0.1:{site.port}/", Content.ARTICLE)


def test_what_a_server_writes_cannot_break_the_line(site: Site, fetcher: Fetcher) -> None:
    site.send_on("/story", "http://\xff\x1b[31mred/")
    site.pages["/type"] = answer("x", "Content-Type: made/up\x1b[31m")

    for target in ("/story", "/type"):
        with pytest.raises((FetchFailed, FetchRefused, UnreadablePage)) as failed:
            fetcher.fetch(site.url + target, Content.ARTICLE)
        assert str(failed.value).isprintable()


def slowly(after_s: float, sent: bytes) -> Callable[[object], None]:
    """An answer that takes its time."""

    def reply(connection: object) -> None:
        time.sleep(after_s)
        connection.sendall(sent)

    return reply


def in_threads(calls: list[Callable[[], bytes]]) -> list[bytes]:
    """What the calls return when all are made at once."""
    results: list[bytes] = [b""] * len(calls)

    def run(number: int) -> None:
        results[number] = calls[number]()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
