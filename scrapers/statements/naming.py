"""The name that a phrase means: without asides and titles, in full where the article introduced it."""

import re

from scrapers.statements.cast import NAME_RUN, POSSESSIVE, Person, is_title
from scrapers.statements.mentions import BEHIND_A_NAME, Resolving
from scrapers.statements.pack import LanguagePack

ASIDE = re.compile(r"[,(].*", re.DOTALL)
MAX_CLAIMANT_CHARS = 120


def whole_phrase(cast: Resolving, phrase: str) -> str | None:
    """The phrase's name without relative clauses; None for what names nobody, as "one" and "had it" do."""
    references = cast.pack.references
    words = phrase.split()
    first = words[0].lower()
    if (len(words) == 1 and first in references.nobody) or first in references.no_openers:
        return None
    clause = next((i for i, word in enumerate(words) if i and word.lower().strip(",") in references.relatives), None)
    aside = NAME_RUN.fullmatch(phrase.partition(",")[2].strip())
    person = cast.cast.person_in(aside[0]) if aside else None
    return person.name if person else shortened(cast, " ".join(words[:clause]) if clause else phrase)


def by_title(cast: Resolving, phrase: str) -> str | None:
    """Whom "the minister" means: the one person whom the article introduces with these words, if it is one."""
    words = phrase.lower().split()
    references = cast.pack.references
    people = cast.cast.people.values()
    named_so = [person for person in people if any(phrase.lower() == each.lower() for each in person.appositions)]
    if len(named_so) == 1:
        return named_so[0].name
    if len(words) < 2 or words[-1] not in references.titles:
        return None
    if words[0] in references.definite_articles:
        words = words[1:]
    elif not words[0].endswith(("'s", "’s", "'", "’")):
        return None
    bearers = [person for person in people if set(words) <= person.described_by]
    return bearers[0].name if len(bearers) == 1 else None


def shortened(cast: Resolving, phrase: str) -> str:
    """The phrase without asides; for a person, the full name alone."""
    bare = ASIDE.sub("", phrase).strip() or phrase.strip(" ,")
    bare = POSSESSIVE.sub("", bare)
    if (long := long_form(cast, bare)) is not None:
        return long
    head = BEHIND_A_NAME.split(bare)[0]
    runs = list(NAME_RUN.finditer(head))
    if runs and runs[-1].end() == len(head) and not is_owner(head, runs[-1]):
        last = POSSESSIVE.sub("", runs[-1][0].split()[-1])
        known = cast.cast.people.get(last)
        if known is not None and is_name_of(known, head, cast.pack):
            return known.name
    return bare[:MAX_CLAIMANT_CHARS]


def long_form(cast: Resolving, phrase: str) -> str | None:
    """What a short form that the article explains stands for: "the LHU"; the long form without its article too."""
    words = phrase.split()
    if words and words[0].lower() in cast.pack.references.definite_articles:
        words = words[1:]
    name = " ".join(words)
    return name if name in cast.cast.long_forms.values() else cast.cast.long_forms.get(name)


def is_owner(head: str, run: re.Match[str]) -> bool:
    """Whether the run of names belongs to a longer name of another kind ("Trump Tower")."""
    return bool(run.start()) and head[: run.start()].rstrip().endswith(("&", "'", "’"))


def is_name_of(known: Person, head: str, pack: LanguagePack) -> bool:
    """Whether the phrase names the person and nothing beside titles: "Turkish Foreign Minister Fidan"."""
    parts = known.name.split()
    rest = [word for word in head.split() if word not in parts]
    if not rest:
        return True
    return any(is_title(word.lower().strip(","), pack) for word in rest) or known.name in head
