"""What an address stands for: a page, a feed's stories, a sitemap's pages."""

import gzip
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from claims.settings import Settings
from scrapers.discovery import Budget, Discovery, discover, discover_listing
from scrapers.errors import FetchFailed, NotAFeed, NotASitemap, UnreadablePage
from scrapers.fetch import Fetcher
from scrapers.listings.sitemap_text import WHAT_TO_DO
from scrapers.listings.sitemaps import NEVER, Listed
from scrapers.listings.survey import Survey, is_of_news
from tests.scrapers.conftest import QUICK, Names
from tests.scrapers.site import Site


def rss(links: Sequence[str], home: str = "/") -> str:
    """A feed of these links."""
    items = "".join(f"<item><link>{link}</link></item>" for link in links)
    return f"<rss version='2.0'><channel><link>{home}</link>{items}</channel></rss>"


def urlset(links: Sequence[str]) -> str:
    """A sitemap of these links."""
    return "<urlset>" + "".join(f"<url><loc>{link}</loc></url>" for link in links) + "</urlset>"


def index(links: Sequence[str]) -> str:
    """An index of these sitemaps."""
    return "<sitemapindex>" + "".join(f"<sitemap><loc>{link}</loc></sitemap>" for link in links) + "</sitemapindex>"


def test_an_article_is_the_page_itself_and_asked_for_once(site: Site, fetcher: Fetcher) -> None:
    page = '<link rel="alternate" type="application/rss+xml" href="/feed"><h1>Story</h1>'
    url = site.serve("/story", page)

    found = discover(fetcher, f" {url}\n")

    assert [page.url for page in found.pages] == [url]
    assert (found.urls, found.notes) == ((), ())
    assert site.asked == ["/story"]


@pytest.mark.parametrize("content_type", ["application/rss+xml", "text/xml", "text/html", "text/plain"])
def test_a_feed_stands_for_its_stories(site: Site, fetcher: Fetcher, content_type: str) -> None:
    url = site.serve("/feed", rss(["/one", "/two", "/one?utm_source=feed"]), f"Content-Type: {content_type}")

    again = f"{url}: left out 1 entries that name a page again"
    assert discover(fetcher, url) == Discovery(urls=(f"{site.url}/one", f"{site.url}/two"), notes=(again,))


def test_entries_on_other_sites_are_left_out_and_counted(site: Site, fetcher: Fetcher) -> None:
    url = site.serve("/feed", rss(["/one", "https://other.example/two", "http://127.0.0.1:1/three"]))

    found = discover(fetcher, url)

    assert found.urls == (f"{site.url}/one",)
    assert found.notes == (f"{url}: left out 2 entries that lead to other sites",)


def test_a_feed_of_other_sites_alone_is_no_feed_of_this_one(site: Site, fetcher: Fetcher) -> None:
    url = site.serve("/feed", rss(["https://one.example/", "https://two.example/"], home="https://three.example/"))

    with pytest.raises(NotAFeed, match="all 2 entries of this feed lead to other sites; ingest"):
        discover(fetcher, url)


def test_a_feed_that_another_host_carries_belongs_to_the_site_that_it_names(site: Site, fetcher: Fetcher) -> None:
    url = site.serve("/feed", rss(["https://news.example/one", "https://ads.example/"], home="https://news.example/"))

    found = discover(fetcher, url)

    assert found.urls == ("https://news.example/one",)
    assert found.notes == (f"{url}: left out 1 entries that lead to other sites",)


def test_a_feed_cannot_send_us_into_ones_own_network(site: Site, fetcher: Fetcher) -> None:
    inside = "http://10.0.0.5:8080/minutes"
    url = site.serve("/feed", rss([inside], home=inside))

    with pytest.raises(NotAFeed, match="all 1 entries of this feed lead to other sites"):
        discover(fetcher, url)


def test_a_page_cannot_send_us_to_a_feed_in_ones_own_network(site: Site, fetcher: Fetcher, canary: Site) -> None:
    link = f'<link rel="alternate" type="application/rss+xml" href="{canary.url}/feed">'
    url = site.serve("/", f"<html><head>{link}</head><body><p>News</p></body></html>")

    assert discover(fetcher, url).notes == ()


