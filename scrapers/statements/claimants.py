"""Who a claimant is: pronouns, surnames and titles resolved to the name that the article introduced."""

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from claims.drafts import Stance
from scrapers.statements.pack import LanguagePack
from scrapers.statements.spans import Found, Sentence, Span

NAME = r"[^\W\d_a-zçğıöşüäßéèáíóúñ][\w.'’-]*"
NAME_RUN = re.compile(rf"{NAME}(?:\s(?:al|bin|de|del|der|di|la|van|von|{NAME}))*")
ASIDE = re.compile(r"[,(].*", re.DOTALL)
POSSESSIVE = re.compile(r"(?:['’]s?|['’](?:n[ıiuü]n|[ıiuü]n|n?[ae]|y[ae]|d[ae]|den|dan))$")
APPOSITION = re.compile(r",\s([^,.;:\n“”\"]{3,60})(?=[,.])")
BEHIND_A_NAME = re.compile(r"\s(?:of|for|from|in|at|with|on|to)\s", re.IGNORECASE)
MAX_CLAIMANT_CHARS = 120
MAX_MENTIONS_BACK = 12


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who made a statement, as the article names them at their fullest."""

    name: str
    is_person: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody or something that the text named."""

    name: str
    is_person: bool
    is_plural: bool


@dataclass(frozen=True, slots=True)
class Person:
    """A person's full name with the words that described them where it was given ("foreign minister")."""

    name: str
    described_by: frozenset[str]


@dataclass
class Cast:
    """Who and what the article has named so far, in the order of the text."""

    pack: LanguagePack
    full_names: dict[str, Person] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    spoke_last: str | None = None


def claimants(
    text: str, found: Sequence[Found], sentences: Sequence[Sentence], pack: LanguagePack
) -> list[Claimant | None]:
    """The claimant of each statement, in the statements' order; None where nobody is named.

    The name is the fullest that the article gives up to that place or, for surnames, anywhere.
    """
    cast = Cast(pack)
    for sentence in sentences:
        for run in NAME_RUN.finditer(text, *sentence.span):
            introduce(cast, text, Span(*run.span()))
    named: list[Claimant | None] = []
    pending = deque(sentences)
    for each in found:
        while pending and pending[0].span.start < each.sentence.span.start:
            mention_subject(cast, text, pending.popleft())
        name = resolved(cast, text, each)
        named.append(Claimant(name, is_person(cast, name)) if name else None)
        if name:
            add_mention(cast, name)
            cast.spoke_last = name
    return named


def is_person(cast: Cast, name: str) -> bool:
    """Whether the name is one that the article gives to a person."""
    known = cast.full_names.get(name.split()[-1])
    return known is not None and known.name == name


def introduce(cast: Cast, text: str, run: Span) -> None:
    """Keep a person's full name, under the surname, with the titles before and behind it."""
    references = cast.pack.references
    words = run.of(text).split()
    titles = [i for i, word in enumerate(words) if word.lower() in references.titles]
    name = [POSSESSIVE.sub("", word) for word in words[titles[-1] + 1 if titles else 0 :]]
    if not 2 <= len(name) <= 4 or any(not is_name_word(word, cast.pack) for word in name):
        return
    described = frozenset(word.lower() for word in words[: len(words) - len(name)]) | apposition(
        text, run.end, cast.pack
    )
    known = cast.full_names.get(name[-1])
    if known is None:
        cast.full_names[name[-1]] = Person(" ".join(name), described)
    elif known.name == " ".join(name):
        cast.full_names[name[-1]] = Person(known.name, known.described_by | described)


def is_name_word(word: str, pack: LanguagePack) -> bool:
    """Whether the word may be part of a person's name: no organisation's word and no abbreviation but an initial."""
    return (
        word.lower() not in pack.references.organisations and (len(word) == 2 or "." not in word) and not word.isupper()
    )


def apposition(text: str, end: int, pack: LanguagePack) -> frozenset[str]:
    """The words of ", Turkey’s foreign minister," behind a name."""
    behind = APPOSITION.match(text, end)
    words = behind[1].lower().split() if behind else []
    return frozenset(words) if words and words[0] not in pack.references.relatives else frozenset()


