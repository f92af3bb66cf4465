"""A text's sentences as the attribution model reads them: quotations opened into words, and numbers for each word."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scrapers.statements.grammar import Grammar
from scrapers.statements.learned.chain import Codes, Counts, code
from scrapers.statements.sentences import plain_tokens
from scrapers.statements.spans import NUMBER, Attribution, Sentence, Span, Token, TokenKind

Flags = npt.NDArray[np.bool_]

# What goes beyond is no sentence of news; a model takes time and memory by the length.
MAX_TOKENS = 400
# Where a token stands in respect of quotations.
OUT, OPENING, WITHIN, CLOSING = 0, 1, 2, 3
# What a rule takes a token for: nothing, content, claimant or cue.
NO_ROLE, CONTENT_ROLE, CLAIMANT_ROLE, CUE_ROLE = 0, 1, 2, 3
SUFFIX_CHARS = 3
MAX_KEPT_CHARS = 40


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule attributes, as half-open ranges of the opened sentence's tokens; claimant may be empty."""

    cue: range
    content: tuple[range, ...]
    claimant: range

    def take(self, roles: Counts) -> None:
        """Write what the rule takes each token for into the sentence's roles."""
        for part in self.content:
            roles[part.start : part.stop] = CONTENT_ROLE
        roles[self.claimant.start : self.claimant.stop] = CLAIMANT_ROLE
        roles[self.cue.start : self.cue.stop] = CUE_ROLE


@dataclass(frozen=True, slots=True)
class Opened:
    """The tokens of a sentence up to the 400th, those of its quotations among them, with what the rules say of them."""

    tokens: tuple[Token, ...]
    places: tuple[int, ...]
    rules: tuple[Rule, ...]
    is_quotation: bool


def opened(text: str, sentence: Sentence, attributions: Sequence[Attribution]) -> Opened:
    """The sentence opened; attributions are what the language's rules find in it."""
    tokens: list[Token] = []
    places: list[int] = []
    for token in sentence.tokens:
        if token.is_quote:
            inner = list(plain_tokens(text, Span(token.start, token.end)))
            tokens += inner
            places += [OPENING, *[WITHIN] * (len(inner) - 2), CLOSING][: len(inner)]
        else:
            tokens.append(token)
            places.append(OUT)
    del tokens[MAX_TOKENS:], places[MAX_TOKENS:]
    starts = [token.start for token in tokens]
    rules = tuple(opened_rule(sentence, starts, each) for each in attributions)
    return Opened(tuple(tokens), tuple(places), rules, sentence.is_quotation)


def opened_rule(sentence: Sentence, starts: Sequence[int], attribution: Attribution) -> Rule:
    """The rule's ranges of the sentence's tokens as ranges of the opened ones, which begin at the starts."""

    def moved(part: tuple[int, int] | None) -> range:
        if part is None or part[0] >= part[1]:
            return range(0)
        first, last = sentence.tokens[part[0]], sentence.tokens[part[1] - 1]
        return range(bisect_left(starts, first.start), bisect_left(starts, last.end))

    return Rule(moved(attribution.cue), tuple(map(moved, attribution.content)), moved(attribution.claimant))


class Column:
    """Numbers for all tokens of a text, with those of their neighbours in the sentence."""

    def __init__(self, values: npt.NDArray[np.generic], left: Counts, right: Counts) -> None:
        self.here = values.astype(np.uint64) + np.uint64(1)
        self._padded = np.append(self.here, np.uint64(0))
        self._left, self._right = left, right

    @cached_property
    def before(self) -> Codes:
        """The values of the tokens before; 0 at a sentence's start."""
        return self.taken(self._left)

    @cached_property
    def behind(self) -> Codes:
        """The values of the tokens behind; 0 at a sentence's end."""
        return self.taken(self._right)

    @cached_property
    def two_before(self) -> Codes:
        """The values two tokens before."""
        return self.taken(np.append(self._left, len(self._left))[self._left])

    @cached_property
    def two_behind(self) -> Codes:
        """The values two tokens behind."""
        return self.taken(np.append(self._right, len(self._right))[self._right])

    @cached_property
    def three_behind(self) -> Codes:
        """The values three tokens behind."""
        right = np.append(self._right, len(self._right))
        return self.taken(right[right[self._right]])

    def taken(self, places: Counts) -> Codes:
        """The values at the places; 0 behind the last."""
        values: Codes = self._padded[places]
        return values


class Known(NamedTuple):
    """What the model knows of a token by itself, as numbers: codes of its names, then flags."""

    word: int
    kind: int
    stem: int
    frame: int
    suffix: int
    capital: int
    is_break: int
    is_finite: int
    opens_clause: int
    is_light: int
    is_passed_over: int
    has_frame: int


