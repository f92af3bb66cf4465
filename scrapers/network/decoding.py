"""Bodies unpacked piece by piece, so that a bomb stops at its cap and a cut-off one is noticed."""

import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Protocol

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGICS = (b"\x28\xb5\x2f\xfd", *(bytes((low, 0x2A, 0x4D, 0x18)) for low in range(0x50, 0x60)))
GZIP_WBITS = 31
ZLIB_WBITS = 15
RAW_WBITS = -15
PIECE_BYTES = 65_536
# pigz and bgzip write members of 64 kB and more; thousands of empty ones only cost time.
MAX_MEMBERS = 1_000
# RFC 9659: what is packed for the web asks for no window over 8 MB; the format alone would allow gigabytes.
ZSTD_OPTIONS: dict[int, int] = {zstd.DecompressionParameter.window_log_max: 23}
ACCEPT_ENCODING = "gzip, deflate, br, zstd"
DAMAGED = (zlib.error, brotli.error, zstd.ZstdError, EOFError)


class BadEncoding(Exception):
    """The packed body cannot be unpacked; the message says why."""


class TooBig(Exception):
    """The body unpacks to more than max_bytes, its cap."""

    def __init__(self, max_bytes: int) -> None:
        super().__init__(max_bytes)
        self.max_bytes = max_bytes


class Body:
    """A body as it arrives: feed it the pieces, then finish it; max_bytes caps what it unpacks to.

    content_encoding is the header's value: gzip, deflate, br, zstd or nothing. BadEncoding for any other, also for
    encodings in several layers, which no server needs and bombs like.
    """

    def __init__(self, content_encoding: str, max_bytes: int) -> None:
        self._encoding = content_encoding.strip().lower().removeprefix("x-")
        if self._encoding not in PACKED and self._encoding not in {"", "identity"}:
            raise BadEncoding(f"packed as {content_encoding!r}, which Claimline did not ask for")
        self._max_bytes = max_bytes
        self._unpacked = BytesIO()
        self._unpacker: Unpacker | None = None
        self._pending = b""
        self._members = 0

    def feed(self, piece: bytes) -> None:
        """Take the next piece; TooBig once the whole is over the cap, BadEncoding where it cannot be unpacked."""
        if self._encoding not in PACKED:
            self._keep(piece)
            return
        self._pending += piece
        while self._pending and (unpacker := self._unpacker or self._next_unpacker()):
            self._unpack(unpacker)

    def finish(self) -> bytes:
        """The whole body; BadEncoding where the packed one broke off before its end."""
        if self._unpacker is not None or (self._pending and not self._members):
            raise BadEncoding("broken off before its end")
        return self.so_far()

    def so_far(self) -> bytes:
        """What was unpacked until now, never more than the cap."""
        self._unpacked.truncate(self._max_bytes)
        return self._unpacked.getvalue()

    def _next_unpacker(self) -> "Unpacker | None":
        """What unpacks the next member: the first, or one more behind it; None where padding follows, or too little."""
        packing = PACKED[self._encoding]
        if len(self._pending) < packing.start_bytes:
            return None
        if self._members and not self._pending.startswith(packing.further_starts):
            self._pending = b""
            return None
        if self._members == MAX_MEMBERS:
            raise BadEncoding(f"damaged: it is packed in over {MAX_MEMBERS} parts")
        return packing.unpacker(self._pending)

    def _unpack(self, unpacker: "Unpacker") -> None:
        """Move what is pending through the unpacker."""
        packed, self._pending = self._pending, b""
        try:
            for piece in unpacker.pieces(packed):
                self._keep(piece)
        except DAMAGED as error:
            raise BadEncoding("damaged") from error
        if unpacker.has_ended:
            self._pending = unpacker.rest
            self._members += 1
        self._unpacker = None if unpacker.has_ended else unpacker

    def _keep(self, piece: bytes) -> None:
        self._unpacked.write(piece)
        if self._unpacked.tell() > self._max_bytes:
            raise TooBig(self._max_bytes)


class Unpacker(Protocol):
    """Unpacks one member of a body; rest is what came behind its end."""

    @property
    def has_ended(self) -> bool:
        """Whether the member is whole, its check sum included."""

    @property
    def rest(self) -> bytes:
        """What was handed over and is no part of the member any more."""

    def pieces(self, packed: bytes) -> Iterator[bytes]:
        """All that can be told from the packed bytes by now, in pieces that stay small whatever they unpack to."""


class Zlib:
    """Unpacks gzip and deflate."""

    def __init__(self, wbits: int) -> None:
        self._zlib = zlib.decompressobj(wbits)

    @property
    def has_ended(self) -> bool:
        """Whether the member is whole."""
        return self._zlib.eof

    @property
    def rest(self) -> bytes:
        """What came behind the member."""
        return self._zlib.unused_data

    def pieces(self, packed: bytes) -> Iterator[bytes]:
        """All that can be told by now."""
        piece = bytes(PIECE_BYTES)
        while not self._zlib.eof and (packed or len(piece) == PIECE_BYTES):
            piece = self._zlib.decompress(packed, PIECE_BYTES)
            packed = self._zlib.unconsumed_tail
            yield piece


class Brotli:
    """Unpacks br, which is one member and nothing behind it."""

    rest = b""

    def __init__(self) -> None:
        self._brotli = brotli.Decompressor()

    @property
    def has_ended(self) -> bool:
        """Whether the body is whole."""
        return bool(self._brotli.is_finished())

    def pieces(self, packed: bytes) -> Iterator[bytes]:
        """All that can be told by now."""
        yield self._brotli.process(packed, output_buffer_limit=PIECE_BYTES)
        while not self._brotli.is_finished() and not self._brotli.can_accept_more_data():
            yield self._brotli.process(b"", output_buffer_limit=PIECE_BYTES)


class Zstd:
    """Unpacks zstd, one frame."""

    def __init__(self) -> None:
        self._zstd = zstd.ZstdDecompressor(options=ZSTD_OPTIONS)

    @property
    def has_ended(self) -> bool:
        """Whether the frame is whole."""
        return self._zstd.eof

    @property
    def rest(self) -> bytes:
        """What came behind the frame."""
        return self._zstd.unused_data

    def pieces(self, packed: bytes) -> Iterator[bytes]:
        """All that can be told by now."""
        yield self._zstd.decompress(packed, max_length=PIECE_BYTES)
        while not self._zstd.eof and not self._zstd.needs_input:
            yield self._zstd.decompress(b"", max_length=PIECE_BYTES)


@dataclass(frozen=True, slots=True)
class Packing:
    """How one encoding is unpacked: by whom, seen from its first bytes, and how a further member of it begins."""

    unpacker: Callable[[bytes], Unpacker]
    start_bytes: int
    further_starts: tuple[bytes, ...] = ()


def deflate(start: bytes) -> Unpacker:
    """What unpacks deflate: many servers send it without the zlib header that RFC 9110 wants."""
    first, second = start[:2]
    return Zlib(ZLIB_WBITS if first & 0x0F == 8 and (first << 8 | second) % 31 == 0 else RAW_WBITS)


PACKED = {
    "gzip": Packing(lambda start: Zlib(GZIP_WBITS), 2, (GZIP_MAGIC,)),  # RFC 1952, 2.2: one member behind another
    "deflate": Packing(deflate, 2),
    "br": Packing(lambda start: Brotli(), 1),
    "zstd": Packing(lambda start: Zstd(), 4, ZSTD_MAGICS),  # RFC 8878, 3: frames, some to be skipped
}
