"""What a language pack is made of."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from claims.drafts import Stance
from scrapers.statements.grammar import Grammar
from scrapers.statements.models import NO_MODELS, Models
from scrapers.statements.spans import Attribution, Token

MIN_QUOTED_CHARS = 40
# sentencex takes any tag; for one that it does not know it falls back to rules that fit most scripts.
NO_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class References:
    """Words that refer back, all in lower case.

    persons ("he"), things ("it") and groups ("they") stand for a claimant as subjects and possessives, speakers
    ("I") for who says the quotation; the dictionaries map each to whether it is a possessive. relatives ("which")
    stand for what goes before them. masculine and feminine hold the titles and pronouns that tell a person's
    gender, nobody the words that name nobody when they stand alone ("one", "many"), no_openers those that begin no
    name ("had"). many_speakers ("we") may be more than the claimant, first_person_verbs ("am") agree with a speaker
    alone. titles ("minister") and organisations ("ministry") tell what a name is the name of. contractions are what
    may be left of a verb behind a pronoun ("’re") and the verb.
    """

    persons: dict[str, bool]
    things: dict[str, bool]
    groups: dict[str, bool]
    speakers: dict[str, bool]
    relatives: frozenset[str]
    definite_articles: frozenset[str]
    titles: frozenset[str]
    organisations: frozenset[str]
    plurals: frozenset[str]
    possessive_suffix: str
    masculine: frozenset[str] = frozenset()
    feminine: frozenset[str] = frozenset()
    nobody: frozenset[str] = frozenset()
    no_openers: frozenset[str] = frozenset()
    indefinite_articles: frozenset[str] = frozenset()
    of_nouns: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    too_general: frozenset[str] = frozenset()
    many_speakers: frozenset[str] = frozenset()
    first_person_verbs: frozenset[str] = frozenset()
    contractions: dict[str, str] = field(default_factory=dict)


def declares_nothing(tokens: Sequence[Token]) -> bool:
    """Never: for a language of which we cannot tell a statement from a question."""
    return False


def no_phrase(tokens: Sequence[Token], start: int) -> int:
    """The start: no phrase begins there that we could know of."""
    return start


def ends_none(word: str) -> bool:
    """Never: for a language of which we do not know what ends a phrase."""
    return False


@dataclass(frozen=True, slots=True)
class LanguagePack:
    """One language: its rules for one sentence, where phrases and subjects stand, and what refers back.

    phrase_before gives where the noun phrase begins that ends before a token, phrase_after where one ends that
    begins there, ends_phrase whether a word ends any, clause_subject the subject of the main clause before a token.
    accusing holds the words of cues whose content is "somebody of something", doubtful those that speak of wishes
    and taste, expletive_after those that make an "it" before them stand for nobody. clause_openers ("that") begin
    what somebody says. drops_subjects says that a statement without a claimant is by whoever spoke last. declares
    tells whether a sentence that attributes nothing states something of its own, and is no question, heading or
    exclamation. grammar is what a trained model needs to be told of the words; without it rules do the work alone.
    """

    language: str
    attributions: Callable[[Sequence[Token]], Iterator[Attribution]]
    phrase_before: Callable[[Sequence[Token], int], int | None]
    clause_subject: Callable[[Sequence[Token], int], tuple[int, int] | None]
    references: References
    accusing: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()
    expletive_after: frozenset[str] = frozenset()
    drops_subjects: bool = False
    phrase_after: Callable[[Sequence[Token], int], int] = no_phrase
    ends_phrase: Callable[[str], bool] = ends_none
    clause_openers: frozenset[str] = frozenset()
    declares: Callable[[Sequence[Token]], bool] = declares_nothing
    models: Models = NO_MODELS
    grammar: Grammar | None = None


def quotations_only(language: str) -> LanguagePack:
    """A pack for a language whose grammar we do not know: long quotations, by nobody in particular."""
    nothing: dict[str, bool] = {}
    none: frozenset[str] = frozenset()
    return LanguagePack(
        language=language or NO_LANGUAGE,
        attributions=bare_quotations,
        phrase_before=lambda tokens, end: None,
        clause_subject=lambda tokens, before: None,
        references=References(nothing, nothing, nothing, nothing, none, none, none, none, none, ""),
    )


def bare_quotations(tokens: Sequence[Token]) -> Iterator[Attribution]:
    """Each long quotation as a statement without a claimant and a cue."""
    for position, token in enumerate(tokens):
        if token.is_quote and token.end - token.start >= MIN_QUOTED_CHARS:
            yield Attribution((position, position), ((position, position + 1),), None, Stance.REPORTS)
