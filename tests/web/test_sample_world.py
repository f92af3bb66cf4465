"""The sample world as a visitor and a crawler meet it, over HTTP on a loopback address."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message
from html import unescape
from itertools import groupby
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

import feedparser
import pytest
import trafilatura
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.serving import make_server

from web.sample import (
    OUTLETS,
    SAMPLE_NOTICE,
    FeedFormat,
    SampleArticle,
    SampleOutlet,
    create_sample_world,
    sample_articles,
)

ARTICLES = sample_articles()
EACH_OUTLET = pytest.mark.parametrize("outlet", OUTLETS, ids=lambda outlet: outlet.slug)
EACH_ARTICLE = pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.path)


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    """The address of a running sample world."""
    server = make_server("127.0.0.1", 0, Flask("not yet"), threaded=True)
    address = f"http://127.0.0.1:{server.port}"
    server.app = create_sample_world(address)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield address
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def pages(base_url: str) -> dict[str, str]:
    """Every HTML page that can be reached by links from the front page, by path; a dead link fails."""
    found: dict[str, str] = {}
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        body, headers = get(base_url + path)
        if path in found or headers.get_content_type() != "text/html":
            continue
        found[path] = body.decode(headers.get_content_charset() or "ascii")
        waiting += [link for link in links_of(path, found[path]) if link not in found]
    return found


def test_the_world_is_as_large_as_the_demo_promises():
    turkish = [article for article in ARTICLES if article.outlet.language == "tr"]

    assert len(OUTLETS) >= 6
    assert len(ARTICLES) >= 30
    assert len(turkish) >= 4


@EACH_ARTICLE
def test_an_article_has_the_length_and_date_of_the_samples(article: SampleArticle):
    words = sum(len(text.split()) for block in article.blocks for text in block.texts)

    assert 120 <= words <= 400
    assert datetime(2026, 11, 2, tzinfo=UTC) <= article.published_at < datetime(2026, 11, 17, tzinfo=UTC)
    assert article.published_at <= article.modified_at


@EACH_ARTICLE
def test_an_article_is_served_whole_in_its_outlets_charset(base_url: str, article: SampleArticle):
    body, headers = get(base_url + article.path)
    html = unescape(body.decode(article.outlet.charset))

    assert headers.get_content_charset() == article.outlet.charset
    assert article.headline in html
    assert [text for block in article.blocks for text in block.texts if text not in html] == []


@EACH_ARTICLE
def test_the_first_and_last_paragraph_of_an_article_are_extracted(base_url: str, article: SampleArticle):
    body, _ = get(base_url + article.path)

    text = trafilatura.extract(body, include_comments=False) or ""

    assert article.blocks[0].texts[0] in text
    assert article.blocks[-1].texts[-1] in text
    assert SAMPLE_NOTICE not in text
    assert "crossword" not in text


def test_every_article_is_reached_by_links_and_no_link_is_dead(pages: dict[str, str]):
    assert {article.path for article in ARTICLES} <= pages.keys()


def test_every_page_says_that_it_is_a_sample_and_keeps_search_engines_out(pages: dict[str, str]):
    silent = [path for path, html in pages.items() if SAMPLE_NOTICE not in visible_text(html)]
    indexed = [path for path, html in pages.items() if not asks_not_to_be_indexed(html)]

    assert silent == []
    assert indexed == []


def test_no_page_loads_anything_from_elsewhere(pages: dict[str, str], base_url: str):
    wanted = {
        urljoin(base_url, str(sheet["href"]))
        for html in pages.values()
        for sheet in soup(html).select("link[rel=stylesheet]")
    }
    embedded = [path for path, html in pages.items() if soup(html).select("[src], [srcset]")]

    types = {get(address)[1].get_content_type() for address in wanted if address.startswith(base_url + "/")}

    assert all(address.startswith(base_url + "/") for address in wanted)
    assert types == {"text/css"}
    assert embedded == []


@EACH_OUTLET
def test_a_feed_lists_exactly_the_articles_of_its_outlet(base_url: str, outlet: SampleOutlet):
    body, headers = get(base_url + outlet.feed_path)

    listed = json_feed_items(body) if outlet.feed_format is FeedFormat.JSON_FEED else feed_entries(body, headers)

    assert headers.get_content_type() == outlet.feed_format
    assert listed == [
        (base_url + article.path, article.headline, article.published_at.astimezone(UTC))
        for article in ARTICLES
        if article.outlet == outlet
    ]


@EACH_OUTLET
def test_a_sitemap_lists_exactly_the_articles_of_its_outlet(base_url: str, outlet: SampleOutlet):
    listed = sitemap_locations(base_url + outlet.sitemap_path)

    assert sorted(listed) == sorted(base_url + article.path for article in ARTICLES if article.outlet == outlet)


def test_some_outlets_are_ingested_by_feed_and_others_by_sitemap():
    listings = {outlet.listing_path.rsplit("/", 1)[1] for outlet in OUTLETS}
    formats = {outlet.feed_format for outlet in OUTLETS}

    assert listings == {"feed.xml", "sitemap.xml"}
    assert formats == set(FeedFormat)


def test_robots_txt_names_every_sitemap_and_shuts_out_no_article(base_url: str):
    body, headers = get(base_url + "/robots.txt")
    lines = body.decode().splitlines()

    named = [line.removeprefix("Sitemap: ") for line in lines if line.startswith("Sitemap: ")]
    closed = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")]

    assert headers.get_content_type() == "text/plain"
    assert named == [base_url + outlet.sitemap_path for outlet in OUTLETS]
    assert closed == ["/static/"]


def test_a_wire_copy_is_the_same_text_in_several_outlets_with_its_agency_named(pages: dict[str, str]):
    copies = sorted((article for article in ARTICLES if article.agency), key=lambda article: article.blocks[0].texts)
    stories = [list(story) for _, story in groupby(copies, key=lambda article: article.blocks[0].texts)]

    assert [len({article.outlet.slug for article in story}) for story in stories] == [3, 2]
    for first, *others in stories:
        assert all(shared_beginning(first, other) >= 6 for other in others)
    assert all("(CPA)" in article.blocks[0].texts[0] for article in copies)
    assert all(str(article.agency) in pages[article.path] for article in copies)


@pytest.mark.parametrize(
    "path",
    [
        "/no-such-outlet/",
        "/daily-tern/story/no-such-story",
        "/daily-tern/section/no-such-section",
        "/daily-tern/feed.xml",
        "/daily-tern/sitemap-news.xml",
    ],
)
def test_what_an_outlet_does_not_have_is_not_found(base_url: str, path: str):
    with pytest.raises(HTTPError) as refused:
        get(base_url + path)

    refused.value.close()
    assert refused.value.code == 404


def get(address: str) -> tuple[bytes, Message]:
    with urlopen(address, timeout=10) as answer:
        return answer.read(), answer.headers


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "lxml")


def links_of(path: str, html: str) -> list[str]:
    addresses = [urlsplit(urljoin(path, str(link["href"]))) for link in soup(html).select("a[href]")]
    return [address.path for address in addresses]


def visible_text(html: str) -> str:
    return " ".join(soup(html).body.get_text(" ").split())


def asks_not_to_be_indexed(html: str) -> bool:
    return bool(soup(html).select_one("meta[name=robots][content^=noindex]"))


def feed_entries(body: bytes, headers: Message) -> list[tuple[str, str, datetime]]:
    feed = feedparser.parse(body, response_headers={"content-type": headers["Content-Type"]})
    assert not feed.bozo
    return [
        (
            entry.link,
            entry.title,
            datetime(*(entry.get("published_parsed") or entry.updated_parsed)[:6], tzinfo=UTC),
        )
        for entry in feed.entries
    ]


def json_feed_items(body: bytes) -> list[tuple[str, str, datetime]]:
    return [
        (item["url"], item["title"], datetime.fromisoformat(item["date_published"]).astimezone(UTC))
        for item in json.loads(body)["items"]
    ]


def sitemap_locations(address: str) -> list[str]:
    body, _ = get(address)
    tree = BeautifulSoup(body, "lxml-xml")
    parts = [location.text for location in tree.select("sitemap > loc")]
    own = [location.text for location in tree.select("url > loc")]
    return own + [location for part in parts for location in sitemap_locations(part)]


def shared_beginning(one: SampleArticle, other: SampleArticle) -> int:
    pairs = zip(one.blocks, other.blocks, strict=False)
    return next(
        (number for number, (left, right) in enumerate(pairs) if left != right),
        min(len(one.blocks), len(other.blocks)),
    )
