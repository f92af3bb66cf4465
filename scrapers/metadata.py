"""What a page says about its article besides the text: title, authors, times, address, language and outlet."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from html import unescape

from bs4 import BeautifulSoup, Tag
from bs4.filter import SoupStrainer

from scrapers.addresses import Address, canonical, join, parse
from scrapers.bylines import authors_of
from scrapers.dates import moment_at, moment_in_address
from scrapers.errors import FetchRefused
from scrapers.jsonld import ArticleNode, article_node
from scrapers.markup import one_line

KEPT_TAGS = frozenset(("title", "meta", "link", "script", "time", "h1"))
BYLINE_TAGS = frozenset(("span", "div", "p", "a", "address", "li", "ul", "strong"))
BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:by-?line|authors?|meta__author|autor(?:en)?|author-name|yazar)(?:[\s_-]|$)", re.I
)
BYLINE_HREF = re.compile(r"/(?:authors?|autor(?:en|es)?|people|profile|by|yazar(?:lar)?|auteurs?)/[^/]", re.I)
MAX_BYLINE_CHARS = 160
MAX_TITLE_CHARS = 300
HTML_TAG = re.compile(r"<html\b[^>]{0,2000}>", re.I)
LANG = re.compile(r"""\s(?:xml:)?lang\s*=\s*["']?([\w.-]{2,20})""", re.I)
HTML_TAG_WITHIN_CHARS = 20_000
# What outlets put between a headline and their own name.
TITLE_BREAK = re.compile(r"\s+[|–—·-]+\s+|\s*[|｜]\s*|\s*--\s*|\s+::\s+")

TITLE_NAMES = ("og:title", "twitter:title", "dc.title", "title")
AUTHOR_NAMES = (
    "article:author", "author", "byl", "parsely-author", "sailthru.author", "dc.creator", "cxenseparse:author",
    "twitter:misc:written by", "citation_author",
)  # fmt: skip
PUBLISHED_NAMES = (
    "article:published_time", "article:published:time", "og:article:published_time", "datepublished", "pubdate",
    "publishdate", "parsely-pub-date", "date", "dc.date.issued", "dc.date", "dcterms.created", "dcterms.date",
    "sailthru.date", "publish-date", "publication_date", "citation_publication_date", "originalpublicationdate",
)  # fmt: skip
MODIFIED_NAMES = (
    "article:modified_time", "article:modified:time", "og:updated_time", "datemodified", "last-modified",
    "dcterms.modified", "lastmod", "revised",
)  # fmt: skip
WRITTEN_BY_LABELS = frozenset(("written by", "verfasst von", "geschrieben von", "escrito por", "écrit par", "yazan"))


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page says, cleaned; empty or None where it says nothing. declared_language is not checked."""

    title: str
    authors: tuple[str, ...]
    published_at: datetime | None
    modified_at: datetime | None
    canonical_url: str
    declared_language: str
    outlet_name: str | None


def metadata_of(markup: str, url: str) -> Metadata:
    """The metadata of a page's markup: JSON-LD first, then OpenGraph, other meta tags, <time> and <h1>.

    canonical_url is the page's own word only where it stays on the page's host; else url, in its canonical form.
    """
    head = Head(markup)
    node = article_node(head.scripts)
    outlet_name = one_line(unescape(head.first("og:site_name", "og:site:name") or node.publisher)) or None
    published_at = first_moment((node.published, *head.all(*PUBLISHED_NAMES), *head.times)) or moment_in_address(url)
    return Metadata(
        title=headline(head, node),
        authors=authors_of(
            map(unescape, node.authors),
            head.all(*AUTHOR_NAMES),
            head.written_by,
            head.bylines,
            outlet_names=(outlet_name or "", node.publisher, host_of(url), *head.all("article:publisher")),
        ),
        published_at=published_at or first_moment(head.all("og:updated_time")),
        modified_at=first_moment((node.modified, *head.all(*MODIFIED_NAMES))),
        canonical_url=own_address((*head.canonical_links, *head.all("og:url"), node.url), url),
        declared_language=declared_language(markup, head, node),
        outlet_name=outlet_name,
    )


class MetadataFilter(SoupStrainer):
    """Lets through the few tags that carry metadata, so that the page's body is never built as a tree."""

    def allow_tag_creation(self, nsprefix: str | None, name: str, attrs: object) -> bool:
        """Whether the tag is kept: head tags, headings, times, JSON-LD, and what looks like a byline."""
        values = attrs if isinstance(attrs, dict) else {}
        if name == "script":
            return "ld+json" in str(values.get("type", ""))
        return name in KEPT_TAGS or (name in BYLINE_TAGS and is_byline(values))

    def allow_string_creation(self, string: str) -> bool:
        """No text outside the kept tags."""
        return False


