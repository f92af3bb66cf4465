"""How values look on pages."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.web.review.conftest import NOON
from web.display import counted, exact, host, paragraphs, relative, web_address


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

    assert shown == "<p>One &amp; &lt;b&gt;two&lt;/b&gt;<br>three</p>\n<p>four</p>"
