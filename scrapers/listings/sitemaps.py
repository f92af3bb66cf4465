"""Sitemaps (sitemaps.org), news sitemaps and their indexes, to the addresses that they list, newest first.

A sitemap is read as a stream, so that one of a million entries takes no more memory than one of a few thousand.
"""

import re
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from lxml import etree

from claims.addresses import MAX_URL_CHARS
from claims.drafts import Page
from scrapers.errors import NotASitemap
from scrapers.network.content import root_name
from scrapers.network.decoding import GZIP_MAGIC
from scrapers.pages.markup import decoder_of

ENTRY_TAGS = ("{*}url", "{*}sitemap")
SITEMAP_ROOTS = frozenset(("urlset", "sitemapindex"))
PUBLISHED, CHANGED = "publication_date", "lastmod"
PIECE_BYTES = 65_536
GZIP_WBITS = 31
# How many entries are kept of one sitemap: the newest, of which a discovery takes some hundred.
MAX_KEPT = 10_000
# No entry needs more, and all of it takes memory until the entry is closed.
MAX_TAGS_OF_ENTRY = 50_000
MAX_CHARS_OF_ENTRY = 2_000_000
# libxml2 takes time by the square of a tag's or a text's length.
MAX_CHARS_BETWEEN_TAGS = 50_000
# libxml2 waits for the semicolon, be it to the end of the sitemap, and keeps all until then.
BARE_AMPERSAND = re.compile(r"&(?!#?\w{1,32};)")
MAX_ENTITY_CHARS = 36
NEVER = datetime.min.replace(tzinfo=UTC)
WHAT_TO_DO = "check the address, or ingest the addresses of the articles themselves"


@dataclass(slots=True)
class Allowance:
    """What all sitemaps of one discovery together may still cost: unpacked bytes, XML tags, and until when.

    What reading them took is taken off.
    """

    max_bytes: int
    max_tags: int
    ends_at_s: float

    @property
    def is_used_up(self) -> bool:
        """Whether nothing more is to be read."""
        return self.max_bytes <= 0 or self.max_tags <= 0 or time.monotonic() > self.ends_at_s


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry as it stands in the sitemap, be it a page's or a further sitemap's.

    changed_at is when the page was published, where a news sitemap says so, else when it was changed; the beginning of
    time where the entry does not say.
    """

    reference: str
    changed_at: datetime
    is_sitemap: bool = False


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap lists, the newest first: pages and further sitemaps, the newest 10,000 of all.

    listed counts all that were read; is_whole tells whether the allowance reached to its end.
    """

    pages: tuple[Listed, ...]
    children: tuple[Listed, ...]
    listed: int
    is_whole: bool


def is_sitemap(text: str) -> bool:
    """Whether the text presents itself as a sitemap or an index, be it broken further down."""
    return root_name(text) in SITEMAP_ROOTS


def read_sitemap(page: Page, allowance: Allowance) -> Sitemap:
    """The sitemap that the page is, also as a gzip file; NotASitemap where nothing can be read from it.

    Broken XML is read up to the break, and any as far as the allowance goes. The references are not checked.
    """
    kept: list[Listed] = []
    listed = 0
    for entry in entries(Text(page, allowance)):
        kept.append(entry)
        listed += 1
        if len(kept) == 2 * MAX_KEPT:
            kept = newest(kept)
    if not kept:
        raise NotASitemap(page.url, f"the sitemap lists nothing, or its XML is broken; {WHAT_TO_DO}")
    kept = newest(kept)
    pages = tuple(entry for entry in kept if not entry.is_sitemap)
    children = tuple(entry for entry in kept if entry.is_sitemap)
    return Sitemap(pages, children, listed, not allowance.is_used_up)


def newest(kept: list[Listed]) -> list[Listed]:
    """As many entries as are kept of one sitemap; those of one time stay in their order."""
    return sorted(kept, key=lambda entry: entry.changed_at, reverse=True)[:MAX_KEPT]