def test_a_feed_is_taken_as_far_as_the_budget_goes(site: Site, fetcher: Fetcher) -> None:
    url = site.serve("/feed", rss([f"/{number}" for number in range(9)]))

    found = discover(fetcher, url, budget=Budget(max_urls=2))

    assert found.urls == (f"{site.url}/0", f"{site.url}/1")
    assert found.notes == (f"{url}: took the first 2 of 9 addresses; ingest the rest apart",)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [("application/rss+xml", "<rss><chan<<"), ("application/xml", "Ankara"), ("application/json", "{}")],
)
def test_a_broken_feed_is_named_as_such(site: Site, fetcher: Fetcher, content_type: str, body: str) -> None:
    url = site.serve("/feed", body, f"Content-Type: {content_type}")

    with pytest.raises(NotAFeed, match=f"{url}: .*; check the address, or ingest"):
        discover(fetcher, url)


def test_a_pdf_is_named_as_such(site: Site, fetcher: Fetcher) -> None:
    with pytest.raises(UnreadablePage, match="a PDF"):
        discover(fetcher, site.serve("/report", "%PDF-1.7", "Content-Type: application/pdf"))


def test_a_front_page_stands_for_the_feed_that_it_announces(site: Site, fetcher: Fetcher) -> None:
    site.serve(
        "/",
        """<html><head><link rel="stylesheet alternate" type="text/css" href="/style"><link rel="alternate">
        <link rel="alternate" type="application/rss+xml" href="/comments/feed"><link rel="icon" href="//[">
        <link rel="alternate" type="application/rss+xml" href="//[">
        <LINK REL="Alternate" TYPE="application/atom+xml; charset=utf-8" HREF="/gone">
        <link rel="alternate" type="application/rss+xml" href="/feed"></head><body>News""",
    )
    site.serve("/feed", rss(["/one", "https://other.example/"]))

    found = discover(fetcher, site.url)

    assert found.urls == (f"{site.url}/one",)
    assert [note.partition(": ")[2] for note in found.notes] == [
        f"this is a front page; taking the stories of its feed {site.url}/feed",
        "the server answered 404 Not Found; check the address",
        "left out 1 entries that lead to other sites",
    ]


def test_a_listing_may_be_a_front_page_below_the_sites_own(site: Site, fetcher: Fetcher) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/en/feed">'
    url = site.serve("/en/", f"<html><head>{link}</head><body><p>News</p></body></html>")
    site.serve("/en/feed", rss(["/en/one"]))

    assert discover_listing(fetcher, url).urls == (f"{site.url}/en/one",)
    assert [page.url for page in discover(fetcher, url).pages] == [url]


def test_a_page_below_the_sites_own_does_not_stand_for_all_its_sitemaps(site: Site, fetcher: Fetcher) -> None:
    site.serve("/robots.txt", f"Sitemap: {site.url}/sitemap.xml", "Content-Type: text/plain")
    url = site.serve("/en/", "<html><body><p>News</p></body></html>")

    found = discover_listing(fetcher, url)

    assert (found.urls, [page.url for page in found.pages]) == ((), [url])
    assert "/sitemap.xml" not in site.asked


def test_a_front_page_without_a_feed_is_left_to_the_reader(site: Site, fetcher: Fetcher) -> None:
    url = site.serve("/", "<html><h1>News</h1>")

    assert [page.url for page in discover(fetcher, url).pages] == [url]


@pytest.mark.parametrize("body", [b"", b"<", b"\x00", b"<html><link", b"<html" + b" a" * 50_000])
def test_a_front_page_without_sense_is_left_to_the_reader(site: Site, fetcher: Fetcher, body: bytes) -> None:
    assert len(discover(fetcher, site.serve("/", body)).pages) == 1


def test_a_sitemap_index_is_followed_within_the_site(site: Site, canary: Site, fetcher: Fetcher) -> None:
    maps = ["/sitemap.xml", "/one.xml", "/two.xml.gz", "/gone.xml", "/page.html", canary.url, "https://other.example/m"]
    url = site.serve("/sitemap.xml", index(maps), "Content-Type: application/xml")
    site.serve("/one.xml", urlset(["/1", "/2", "https://other.example/3"]), "Content-Type: text/xml")
    site.serve("/two.xml.gz", gzip.compress(urlset(["/4", "/1"]).encode()), "Content-Type: application/x-gzip")
    site.serve("/page.html", "<html>")

    found = discover(fetcher, url)

    assert found.urls == (f"{site.url}/1", f"{site.url}/2", f"{site.url}/4")
    assert found.notes == (
        f"{site.url}/gone.xml: the server answered 404 Not Found; check the address",
        f"{site.url}/page.html: this is no sitemap; {WHAT_TO_DO}",
        f"{url}: left out 2 sitemaps on other sites",
        f"{url}: left out 1 entries that lead to other sites",
        f"{url}: left out 1 entries that name a page again",
    )


