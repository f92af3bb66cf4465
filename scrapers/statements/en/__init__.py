"""The English language pack."""

from scrapers.statements.en import words as w
from scrapers.statements.en.clauses import attributions
from scrapers.statements.en.cues import CUES, Frame
from scrapers.statements.en.phrases import clause_subject, phrase_before
from scrapers.statements.pack import LanguagePack, References

PACK = LanguagePack(
    language="en",
    attributions=attributions,
    phrase_before=phrase_before,
    clause_subject=clause_subject,
    references=References(
        persons={"he": False, "she": False, "his": True, "her": True},
        things={"it": False, "its": True},
        groups={"they": False, "their": True},
        speakers={"i": False, "we": False, "my": True, "our": True},
        relatives=w.RELATIVE_PRONOUNS,
        definite_articles=frozenset(("the",)),
        titles=w.TITLES,
        organisations=w.ORGANISATION_WORDS,
        plurals=w.PLURAL_WORDS,
        possessive_suffix="’s",
        contractions={"re": "are", "ve": "have", "m": "am", "s": "is", "ll": "will", "d": "would"},
    ),
    accusing=frozenset(word for word, cue in CUES.items() if Frame.ACCUSE in cue.frames),
    doubtful=w.DOUBTFUL_WORDS,
    expletive_after=w.EXPLETIVE_WORDS,
)
