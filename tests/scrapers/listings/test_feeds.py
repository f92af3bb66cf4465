"""Feeds of every kind, whole, broken and hostile."""

from datetime import UTC, datetime

import pytest

from claims.drafts import Page
from scrapers.errors import NotAFeed
from scrapers.listings.feeds import FeedEntry, read_feed
from tests.stopwatch import Computing

FEED_URL = "https://news.example/world/feed"
TEN_O_CLOCK = datetime(2026, 11, 2, 10, tzinfo=UTC)

RSS = """<?xml version="1.0" encoding="utf-8"?>
<!-- made by <b>hand</b> -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Ankara Post</title><link>https://news.example/</link>
<item><title>Patriots &amp; S-400</title><link> https://news.example/one?a=1&amp;b=2
 </link><pubDate>Mon, 02 Nov 2026 13:00:00 +0300</pubDate></item>
<item><title>Two</title><guid isPermaLink="true">https://news.example/two</guid></item>
<item><title>No address</title><guid isPermaLink="false">17</guid></item>
<item><title>Mail</title><link>mailto:desk@news.example</link></item>
<item><title>One again</title><link>https://news.example/one?a=1&amp;b=2</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Ankara Post</title><link href="/"/>
<link rel="self" href="/world/feed"/>
<entry><title type="html">Patriots &amp;amp; S-400</title><link rel="enclosure" href="/one.mp3"/>
<link rel="alternate" href="../one"/><updated>2026-11-02T13:00:00+03:00</updated></entry>
<entry><title>Two</title><link href="/two"/><published>last week</published></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Ankara Post</title><link>https://news.example/</link></channel>
<item><title>One</title><link>https://news.example/one</link><dc:date>2026-11-02T10:00:00Z</dc:date></item>
<item><title>Two</title><link>https://news.example/two</link></item></rdf:RDF>"""

JSON = """ {"version": "https://jsonfeed.org/version/1.1", "home_page_url": "https://news.example/", "items": [
{"url": "/one", "title": " One\\nlong ", "date_published": "2026-11-02T13:00:00+03:00"},
{"url": "https://news.example/two", "date_published": "yesterday"}, {"url": 7}, {"id": "x"}, "text", null]}"""


def feed_page(body: str | bytes, content_type: str = "application/xml") -> Page:
    """A page with a feed as its body."""
    content = body.encode() if isinstance(body, str) else body
    return Page(FEED_URL, FEED_URL, 200, (), content, content_type, TEN_O_CLOCK)


def urls(page: Page) -> list[str]:
    """The addresses that the feed lists."""
    return [entry.url for entry in read_feed(page).entries]


def test_an_rss_feed_gives_each_story_once() -> None:
    feed = read_feed(feed_page(RSS))

    assert feed.entries == (
        FeedEntry("https://news.example/one?a=1&b=2", "Patriots & S-400", TEN_O_CLOCK),
        FeedEntry("https://news.example/two", "Two"),
    )
    assert feed.home_url == "https://news.example/"


def test_an_atom_feeds_links_are_made_absolute() -> None:
    feed = read_feed(feed_page(ATOM))

    assert [(entry.url, entry.published_at) for entry in feed.entries] == [
        ("https://news.example/one", TEN_O_CLOCK),
        ("https://news.example/two", None),
    ]


@pytest.mark.parametrize("body", [RDF, JSON])
def test_rdf_and_json_feeds_are_read(body: str) -> None:
    feed = read_feed(feed_page(body))

    assert [(entry.url, entry.published_at) for entry in feed.entries] == [
        ("https://news.example/one", TEN_O_CLOCK),
        ("https://news.example/two", None),
    ]
    assert feed.home_url == "https://news.example/"


@pytest.mark.parametrize(
    "content_type", ["text/html", "text/plain", "text/xml; charset=punycode", "", "a/b; charset=zip"]
)
def test_a_feed_is_read_whatever_its_label(content_type: str) -> None:
    assert len(urls(feed_page(RSS, content_type))) == 2


