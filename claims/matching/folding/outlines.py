"""What a wording is scored by, from its gist where that says enough."""

from typing import Final, NamedTuple

from claims.matching.folding.folded import Folded, fold, normalised
from claims.matching.folding.gists import Gist, gist
from claims.matching.folding.lexicon import PLACES
from claims.matching.folding.words import PLAIN_WORD, Kind, named_places

FIGURES: Final = frozenset({Kind.NUMBER, Kind.YEAR, Kind.DATE})


class Outline(NamedTuple):
    """What a folded wording is scored by: its words' forms and its concepts in order, names and figures among them."""

    forms: tuple[str, ...]
    concepts: tuple[str, ...]
    names: frozenset[str]
    figures: frozenset[str]


def outline(text: str, language: str = "und") -> Outline:
    """The words, concepts, names and figures of fold(text, language)."""
    return outline_of_gist(text, gist(text, language)) or outline_of(fold(text, language))


def outline_of_gist(text: str, known: Gist) -> Outline | None:
    """The outline of a text of which its gist says all, or all but the names: of simple words, and no figures."""
    if known.kinds:
        told = list(zip(known.concepts, known.kinds, strict=True))
        names = frozenset([concept for concept, kind in told if kind is Kind.NAME or concept in PLACES])
        figures = frozenset([concept for concept, kind in told if kind in FIGURES])
        return Outline(tuple(known.text.split()), known.concepts, names, figures)
    if not known.is_plain or not (known.is_simple or text.islower()):
        return None
    names = PLACES.intersection(known.concepts)
    if not text.islower():
        source = normalised(text)
        places = named_places(source, list(PLAIN_WORD.finditer(source)))
        names |= {known.concepts[place] for place in places}
    return Outline(tuple(known.text.split()), known.concepts, names, frozenset())


def outline_of(folded: Folded) -> Outline:
    """The outline of any folded text."""
    return Outline(
        forms=tuple(folded.text.split()),
        concepts=tuple([unit.concept for unit in folded.units]),
        names=frozenset([unit.concept for unit in folded.units if unit.is_name]),
        figures=frozenset([unit.concept for unit in folded.units if unit.kind in FIGURES]),
    )
