"""Which wordings say the same, and why: wordings in, matches out; no database, no network."""

from claims.matching.alignment import Alignment, Run, RunKind, align
from claims.matching.comparing import (
    THRESHOLDS,
    VERSION,
    Comparison,
    Judgement,
    Proposal,
    Score,
    Thresholds,
    compare,
    compare_wordings,
    judge,
)
from claims.matching.folding import Folded, fold, wording_key
from claims.matching.grouping import group, group_wordings
from claims.matching.guards import Guard, Rule, Weight, Wording
from claims.matching.index import Index

__all__ = [
    "THRESHOLDS",
    "VERSION",
    "Alignment",
    "Comparison",
    "Folded",
    "Guard",
    "Index",
    "Judgement",
    "Proposal",
    "Rule",
    "Run",
    "RunKind",
    "Score",
    "Thresholds",
    "Weight",
    "Wording",
    "align",
    "compare",
    "compare_wordings",
    "fold",
    "group",
    "group_wordings",
    "judge",
    "wording_key",
]
