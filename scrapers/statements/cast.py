"""Whom an article names: people with their titles and gender, and the short forms of organisations."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from scrapers.statements.pack import LanguagePack
from scrapers.statements.spans import Sentence, Span

NAME = r"[^\W\d_a-zçğıöşüäßéèáíóúñ][\w.'’-]*"
NAME_RUN = re.compile(rf"{NAME}(?:\s(?:al|bin|de|del|der|di|la|van|von|{NAME}))*")
POSSESSIVE = re.compile(r"(?:['’]s?|['’](?:n[ıiuü]n|[ıiuü]n|n?[ae]|y[ae]|d[ae]|den|dan))$")
APPOSITION = re.compile(r",\s([^,.;:\n“”\"]{3,60})(?=[,.])")
# "the Harbour Union (HU)": a name and its short form, which must be its words' first letters.
SHORT_FORM = re.compile(r"\s\(([A-ZÇĞİÖŞÜ]{2,8})\)")
# At the end of a sentence; behind a letter or two it is an abbreviation's.
FULL_STOP = re.compile(r"(?<=\w{3})\.$")
WORD_BEFORE = re.compile(r"(\w+) $")
MAX_WORD_CHARS = 20
MAX_APPOSITIONS = 3
# No article names as many; a list or a page of junk does, and every claimant is looked for among them.
MAX_PEOPLE = 500
BY_TITLE, BY_PRONOUN = 10, 1


@dataclass(frozen=True, slots=True)
class Person:
    """A person's full name, the words that described them where it was given ("foreign minister"), and appositions."""

    name: str
    described_by: frozenset[str]
    appositions: tuple[str, ...] = ()


class Run(NamedTuple):
    """A run of capitalised words, as the titles that it begins with and the name behind them."""

    span: Span
    described: list[str]
    name: list[str]


@dataclass
class Cast:
    """Whom and what the article names, each person under the surname, each organisation under its short form.

    genders counts, for a surname, what speaks for the masculine (above 0) and for the feminine (below). alone
    holds the surnames that the text uses without a first name.
    """

    pack: LanguagePack
    people: dict[str, Person] = field(default_factory=dict)
    long_forms: dict[str, str] = field(default_factory=dict)
    genders: dict[str, int] = field(default_factory=dict)
    alone: set[str] = field(default_factory=set)

    def person_called(self, name: str) -> Person | None:
        """The person whose full name it is."""
        known = self.people.get(name.split()[-1]) if name.strip() else None
        return known if known is not None and known.name == name else None

    def person_in(self, run: str) -> Person | None:
        """The person whose full name, or surname behind a title, the capitalised words are."""
        described, name = parts_of(run, self.pack)
        known = self.people.get(name[-1]) if name else None
        is_named = known is not None and (" ".join(name) == known.name or (len(name) == 1 and bool(described)))
        return known if is_named else None

    def is_surely_person(self, name: str) -> bool:
        """Whether a title, a pronoun or the surname alone says that the name is no company's or ship's."""
        known = self.person_called(name)
        references = self.pack.references
        if known is None:
            return False
        surname = name.split()[-1]
        titled = known.described_by & (references.titles | references.masculine | references.feminine)
        return bool(titled) or surname in self.alone or bool(self.genders.get(surname))

    def contradicts(self, name: str, pronoun: str) -> bool:
        """Whether the article gives the person the other gender than the pronoun's."""
        gender = self.genders.get(name.split()[-1], 0)
        references = self.pack.references
        return (gender > 0 and pronoun in references.feminine) or (gender < 0 and pronoun in references.masculine)


def cast_of(text: str, sentences: Sequence[Sentence], pack: LanguagePack) -> Cast:
    """Everybody whom the sentences name."""
    cast = Cast(pack)
    runs = [list(runs_in(text, sentence.span, pack)) for sentence in sentences]
    for named in runs:
        for run in named:
            introduce(cast, text, run)
    for sentence, named in zip(sentences, runs, strict=True):
        note_genders(cast, text, sentence, named)
    return cast


def runs_in(text: str, span: Span, pack: LanguagePack) -> Iterator[Run]:
    """The runs of capitalised words in the span."""
    for run in NAME_RUN.finditer(text, *span):
        yield Run(Span(*run.span()), *parts_of(run[0], pack))


