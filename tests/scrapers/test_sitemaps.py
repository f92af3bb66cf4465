"""Sitemaps and their indexes, whole, packed, broken and hostile."""

import gzip
import time
from datetime import UTC, datetime

import pytest

from claims.drafts import Page
from scrapers.errors import NotASitemap
from scrapers.sitemaps import Sitemap, read_sitemap

URL = "https://news.example/maps/sitemap.xml"
XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

URLSET = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset {XMLNS} xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://news.example/old</loc><lastmod>2026-11-01</lastmod></url>
<url><loc> https://news.example/a?b=1&amp;c=2
</loc><lastmod>2026-11-02T13:00:00+03:00</lastmod></url>
<url><image:image><image:loc>https://news.example/photo.jpg</image:loc></image:image><loc>/undated</loc></url>
<url><loc>https://news.example/noon</loc><lastmod>2026-11-02T12:00:00Z</lastmod></url>
<url><loc>https://news.example/old</loc></url>
<url><loc>ftp://news.example/</loc></url>
<url><loc></loc></url><url/>
</urlset>"""

INDEX = f"""<sitemapindex {XMLNS}>
<sitemap><loc>https://news.example/2001.xml</loc><lastmod>2001-12-31</lastmod></sitemap>
<sitemap><loc>https://news.example/2026.xml.gz</loc><lastmod>2026-11-02</lastmod></sitemap></sitemapindex>"""

NEWS = f"""<urlset {XMLNS} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://news.example/one</loc><news:news><news:publication_date>2026-11-01</news:publication_date></news:news></url>
<url><loc>https://news.example/two</loc><news:news><news:publication_date>2026-11-02</news:publication_date></news:news></url>
</urlset>"""


def sitemap(body: str | bytes) -> Sitemap:
    """What is read from a page with this body."""
    content = body.encode() if isinstance(body, str) else body
    return read_sitemap(Page(URL, URL, 200, (), content, "application/xml", datetime(2026, 11, 2, tzinfo=UTC)))


def test_a_sitemap_lists_its_pages_newest_first() -> None:
    assert sitemap(URLSET).urls == (
        "https://news.example/noon",
        "https://news.example/a?b=1&c=2",
        "https://news.example/old",
        "https://news.example/undated",
    )


def test_an_index_lists_its_sitemaps_newest_first() -> None:
    assert sitemap(INDEX) == Sitemap((), ("https://news.example/2026.xml.gz", "https://news.example/2001.xml"))


def test_a_news_sitemap_is_ordered_by_publication() -> None:
    assert sitemap(NEWS).urls == ("https://news.example/two", "https://news.example/one")


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(URLSET.encode()),
        b"\n\n" + URLSET.encode(),
        URLSET.replace("UTF-8", "utf-16").encode("utf-16"),
        URLSET.replace(XMLNS, "").encode(),
        URLSET.replace("<url", "<s:url").replace("</url", "</s:url").replace("xmlns=", "xmlns:s=").encode(),
        URLSET.replace("<url/>\n</urlset>", "<url><lo").encode(),
        URLSET.replace("&amp;", "&").encode(),
        b"<!-- a map --><?style x?>" + URLSET.partition("\n")[2].encode(),
    ],
)
def test_a_sitemap_is_read_in_any_dress_and_up_to_its_break(body: bytes) -> None:
    assert sitemap(body).urls[0] == "https://news.example/noon"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("", "this is no sitemap; "),
        ("<html><body>https://news.example/</body></html>", "this is no sitemap; "),
        ("<rss><channel><item/></channel></rss>", "this is no sitemap; "),
        (f"<urlset {XMLNS}></urlset>", "the sitemap lists nothing, or its XML is broken; "),
        (f"<urlset {XMLNS}><url><loc>javascript:x</loc></url>", "the sitemap lists nothing, or its XML is broken; "),
        ("<urlset " + "".join(f'a{n}=">" ' for n in range(10_000)) + "/>", "this is no sitemap; "),
        (gzip.compress(URLSET.encode())[:-4], "the gzip file is broken off before its end; "),
        (gzip.compress(bytes(30_000_000)), "the gzip file unpacks to over 25 MB; "),
    ],
)
def test_what_lists_nothing_is_no_sitemap(body: str | bytes, line: str) -> None:
    with pytest.raises(NotASitemap) as refused:
        sitemap(body)

    assert str(refused.value).startswith(f"{URL}: {line}")


def test_entities_neither_explode_nor_read_files() -> None:
    bombs = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    entities = f'{bombs}<!ENTITY file SYSTEM "file:///etc/hostname"><!ENTITY net SYSTEM "http://127.0.0.1:9/">'
    listed = "".join(f"<url><loc>https://news.example/{name}</loc></url>" for name in ("&file;", "&net;", "&e9;"))

    begun_s = time.process_time()
    found = sitemap(f"<!DOCTYPE urlset [{entities}]><urlset {XMLNS}>{listed}</urlset>")

    assert found.urls == ("https://news.example/",)
    assert time.process_time() - begun_s < 1


@pytest.mark.parametrize("junk", ["<x/>", "<url><x/></url>", "<url><loc/></url>"])
def test_a_sitemap_of_junk_is_given_up(junk: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scrapers.sitemaps.MAX_ELEMENTS", 100)

    assert len(sitemap(f"<urlset>{junk * 40}<url><loc>/early</loc></url>").urls) == 1
    with pytest.raises(NotASitemap):
        sitemap(f"<urlset>{junk * 100}<url><loc>/late</loc></url>")


def test_no_more_addresses_are_taken_than_a_sitemap_may_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scrapers.sitemaps.MAX_LISTED", 20)
    listed = "".join(f"<url><loc>/{number}</loc></url>" for number in range(21))

    assert len(sitemap(f"<urlset>{listed}</urlset>").urls) == 20
