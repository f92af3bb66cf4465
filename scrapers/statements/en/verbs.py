"""Whether an English cue's word is a verb where it stands, and which words make up its verb group."""

from collections.abc import Sequence

from scrapers.statements.en import words as w
from scrapers.statements.en.cues import Cue, Form
from scrapers.statements.en.extents import QUESTION_WORDS
from scrapers.statements.en.places import word_at
from scrapers.statements.spans import Token

MAX_MODIFIER_TOKENS = 6
BARE_PREPOSITIONS = w.PREPOSITIONS - {"to"}
CONTENT_OPENERS = (
    w.DETERMINERS | w.PERSONAL_PRONOUNS | w.OBJECT_PRONOUNS | QUESTION_WORDS | {"that", "to", ",", ":", "there"}
)
CHAINED = (w.CHAIN | w.REFUSALS) - w.AUXILIARIES
BEFORE_BASE = w.AUXILIARIES - w.BE


def is_verb(tokens: Sequence[Token], position: int, cue: Cue) -> bool:
    """Whether the cue's word is a verb here, as far as its neighbours tell."""
    before = word_at(tokens, position - 1)
    if tokens[position].is_capital and position and tokens[position - 1].is_word:
        return False
    if cue.forms == {Form.PARTICIPLE}:
        return True
    if before.endswith("'s") or before in w.POSSESSIVES or before in {"a", "an", "the", "no", "any", "such"}:
        return False
    if before in BARE_PREPOSITIONS:
        return False
    if not cue.is_noun:
        return True
    return position > 0 and (Form.PAST in cue.forms or opens_content(tokens, position + 1))


def opens_content(tokens: Sequence[Token], position: int) -> bool:
    """Whether a clause, a quotation or an object may begin at the position, so that the word before it is a verb."""
    if position >= len(tokens):
        return True
    token = tokens[position]
    return token.word in CONTENT_OPENERS or token.is_quote or token.is_capital


def group_start(tokens: Sequence[Token], position: int) -> int:
    """Where the verb group begins whose main verb stands at position: "has long insisted", "went on to say"."""
    start = position
    while start > 0:
        word = tokens[start - 1].word
        chained = word in CHAINED and word_at(tokens, start) in {"to", "on"}
        going_on = word == "on" and word_at(tokens, start) == "to"
        if (
            word in w.AUXILIARIES
            or chained
            or going_on
            or (w.is_adverb(word) and not tokens[start - 1].is_capital)
            or word in {"n't", "'s", "'ve", "'d"}
        ):
            start -= 1
        else:
            break
    while (
        start < position and w.is_adverb(tokens[start].word) and tokens[start].word in {"both", "all", "now", "however"}
    ):
        start += 1
    return start


def passive_at(group: Sequence[str]) -> bool:
    """Whether the words before a past form make it a passive."""
    verbs = [word for word in group if not w.is_adverb(word)]
    return bool(verbs) and verbs[-1] in w.BE


def can_be_base(tokens: Sequence[Token], start: int, group: Sequence[str]) -> bool:
    """Whether a base form can stand here: after an auxiliary, or after a plural subject."""
    if not BEFORE_BASE.isdisjoint(group):
        return True
    before = word_at(tokens, start - 1)
    if before in {"they", "we", "i", "you", "who", "some", "others", "many", "people", "and"}:
        return before != "and"
    return looks_plural(before) or looks_plural(head_before(tokens, start))


def looks_plural(word: str) -> bool:
    """Whether the word is a plural, as far as its ending tells."""
    return word.endswith("s") and not word.endswith(("ss", "'s", "us"))


def head_before(tokens: Sequence[Token], end: int) -> str:
    """The noun that "of the yard" or "for the singer" before tokens[end] belongs to; empty where there is none."""
    for position in range(end - 1, max(0, end - MAX_MODIFIER_TOKENS), -1):
        if not tokens[position].is_word:
            return ""
        if tokens[position].word in {"of", "for", "in", "at", "from"}:
            return tokens[position - 1].word
    return ""
