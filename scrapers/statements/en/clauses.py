"""How English sentences attribute: each pattern takes one sentence's tokens and returns what it attributes to whom."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.drafts import Stance
from scrapers.statements.en import words as w
from scrapers.statements.en.adjuncts import behind_adjuncts
from scrapers.statements.en.cues import CUES, HEARSAY, STATEMENT_NOUNS, Cue, Form, Frame
from scrapers.statements.en.extents import CLAUSE_FRAMES, content_end, is_content, tidy
from scrapers.statements.en.headlines import labelled, names_source
from scrapers.statements.en.nouns import by_noun
from scrapers.statements.en.passives import PARTICIPLE_OPENERS, by_passive, main_clause_behind, opens_sentence
from scrapers.statements.en.phrases import clause_subject
from scrapers.statements.en.places import word_at
from scrapers.statements.en.sources import OPENING_WORDS, according_to, hearsay, source_opener
from scrapers.statements.en.subjects import by_active
from scrapers.statements.en.verbs import can_be_base, group_start, is_verb, passive_at
from scrapers.statements.spans import Attribution, Pattern, Token

# No other word attributes anything.
ATTRIBUTING = OPENING_WORDS | HEARSAY | CUES.keys() | STATEMENT_NOUNS
CHAINED = w.CHAIN | w.REFUSALS
NEGATING = w.NEGATIONS | w.REFUSALS


def attributions(tokens: Sequence[Token]) -> Iterator[Attribution]:
    """Everything that the sentence attributes, in the order of the cues."""
    within = list(in_clauses(tokens))
    headline = labelled(tokens)
    if headline is None or (within and not names_source(tokens, headline)):
        yield from within
        return
    if (bare := tidy(tokens, headline)) is not None:
        yield replace(bare, pattern=Pattern.HEADLINE)
    yield from (found for found in within if found.cue[0] > headline.cue[0])


def in_clauses(tokens: Sequence[Token]) -> Iterator[Attribution]:
    """What the sentence's words attribute, its marks left aside."""
    claimant: tuple[int, int] | None = None
    taken = 0
    for position, token in enumerate(tokens):
        if token.word not in ATTRIBUTING or position < taken or not token.is_word:
            continue
        found = at(tokens, position, claimant)
        if found is not None and (found := tidy(tokens, found)) is not None:
            claimant = found.claimant or claimant
            taken = found.cue[1]
            yield found


def at(tokens: Sequence[Token], position: int, claimant: tuple[int, int] | None) -> Attribution | None:
    """What the word at the position attributes; claimant is who was named by the cue before it in the sentence."""
    word = tokens[position].word
    if (source := source_opener(tokens, position)) > position:
        return by(Pattern.SOURCE, according_to(tokens, position, source))
    if word in HEARSAY:
        return by(Pattern.HEARSAY, hearsay(tokens, position))
    found: Attribution | None = None
    if (cue := CUES.get(word)) is not None and is_verb(tokens, position, cue):
        found = by_verb(tokens, position, cue, claimant)
    if found is None and word in STATEMENT_NOUNS:
        found = by(Pattern.NOUN, by_noun(tokens, position))
    return found


def by(pattern: Pattern, found: Attribution | None) -> Attribution | None:
    """The attribution with the construction that it was found by."""
    return found and replace(found, pattern=pattern)


def by_verb(tokens: Sequence[Token], position: int, cue: Cue, claimant: tuple[int, int] | None) -> Attribution | None:
    """What the verb at position attributes; claimant is who was named by the cue before it in the sentence."""
    start = group_start(tokens, position)
    end = position + 1
    if cue.lemma == "point":
        if word_at(tokens, end) != "out":
            return None
        end += 1
    group = [token.word for token in tokens[start:position]]
    if cue.forms == {Form.PARTICIPLE} and w.BE.isdisjoint(group):
        return by(Pattern.PARTICIPLE, by_participle(tokens, position, end, cue, claimant))
    if Form.PAST in cue.forms and (passive_at(group) or is_accused(tokens, end, cue)):
        return by(Pattern.PASSIVE, by_passive(tokens, start, end, cue))
    if "to" in group and CHAINED.isdisjoint(group):
        return None
    if cue.forms <= {Form.BASE} and not can_be_base(tokens, start, group):
        return None
    return by_active(tokens, start, end, cue, negated=not NEGATING.isdisjoint(group))


def is_accused(tokens: Sequence[Token], end: int, cue: Cue) -> bool:
    """Whether an accusing verb has its preposition right behind it: "a man accused of", "charged with"."""
    return Frame.ACCUSE in cue.frames and word_at(tokens, end) in {"of", "with"}


def by_participle(
    tokens: Sequence[Token], position: int, end: int, cue: Cue, claimant: tuple[int, int] | None
) -> Attribution | None:
    """As in "…, arguing that …": the claimant is the subject of the main clause."""
    before = word_at(tokens, position - 1)
    if position and before not in PARTICIPLE_OPENERS and not w.is_adverb(before):
        return None
    if not cue.frames & (CLAUSE_FRAMES | {Frame.CALL, Frame.ACCUSE, Frame.DENY}):
        return None
    after = behind_adjuncts(tokens, end, tells=Frame.TELL in cue.frames)
    if word_at(tokens, after) in {":", ","}:
        after += 1
    stop = content_end(tokens, after)
    subject = claimant
    if claimant is None and opens_sentence(tokens, position) and (main := main_clause_behind(tokens, after, stop)):
        stop, subject = main
    subject = subject or clause_subject(tokens, position)
    if cue.frames & {Frame.CALL, Frame.ACCUSE, Frame.DENY} or (
        cue.frames & CLAUSE_FRAMES and is_content(tokens, after, stop, cue)
    ):
        stance = Stance.DENIES if Frame.DENY in cue.frames else Stance.ASSERTS
        return Attribution((position, end), ((after, stop),), subject, stance)
    return None
