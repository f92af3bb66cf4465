"""The guard for other languages than English and Turkish: few of their negators are known, none of their opposites."""

from collections.abc import Iterator
from typing import Final

from claims.matching.folding import Unit
from claims.matching.folding.lexicon import negation_line
from claims.matching.guards.pair import Guard, Pair, Rule, Side, Weight
from claims.matching.guards.slots import words

# The languages whose negations and opposites the other guards know; a text of an unknown one is read as English.
KNOWN: Final = frozenset({"en", "tr", "un", ""})
LANGUAGES: Final = words(
    "de, nl, sv, da, no, nb, fr, es, ca, pt, it, ro, pl, hu, fi, el, ru, uk, bg, sr, hr, ar, fa, hi, id, vi"
)
FRENCH: Final = "fr"
# French negates with two words: "ne … pas", "n'a jamais".
NE: Final = "ne"
BEFORE_VOWELS: Final = "n'"
PAS: Final = frozenset({"pas"})
BEHIND_NE: Final = words(negation_line("behind ne"))
# "Not only" negates nothing.
ONLY: Final = words(negation_line("only"))
NEGATORS: Final = {language: words(negation_line(language)) for language in LANGUAGES}
# Those that leave no doubt in a text of which nobody knows the language.
PLAIN: Final = frozenset().union(*NEGATORS.values()) - words(negation_line("english")) - PAS
# In texts of these languages nothing is foreign without one of these words.
READ: Final = frozenset({"en", "tr", "und"})
FOREIGN: Final = PLAIN | PAS | BEHIND_NE

NOTHING: Final[tuple[str, tuple[Unit, ...]]] = ("", ())


def other_languages(pair: Pair) -> Iterator[Guard]:
    """Stop where one side alone negates and says nothing else, ask where it says more; ask about all other wordings.

    Where the words are the same, there is nothing to ask.
    """
    left, right = pair.left, pair.right
    if has_nothing_foreign(left) and has_nothing_foreign(right):
        return
    found, rival = left.read(foreign), right.read(foreign)
    if found is NOTHING and rival is NOTHING:
        return
    (language, here), (other, there) = found, rival
    if bool(here) != bool(there):
        shown = left.shown(here) if here else right.shown(there)
        same = rest_of(left, here) == rest_of(right, there)
        yield Guard(Rule.NEGATION, f"only one of them says *{shown}*", Weight.STOPS if same else Weight.ASKS)
        return
    if left.folded.text != right.folded.text and (language or other):
        yield Guard(Rule.NEGATION, f"opposites in this language ({language or other}) are not known", Weight.ASKS)


def has_nothing_foreign(side: Side) -> bool:
    """Whether the side is of a language that the guards know, and has no word that negates in another."""
    return side.wording.language in READ and FOREIGN.isdisjoint(side.parts)


def foreign(side: Side) -> tuple[str, tuple[Unit, ...]]:
    """The side's language if the guards do not know it, and its negators in any such; NOTHING without either."""
    found = unknown_language(side), foreign_negators(side)
    return found if any(found) else NOTHING


def unknown_language(side: Side) -> str:
    """The language of the side if the guards do not know what negates in it and what excludes each other; else ""."""
    language = side.wording.language[:2].casefold()
    return "" if language in KNOWN else language


def foreign_negators(side: Side) -> tuple[Unit, ...]:
    """The side's units that negate in a language that is neither English nor Turkish."""
    language = side.wording.language[:2].casefold()
    if language in KNOWN:
        negating = PLAIN if language == "un" else frozenset[str]()
    else:
        negating = NEGATORS.get(language, frozenset())
    if has_ne(side) and language in {FRENCH, "un"}:
        negating |= BEHIND_NE | PAS
    if negating.isdisjoint(side.parts):
        return ()
    forms = (*side.forms, "")
    return tuple(
        unit for place, unit in enumerate(side.units) if forms[place] in negating and forms[place + 1] not in ONLY
    )


def has_ne(side: Side) -> bool:
    """Whether the side has the first half of a French negation."""
    return NE in side.parts or BEFORE_VOWELS in side.folded.text


def rest_of(side: Side, negators: tuple[Unit, ...]) -> list[str]:
    """The forms of the side's words without what negates."""
    places = {unit.first for unit in negators}
    forms = [word.form for place, word in enumerate(side.folded.words) if place not in places]
    return [form.removeprefix(BEFORE_VOWELS) for form in forms if form != NE]
