"""The English language pack."""

from scrapers.statements.en import words as w
from scrapers.statements.en.classes import GRAMMAR
from scrapers.statements.en.clauses import attributions
from scrapers.statements.en.cues import CUES, Frame
from scrapers.statements.en.declarations import declares
from scrapers.statements.en.phrases import clause_subject, phrase_after, phrase_before
from scrapers.statements.pack import LanguagePack, References

PACK = LanguagePack(
    language="en",
    attributions=attributions,
    phrase_before=phrase_before,
    clause_subject=clause_subject,
    references=References(
        persons={"he": False, "she": False, "him": False, "his": True, "her": True},
        things={"it": False, "its": True},
        groups={"they": False, "them": False, "their": True},
        speakers={"i": False, "we": False, "my": True, "our": True},
        relatives=w.RELATIVE_PRONOUNS,
        definite_articles=frozenset(("the",)),
        titles=w.TITLES,
        organisations=w.ORGANISATION_WORDS,
        plurals=w.PLURAL_WORDS,
        possessive_suffix="’s",
        masculine=w.MASCULINE_WORDS,
        feminine=w.FEMININE_WORDS,
        nobody=w.NOBODY_WORDS,
        no_openers=w.AUXILIARIES,
        indefinite_articles=frozenset(("a", "an", "another", "one", "this", "that")),
        of_nouns=frozenset(("of", "with", "for", "between", "on", "from", "against", "to")),
        prepositions=w.PREPOSITIONS | {"to"},
        too_general=w.GENERAL_NOUNS,
        many_speakers=frozenset(("we", "our")),
        first_person_verbs=frozenset(("am", "have", "do", "don", "haven")),
        contractions={"re": "are", "ve": "have", "m": "am", "s": "is", "ll": "will", "d": "would"},
    ),
    accusing=frozenset(word for word, cue in CUES.items() if Frame.ACCUSE in cue.frames),
    doubtful=w.DOUBTFUL_WORDS,
    expletive_after=w.EXPLETIVE_WORDS,
    phrase_after=phrase_after,
    ends_phrase=w.ends_any_phrase,
    clause_openers=frozenset(("that",)),
    declares=declares,
    grammar=GRAMMAR,
)
