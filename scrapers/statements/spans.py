"""The types that finding statements works with: spans, quotations, sentences, tokens and the statements themselves."""

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from claims.drafts import Stance, StatementKind


class Span(NamedTuple):
    """Characters of a text, the end exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The span's characters."""
        return text[self.start : self.end]

    def holds(self, offset: int) -> bool:
        """Whether the offset lies in the span."""
        return self.start <= offset < self.end


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement in a text: who made it, the words that say so, and what was stated.

    claimant may be empty ("it is alleged that"); each of the three may be several spans, in the text's order. A
    pronoun's claimant is the pronoun: scrapers.statements.claimants names whom it stands for. A relative clause's
    content begins with its pronoun ("which", "whom"), which stands for what goes before it.
    """

    claimant: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: StatementKind
    stance: Stance
    check_worthiness: float
    sentence: Span
    is_attitude: bool = False

    @property
    def is_own_voice(self) -> bool:
        """Whether the outlet states it itself: no words say that somebody does, and no quotation marks."""
        return not self.cue and not self.claimant and self.kind is StatementKind.INDIRECT


class TokenKind(Enum):
    """What a token is made of; a QUOTE is a whole quotation with its marks."""

    WORD = "word"
    NUMBER = "number"
    MARK = "mark"
    QUOTE = "quote"


# What loops ask for: looking a member up in its class takes longer than the question.
NUMBER, MARK = TokenKind.NUMBER, TokenKind.MARK


class Token(NamedTuple):
    """One word, number, mark or quotation; word is in lower case with straight apostrophes.

    is_word and is_quote say of the kind what is asked most often: a text asks thousands of times.
    """

    start: int
    end: int
    word: str
    kind: TokenKind
    is_capital: bool
    is_word: bool
    is_quote: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, its tokens in order; a quotation in it is never cut."""

    span: Span
    tokens: tuple[Token, ...]
    starts_paragraph: bool

    @property
    def is_quotation(self) -> bool:
        """Whether it holds a quotation and no word beside it."""
        has_quotation = False
        for token in self.tokens:
            if token.is_word or token.kind is NUMBER:
                return False
            has_quotation = has_quotation or token.is_quote
        return has_quotation


class Pattern(Enum):
    """By which construction a rule found an attribution."""

    VERB = "verb"
    PARTICIPLE = "participle"
    PASSIVE = "passive"
    NOUN = "noun"
    SOURCE = "source"
    HEARSAY = "hearsay"
    HEADLINE = "headline"
    RELATIVE = "relative"
    ACCUSATION = "accusation"


@dataclass(frozen=True, slots=True)
class Attribution:
    """What one cue attributes, as half-open ranges of its sentence's tokens.

    claimant is None where nobody is named. An attitude is a wish, a plan or a stand on something ("vowed to leave",
    "criticised the deal"): it is told of the claimant and states nothing that could be checked.
    """

    cue: tuple[int, int]
    content: tuple[tuple[int, int], ...]
    claimant: tuple[int, int] | None = None
    stance: Stance = Stance.ASSERTS
    is_attitude: bool = False
    pattern: Pattern = Pattern.VERB


@dataclass(frozen=True, slots=True)
class Spanned:
    """What one cue attributes, as characters of the text; each of the three may be several spans."""

    claimant: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    stance: Stance
    is_attitude: bool


def spanned(sentence: Sentence, attribution: Attribution) -> Spanned:
    """The attribution with its tokens' places in the text."""

    def spans(*ranges: tuple[int, int] | None) -> tuple[Span, ...]:
        tokens = sentence.tokens
        return tuple(Span(tokens[a].start, tokens[b - 1].end) for a, b in filter(None, ranges) if a < b)

    return Spanned(
        claimant=spans(attribution.claimant),
        cue=spans(attribution.cue),
        content=spans(*attribution.content),
        stance=attribution.stance,
        is_attitude=attribution.is_attitude,
    )


@dataclass(frozen=True, slots=True)
class Found:
    """A statement with the sentence that attributes it, whose tokens tell who a pronoun is."""

    statement: Statement
    sentence: Sentence
