"""Which English sentences state something by themselves: with a subject and a finite verb, and not as a question."""

from collections.abc import Sequence

from scrapers.statements.en.extents import QUESTION_WORDS
from scrapers.statements.en.phrases import clause_subject
from scrapers.statements.en.places import has_verb
from scrapers.statements.spans import NUMBER, Token

MIN_DECLARED_TOKENS, MAX_DECLARED_TOKENS = 8, 70
# What speaks to the reader or of the writer is no report.
QUESTION_OPENERS = QUESTION_WORDS - {"when", "where", "if"}
PERSONAL = frozenset(("i", "we", "you", "my", "our", "your", "me", "us"))


def declares(tokens: Sequence[Token]) -> bool:
    """Whether the sentence is a whole one that ends with a full stop, with a subject, a finite verb and no speaker."""
    if not MIN_DECLARED_TOKENS <= len(tokens) <= MAX_DECLARED_TOKENS or not ends_in_full_stop(tokens):
        return False
    first = tokens[0]
    if first.word in QUESTION_OPENERS:
        return False
    if not (first.is_capital or first.kind is NUMBER):
        return False
    if any(token.is_quote or token.word in PERSONAL for token in tokens):
        return False
    return has_verb(tokens) and clause_subject(tokens, len(tokens)) is not None


def ends_in_full_stop(tokens: Sequence[Token]) -> bool:
    """Whether the last token is a full stop, or an abbreviation's."""
    return tokens[-1].word.endswith(".") and tokens[-1].word != "..."
