"""Whether two views of one act, or of one comparison, fit each other: what one bought, the other sold."""

from itertools import takewhile
from operator import attrgetter
from typing import Final

from claims.matching.folding import Unit
from claims.matching.folding.lexicon import concepts_of
from claims.matching.folding.words import Kind
from claims.matching.guards.pair import Pair, Side

THAN: Final = "than"
PASSIVE: Final = "by"
# A noun in this form, and else a verb.
DEFEAT: Final = "defeat"
DEFEATS: Final = concepts_of(DEFEAT)
WINS: Final = concepts_of("win, victory")
BE: Final = "be"
SORTS: Final = frozenset([Kind.COMMON, Kind.NAME])


def are_converse_views(pair: Pair, here: Unit, there: Unit) -> bool:
    """Whether who acts on the left is acted with on the right: "lent it to Rome", "Rome borrowed it"."""
    left, right = actors(pair.left, here), actors(pair.right, there)
    doer, other_doer = doer_of(pair.left, here), doer_of(pair.right, there)
    if doer and doer == other_doer:
        return False
    return (doer in right[1] and doer not in right[0]) or (other_doer in left[1] and other_doer not in left[0])


def are_views(pair: Pair, here: Unit, there: Unit) -> bool:
    """Whether the two words tell one act from two sides; who "beat" somebody "won", though a "defeat" is lost."""
    for side, unit, other in ((pair.left, here, there), (pair.right, there, here)):
        if unit.concept in DEFEATS and other.concept in WINS and side.form(unit) != DEFEAT:
            return doer_of(pair.left, here) == doer_of(pair.right, there)
    return are_converse_views(pair, here, there)


def doer_of(side: Side, act: Unit) -> str:
    """The concept nearest to the act among those on the side of who does it; "" without."""
    before, behind = around(side, act)
    if is_passive(side, act):
        return after_by(side, act)
    return before[-1] if before else (behind[0] if behind else "")


def actors(side: Side, act: Unit) -> tuple[frozenset[str], frozenset[str]]:
    """The concepts on the side of who does the act, and those on the side of whom it is done to or with."""
    before, behind = around(side, act)
    if not is_passive(side, act):
        return frozenset(before), frozenset(behind)
    doer = after_by(side, act)
    return frozenset([doer] if doer else []), frozenset([*before, *behind]) - {doer}


def around(side: Side, act: Unit) -> tuple[list[str], list[str]]:
    """What is named before and behind the act."""
    named = [unit for unit in side.content if unit.kind in SORTS]
    before = [unit.concept for unit in named if unit.first < act.first]
    return before, [unit.concept for unit in named if unit.first >= act.stop]


def is_passive(side: Side, act: Unit) -> bool:
    """Whether a "be" stands before the act, or a "by" behind it."""
    place = side.units.index(act)
    return (place > 0 and side.units[place - 1].concept == BE) or bool(after_by(side, act))


def after_by(side: Side, act: Unit) -> str:
    """The concept behind the first "by" within reach of the act, the last one of a whole name; "" without."""
    units = side.units
    place = units.index(act)
    for step, unit in enumerate(units[place + 1 : place + 5], start=place + 1):
        if unit.concept == PASSIVE:
            behind = [each for each in units[step + 1 :] if each.is_content]
            name = [*takewhile(attrgetter("is_name"), behind)] or behind[:1]
            return name[-1].concept if name else ""
    return ""


def is_turned_comparison(pair: Pair) -> bool:
    """Whether what each side compares with is what the other compares: "warmer than then", "then, colder than now"."""
    if THAN not in pair.left.concepts or THAN not in pair.right.concepts:
        return False
    left, right = pair.left.read(compared), pair.right.read(compared)
    if left is None or right is None or left[1] & right[1]:
        return False
    return bool(left[1] & right[0]) or bool(right[1] & left[0])


def reversed_comparison(pair: Pair) -> tuple[str, str] | None:
    """The two words on either side of "than" that have changed places: "more women than men"."""
    if THAN not in pair.left.concepts or THAN not in pair.right.concepts:
        return None
    left, right = pair.left.read(beside_than), pair.right.read(beside_than)
    return left if left and right and left == right[::-1] and left[0] != left[1] else None


def beside_than(side: Side) -> tuple[str, str] | None:
    """The concepts before and behind the side's "than"."""
    place = next((place for place, unit in enumerate(side.units) if unit.concept == THAN), 0)
    before = [unit.concept for unit in side.units[:place] if unit.is_content]
    behind = [unit.concept for unit in side.units[place:] if unit.is_content and unit.concept != THAN]
    return (before[-1], behind[0]) if before and behind else None


def compared(side: Side) -> tuple[frozenset[str], frozenset[str]] | None:
    """The concepts before the side's "than", and the next few behind it; None without."""
    place = next((place for place, unit in enumerate(side.units) if unit.concept == THAN), None)
    if place is None:
        return None
    before = frozenset(unit.concept for unit in side.units[:place] if says_what(unit))
    behind = [unit.concept for unit in side.units[place + 1 :] if says_what(unit)]
    return before, frozenset(behind[:2])


def says_what(unit: Unit) -> bool:
    """Whether the unit says something by itself; "May" does."""
    return unit.is_content or unit.kind is Kind.NAME
