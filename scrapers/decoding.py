"""Bodies unpacked piece by piece, so that a bomb stops at its cap and a cut-off one is noticed."""

import zlib

GZIP_MAGIC = b"\x1f\x8b"
GZIP_WBITS = 31
ZLIB_WBITS = 15
RAW_WBITS = -15
PIECE_BYTES = 65_536
ACCEPT_ENCODING = "gzip, deflate"


class BadEncoding(Exception):
    """The packed body cannot be unpacked; the message says why."""


class TooBig(Exception):
    """The body unpacks to more than its cap."""


class Body:
    """A body as it arrives: feed it the pieces, then finish it; max_bytes caps what it unpacks to.

    content_encoding is the header's value: gzip, deflate or nothing. BadEncoding for any other, also for encodings
    in several layers, which no server needs and bombs like.
    """

    def __init__(self, content_encoding: str, max_bytes: int) -> None:
        self._encoding = content_encoding.strip().lower().removeprefix("x-")
        if self._encoding not in {"", "identity", "gzip", "deflate"}:
            raise BadEncoding(f"packed as {content_encoding!r}, which Claimline did not ask for")
        self._max_bytes = max_bytes
        self._unpacked = bytearray()
        self._unpacker: zlib._Decompress | None = None
        self._pending = b""
        self._members = 0

    def feed(self, piece: bytes) -> None:
        """Take the next piece; TooBig once the whole is over the cap, BadEncoding where it cannot be unpacked."""
        if self._encoding in {"", "identity"}:
            self._keep(piece)
            return
        self._pending += piece
        while self._pending and (unpacker := self._unpacker or self._next_unpacker()):
            self._unpack(unpacker)

    def finish(self) -> bytes:
        """The whole body; BadEncoding where the packed one broke off before its end."""
        if self._unpacker is not None or (self._pending and not self._members):
            raise BadEncoding("broken off before its end")
        return bytes(self._unpacked)

    def _next_unpacker(self) -> "zlib._Decompress | None":
        """What unpacks the next member: the first, or one more behind it (RFC 1952); None where padding follows."""
        if len(self._pending) < 2:
            return None
        if self._members and not (self._encoding == "gzip" and self._pending.startswith(GZIP_MAGIC)):
            self._pending = b""
            return None
        return zlib.decompressobj(self._wbits())

    def _wbits(self) -> int:
        """What zlib calls the wrapping: many servers send deflate without the zlib header that RFC 9110 wants."""
        if self._encoding == "gzip":
            return GZIP_WBITS
        first, second = self._pending[:2]
        return ZLIB_WBITS if first & 0x0F == 8 and (first << 8 | second) % 31 == 0 else RAW_WBITS

    def _unpack(self, unpacker: "zlib._Decompress") -> None:
        """Move what is pending through the unpacker, at most one byte beyond the cap."""
        try:
            self._keep(unpacker.decompress(self._pending, self._max_bytes - len(self._unpacked) + 1))
        except zlib.error as error:
            raise BadEncoding("damaged") from error
        self._pending = unpacker.unused_data
        self._members += unpacker.eof
        self._unpacker = None if unpacker.eof else unpacker

    def _keep(self, piece: bytes) -> None:
        self._unpacked += piece
        if len(self._unpacked) > self._max_bytes:
            raise TooBig


def gunzipped(body: bytes, max_bytes: int) -> bytes:
    """The content of a gzip file; TooBig and BadEncoding as Body raises them."""
    unpacked = Body("gzip", max_bytes)
    for start in range(0, len(body), PIECE_BYTES):
        unpacked.feed(body[start : start + PIECE_BYTES])
    return unpacked.finish()
