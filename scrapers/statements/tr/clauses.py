"""How Turkish sentences attribute: the cue comes last, the claimant first, and what was stated stands between them."""

from collections.abc import Iterator, Sequence

from claims.drafts import Stance
from scrapers.statements.spans import Attribution, Token
from scrapers.statements.tr.cues import (
    ANONYMOUS_CUES,
    CLAUSE_ENDINGS,
    DENIAL_CUES,
    LONGEST_CUE_WORDS,
    REPORT_CUES,
    SPEECH_CUES,
)
from scrapers.statements.wordlists import word_set

MAX_CLAIMANT_TOKENS = 12
CUES = SPEECH_CUES | REPORT_CUES | DENIAL_CUES | ANONYMOUS_CUES
ACCORDING_SUFFIXES = ("a", "e", "ya", "ye", "na", "ne")
LEADING_WORDS = word_set("ancak ayrıca öte yandan ise fakat ama bugün dün bu arada daha sonra son olarak")
MARKS = frozenset((",", ".", ":", ";", "!", "?", "-", "–", "—", "..."))


def attributions(tokens: Sequence[Token]) -> Iterator[Attribution]:
    """Everything that the sentence attributes, in the order of the cues."""
    position = 0
    while position < len(tokens):
        end = cue_end(tokens, position)
        found: Attribution | None = None
        if end > position:
            found = by_cue(tokens, position, end)
        elif tokens[position].word == "göre":
            found = according_to(tokens, position)
        elif tokens[position].word == "diyen":
            found = who_says(tokens, position)
        if found is not None:
            yield found
        position = max(end, position + 1)


def cue_end(tokens: Sequence[Token], position: int) -> int:
    """Where the longest cue that begins at the position ends; the position itself where none does."""
    for length in range(LONGEST_CUE_WORDS, 0, -1):
        if tuple(token.word for token in tokens[position : position + length]) in CUES:
            return min(position + length, len(tokens))
    return position


def by_cue(tokens: Sequence[Token], start: int, end: int) -> Attribution | None:
    """What the cue attributes: the quotation around it, or the clause before it that ends in "…diğini"."""
    words = tuple(token.word for token in tokens[start:end])
    if (quote := quotation_by(tokens, start, end)) is not None:
        return Attribution((start, end), (quote,), claimant_before(tokens, min(quote[0], start)))
    if words in SPEECH_CUES or start == 0 or not tokens[start - 1].word.endswith(CLAUSE_ENDINGS):
        return None
    claimant = None if words in ANONYMOUS_CUES else claimant_before(tokens, start)
    first = claimant[1] if claimant else 0
    content = bare(tokens, first, start)
    if content is None:
        return None
    stance = Stance.DENIES if words in DENIAL_CUES else Stance.REPORTS if words in ANONYMOUS_CUES else Stance.ASSERTS
    return Attribution((start, end), (content,), claimant, stance)


def quotation_by(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int] | None:
    """The quotation right before the cue, or right behind it and a colon."""
    before = start - 1
    while before >= 0 and tokens[before].word in MARKS:
        before -= 1
    if before >= 0 and tokens[before].is_quote:
        return before, before + 1
    if end + 1 < len(tokens) and tokens[end].word == ":" and tokens[end + 1].is_quote:
        return end + 1, end + 2
    return None


def claimant_before(tokens: Sequence[Token], before: int) -> tuple[int, int] | None:
    """Who the sentence begins with: its words up to the first comma, else its first run of names."""
    start = 0
    while start < before and (tokens[start].word in LEADING_WORDS or tokens[start].word in MARKS):
        start += 1
    limit = min(before, start + MAX_CLAIMANT_TOKENS)
    for position in range(start, limit):
        token = tokens[position]
        if token.word == "," and position > start:
            return (start, position) if names_somebody(tokens[start:position]) else None
        if not token.is_word:
            break
    end = start
    while end < limit and tokens[end].is_word and tokens[end].is_capital:
        end += 1
    return (start, end) if end > start else None


def names_somebody(phrase: Sequence[Token]) -> bool:
    """Whether the phrase begins with a name and ends with one or with a word for people."""
    return bool(phrase) and phrase[0].is_capital and (phrase[-1].is_capital or "yetkili" in phrase[-1].word)


def according_to(tokens: Sequence[Token], position: int) -> Attribution | None:
    """As in "Bakanlığa göre …": the claimant stands before it in the dative."""
    start = position
    while start > 0 and tokens[start - 1].is_word and position - start < MAX_CLAIMANT_TOKENS:
        start -= 1
    if not names_somebody(tokens[start:position]) or not tokens[position - 1].word.endswith(ACCORDING_SUFFIXES):
        return None
    content = bare(tokens, position + 1, len(tokens))
    return None if content is None else Attribution((position, position + 1), (content,), (start, position))


def who_says(tokens: Sequence[Token], position: int) -> Attribution | None:
    """As in "“…” diyen Fidan": the claimant follows."""
    if position == 0 or not tokens[position - 1].is_quote:
        return None
    end = position + 1
    while end < len(tokens) and tokens[end].is_word and tokens[end].is_capital:
        end += 1
    if end == position + 1:
        return None
    return Attribution((position, position + 1), ((position - 1, position),), (position + 1, end))


def bare(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int] | None:
    """The range without marks at its ends; None where fewer than two words are left."""
    while start < end and tokens[start].word in MARKS:
        start += 1
    while end > start and tokens[end - 1].word in MARKS:
        end -= 1
    return (start, end) if end - start > 1 else None
