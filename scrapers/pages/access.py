"""How much of an article its page shows: all, all to some, only a part, a live blog's latest, or a question first."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from claims.drafts import Access
from scrapers.pages.jsonld import Json, all_nodes, fullness, is_article, types
from scrapers.pages.jsonld import text as json_text
from scrapers.pages.metadata import Metadata

# Shorter than this, an article that is not for everyone is taken for its opening, where the page has no closed part.
SHORT_CHARS = 1_000
TAIL_LINES = 3
TAIL_CHARS = 400
MAX_CONSENT_CHARS = 3_000
MIN_CONSENT_SHARE = 0.6
# Each closed part is looked for in the whole page; pages name one or two.
MAX_CLOSED_PARTS = 10

SCRIPT = re.compile(r"<script\b[^>]{0,1000}>", re.I)
TIER = re.compile(r"<meta\b[^>]{0,300}?content_tier\b[^>]{0,300}>", re.I)
CONTENT = re.compile(r"""\bcontent\s*=\s*["']?\s*(\w+)""", re.I)
PLAIN_SELECTOR = re.compile(r"\s*[.#]([\w-]{2,60})\s*")
WALL = re.compile(
    r"""\b(?:class|id)\s*=\s*["'][^"'<>]{0,300}?(?:pay-?wall|reg-?wall|subscri(?:ber|ption)s?-?(?:only|wall)|login-?wall)""",
    re.I,
)
ELLIPSIS = re.compile(r"(?:\.\.\.|…)\W{0,3}$")
# The sentence that an outlet prints where it stops: "to continue reading, subscribe", "réservée aux abonnés".
RESERVED = re.compile(
    r"\bsubscribe (?:now )?(?:to|and) (?:continue|read)|\b(?:for|to) (?:our )?subscribers\b|\bsubscribers only\b"
    r"|\b(?:to|and) (?:continue|keep) reading\b|\bto read the (?:full|whole|rest)\b|\balready a subscriber\b"
    r"|\bréservée? (?:aux|à nos) abonnés\b|\bil vous reste\b.{0,20}à lire\b"
    r"|\bjetzt weiterlesen\b|\bweiterlesen mit\b|\bnur für abonnenten\b|\bmit \S{1,20} weiterlesen\b"
    r"|\bsolo para suscriptores\b|\bcontenido exclusivo para suscriptores\b|\bper gli abbonati\b|\bvoor abonnees\b"
    r"|\babonelere özel\b|\bdevamını okumak için\b",
    re.I,
)
CONSENT = re.compile(
    r"\bcookies?\b|\bconsent\b|\btracking\b|\bpersonal data\b|\bprivacy\b|\b(?:advertising|\d+|our) partners\b"
    r"|\bto accept\b|\baccept all\b|\breject all\b|\beinwillig|\bzustimm|\bdatenschutz|\bpersonenbezogen"
    r"|\bconsentement\b|\bdonnées personnelles\b|\bconsentimiento\b|\bdatos personales\b|\bconsenso\b|\btoestemming\b"
    r"|\bçerez|\bkişisel veri|\baçık rıza\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Declared:
    """What a page's own markup says: whether all may read it (None: nothing), its closed parts, whether it is live."""

    is_free: bool | None = None
    closed_parts: tuple[str, ...] = ()
    is_live: bool = False


def access_of(markup: str, text: str) -> Access:
    """How much of the article the page shows, from what it declares and how its text ends; never CONSENT_PAGE.

    A closed article whose text looks whole is METERED: many outlets send everything and hide it in the browser. Markers
    of a wall alone say nothing, since open pages carry them too; with a text that breaks off they do.
    """
    declared = declared_in(markup)
    if declared.is_free is False and (breaks_off(text) or is_opening(markup, declared, text)):
        return Access.PAYWALLED
    if declared.is_free is None and breaks_off(text) and WALL.search(markup):
        return Access.PAYWALLED
    if declared.is_live:
        return Access.LIVE_BLOG
    return Access.METERED if declared.is_free is False else Access.OPEN


def is_consent_page(metadata: Metadata, text: str) -> bool:
    """Whether most of a short, undated text is about cookies and consent, as no story's is."""
    lines = [line for line in (metadata.title, *text.split("\n")) if line]
    if metadata.published_at is not None or len(text) > MAX_CONSENT_CHARS:
        return False
    asking = sum(len(line) for line in lines if CONSENT.search(line))
    return asking >= MIN_CONSENT_SHARE * sum(map(len, lines)) > 0


def declared_in(markup: str) -> Declared:
    """What JSON-LD and the content tier declare; the tier, which is about this article alone, has the last word.

    Plain searches come first, so that the many pages that declare nothing cost next to nothing.
    """
    tier = tier_of(markup) if "content_tier" in markup else ""
    wanted = [name for name in ("isAccessibleForFree", "LiveBlogPosting") if name in markup]
    nodes = list(all_nodes(scripts_with(markup, wanted))) if wanted else []
    articles = [node for node in nodes if is_article(node)]
    return Declared(
        is_free=is_free_by(tier, articles),
        closed_parts=tuple(islice(closed_parts(nodes), MAX_CLOSED_PARTS)),
        is_live=is_live(articles) or markup.count('itemprop="liveBlogUpdate"') > 1,
    )


def tier_of(markup: str) -> str:
    """The article's content tier (free, metered or locked) as a meta tag names it; empty without one."""
    tag = TIER.search(markup)
    content = CONTENT.search(tag[0]) if tag else None
    return content[1].lower() if content else ""


def scripts_with(markup: str, names: Iterable[str]) -> Iterator[str]:
    """The page's scripts of JSON-LD that hold one of the names."""
    end = 0
    while tag := SCRIPT.search(markup, end):
        end = markup.find("</script", tag.end())
        if end < 0:
            return
        if "ld+json" in tag[0] and any(name in markup[tag.end() : end] for name in names):
            yield markup[tag.end() : end]


def is_free_by(tier: str, articles: Iterable[dict[str, Json]]) -> bool | None:
    """Whether everyone may read the article; None where the page does not say."""
    if tier in {"free", "metered", "locked"}:
        return tier == "free"
    said = [free for node in articles if (free := free_value(node.get("isAccessibleForFree"))) is not None]
    return all(said) if said else None


def free_value(value: Json) -> bool | None:
    """The value of isAccessibleForFree: true, "False", or an address of schema.org that ends so."""
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(json_text(value).rpartition("/")[2].lower())


def closed_parts(nodes: Iterable[dict[str, Json]]) -> Iterator[str]:
    """The classes and ids that the page declares as not free, as schema.org's cssSelector names them."""
    for node in nodes:
        if free_value(node.get("isAccessibleForFree")) is False:
            selectors = json_text(node.get("cssSelector")).split(",")
            yield from (match[1] for selector in selectors if (match := PLAIN_SELECTOR.fullmatch(selector)))


def is_live(articles: list[dict[str, Json]]) -> bool:
    """Whether the article that the page says most about is a live blog; those that it links to do not count."""
    return bool(articles) and "LiveBlogPosting" in types(max(articles, key=fullness))


def breaks_off(text: str) -> bool:
    """Whether one of the last lines ends in an ellipsis or says that the rest is for subscribers."""
    tail = text[-TAIL_CHARS:].split("\n")[-TAIL_LINES:]
    return any(ELLIPSIS.search(line) or RESERVED.search(line) for line in tail)


def is_opening(markup: str, declared: Declared, text: str) -> bool:
    """Whether a short text is all that the page has: the part that it calls closed is not on it."""
    return len(text) < SHORT_CHARS and not any(
        re.search(rf"""\b(?:class|id)\s*=\s*["'][^"'<>]{{0,300}}?(?<![\w-]){name}(?![\w-])""", markup)
        for name in declared.closed_parts
    )
