import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from scrapers.article import read
from scrapers.errors import NotAnArticle
from tests.stopwatch import Computing

OUTLETS = Path(__file__).parent.parent / "outlets"
URL = "https://news.example/story"
RULED_URL = "http://127.0.0.1/causeway-brief/2026-02-03-story"
PARAGRAPH = "<p>The minister said on Monday that the bridge would open in the spring of next year after two delays.</p>"


@dataclass(frozen=True)
class SavedPage:
    html: bytes
    expected: dict[str, object]

    @property
    def url(self) -> str:
        return str(self.expected["url"])


@pytest.fixture(params=sorted(path.name for path in OUTLETS.iterdir()))
def saved(request: pytest.FixtureRequest) -> SavedPage:
    folder = OUTLETS / request.param
    return SavedPage((folder / "page.html").read_bytes(), json.loads((folder / "expected.json").read_text("utf-8")))


def page(body: str, head: str = "<title>The bridge</title>") -> bytes:
    return f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{body}</body></html>".encode()


def test_every_paragraph_of_a_saved_page_is_read_and_nothing_else(saved: SavedPage) -> None:
    draft = read(saved.html, saved.url)

    body = [line for line in draft.text.split("\n") if line != draft.title]
    assert body == saved.expected["text"]


@pytest.mark.parametrize("name", ["title", "canonical_url", "language", "outlet_name", "origin", "access"])
def test_a_saved_page_gives_its_metadata(saved: SavedPage, name: str) -> None:
    draft = read(saved.html, saved.url)

    assert getattr(draft, name) == saved.expected.get(name, "open" if name == "access" else None)


def test_a_saved_page_is_read_by_the_rule_that_it_is_there_for(saved: SavedPage) -> None:
    draft = read(saved.html, saved.url)

    assert draft.extracted_by == (f"rule:{saved.expected['rule']}" if "rule" in saved.expected else "trafilatura")


def test_a_saved_page_gives_its_authors_and_times(saved: SavedPage) -> None:
    draft = read(saved.html, saved.url)

    times = [moment and moment.isoformat() for moment in (draft.published_at, draft.modified_at)]
    assert list(draft.authors) == saved.expected["authors"]
    assert times == [saved.expected["published_at"], saved.expected["modified_at"]]


@pytest.mark.parametrize(
    "html", [b"", b" \n ", b"<html></html>", b"plain words", b"%PDF-1.7\n" + bytes(range(256)) * 9]
)
def test_what_holds_no_text_is_not_an_article(html: bytes) -> None:
    with pytest.raises(NotAnArticle) as refusal:
        read(html, URL)

    assert refusal.value.url == URL


def test_a_list_of_links_is_not_an_article() -> None:
    links = "".join(f"<li><a href='/{n}'>Story {n}</a></li>" for n in range(8))

    with pytest.raises(NotAnArticle):
        read(page(f"<ul>{links}</ul>"), URL)


def test_paragraphs_are_taken_where_the_markup_hides_them() -> None:
    draft = read(page("<b><i>" * 2_500 + PARAGRAPH * 5), URL)

    assert draft.extracted_by == "paragraphs"
    assert draft.text.count("\n") == 4


def test_text_keeps_the_pages_own_characters_and_can_be_stored() -> None:
    draft = read(
        page(PARAGRAPH * 3 + "<p>Cafe\u0301 owners &#xD800; said \x00 that it &#0; was late, as it had been.</p>"), URL
    )

    assert "Cafe\u0301 owners" in draft.text
    assert not set(draft.text) & {"\x00", "\ud800"}


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "windows-1254"),
        ("cp1254", "utf-8"),
        ("cp1254", "iso-8859-9"),
        ("utf-16", "utf-8"),
        ("cp1254", "nonsense"),
    ],
)
def test_a_lying_charset_does_not_garble_the_text(encoding: str, declared: str) -> None:
    sentence = "Bakan köprünün önümüzdeki ilkbaharda açılacağını söyledi ve gecikmenin iki yılı bulduğunu ekledi."
    html = f"<html><head><meta charset='{declared}'><title>Köprü</title></head><body><p>{sentence}</p></body></html>"

    assert read(html.encode(encoding), URL).text == sentence


@pytest.mark.parametrize(
    ("encoding", "header", "meta"),
    [
        ("cp1251", "text/html; charset=windows-1251", ""),
        ("koi8-r", 'text/html; Charset = "KOI8-R"', "windows-1251"),
        ("koi8-r", "text/html; charset=utf-8", "koi8-r"),
        ("koi8-r", "text/html; charset=ISO-8859-1", "koi8-r"),
        ("koi8-r", "text/html; charset=punycode", "koi8-r"),
        ("utf-16-le", "text/html", ""),
        ("utf-16-be", "text/html; charset=windows-1251", ""),
    ],
)
def test_a_charset_that_the_header_alone_tells_is_believed(encoding: str, header: str, meta: str) -> None:
    sentence = "Министр сообщил в понедельник, что мост откроют весной следующего года после двух задержек."
    html = f"<html><head><meta charset='{meta}'><title>Мост</title></head><body><p>{sentence}</p></body></html>"

    assert read(html.encode(encoding), URL, content_type=header).text == sentence


def test_a_few_broken_bytes_leave_the_rest_of_a_utf8_page_alone() -> None:
    html = page(PARAGRAPH * 2 + "<p>Çanakkale, Iğdır, Muş ve Şırnak da listede.</p>").replace(b"listede", b"list\xffde")

    assert "Çanakkale, Iğdır, Muş ve Şırnak da list" in read(html, URL).text


HOSTILE = {
    "nesting": "<div>" * 50_000 + PARAGRAPH * 5,
    "attributes": "<p " + " ".join(f'a{n}="x"' for n in range(100_000)) + ">" + PARAGRAPH * 5,
    "formatting": "<b><i>" * 2_500 + PARAGRAPH * 5,
    "one line": "<p>" + "word said he. " * 750_000,
    "open tags": "<a " * 1_000_000,
    "open lists": "<ul><li>" * 20_000 + PARAGRAPH * 5,
    "paragraphs": PARAGRAPH * 40_000,
    "nested parts": "<div id='item'><div class='also'>" * 20_000 + PARAGRAPH * 5,
    "walls": "<div class='paywall'>" * 5_000 + "<script class='" + " " * 500_000 + PARAGRAPH * 5,
    "unclosed scripts": "<script type='application/ld+json'>isAccessibleForFree" * 50_000 + PARAGRAPH * 5,
    "tiers": "<meta content_tier" * 100_000 + ">" + PARAGRAPH * 5,
    "titles": "<h1>" + "a - " * 100_000 + "</h1>" + PARAGRAPH * 5,
    "json": "<script type='application/ld+json'>" + "[" * 200_000 + "</script>" + PARAGRAPH * 5,
}


@pytest.mark.parametrize("url", [URL, RULED_URL], ids=["by no rule", "by a rule"])
@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_page_ends_in_a_draft_or_a_named_error_within_ten_seconds(body: str, url: str) -> None:
    with Computing() as computing:
        try:
            read(page(body), url)
        except NotAnArticle as refusal:
            assert refusal.url == url  # noqa: PT017

    assert computing.cpu_s < 10


def test_reading_logs_and_warns_of_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(NotAnArticle):
        read(b"<?xml version='1.0' encoding='utf-8'?><html><body><p> </p></body></html>", URL)

    assert caplog.records == []
