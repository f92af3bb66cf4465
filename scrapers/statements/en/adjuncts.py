"""What stands between an English reporting verb and what it reports: whom was told, when and where."""

from collections.abc import Sequence

from scrapers.statements.en import words as w
from scrapers.statements.en.places import has_verb, word_at
from scrapers.statements.spans import Token
from scrapers.statements.wordlists import word_set

MAX_ADJUNCT_TOKENS = 14
ADJUNCT_OPENERS = word_set(
    "in on at for since during from to via through by with after before earlier later early late"
)


def behind_adjuncts(tokens: Sequence[Token], start: int, *, tells: bool) -> int:
    """The position behind whom was told and when and where: "told reporters in Ankara on Monday that"."""
    if tells:
        return behind_told(tokens, start)
    limit = min(len(tokens), start + MAX_ADJUNCT_TOKENS)
    for position in range(start, limit):
        token = tokens[position]
        if position > start and tokens[start].word not in ADJUNCT_OPENERS and not is_time(tokens, start):
            break
        if token.is_quote or token.word in {":", ",", "."} or opens_clause(tokens, position, start):
            return position
    position = start
    while position < limit and (
        is_time(tokens, position)
        or (w.is_adverb(tokens[position].word) and word_at(tokens, position + 1) in {"", ".", ",", "that"})
        or (tokens[position].word in {"on", "in", "at"} and word_at(tokens, position + 1) in w.TIME_WORDS)
    ):
        position += 1
    return position


def behind_told(tokens: Sequence[Token], start: int) -> int:
    """The position behind whom was told, when and where: a quotation, "that" or a mark shows where it is."""
    addressee = behind_addressee(tokens, start)
    for position in range(start, min(len(tokens), start + MAX_ADJUNCT_TOKENS)):
        token = tokens[position]
        if token.is_quote or token.word == ":" or opens_clause(tokens, position, start):
            return position
        if token.word in {",", "."} and not has_verb(tokens[addressee:position]):
            return position
    return addressee


def behind_addressee(tokens: Sequence[Token], start: int) -> int:
    """The position behind the person who was told, where no "that" marks it."""
    if word_at(tokens, start) in w.OBJECT_PRONOUNS:
        return start + 1
    position = start
    while position < len(tokens) and tokens[position].is_word and names_addressee(tokens, position, start):
        position += 1
    while is_time(tokens, position) or (word_at(tokens, position) in {"on", "in"} and is_time(tokens, position + 1)):
        position += 1
    return position


def opens_clause(tokens: Sequence[Token], position: int, start: int) -> bool:
    """Whether the "that" at the position opens what is said, and not "that day" right behind the verb."""
    token = tokens[position]
    return token.word == "that" and position + 1 < len(tokens) and (position == start or tokens[start].word != "that")


def is_time(tokens: Sequence[Token], position: int) -> bool:
    """Whether the word says when; "this" and "last" do before another such word alone."""
    word = word_at(tokens, position)
    if word in {"this", "last", "next", "late", "early", "may"}:
        return word_at(tokens, position + 1) in w.TIME_WORDS
    return word in w.TIME_WORDS


def names_addressee(tokens: Sequence[Token], position: int, start: int) -> bool:
    """Whether the word belongs to the name of who is told: "The Star of Larkhaven"."""
    if tokens[position].is_capital or position == start:
        return True
    following = position + 1 < len(tokens) and tokens[position + 1].is_capital
    return tokens[position].word in {"of", "and"} and following
