"""Hosts whose bodies are bombs, have no end, break off, or are not what their headers say."""

import gzip
import struct
import time
import zlib
from collections.abc import Callable
from socket import SO_LINGER, SOL_SOCKET, socket

import brotli

from scrapers.errors import FetchFailed
from scrapers.network.decoding import zstd
from tests.hostile import packing
from tests.hostile.case import Case, Refused
from tests.hostile.stories import story, told
from tests.scrapers.site import Answer, answer, cut_off, dripping

PLAIN = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
CHUNKED = PLAIN + b"Transfer-Encoding: chunked\r\n\r\n"
TOO_BIG = Refused("over [0-9.]+ MB", (FetchFailed,))
TOO_SLOW = Refused("no whole answer within|said nothing for", (FetchFailed,))
BROKEN = Refused("broke|damaged|hung up or did not answer in HTTP", (FetchFailed,))
PACKED = Refused("packed as", (FetchFailed,))
PIECE = b"<p>and so on</p>" * 4_096


def with_encoding(body: bytes, encoding: str) -> bytes:
    """A whole answer whose body is said to be packed so."""
    return answer(body, f"Content-Encoding: {encoding}")


def endless(start: bytes, piece: bytes) -> Callable[[socket], None]:
    """An answer that goes on as fast as it can, for ever."""

    def pour(connection: socket) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(piece)

    return pour


def reset(sent: bytes) -> Callable[[socket], None]:
    """An answer that ends in a reset of the connection."""

    def reply(connection: socket) -> None:
        connection.sendall(sent)
        connection.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

    return reply


def late(after_s: float, sent: bytes) -> Callable[[socket], None]:
    """An answer that begins after so many seconds."""

    def reply(connection: socket) -> None:
        time.sleep(after_s)
        connection.sendall(sent)

    return reply


def one(name: str, ends: Refused, page: Answer) -> Case:
    """A host whose story is this answer."""
    return Case(name, ends, {"/story": page})


def packed(name: str, pack: Callable[[bytes], bytes], encoding: str) -> Case:
    """A story that is packed honestly."""
    return Case(name, told(name), {"/story": with_encoding(pack(story(name).encode()), encoding)})


def in_chunks(body: bytes, size: int) -> bytes:
    """The body in chunks of this size."""
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


WHOLE_GZIP = gzip.compress(story("gzip").encode() * 20)
STORY = story("broken").encode()

