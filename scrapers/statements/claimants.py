"""Who a claimant is: pronouns, surnames and titles resolved to the name that the article introduced."""

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from claims.drafts import Stance
from scrapers.statements.cast import NAME_RUN, POSSESSIVE, Cast, Person, cast_of, is_title
from scrapers.statements.pack import LanguagePack
from scrapers.statements.spans import Found, Sentence

ASIDE = re.compile(r"[,(].*", re.DOTALL)
BEHIND_A_NAME = re.compile(r"\s(?:of|for|from|in|at|with|on|to)\s", re.IGNORECASE)
MAX_CLAIMANT_CHARS = 120
MAX_MENTIONS_BACK = 12
MAX_ALIASES = 8


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who made a statement, as the article names them at their fullest.

    aliases are its other names for them, other_pronouns those that its words about their gender rule out.
    """

    name: str
    is_person: bool
    aliases: tuple[str, ...] = ()
    other_pronouns: frozenset[str] = frozenset()


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


def claimants(
    text: str, found: Sequence[Found], sentences: Sequence[Sentence], pack: LanguagePack
) -> list[Claimant | None]:
    """The claimant of each statement, in the statements' order; None where nobody is named.

    The name is the fullest that the article gives up to that place or, for surnames, anywhere. A capital stays the
    capital: that its government is meant is for a reviewer to say.
    """
    cast = Resolving(cast_of(text, sentences, pack), pronouns(pack))
    names: list[str | None] = []
    pending = deque(sentences)
    for each in found:
        while pending and pending[0].span.start < each.sentence.span.start:
            mention_subject(cast, text, pending.popleft())
        name = resolved(cast, text, each)
        names.append(name)
        if name:
            add_mention(cast, name)
            cast.spoke_last = name
            note_alias(cast, text, each, name)
    return [claimant_called(cast, name) if name else None for name in names]


def claimant_called(cast: Resolving, name: str) -> Claimant:
    """The claimant of that name with every other name that the article used for them."""
    person = cast.cast.person_called(name)
    shorts = [short for short, long in cast.cast.long_forms.items() if long == name]
    others = [*cast.called.get(name, []), *(person.appositions if person else ()), *shorts]
    different = {alias.casefold(): alias for alias in reversed(others) if alias.casefold() != name.casefold()}
    aliases = tuple(reversed(different.values()))[:MAX_ALIASES]
    pronouns_of_others = frozenset(word for word in cast.pack.references.persons if cast.cast.contradicts(name, word))
    return Claimant(name, is_person(cast, name), aliases, pronouns_of_others)


def note_alias(cast: Resolving, text: str, found: Found, name: str) -> None:
    """Keep what the text calls the claimant, where that is no pronoun."""
    if not found.statement.claimant:
        return
    phrase = POSSESSIVE.sub("", ASIDE.sub("", found.statement.claimant[0].of(text)).strip())
    if phrase and phrase.lower() not in cast.pronouns and len(phrase) <= MAX_CLAIMANT_CHARS:
        called = cast.called.setdefault(name, [])
        if phrase not in called and len(called) < MAX_ALIASES:
            called.append(phrase)


def is_person(cast: Resolving, name: str) -> bool:
    """Whether the name is one that the article gives to a person, or an office ("the mayor of Larkhaven")."""
    head = BEHIND_A_NAME.split(name)[0].split()
    references = cast.pack.references
    titled = bool(head) and head[-1].lower() in references.titles and head[-1].lower() not in references.organisations
    return titled or cast.cast.person_called(name) is not None


def mention_subject(cast: Resolving, text: str, sentence: Sentence) -> None:
    """Remember what the sentence is about: a later "it" or "he" may mean it."""
    subject = cast.pack.clause_subject(sentence.tokens, len(sentence.tokens))
    if subject is None:
        return
    tokens = sentence.tokens[subject[0] : subject[1]]
    if any(token.is_capital for token in tokens) and tokens[0].word not in cast.pronouns:
        run = NAME_RUN.match(text, tokens[0].start, tokens[-1].end)
        person = cast.cast.person_in(run[0]) if run else None
        add_mention(cast, person.name if person else shortened(cast, text[tokens[0].start : tokens[-1].end]))


def add_mention(cast: Resolving, name: str) -> None:
    """Append a mention of the name."""
    personal = is_person(cast, name)
    is_plural = not personal and (name.split()[-1].lower() in cast.pack.references.plurals or " and " in name)
    may_be_thing = not personal or (cast.cast.person_called(name) is not None and not cast.cast.is_surely_person(name))
    cast.mentions.append(Mention(name, personal, is_plural, may_be_thing))


def resolved(cast: Resolving, text: str, found: Found) -> str | None:
    """The name of a statement's claimant; for a pronoun of which we know no bearer, none."""
    if not found.statement.claimant:
        dropped = cast.pack.drops_subjects and found.statement.stance is not Stance.REPORTS
        return cast.spoke_last if dropped else None
    phrase = found.statement.claimant[0].of(text)
    word = phrase.lower()
    references = cast.pack.references
    if word in references.relatives:
        return before_relative(cast, text, found)
    if word in cast.pronouns:
        return last_mentioned(cast, word)
    if (titled := by_title(cast, phrase)) is not None:
        return titled
    return whole_phrase(cast, phrase)


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


def pronouns(pack: LanguagePack) -> frozenset[str]:
    """Every pronoun that stands for somebody else, relative ones too."""
    references = pack.references
    groups = (references.persons, references.things, references.groups, references.speakers)
    return references.relatives | frozenset(word for group in groups for word in group)


def before_relative(cast: Resolving, text: str, found: Found) -> str | None:
    """Whom "who" stands for: the phrase before it."""
    antecedent = phrase_ending_before(text, found.sentence, found.statement.claimant[0].start, cast.pack)
    return shortened(cast, antecedent) if antecedent else None


def phrase_ending_before(text: str, sentence: Sentence, offset: int, pack: LanguagePack) -> str | None:
    """The noun phrase that ends before the offset, a comma between them or not."""
    tokens = sentence.tokens
    position = next((i for i, token in enumerate(tokens) if token.start >= offset), len(tokens))
    while position > 0 and tokens[position - 1].word in {",", "–", "—", "-"}:
        position -= 1
    start = pack.phrase_before(tokens, position)
    return text[tokens[start].start : tokens[position - 1].end] if start is not None and start < position else None


def last_mentioned(cast: Resolving, pronoun: str) -> str | None:
    """Whom the pronoun most likely means: the last that was named and fits it."""
    recent = list(reversed(cast.mentions[-MAX_MENTIONS_BACK:]))
    return next((mention.name for mention in recent if fits(mention, pronoun, cast.cast)), None)


def fits(mention: Mention, pronoun: str, cast: Cast) -> bool:
    """Whether a pronoun can stand for what was mentioned, its gender included."""
    pack = cast.pack
    if pronoun in pack.references.persons:
        return mention.is_person and not cast.contradicts(mention.name, pronoun)
    if pronoun in pack.references.things:
        return mention.may_be_thing and not mention.is_plural
    return pronoun not in pack.references.groups or not mention.is_person


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