@pytest.mark.parametrize(
    "body",
    [
        RSS.replace('encoding="utf-8"', 'encoding="utf-16"').encode("utf-16"),
        "\n\n" + RSS,
        RSS.replace("&amp;b", "&b"),
        RSS.replace("</channel></rss>", ""),
        RSS.replace("Two</title>", "Two <b>& three</title>"),
        RSS.replace("Ankara Post", "Ankara \x0b Post &nbsp;"),
        RSS.replace("Two", "İki ışık").replace("utf-8", "iso-8859-9").encode("iso-8859-9"),
    ],
)
def test_a_broken_feed_is_read_as_far_as_it_makes_sense(body: str | bytes) -> None:
    assert "https://news.example/two" in urls(feed_page(body))


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("", "this is no feed; "),
        ("<html><body>A page</body></html>", "this is no feed; "),
        ("{}", "this is no feed; "),
        ("Ankara says", "this is no feed; "),
        ("<rss><channel><<<", "the feed is broken XML (line 2) and gives no entry; "),
        ("<rss><channel></channel></rss>", "the feed has no entries; "),
        ("<rss><channel><item><link>/a&#55555555555;", "the feed is broken XML, and what is left makes no sense; "),
        ('{"version": "https://jsonfeed.org/version/1", "items": 3}', "the feed has no entries; "),
        ('{"version": "https://jsonfeed.org/version/1", "items": [', "the feed is broken JSON; "),
        ('{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 200_000, "the feed is broken JSON; "),
    ],
)
def test_what_gives_no_entry_is_no_feed(body: str, line: str) -> None:
    with pytest.raises(NotAFeed) as refused:
        read_feed(feed_page(body))

    assert str(refused.value).startswith(f"{FEED_URL}: {line}check the address, or ingest")


def test_a_bomb_of_entities_does_not_go_off() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    bomb = RSS.replace("<rss", f"<!DOCTYPE rss [{entities}]>\n<rss").replace("Two", "&e9;")

    with Computing() as computing:
        found = urls(feed_page(bomb))

    assert found == ["https://news.example/one?a=1&b=2", "https://news.example/two"]
    assert computing.cpu_s < 1


def test_a_file_on_this_machine_is_not_read() -> None:
    secret = '<!DOCTYPE rss [<!ENTITY secret SYSTEM "file:///etc/hostname">]>\n<rss'
    feed = read_feed(feed_page(RSS.replace("<rss", secret).replace("Two", "&secret;")))

    assert feed.entries[1].title in {"", "&secret;"}


def test_an_endless_feed_is_read_from_its_beginning() -> None:
    item = "<item><link>https://news.example/{}</link><description>{}</description></item>"
    items = "".join(item.format(number, "word " * 4_000) for number in range(40))

    found = urls(feed_page(f"<rss version='2.0'><channel>{items}</channel></rss>"))

    assert found == [f"https://news.example/{number}" for number in range(14)]


def test_of_a_feed_of_very_many_entries_the_first_thousand_are_read() -> None:
    items = "".join(f"<item><link>https://news.example/{number}</link></item>" for number in range(1_100))

    found = urls(feed_page(f"<rss version='2.0'><channel>{items}</channel></rss>"))

    assert found == [f"https://news.example/{number}" for number in range(1_000)]


def test_a_json_feed_that_is_too_long_is_refused_and_says_so() -> None:
    feed = '{"version": "https://jsonfeed.org/version/1.1", "title": "' + "x" * 1_300_000 + '", "items": []}'

    with pytest.raises(NotAFeed, match=r"this JSON feed is over 1\.2 MB"):
        read_feed(feed_page(feed))


def test_a_feed_of_elements_without_bottom_is_refused_at_once() -> None:
    with Computing() as computing, pytest.raises(NotAFeed, match="over 200 deep"):
        read_feed(feed_page("<rss version='2.0'><channel>" + "<item>" * 40_000))

    assert computing.cpu_s < 1


def test_markup_in_a_feeds_text_does_not_make_it_deep() -> None:
    text = "<![CDATA[" + "<p>" * 300 + "]]>"

    assert urls(feed_page(RSS.replace("One", text))) == urls(feed_page(RSS))
