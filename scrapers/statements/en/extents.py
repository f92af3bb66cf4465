"""Where the words that a cue attributes begin and end, as ranges of an English sentence's tokens."""

from collections.abc import Sequence
from dataclasses import replace

from scrapers.statements.en import words as w
from scrapers.statements.en.cues import CUES, Cue, Form, Frame
from scrapers.statements.en.places import has_verb, word_at
from scrapers.statements.spans import MARK, Attribution, Token
from scrapers.statements.wordlists import word_set

# What may stand between a subject and a reporting verb is no sign that there is none.
NO_SUBJECT = (w.AUXILIARIES | w.SUBORDINATORS | w.RELATIVE_PRONOUNS) - word_set("has have had did not never")
MAX_NEW_SUBJECT_TOKENS = 8
JOINING = frozenset(("and", "but", "while", "though", "although"))
CLAUSE_FRAMES = frozenset((Frame.SAY, Frame.TELL, Frame.BELIEVE, Frame.SHOW))
REPORTING_FRAMES = CLAUSE_FRAMES | {Frame.DENY}
DASHES = frozenset(("–", "—", "--", "-"))
NEVER_WITH_OBJECT = word_set("say insist argue contend allege think estimate predict reckon claim confirm rule")
# Without "that" these are other verbs: "held talks", "decided to leave", "the states".
WITH_THAT_ONLY = word_set("hold rule decide determine state remark mean")
QUESTION_WORDS = frozenset(("if", "whether", "how", "why", "what", "who", "when", "where", "which"))
CONTENT_OPENERS = QUESTION_WORDS | {"that"}
# Behind an inserted "he said," these begin something new.
NEVER_GOING_ON = w.PREPOSITIONS | w.RELATIVE_PRONOUNS | {"as", "but", "while", "adding", "and"}
# Behind a verb these begin an adjunct and no clause.
ADJUNCT_PREPOSITIONS = w.PREPOSITIONS - word_set("in on at under if as by after since despite without")
COMMA_OR_DASH = DASHES | {","}
# Where content may end.
ENDING = COMMA_OR_DASH | JOINING | {";", ")", "according"}


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


def tidy(tokens: Sequence[Token], found: Attribution) -> Attribution | None:
    """The attribution with bare ranges: no marks at their ends, no leading "that"; None where no content is left."""
    content = tuple(part for each in found.content if (part := bare(tokens, each, is_content=True)) is not None)
    if not content:
        return None
    claimant = None if found.claimant is None else bare(tokens, found.claimant, is_content=False)
    return replace(found, content=content, claimant=claimant)


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