class Head:
    """The page's metadata tags, found once."""

    def __init__(self, markup: str) -> None:
        soup = BeautifulSoup(markup, "lxml", parse_only=MetadataFilter())
        metas = [tag for tag in soup.find_all("meta") if tag.get("content")]
        self.pairs = [(meta_name(tag), str(tag["content"])) for tag in metas]
        self.scripts = [tag.get_text() for tag in soup.find_all("script")]
        self.title = one_line(soup.title.get_text()) if soup.title else ""
        self.headings = [text for tag in soup.find_all("h1") if (text := one_line(tag.get_text(" ")))]
        self.times = [str(tag.get("datetime") or tag.get("content") or "") for tag in soup.find_all("time")]
        self.canonical_links = [
            str(tag.get("href") or "") for tag in soup.find_all("link") if "canonical" in (tag.get("rel") or ())
        ]
        self.bylines = bylines(soup)

    def all(self, *names: str) -> list[str]:
        """The contents of the meta tags with these names, in the order of the names."""
        return [content for name in names for key, content in self.pairs if key == name]

    def first(self, *names: str) -> str:
        """The first content of a meta tag with one of these names, or nothing."""
        return next(iter(self.all(*names)), "")

    @property
    def written_by(self) -> list[str]:
        """The value beside a Twitter card's label "Written by"."""
        values = dict(self.pairs)
        return [
            values[f"twitter:data{number}"]
            for number in ("1", "2")
            if values.get(f"twitter:label{number}", "").casefold() in WRITTEN_BY_LABELS
            and f"twitter:data{number}" in values
        ]


def is_byline(attributes: dict[str, object]) -> bool:
    """Whether a tag's attributes say that it names an author."""
    itemprop, rel = str(attributes.get("itemprop", "")), str(attributes.get("rel", ""))
    return (
        "author" in (itemprop, rel)
        or bool(BYLINE_CLASS.search(str(attributes.get("class", ""))))
        or bool(BYLINE_HREF.search(str(attributes.get("href", ""))))
    )


def is_byline_tag(tag: Tag) -> bool:
    """Whether the tag was kept as a byline and holds no other byline."""
    return tag.name in BYLINE_TAGS and is_byline(flat(tag)) and tag.find(lambda inner: is_byline(flat(inner))) is None


def bylines(soup: BeautifulSoup) -> list[str]:
    """The texts of the first byline and of those marked up like it: what is marked up otherwise is other stories'."""
    tags = [tag for tag in soup.find_all(is_byline_tag) if 0 < len(byline_text(tag)) <= MAX_BYLINE_CHARS]
    return [byline_text(tag) for tag in tags if byline_markup(tag) == byline_markup(tags[0])]


def byline_markup(tag: Tag) -> tuple[str, ...]:
    """The tag's name and what says that it is a byline."""
    attributes = flat(tag)
    return (tag.name, *(str(attributes.get(name, "")) for name in ("class", "itemprop", "rel")))


def flat(tag: Tag) -> dict[str, object]:
    """The tag's attributes with lists of words joined, as they are before BeautifulSoup splits them."""
    return {name: " ".join(value) if isinstance(value, list) else value for name, value in tag.attrs.items()}


def byline_text(tag: Tag) -> str:
    """The byline's text, its parts on lines of their own."""
    return "\n".join(part for part in (one_line(text) for text in tag.stripped_strings) if part)


def meta_name(tag: Tag) -> str:
    """What the meta tag is about, in lower case."""
    return str(tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv") or "").lower()


def headline(head: Head, node: ArticleNode) -> str:
    """The article's title: OpenGraph's without the outlet's name, else JSON-LD's, a heading's or the window's.

    What is cut off a title is what another of them does not have, so that a dash inside a headline stays.
    """
    titles = [one_line(unescape(unescape(title))) for title in (*head.all(*TITLE_NAMES), node.headline)]
    candidates = [title[:MAX_TITLE_CHARS] for title in (*titles, *head.headings, head.title) if title]
    if not candidates:
        return ""
    others = {comparable(title): title for title in candidates[1:]}
    first = candidates[0]
    for shorter in sorted(cuts(first), key=len, reverse=True):
        if comparable(shorter) in others:
            return shorter
    return first


def cuts(title: str) -> list[str]:
    """The title up to, and from, each of its dashes and bars."""
    breaks = list(TITLE_BREAK.finditer(title))
    return [title[: match.start()] for match in breaks] + [title[match.end() :] for match in breaks]


def comparable(title: str) -> str:
    """The title's letters and digits in one case."""
    return "".join(character for character in title.casefold() if character.isalnum())


def first_moment(texts: Iterable[str]) -> datetime | None:
    """The first moment that one of the texts names."""
    return next((moment for text in texts if (moment := moment_at(text)) is not None), None)


def own_address(candidates: Iterable[str], url: str) -> str:
    """The first candidate on the url's own host, www or not, that is no mere front page; else the url itself."""
    try:
        page = parse(url)
    except FetchRefused:
        return url
    for candidate in candidates:
        address = joined(page, candidate)
        if address and bare_host(address) == bare_host(page) and (address.path != "/" or page.path == "/"):
            return canonical(address.url)
    return canonical(url)


def joined(page: Address, reference: str) -> Address | None:
    """The address that a link on the page names, or None where it names none that we would visit."""
    if not reference.strip():
        return None
    try:
        return join(page, reference)
    except FetchRefused:
        return None


def bare_host(address: Address) -> str:
    """The host and port without "www."."""
    return address.authority.removeprefix("www.")


def host_of(url: str) -> str:
    """The address's host, or nothing."""
    try:
        return bare_host(parse(url))
    except FetchRefused:
        return ""


def declared_language(markup: str, head: Head, node: ArticleNode) -> str:
    """The language that <html>, JSON-LD, OpenGraph or a meta tag declares, as it is written there."""
    tag = HTML_TAG.search(markup[:HTML_TAG_WITHIN_CHARS])
    lang = LANG.search(tag[0]) if tag else None
    declared = (
        lang[1] if lang else "",
        node.language,
        head.first("og:locale"),
        head.first("content-language", "language"),
    )
    return next((language for language in declared if language), "")