def test_a_packed_sitemap_may_be_given(site: Site, fetcher: Fetcher) -> None:
    url = site.serve("/sitemap.xml.gz", gzip.compress(urlset(["/1"]).encode()), "Content-Type: application/gzip")

    assert discover(fetcher, url).urls == (f"{site.url}/1",)


def test_a_sitemap_index_that_breeds_is_given_up(site: Site, fetcher: Fetcher) -> None:
    for number in range(30):
        site.serve(f"/{number}.xml", index([f"/{2 * number + 1}.xml", f"/{2 * number + 2}.xml", "/0.xml"]))

    with pytest.raises(NotASitemap, match="of its sitemaps were not read; ingest them one by one"):
        discover(fetcher, f"{site.url}/0.xml", budget=Budget(max_sitemaps=5, max_depth=9))

    assert len(site.asked) == 6


def test_a_sitemap_index_is_followed_only_so_deep(site: Site, fetcher: Fetcher) -> None:
    for number in range(9):
        site.serve(f"/{number}.xml", index([f"/{number + 1}.xml"]))

    with pytest.raises(NotASitemap, match="left out 1 sitemaps that lie too deep; ingest them"):
        discover(fetcher, f"{site.url}/0.xml", budget=Budget(max_depth=3))

    assert site.asked == ["/0.xml", "/1.xml", "/2.xml", "/3.xml"]


def test_a_sitemap_index_is_followed_only_so_long(site: Site, fetcher: Fetcher) -> None:
    url = site.serve("/sitemap.xml", index(["/0.xml", "/1.xml"]))

    with pytest.raises(NotASitemap, match="2 of its sitemaps were not read; "):
        discover(fetcher, url, budget=Budget(max_s=0.0))

    assert site.asked == ["/sitemap.xml"]


def test_sitemaps_are_read_until_the_budget_of_addresses_is_full(site: Site, fetcher: Fetcher) -> None:
    url = site.serve("/sitemap.xml", index([f"/{number}.xml" for number in range(9)]))
    for number in range(9):
        site.serve(f"/{number}.xml", urlset([f"/{number}-{page}" for page in range(9)]))

    found = discover(fetcher, url, budget=Budget(max_urls=10))

    assert len(found.urls) == 10
    assert site.asked == ["/sitemap.xml", "/0.xml", "/1.xml"]
    assert found.notes == (
        f"{url}: 7 of its sitemaps were not read; ingest them one by one",
        f"{url}: took the first 10 of 18 addresses; ingest the rest apart",
    )


def test_a_sitemap_that_names_itself_and_others_that_name_each_other_are_read_once(
    site: Site, fetcher: Fetcher
) -> None:
    maps = ["/sitemap.xml", "/sitemap.xml?utm_source=x", "/a.xml", "/b.xml", "/c.xml", "/d.xml"]
    url = site.serve("/sitemap.xml", index(maps))
    site.serve("/a.xml", index(["/b.xml", "/sitemap.xml#top", "/pages.xml"]))
    site.serve("/b.xml", index(["/a.xml", "/b.xml/"]))
    site.serve("/c.xml", urlset(["/2"]))
    site.send_on("/d.xml", "/c.xml")
    site.serve("/pages.xml", urlset(["/1"]))

    found = discover(fetcher, url)

    assert found == Discovery(urls=(f"{site.url}/2", f"{site.url}/1"))
    assert site.asked == ["/sitemap.xml", "/a.xml", "/b.xml", "/c.xml", "/d.xml", "/c.xml", "/pages.xml"]


def test_sitemaps_and_pages_that_differ_by_their_session_alone_count_once(site: Site, fetcher: Fetcher) -> None:
    sessions = [f"sid={number:032x}a".replace("sid=0", "sid=a") for number in range(40)]
    url = site.serve("/sitemap.xml", index([f"/pages.xml?{session}" for session in sessions]))
    pages = [f"/story?{session}" for session in sessions] + [f"/two;jsessionid={n:020x}" for n in range(40)]
    site.serve(f"/pages.xml?{sessions[0]}", urlset(pages))

    found = discover(fetcher, url)

    assert found.urls == (f"{site.url}/story?{sessions[0]}", f"{site.url}/two;jsessionid={0:020x}")
    assert found.notes == (f"{url}: left out 78 entries that name a page again",)
    assert len(site.asked) == 2


