"""Words without their endings, so that the forms of one English word are one."""

import re
from functools import lru_cache
from typing import Final

from claims.matching.folding.word_lists import comma_lists

SHORTEST_STEM: Final = 3
LONGEST_WITH_E: Final = 5
DOUBLED: Final = re.compile(r"([bdfgkmnprt])\1\Z")
# Where -ed and -ing have swallowed an e: cau(s)ing, charg-, forc-, solv-, tabl-, and hop- beside hopp-.
SWALLOWED_E: Final = re.compile(r"(?:[vcuz]|[aeiou]s|[dlr]g|[bcdfgkpt]l|\A[^aeiouy]*[aeiouy][^aeiouywx])\Z")
VOWEL: Final = re.compile("[aeiouy]")
PLAIN_FORMS: Final = {form: forms[0] for forms in comma_lists("irregular.txt") for form in forms}


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """What the regular and irregular forms of a folded English word share; it need not be a word itself."""
    if not word.isascii() or not word.isalpha():
        return word
    plain = PLAIN_FORMS.get(word) or without_tense(without_plural(word))
    return plain.removesuffix("e") if len(plain) > LONGEST_WITH_E else plain


def without_plural(word: str) -> str:
    """The word without a plural's or a verb's s."""
    if len(word) <= SHORTEST_STEM or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "shes", "ches", "xes", "zes")) else word[:-1]


def without_tense(word: str) -> str:
    """The word without -ed or -ing, where enough of it is left to be a word."""
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    rest = word.removesuffix("ing") if word.endswith("ing") else word.removesuffix("ed")
    if rest == word or len(rest) < SHORTEST_STEM or not VOWEL.search(rest) or word.endswith("eed"):
        return word
    if len(rest) > SHORTEST_STEM and DOUBLED.search(rest):
        return rest[:-1]
    return rest + "e" if SWALLOWED_E.search(rest) else rest
