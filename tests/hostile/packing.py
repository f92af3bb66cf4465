"""Packed bodies: bombs of 1 GiB that cost us next to nothing to make, and honest ones."""

import gzip
import zlib
from functools import cache

import brotli

MIB = 1 << 20
GIB_MIBS = 1_024
ZSTD_BLOCK_BYTES = 1 << 17


def repeated(wbits: int) -> tuple[bytes, bytes, bytes]:
    """Head, a block that stands for 1 MiB of spaces whatever was before it, and an end, of a deflate stream."""
    packer = zlib.compressobj(wbits=wbits)
    head = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b" " * MIB) + packer.flush(zlib.Z_FULL_FLUSH)
    return head, block, packer.flush()


@cache
def gzip_bomb() -> bytes:
    """1 GiB of spaces in one gzip member of a megabyte."""
    head, block, end = repeated(31)
    return head + block * GIB_MIBS + end


@cache
def deflate_bomb() -> bytes:
    """1 GiB of spaces as a zlib stream."""
    head, block, end = repeated(15)
    return head + block * GIB_MIBS + end


@cache
def members_bomb() -> bytes:
    """1 GiB of spaces in 1,024 gzip members."""
    return gzip.compress(b" " * MIB) * GIB_MIBS


@cache
def brotli_bomb() -> bytes:
    """1 GiB of zeros as brotli."""
    packer = brotli.Compressor(quality=1)
    return b"".join(packer.process(bytes(MIB)) for _ in range(GIB_MIBS)) + packer.finish()


@cache
def zstd_bomb() -> bytes:
    """1 GiB of spaces as zstd (RFC 8878): one frame of blocks that each repeat a byte 131,072 times."""
    blocks = 1_024 * MIB // ZSTD_BLOCK_BYTES
    header = b"\x28\xb5\x2f\xfd" + b"\x00" + b"\x38"  # no size stated, no sum; a window of 128 KiB
    return header + b"".join(zstd_block(is_last=n == blocks - 1) for n in range(blocks))


def zstd_block(*, is_last: bool) -> bytes:
    """A block of zstd that repeats a space."""
    return (ZSTD_BLOCK_BYTES << 3 | 1 << 1 | is_last).to_bytes(3, "little") + b" "


@cache
def zstd_wide_window() -> bytes:
    """A frame of zstd that asks for a window of 2 GiB before it says a word."""
    return b"\x28\xb5\x2f\xfd" + b"\x00" + b"\xa8" + zstd_block(is_last=True)


@cache
def bomb_in_bomb() -> bytes:
    """The gzip bomb, packed twice more."""
    return gzip.compress(gzip.compress(gzip_bomb()))
