"""`claimline model fit matching`: a scorer of one's own, from pairs that people labelled."""

from claims.matching.fitting.fitted import fit
from claims.matching.fitting.labelled import labelled_wordings, numbered_lines
from claims.matching.fitting.vectors import small_vectors

__all__ = ["fit", "labelled_wordings", "numbered_lines", "small_vectors"]
