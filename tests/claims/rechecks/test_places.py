"""Which answers can still be the page that was read: not a front page to which its address leads by now."""

import pytest

from claims.rechecks.places import leads_away

STORY = "https://news.example/2026/story"


@pytest.mark.parametrize("asked", [STORY, "https://news.example/?p=7", "https://news.example/en"])
@pytest.mark.parametrize(
    "answered",
    [
        "https://news.example/",
        "https://www.news.example",
        "http://other.example/index.html",
        "https://news.example/?utm_source=moved",
        "https://news.example/#top",
    ],
)
def test_a_page_whose_address_leads_to_a_front_page_is_not_there(asked: str, answered: str) -> None:
    assert leads_away(asked, answered, asked)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        (STORY, STORY),
        (STORY, "https://news.example/archive/2026/story"),
        (STORY, "https://news.example/?p=7"),
        ("https://news.example/index.html", "https://news.example/"),
        ("https://news.example", "https://www.news.example/index.php"),
        ("https://news.example/?utm_source=x", "https://news.example/"),
        ("saved.html", "saved.html"),
    ],
)
def test_a_page_whose_address_leads_elsewhere_or_nowhere_may_be_there(asked: str, answered: str) -> None:
    assert not leads_away(asked, answered, STORY)


def test_what_was_read_on_the_front_page_or_never_read_may_be_there() -> None:
    assert not leads_away(STORY, "https://news.example/", "http://www.news.example")
    assert not leads_away(STORY, "https://news.example/", None)
