"""Sources that a whole sentence is laid on: "according to the ministry", "per the report", "reportedly"."""

from collections.abc import Sequence

from claims.drafts import Stance
from scrapers.statements.en import words as w
from scrapers.statements.en.extents import COMMA_OR_DASH, DASHES, content_before, content_end
from scrapers.statements.en.places import has_verb, position_of, word_at
from scrapers.statements.spans import Attribution, Token

SOURCE_OPENERS = {
    "according": (("according", "to"),),
    "as": (("as", "per"),),
    "in": (("in", "the", "words", "of"), ("in", "the", "view", "of"), ("in", "the", "opinion", "of")),
}
OPENING_WORDS = frozenset((*SOURCE_OPENERS, "per"))
SOURCE_STOPS = frozenset((",", ".", ";", ":", *DASHES))
MAX_SOURCE_TOKENS = 25
MAX_APPOSITION_TOKENS = 12
MIN_CLAUSE_TOKENS = 3


def source_opener(tokens: Sequence[Token], position: int) -> int:
    """The position behind "according to" and the like; the position itself where none begins there."""
    if tokens[position].word not in OPENING_WORDS:
        return position
    for opener in SOURCE_OPENERS.get(tokens[position].word, ()):
        end = position + len(opener)
        if all(word_at(tokens, position + i) == word for i, word in enumerate(opener)):
            return end
    opens = position == 0 or word_at(tokens, position - 1) in {",", "and", "but"}
    if tokens[position].word == "per" and opens and word_at(tokens, position + 1) in {"the", "a"}:
        return position + 1
    return position


def according_to(tokens: Sequence[Token], position: int, start: int) -> Attribution | None:
    """As in "According to the ministry, …" and "…, according to the ministry"."""
    stop = source_end(tokens, start)
    if word_at(tokens, start) in {"plan", "schedule"} or stop == start:
        return None
    if position == 0 or (position == 1 and tokens[0].word in w.COORDINATORS) or tokens[position - 1].word == ":":
        content = [(stop + 1, content_end(tokens, stop + 1))]
    else:
        content = [content_before(tokens, position)]
        stop = behind_apposition(tokens, stop)
        if word_at(tokens, stop) in COMMA_OR_DASH and not is_clause(tokens[slice(*content[0])]):
            content.append((stop + 1, content_end(tokens, stop + 1)))
    return Attribution((position, start), tuple(content), (start, stop))


def source_end(tokens: Sequence[Token], start: int) -> int:
    """Where the phrase after "according to" ends, a relative clause or an apposition included."""
    stop = start
    while stop < len(tokens) and stop - start < MAX_SOURCE_TOKENS and tokens[stop].word not in SOURCE_STOPS:
        stop += 1
    if word_at(tokens, stop) == "," and word_at(tokens, stop + 1) in {"who", "which", "whose", "whom"}:
        return position_of(",", tokens, stop + 1, MAX_SOURCE_TOKENS) or stop
    return stop


def is_clause(tokens: Sequence[Token]) -> bool:
    """Whether what stands before "according to" is a whole clause, and not the subject of what follows."""
    return len(tokens) >= MIN_CLAUSE_TOKENS and (has_verb(tokens) or any(token.is_quote for token in tokens))


def behind_apposition(tokens: Sequence[Token], stop: int) -> int:
    """The end of the source moved behind who that is: "according to Jane Doe, the club's head of security, …"."""
    if word_at(tokens, stop) != "," or word_at(tokens, stop + 1) not in {"a", "an", "the", "another"}:
        return stop
    end = stop + 1
    while end < len(tokens) and end - stop < MAX_APPOSITION_TOKENS and tokens[end].word not in SOURCE_STOPS:
        end += 1
    return end if word_at(tokens, end) in {",", ".", ""} and not has_verb(tokens[stop + 1 : end]) else stop


def hearsay(tokens: Sequence[Token], position: int) -> Attribution | None:
    """As in "reportedly": the whole clause, said by nobody who is named."""
    start = content_before(tokens, position)[0]
    return Attribution(
        (position, position + 1),
        ((start, position), (position + 1, content_end(tokens, position + 1))),
        None,
        Stance.REPORTS,
    )