def introduce(cast: Cast, text: str, run: Run) -> None:
    """Keep a person's full name, under the surname, with the titles before and behind it; or a name's short form."""
    end = run.span.end
    if (short := SHORT_FORM.match(text, end)) is not None:
        keep_long_form(cast, run.span.of(text), short[1])
    described, name = run.described, run.name
    if not 2 <= len(name) <= 4 or any(not is_name_word(word, cast.pack) for word in name):
        return
    behind = apposition(text, end, cast.pack)
    words = frozenset(word.lower() for word in described) | frozenset((behind or "").lower().split())
    known = cast.people.get(name[-1])
    appositions = (behind,) if behind else ()
    if known is None and len(cast.people) < MAX_PEOPLE:
        cast.people[name[-1]] = Person(" ".join(name), words, appositions)
    elif known is not None and known.name == " ".join(name):
        together = known.appositions if behind in known.appositions else known.appositions + appositions
        cast.people[name[-1]] = Person(known.name, known.described_by | words, together[:MAX_APPOSITIONS])


def parts_of(run: str, pack: LanguagePack) -> tuple[list[str], list[str]]:
    """The titles that a run of capitalised words begins with, and the name behind them."""
    words = FULL_STOP.sub("", run).split()
    titles = [i for i, word in enumerate(words) if is_title(word.lower(), pack)]
    start = titles[-1] + 1 if titles else 0
    return words[:start], [unowned(word) for word in words[start:]]


def unowned(word: str) -> str:
    """The word without a possessive's or a case's ending."""
    return POSSESSIVE.sub("", word) if "’" in word or "'" in word else word


def is_title(word: str, pack: LanguagePack) -> bool:
    """Whether the word stands before names: an office, or "Mr" and the like."""
    references = pack.references
    if word in references.titles or word in references.masculine or word in references.feminine:
        return True
    return word.endswith(".") and word.rstrip(".") in references.titles


def keep_long_form(cast: Cast, name: str, short: str) -> None:
    """Remember what the short form stands for, where its letters are the name's."""
    words = [word for word in name.split() if word.lower() not in cast.pack.references.definite_articles]
    tail = words[-len(short) :]
    if len(cast.long_forms) < MAX_PEOPLE and "".join(word[0] for word in tail).upper() == short.upper():
        cast.long_forms.setdefault(short, " ".join(tail))


def is_name_word(word: str, pack: LanguagePack) -> bool:
    """Whether the word may be part of a person's name: no organisation's word and no abbreviation but an initial."""
    return (
        word.lower() not in pack.references.organisations and (len(word) == 2 or "." not in word) and not word.isupper()
    )


def apposition(text: str, end: int, pack: LanguagePack) -> str | None:
    """The words of ", Turkey’s foreign minister," behind a name."""
    behind = APPOSITION.match(text, end)
    words = behind[1].split() if behind else []
    return " ".join(words) if words and words[0].lower() not in pack.references.relatives else None


def note_genders(cast: Cast, text: str, sentence: Sentence, runs: Sequence[Run]) -> None:
    """Count what tells the gender of the people whom the sentence names.

    A title counts for much; a pronoun behind the only person in a sentence, where all its pronouns agree, for little.
    """
    named = {}
    for run in runs:
        described, name, span = run.described, run.name, run.span
        if name and name[-1] in cast.people:
            person = cast.people[name[-1]]
            if len(name) == 1:
                cast.alone.add(name[0])
            named[name[-1]] = span
            before = WORD_BEFORE.search(text, max(0, span.start - MAX_WORD_CHARS), span.start)
            titles = [*described, *(before[1].split() if before else ())]
            count(cast, name[-1], {word.lower() for word in titles} | person.described_by, BY_TITLE)
    if len(named) == 1:
        [(surname, place)] = named.items()
        personal = cast.pack.references.persons
        behind = {token.word for token in sentence.tokens if token.word in personal and token.start > place.end}
        count(cast, surname, behind, BY_PRONOUN)


def count(cast: Cast, surname: str, words: set[str] | frozenset[str], weight: int) -> None:
    """Count words of one gender for it; words of both speak for neither."""
    references = cast.pack.references
    speaks = bool(words & references.masculine) - bool(words & references.feminine)
    if speaks:
        cast.genders[surname] = cast.genders.get(surname, 0) + speaks * weight
