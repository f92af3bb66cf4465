"""The wordings worth a closer look, found without scoring all: near one that is asked about, or within a batch."""

from claims.matching.finding.candidates import near_pairs
from claims.matching.finding.index import Index

__all__ = ["Index", "near_pairs"]
