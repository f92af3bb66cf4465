"""What an active English verb attributes to its subject, before it, after it or shared with another verb."""

from collections.abc import Sequence
from dataclasses import replace

from claims.drafts import Stance
from scrapers.statements.en import words as w
from scrapers.statements.en.adjuncts import behind_adjuncts
from scrapers.statements.en.cues import CUES, STATEMENT_NOUNS, Cue, Form, Frame
from scrapers.statements.en.extents import CLAUSE_FRAMES, DASHES, content_before, content_end, goes_on, is_content
from scrapers.statements.en.phrases import clause_subject, is_nominal, phrase_after, phrase_before
from scrapers.statements.en.places import has_verb, position_of, word_at
from scrapers.statements.spans import Attribution, Pattern, Token

ACCUSING_PREPOSITION = {"charge": "with", "blame": "for", "fault": "for"}
# What follows these verbs' prepositions is what is stated.
ABOUT = {
    "warn": ("of", "about", "against"),
    "caution": ("of", "about", "against"),
    "complain": ("of", "about"),
    "boast": ("of", "about"),
}
NO_SUBJECT_BEHIND = w.PREPOSITIONS | w.OBJECT_PRONOUNS
NO_ASIDE_OPENERS = w.COORDINATORS | w.PREPOSITIONS
NO_OBJECT_OPENERS = w.PREPOSITIONS | {",", "and", "or"}
TRUE_PREPOSITIONS = w.PREPOSITIONS - {"after", "before", "since", "until", "as", "like", "on", "in"}


def by_active(tokens: Sequence[Token], start: int, end: int, cue: Cue, *, negated: bool) -> Attribution | None:
    """What an active verb group attributes to the subject before it, or after it where it is turned round."""
    if (turned := turned_round(tokens, start, end, cue)) is not None:
        return turned
    subject = phrase_before(tokens, start)
    if subject is not None and word_at(tokens, subject - 1) in TRUE_PREPOSITIONS:
        return None
    if subject is None:
        return shared_subject(tokens, start, end, cue, negated=negated)
    return with_subject(tokens, (subject, start), start, end, cue, negated=negated)


def shared_subject(tokens: Sequence[Token], start: int, end: int, cue: Cue, *, negated: bool) -> Attribution | None:
    """What a second verb of one subject attributes: "She left the talks and said …"."""
    if word_at(tokens, start - 1) not in {"and", "but", "then"}:
        return None
    subject = clause_subject(tokens, start)
    return None if subject is None else with_subject(tokens, subject, start, end, cue, negated=negated)


def turned_round(tokens: Sequence[Token], start: int, end: int, cue: Cue) -> Attribution | None:
    """As in "…," said the minister: the subject follows the verb."""
    if Frame.SAY not in cue.frames or start == 0 or start != end - 1 or not {Form.PAST, Form.PRESENT} & cue.forms:
        return None
    before = tokens[start - 1]
    quoted = before.is_quote or (before.word in {",", *DASHES} and start > 1 and tokens[start - 2].is_quote)
    if not quoted and before.word != ",":
        return None
    stop = phrase_after(tokens, end)
    if stop == end or word_at(tokens, end) in NO_SUBJECT_BEHIND:
        return None
    rest = word_at(tokens, stop)
    if not quoted and rest not in {".", ",", ""}:
        return None
    stop = with_aside(tokens, stop)
    content = [content_before(tokens, start)]
    if goes_on(tokens, stop) and tokens[stop + 1].is_quote:
        content.append((stop + 1, content_end(tokens, stop + 1)))
    return Attribution((start, end), tuple(content), (end, stop))


