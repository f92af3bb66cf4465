"""How English sentences attribute: each pattern takes one sentence's tokens and returns what it attributes to whom."""

from collections.abc import Iterator, Sequence

from claims.drafts import Stance
from scrapers.statements.en import words as w
from scrapers.statements.en.cues import CUES, HEARSAY, PASSIVE_THAT, STATEMENT_NOUNS, Cue, Form, Frame
from scrapers.statements.en.extents import (
    CLAUSE_FRAMES,
    DASHES,
    behind_adjuncts,
    content_before,
    content_end,
    is_content,
    tidy,
    word_at,
)
from scrapers.statements.en.phrases import clause_subject, phrase_before
from scrapers.statements.en.subjects import by_active
from scrapers.statements.en.verbs import can_be_base, group_start, is_verb, passive_at
from scrapers.statements.spans import Attribution, Token

PARTICIPLE_OPENERS = frozenset((",", "by", "while", "before", "after", "and", "in", "without", "–", "—"))


def attributions(tokens: Sequence[Token]) -> Iterator[Attribution]:
    """Everything that the sentence attributes, in the order of the cues."""
    claimant: tuple[int, int] | None = None
    for position, token in enumerate(tokens):
        if not token.is_word:
            continue
        found: Attribution | None = None
        if token.word == "according" and word_at(tokens, position + 1) == "to":
            found = according_to(tokens, position)
        elif token.word in HEARSAY:
            found = hearsay(tokens, position)
        elif (cue := CUES.get(token.word)) is not None and is_verb(tokens, position, cue):
            found = by_verb(tokens, position, cue, claimant)
        elif token.word in STATEMENT_NOUNS and word_at(tokens, position + 1) == "that":
            found = by_noun(tokens, position)
        if found is not None and (found := tidy(tokens, found)) is not None:
            claimant = found.claimant or claimant
            yield found


def by_verb(tokens: Sequence[Token], position: int, cue: Cue, claimant: tuple[int, int] | None) -> Attribution | None:
    """What the verb at position attributes; claimant is who was named by the cue before it in the sentence."""
    start = group_start(tokens, position)
    end = position + 1
    if cue.lemma == "point":
        if word_at(tokens, end) != "out":
            return None
        end += 1
    group = [token.word for token in tokens[start:position]]
    if cue.forms == {Form.PARTICIPLE} and not set(group) & w.BE:
        return by_participle(tokens, position, end, cue, claimant)
    if Form.PAST in cue.forms and (passive_at(group) or (Frame.ACCUSE in cue.frames and word_at(tokens, end) == "of")):
        return by_passive(tokens, start, end, cue)
    if "to" in group and not set(group) & (w.CHAIN | w.REFUSALS):
        return None
    if cue.forms <= {Form.BASE} and not can_be_base(tokens, start, group):
        return None
    return by_active(tokens, start, end, cue, negated=bool(set(group) & (w.NEGATIONS | w.REFUSALS)))


def by_participle(
    tokens: Sequence[Token], position: int, end: int, cue: Cue, claimant: tuple[int, int] | None
) -> Attribution | None:
    """As in "…, arguing that …": the claimant is the subject of the main clause."""
    before = word_at(tokens, position - 1)
    if position and before not in PARTICIPLE_OPENERS and not w.is_adverb(before):
        return None
    if not cue.frames & (CLAUSE_FRAMES | {Frame.CALL, Frame.ACCUSE, Frame.DENY}):
        return None
    subject = claimant or clause_subject(tokens, position)
    after = behind_adjuncts(tokens, end, tells=Frame.TELL in cue.frames)
    if word_at(tokens, after) in {":", ","}:
        after += 1
    stop = content_end(tokens, after)
    if cue.frames & {Frame.CALL, Frame.ACCUSE} or (cue.frames & CLAUSE_FRAMES and is_content(tokens, after, stop, cue)):
        stance = Stance.DENIES if Frame.DENY in cue.frames else Stance.ASSERTS
        return Attribution((position, end), ((after, stop),), subject, stance)
    return None


def by_passive(tokens: Sequence[Token], start: int, end: int, cue: Cue) -> Attribution | None:
    """As in "is accused of …", "it is alleged that …", "is said to have …": by nobody who is named."""
    subject = phrase_before(tokens, start)
    after = word_at(tokens, end)
    if Frame.ACCUSE in cue.frames and after == "of" and subject is not None:
        return Attribution(
            (start, end + 1), ((subject, start), (end + 1, content_end(tokens, end + 1))), None, Stance.REPORTS
        )
    if tokens[end - 1].word not in PASSIVE_THAT or subject is None:
        return None
    if after == "that" and word_at(tokens, subject) == "it":
        return Attribution((start, end), ((end, content_end(tokens, end)),), None, Stance.REPORTS)
    if after == "to":
        return Attribution((start, end), ((subject, start), (end, content_end(tokens, end))), None, Stance.REPORTS)
    return None


def by_noun(tokens: Sequence[Token], position: int) -> Attribution | None:
    """As in "Ankara's claim that …": the claimant is whose claim it is, where that is said."""
    start = position
    while start > 0 and tokens[start - 1].is_word and not tokens[start - 1].word.endswith("'s"):
        word = tokens[start - 1].word
        if word in w.DETERMINERS | w.PREPOSITIONS | w.AUXILIARIES or w.looks_finite(word) or word in CUES:
            break
        start -= 1
    owner: tuple[int, int] | None = None
    before = start - 1
    if before >= 0 and tokens[before].word.endswith(("'s", "s'")):
        owner_start = phrase_before(tokens, start)
        owner = None if owner_start is None else (owner_start, start)
    elif before >= 0 and tokens[before].word in w.POSSESSIVES:
        owner = (before, start)
    if owner is None:
        start = position
    stop = content_end(tokens, position + 1)
    if stop - position < 4:
        return None
    return Attribution((start, position + 1), ((position + 1, stop),), owner, Stance.REPORTS)


def according_to(tokens: Sequence[Token], position: int) -> Attribution | None:
    """As in "According to the ministry, …" and "…, according to the ministry"."""
    start = position + 2
    stop = start
    while stop < len(tokens) and stop - start < 25 and tokens[stop].word not in {",", ".", ";", ":", *DASHES}:
        stop += 1
    if stop == start:
        return None
    if position == 0 or (position == 1 and tokens[0].word in w.COORDINATORS):
        content = [(stop + 1, content_end(tokens, stop + 1))]
    else:
        content = [content_before(tokens, position)]
        if word_at(tokens, stop) == "," and content[0][1] - content[0][0] < 4:
            content.append((stop + 1, content_end(tokens, stop + 1)))
    return Attribution((position, position + 2), tuple(content), (start, stop))


def hearsay(tokens: Sequence[Token], position: int) -> Attribution | None:
    """As in "reportedly": the whole clause, said by nobody who is named."""
    start = content_before(tokens, position)[0]
    return Attribution(
        (position, position + 1),
        ((start, position), (position + 1, content_end(tokens, position + 1))),
        None,
        Stance.REPORTS,
    )
