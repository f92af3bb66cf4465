"""How values look on pages."""

from datetime import timedelta

import pytest
from flask import Flask

from claims.counting import counted
from tests.web.review.conftest import NOON
from web.display import exact, host, lasting, paragraphs, reason, relative, until, url_shown, web_address


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=-2), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=1, minutes=59), "1 hour ago"),
        (timedelta(days=3), "3 days ago"),
        (timedelta(days=14), "18 February 2026"),
        (timedelta(days=-2), "6 March 2026"),
    ],
)
def test_times_are_relative_until_a_date_says_more(app: Flask, ago: timedelta, words: str):
    with app.app_context():
        assert relative(NOON - ago) == words


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(seconds=-5), "now"),
        (timedelta(0), "now"),
        (timedelta(seconds=30), "in 30 seconds"),
        (timedelta(minutes=5, seconds=59), "in 5 minutes"),
        (timedelta(hours=1), "in 1 hour"),
        (timedelta(days=40), "in 40 days"),
    ],
)
def test_what_lies_ahead_is_said_in_its_largest_unit(app: Flask, ahead: timedelta, words: str):
    with app.app_context():
        assert until(NOON + ahead) == words


def test_how_long_something_lasts_is_never_less_than_nothing(app: Flask):
    with app.app_context():
        assert lasting(NOON - timedelta(seconds=74)) == "1 minute"
        assert lasting(NOON + timedelta(seconds=3)) == "0 seconds"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/b?c", ("a.example", "/b?c")),
        ("http://a.example:81", ("http://a.example:81", "")),
        ("https://a.example?to=https://b.example/", ("a.example", "?to=https://b.example/")),
        ("https://a.example/" + "x" * 89, ("a.example", "/" + "x" * 89)),
        ("https://a.example/" + "x" * 200 + "end", ("a.example", "/" + "x" * 59 + "…" + "x" * 27 + "end")),
        ("nonsense", ("nonsense", "")),
    ],
)
def test_an_address_shows_its_host_and_both_ends_of_what_follows(url: str, shown: tuple[str, str]):
    assert url_shown(url) == shown


def test_a_reason_does_not_repeat_the_address_that_stands_above_it():
    assert reason("https://a.example/1: no answer", "https://a.example/1") == "no answer"
    assert reason("https://a.example/2: no answer", "https://a.example/1") == "https://a.example/2: no answer"


def test_the_exact_time_is_in_utc():
    assert exact(NOON) == "4 March 2026, 12:00 UTC"


@pytest.mark.parametrize(("number", "words"), [(0, "0 outlets"), (1, "1 outlet"), (1204, "1,204 outlets")])
def test_numbers_come_with_what_they_count(number: int, words: str):
    assert counted(number, "outlet") == words


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org/",
        "ftp://example.org/",
        "https://",
        "http://[",
        "",
        None,
    ],
)
def test_only_web_addresses_become_links(url: str | None):
    assert web_address(url) is None


def test_a_web_address_is_kept_as_it_is():
    assert web_address("https://example.org/a?b=1#c") == "https://example.org/a?b=1#c"


def test_a_host_is_shown_without_what_could_mislead():
    assert host("https://www.bank.example@evil.example/") == "evil.example"


def test_text_keeps_its_paragraphs_and_loses_its_markup():
    shown = paragraphs("One & <b>two</b>\r\nthree\r\n\r\n \r\nfour")

    assert shown == '<p dir="auto">One &amp; &lt;b&gt;two&lt;/b&gt;<br>three</p>\n<p dir="auto">four</p>'