class Text:
    """A sitemap's text as a file of UTF-8 that a parser reads piece by piece; NotASitemap where it is none.

    To be told where an entry has ended: it ends itself where one never does.
    """

    def __init__(self, page: Page, allowance: Allowance) -> None:
        self._page = page
        self._allowance = allowance
        self._tags_of_entry = 0
        self._chars_of_entry = 0
        self._chars_of_tag = 0
        self._pieces = self._encoded()

    def read(self, _: int) -> bytes:
        """The next piece; nothing at the end."""
        return next(self._pieces, b"")

    def entry_ended(self) -> None:
        """Begin to count anew."""
        self._tags_of_entry = self._chars_of_entry = 0

    def _encoded(self) -> Iterator[bytes]:
        """The text, as far as the allowance goes, with bare ampersands mended."""
        is_first = True
        for text in self._whole_entities():
            if is_first and not is_sitemap(text):
                raise NotASitemap(self._page.url, f"this is no sitemap; {WHAT_TO_DO}")
            is_first = False
            if self._is_out_of_proportion(text):
                return
            yield BARE_AMPERSAND.sub("&amp;", text).encode("utf-8", errors="replace")
            if self._allowance.is_used_up:
                return

    def _is_out_of_proportion(self, text: str) -> bool:
        """Whether a tag, a text or an entry grows longer by this piece than any sitemap needs."""
        first, *rest = (len(part) for part in text.split("<"))
        longest = max(self._chars_of_tag + first, *rest, 0)
        self._chars_of_tag = rest[-1] if rest else longest
        self._allowance.max_tags -= len(rest)
        self._tags_of_entry += len(rest)
        self._chars_of_entry += len(text)
        is_long = self._tags_of_entry > MAX_TAGS_OF_ENTRY or self._chars_of_entry > MAX_CHARS_OF_ENTRY
        return is_long or longest > MAX_CHARS_BETWEEN_TAGS

    def _whole_entities(self) -> Iterator[str]:
        """The decoded text in pieces, none of which ends within a reference to an entity."""
        decoder = None
        held = ""
        for piece in filter(None, self._unpacked()):
            self._allowance.max_bytes -= len(piece)
            decoder = decoder or decoder_of(piece, self._page.content_type)
            text = held + decoder.decode(piece).removeprefix("\ufeff")
            begun = text.rfind("&", max(0, len(text) - MAX_ENTITY_CHARS))
            end = len(text) if begun < 0 or ";" in text[begun:] else begun
            held = text[end:]
            if end:
                yield text[:end]
        if held:
            yield held

    def _unpacked(self) -> Iterator[bytes]:
        """The page's body in pieces, unpacked where it is a gzip file, as sitemaps are."""
        body = self._page.body
        pieces = (body[start : start + PIECE_BYTES] for start in range(0, max(1, len(body)), PIECE_BYTES))
        return self._gunzipped(pieces) if body.startswith(GZIP_MAGIC) else pieces

    def _gunzipped(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """The content of the gzip file's first member; NotASitemap where it is damaged or broken off."""
        unpacker = zlib.decompressobj(GZIP_WBITS)
        try:
            for packed in pieces:
                while packed and not unpacker.eof:
                    yield unpacker.decompress(packed, PIECE_BYTES)
                    packed = unpacker.unconsumed_tail
            while not unpacker.eof and (rest := unpacker.decompress(b"", PIECE_BYTES)):
                yield rest
        except zlib.error as error:
            raise NotASitemap(self._page.url, "the gzip file is damaged; try again later") from error
        if not unpacker.eof:
            raise NotASitemap(self._page.url, "the gzip file is broken off before its end; try again later")


def entries(text: Text) -> Iterator[Listed]:
    """The entries in the document's order, but for those that are too long for an address.

    Each is forgotten by the parser once it is read. Entities are those of the document alone, and libxml2 gives up
    where they grow out of proportion.
    """
    parser = etree.iterparse(
        text,
        events=("end",),
        tag=ENTRY_TAGS,
        encoding="utf-8",
        recover=True,
        resolve_entities="internal",
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in up_to_the_break(parser):
        parent = element.getparent()
        if parent is None or parent.getparent() is not None:
            continue
        text.entry_ended()
        reference = next((child.text for child in element if local_name(child.tag) == "loc"), None)
        # In a CDATA section, an ampersand stood for itself.
        link = reference.strip().replace("&amp;", "&") if reference else ""
        if 0 < len(link) <= MAX_URL_CHARS:
            yield Listed(link, changed_at(element), local_name(element.tag) == "sitemap")
        element.clear()
        while element.getprevious() is not None:
            del parent[0]


def up_to_the_break(parser: etree.iterparse) -> Iterator[tuple[str, etree._Element]]:
    """What the parser gives, until it finds nothing that it could recover."""
    with suppress(etree.XMLSyntaxError):
        yield from parser


def changed_at(entry: etree._Element) -> datetime:
    """When the entry was published, as news sitemaps say, else changed; the beginning of time where it does not say.

    To be published comes first, because many outlets touch their whole archive now and then.
    """
    said = {local_name(part.tag): part.text for part in entry.iter()}
    return moment(said.get(PUBLISHED)) or moment(said.get(CHANGED)) or NEVER


@lru_cache(maxsize=64)
def local_name(tag: object) -> str:
    """An element's name without namespace or prefix; damaged markup has names that lxml's own QName refuses."""
    return str(tag).rpartition("}")[2].rpartition(":")[2]


def moment(text: str | None) -> datetime | None:
    """The moment that a W3C date or time names, if it is one; a day without a zone begins at midnight UTC."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.strip())
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
