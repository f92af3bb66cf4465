"""The guard for conditions: what one wording says will be, the other says will be if, unless, or perhaps."""

from collections.abc import Iterator
from typing import Final

from claims.matching.folding import Unit
from claims.matching.folding.words import Kind
from claims.matching.guards.pair import Guard, Pair, Rule, Side, Weight
from claims.matching.guards.slots import words

CONDITIONS: Final = frozenset(["if", "unless", "provided", "providing", "perhaps", "maybe", "possibly"])
# Words by which the other wording leaves it open too.
OPEN: Final = CONDITIONS | {"when", "once", "whether", "may", "might", "could", "would", "without", "should", "case"}
# Behind these an "if" is a "whether", or says how.
ASKING: Final = words(
    "ask, asked, see, know, knew, known, wonder, wondered, say, doubt, doubted, decide, as, even, only, question,"
    " clear, unclear, sure, told, tell, check, find, and, what"
)
# Where the wordings have less in common than this, the condition is one of many things that differ.
LEAST_SHARED: Final = 0.8
FEWEST_SHARED: Final = 3
NEAR: Final = 2
DOUBTING: Final = frozenset(["perhaps", "mayb", "maybe", "possibly"])


def conditions(pair: Pair) -> Iterator[Guard]:
    """Ask where one side alone hangs what both say on a condition."""
    if CONDITIONS.isdisjoint(pair.left.parts) and CONDITIONS.isdisjoint(pair.right.parts):
        return
    left, right = pair.left.read(condition_of), pair.right.read(condition_of)
    if (left is None) == (right is None):
        return
    side, other, unit = (pair.left, pair.right, left) if left else (pair.right, pair.left, right)
    if unit is not None and not other.read(is_open) and is_said_within(other, side) and is_news(side, unit, other):
        yield Guard(Rule.MODALITY, f"only one of them says *{side.folded.shown(unit)}*", Weight.ASKS)


def condition_of(side: Side) -> Unit | None:
    """The side's first word that opens a condition."""
    if CONDITIONS.isdisjoint(side.parts):
        return None
    previous = ""
    for unit, form in zip(side.units, side.forms, strict=True):
        if form in CONDITIONS and previous not in ASKING:
            return unit
        previous = form
    return None


def is_open(side: Side) -> bool:
    """Whether the side leaves open whether it is so."""
    if OPEN.isdisjoint(side.parts):
        return False
    return any(form in OPEN and unit.kind is not Kind.NAME for unit, form in zip(side.units, side.forms, strict=True))


def is_news(side: Side, condition: Unit, other: Side) -> bool:
    """Whether the other side lacks what the condition is; "who waited" says what "if they waited" says."""
    behind = [unit for unit in side.content if unit.first >= condition.stop][:NEAR]
    return not behind or condition.concept in DOUBTING or any(unit.concept not in other.concepts for unit in behind)


def is_said_within(side: Side, other: Side) -> bool:
    """Whether the other side says nearly all that this side says."""
    shared = len(side.said & other.said)
    return shared >= max(FEWEST_SHARED, LEAST_SHARED * len(side.said))
