"""A wording in its one folded form: its words, what they stand for, and what is written down about words."""

from claims.matching.folding.folded import (
    Folded,
    Gist,
    Outline,
    Unit,
    fold,
    gist,
    outline,
    outline_of,
    outline_of_gist,
    wording_key,
)

__all__ = [
    "Folded",
    "Gist",
    "Outline",
    "Unit",
    "fold",
    "gist",
    "outline",
    "outline_of",
    "outline_of_gist",
    "wording_key",
]
