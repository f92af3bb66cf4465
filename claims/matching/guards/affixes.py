"""Words that a prefix or an ending turns round: unsafe, irregular, dishonest, nonviolent; harmless beside harmful."""

import re
from functools import lru_cache
from typing import Final

from claims.matching.folding.lexicon import concepts_of, negation_line

SHORTEST_REST: Final = 4
# Before any word that is left when they are taken away.
FREE: Final = ("un", "non")
# Before an adjective, or a word that ends like one: "in" is no "not" in "income" and "inform".
BOUND: Final = ("in", "im", "il", "ir", "dis")
ADJECTIVE: Final = re.compile(
    r"(?:able|ible|al|ar|ate|ent|ant|ive|ous|ect|est|ite|ult|ure|ult|ance|ence|ency|ancy|ity|ice|ility|ed|ies)\Z"
)
# What every word with such a prefix begins with.
PREFIXES: Final = (*FREE, *BOUND)
LESS: Final = "less"
# Words that only look as if they had one.
INTACT: Final = frozenset(entry.strip() for entry in negation_line("intact").split(","))


@lru_cache(maxsize=65_536)
def turned_round(form: str) -> str:
    """The concept that the word's affix turns round ("safe" for "unsafe", "harmful" for "harmless"); "" without one."""
    if form in INTACT or not form.isascii() or not form.isalpha():
        return ""
    rest = without_affix(form)
    return next(iter(concepts_of(rest))) if rest else ""


def without_affix(form: str) -> str:
    """The word without its turning affix; nothing where it has none."""
    if form.endswith(LESS) and len(form) >= SHORTEST_REST + len(LESS):
        return form.removesuffix(LESS) + "ful"
    for prefix in FREE:
        rest = form.removeprefix(prefix)
        if rest != form and len(rest) >= SHORTEST_REST:
            return rest
    for prefix in BOUND:
        rest = form.removeprefix(prefix)
        if rest != form and len(rest) >= SHORTEST_REST and ADJECTIVE.search(rest):
            return rest
    return ""
