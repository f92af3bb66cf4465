"""How sure it is that two wordings say the same: what is measured of a pair, and the model that makes a score of it."""

from claims.matching.scoring.scorers import PairScorer, chosen_scorer, hand_scorer, shipped_scorer

__all__ = ["PairScorer", "chosen_scorer", "hand_scorer", "shipped_scorer"]