BOMBS = (
    one("gzip-bomb", TOO_BIG, with_encoding(packing.gzip_bomb(), "gzip")),
    one("gzip-bomb-of-members", TOO_BIG, with_encoding(packing.members_bomb(), "gzip")),
    one("deflate-bomb", TOO_BIG, with_encoding(packing.deflate_bomb(), "deflate")),
    one("brotli-bomb", TOO_BIG, with_encoding(packing.brotli_bomb(), "br")),
    one("zstd-bomb", TOO_BIG, with_encoding(packing.zstd_bomb(), "zstd")),
    one(
        "zstd-wide-window",
        Refused("broke|damaged|over", (FetchFailed,)),
        with_encoding(packing.zstd_wide_window(), "zstd"),
    ),
    one("bomb-in-bomb", PACKED, with_encoding(packing.bomb_in_bomb(), "gzip, gzip, gzip")),
    one("mixed-layers", PACKED, with_encoding(gzip.compress(brotli.compress(STORY)), "br, gzip")),
    one("a-thousand-layers", PACKED, with_encoding(STORY, ", ".join(["gzip"] * 1_000))),
    one(
        "bomb-with-status-404",
        Refused("404", (FetchFailed,)),
        answer(packing.gzip_bomb(), "Content-Encoding: gzip", status="404 Not Found"),
    ),
    # Two encodings in two headers.
    one(
        "layers-in-two-headers",
        Refused("packed as|damaged", (FetchFailed,)),
        answer(packing.bomb_in_bomb(), "Content-Encoding: gzip", "Content-Encoding: gzip"),
    ),
)
HONEST = (
    packed("gzip-honest", gzip.compress, "gzip"),
    packed("x-gzip-honest", gzip.compress, "x-gzip"),
    packed("deflate-honest", zlib.compress, "deflate"),
    packed("brotli-honest", brotli.compress, "br"),
    packed("zstd-honest", zstd.compress, "zstd"),
    Case(
        "bare-deflate",
        told("bare-deflate"),
        {"/story": with_encoding(zlib.compress(story("bare-deflate").encode(), wbits=-15), "deflate")},
    ),
    Case(
        "one-byte-chunks",
        told("one-byte-chunks"),
        {"/story": CHUNKED + in_chunks(story("one-byte-chunks").encode(), 1)},
    ),
    Case("no-length", told("no-length"), {"/story": cut_off(PLAIN + b"\r\n" + story("no-length").encode())}),
)
BROKEN_OFF = (
    one("length-too-long", BROKEN, cut_off(PLAIN + b"Content-Length: 99999\r\n\r\n" + STORY)),
    # What is behind the stated length belongs to nobody.
    Case(
        "length-too-short",
        told("length-too-short"),
        {"/story": cut_off(answer(story("length-too-short")) + b"<h1>and more</h1>" * 99)},
    ),
    one("two-lengths", BROKEN, cut_off(PLAIN + b"Content-Length: 5\r\nContent-Length: 50\r\n\r\n" + STORY)),
    one("negative-length", BROKEN, cut_off(PLAIN + b"Content-Length: -1\r\n\r\n" + STORY)),
    one("length-of-words", BROKEN, cut_off(PLAIN + b"Content-Length: many\r\n\r\n" + STORY)),
    one("length-of-exabytes", TOO_BIG, cut_off(PLAIN + b"Content-Length: 99999999999999999999\r\n\r\n" + STORY)),
    one("chunks-without-end", BROKEN, cut_off(CHUNKED + b"5\r\nhello\r\n")),
    one("chunk-cut", BROKEN, cut_off(CHUNKED + b"500\r\nhello")),
    one("chunk-size-of-words", BROKEN, cut_off(CHUNKED + b"five\r\nhello\r\n0\r\n\r\n")),
    one("chunk-size-negative", BROKEN, cut_off(CHUNKED + b"-5\r\nhello\r\n0\r\n\r\n")),
    one(
        "chunk-size-endless",
        Refused("over|broke|did not answer in HTTP|no whole", (FetchFailed,)),
        endless(CHUNKED, b"0" * 65_536),
    ),
    one("gzip-cut", BROKEN, cut_off(PLAIN + b"Content-Encoding: gzip\r\n\r\n" + WHOLE_GZIP[:-20])),
    one("gzip-cut-in-trailer", BROKEN, cut_off(PLAIN + b"Content-Encoding: gzip\r\n\r\n" + WHOLE_GZIP[:-1])),
    one("gzip-wrong-sum", BROKEN, with_encoding(WHOLE_GZIP[:-8] + b"\0\0\0\0" + WHOLE_GZIP[-4:], "gzip")),
    one("gzip-wrong-size", BROKEN, with_encoding(WHOLE_GZIP[:-4] + b"\1\0\0\0", "gzip")),
    one("gzip-of-nothing", BROKEN, with_encoding(STORY, "gzip")),
    one("brotli-cut", BROKEN, with_encoding(brotli.compress(STORY)[:-5], "br")),
    one("brotli-damaged", BROKEN, with_encoding(b"\xff" * 500, "br")),
    one("zstd-cut", BROKEN, with_encoding(zstd.compress(STORY)[:-5], "zstd")),
    one("zstd-damaged", BROKEN, with_encoding(b"\xff" * 500, "zstd")),
    one("deflate-cut", BROKEN, with_encoding(zlib.compress(STORY)[:-5], "deflate")),
    one("encoding-unknown", PACKED, with_encoding(STORY, "x-lzma-of-mine")),
    one("reset-in-body", BROKEN, reset(PLAIN + b"Content-Length: 99999\r\n\r\n" + STORY)),
)
ENDLESS = (
    one("endless-body", TOO_BIG, endless(PLAIN + b"\r\n", PIECE)),
    one("endless-chunks", TOO_BIG, endless(CHUNKED, b"%x\r\n%s\r\n" % (len(PIECE), PIECE))),
    one(
        "endless-trailers",
        Refused("over|broke|did not answer in HTTP|no whole", (FetchFailed,)),
        endless(CHUNKED + b"1\r\nx\r\n0\r\n", b"X-More: yes\r\n" * 1_000),
    ),
    one("endless-gzip", TOO_BIG, endless(PLAIN + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(PIECE))),
    one(
        "endless-empty-gzip",
        Refused("over [0-9.]+ (MB|parts)|no whole answer within", (FetchFailed,)),
        endless(PLAIN + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"") * 2_000),
    ),
    one("endless-status-500", Refused("500", (FetchFailed,)), endless(b"HTTP/1.1 500 Oops\r\n\r\n", PIECE)),
    one("dripping-body", TOO_SLOW, dripping(PLAIN + b"\r\n", b"x", 0.2)),
    one("dripping-length", TOO_SLOW, dripping(PLAIN + b"Content-Length: 99999\r\n\r\n", b"x", 0.2)),
    one("dripping-chunks", TOO_SLOW, dripping(CHUNKED, b"1\r\nx\r\n", 0.2)),
    one("dripping-gzip", TOO_SLOW, dripping(PLAIN + b"Content-Encoding: gzip\r\n\r\n" + WHOLE_GZIP[:200], b"", 0.2)),
    one("silent-body", TOO_SLOW, late(600, b"")),
)
TYPES = {
    "pdf": ("application/pdf", b"%PDF-1.7\n1 0 obj", "a PDF"),
    "pdf-as-html": ("text/html", b"%PDF-1.7\n1 0 obj", "a PDF"),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n" + bytes(500), "a picture"),
    "png-as-html": ("text/html", b"\x89PNG\r\n\x1a\n" + bytes(500), "a picture"),
    "jpeg-as-html": ("text/html", b"\xff\xd8\xff\xe0" + bytes(500), "a picture"),
    "gif-as-html": ("text/html", b"GIF89a" + bytes(500), "a picture"),
    "zip-as-html": ("text/html", b"PK\x03\x04" + bytes(500), "an archive"),
    "video": ("video/mp4", b"\0\0\0 ftypmp42", "a video"),
    "csv": ("text/csv", b"a,b\n1,2\n", "a table"),
    "json": ("application/json", b'{"a": 1}', "data for programs|no feed|JSON"),
    "program": ("application/x-msdownload", b"MZ\x90\0", "a file"),
    "no-type-binary": ("", bytes(range(256)) * 9, "no type stated|no article"),
    "type-of-garbage": ("\xff/\x1b[31m;;;=", b"<p>hello</p>", "a file|not answer in HTTP"),
}
WRONG_TYPES = (
    *(
        Case(f"type-{name}", Refused(words), {"/story": answer(body, f"Content-Type: {kind}")})
        for name, (kind, body, words) in TYPES.items()
    ),
    Case(
        "html-as-plain-text",
        told("html-as-plain-text"),
        {"/story": answer(story("html-as-plain-text"), "Content-Type: text/plain")},
    ),
    Case("html-as-nothing", told("html-as-nothing"), {"/story": answer(story("html-as-nothing"), "Content-Type: ")}),
    Case(
        "html-as-bytes",
        told("html-as-bytes"),
        {"/story": answer(story("html-as-bytes"), "Content-Type: application/octet-stream")},
    ),
    Case("empty-page", Refused("the page is empty"), {"/story": answer(b"")}),
)
CASES = (*BOMBS, *HONEST, *BROKEN_OFF, *ENDLESS, *WRONG_TYPES)
