"""Words that look like negators and turn nothing: not only, No. 4, no-frills, a dispute, Miss."""

from typing import Final

from claims.matching.folding import Unit
from claims.matching.folding.lexicon import SPARED
from claims.matching.folding.words import Kind
from claims.matching.guards.pair import Side

# Behind these words a "dispute" is a thing that is spoken of.
DISPUTED: Final = "disput"
ATTRIBUTES: Final = frozenset(["a", "an", "the", "this", "of", "in", "earlier", "any", "their", "its", "his", "her"])
# These turn nothing where a hyphen ties them to what follows.
PARTS_OF_WORDS: Final = frozenset(["no", "not"])
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
    if form in PARTS_OF_WORDS and place + 1 < len(units):
        behind = units[place + 1]
        if side.folded.between(unit, behind).startswith("-") or (form == "no" and behind.kind is Kind.NUMBER):
            return True
    return starts_spared(side, unit) or (place > 0 and starts_spared(side, units[place - 1]))


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
