from datetime import UTC, date, datetime

import pytest

from scrapers.pages.bylines import authors_of
from scrapers.pages.dates import moment_at, moment_in_address
from scrapers.pages.jsonld import article_node
from scrapers.pages.languages import language_of
from scrapers.pages.markup import MAX_ATTRIBUTES, MAX_TAGS, bounded
from scrapers.pages.metadata import Metadata, metadata_of
from scrapers.pages.origins import origin_of

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
        ('<meta property="og:title" content="Die Brücke：Küstenblatt"><title>Die Brücke</title>', "Die Brücke"),
    ],
)
def test_a_title_loses_the_name_of_the_outlet_where_another_title_lacks_it(head: str, title: str) -> None:
    assert metadata(head).title == title


@pytest.mark.parametrize(
    ("named", "heading", "title"),
    [
        ("Council says the", 'Council says the "bridge" is safe', 'Council says the "bridge" is safe'),
        (
            "Strike: Ferries stay in port all week",
            "Harbour - Ferries stay in port all week",
            "Ferries stay in port all week",
        ),
        (
            "Strike: Ferries stay in port all week",
            "Ferries stay in port all week",
            "Strike: Ferries stay in port all week",
        ),
        ("Long strike: ferries stay in port", "The strike: ferries stay in port", "Long strike: ferries stay in port"),
    ],
)
def test_a_heading_completes_a_title_and_takes_off_a_label(named: str, heading: str, title: str) -> None:
    assert metadata(f"<meta property='og:title' content='{named}'>", f"<h1>{heading}</h1>").title == title


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


def test_an_amp_page_is_known_by_the_address_of_the_whole_page() -> None:
    amp = "https://amp.news.example/2026/bridge/amp"

    whole = metadata('<link rel="canonical" href="https://www.news.example/2026/bridge">', url=amp)

    assert whole.canonical_url == "https://www.news.example/2026/bridge"


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


def test_a_page_that_names_a_crowd_is_believed_fifty_of_them() -> None:
    crowd = [f"Ana {chr(97 + one // 26)}{chr(97 + one % 26)}ruiz" for one in range(600)]

    assert authors_of([*crowd[:2], *crowd]) == tuple(crowd[:50])
    assert authors_of([", ".join(crowd)]) == tuple(crowd[:50])


def test_bylines_on_lines_of_their_own_are_names_of_their_own() -> None:
    body = "<p class='byline'><b>Ana Ruiz</b> <b>Bo Lund</b></p>"

    assert metadata("", body).authors == ("Ana Ruiz", "Bo Lund")
    assert metadata("", "<p class='byline'><b>Ana</b> <b>Ruiz</b></p>").authors == ("Ana Ruiz",)


def test_bylines_that_name_more_authors_than_json_ld_are_believed() -> None:
    script = json_ld('{"@type": "NewsArticle", "author": {"name": "Ana Ruiz"}}')

    assert metadata(script, "<p class='byline'>Ana Ruiz and Bo Lund</p>").authors == ("Ana Ruiz", "Bo Lund")
    assert metadata(script, "<p class='byline'>Bo Lund</p>").authors == ("Ana Ruiz",)


def test_an_outlet_is_known_by_its_host_and_gives_way_with_its_desks() -> None:
    body = "<p class='byline'>Ana Ruiz, News Sport</p>"

    assert metadata("<meta name='author' content='NEWS'>", body).authors == ("Ana Ruiz",)
    assert metadata("", "<p class='byline'>News Sport</p>").authors == ("News Sport",)


def test_a_byline_far_down_is_another_storys() -> None:
    body = f"<p class='byline'>Ana Ruiz</p>{'<p>word</p>' * 400}<p class='byline'>Bo Lund</p>"

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
def test_a_moment_is_read_as_outlets_write_it(text: str, moment: datetime | None) -> None:
    assert moment_at(text) == moment


@pytest.mark.parametrize("text", ["2026-01-06T23:30:00-05:00", "2026-01-06T00:30:00+09:00", "2026-01-06T00:30:00"])
def test_a_moment_keeps_the_day_that_the_outlet_prints(text: str) -> None:
    moment = moment_at(text)

    assert moment is not None
    assert moment.utcoffset() is not None
    assert moment.date() == date(2026, 1, 6)


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
        ("Köprü açıldı.\n(AA)", "Anadolu Agency"),
        ("The bridge is open, and nobody paid. — AFP", "AFP"),
        ("The bridge is open.\nWith inputs from PTI", "PTI"),
        ("Die Brücke ist offen. (dpa/AFP)", "dpa"),
        ("(CPA) — The bridge is open.", "CPA"),
        ("PORT ELLEN, Oct 3 (XYZ) - The bridge is open.", "XYZ"),
        ("The bridge\nIĞDIR (KHA) – Köprü açıldı.", "KHA"),
        ("The bridge is open.\n(CPA)", "CPA"),
        ("The bridge is open.\nWith agencies", "agencies"),
        ("The General Bridge Authority (GBA) — a public body — opened it.", None),
        ("The bridge was opened by the Bridge Authority. (GBA)", None),
        ("(VIDEO) - The bridge is open.", None),
        ("The minister works with agencies", None),
        ("The bridge is open, he told Reuters (in May).", None),
        ("The rule of (AP) applies.\n" * 40, "AP"),
    ],
)
def test_a_wire_copy_names_its_agency(text: str, origin: str | None) -> None:
    assert origin_of(text) == origin


def test_an_agency_in_the_byline_is_the_origin() -> None:
    assert origin_of("The bridge is open.", authors=["Ana Ruiz", "Reuters"]) == "Reuters"
    assert origin_of("The bridge is open.", authors=["Coast News Agency"]) == "Coast News Agency"
    assert origin_of("The bridge is open.", authors=["Agencies"]) == "agencies"


def test_markup_keeps_a_bounded_number_of_tags_and_attributes() -> None:
    tag = "<p " + " ".join(f'a{n}="<>"' for n in range(5_000)) + ">"

    assert bounded(tag).count("=") == MAX_ATTRIBUTES
    assert bounded("<i>" * (MAX_TAGS + 9)).count("<") == MAX_TAGS


def test_markup_loses_code_and_keeps_what_json_ld_says() -> None:
    markup = "<script>if (a < b) { c = '<p>' }</script><!-- <p> --><script type='application/ld+json'>{}</script><p>x"

    assert bounded(markup) == "<script type='application/ld+json'>{}</script><p>x"
