"""What "the deal" stands for: the last fuller phrase before it that has the same noun, from the article alone."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scrapers.statements.pack import LanguagePack
from scrapers.statements.spans import Sentence, Token

DEFINITE = re.compile(r"\b(?P<article>[^\W\d_]+) (?P<noun>[^\W\d_]{3,})(?P<next>\W+\w+|\W*$)")
# No marks but those inside words and numbers: a comma or a quotation is a sign of more than one phrase.
PLAIN = re.compile(r"\w(?:[\w '’%.-]|(?<=\d),(?=\d))*")
MAX_PHRASE_CHARS = 80
MAX_LOOKED_AT = 60
MAX_PHRASES = 20
MAX_REPLACED = 2


@dataclass(frozen=True, slots=True)
class Antecedents:
    """Where each word of the text stands: the number of its sentence and its place among the tokens."""

    text: str
    sentences: Sequence[Sentence]
    places: dict[str, list[tuple[int, int]]]
    pack: LanguagePack


def antecedents(text: str, sentences: Sequence[Sentence], pack: LanguagePack) -> Antecedents:
    """The text's words with their places."""
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, sentence in enumerate(sentences):
        for position, token in enumerate(sentence.tokens):
            if token.is_word:
                places[token.word].append((number, position))
    return Antecedents(text, sentences, dict(places), pack)


def explained(words: str, offset: int, known: Antecedents) -> str:
    """The words that stand at the offset, with "the deal" replaced by [the deal that the text named before].

    What is in doubt stays: a noun with something behind it, or one that two phrases of the text could mean.
    """
    references = known.pack.references
    pieces: list[str] = []
    done = 0
    for match in DEFINITE.finditer(words):
        if match["article"].lower() not in references.definite_articles or not stands_alone(match, known.pack):
            continue
        fuller = fuller_phrase(match["noun"], offset + match.start(), known)
        if fuller is not None and len(pieces) < 2 * MAX_REPLACED:
            pieces += [words[done : match.start()], f"[{fuller}]"]
            done = match.end("noun")
    return "".join((*pieces, words[done:]))


def stands_alone(match: re.Match[str], pack: LanguagePack) -> bool:
    """Whether the noun ends its phrase: a mark, the end or a verb follows."""
    noun, behind = match["noun"], match["next"]
    if not noun.islower() or noun in pack.references.too_general:
        return False
    return not behind[:1].isspace() or not behind.strip() or pack.ends_phrase(behind.strip().lower())


def fuller_phrase(noun: str, offset: int, known: Antecedents) -> str | None:
    """The last phrase before the offset with the noun and more words, where no other one contradicts it."""
    phrases = [phrase for _, phrase in zip(range(MAX_PHRASES), fuller_phrases(noun, offset, known), strict=False)]
    if not phrases:
        return None
    last = set(phrases[0].lower().split())
    others = [set(phrase.lower().split()) for phrase in phrases[1:]]
    return phrases[0] if all(other <= last or last <= other for other in others) else None


def fuller_phrases(noun: str, offset: int, known: Antecedents) -> Iterator[str]:
    """The phrases before the offset with the noun and more words, the nearest first."""
    for number, position in reversed(known.places.get(noun, [])[-MAX_LOOKED_AT:]):
        tokens = known.sentences[number].tokens
        if tokens[position].end <= offset and (phrase := phrase_around(tokens, position, known)) is not None:
            yield phrase


def phrase_around(tokens: Sequence[Token], position: int, known: Antecedents) -> str | None:
    """The definite phrase with the noun at the position as its head; None where it has no more words or no article."""
    pack, references = known.pack, known.pack.references
    start = pack.phrase_before(tokens, position + 1)
    if start is None:
        return None
    ties = [i for i in range(start, position) if tokens[i].word in references.prepositions]
    start = ties[-1] + 1 if ties else start
    end = position + 1
    if end < len(tokens) and tokens[end].word in references.of_nouns:
        behind = pack.phrase_after(tokens, end + 1)
        end = behind if behind > end + 1 else end
    first = tokens[start]
    article = first.word in references.indefinite_articles | references.definite_articles
    if end - start < 3 or not (article or first.word.endswith("'s")):
        return None
    phrase = known.text[tokens[start + article].start : tokens[end - 1].end]
    if len(phrase) > MAX_PHRASE_CHARS or not PLAIN.fullmatch(phrase):
        return None
    return f"{sorted(references.definite_articles)[0]} {phrase}" if article else phrase