def mention_subject(cast: Cast, text: str, sentence: Sentence) -> None:
    """Remember what the sentence is about: a later "it" or "he" may mean it."""
    subject = cast.pack.clause_subject(sentence.tokens, len(sentence.tokens))
    if subject is None:
        return
    tokens = sentence.tokens[subject[0] : subject[1]]
    if any(token.is_capital for token in tokens) and tokens[0].word not in pronouns(cast.pack):
        add_mention(cast, shortened(cast, text[tokens[0].start : tokens[-1].end]))


def add_mention(cast: Cast, name: str) -> None:
    """Append a mention of the name."""
    personal = is_person(cast, name)
    is_plural = not personal and (name.split()[-1].lower() in cast.pack.references.plurals or " and " in name)
    cast.mentions.append(Mention(name, personal, is_plural))


def resolved(cast: Cast, text: str, found: Found) -> str | None:
    """The name of a statement's claimant; for a pronoun of which we know no bearer, none."""
    if not found.statement.claimant:
        dropped = cast.pack.drops_subjects and found.statement.stance is not Stance.REPORTS
        return cast.spoke_last if dropped else None
    phrase = found.statement.claimant[0].of(text)
    word = phrase.lower()
    references = cast.pack.references
    if word in references.relatives:
        return before_relative(cast, text, found)
    if word in pronouns(cast.pack):
        return last_mentioned(cast, word)
    if (titled := by_title(cast, phrase)) is not None:
        return titled
    return shortened(cast, phrase)


def pronouns(pack: LanguagePack) -> frozenset[str]:
    """Every pronoun that stands for somebody else, relative ones too."""
    references = pack.references
    groups = (references.persons, references.things, references.groups, references.speakers)
    return references.relatives | frozenset(word for group in groups for word in group)


def before_relative(cast: Cast, text: str, found: Found) -> str | None:
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


def last_mentioned(cast: Cast, pronoun: str) -> str | None:
    """Whom the pronoun most likely means: the last that was named and fits it."""
    recent = list(reversed(cast.mentions[-MAX_MENTIONS_BACK:]))
    return next((mention.name for mention in recent if fits(mention, pronoun, cast.pack)), None)


def fits(mention: Mention, pronoun: str, pack: LanguagePack) -> bool:
    """Whether a pronoun can stand for what was mentioned."""
    if pronoun in pack.references.persons:
        return mention.is_person
    if pronoun in pack.references.things:
        return not mention.is_person and not mention.is_plural
    return pronoun not in pack.references.groups or not mention.is_person


def by_title(cast: Cast, phrase: str) -> str | None:
    """Whom "the minister" means: the one person whom the article introduces with these words, if it is one."""
    words = phrase.lower().split()
    references = cast.pack.references
    if len(words) < 2 or words[0] not in references.definite_articles or words[-1] not in references.titles:
        return None
    bearers = [person for person in cast.full_names.values() if set(words[1:]) <= person.described_by]
    return bearers[0].name if len(bearers) == 1 else None


def shortened(cast: Cast, phrase: str) -> str:
    """The phrase without asides; for a person, the full name alone."""
    bare = ASIDE.sub("", phrase).strip() or phrase.strip(" ,")
    bare = POSSESSIVE.sub("", bare)
    head = BEHIND_A_NAME.split(bare)[0]
    runs = list(NAME_RUN.finditer(head))
    if runs and runs[-1].end() == len(head) and not is_owner(head, runs[-1]):
        last = POSSESSIVE.sub("", runs[-1][0].split()[-1])
        known = cast.full_names.get(last)
        if known is not None and is_name_of(known, head, cast.pack):
            return known.name
    return bare[:MAX_CLAIMANT_CHARS]


def is_owner(head: str, run: re.Match[str]) -> bool:
    """Whether the run of names belongs to a longer name of another kind ("Trump Tower")."""
    return bool(run.start()) and head[: run.start()].rstrip().endswith(("&", "'", "’"))


def is_name_of(known: Person, head: str, pack: LanguagePack) -> bool:
    """Whether the phrase names the person and nothing beside titles: "Turkish Foreign Minister Fidan"."""
    parts = known.name.split()
    rest = [word for word in head.split() if word not in parts]
    if not rest:
        return True
    return any(word.lower().strip(",") in pack.references.titles for word in rest) or known.name in head
