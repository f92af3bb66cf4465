"""What the check-worthiness model sees of an English sentence: its words' stems, and kinds of words in pairs."""

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from scrapers.statements.learned import kinds as k

# Longer than any sentence; what is behind is not looked at.
MAX_CHARS, MAX_WORD_CHARS = 2_000, 40
# How much the words of a sentence weigh together, and one kind. Chosen by cross-validation over debates.
WORDS_LENGTH = 4.0
KIND_WEIGHT, PAIR_WEIGHT = 0.5, 0.25
LENGTHS = (3, 5, 8, 12, 18, 25, 35)
SHORT, LONG, VERY_LONG = 6, 20, 30
# One sentence has at most so many kinds of words in it; pairs of more would only cost time.
MAX_KINDS = 40
TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|[$€£]?\d[\d,.]*|[%?!:;\"]|--")
YEAR = re.compile(r"(?:17|18|19|20)\d\d")
# The last stands for an apostrophe that was decoded wrongly twice, as in old transcripts.
APOSTROPHE = re.compile("’|‘|â€™|Ã¢â‚¬â„¢")
STEM_ENDINGS = (("ies", "y", 3), ("sses", "ss", 3), ("ing", "", 4), ("ed", "", 4), ("ly", "", 4), ("es", "", 4))
SHORTEST_WITH_ENDING = 4
# The commonest words of a language; what is worked out of a word is kept for the next sentence.
CACHED_WORDS = 20_000
DOUBLED = frozenset("bdgmnprt")


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark of a sentence in lower case, contractions taken apart, and which kind of number it is."""

    form: str
    is_name: bool = False
    number: str | None = None


def features(sentence: str) -> dict[str, float]:
    """The sentence's features with their values; words in lower case, KINDS and PAIRS&OF them in capitals."""
    words = list(words_of(sentence[:MAX_CHARS]))
    found = stems(words)
    length = sum(word.form[0].isalnum() for word in words)
    found["LENGTH"] = math.log1p(length)
    found |= {f"LENGTH>={least}": 1.0 for least in LENGTHS if length >= least}
    kinds = kinds_of(words, length)
    found |= {f"{kind}>{more}": KIND_WEIGHT for kind, count in kinds.items() for more in (1, 2) if count > more}
    names = sorted(kinds)[:MAX_KINDS]
    found |= dict.fromkeys(names, KIND_WEIGHT)
    found |= dict.fromkeys(map("&".join, combinations(names, 2)), PAIR_WEIGHT)
    return found


def words_of(sentence: str) -> Iterator[Word]:
    """The sentence's words in order, with "n't" and its like as words of their own."""
    for match in TOKEN.finditer(APOSTROPHE.sub("'", sentence)):
        form = match[0].lower()[:MAX_WORD_CHARS]
        if form in k.NOT_CONTRACTED:
            yield from map(Word, k.NOT_CONTRACTED[form])
            continue
        ending = (
            next((end for end in k.CONTRACTIONS if form.endswith(end) and form != end), None) if "'" in form else None
        )
        form = form.removesuffix(ending or "")
        # A capital inside the sentence.
        is_name = match.start() > 0 and match[0][0].isupper() and form not in k.FUNCTION_WORDS
        yield Word(form, is_name, number_kind(form))
        if ending:
            yield Word(k.CONTRACTIONS[ending])


@lru_cache(CACHED_WORDS)
def number_kind(form: str) -> str | None:
    """YEAR, MONEY or NUMBER where the word is one."""
    if not form[-1].isdigit() and form[0] not in "$€£0123456789":
        return "NUMBER" if form in k.NUMBER_WORDS else None
    if form[0] in "$€£":
        return "MONEY"
    return "YEAR" if YEAR.fullmatch(form) else "NUMBER"


def stems(words: list[Word]) -> dict[str, float]:
    """How often each stem occurs, damped, all together of one length whatever the sentence's is.

    Names count as what they are and under the kind of all names, numbers under their kind alone.
    """
    counts: Counter[str] = Counter()
    for word in words:
        if word.number:
            counts[f"A {word.number}"] += 1
        elif word.is_name:
            counts["A NAME"] += 1
        if word.is_name or (word.number and word.form.isalpha()):
            counts[word.form] += 1
        elif not word.number:
            counts[stem(word.form)] += 1
    values = {form: 1.0 + math.log(count) for form, count in counts.items()}
    norm = math.sqrt(sum(value * value for value in values.values())) or 1.0
    return {form: value / norm * WORDS_LENGTH for form, value in values.items()}


@lru_cache(CACHED_WORDS)
def stem(form: str) -> str:
    """The form without the commonest English endings, so that tax and taxes, cost and costing are one."""
    if len(form) <= 3 or form in k.FUNCTION_WORDS or form.endswith("ss"):
        return form
    for ending, instead, least in (*STEM_ENDINGS, ("s", "", 3)):
        if form.endswith(ending) and len(form) - len(ending) >= least:
            form = form.removesuffix(ending) + instead
            if len(form) > 3 and form[-1] == form[-2] and form[-1] in DOUBLED:
                form = form[:-1]
            break
    return form[:-1] if len(form) > 4 and form.endswith("e") else form


def kinds_of(words: list[Word], length: int) -> Counter[str]:
    """How often each kind of word occurs, and how the sentence opens and how long it is."""
    kinds: Counter[str] = Counter()
    for word in words:
        for kind in kinds_of_word(word):
            kinds[kind] += 1
    if words and words[0].form in k.OPENERS:
        kinds[f"OPENS {words[0].form.upper()}"] = 1
    kinds.update({name for name, holds in lengths(length) if holds})
    return kinds


@lru_cache(CACHED_WORDS)
def kinds_of_word(word: Word) -> tuple[str, ...]:
    """The kinds that the word is of: by the lists, and by its looks."""
    listed = tuple(kind for kind, words in k.KINDS.items() if word.form in words)
    if word.number:
        return *listed, *{word.number, "NUMBER"}
    if word.is_name:
        return *listed, "NAME"
    if word.form in {"?", "%"}:
        return *listed, word.form
    if len(word.form) <= SHORTEST_WITH_ENDING:
        return listed
    return *listed, *(kind for kind, endings in k.ENDINGS.items() if word.form.endswith(endings))


def lengths(length: int) -> tuple[tuple[str, bool], ...]:
    """The kinds of sentences by their length in words."""
    return ("SHORT", length < SHORT), ("LONG", length >= LONG), ("VERY LONG", length >= VERY_LONG)
