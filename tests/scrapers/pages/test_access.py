"""How much of an article its page shows, as the page declares it and as its text ends."""

import json

import pytest

from claims.drafts import Access
from scrapers.article import read
from scrapers.errors import NotAnArticle
from scrapers.pages.access import access_of

URL = "https://record.example/cranes"
STORY = "The port had three offers for its new cranes, and the cheapest of them was never opened, the papers show. " * 3
WHOLE = STORY * 6
BROKEN_OFF = f"{STORY}\nA spokeswoman for the port denied that. The papers, she said, were…"


def declared(**values: object) -> str:
    """Markup whose JSON-LD says these things of its article."""
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Cranes"} | values
    return f"<script type='application/ld+json'>{json.dumps(node)}</script><p class='rest'>More</p>"


def tier(name: str) -> str:
    """Markup with a content tier."""
    return f'<meta property="article:content_tier" content="{name}">'


@pytest.mark.parametrize(
    "markup",
    [
        "<p>A page that says nothing</p>",
        declared(isAccessibleForFree=True),
        declared(isAccessibleForFree="True"),
        tier("free"),
        tier("free") + declared(isAccessibleForFree=False),
        '<div class="paywall hidden">Subscribe to read on.</div>',
        '<script src="https://consent.example/cookies.js"></script>',
        declared(mentions={"@type": "LiveBlogPosting", "headline": "Elsewhere, live"}),
    ],
)
def test_what_pages_carry_anyway_leaves_a_whole_article_open(markup: str) -> None:
    assert access_of(markup, WHOLE) is Access.OPEN


@pytest.mark.parametrize(
    "markup",
    [
        tier("metered"),
        "<meta content='locked' property='og:article:content_tier'>",
        declared(isAccessibleForFree=False),
        declared(isAccessibleForFree="http://schema.org/False"),
    ],
)
def test_a_closed_article_of_which_the_page_held_all_is_metered(markup: str) -> None:
    assert access_of(markup, WHOLE) is Access.METERED


@pytest.mark.parametrize("markup", [tier("locked"), declared(isAccessibleForFree="False"), '<i id="js-paywall">'])
@pytest.mark.parametrize("ending", ["were…", "were... »", "All this and more.\nThe rest is for subscribers only."])
def test_a_text_that_breaks_off_before_a_wall_is_paywalled(markup: str, ending: str) -> None:
    assert access_of(markup, f"{WHOLE}\nThe papers, she said, {ending}") is Access.PAYWALLED


def test_a_text_that_breaks_off_without_a_wall_is_open() -> None:
    assert access_of("<p>The papers, she said, were…</p>", BROKEN_OFF) is Access.OPEN


@pytest.mark.parametrize(("selector", "access"), [(".rest", Access.METERED), ("main > .paid, .paid", Access.PAYWALLED)])
def test_a_short_text_is_an_opening_where_the_closed_part_is_not_on_the_page(selector: str, access: Access) -> None:
    part = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": selector}

    assert access_of(declared(isAccessibleForFree=False, hasPart=part), STORY) is access


@pytest.mark.parametrize("text", [WHOLE, BROKEN_OFF])
def test_an_article_of_updates_is_a_live_blog(text: str) -> None:
    assert access_of(declared(**{"@type": "LiveBlogPosting"}), text) is Access.LIVE_BLOG


CONSENT = """<html lang="{language}"><head><title>{title}</title></head><body><main>
<p>{first}</p><p>{second}</p><button>OK</button></main></body></html>"""
ASKED = {
    "en": (
        "Before you continue",
        "We and our 184 partners store cookies on your device, and use personal data for advertising and measurement.",
        "You can accept all cookies, or choose the purposes to which you consent. You can change your mind later.",
    ),
    "de": (
        "Ihre Privatsphäre",
        "Wir brauchen Ihre Einwilligung, um Cookies zu setzen und Ihre Daten für passende Werbung zu verarbeiten.",
        "Mit einem Klick stimmen Sie dem Tracking zu. Mehr dazu finden Sie in der Datenschutzerklärung dieses Hauses.",
    ),
    "tr": (
        "Çerez tercihleri",
        "Sitemizde çerezler kullanıyoruz ve kişisel verilerinizi reklamları size göre düzenlemek için işliyoruz.",
        "Devam etmek için açık rıza vermeniz gerekir; çerez ayarlarını dilediğiniz zaman değiştirebilirsiniz.",
    ),
}


@pytest.mark.parametrize("language", ASKED)
def test_a_page_that_asks_for_consent_is_no_article_and_says_what_to_do(language: str) -> None:
    title, first, second = ASKED[language]
    page = CONSENT.format(language=language, title=title, first=first, second=second)

    with pytest.raises(NotAnArticle, match="asks for consent to cookies instead of telling a story; open it"):
        read(page.encode(), URL)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta property="article:published_time" content="2026-05-04T08:00:00Z">', "<p>Cookies are back.</p>"),
        ("", f"<p>{STORY}</p><p>{STORY}</p>"),
    ],
)
def test_a_story_about_cookies_is_an_article(head: str, body: str) -> None:
    told = "".join(f"<p>{line}</p>" for line in ASKED["en"][1:])
    page = f"<html><head><title>The cookie law</title>{head}</head><body><article>{body}{told}</article></body></html>"

    assert read(page.encode(), URL).access is Access.OPEN
