"""From a page's bytes to markup that a parser can be given without fear: decoded, whole, and bounded."""

import codecs
import re
import unicodedata
from itertools import islice

MAX_TAGS = 15_000  # the longest of 213 real pages has 4,100
MAX_MARKUP_CHARS = 3_000_000  # without scripts and styles; the longest of 213 real pages has 900,000
MAX_ATTRIBUTES = 100  # libxml2's check for double attributes takes time by their square
LONG_TAG_CHARS = 1_000
SNIFFED_BYTES = 4_096
MAX_BROKEN_SHARE = 0.02

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# As browsers do (WHATWG Encoding), the ISO names mean their Windows supersets.
SUPERSETS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
# Codecs of Python that a hostile page may name: they escape, or take time by the square of what they are given.
NO_CHARACTER_SETS = frozenset(("charmap", "idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"))
DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]{0,400}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{2,40})", re.IGNORECASE | re.ASCII)
TURKISH_BYTES = re.compile(rb"[\xf0\xfd\xfe]")
ICELANDIC = re.compile(rb"lang\s*=\s*[\"']?is\b", re.IGNORECASE)
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
NO_LETTERS = re.compile(r"[\W_]+")
XML_DECLARATION = re.compile(r"<\?xml[^>]{0,200}>")
# Scripts, styles and comments, and one tag, as HTML's tokenizer sees them. Every repetition is possessive or ends at a
# fixed string, so that matching the whole page takes time by its length.
VALUE = r"=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s>]*+)"
REST_OF_TAG = rf"(?:[^=>]++|{VALUE})*+(?:>|\Z)"
CODE = re.compile(
    r"<(?:script(?P<attributes>[^>]{0,500})>(?:[^<]++|<(?!/script))*+(?:</script\s*>?|\Z)"
    r"|style\b(?:[^<]++|<(?!/style))*+(?:</style\s*>?|\Z)|!--.*?(?:-->|\Z))",
    re.IGNORECASE | re.DOTALL,
)
TAG = re.compile(rf"<[a-z]{REST_OF_TAG}", re.IGNORECASE)
PIECE = re.compile(rf"(?P<code>{CODE.pattern})|(?P<tag>{TAG.pattern})", re.IGNORECASE | re.DOTALL)
# As far as the markup needs no change: text, end tags, and tags with few attributes.
PLAIN = re.compile(
    rf"(?:[^<]++|<(?![a-z]|!--)|<(?!script[^>]{{0,500}}>|style\b)[a-z](?:[^=>]++|{VALUE}){{0,200}}+>)*+", re.IGNORECASE
)
ATTRIBUTE = re.compile(r"""\s[^\s=>"']++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?""")


def markup_of(html: bytes, content_type: str = "") -> str:
    """The page's markup, decoded, without characters that no text holds, and cut to what can be parsed in seconds."""
    return bounded(UNPRINTABLE.sub("", decoded(html, content_type)))


def decoded(html: bytes, content_type: str = "") -> str:
    """The bytes as text, in the encoding that they are really in: a declared charset is believed last.

    UTF-8 that decodes is UTF-8, whatever the page or the Content-Type header that it came with says; a few broken
    bytes in it become U+FFFD.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if html.startswith(mark):
            return html[len(mark) :].decode(encoding, errors="replace")
    if wide := wide_encoding(html[:SNIFFED_BYTES]):
        return html.decode(wide, errors="replace")
    try:
        return html.decode("utf-8")
    except UnicodeDecodeError:
        return decoded_otherwise(html, content_type)


def decoder_of(head: bytes, content_type: str = "") -> codecs.IncrementalDecoder:
    """What decodes bytes that arrive in pieces, head being the first: chosen as decoded chooses, by head alone."""
    mark = next((encoding for start, encoding in BYTE_ORDER_MARKS if head.startswith(start)), None)
    encoding = mark or wide_encoding(head[:SNIFFED_BYTES]) or narrow_encoding(head, content_type)
    found = codecs.lookup({"utf-8": "utf-8-sig"}.get(encoding, encoding)).incrementaldecoder
    return (found or codecs.getincrementaldecoder("utf-8-sig"))(errors="replace")


def narrow_encoding(head: bytes, content_type: str) -> str:
    """UTF-8 where the head is, but for a character that is cut off at its end; else what the page declares."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return declared_encoding(head[:SNIFFED_BYTES], content_type) or likely_encoding(head)
    return "utf-8"


def bounded(markup: str) -> str:
    """The markup without comments, styles and code, up to its 15,000th tag, with at most 100 attributes in a tag.

    Scripts of JSON-LD stay: they are no code.
    """
    markup = XML_DECLARATION.sub("", markup, count=1)
    plain = without_code(markup)
    if plain is None or plain.count("<") > MAX_TAGS:
        plain = cut(markup)
    return plain[:MAX_MARKUP_CHARS]


