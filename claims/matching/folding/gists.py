"""What is stored of a wording to find it again, for a fraction of the time that folding takes."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from claims.matching.folding.folded import normalised
from claims.matching.folding.known_words import ENGLISH, families_of, stems_of_form, word_table
from claims.matching.folding.words import PLAIN_WORD, Kind, may_hold_more_than_words, mixed_forms_of


class Gist(NamedTuple):
    """What is stored of a folded wording to find it again: its text as in Folded, and its concepts in order.

    is_plain says that the text has nothing but words, none of them a number; is_simple that each stands for a concept
    of its own. kinds has the kind of each concept, where the text was read whole.
    """

    text: str
    concepts: tuple[str, ...]
    is_plain: bool
    is_simple: bool = False
    kinds: tuple[Kind, ...] = ()


def gist(text: str, language: str = "und") -> Gist:
    """The text and the concepts of fold(text, language), for a fraction of its time where the text is plain words."""
    source = normalised(text)
    plain = None if may_hold_more_than_words(source) else plain_gist(source, language)
    return plain or mixed_gist(source, language)


def mixed_gist(source: str, language: str) -> Gist:
    """The gist of any text, with the kinds of its concepts."""
    is_english = language[:2] in ENGLISH
    forms: list[str] = []
    stems: list[str] = []
    kinds: list[Kind] = []
    for _, form, kind in mixed_forms_of(source, language):
        forms.append(form)
        for stem_ in stems_of_form(form, is_english):
            stems.append(stem_)
            kinds.append(kind)
    runs = list(families_of(is_english).runs_of(stems))
    concepts = tuple([concept for concept, _, _ in runs])
    return Gist(" ".join(forms), concepts, is_plain=False, kinds=tuple([kinds[start] for _, start, _ in runs]))


def gist_of(forms: Sequence[str], language: str) -> Gist:
    """The gist of a text with these words."""
    is_english = language[:2] in ENGLISH
    stems = [stem_ for form in forms for stem_ in stems_of_form(form, is_english)]
    return Gist(" ".join(forms), tuple(families_of(is_english).concepts_of(stems)), is_plain=False)


def plain_gist(source: str, language: str) -> Gist | None:
    """The gist of a text of nothing but words, or None where one of them may be a number."""
    is_english = language[:2] in ENGLISH
    known = list(map(word_table(language, is_english).__getitem__, PLAIN_WORD.findall(source)))
    if not known:
        return Gist("", (), is_plain=True)
    forms, stems, concepts, are_simple, are_numbers = zip(*known, strict=True)
    if all(are_simple):
        families = families_of(is_english)
        is_simple = families.openings.isdisjoint(pairwise(stems))
        if not is_simple:
            concepts = tuple(families.concepts_of(stems))
        return Gist(" ".join(forms), concepts, is_plain=True, is_simple=is_simple)
    if any(are_numbers):
        return None
    return gist_of([form for form in forms if form], language)._replace(is_plain=True)
