"""The few tags of a page that carry metadata, cut out of its markup, so that the rest is never built as a tree."""

import re
from collections.abc import Iterator
from functools import cached_property

from bs4 import BeautifulSoup, Tag

from scrapers.pages.markup import REST_OF_TAG, one_line

TITLE_TAGS = r"<(?P<name>title|h1)\b[^>]{0,2000}>(?:[^<]++|<(?!/(?:title|h1)\b)){0,100}+"
PIECE = re.compile(
    rf"{TITLE_TAGS}|<script\b[^>]{{0,500}}>(?:[^<]++|<(?!/script))*+(?:</script\s*>|\Z)|<(?P<only>meta|link|time)\b{REST_OF_TAG}",
    re.IGNORECASE,
)
MAX_PIECES = 2_000
MAX_HEADINGS = 5  # a page that closes none has each of them hold all that follow
CANONICAL = re.compile(r"\bcanonical\b", re.IGNORECASE)
WRITTEN_BY_LABELS = frozenset(("written by", "verfasst von", "geschrieben von", "escrito por", "écrit par", "yazan"))

BYLINE_TAGS = frozenset(("span", "div", "p", "a", "address", "li", "ul", "strong"))
BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:by-?line|authors?|meta__author|autor(?:en)?|author-name|yazar)(?:[\s_-]|$)", re.IGNORECASE
)
BYLINE_HREF = re.compile(r"/(?:authors?|autor(?:en|es)?|people|profile|by|yazar(?:lar)?|auteurs?)/[^/]", re.IGNORECASE)
BYLINE_TAG = re.compile(
    r"<(?:span|div|p|a|address|li|ul|strong)\s(?=[^<>]{0,1000}?(?:author|by-?line|autor|yazar|auteur|people/|profile/|/by/))"
    r"[^<>]{0,2000}>",
    re.IGNORECASE,
)
NAMED_VALUE = re.compile(
    r"""\b(class|itemprop|rel|href)\s{0,9}=\s{0,9}(?:"([^"]{0,500})"|'([^']{0,500})'|([^\s"'>]{1,500}))""", re.I
)
MAX_BYLINE_CHARS = 160
# What is further from the first byline is other stories'.
BYLINES_WITHIN_CHARS = 3_000
MAX_BYLINE_PLACES = 5


class Head:
    """The page's metadata tags, found once."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        soup = BeautifulSoup("".join(pieces(markup)), "lxml")
        metas = [tag for tag in soup.find_all("meta") if tag.get("content")]
        self.pairs = [(meta_name(tag), str(tag["content"])) for tag in metas]
        self.scripts = [tag.get_text() for tag in soup.find_all("script")]
        self.title = one_line(soup.title.get_text()) if soup.title else ""
        self.headings = [
            text for tag in soup.find_all("h1", limit=MAX_HEADINGS) if (text := one_line(tag.get_text(" ")))
        ]
        self.times = [str(tag.get("datetime") or tag.get("content") or "") for tag in soup.find_all("time")]
        self.canonical_links = [str(tag.get("href") or "") for tag in soup.find_all("link")]

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

    @cached_property
    def bylines(self) -> list[str]:
        """The texts of the page's first byline and of those beside it that are marked up like it."""
        places = byline_places(self.markup)
        return next((found for place in places if (found := bylines_at(self.markup, place))), [])


def pieces(markup: str) -> Iterator[str]:
    """The tags with metadata, each closed, in order."""
    for number, piece in enumerate(PIECE.finditer(markup)):
        if number == MAX_PIECES:
            return
        only = (piece["only"] or "").lower()
        if only == "link" and not CANONICAL.search(piece[0]):
            continue
        yield piece[0] + ("</time>" if only == "time" else f"</{piece['name']}>" if piece["name"] else "")


def meta_name(tag: Tag) -> str:
    """What the meta tag is about, in lower case."""
    return str(tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv") or "").lower()


def byline_places(markup: str) -> Iterator[int]:
    """Where tags stand that are marked up as bylines, not too near to each other, and not many."""
    after, found = 0, 0
    for tag in BYLINE_TAG.finditer(markup):
        if tag.start() >= after and is_byline(
            {name.lower(): a or b or c for name, a, b, c in NAMED_VALUE.findall(tag[0])}
        ):
            yield tag.start()
            after, found = tag.start() + BYLINES_WITHIN_CHARS, found + 1
        if found == MAX_BYLINE_PLACES:
            return


def bylines_at(markup: str, place: int) -> list[str]:
    """The texts of the first byline from that place on, and of those near it that are marked up like it."""
    soup = BeautifulSoup(markup[place : place + BYLINES_WITHIN_CHARS], "lxml")
    tags = [tag for tag in soup.find_all(is_byline_tag) if 0 < len(byline_text(tag)) <= MAX_BYLINE_CHARS]
    return [byline_text(tag) for tag in tags if byline_markup(tag) == byline_markup(tags[0])]


def is_byline(attributes: dict[str, str]) -> bool:
    """Whether a tag's attributes say that it names an author."""
    return (
        "author" in (attributes.get("itemprop"), attributes.get("rel"))
        or bool(BYLINE_CLASS.search(attributes.get("class", "")))
        or bool(BYLINE_HREF.search(attributes.get("href", "")))
    )


def is_byline_tag(tag: Tag) -> bool:
    """Whether the tag is marked up as a byline and holds no other byline."""
    return tag.name in BYLINE_TAGS and is_byline(flat(tag)) and tag.find(lambda inner: is_byline(flat(inner))) is None


def byline_markup(tag: Tag) -> tuple[str, ...]:
    """The tag's name and what says that it is a byline."""
    attributes = flat(tag)
    return (tag.name, *(attributes.get(name, "") for name in ("class", "itemprop", "rel")))


def flat(tag: Tag) -> dict[str, str]:
    """The tag's attributes with lists of words joined, as they are before BeautifulSoup splits them."""
    return {name: " ".join(value) if isinstance(value, list) else str(value) for name, value in tag.attrs.items()}


def byline_text(tag: Tag) -> str:
    """The byline's text, its parts on lines of their own."""
    return "\n".join(part for part in (one_line(text) for text in tag.stripped_strings) if part)