@pytest.mark.parametrize("listing", [rss, urlset])
def test_an_entry_too_long_once_it_is_encoded_fails_no_listing(
    site: Site, fetcher: Fetcher, listing: Callable[[Sequence[str]], str]
) -> None:
    body = listing(["/one", "/" + "中" * 300, "/two"])

    assert discover(fetcher, site.serve("/listing", body)).urls == (f"{site.url}/one", f"{site.url}/two")


def test_a_sitemap_too_long_once_it_is_encoded_fails_no_index(site: Site, fetcher: Fetcher) -> None:
    site.serve("/pages.xml", urlset(["/one"]))

    url = site.serve("/index.xml", index(["/" + "中" * 300, "/pages.xml"]))

    assert discover(fetcher, url).urls == (f"{site.url}/one",)


def test_a_calendar_without_end_is_taken_as_far_as_the_budget_goes(site: Site, fetcher: Fetcher) -> None:
    months = [f"/calendar?year={2026 + n // 12}&month={1 + n % 12}" for n in range(30_000)]
    url = site.serve("/sitemap.xml", urlset(months))

    found = discover(fetcher, url)

    assert len(found.urls) == Budget().max_urls
    assert found.notes == (f"{url}: took the first 500 of 30000 addresses; ingest the rest apart",)


def test_the_newest_pages_of_several_sitemaps_come_first_and_those_of_news_are_read_first(
    site: Site, fetcher: Fetcher
) -> None:
    entry = "<url><loc>{}</loc><lastmod>{}</lastmod></url>"
    old = "".join(entry.format(f"/old/{n}", f"2026-10-{n + 1:02}") for n in range(20))
    published = "<url><loc>/{0}</loc><news><publication_date>2026-11-{0:02}</publication_date></news></url>"
    site.serve("/archive.xml", f"<urlset>{old}{entry.format('/new', '2026-11-04T12:00:00Z')}</urlset>")
    site.serve("/google-news.xml", "<urlset>" + "".join(published.format(n) for n in (3, 5, 4)) + "</urlset>")
    url = site.serve("/newsletters/sitemap.xml", index(["/archive.xml", "/google-news.xml"]))

    found = discover(fetcher, url, budget=Budget(max_urls=5))

    assert found.urls == tuple(f"{site.url}/{path}" for path in ("5", "new", "4", "3", "old/19"))
    assert site.asked[1:] == ["/google-news.xml", "/archive.xml"]


@pytest.mark.parametrize(
    ("reference", "is_so"),
    [("/news.xml", True), ("/a/Google-News?page=2", True), ("/newsletters.xml", False), ("/news/old.xml", False)],
)
def test_the_last_part_of_a_sitemaps_address_says_whether_it_lists_news(reference: str, is_so: bool) -> None:
    assert is_of_news(reference) == is_so


def test_a_name_made_to_be_read_for_ever_is_read_at_once() -> None:
    begun_s = time.process_time()

    assert not is_of_news("https://news.example/" + "news" * 12_500 + "/")
    assert is_of_news("https://news.example/" + "news" * 12_500)

    assert time.process_time() - begun_s < 0.2


def test_all_sitemaps_together_are_unpacked_to_so_many_bytes(site: Site, fetcher: Fetcher) -> None:
    url = site.serve("/sitemap.xml", index([f"/{number}.xml.gz" for number in range(9)]))
    for number in range(9):
        pages = gzip.compress(urlset([f"/{number}", *["/same"] * 5_000]).encode())
        site.serve(f"/{number}.xml.gz", pages, "Content-Type: application/gzip")

    found = discover(fetcher, url, budget=Budget(max_urls=5_000, max_bytes=400_000))

    assert found.urls == (f"{site.url}/0", f"{site.url}/same", f"{site.url}/1", f"{site.url}/2")
    assert f"{site.url}/2.xml.gz: this sitemap is too large to be read to its end; ingest a smaller one" in found.notes
    assert f"{url}: 6 of its sitemaps were not read; ingest them one by one" in found.notes


