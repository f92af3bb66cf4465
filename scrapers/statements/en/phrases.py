"""Where English noun phrases begin and end: claimants before and after a cue, subjects of clauses, antecedents."""

from collections.abc import Sequence

from scrapers.statements.en import words as w
from scrapers.statements.en.cues import CUES, Form
from scrapers.statements.spans import NUMBER, Token

MAX_PHRASE_TOKENS = 25
# Reporting verbs that are no nouns too, in the forms that end a subject.
PLAIN_VERBS = frozenset(word for word, cue in CUES.items() if not cue.is_noun and {Form.PAST, Form.PRESENT} & cue.forms)
MAX_ASIDE_TOKENS = 30
MAX_ASIDES = 4
STOPS = frozenset([";", ":", "–", "—", "--", "-", "(", "[", "!", "?", "..."])
NOT_BEFORE_DETERMINERS = w.NAME_PREPOSITIONS | w.DETERMINERS
CLAUSE_WORDS = w.SUBORDINATORS | w.COORDINATORS | w.AUXILIARIES | w.RELATIVE_PRONOUNS
PRONOUNS_OF_PERSONS = w.PERSONAL_PRONOUNS | {"him", "them", "me", "us"}
PREPOSITIONS_OF_CLAUSES = w.PREPOSITIONS - w.NAME_PREPOSITIONS
NOT_NOMINAL = w.PREPOSITIONS | w.AUXILIARIES | w.SUBORDINATORS | w.COORDINATORS
WHOLE_PRONOUNS = w.PERSONAL_PRONOUNS | (w.OBJECT_PRONOUNS - {"her"})
BEHIND_PHRASES = w.AUXILIARIES | w.RELATIVE_PRONOUNS | w.SUBORDINATORS
NO_SUBJECT_OPENERS = w.PREPOSITIONS | w.SUBORDINATORS
ADVERBIAL_OPENERS = NO_SUBJECT_OPENERS | w.TIME_WORDS | {"asked", "back"}
BASE_VERBS = frozenset(word for word, cue in CUES.items() if not cue.is_noun and Form.BASE in cue.forms)


def phrase_before(tokens: Sequence[Token], end: int) -> int | None:
    """Where the noun phrase that ends right before tokens[end] begins, asides included; None where there is none.

    An aside is what stands between two commas or brackets: "Jane Doe, the minister, said".
    """
    if end <= 0:
        return None
    last = tokens[end - 1]
    if last.word == "," or last.word == ")":
        opening = aside_before(tokens, end - 1)
        return None if opening is None else named_before(tokens, opening)
    return None if last.is_quote else simple_phrase_before(tokens, end)


def named_before(tokens: Sequence[Token], end: int) -> int | None:
    """As phrase_before, for a phrase with an aside behind it; an aside leads on to what it is about."""
    start = phrase_before(tokens, end)
    for _ in range(MAX_ASIDES):
        if start is None or start < 2 or tokens[start - 1].word != "," or tokens[start].is_capital:
            return start
        start = phrase_before(tokens, start - 1)
    return start


def aside_before(tokens: Sequence[Token], closing: int) -> int | None:
    """Where the aside begins that the mark at closing ends: the position of its opening mark."""
    opener = "," if tokens[closing].word == "," else "("
    for position in range(closing - 1, max(-1, closing - MAX_ASIDE_TOKENS), -1):
        if tokens[position].word == opener:
            return position
        if tokens[position].word in STOPS and opener == ",":
            return None
    return None


def simple_phrase_before(tokens: Sequence[Token], end: int) -> int | None:
    """Where the noun phrase without asides begins that ends right before tokens[end]."""
    last = tokens[end - 1]
    if last.word in w.SUBJECT_PRONOUNS and last.word != "that":
        return end - 1
    position = end
    start: int | None = None
    while position > 0 and end - position < MAX_PHRASE_TOKENS:
        token = tokens[position - 1]
        if ends_phrase(tokens, position - 1, end):
            break
        position -= 1
        if token.word in w.DETERMINERS or token.word.endswith("'s"):
            start = position
            before = tokens[position - 1].word if position else ""
            if token.word in w.DETERMINERS and before not in NOT_BEFORE_DETERMINERS and before != "and":
                break
        elif token.word in w.NAME_PREPOSITIONS:
            if position == 0 or tokens[position - 1].word in w.COORDINATORS or not is_nominal(tokens[position - 1]):
                break
        else:
            start = position
    return None if start is None else trimmed_start(tokens, start, end)


def ends_phrase(tokens: Sequence[Token], position: int, end: int) -> bool:
    """Whether the token at position cannot belong to a phrase that runs from behind it to end."""
    token = tokens[position]
    if not (token.is_word or token.word in "&/'" or token.kind is NUMBER or token.word in {"$", "#", "@", "."}):
        return True
    if token.word == "." and not (position + 1 < end and tokens[position + 1].kind is NUMBER):
        return True
    if token.word == "and":
        return not joins_names(tokens, position, end)
    if token.word in CLAUSE_WORDS:
        return token.word not in w.NAME_PREPOSITIONS
    if token.word in PRONOUNS_OF_PERSONS or token.word in PREPOSITIONS_OF_CLAUSES:
        return True
    before = tokens[position - 1] if position else None
    if w.looks_finite(token.word) and not token.is_capital:
        return not (before is not None and (before.word in w.DETERMINERS or before.word.endswith("'s")))
    return False


