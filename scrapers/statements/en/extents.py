"""Where the words that a cue attributes begin and end, as ranges of an English sentence's tokens."""

from collections.abc import Sequence
from dataclasses import replace

from scrapers.statements.en import words as w
from scrapers.statements.en.cues import CUES, Cue, Form, Frame
from scrapers.statements.spans import Attribution, Token
from scrapers.statements.wordlists import word_set

MAX_ADJUNCT_TOKENS = 14
CLAUSE_FRAMES = frozenset((Frame.SAY, Frame.TELL, Frame.BELIEVE, Frame.SHOW))
DASHES = frozenset(("–", "—", "--", "-"))
ADJUNCT_OPENERS = word_set(
    "in on at for since during from to via through by with after before last this earlier later early late"
)
NEVER_WITH_OBJECT = word_set("say insist argue contend allege think")
QUESTION_WORDS = frozenset(("if", "whether", "how", "why", "what", "who", "when", "where", "which"))


def word_at(tokens: Sequence[Token], position: int) -> str:
    """The word at a position, empty outside the sentence."""
    return tokens[position].word if 0 <= position < len(tokens) else ""


def content_before(tokens: Sequence[Token], end: int) -> tuple[int, int]:
    """The range of what is said before a cue at the sentence's end: from the sentence's start to the comma."""
    start = 0
    while start < end and tokens[start].word in {"-", "•", "–", "—"}:
        start += 1
    for position in range(end - 1, start, -1):
        if tokens[position].word == ";":
            start = position + 1
            break
    while end > start and tokens[end - 1].word in {",", *DASHES}:
        end -= 1
    return start, end


def content_end(tokens: Sequence[Token], start: int) -> int:
    """Where what is said after a cue ends: at the sentence's end or where another attribution takes over."""
    for position in range(start + 1, len(tokens)):
        word = tokens[position].word
        if word in {";", ")"}:
            return position
        if word in {",", *DASHES} and takes_over(tokens, position + 1):
            return position
        if word == "according" and word_at(tokens, position + 1) == "to":
            return position
    return len(tokens)


def takes_over(tokens: Sequence[Token], position: int) -> bool:
    """Whether the words behind a comma attribute anew: "adding that …", "according to …", "but he denied …"."""
    word = word_at(tokens, position)
    cue = CUES.get(word)
    if cue is not None and cue.forms == {Form.PARTICIPLE} and cue.frames & (CLAUSE_FRAMES | {Frame.CALL}):
        return True
    return word == "according"


def behind_adjuncts(tokens: Sequence[Token], start: int, *, tells: bool) -> int:
    """The position behind whom was told and when and where: "told reporters in Ankara on Monday that"."""
    limit = min(len(tokens), start + MAX_ADJUNCT_TOKENS)
    for position in range(start, limit):
        token = tokens[position]
        opens = (
            position == start or tells or tokens[start].word in ADJUNCT_OPENERS or tokens[start].word in w.TIME_WORDS
        )
        if not opens:
            break
        if token.is_quote or token.word in {":", ",", "."}:
            return position
        if token.word == "that" and position + 1 < len(tokens) and (position == start or tokens[start].word != "that"):
            return position
    if tells:
        return behind_addressee(tokens, start)
    position = start
    while position < limit and (
        tokens[position].word in w.TIME_WORDS
        or (tokens[position].word in {"on", "in", "at"} and word_at(tokens, position + 1) in w.TIME_WORDS)
    ):
        position += 1
    return position


def behind_addressee(tokens: Sequence[Token], start: int) -> int:
    """The position behind the person who was told, where no "that" marks it."""
    if word_at(tokens, start) in w.OBJECT_PRONOUNS:
        return start + 1
    position = start
    while position < len(tokens) and tokens[position].is_word and (tokens[position].is_capital or (position == start)):
        position += 1
    return position


def goes_on(tokens: Sequence[Token], position: int) -> bool:
    """Whether what follows an inserted "he said," belongs to what was said."""
    token = tokens[position]
    if token.is_quote:
        return True
    cue = CUES.get(token.word)
    if cue is not None and Form.PARTICIPLE in cue.forms:
        return False
    return token.word not in w.PREPOSITIONS | w.RELATIVE_PRONOUNS | {"as", "but", "while", "adding", "and"}


def is_content(tokens: Sequence[Token], start: int, stop: int, cue: Cue) -> bool:
    """Whether the words after a verb are a clause or a quotation, and no mere object ("wrote a book")."""
    if stop <= start:
        return False
    first = tokens[start]
    if first.word in {"that", *QUESTION_WORDS} or any(token.is_quote for token in tokens[start:stop]):
        return True
    if first.word in w.PREPOSITIONS - {
        "in",
        "on",
        "at",
        "under",
        "if",
        "as",
        "by",
        "after",
        "since",
        "despite",
        "without",
    }:
        return False
    return stop - start > 2 and (cue.lemma in NEVER_WITH_OBJECT or has_verb(tokens[start:stop]))


def has_verb(tokens: Sequence[Token]) -> bool:
    """Whether one of the words is a finite verb, as far as can be told."""
    return any(
        token.word in w.AUXILIARIES - {"to", "not", "never"}
        or w.looks_finite(token.word)
        or token.word.endswith(("'s", "'re", "'ll", "'d"))
        for token in tokens
    )


def position_of(word: str, tokens: Sequence[Token], start: int, within: int) -> int | None:
    """Where the word stands next, at most so many tokens on."""
    return next((i for i in range(start, min(len(tokens), start + within)) if tokens[i].word == word), None)


def tidy(tokens: Sequence[Token], found: Attribution) -> Attribution | None:
    """The attribution with bare ranges: no marks at their ends, no leading "that"; None where no content is left."""
    content = tuple(part for each in found.content if (part := bare(tokens, each, is_content=True)) is not None)
    if not content:
        return None
    claimant = None if found.claimant is None else bare(tokens, found.claimant, is_content=False)
    return replace(found, content=content, claimant=claimant)


def bare(tokens: Sequence[Token], part: tuple[int, int], *, is_content: bool) -> tuple[int, int] | None:
    """The range without marks at its ends; content loses a leading "that" too. None where nothing is left."""
    start, stop = part
    while start < stop and tokens[start].kind.value == "mark" and tokens[start].word not in {"$", "#", "@", "["}:
        start += 1
    if is_content and start + 1 < stop and tokens[start].word == "that":
        start += 1
    while stop > start and tokens[stop - 1].kind.value == "mark" and tokens[stop - 1].word not in {"%", "]"}:
        stop -= 1
    return (start, stop) if start < stop else None
