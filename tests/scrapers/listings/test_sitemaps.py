"""Sitemaps and their indexes, whole, packed, broken and hostile."""

import gzip
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from claims.drafts import Page
from scrapers.errors import NotASitemap
from scrapers.listings.sitemap_text import Allowance
from scrapers.listings.sitemaps import Sitemap, read_sitemap

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


def page(body: str | bytes) -> Page:
    """A page with this body."""
    content = body.encode() if isinstance(body, str) else body
    return Page(URL, URL, 200, (), content, "application/xml", datetime(2026, 11, 2, tzinfo=UTC))


def plenty(max_bytes: int = 100_000_000, max_tags: int = 10_000_000, max_s: float = 60.0) -> Allowance:
    """An allowance that no test uses up unless it means to."""
    return Allowance(max_bytes, max_tags, time.monotonic() + max_s)


def sitemap(body: str | bytes) -> Sitemap:
    """What is read from a page with this body."""
    return read_sitemap(page(body), plenty())


def pages(body: str | bytes) -> list[str]:
    """The references to pages in this body."""
    return [entry.reference for entry in sitemap(body).pages]


def test_a_sitemap_lists_its_pages_newest_first() -> None:
    assert pages(URLSET) == [
        "https://news.example/noon",
        "https://news.example/a?b=1&c=2",
        "https://news.example/old",
        "/undated",
        "https://news.example/old",
        "ftp://news.example/",
    ]


def test_an_index_lists_its_sitemaps_newest_first() -> None:
    found = sitemap(INDEX)

    assert (found.pages, found.listed, found.is_whole) == ((), 2, True)
    assert [child.reference for child in found.children] == [
        "https://news.example/2026.xml.gz",
        "https://news.example/2001.xml",
    ]


def test_in_a_news_sitemap_the_publication_counts_more_than_the_last_change() -> None:
    one = "<loc>https://news.example/one"
    touched = NEWS.replace(one, "<lastmod>2026-11-09</lastmod>" + one)

    assert pages(NEWS) == pages(touched) == ["https://news.example/two", "https://news.example/one"]


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(URLSET.encode()),
        b"\n\n" + URLSET.encode(),
        URLSET.replace("UTF-8", "utf-16").encode("utf-16"),
        URLSET.replace("UTF-8", "iso-8859-9").replace("/undated", "/ışık").encode("iso-8859-9"),
        b"\xef\xbb\xbf" + URLSET.encode(),
        URLSET.replace(XMLNS, "").encode(),
        URLSET.replace("<url", "<s:url").replace("</url", "</s:url").replace("xmlns=", "xmlns:s=").encode(),
        URLSET.replace("<url/>\n</urlset>", "<url><lo").encode(),
        URLSET.replace("&amp;", "&").encode(),
        b"<!-- a map --><?style x?>" + URLSET.partition("\n")[2].encode(),
    ],
)
def test_a_sitemap_is_read_in_any_dress_and_up_to_its_break(body: bytes) -> None:
    assert pages(body)[0] == "https://news.example/noon"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("", "the sitemap lists nothing, or its XML is broken; "),
        ("<html><body>https://news.example/</body></html>", "this is no sitemap; "),
        ("<rss><channel><item/></channel></rss>", "this is no sitemap; "),
        (f"<urlset {XMLNS}></urlset>", "the sitemap lists nothing, or its XML is broken; "),
        ("<urlset", "the sitemap lists nothing, or its XML is broken; "),
        ("<urlset " + "".join(f'a{n}=">" ' for n in range(10_000)) + "/>", "the sitemap lists nothing, or its XML"),
        (f"<urlset>{'x' * 60_000}<url><loc>/late</loc></url></urlset>", "the sitemap lists nothing, or its XML"),
        (gzip.compress(URLSET.encode())[:-4], "the gzip file is broken off before its end; "),
        (gzip.compress(URLSET.encode())[:40], "the gzip file is broken off before its end; "),
        (gzip.compress(URLSET.encode())[:40] + b"x" * 400, "the gzip file is damaged; "),
        (b"\x1f\x8b", "the gzip file is broken off before its end; "),
        (gzip.compress(b""), "the sitemap lists nothing, or its XML is broken; "),
        (gzip.compress(bytes(30_000_000)), "this is no sitemap; "),
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
    found = pages(f"<!DOCTYPE urlset [{entities}]><urlset {XMLNS}>{listed}</urlset>")

    assert set(found) == {"https://news.example/"}
    assert time.process_time() - begun_s < 1


def test_entries_out_of_entities_end_where_they_grow_out_of_proportion() -> None:
    entry = '<!ENTITY e0 "' + "&#60;url>&#60;loc>/x&#60;/loc>&#60;/url>" * 100 + '">'
    more = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 100}">' for n in range(1, 5))

    begun_s = time.process_time()
    found = sitemap(f"<!DOCTYPE urlset [{entry}{more}]><urlset><url><loc>/early</loc></url>&e4;</urlset>")

    assert found.listed < 200_000
    assert time.process_time() - begun_s < 2


