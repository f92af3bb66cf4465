"""What people decide about claims: which appearances belong to one, which claims are one, and how it is worded."""

from claims.curation.claims import merge, reword, split
from claims.curation.proposals import confirm, reject

__all__ = ["confirm", "merge", "reject", "reword", "split"]
