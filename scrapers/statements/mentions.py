"""Whom a text has named so far, and whom a pronoun means by them."""

import re
from dataclasses import dataclass, field

from scrapers.statements.cast import Cast
from scrapers.statements.pack import LanguagePack

BEHIND_A_NAME = re.compile(r"\s(?:of|for|from|in|at|with|on|to)\s", re.IGNORECASE)
MAX_MENTIONS_BACK = 12


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody or something that the text named."""

    name: str
    is_person: bool
    is_plural: bool
    may_be_thing: bool


@dataclass
class Resolving:
    """What was mentioned so far, in the order of the text, and what the article called each claimant."""

    cast: Cast
    pronouns: frozenset[str]
    mentions: list[Mention] = field(default_factory=list)
    called: dict[str, list[str]] = field(default_factory=dict)
    spoke_last: str | None = None

    @property
    def pack(self) -> LanguagePack:
        """The language's pack."""
        return self.cast.pack


def pronouns(pack: LanguagePack) -> frozenset[str]:
    """Every pronoun that stands for somebody else, relative ones too."""
    references = pack.references
    groups = (references.persons, references.things, references.groups, references.speakers)
    return references.relatives | frozenset(word for group in groups for word in group)


def add_mention(cast: Resolving, name: str) -> None:
    """Append a mention of the name."""
    personal = is_person(cast, name)
    is_plural = not personal and (name.split()[-1].lower() in cast.pack.references.plurals or " and " in name)
    may_be_thing = not personal or (cast.cast.person_called(name) is not None and not cast.cast.is_surely_person(name))
    cast.mentions.append(Mention(name, personal, is_plural, may_be_thing))


def last_mentioned(cast: Resolving, pronoun: str) -> str | None:
    """Whom the pronoun most likely means: the last that was named and fits it."""
    recent = list(reversed(cast.mentions[-MAX_MENTIONS_BACK:]))
    return next((mention.name for mention in recent if fits(mention, pronoun, cast.cast)), None)


def is_person(cast: Resolving, name: str) -> bool:
    """Whether the name is one that the article gives to a person, or an office ("the mayor of Larkhaven")."""
    head = BEHIND_A_NAME.split(name)[0].split()
    references = cast.pack.references
    titled = bool(head) and head[-1].lower() in references.titles and head[-1].lower() not in references.organisations
    return titled or cast.cast.person_called(name) is not None


def fits(mention: Mention, pronoun: str, cast: Cast) -> bool:
    """Whether a pronoun can stand for what was mentioned, its gender included."""
    pack = cast.pack
    if pronoun in pack.references.persons:
        return mention.is_person and not cast.contradicts(mention.name, pronoun)
    if pronoun in pack.references.things:
        return mention.may_be_thing and not mention.is_plural
    return pronoun not in pack.references.groups or not mention.is_person