def without_code(markup: str) -> str | None:
    """The markup without comments, styles and code, or None where a tag has too many attributes or no end."""
    kept: list[str] = []
    at = 0
    while at < len(markup):
        plain = PLAIN.match(markup, at)
        end = plain.end() if plain else at
        kept.append(markup[at:end])
        if end == len(markup):
            break
        code = CODE.match(markup, end)
        if code is None:
            return None
        kept.append(code[0] if is_json_ld(code) else "")
        at = code.end()
    return "".join(kept)


def is_json_ld(code: re.Match[str]) -> bool:
    """Whether the piece of code is a script that says what the page is about."""
    return "ld+json" in (code["attributes"] or "")


def cut(markup: str) -> str:
    """The same of any markup, tag by tag, up to the last tag that is allowed."""
    kept: list[str] = []
    copied = tags = 0
    for piece in PIECE.finditer(markup):
        if piece["tag"] is None:
            replacement = piece[0] if is_json_ld(piece) else ""
        elif tags == MAX_TAGS:
            return "".join((*kept, markup[copied : piece.start()]))
        else:
            tags += 1
            replacement = piece[0] if len(piece[0]) <= LONG_TAG_CHARS else with_few_attributes(piece[0])
        if replacement != piece[0]:
            kept += [markup[copied : piece.start()], replacement]
            copied = piece.end()
    return "".join((*kept, markup[copied:]))


def clean_text(text: str) -> str:
    """Text as it is stored: no control characters, plain line ends, no space at either end of a line.

    Its letters stay as the page wrote them, composed or not: they are the exact words that statements are anchored to.
    """
    text = UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def one_line(text: str) -> str:
    """The text cleaned, in NFC, with every run of white space as one space."""
    return " ".join(clean_text(unicodedata.normalize("NFC", text)).split())


def letters(text: str) -> str:
    """The text's letters and digits alone, in one case, to compare by."""
    return NO_LETTERS.sub("", text.casefold())


def wide_encoding(head: bytes) -> str | None:
    """UTF-16 of the byte order that its first tag or the zero bytes of Latin letters give away, or None."""
    if head.startswith((b"<\0", b"\0<")):
        return "utf-16-le" if head.startswith(b"<") else "utf-16-be"
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 4 and not even:
        return "utf-16-le"
    return "utf-16-be" if even > len(head) // 4 and not odd else None


def decoded_otherwise(html: bytes, content_type: str) -> str:
    """Bytes that are not clean UTF-8: UTF-8 with a flaw, else what is declared, else Western European."""
    text = html.decode("utf-8", errors="replace")
    beyond_ascii = sum(1 for character in text if character > "\x7f")
    if text.count("\ufffd") <= max(1, beyond_ascii * MAX_BROKEN_SHARE):
        return text
    declared = declared_encoding(html[:SNIFFED_BYTES], content_type)
    return html.decode(declared or likely_encoding(html), errors="replace")


def declared_encoding(head: bytes, content_type: str) -> str | None:
    """The encoding that the header names, else that a meta tag or an XML declaration names; never UTF-8.

    Not the header's Latin-1: so servers call whatever nobody told them about.
    """
    in_header, in_page = CHARSET.search(content_type), DECLARED.search(head)
    by_header = known_encoding(in_header[1]) if in_header else None
    if by_header is not None and by_header != SUPERSETS["iso8859-1"]:
        return by_header
    return known_encoding(in_page[1].decode("ascii")) if in_page else None


def known_encoding(named: str) -> str | None:
    """The character set of this name as Python calls it, or None where it knows none, and for UTF-8, -16 and -7."""
    try:
        name = codecs.lookup(named).name
    except LookupError:
        return None
    name = SUPERSETS.get(name, name)
    return None if name.startswith("utf") or not is_text_encoding(name) else name


def likely_encoding(html: bytes) -> str:
    """Windows-1254 where the bytes hold its ğ, ı or ş, which in Windows-1252 are letters of Icelandic alone."""
    return "cp1254" if TURKISH_BYTES.search(html) and not ICELANDIC.search(html[:SNIFFED_BYTES]) else "cp1252"


def is_text_encoding(name: str) -> bool:
    """Whether the codec is a character set of pages: Python also knows "hex", "zlib", "punycode" and the like."""
    if name in NO_CHARACTER_SETS:
        return False
    try:
        b"a".decode(name)
    except (LookupError, ValueError):
        return False
    return True


def with_few_attributes(tag: str) -> str:
    """The tag with its first 100 attributes."""
    beyond = next(islice(ATTRIBUTE.finditer(tag), MAX_ATTRIBUTES, None), None)
    return tag if beyond is None else tag[: beyond.start()] + ">"
