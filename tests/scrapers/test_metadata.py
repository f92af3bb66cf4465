from datetime import UTC, datetime

import pytest

from scrapers.bylines import authors_of
from scrapers.dates import moment_at, moment_in_address
from scrapers.jsonld import article_node
from scrapers.languages import language_of
from scrapers.markup import MAX_ATTRIBUTES, MAX_TAGS, bounded
from scrapers.metadata import Metadata, metadata_of
from scrapers.origins import origin_of

URL = "https://news.example/2026/03/04/bridge"


def metadata(head: str, body: str = "", url: str = URL) -> Metadata:
    return metadata_of(f"<html><head>{head}</head><body>{body}</body></html>", url)


def json_ld(script: str) -> str:
    return f'<script type="application/ld+json">{script}</script>'


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('<meta property="og:title" content="The bridge | Coast News"><title>The bridge</title>', "The bridge"),
        ('<meta property="og:title" content="Bridge - the long wait"><title>Bridge</title>x', "Bridge"),
        ('<meta property="og:title" content="Bridge - the long wait">', "Bridge - the long wait"),
        (json_ld('{"@type": "NewsArticle", "headline": "It&#39;s open"}'), "It's open"),
        ("<title>Coast News</title>", "Coast News"),
    ],
)
def test_a_title_loses_the_name_of_the_outlet_where_another_title_lacks_it(head: str, title: str) -> None:
    assert metadata(head).title == title


@pytest.mark.parametrize(
    ("link", "canonical_url"),
    [
        ("/bridge", "https://news.example/bridge"),
        ("https://www.news.example/bridge#x", "https://www.news.example/bridge"),
        ("https://elsewhere.example/bridge", URL),
        ("https://news.example/", URL),
        ("javascript:alert(1)", URL),
        ("http://[", URL),
    ],
)
def test_a_canonical_link_is_believed_on_the_same_host_only(link: str, canonical_url: str) -> None:
    assert metadata(f'<link rel="canonical" href="{link}">').canonical_url == canonical_url


def test_tracking_parameters_are_no_part_of_an_address() -> None:
    assert metadata("", url=URL + "?utm_source=x&id=7").canonical_url == URL + "?id=7"


def test_json_ld_goes_before_meta_tags() -> None:
    script = json_ld(
        '{"@type": ["Thing", "NewsArticle"], "datePublished": "2026-03-01", "author": {"name": "Ana Ruiz"}}'
    )

    found = metadata(f'{script}<meta name="author" content="Web Desk"><meta name="date" content="2020-01-01">')

    assert found.authors == ("Ana Ruiz",)
    assert found.published_at == datetime(2026, 3, 1, tzinfo=UTC)


def test_a_date_is_found_in_the_address_at_last() -> None:
    assert metadata("").published_at == datetime(2026, 3, 4, tzinfo=UTC)


def test_authors_of_other_stories_are_not_taken() -> None:
    body = '<p><span class="byline">By Ana Ruiz</span></p><div><a class="author">Bo Lund</a></div>'

    assert metadata("", body).authors == ("Ana Ruiz",)


@pytest.mark.parametrize(
    "script",
    [
        '<!-- {"@type": "NewsArticle", "headline": "Open"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Open"}\n//]]>',
        '{"@type": "NewsArticle", "headline": "Open",}',
        '[{"@type": "WebPage"}, {"@graph": [{"@type": "http://schema.org/NewsArticle", "headline": "Open"}]}]',
    ],
)
def test_json_ld_is_read_as_outlets_write_it(script: str) -> None:
    assert article_node([script]).headline == "Open"


