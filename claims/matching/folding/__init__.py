"""A wording in its one folded form: its words, what they stand for, and what is written down about words."""

from claims.matching.folding.folded import Folded, Unit, fold, wording_key
from claims.matching.folding.gists import Gist, gist
from claims.matching.folding.outlines import Outline, outline, outline_of, outline_of_gist

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
