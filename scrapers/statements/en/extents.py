"""Where the words that a cue attributes begin and end, as ranges of an English sentence's tokens."""

from collections.abc import Sequence
from dataclasses import replace

from scrapers.statements.en import words as w
from scrapers.statements.en.cues import CUES, Cue, Form, Frame
from scrapers.statements.spans import MARK, Attribution, Token
from scrapers.statements.wordlists import word_set

MAX_ADJUNCT_TOKENS = 14
MAX_NEW_SUBJECT_TOKENS = 8
# What may stand between a subject and a reporting verb is no sign that there is none.
NO_SUBJECT = (w.AUXILIARIES | w.SUBORDINATORS | w.RELATIVE_PRONOUNS) - word_set("has have had did not never")
JOINING = frozenset(("and", "but", "while", "though", "although"))
CLAUSE_FRAMES = frozenset((Frame.SAY, Frame.TELL, Frame.BELIEVE, Frame.SHOW))
REPORTING_FRAMES = CLAUSE_FRAMES | {Frame.DENY}
DASHES = frozenset(("–", "—", "--", "-"))
ADJUNCT_OPENERS = word_set(
    "in on at for since during from to via through by with after before earlier later early late"
)
NEVER_WITH_OBJECT = word_set("say insist argue contend allege think estimate predict reckon claim confirm rule")
# Without "that" these are other verbs: "held talks", "decided to leave", "the states".
WITH_THAT_ONLY = word_set("hold rule decide determine state remark mean")
QUESTION_WORDS = frozenset(("if", "whether", "how", "why", "what", "who", "when", "where", "which"))
CONTENT_OPENERS = QUESTION_WORDS | {"that"}
# Behind an inserted "he said," these begin something new.
NEVER_GOING_ON = w.PREPOSITIONS | w.RELATIVE_PRONOUNS | {"as", "but", "while", "adding", "and"}
# Behind a verb these begin an adjunct and no clause.
ADJUNCT_PREPOSITIONS = w.PREPOSITIONS - word_set("in on at under if as by after since despite without")
FINITE_AUXILIARIES = w.AUXILIARIES - {"to", "not", "never"}
COMMA_OR_DASH = DASHES | {","}
# Where content may end.
ENDING = COMMA_OR_DASH | JOINING | {";", ")", "according"}
# Past forms of reporting verbs that are nothing else: "knew", "told".
PAST_CUES = frozenset(word for word, cue in CUES.items() if Form.PAST in cue.forms and not cue.is_noun)
FINITE_WORDS = FINITE_AUXILIARIES | PAST_CUES


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
    while end > start and tokens[end - 1].word in COMMA_OR_DASH:
        end -= 1
    return start, end


def content_end(tokens: Sequence[Token], start: int) -> int:
    """Where what is said after a cue ends: at the sentence's end or where another attribution takes over."""
    for position in range(start + 1, len(tokens)):
        word = tokens[position].word
        if word not in ENDING:
            continue
        if word in {";", ")"}:
            return position
        if word in COMMA_OR_DASH and takes_over(tokens, position + 1):
            return position
        if word == "according" and word_at(tokens, position + 1) == "to":
            return position
        if word in JOINING and attributes_anew(tokens, position + 1):
            return position
    return len(tokens)


def takes_over(tokens: Sequence[Token], position: int) -> bool:
    """Whether the words behind a comma attribute anew: "adding that …", "according to …", "but he denied …"."""
    word = word_at(tokens, position)
    cue = CUES.get(word)
    if cue is not None and cue.forms == {Form.PARTICIPLE} and cue.frames & (CLAUSE_FRAMES | {Frame.CALL}):
        return True
    return word == "according"


def attributes_anew(tokens: Sequence[Token], position: int) -> bool:
    """Whether a second reporting clause begins behind "and" or "but": "and added that …", "but Doe said that …"."""
    for place in range(position, min(len(tokens), position + MAX_NEW_SUBJECT_TOKENS)):
        token = tokens[place]
        cue = CUES.get(token.word)
        if cue is not None and not cue.forms <= {Form.PARTICIPLE} and cue.frames & REPORTING_FRAMES:
            with_clause = word_at(tokens, place + 1) == "that"
            return with_clause or (not cue.is_noun and (place == position or is_set_apart(tokens, position - 1)))
        if not token.is_word or token.word in NO_SUBJECT:
            return False
    return False


def is_set_apart(tokens: Sequence[Token], position: int) -> bool:
    """Whether a comma stands before the position, or before a "but" a quotation, which may end in one."""
    if position <= 0:
        return False
    return tokens[position - 1].word == "," or (tokens[position].word == "but" and tokens[position - 1].is_quote)


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


def opens_clause(tokens: Sequence[Token], position: int, start: int) -> bool:
    """Whether the "that" at the position opens what is said, and not "that day" right behind the verb."""
    token = tokens[position]
    return token.word == "that" and position + 1 < len(tokens) and (position == start or tokens[start].word != "that")


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


def goes_on(tokens: Sequence[Token], position: int) -> bool:
    """Whether what follows an inserted "he said," belongs to what was said."""
    if position + 1 >= len(tokens) or tokens[position].word not in COMMA_OR_DASH | {"."}:
        return False
    token = tokens[position + 1]
    if token.is_quote or tokens[position].word == ".":
        return token.is_quote
    cue = CUES.get(token.word)
    if cue is not None and Form.PARTICIPLE in cue.forms:
        return False
    return token.word not in NEVER_GOING_ON


def is_content(tokens: Sequence[Token], start: int, stop: int, cue: Cue) -> bool:
    """Whether the words after a verb are a clause or a quotation, and no mere object ("wrote a book")."""
    if stop <= start:
        return False
    first = tokens[start]
    if first.word in CONTENT_OPENERS or any(token.is_quote for token in tokens[start:stop]):
        return True
    if cue.lemma in WITH_THAT_ONLY:
        return False
    if first.word in w.SUBJECTS_ONLY and stop - start > 1:
        return True
    if first.word in ADJUNCT_PREPOSITIONS:
        return False
    return stop - start > 2 and (cue.lemma in NEVER_WITH_OBJECT or has_verb(tokens[start:stop]))


def has_verb(tokens: Sequence[Token]) -> bool:
    """Whether one of the words is a finite verb, as far as can be told."""
    return any(may_be_finite(token.word) for token in tokens)


def may_be_finite(word: str) -> bool:
    """Whether the word is a finite verb, as far as it tells by itself, or has one behind an apostrophe."""
    return word in FINITE_WORDS or w.looks_finite(word) or word.endswith(("'s", "'re", "'ll", "'d"))


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
    while start < stop and tokens[start].kind is MARK and tokens[start].word not in {"$", "#", "@", "["}:
        start += 1
    if is_content and start + 1 < stop and tokens[start].word == "that":
        start += 1
    while stop > start and tokens[stop - 1].kind is MARK and tokens[stop - 1].word not in {"%", "]"}:
        stop -= 1
    return (start, stop) if start < stop else None
