"""A sitemap's text as a stream: unpacked, decoded and mended piece by piece, and never more of it than is allowed."""

import re
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from claims.drafts import Page
from scrapers.errors import NotASitemap
from scrapers.network.content import root_name
from scrapers.network.decoding import GZIP_MAGIC
from scrapers.pages.markup import decoder_of

SITEMAP_ROOTS = frozenset(("urlset", "sitemapindex"))
PIECE_BYTES = 65_536
GZIP_WBITS = 31
# No entry needs more, and all of it takes memory until the entry is closed.
MAX_TAGS_OF_ENTRY = 50_000
MAX_CHARS_OF_ENTRY = 2_000_000
# libxml2 takes time by the square of a tag's or a text's length.
MAX_CHARS_BETWEEN_TAGS = 50_000
# libxml2 waits for the semicolon, be it to the end of the sitemap, and keeps all until then.
BARE_AMPERSAND = re.compile(r"&(?!#?\w{1,32};)")
MAX_ENTITY_CHARS = 36
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


def is_sitemap(text: str) -> bool:
    """Whether the text presents itself as a sitemap or an index, be it broken further down."""
    return root_name(text) in SITEMAP_ROOTS


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
