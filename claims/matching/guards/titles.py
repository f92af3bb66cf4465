"""Who holds an office of what: "Kotka police chief Ada Koc" is "Ada Koc, chief of the Kotka police"."""

from typing import Final

from claims.matching.folding import Unit
from claims.matching.folding.lexicon import concepts_of
from claims.matching.guards.bonds import order_of
from claims.matching.guards.pair import Pair, Side
from claims.matching.guards.slots import BREAK

TITLES: Final = concepts_of(
    "chief, head, manager, director, chairman, president, prime minister, foreign minister, minister, spokesman,"
    " leader, coach, trainer, editor, executive, secretary, governor, mayor, judge, captain, commissioner, analyst,"
    " economist, professor, ambassador, envoy, boss, founder, owner, star, senator, prosecutor, lawyer, sheriff,"
    " bishop, archbishop, commander, treasurer, deputy, chancellor, king, queen, author, singer"
)
# A title stands this many words from what it is of, or from who holds it, at most.
REACH: Final = 4
OF: Final = frozenset(["of", "at", "for"])
ARTICLES: Final = frozenset(["the", "a", "an"])


def are_bound_by_title(pair: Pair, one: str, other: str) -> bool:
    """Whether one of two names is what the other's office is of, so that neither does it to the other.

    On one side the office stands beside who holds it; on both it is of the same.
    """
    for body, holder in ((one, other), (other, one)):
        left, right = title_of(pair.left, body), title_of(pair.right, body)
        is_same = left is not None and right is not None and left.concept == right.concept
        if is_same and (is_held(pair.left, left, holder) or is_held(pair.right, right, holder)):
            return True
    return False


def title_of(side: Side, body: str) -> Unit | None:
    """The title of an office of what is named: "Kotka police chief", "chief of the Kotka police"; None without."""
    place = side.read(order_of).once.get(body)
    if place is None:
        return None
    for behind in range(place + 1, min(place + 1 + REACH, len(side.units))):
        if not is_joined(side, behind) or not side.units[behind].is_content:
            break
        if side.units[behind].concept in TITLES:
            return side.units[behind]
    before = place - 1
    while before > place - REACH and before > 0 and (side.units[before].is_name or side.forms[before] in ARTICLES):
        before -= 1
    is_of = before > 0 and side.forms[before] in OF and side.units[before - 1].concept in TITLES
    return side.units[before - 1] if is_of else None


def is_held(side: Side, title: Unit | None, holder: str) -> bool:
    """Whether the holder's name stands right behind the title, or before it and a comma."""
    place = side.read(order_of).once.get(holder)
    if title is None or place is None:
        return False
    at = side.units.index(title)
    if place > at:
        return all(side.units[name].is_name and is_joined(side, name) for name in range(at + 1, place + 1))
    start = place + 1
    while start < at and side.units[start].is_name and is_joined(side, start):
        start += 1
    is_apposed = side.folded.between(side.units[start - 1], side.units[start]).startswith(",")
    return is_apposed and at - start < REACH and all(unit.is_content for unit in side.units[start:at])


def is_joined(side: Side, place: int) -> bool:
    """Whether no comma or stop stands before the unit at this place."""
    return BREAK.search(side.folded.between(side.units[place - 1], side.units[place])) is None
