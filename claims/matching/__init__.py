"""Which wordings say the same, and why: wordings in, matches out; no database, no network."""

from claims.matching.alignment import Alignment, Run, RunKind, align
from claims.matching.comparing import Comparison, Judgement, Score, compare, compare_wordings, judge, judge_each
from claims.matching.finding import Index
from claims.matching.folding import Folded, fold, wording_key
from claims.matching.grouping import group, group_wordings
from claims.matching.guards import Guard, Rule, Weight, Wording
from claims.matching.proposals import THRESHOLDS, Proposal, Thresholds, is_too_short
from claims.matching.scoring import PairScorer, chosen_scorer, shipped_scorer

__all__ = [
    "THRESHOLDS",
    "Alignment",
    "Comparison",
    "Folded",
    "Guard",
    "Index",
    "Judgement",
    "PairScorer",
    "Proposal",
    "Rule",
    "Run",
    "RunKind",
    "Score",
    "Thresholds",
    "Weight",
    "Wording",
    "align",
    "chosen_scorer",
    "compare",
    "compare_wordings",
    "fold",
    "group",
    "group_wordings",
    "is_too_short",
    "judge",
    "judge_each",
    "shipped_scorer",
    "wording_key",
]
