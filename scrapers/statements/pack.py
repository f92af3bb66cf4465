"""What a language pack is made of."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from claims.drafts import Stance
from scrapers.statements.spans import Attribution, Token

MIN_QUOTED_CHARS = 40
# sentencex takes any tag; for one that it does not know it falls back to rules that fit most scripts.
NO_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class References:
    """Words that refer back, all in lower case.

    persons ("he"), things ("it") and groups ("they") stand for a claimant as subjects and possessives, speakers ("I")
    for who says the quotation; the dictionaries map each to whether it is a possessive. relatives ("which") stand for
    what goes before them. titles ("minister") and organisations ("ministry") tell what a name is the name of.
    contractions are what may be left of a verb behind a pronoun ("’re") and the verb.
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
    contractions: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LanguagePack:
    """One language: its rules for one sentence, where phrases and subjects stand, and what refers back.

    phrase_before gives where the noun phrase begins that ends before a token, clause_subject the subject of the main
    clause before a token. accusing holds the words of cues whose content is "somebody of something", doubtful those
    that speak of wishes and taste, expletive_after those that make an "it" before them stand for nobody.
    drops_subjects says that a statement without a claimant is by whoever spoke last.
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
