"""English passives: "is accused of …", "it is alleged that …", "is said to have …", "was denied by …"."""

from collections.abc import Sequence

from claims.drafts import Stance
from scrapers.statements.en import words as w
from scrapers.statements.en.cues import CUES, PASSIVE_THAT, Cue, Frame
from scrapers.statements.en.extents import content_end
from scrapers.statements.en.phrases import phrase_after, phrase_before
from scrapers.statements.en.places import has_verb, position_of, word_at
from scrapers.statements.spans import Attribution, Token

ACCUSING_PREPOSITIONS = frozenset(("of", "with", "for"))
PARTICIPLE_OPENERS = frozenset((",", "by", "while", "before", "after", "and", "in", "without", "–", "—"))
MAX_ADVERBIAL_TOKENS = 5
ADVERBIAL_OPENERS = w.PREPOSITIONS | w.TIME_WORDS


def opens_sentence(tokens: Sequence[Token], position: int) -> bool:
    """Whether nothing but such words as "while" and "without ever" stands before the position."""
    return all(token.word in PARTICIPLE_OPENERS or w.is_adverb(token.word) for token in tokens[:position][:3]) and (
        position <= 3
    )


def main_clause_behind(tokens: Sequence[Token], start: int, stop: int) -> tuple[int, tuple[int, int]] | None:
    """The comma that ends what opens the sentence, and the subject of the main clause behind it."""
    for comma in range(start, stop):
        if tokens[comma].word != ",":
            continue
        end = phrase_after(tokens, comma + 1)
        if comma + 1 < end < len(tokens) and (
            has_verb(tokens[end : end + 2]) or CUES.get(tokens[end].word) or w.is_adverb(tokens[end].word)
        ):
            return comma, (comma + 1, end)
    return None


def by_passive(tokens: Sequence[Token], start: int, end: int, cue: Cue) -> Attribution | None:
    """As in "is accused of …", "it is alleged that …", "is said to have …": mostly by nobody who is named."""
    subject = phrase_before(tokens, start)
    after = word_at(tokens, end)
    if after == "by" and subject is not None:
        return by_agent(tokens, (subject, start), end, cue)
    if Frame.ACCUSE in cue.frames and after in ACCUSING_PREPOSITIONS:
        return accused(tokens, subject, start, end)
    if tokens[end - 1].word not in PASSIVE_THAT or subject is None:
        return None
    if word_at(tokens, subject) == "it" and (that := that_behind(tokens, end)) is not None:
        return Attribution((start, end), ((that, content_end(tokens, that)),), None, Stance.REPORTS)
    if after == "to" and tokens[end - 1].word in w.CHAIN and word_at(tokens, end + 1) in CUES:
        return None
    if after in {"to", "dead", "lost"}:
        return Attribution((start, end), ((subject, start), (end, content_end(tokens, end))), None, Stance.REPORTS)
    return None


def that_behind(tokens: Sequence[Token], end: int) -> int | None:
    """Where "that" stands right behind the verb, or behind a few words for when and where: "in May that"."""
    that = position_of("that", tokens, end, MAX_ADVERBIAL_TOKENS)
    return that if that == end or (that is not None and tokens[end].word in ADVERBIAL_OPENERS) else None


def accused(tokens: Sequence[Token], subject: int | None, start: int, end: int) -> Attribution | None:
    """As in "Doe is accused of …", "Doe, who is accused of …," and "Accused of …, Doe"."""
    if subject is not None:
        stop = content_end(tokens, end + 1)
        if word_at(tokens, subject) in w.RELATIVE_PRONOUNS:
            stop = position_of(",", tokens, end + 1, stop - end - 1) or stop
        return Attribution((start, end + 1), ((subject, start), (end + 1, stop)), None, Stance.REPORTS)
    fronted = main_clause_behind(tokens, end + 1, len(tokens)) if opens_sentence(tokens, start) else None
    if fronted is None:
        return None
    return Attribution((start, end + 1), ((end + 1, fronted[0]), fronted[1]), None, Stance.REPORTS)


def by_agent(tokens: Sequence[Token], subject: tuple[int, int], end: int, cue: Cue) -> Attribution | None:
    """As in "was denied by the bishop", "is accused by prosecutors of bribing a judge": the agent is the claimant."""
    stop = phrase_after(tokens, end + 1)
    if stop == end + 1:
        return None
    if Frame.DENY in cue.frames:
        return Attribution((subject[1], end + 1), (subject,), (end + 1, stop), Stance.DENIES)
    if Frame.ACCUSE in cue.frames and word_at(tokens, stop) in ACCUSING_PREPOSITIONS:
        return Attribution((subject[1], end + 1), (subject, (stop, content_end(tokens, stop + 1))), (end + 1, stop))
    return None
