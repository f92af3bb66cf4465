"""Who a claimant is: pronouns, surnames and titles resolved to the name that the article introduced."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from claims.drafts import Stance
from scrapers.statements.cast import NAME_RUN, POSSESSIVE, cast_of
from scrapers.statements.mentions import Resolving, add_mention, is_person, last_mentioned, pronouns
from scrapers.statements.naming import ASIDE, MAX_CLAIMANT_CHARS, by_title, shortened, whole_phrase
from scrapers.statements.pack import LanguagePack
from scrapers.statements.spans import Found, Sentence

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
