"""What a language's grammar tells a trained model of its words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from claims.drafts import Stance
from scrapers.statements.spans import TokenKind


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """Classes and stems of words.

    frames names how a cue takes its content, empty for other words. finite_classes are the classes of finite verbs,
    light_classes those that are never a cue's main word, passed_over those that may stand between a subject and its
    verb, or a verb and its object. breaks are the words and marks that begin a new segment of a sentence,
    clause_openers ("that") those that begin what somebody says. stance and is_attitude tell of a cue's words what they
    do with what they attribute.
    """

    word_class: Callable[[str, TokenKind, bool], str]
    stem: Callable[[str], str]
    frames: Callable[[str], str]
    finite_classes: frozenset[str]
    light_classes: frozenset[str]
    passed_over: frozenset[str]
    breaks: frozenset[str]
    clause_openers: frozenset[str]
    stance: Callable[[Sequence[str]], Stance]
    is_attitude: Callable[[Sequence[str]], bool]