@pytest.mark.parametrize("junk", ["<x/>", "<x>", "<x><url/></x>", "<x><![CDATA[<]]></x>"])
def test_an_entry_that_never_ends_ends_the_sitemap(junk: str) -> None:
    early = "<urlset><url><loc>/early</loc></url>"

    assert pages(f"{early}<url><x>{junk * 120_000}</x></url><url><loc>/late</loc></url>") == ["/early"]


@pytest.mark.parametrize("link", ["/a?b=1&c=2", "/a?b=1&amp;c=2", "<![CDATA[/a?b=1&c=2]]>", "/a?b=1&#38;c=2"])
def test_ampersands_may_be_bare_and_cut_in_two(link: str) -> None:
    listed = f"<url><loc>{link}</loc></url>" * 10_000

    assert set(pages(f"<urlset>{listed}</urlset>")) == {"/a?b=1&c=2"}


def test_a_comment_that_never_ends_is_not_kept() -> None:
    huge = b"<urlset><url><loc>/early</loc></url><!-- " + (b"w" * 4_000 + b"<x>") * 5_000
    allowance = plenty()

    assert read_sitemap(page(huge), allowance).listed == 1
    assert allowance.max_bytes > 97_000_000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-9", "gb18030"])
def test_letters_cut_in_two_by_a_piece_stay_whole(encoding: str) -> None:
    listed = "".join(f"<url><loc>/{n}-ü-haber-ö</loc></url>" for n in range(9_000))

    found = pages(f'<?xml version="1.0" encoding="{encoding}"?><urlset>{listed}</urlset>'.encode(encoding))

    assert found == [f"/{n}-ü-haber-ö" for n in range(9_000)]


def test_junk_between_entries_is_forgotten() -> None:
    junk = b"<url><x/></url><url><loc/></url>" * 30_000

    assert pages(b"<urlset>" + junk + b"<url><loc>/late</loc></url></urlset>") == ["/late"]


def test_an_entry_too_long_for_an_address_is_passed_over() -> None:
    endless = "https://news.example/" + "news" * 12_000

    entries = "".join(f"<url><loc>{reference}</loc></url>" for reference in ("/one", endless, "/two"))

    assert pages(f"<urlset>{entries}</urlset>") == ["/one", "/two"]


def test_of_a_huge_sitemap_the_newest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scrapers.listings.sitemaps.MAX_KEPT", 20)
    days = [f"<url><loc>/{n}</loc><lastmod>20{n:02}-01-01</lastmod></url>" for n in range(100)]

    found = sitemap("<urlset>" + "".join(days) + "</urlset>")

    assert [entry.reference for entry in found.pages] == [f"/{n}" for n in range(99, 79, -1)]
    assert (found.listed, found.is_whole) == (100, True)


@pytest.mark.parametrize("allowance", [plenty(max_bytes=200_000), plenty(max_tags=40_000), plenty(max_s=-1)])
def test_a_sitemap_is_read_as_far_as_the_allowance_goes(allowance: Allowance) -> None:
    huge = b"<urlset>" + b"<url><loc>/a</loc></url>" * 50_000 + b"</urlset>"

    found = read_sitemap(page(huge), allowance)

    assert 0 < found.listed < 20_000
    assert not found.is_whole


# Linux counts what the parent held into a child's ru_maxrss, but not into VmHWM.
MEASURED = """
import resource, sys, time
from datetime import UTC, datetime
from pathlib import Path
from claims.drafts import Page
from scrapers.listings.sitemaps import Allowance, read_sitemap

def peak_kib():
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(status.read_text().partition("VmHWM:")[2].split()[0])

body = Path(sys.argv[1]).read_bytes()
page = Page("https://news.example/s", "https://news.example/s", 200, (), body, "application/gzip", datetime.now(UTC))
before_kib = peak_kib()
found = read_sitemap(page, Allowance(10**9, 10**9, time.monotonic() + 600))
print(found.listed, peak_kib() - before_kib)
"""


def test_a_huge_sitemap_takes_little_memory(tmp_path: Path) -> None:
    entry = b"<url><loc>https://news.example/2026/11/02/a-story-of-the-day</loc><lastmod>2026-11-02</lastmod></url>\n"
    packed = tmp_path / "sitemap.xml.gz"
    packed.write_bytes(gzip.compress(b"<urlset>" + entry * 100_000 + b"</urlset>"))

    measured = subprocess.run([sys.executable, "-c", MEASURED, packed], capture_output=True, check=True, text=True)

    listed, more_kib = map(int, measured.stdout.split())
    assert listed == 100_000
    assert more_kib < 15_000