@pytest.mark.parametrize(
    "script", ["", "null", "7", "{", "[" * 100_000, '{"@type": {"a": 1}}', '{"@type": "NewsArticle"}']
)
def test_broken_json_ld_says_nothing(script: str) -> None:
    assert article_node([script]).headline == ""


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("By Ana Ruiz and Bo Lund", ("Ana Ruiz", "Bo Lund")),
        ("Von Jörg Maier, Redakteur", ("Jörg Maier",)),
        ("Ana Ruiz, ana ruiz", ("Ana Ruiz",)),
        ("https://news.example/ana", ()),
        ("ana@news.example", ()),
        ("12:30", ()),
    ],
)
def test_a_byline_is_split_into_names(field: str, names: tuple[str, ...]) -> None:
    assert authors_of([field]) == names


def test_an_outlet_as_author_gives_way_to_a_person() -> None:
    assert authors_of(["Coast News"], ["Ana Ruiz"], outlet_names=["Coast News"]) == ("Ana Ruiz",)
    assert authors_of(["Coast News"], outlet_names=["Coast News"]) == ("Coast News",)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-06 14:16:29 +01:00", datetime(2026, 1, 6, 13, 16, 29, tzinfo=UTC)),
        ("2026-01-06T14:16:29.123456789Z", datetime(2026, 1, 6, 14, 16, 29, tzinfo=UTC)),
        ("2026-01-06T14:16+0100", datetime(2026, 1, 6, 13, 16, tzinfo=UTC)),
        ("2026-01-06", datetime(2026, 1, 6, tzinfo=UTC)),
        ("6.1.2026, 14:16", datetime(2026, 1, 6, 14, 16, tzinfo=UTC)),
        ("Tue, 06 Jan 2026 14:16:29 +0100", datetime(2026, 1, 6, 13, 16, 29, tzinfo=UTC)),
        ("1767705389", datetime(2026, 1, 6, 13, 16, 29, tzinfo=UTC)),
        ("2026-13-45", None),
        ("9999-12-31", None),
        ("yesterday", None),
    ],
)
def test_a_moment_is_read_into_utc(text: str, moment: datetime | None) -> None:
    assert moment_at(text) == moment


def test_an_address_without_a_day_has_no_date() -> None:
    assert moment_in_address("https://news.example/2026/bridge") is None


@pytest.mark.parametrize(
    ("declared", "words", "language"),
    [
        ("en_US", "", "en-US"),
        ("tr-TR.UTF-8", "", "tr-TR"),
        ("utf-8", "", "und"),
        ("", "The bridge that was to open in May is not open and the minister said it would be late " * 3, "en"),
        ("en", "Bakan bu köprünün daha sonra açılacağını ve bunun için çok para gerektiğini söyledi " * 3, "tr"),
    ],
)
def test_a_language_is_what_the_page_says_unless_its_words_say_otherwise(
    declared: str, words: str, language: str
) -> None:
    assert language_of(words, declared) == language


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("ANKARA, Turkey (AP) — The bridge is open.", "AP"),
        ("Berlin (dpa/lno) - Die Brücke ist offen.", "dpa"),
        ("Köprü açıldı.\nKaynak: Anadolu Ajansı", "Anadolu Agency"),
        ("The bridge is open, he told Reuters (in May).", None),
        ("The rule of (AP) applies.\n" * 40, "AP"),
    ],
)
def test_a_wire_copy_names_its_agency(text: str, origin: str | None) -> None:
    assert origin_of(text) == origin


def test_an_agency_in_the_byline_is_the_origin() -> None:
    assert origin_of("The bridge is open.", authors=["Ana Ruiz", "Reuters"]) == "Reuters"


def test_markup_keeps_a_bounded_number_of_tags_and_attributes() -> None:
    tag = "<p " + " ".join(f'a{n}="<>"' for n in range(5_000)) + ">"

    assert bounded(tag).count("=") == MAX_ATTRIBUTES
    assert bounded("<i>" * (MAX_TAGS + 9)).count("<") == MAX_TAGS


def test_markup_loses_code_and_keeps_what_json_ld_says() -> None:
    markup = "<script>if (a < b) { c = '<p>' }</script><!-- <p> --><script type='application/ld+json'>{}</script><p>x"

    assert bounded(markup) == "<script type='application/ld+json'>{}</script><p>x"
