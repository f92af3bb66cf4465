"""What English words are, as far as a trained model is told: class, stem, and how a cue takes its content."""

from scrapers.statements.en import words as w
from scrapers.statements.en.cues import CUES, STATEMENT_NOUNS, Form
from scrapers.statements.en.stances import is_attitude, stance
from scrapers.statements.grammar import Grammar
from scrapers.statements.spans import TokenKind
from scrapers.statements.wordlists import word_set

# The first class that has a word is its class; what a capital begins is a name only behind these.
CLOSED_CLASSES = (
    ("PRO", w.PERSONAL_PRONOUNS),
    ("OPRO", w.OBJECT_PRONOUNS),
    ("POS", w.POSSESSIVES),
    ("REL", frozenset(("who", "which", "whom"))),
    ("THAT", frozenset(("that",))),
    ("TO", frozenset(("to",))),
    ("BE", w.BE),
    ("AUX", w.AUXILIARIES),
    ("DET", w.DETERMINERS),
    ("CC", w.COORDINATORS),
    ("IN", w.PREPOSITIONS),
    ("SUB", w.SUBORDINATORS),
)
CLOSED = {word: name for name, words in reversed(CLOSED_CLASSES) for word in words}
FINITE_CLASSES = frozenset(("FIN", "AUX", "BE", "CUED"))
# Never the main word of a cue.
LIGHT_CLASSES = frozenset(("IN", "TO", "THAT", "DET", "ADV", ":", ","))
# Between a subject and its verb, or a verb and its object.
PASSED_OVER = frozenset(("ADV", "AUX", "BE", "DET", "POS"))
# Where a segment of a sentence begins.
BREAKS = word_set(
    ", ; : ( ) and but or while as when because which who that if though although after before where than since until "
    "-- – — -"
)
MIN_STEM_CHARS = 3


def word_class(word: str, kind: TokenKind, is_capital: bool) -> str:
    """The token's class: a part of speech as far as the word alone tells; of a mark, the mark itself."""
    if kind is TokenKind.NUMBER:
        return "NUM"
    if kind is not TokenKind.WORD:
        return word
    if word in CLOSED:
        return CLOSED[word]
    if is_capital:
        return "TIME" if word in w.TIME_WORDS else "CAPS"
    return cue_class(word) or open_class(word)


def cue_class(word: str) -> str | None:
    """The class of a word that may report: its form, or that it may be a noun."""
    if (cue := CUES.get(word)) is None:
        return "SNOUN" if word in STATEMENT_NOUNS else None
    if cue.is_noun:
        return "CUEN"
    if cue.forms == {Form.PARTICIPLE}:
        return "CUEG"
    return "CUEB" if cue.forms <= {Form.BASE} else "CUED"


def open_class(word: str) -> str:
    """The class of any other word in lower case, by lists and endings."""
    if word in w.TIME_WORDS:
        return "TIME"
    if word in w.TITLES:
        return "TITLE"
    if word in w.ORGANISATION_WORDS or word in w.PLURAL_WORDS:
        return "ORG"
    if w.is_adverb(word):
        return "ADV"
    if w.looks_finite(word):
        return "FIN"
    if word.endswith("ing") and len(word) > 4:
        return "ING"
    if word.endswith(("'s", "s'")):
        return "GEN"
    return "S" if word.endswith("s") and not word.endswith(("ss", "us")) else "W"


def stem(word: str) -> str:
    """The word without its ending: a cue's lemma, else what is left without -s, -ed or -ing."""
    if (cue := CUES.get(word)) is not None:
        return cue.lemma
    if len(word) <= MIN_STEM_CHARS or not word.isalpha():
        return word
    if word.endswith(("ies", "ied")) and len(word) > 5:
        return word[:-3] + "y"
    if word.endswith("ing") and len(word) > 5:
        return undoubled(word[:-3])
    if word.endswith("ed") and len(word) > 4:
        return undoubled(word[:-2])
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1].rstrip("e")
    return word.rstrip("e")


def undoubled(word: str) -> str:
    """The stem without a consonant that its ending doubled ("plann" of "planned")."""
    doubled = len(word) > MIN_STEM_CHARS and word[-1] == word[-2] and word[-1] not in "sl"
    return (word[:-1] if doubled else word).rstrip("e")


def frames(word: str) -> str:
    """How a cue takes its content, in short; empty for other words."""
    cue = CUES.get(word)
    return "+".join(sorted(frame.value for frame in cue.frames)) if cue else ""


GRAMMAR = Grammar(
    word_class=word_class,
    stem=stem,
    frames=frames,
    finite_classes=FINITE_CLASSES,
    light_classes=LIGHT_CLASSES,
    passed_over=PASSED_OVER,
    breaks=BREAKS,
    clause_openers=frozenset(("that",)),
    stance=stance,
    is_attitude=is_attitude,
)
