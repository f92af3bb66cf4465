"""What kinds of content a fetch may bring home, and how the others are refused by name."""

import re
from enum import Enum

from scrapers.errors import UnreadablePage

ANYTHING = "*/*"
HTML_TYPES = frozenset(("text/html", "application/xhtml+xml"))
XML_TYPES = frozenset(("application/xml", "text/xml"))
FEED_TYPES = XML_TYPES | {
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "text/rss+xml", "application/feed+json",
    "application/json",
}  # fmt: skip
SITEMAP_TYPES = XML_TYPES | {"application/gzip"}
# Servers call so whatever they have no better word for: there the first bytes decide.
VAGUE_TYPES = frozenset(("", "text/plain", "application/octet-stream", "binary/octet-stream"))
ALIASES = {
    "application/x-gzip": "application/gzip",
    "application/x-pdf": "application/pdf",
    "text/json": "application/json",
}

SNIFFED_BYTES = 1_024
SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)
# Byte order marks and spaces, also as UTF-16 has them.
LEADING = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
ROOT_WITHIN_CHARS = 65_536
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
FIRST_TAG = re.compile(r"<(?:[\w.-]++:)?([A-Za-z_][\w.-]*)")
TYPE_NAMES = (
    (re.compile(r"application/pdf"), "a PDF"),
    (re.compile(r"application/(msword|rtf|vnd\..*(word|text).*)"), "a text document"),
    (re.compile(r"application/vnd\..*(excel|sheet).*|text/csv"), "a table"),
    (re.compile(r"application/(zip|gzip|x-tar|x-7z-compressed)"), "an archive"),
    (re.compile(r"application/(.*\+)?json"), "data for programs"),
    (re.compile(r"(application|text)/(.*\+)?xml"), "XML"),
    (re.compile(r"text/plain"), "plain text"),
    (re.compile(r"image/.*"), "a picture"),
    (re.compile(r"video/.*"), "a video"),
    (re.compile(r"audio/.*"), "a sound recording"),
)


class Content(Enum):
    """What the caller can use; the value is the media types of it.

    LISTING is what a person may give to be ingested: an article, a feed or a sitemap. EVIDENCE is what a reviewer
    cites: a page or a PDF, since a feed or a sitemap says something else tomorrow, and data or pictures are cited by
    the page that shows them. ROBOTS is taken under any label, for its rules alone.
    """

    ARTICLE = HTML_TYPES
    FEED = FEED_TYPES
    SITEMAP = SITEMAP_TYPES
    LISTING = HTML_TYPES | FEED_TYPES | SITEMAP_TYPES
    ROBOTS = frozenset(("text/plain", ANYTHING))
    EVIDENCE = HTML_TYPES | {"application/pdf"}

    @property
    def accept(self) -> str:
        """The Accept header that asks for it."""
        named = ", ".join(sorted(self.value - {ANYTHING}))
        return f"{named}, {ANYTHING};q=0.1"


def refuse_type(url: str, content_type: str, accept: Content) -> None:
    """Raise UnreadablePage where the header alone shows that the caller cannot use the content.

    HTML passes for every kind: feeds and sitemaps are often labelled so.
    """
    media_type = media_type_of(content_type)
    if ANYTHING not in accept.value and media_type not in accept.value | HTML_TYPES | VAGUE_TYPES:
        raise unreadable(url, media_type, accept)


def refuse_body(url: str, content_type: str, body: bytes, accept: Content) -> None:
    """Raise UnreadablePage where the first bytes show that the caller cannot use the content, whatever its label."""
    if ANYTHING in accept.value:
        return
    signed_as = next((media_type for start, media_type in SIGNATURES if body.startswith(start)), None)
    if signed_as is not None and signed_as not in accept.value:
        raise unreadable(url, signed_as, accept)
    media_type = media_type_of(content_type)
    first = body[:SNIFFED_BYTES].lstrip(LEADING)[:1]
    if signed_as is None and media_type in VAGUE_TYPES and first not in (b"<", b"{", b""):
        raise unreadable(url, media_type, accept)


def root_name(text: str) -> str:
    """The name, in lower case and without prefix, of the first element that the markup begins; empty without one."""
    match = FIRST_TAG.search(COMMENT.sub("", text[:ROOT_WITHIN_CHARS]))
    return match[1].lower() if match else ""


def media_type_of(content_type: str) -> str:
    """The media type of a Content-Type header, in lower case and by its registered name."""
    media_type = content_type.partition(";")[0].strip().lower()
    return ALIASES.get(media_type, media_type)


def unreadable(url: str, media_type: str, accept: Content) -> UnreadablePage:
    """The error for a type that the caller cannot use, with what to give instead."""
    name = next((name for pattern, name in TYPE_NAMES if pattern.fullmatch(media_type)), "a file")
    stated = media_type or "no type stated"
    if accept is Content.EVIDENCE:
        what = f"this is {name} ({stated}), of which Claimline keeps no copy; give the address of a page that shows it"
    else:
        what = (
            f"this is {name} ({stated}), which Claimline does not read yet; "
            "give the address of a web page that tells the story"
        )
    return UnreadablePage(url, what)
