"""Looking at an English sentence's tokens: the word at a place, the place of a word, whether there is a verb."""

from collections.abc import Sequence

from scrapers.statements.en import words as w
from scrapers.statements.en.cues import CUES, Form
from scrapers.statements.spans import Token

FINITE_AUXILIARIES = w.AUXILIARIES - {"to", "not", "never"}
# Past forms of reporting verbs that are nothing else: "knew", "told".
PAST_CUES = frozenset(word for word, cue in CUES.items() if Form.PAST in cue.forms and not cue.is_noun)
FINITE_WORDS = FINITE_AUXILIARIES | PAST_CUES


def word_at(tokens: Sequence[Token], position: int) -> str:
    """The word at a position, empty outside the sentence."""
    return tokens[position].word if 0 <= position < len(tokens) else ""


def position_of(word: str, tokens: Sequence[Token], start: int, within: int) -> int | None:
    """Where the word stands next, at most so many tokens on."""
    return next((i for i in range(start, min(len(tokens), start + within)) if tokens[i].word == word), None)


def has_verb(tokens: Sequence[Token]) -> bool:
    """Whether one of the words is a finite verb, as far as can be told."""
    return any(may_be_finite(token.word) for token in tokens)


def may_be_finite(word: str) -> bool:
    """Whether the word is a finite verb, as far as it tells by itself, or has one behind an apostrophe."""
    return word in FINITE_WORDS or w.looks_finite(word) or word.endswith(("'s", "'re", "'ll", "'d"))
