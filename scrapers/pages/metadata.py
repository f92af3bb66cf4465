"""What a page says about its article besides the text: title, authors, times, address, language and outlet."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from html import unescape
from itertools import islice

from scrapers.addresses import Address, canonical, join, parse, plain_host
from scrapers.errors import FetchRefused
from scrapers.pages.bylines import authors_of
from scrapers.pages.dates import moment_at, moment_in_address
from scrapers.pages.head import Head
from scrapers.pages.jsonld import ArticleNode, article_node, describes_article
from scrapers.pages.markup import letters, one_line

MAX_TITLE_CHARS = 300
ARTICLE_ITEM = re.compile(r"""\bitemtype\s{0,9}=\s{0,9}["']?https?://schema\.org/\w{0,40}Article\b""", re.I)
ARTICLE_BODY = re.compile(r"""\bitemprop\s{0,9}=\s{0,9}["']?articleBody\b""", re.I)
HTML_TAG = re.compile(r"<html\b[^>]{0,2000}>", re.I)
LANG = re.compile(r"""\s(?:xml:)?lang\s*=\s*["']?([\w.-]{2,20})""", re.I)
HTML_TAG_WITHIN_CHARS = 20_000
# What outlets put between a headline and their own name.
TITLE_BREAK = re.compile(r"\s[|–—·-]{1,9}\s|\s?[|｜：]\s?|\s?--\s?|\s::\s")
MIN_SHARED_LETTERS = 20

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
ARTICLE_ONLY_NAMES = ("article:published_time", "article:content_tier", "citation_publication_date", "parsely-pub-date")
MODIFIED_NAMES = (
    "article:modified_time", "article:modified:time", "og:updated_time", "datemodified", "last-modified",
    "dcterms.modified", "lastmod", "revised",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page says, cleaned; empty or None where it says nothing. declared_language is not checked.

    is_called_article: the page calls itself an article, in one of the ways that there are for it.
    """

    title: str
    authors: tuple[str, ...]
    published_at: datetime | None
    modified_at: datetime | None
    canonical_url: str
    declared_language: str
    outlet_name: str | None
    is_called_article: bool = False


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
            bylines=head.bylines,
            outlet_names=(outlet_name or "", node.publisher, *host_names(url), *head.all("article:publisher")),
        ),
        published_at=published_at or first_moment(head.all("og:updated_time")),
        modified_at=first_moment((node.modified, *head.all(*MODIFIED_NAMES))),
        canonical_url=own_address((*head.canonical_links, *head.all("og:url"), node.url), url),
        declared_language=declared_language(markup, head, node),
        outlet_name=outlet_name,
        is_called_article=is_called_article(head),
    )


def is_called_article(head: Head) -> bool:
    """Whether OpenGraph, another meta tag, JSON-LD or microdata describes the page as an article."""
    is_typed = "article" in head.first("og:type").lower()
    return (
        is_typed
        or bool(head.first(*ARTICLE_ONLY_NAMES))
        or describes_article(head.scripts)
        or is_marked_as_article(head.markup)
    )


def is_marked_as_article(markup: str) -> bool:
    """Whether microdata marks one article, or the body of one; lists mark each of their teasers as an article."""
    marked = sum(1 for _ in islice(ARTICLE_ITEM.finditer(markup), 2)) if "itemtype" in markup else 0
    return marked == 1 or (marked > 1 and ARTICLE_BODY.search(markup) is not None)


def headline(head: Head, node: ArticleNode) -> str:
    """The article's title: OpenGraph's without the outlet's name, else JSON-LD's, a heading's or the window's.

    What is cut off a title is what another of them does not have, so that a dash inside a headline stays. Where the
    first heading goes on after the title's end, it is the title.
    """
    titles = [plain(title) for title in (*head.all(*TITLE_NAMES), node.headline)]
    candidates = [title[:MAX_TITLE_CHARS] for title in (*titles, *head.headings, head.title) if title]
    if not candidates:
        return ""
    first, heading = candidates[0], next(iter(head.headings), "")[:MAX_TITLE_CHARS]
    if is_cut_short(first, heading):
        return heading
    others = {letters(title) for title in candidates[1:]}
    return without_label(next((cut for cut in cuts(first) if letters(cut) in others), first), heading)


def is_cut_short(title: str, heading: str) -> bool:
    """Whether the heading goes on where the title ends."""
    return 0 < len(letters(title)) < len(letters(heading)) and letters(heading).startswith(letters(title))


def without_label(title: str, heading: str) -> str:
    """The title after its label ("Strike: …"), where the heading says the same after quite another label."""
    label, colon, rest = title.partition(": ")
    said, whole = letters(rest), letters(heading)
    if not colon or len(said) < MIN_SHARED_LETTERS or not whole.endswith(said) or whole == said:
        return title
    of_heading = {letters(word) for word in heading.split()}
    return title if any(letters(word) in of_heading for word in label.split()) else rest


def plain(title: str) -> str:
    """The title on one line, without references to characters, however often they were escaped."""
    return one_line(unescape(unescape(title)))[:MAX_TITLE_CHARS]


def cuts(title: str) -> list[str]:
    """The title up to, and from, each of its dashes and bars, the longest first."""
    breaks = list(TITLE_BREAK.finditer(title))
    parts = [title[: match.start()] for match in breaks] + [title[match.end() :] for match in breaks]
    return sorted(parts, key=len, reverse=True)


def first_moment(texts: Iterable[str]) -> datetime | None:
    """The first moment that one of the texts names."""
    return next((moment for text in texts if (moment := moment_at(text)) is not None), None)


def own_address(candidates: Iterable[str], url: str) -> str:
    """The first candidate on the url's own host, www, AMP or not, that is no mere front page; else the url itself."""
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
    """The host without "www." or "amp.", and the port where it is not the scheme's own."""
    return replace(address, host=plain_host(address)).authority


def host_names(url: str) -> tuple[str, ...]:
    """What an outlet may call itself after the address: its host, and the host's first word; or nothing."""
    try:
        host = bare_host(parse(url))
    except FetchRefused:
        return ()
    return (host, host.partition(".")[0])


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