def known(grammar: Grammar, token: Token) -> Known:
    """The numbers of a token; kept for words of common length, since a text says the same ones again and again."""
    of_word = known_word if len(token.word) <= MAX_KEPT_CHARS else known_word.__wrapped__
    return of_word(grammar, token.word, token.is_word, token.kind is NUMBER, token.is_capital)


@lru_cache(maxsize=50_000)
def known_word(grammar: Grammar, word: str, is_word: bool, is_number: bool, is_capital: bool) -> Known:
    """The numbers of a token by what tells it from others."""
    kind = TokenKind.WORD if is_word else NUMBER if is_number else TokenKind.MARK
    word_class, frames = grammar.word_class(word, kind, is_capital), grammar.frames(word)
    return Known(
        word=code(word),
        kind=code(word_class),
        stem=code(grammar.stem(word)),
        frame=code(frames),
        suffix=code(word[-SUFFIX_CHARS:]),
        capital=int(is_capital),
        is_break=int(word in grammar.breaks),
        is_finite=int(word_class in grammar.finite_classes),
        opens_clause=int(word in grammar.clause_openers),
        is_light=int(word_class in grammar.light_classes),
        is_passed_over=int(word_class in grammar.passed_over),
        has_frame=int(bool(frames)),
    )


class Reading:
    """All sentences of a text side by side: columns of numbers, and where each sentence begins."""

    def __init__(self, sentences: Sequence[Opened], grammar: Grammar) -> None:
        self.sentences = sentences
        self.lengths = np.array([len(each.tokens) for each in sentences], dtype=np.int64)
        self.ends = np.cumsum(self.lengths)
        self.starts = self.ends - self.lengths
        rows = [known(grammar, token) for each in sentences for token in each.tokens]
        self.count = len(rows)
        table = np.array(rows, dtype=np.int64).reshape(self.count, len(Known._fields))
        of: dict[str, Counts] = {name: table[:, i] for i, name in enumerate(Known._fields)}
        self.position = np.arange(self.count, dtype=np.int64)
        self.start_of = np.repeat(self.starts, self.lengths)
        self.end_of = np.repeat(self.ends, self.lengths)
        left = np.where(self.position > self.start_of, self.position - 1, self.count)
        right = np.where(self.position + 1 < self.end_of, self.position + 1, self.count)
        self.places = np.array([place for each in sentences for place in each.places], dtype=np.int64)

        def column(values: Counts) -> Column:
            return Column(values, left, right)

        self.word, self.kind, self.stem = column(of["word"]), column(of["kind"]), column(of["stem"])
        self.frame, self.suffix = column(of["frame"]), column(of["suffix"])
        self.role_of = self.roles()
        self.place, self.role = column(self.places), column(self.role_of)
        self.capital = of["capital"]
        self.quoted = (self.places != OUT).astype(np.int64)
        self.has_quotation = self.by_sentence([int(any(each.places)) for each in sentences])
        self.is_quotation = self.by_sentence([int(each.is_quotation) for each in sentences])
        self.breaks = (of["is_break"] > 0) & (self.places != WITHIN)
        self.finite, self.light = of["is_finite"] > 0, of["is_light"] > 0
        self.comma = (of["word"] == code(",")) & (self.places == OUT)
        self.quote_mark = (self.places == OPENING) | (self.places == CLOSING)
        self.passed_over = of["is_passed_over"] > 0
        self.clause_opener, self.in_lexicon = of["opens_clause"] > 0, of["has_frame"] > 0

    def heads(self) -> tuple[Counts, Counts]:
        """The nearest token before, and behind, each that is no adverb, auxiliary or the like; the count for none."""
        steady = ~self.passed_over
        last = np.maximum.accumulate(np.where(steady, self.position, -1))
        before = np.concatenate([[-1], last[:-1]])
        following = np.minimum.accumulate(np.where(steady, self.position, self.count)[::-1])[::-1]
        behind = np.concatenate([following[1:], [self.count]])
        return (
            np.where(before >= self.start_of, before, self.count),
            np.where(behind < self.end_of, behind, self.count),
        )

    def roles(self) -> Counts:
        """What the rules take each token for; of two rules the later has its way."""
        roles = np.zeros(self.count, dtype=np.int64)
        for start, end, each in zip(self.starts, self.ends, self.sentences, strict=True):
            for rule in each.rules:
                rule.take(roles[start:end])
        return roles

    def by_sentence(self, values: Sequence[int]) -> Counts:
        """A value of each sentence for each of its tokens."""
        return np.repeat(np.array(values, dtype=np.int64), self.lengths)
