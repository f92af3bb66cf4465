"""Nouns for what was stated, with the clause that says it: "Ankara's claim that …", "the warning by doctors that …"."""

from collections.abc import Sequence

from claims.drafts import Stance
from scrapers.statements.en import words as w
from scrapers.statements.en.cues import CUES
from scrapers.statements.en.extents import content_end
from scrapers.statements.en.phrases import phrase_after, phrase_before
from scrapers.statements.en.places import position_of, word_at
from scrapers.statements.en.verbs import group_start
from scrapers.statements.spans import Attribution, Token

MAX_SUBJECT_TOKENS = 12
DENIAL_NOUNS = frozenset(("denial", "denials"))
MAKING = frozenset(("make", "makes", "made", "making"))
# Behind one of these a second verb has a subject of its own.
NOT_BEFORE_NOUNS = w.DETERMINERS | w.PREPOSITIONS | w.AUXILIARIES
NOT_BEFORE_VERBS = w.AUXILIARIES | w.DETERMINERS
CLAUSE_LINKS = w.RELATIVE_PRONOUNS | w.SUBORDINATORS | w.COORDINATORS | w.PERSONAL_PRONOUNS | {",", ";"}


def by_noun(tokens: Sequence[Token], position: int) -> Attribution | None:
    """As in "Ankara's claim that …": the claimant is whose claim it is, where that is said."""
    that = clause_of_noun(tokens, position)
    if that is None:
        return None
    start = position
    while start > 0 and tokens[start - 1].is_word and not tokens[start - 1].word.endswith("'s"):
        word = tokens[start - 1].word
        if word in NOT_BEFORE_NOUNS or w.looks_finite(word) or word in CUES:
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
        if word_at(tokens, position + 1) == "by":
            owner = (position + 2, that)
        elif (maker := maker_of(tokens, position)) is not None:
            owner, start = maker
    stop = noun_clause_end(tokens, that)
    if stop - that < 3:
        return None
    stance = Stance.DENIES if tokens[position].word in DENIAL_NOUNS else Stance.REPORTS
    if start < position and owner and owner[1] == start and tokens[start].word in MAKING:
        stance = Stance.ASSERTS
    return Attribution((start, position + 1), ((that, stop),), owner, stance)


def clause_of_noun(tokens: Sequence[Token], position: int) -> int | None:
    """Where the "that" of the noun's clause stands: right behind it, behind a comma or behind "by" and who says so."""
    if word_at(tokens, position + 1) == "that":
        return position + 1
    if word_at(tokens, position + 1) == "by":
        end = phrase_after(tokens, position + 2)
        return end if end > position + 2 and word_at(tokens, end) == "that" else None
    is_owned = word_at(tokens, position - 1) in w.POSSESSIVES or word_at(tokens, position - 1).endswith("'s")
    return position + 2 if is_owned and [word_at(tokens, position + i) for i in (1, 2)] == [",", "that"] else None


def maker_of(tokens: Sequence[Token], position: int) -> tuple[tuple[int, int], int] | None:
    """Who makes the case and where "made" stands, as in "Doe made the case that …"."""
    verb = position - 2 if word_at(tokens, position - 1) in w.DETERMINERS else position - 1
    if word_at(tokens, verb) not in MAKING:
        return None
    start = group_start(tokens, verb)
    subject = phrase_before(tokens, start)
    return None if subject is None else ((subject, start), start)


def noun_clause_end(tokens: Sequence[Token], that: int) -> int:
    """Where a noun's clause ends: before the main clause's own verb where the noun is its subject."""
    stop = content_end(tokens, that)
    if word_at(tokens, that - 1) == ",":
        return position_of(",", tokens, that, stop - that) or stop
    verbs = [i for i in range(that + 1, stop) if is_finite(tokens, i)]
    opening = that <= MAX_SUBJECT_TOKENS and not any(is_finite(tokens, i) for i in range(that - 1))
    if not opening or len(verbs) < 2:
        return stop
    return next(
        (i for i in verbs[1:] if not any(token.word in CLAUSE_LINKS for token in tokens[verbs[0] + 1 : i])), stop
    )


def is_finite(tokens: Sequence[Token], position: int) -> bool:
    """Whether a finite verb group begins at the position, as far as can be told."""
    word = tokens[position].word
    before = word_at(tokens, position - 1)
    if before in NOT_BEFORE_VERBS or (w.is_adverb(before) and word_at(tokens, position - 2) in w.AUXILIARIES):
        return False
    return (word in w.AUXILIARIES and word not in {"to", "not", "be", "been", "being", "having"}) or (
        w.looks_finite(word) and not tokens[position].is_capital
    )