def with_aside(tokens: Sequence[Token], stop: int) -> int:
    """The end of a phrase moved behind an aside that tells who the claimant is: ", a spokesman for the group"."""
    if word_at(tokens, stop) != "," or stop + 1 >= len(tokens):
        return stop
    opener = tokens[stop + 1]
    cue = CUES.get(opener.word)
    if not opener.is_word or opener.word in NO_ASIDE_OPENERS or (cue and Form.PARTICIPLE in cue.forms):
        return stop
    for position in range(stop + 1, min(len(tokens), stop + 20)):
        if tokens[position].word in {",", ".", ";"} or tokens[position].is_quote:
            return position
    return stop


def with_subject(
    tokens: Sequence[Token], subject: tuple[int, int], start: int, end: int, cue: Cue, *, negated: bool
) -> Attribution | None:
    """What a verb group attributes to a subject that is known."""
    stance = Stance.REPORTS if negated else Stance.ASSERTS
    if word_at(tokens, subject[0]) in w.RELATIVE_PRONOUNS and word_at(tokens, subject[0] - 1) == ",":
        tokens = tokens[: position_of(",", tokens, end + 1, len(tokens))]
    if (relative := in_relative_clause(tokens, subject, start, end, cue, stance)) is not None:
        return replace(relative, pattern=Pattern.RELATIVE)
    if Frame.ACCUSE in cue.frames and (of := accused_of(tokens, end, cue)) is not None:
        content = ((end, content_end(tokens, of)),)
        return Attribution((start, end), content, subject, stance, pattern=Pattern.ACCUSATION)
    if Frame.DENY in cue.frames:
        return denial(tokens, subject, start, end, negated=negated)
    if cue.frames & CLAUSE_FRAMES:
        found = clause_or_speech(tokens, subject, start, end, cue, stance)
        if found is not None:
            return found
    if Frame.INTEND in cue.frames and word_at(tokens, end) == "to":
        content = ((end, content_end(tokens, end)),)
        return Attribution((start, end), content, subject, Stance.REPORTS, is_attitude=True)
    if cue.frames & {Frame.CALL, Frame.VIEW}:
        return of_object(tokens, subject, start, end, cue)
    return None


def in_relative_clause(
    tokens: Sequence[Token], subject: tuple[int, int], start: int, end: int, cue: Cue, stance: Stance
) -> Attribution | None:
    """As in "which Washington argued posed a risk", "whom Ankara accuses of plotting", "what she called a coup"."""
    pronoun = subject[0] - 1
    if word_at(tokens, pronoun) not in {"which", "whom", "what", "who"} and not is_relative_that(tokens, pronoun, end):
        return None
    after = end
    if Frame.ACCUSE in cue.frames:
        if word_at(tokens, end) != "of":
            return None
        end = after = end + 1
    stop = content_end(tokens, after)
    if stop == after or not cue.frames & {Frame.SAY, Frame.BELIEVE, Frame.SHOW, Frame.ACCUSE, Frame.CALL}:
        return None
    if word_at(tokens, after) == "as":
        after += 1
    if word_at(tokens, after) == "that":
        return None
    if word_at(tokens, pronoun) == "what" and tokens[after].is_quote:
        stop = after + 1
    return Attribution((start, end), ((pronoun, pronoun + 1), (after, stop)), subject, stance)


def is_relative_that(tokens: Sequence[Token], position: int, end: int) -> bool:
    """Whether the "that" at position stands for the noun before it, as in "a deal that she called “rotten”"."""
    before = tokens[position - 1] if position > 0 else None
    if word_at(tokens, position) != "that" or before is None or end >= len(tokens):
        return False
    if not is_nominal(before) or before.word in STATEMENT_NOUNS or before.word in CUES:
        return False
    return tokens[end].is_quote or tokens[end].word == "as" or has_verb(tokens[end : end + 1])


def accused_of(tokens: Sequence[Token], end: int, cue: Cue) -> int | None:
    """Where the preposition stands behind whom a verb accuses: "accused him of", "charged them with"."""
    preposition = ACCUSING_PREPOSITION.get(cue.lemma, "of")
    place = position_of(preposition, tokens, end, 16)
    return place if place is not None and place > end else None