def test_no_more_sitemaps_wait_than_the_budget_lets_be_read(fetcher: Fetcher) -> None:
    survey = Survey(fetcher, "https://news.example/", frozenset(("news.example",)), Budget(max_sitemaps=5))

    survey.queue("https://news.example/", [Listed(f"/{n}.xml", NEVER, True) for n in range(9_000)], depth=1)

    assert len(survey.waiting) == 5
    assert list(survey.notes()) == ["https://news.example/: 9000 of its sitemaps were not read; ingest them one by one"]


def test_entries_without_end_that_lead_elsewhere_are_only_counted_in_the_end(site: Site, fetcher: Fetcher) -> None:
    elsewhere = [f"https://other.example/{number}" for number in range(100)]
    url = site.serve("/sitemap.xml", urlset(["/one", *elsewhere]))

    found = discover(fetcher, url, budget=Budget(max_urls=3))

    assert found.urls == (f"{site.url}/one",)
    assert found.notes == (
        f"{url}: left out 59 entries that lead to other sites",
        f"{url}: took the first 1 of 42 addresses; ingest the rest apart",
    )


def test_a_feeds_newest_stories_are_taken_first_if_all_say_when(site: Site, fetcher: Fetcher) -> None:
    item = "<item><link>/{0}</link><pubDate>{0:02} Nov 2026 10:00:00 GMT</pubDate></item>"
    items = "".join(item.format(day) for day in range(1, 10))
    url = site.serve("/feed", f"<rss version='2.0'><channel><link>/</link>{items}</channel></rss>")
    some = site.serve("/some", f"<rss version='2.0'><channel><item><link>/0</link></item>{items}</channel></rss>")

    assert discover(fetcher, url, budget=Budget(max_urls=2)).urls == (f"{site.url}/9", f"{site.url}/8")
    assert discover(fetcher, some, budget=Budget(max_urls=2)).urls == (f"{site.url}/0", f"{site.url}/1")


def test_a_front_page_without_a_feed_stands_for_the_sitemaps_that_robots_txt_names(
    site: Site, canary: Site, fetcher: Fetcher
) -> None:
    url = site.serve("/", "<html><h1>News</h1>")
    lines = ["User-agent: *", "Sitemap: /old.xml", f"sitemap:{canary.url}/x.xml", "SITEMAP : /news.xml", "Sitemap:"]
    site.serve("/robots.txt", "\r\n".join(lines), "Content-Type: text/plain")
    site.serve("/news.xml", urlset(["/1"]))
    site.serve("/old.xml", urlset(["/2"]))

    found = discover(fetcher, url)

    assert found.urls == (f"{site.url}/1", f"{site.url}/2")
    assert found.notes == (
        f"{url}: this is a front page without a feed; taking the newest pages of the site's sitemaps",
        f"{url}: left out 1 sitemaps on other sites",
    )


@pytest.mark.parametrize("named", ["/gone.xml", "/page", "https://other.example/sitemap.xml", "//["])
def test_a_front_page_whose_sitemaps_cannot_be_read_is_left_to_the_reader(
    site: Site, fetcher: Fetcher, named: str
) -> None:
    url = site.serve("/", "<html><h1>News</h1>")
    site.serve("/page", "<html>")
    site.serve("/robots.txt", f"Sitemap: {named}", "Content-Type: text/plain")

    assert [page.url for page in discover(fetcher, url).pages] == [url]


def test_hosts_of_one_site_belong_together(site: Site, fetch_settings: Settings, names: Names) -> None:
    names.known["www.outlet.co.uk"] = [["127.0.0.1"]]
    settings = replace(fetch_settings, allow_hosts=frozenset(names.known))
    links = ["https://sport.outlet.co.uk/one", "https://outlet.co.uk/two", "https://rival.co.uk/three"]
    site.serve("/feed", rss(links))

    with Fetcher(settings, QUICK, resolve=names) as fetcher:
        found = discover(fetcher, f"http://www.outlet.co.uk:{site.port}/feed")

    assert found.urls == ("https://sport.outlet.co.uk/one", "https://outlet.co.uk/two")


def test_an_address_that_does_not_answer_is_said_so(site: Site, fetcher: Fetcher) -> None:
    with pytest.raises(FetchFailed, match="404 Not Found; check the address"):
        discover(fetcher, f"{site.url}/nothing")
