"""Asking a server only whether a page has changed."""

from collections.abc import Callable
from datetime import UTC, datetime
from socket import socket

import pytest

from claims.drafts import Page, Validators
from claims.settings import Settings
from scrapers.errors import FetchFailed
from scrapers.fetch import Content, Fetcher
from tests.scrapers.conftest import QUICK, Names
from tests.scrapers.site import Site, answer

KNOWN = Validators('"v1"', "Wed, 25 Nov 2026 10:00:00 GMT")
UNCHANGED = answer("", status="304 Not Modified")


def page(url: str, final_url: str, *headers: tuple[str, str]) -> Page:
    """A page that came with these headers."""
    return Page(url, final_url, 200, headers, b"", "text/html", datetime.now(UTC))


def line_of(head: str, name: str) -> str:
    """The value of a request's header, or nothing."""
    values = [line.partition(": ")[2] for line in head.split("\r\n") if line.startswith(name + ": ")]
    return values[0] if values else ""


def test_a_page_that_has_not_changed_is_none(site: Site, fetcher: Fetcher) -> None:
    site.pages["/story"] = UNCHANGED

    assert fetcher.fetch_again(f"{site.url}/story", Content.ARTICLE, KNOWN) is None
    assert line_of(site.requests[-1], "If-None-Match") == '"v1"'
    assert line_of(site.requests[-1], "If-Modified-Since") == "Wed, 25 Nov 2026 10:00:00 GMT"


@pytest.mark.parametrize("known", [Validators('"v1"', ""), Validators("", KNOWN.last_modified)])
def test_one_of_two_validators_is_enough(site: Site, fetcher: Fetcher, known: Validators) -> None:
    site.pages["/story"] = UNCHANGED

    assert fetcher.fetch_again(f"{site.url}/story", Content.ARTICLE, known) is None
    assert ("If-None-Match" in site.requests[-1], "If-Modified-Since" in site.requests[-1]) == (
        bool(known.etag),
        bool(known.last_modified),
    )


def test_a_page_that_has_changed_comes_whole(site: Site, fetcher: Fetcher) -> None:
    url = site.serve("/story", "new", 'ETag: "v2"')

    changed = fetcher.fetch_again(url, Content.ARTICLE, KNOWN)

    assert changed is not None
    assert (changed.body, Validators.of(changed)) == (b"new", Validators('"v2"', ""))


def test_several_unchanged_answers_come_on_one_connection(site: Site, fetcher: Fetcher) -> None:
    site.serve("/robots.txt", "")
    site.pages["/story"] = UNCHANGED

    for _ in range(3):
        fetcher.fetch_again(f"{site.url}/story", Content.ARTICLE, KNOWN)

    assert site.connections == 1


@pytest.mark.parametrize("ask", ["fetch", "fetch_again"])
def test_not_modified_without_having_asked_so_is_no_page(site: Site, fetcher: Fetcher, ask: str) -> None:
    site.pages["/story"] = UNCHANGED
    known = (Validators(),) if ask == "fetch_again" else ()

    with pytest.raises(FetchFailed, match="304 Not Modified; we did not ask whether") as failed:
        getattr(fetcher, ask)(f"{site.url}/story", Content.ARTICLE, *known)

    assert (failed.value.status, failed.value.may_pass) == (304, False)


def test_a_redirects_target_is_not_told_what_was_known(site: Site, fetcher: Fetcher) -> None:
    site.serve("/new", "story")

    moved = fetcher.fetch_again(site.send_on("/story", "/new"), Content.ARTICLE, KNOWN)

    assert moved is not None
    assert [line_of(head, "If-None-Match") for head in site.requests[-2:]] == ['"v1"', ""]
    assert "If-Modified-Since" not in site.requests[-1]


def test_a_redirects_target_cannot_say_that_nothing_changed(site: Site, fetcher: Fetcher) -> None:
    site.pages["/new"] = UNCHANGED

    with pytest.raises(FetchFailed, match="304 Not Modified; we did not ask whether"):
        fetcher.fetch_again(site.send_on("/story", "/new"), Content.ARTICLE, KNOWN)


def test_a_redirected_page_has_no_validators_of_its_own() -> None:
    etag = ("ETag", '"v1"')

    assert not Validators.of(page("http://news.example/a", "http://news.example/b", etag))
    assert Validators.of(page("http://news.example/a#top", "http://news.example/a", etag)).etag == '"v1"'


@pytest.mark.parametrize("value", ["", "a\x00b", "a\r\nX: y", '"ü"', " v", "v" * 513, "a\x7f"])
def test_a_validator_that_cannot_be_sent_back_is_none(value: str) -> None:
    assert not Validators.stated([("ETag", value), ("Last-Modified", value)])


@pytest.mark.parametrize("value", ["v", 'W/"1"', '"a b"', "unquoted", '"' + "v" * 510 + '"'])
def test_what_servers_write_as_a_validator_is_kept_letter_by_letter(value: str) -> None:
    assert Validators.stated([("etag", value)]) == Validators(value, "")


def changing(*answers: bytes) -> Callable[[socket], None]:
    """A page that gives one answer after the other, the last one for ever."""
    left = list(answers)
    return lambda connection: connection.sendall(left.pop(0) if len(left) > 1 else left[0])


@pytest.mark.parametrize("later", [UNCHANGED, answer("", status="503 Oops")])
def test_robots_txt_is_read_again_only_if_it_changed_and_holds_on(
    site: Site, fetch_settings: Settings, names: Names, monkeypatch: pytest.MonkeyPatch, later: bytes
) -> None:
    monkeypatch.setattr("scrapers.fetch.ROBOTS_LIFE_S", -1.0)
    rules = answer("User-agent: *\nDisallow: /private", 'ETag: "r1"')
    site.pages["/robots.txt"] = changing(rules, later)
    site.serve("/story", "story")

    with Fetcher(fetch_settings, QUICK, resolve=names) as fetcher:
        fetcher.fetch(f"{site.url}/story", Content.ARTICLE)
        fetcher.fetch(f"{site.url}/story", Content.ARTICLE)
        with pytest.raises(Exception, match="asks us not to read"):
            fetcher.fetch(f"{site.url}/private", Content.ARTICLE)

    asked = [line_of(head, "If-None-Match") for head in site.requests if "/robots.txt" in head]
    assert asked[:2] == ["", '"r1"']
    assert site.asked == ["/story", "/story"]


def test_a_robots_txt_behind_a_redirect_is_read_whole_again(
    site: Site, fetch_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scrapers.fetch.ROBOTS_LIFE_S", -1.0)
    site.send_on("/robots.txt", "/rules")
    site.serve("/rules", "", 'ETag: "r1"')

    with Fetcher(fetch_settings, QUICK) as fetcher:
        for _ in range(2):
            fetcher.fetch(site.serve("/story", "story"), Content.ARTICLE)

    assert not any("If-None-Match" in head for head in site.requests)
