"""Which claim each appearance belongs to: the matcher at work on what is stored, within what people decided."""

from claims.grouping.judging import Judgements
from claims.grouping.matcher import Home, Matcher, add_match, open_claim

__all__ = ["Home", "Judgements", "Matcher", "add_match", "open_claim"]
