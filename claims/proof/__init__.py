"""Proves that the log is whole, and that what was published, fetched and matched still is what the log says."""

from claims.proof.stored import is_headed_as, verify

__all__ = ["is_headed_as", "verify"]
