"""How much a statement is worth checking: by the language's model, or by a few weights that were set by hand."""

import re
from collections.abc import Sequence

from scrapers.statements.pack import LanguagePack

# Weights set by hand after ClaimBuster's findings on which words check-worthy sentences have (Hassan et al., 2017):
# numbers, names and reported facts speak for checking; questions, forecasts, wishes and taste against it.
BASE = 0.4
NUMBER = 0.2
NAME = 0.1
EACH_NAME_UP_TO = 2
LONG_ENOUGH = 0.1
TOO_SHORT = -0.2
DOUBTFUL = -0.15
QUESTION = -0.25
FEW_WORDS, ENOUGH_WORDS = 4, 8

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
DIGIT = re.compile(r"\d")
NAME_INSIDE = re.compile(r"(?<=[a-zçğıöşü,;] )[A-ZÇĞİÖŞÜ]\w+")


def check_worthiness(statement: str, pack: LanguagePack) -> float:
    """From 0, nothing to check, to 1: the statement's score, which orders a queue and decides nothing."""
    model = pack.models.check_worthiness
    return round(model.score(statement), 2) if model else weighed_by_hand(statement, pack)


def check_worthiness_in_order(sentences: Sequence[str], pack: LanguagePack) -> list[float]:
    """The scores of sentences that follow each other in a text; what stands beside a sentence tells of it too."""
    model = pack.models.check_worthiness
    return model.scores_in_order(sentences) if model else [weighed_by_hand(each, pack) for each in sentences]


def weighed_by_hand(statement: str, pack: LanguagePack) -> float:
    """The score that needs no model: numbers and names speak for checking; questions, wishes and taste against it."""
    words = [word.lower() for word in WORD.findall(statement)]
    score = BASE
    score += NUMBER * bool(DIGIT.search(statement))
    score += NAME * min(EACH_NAME_UP_TO, len(NAME_INSIDE.findall(statement)))
    score += LONG_ENOUGH * (len(words) >= ENOUGH_WORDS) + TOO_SHORT * (len(words) < FEW_WORDS)
    score += DOUBTFUL * any(word in pack.doubtful for word in words)
    score += QUESTION * ("?" in statement)
    return round(min(1.0, max(0.0, score)), 2)