def joins_names(tokens: Sequence[Token], position: int, end: int) -> bool:
    """Whether the "and" at position joins two names or two nouns rather than two clauses."""
    if position == 0 or position + 1 >= end:
        return False
    before, after = tokens[position - 1], tokens[position + 1]
    named = after.word == "the" and position + 2 < end and tokens[position + 2].is_capital
    if before.is_capital and (after.is_capital or named):
        return True
    return is_nominal(before) and not before.is_capital and not after.is_capital and after.word not in w.DETERMINERS


def is_nominal(token: Token) -> bool:
    """Whether the token may end a noun phrase."""
    return (
        (token.is_word or token.kind is NUMBER)
        and token.word not in NOT_NOMINAL
        and not (w.is_adverb(token.word) and not token.is_capital)
    )


def trimmed_start(tokens: Sequence[Token], start: int, end: int) -> int | None:
    """The start moved behind adverbs and times that open the sentence ("Later", "On Monday", "Last week")."""
    while start < end and (
        tokens[start].word in w.COORDINATORS
        or (w.is_adverb(tokens[start].word) and tokens[start].word not in {"both", "all", "first"})
        or (
            tokens[start].word in w.TIME_WORDS
            and not (tokens[start].word == "this" and end - start == 1)
            and start + 1 < end
        )
        or tokens[start].word in w.PREPOSITIONS
        or tokens[start].word in {".", "'", "/"}
    ):
        start += 1
    return start if start < end else None


def phrase_after(tokens: Sequence[Token], start: int) -> int:
    """Where the noun phrase that begins at tokens[start] ends (exclusive); start itself where there is none."""
    position = start
    if position < len(tokens) and tokens[position].word in WHOLE_PRONOUNS:
        return position + 1
    while position < len(tokens) and position - start < MAX_PHRASE_TOKENS:
        token = tokens[position]
        if token.word in {"'", "&", "/", "#", "@", "$"} or token.kind is NUMBER:
            position += 1
            continue
        if not token.is_word or token.word in BEHIND_PHRASES:
            break
        if token.word in w.COORDINATORS and not joins_names(tokens, position, len(tokens)):
            break
        if token.word in w.PREPOSITIONS and (position == start or not continues_name(tokens, position)):
            break
        if token.word in w.PERSONAL_PRONOUNS or (w.is_adverb(token.word) and not token.is_capital):
            break
        if w.looks_finite(token.word) and not token.is_capital and not after_determiner(tokens, position):
            break
        if token.word in w.TIME_WORDS and position > start and token.word != "may":
            break
        if position > start and reports(tokens, position) and not after_determiner(tokens, position):
            break
        position += 1
    return position


def reports(tokens: Sequence[Token], position: int) -> bool:
    """Whether the word is a reporting verb in a form that ends a subject: "said", "complains", "officials complain"."""
    word = tokens[position].word
    return word in PLAIN_VERBS or (word in BASE_VERBS and tokens[position - 1].word.endswith("s"))


def continues_name(tokens: Sequence[Token], position: int) -> bool:
    """Whether the preposition at position belongs to a name or office ("of the ministry") and not to the clause."""
    if tokens[position].word not in {"of", "for", "from", "at", "with", "to"}:
        return False
    after = tokens[position + 1] if position + 1 < len(tokens) else None
    return after is not None and after.is_word and after.word not in w.TIME_WORDS and not after.word.endswith("ing")


def after_determiner(tokens: Sequence[Token], position: int) -> bool:
    """Whether an article or a possessive stands right before the token."""
    return position > 0 and (tokens[position - 1].word in w.DETERMINERS or tokens[position - 1].word.endswith("'s"))


def clause_subject(tokens: Sequence[Token], before: int) -> tuple[int, int] | None:
    """The subject of the main clause in tokens[:before], as a half-open range; None where none is plain to see.

    What opens the sentence up to its first comma is passed over where it begins like an adverbial ("Since then, …").
    """
    for start in clause_starts(tokens, before):
        start_trimmed = start
        while start_trimmed < before and (
            tokens[start_trimmed].word in w.COORDINATORS
            or w.is_adverb(tokens[start_trimmed].word)
            or tokens[start_trimmed].word in {"-", "•"}
        ):
            start_trimmed += 1
        end = phrase_after(tokens, start_trimmed)
        if start_trimmed < end < before and tokens[start_trimmed].word not in NO_SUBJECT_OPENERS:
            return start_trimmed, end
    return None


def clause_starts(tokens: Sequence[Token], before: int) -> list[int]:
    """Where the main clause may begin: at the sentence's start unless an adverbial opens it, else after a comma."""
    if not tokens:
        return []
    first = next((token for token in tokens if token.is_word and token.word not in w.COORDINATORS), tokens[0])
    if first.word not in ADVERBIAL_OPENERS and not first.word.endswith("ing"):
        return [0]
    return [position + 1 for position in range(before - 1) if tokens[position].word == ","][:2]
