"""Headlines and list items whose mark alone says who speaks: "Minister: bridge is safe", "Bridge is safe: minister"."""

from collections.abc import Sequence

from scrapers.statements.en import words as w
from scrapers.statements.en.cues import CUES
from scrapers.statements.en.places import has_verb
from scrapers.statements.spans import Attribution, Token
from scrapers.statements.wordlists import word_set

MAX_LABEL_TOKENS = 7
MAX_HEADLINE_TOKENS = 45
BULLETS = frozenset(("-", "–", "—", "•", "*", "·"))
SOURCES = (
    w.TITLES
    | w.ORGANISATION_WORDS
    | w.PLURAL_WORDS
    | word_set(
        "scientists researchers doctors engineers economists inspectors prosecutors ministers minister officials "
        "campaigners charity charities watchdog regulator survey review inquiry auditor auditors camp team union "
        "unions farmers workers teachers nurses scientist researcher expert witness witnesses lawyers scholars "
        "newspaper paper memo letter statement sources spokesperson pollster pollsters fact-check opposition"
    )
) - word_set(
    "news post times state house club party state journal interior defense defence finance foreign former vice"
)
SMALL_WORDS = w.PREPOSITIONS | w.DETERMINERS
MARKS = frozenset((":", "–", "—"))
VERBS = frozenset(word for word, cue in CUES.items() if not cue.is_noun)
# What may stand before a colon and is nobody.
LABELS = word_set(
    "also analysis answer background breaking budget business caption comment conclusion correction cricket "
    "culture editorial example exclusive explainer factbox football gallery health here how interview is it key "
    "live more note obituary opinion photo photos picture pictures podcast politics problem profile question quiz "
    "read recipe related result results review rugby science sport summary tennis that there these this those "
    "timeline travel update updated video watch weather what when where which who why "
)


def labelled(tokens: Sequence[Token]) -> Attribution | None:
    """What a colon, or a dash beside a quotation, attributes to the words on its other side."""
    start = 1 if tokens and tokens[0].word in BULLETS else 0
    if len(tokens) > MAX_HEADLINE_TOKENS:
        return None
    marks = [i for i in range(start, len(tokens)) if tokens[i].word in MARKS]
    colons = [i for i in marks if tokens[i].word == ":"]
    if len(colons) == 1:
        return before_colon(tokens, start, colons[0]) or behind_mark(tokens, start, colons[0])
    if not colons and len(marks) == 1 and tokens[marks[0] - 1].is_quote:
        return behind_mark(tokens, start, marks[0])
    return None


def before_colon(tokens: Sequence[Token], start: int, colon: int) -> Attribution | None:
    """As in "Minister: bridge is safe"; a mere name needs a quotation or a verb behind it."""
    rest = tokens[colon + 1 :]
    if not is_label(tokens[start:colon]) or len(rest) < 1 or rest[-1].word == "?" or rest[0].word in LABELS:
        return None
    label = tokens[start:colon]
    if rest[0].is_quote or is_source(label) or (all(token.is_capital for token in label) and has_verb(rest)):
        return Attribution((colon, colon + 1), ((colon + 1, len(tokens)),), (start, colon))
    return None


def behind_mark(tokens: Sequence[Token], start: int, mark: int) -> Attribution | None:
    """As in "Bridge is safe: minister" and "‘It was no accident’ – Doe on the fire"."""
    end = mark + 1
    while end < len(tokens) and tokens[end].is_word and tokens[end].word not in w.PREPOSITIONS:
        end += 1
    label = tokens[mark + 1 : end]
    quoted = mark == start + 1 and tokens[start].is_quote
    if quoted and is_label(label) and all(token.is_capital for token in label):
        return Attribution((mark, mark + 1), ((start, mark),), (mark + 1, end))
    ends = end == len(tokens) or (end == len(tokens) - 1 and tokens[end].word == ".")
    if ends and is_label(label) and is_source(label) and (quoted or has_verb(tokens[start:mark])):
        return Attribution((mark, mark + 1), ((start, mark),), (mark + 1, end))
    return None


def is_label(label: Sequence[Token]) -> bool:
    """Whether the words may be somebody's name or office and nothing else."""
    if not 0 < len(label) <= MAX_LABEL_TOKENS or any(token.word in LABELS for token in label):
        return False
    if len(label) == 1 and len(label[0].word) == 1:
        return False
    plain = [token for token in label if not token.is_capital and token.word not in SMALL_WORDS]
    return (
        all(token.is_word for token in label)
        and (label[0].is_capital or label[-1].word in SOURCES)
        and not any(w.looks_finite(token.word) or token.word in w.AUXILIARIES or token.word in VERBS for token in plain)
    )


def names_source(tokens: Sequence[Token], found: Attribution) -> bool:
    """Whether the attribution's claimant is plainly somebody who tells news, and not perhaps a place."""
    return found.claimant is not None and is_source(tokens[slice(*found.claimant)])


def is_source(label: Sequence[Token]) -> bool:
    """Whether the words end with, or begin with, one for who or what tells news: "minister", "UN report"."""
    return label[-1].word in SOURCES or (label[0].word in w.TITLES and len(label) > 1)