def denial(
    tokens: Sequence[Token], subject: tuple[int, int], start: int, end: int, *, negated: bool
) -> Attribution | None:
    """As in "denied on Monday that …", "denied doing …", "rejected the claim that …"."""
    that = position_of("that", tokens, end, 10)
    after = end
    behind = behind_adjuncts(tokens, end, tells=False)
    if word_at(tokens, behind) == "that":
        after = behind
    elif that is not None and tokens[that - 1].word in STATEMENT_NOUNS:
        after, end = that, that
    stop = content_end(tokens, after)
    if stop == after:
        return None
    return Attribution((start, end), ((after, stop),), subject, Stance.REPORTS if negated else Stance.DENIES)


def clause_or_speech(
    tokens: Sequence[Token], subject: tuple[int, int], start: int, end: int, cue: Cue, stance: Stance
) -> Attribution | None:
    """What is said in a clause or a quotation after the verb, or before it where the verb ends the sentence."""
    after = behind_adjuncts(tokens, end, tells=Frame.TELL in cue.frames)
    before = subject[0] - 1
    following = word_at(tokens, after)
    if word_at(tokens, end) in ABOUT.get(cue.lemma, ()) and content_end(tokens, end + 1) > end + 1:
        return Attribution((start, end + 1), ((end + 1, content_end(tokens, end + 1)),), subject, stance)
    if before >= 0 and tokens[before].is_quote and not opens_speech(tokens, after):
        return Attribution((start, end), (content_before(tokens, subject[0]),), subject, stance)
    ends = after >= len(tokens) or following in {",", ".", ";", "?", "!", *DASHES}
    speech_follows = following == "," and after + 1 < len(tokens) and tokens[after + 1].is_quote
    set_apart = before >= 0 and (tokens[before].is_quote or tokens[before].word in {",", *DASHES})
    if ends and set_apart and cue.frames & CLAUSE_FRAMES and not (speech_follows and not tokens[before - 1].is_quote):
        content = [content_before(tokens, subject[0])]
        if goes_on(tokens, after):
            content.append((after + 1, content_end(tokens, after + 1)))
        return Attribution((start, end), tuple(content), subject, stance)
    if ends and not speech_follows:
        aside = position_of(",", tokens, after + 1, 8)
        if following != "," or aside is None or aside + 1 >= len(tokens):
            return None
        after = aside + 1
    after = after + 1 if speech_follows or word_at(tokens, after) in {":", ","} else after
    stop = content_end(tokens, after)
    if not is_content(tokens, after, stop, cue):
        return None
    return Attribution((start, end), ((after, stop),), subject, stance)


def opens_speech(tokens: Sequence[Token], position: int) -> bool:
    """Whether what is said begins at the position or goes on behind the mark there: not all of it went before."""
    if position >= len(tokens) or tokens[position].word in {"that", ",", ".", ":", ";", "?", "!", *DASHES}:
        return True
    return tokens[position].is_quote


def of_object(tokens: Sequence[Token], subject: tuple[int, int], start: int, end: int, cue: Cue) -> Attribution | None:
    """As in "called him a liar", "criticised the deal": the object and what is said of it."""
    if cue.lemma == "call" and word_at(tokens, end) in {"for", "on"}:
        content = ((end + 1, content_end(tokens, end + 1)),)
        return Attribution((start, end + 1), content, subject, Stance.REPORTS, is_attitude=True)
    stop = content_end(tokens, end)
    if stop <= end or word_at(tokens, end) in NO_OBJECT_OPENERS:
        return None
    said = Frame.CALL in cue.frames and any(token.is_quote or token.word == "as" for token in tokens[end:stop])
    stance = Stance.ASSERTS if said or cue.lemma == "call" else Stance.REPORTS
    return Attribution((start, end), ((end, stop),), subject, stance, is_attitude=stance is Stance.REPORTS)
