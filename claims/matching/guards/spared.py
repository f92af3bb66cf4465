"""Words that look like negators and turn nothing: not only, No. 4, no-frills, a dispute, Miss."""

from itertools import pairwise
from typing import Final

from claims.matching.folding import Unit
from claims.matching.folding.lexicon import SPARED
from claims.matching.folding.words import Kind
from claims.matching.guards.pair import Side

# Behind these words a "dispute" is a thing that is spoken of.
DISPUTED: Final = "disput"
ATTRIBUTES: Final = frozenset(["a", "an", "the", "this", "of", "in", "earlier", "any", "their", "its", "his", "her"])
# Phrases that turn nothing are of this many words at most.
LONGEST_PHRASE: Final = 5
PHRASES: Final = {first: tuple(" ".join([*phrase, ""]) for phrase in phrases) for first, phrases in SPARED.items()}


def is_spared(side: Side, place: int) -> bool:
    """Whether the carrier turns nothing here: "not only", "No. 4", "no-frills", "do-not-call", "a dispute"."""
    units = side.units
    unit = units[place]
    form = side.form(unit)
    if form.startswith(DISPUTED) and place and side.form(units[place - 1]) in ATTRIBUTES:
        return True
    if form == "no" and place + 1 < len(units):
        behind = units[place + 1]
        if behind.kind is Kind.NUMBER or side.folded.between(unit, behind).startswith("-"):
            return True
    if form == "not" and is_amid_word(side, place):
        return True
    return starts_spared(side, unit) or (place > 0 and starts_spared(side, units[place - 1]))


def is_amid_word(side: Side, place: int) -> bool:
    """Whether hyphens tie the unit to what stands before and behind it: "do-not-call", but not "a not-guilty plea"."""
    around = side.units[max(place - 1, 0) : place + 2]
    return len(around) > 2 and all(side.folded.between(*each).startswith("-") for each in pairwise(around))


def is_title(side: Side, unit: Unit) -> bool:
    """Whether the unit is how a woman is addressed."""
    return unit.kind is Kind.NAME and side.form(unit) == "miss"


def starts_spared(side: Side, unit: Unit) -> bool:
    """Whether a phrase that turns nothing starts with this unit; "not" may be the end of a word: "cannot but"."""
    if unit.concept != "not" and side.form(unit).partition(" ")[0] not in PHRASES:
        return False
    forms = [form for word in side.folded.words[unit.first : unit.first + LONGEST_PHRASE] for form in word.form.split()]
    if unit.concept == "not" and "not" in forms[:2]:
        forms = forms[forms.index("not") :]
    return " ".join([*forms, ""]).startswith(PHRASES.get(forms[0], ()))
