"""What the check-worthiness model sees of an English sentence: its words' stems, and kinds of words in pairs."""

import math
import re
from collections import Counter
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

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
NUMBER_KINDS, LENGTH_KINDS = ("NUMBER", "YEAR", "MONEY"), ("SHORT", "LONG", "VERY LONG")
OPENS = {form: f"OPENS {form.upper()}" for form in k.OPENERS}
ALL_KINDS = (*k.KINDS, *k.ENDINGS, *NUMBER_KINDS, "NAME", "?", "%", *OPENS.values(), *LENGTH_KINDS)
# The pairs' names: putting them together anew for each sentence would take longer than all the rest.
PAIRS = {one: {other: f"{one}&{other}" for other in ALL_KINDS if other > one} for one in ALL_KINDS}


class Word(NamedTuple):
    """One word or mark of a sentence in lower case, contractions taken apart: what it counts as.

    is_counted says whether it makes the sentence longer, stems are what it counts as by itself, kinds as one of many.
    """

    form: str
    is_counted: bool
    stems: tuple[str, ...]
    kinds: tuple[str, ...]


def features(sentence: str) -> dict[str, float]:
    """The sentence's features with their values; words in lower case, KINDS and PAIRS&OF them in capitals."""
    words = words_of(sentence[:MAX_CHARS])
    found = stems(words)
    length = sum(word.is_counted for word in words)
    found["LENGTH"] = math.log1p(length)
    found |= {f"LENGTH>={least}": 1.0 for least in LENGTHS if length >= least}
    kinds = kinds_of(words, length)
    often = [(kind, count) for kind, count in kinds.items() if count > 1]
    found |= {f"{kind}>{more}": KIND_WEIGHT for kind, count in often for more in (1, 2) if count > more}
    names = sorted(kinds)[:MAX_KINDS]
    found |= dict.fromkeys(names, KIND_WEIGHT)
    for place, kind in enumerate(names, 1):
        found |= dict.fromkeys(map(PAIRS[kind].__getitem__, names[place:]), PAIR_WEIGHT)
    return found


def words_of(sentence: str) -> list[Word]:
    """The sentence's words in order, with "n't" and its like as words of their own."""
    sentence = APOSTROPHE.sub("'", sentence)
    tokens = TOKEN.findall(sentence)
    opens = TOKEN.match(sentence) is not None
    behind = tokens[1:] if opens else tokens
    words = list(words_in(tokens[0], is_inside=False)) if opens else []
    for token in behind:
        words += (inside if len(token) <= MAX_WORD_CHARS else words_in)(token)
    return words


def words_in(token: str, *, is_inside: bool = True) -> tuple[Word, ...]:
    """The words of one token; is_inside says that something of its sentence stands before it."""
    form = token.lower()[:MAX_WORD_CHARS]
    if form in k.NOT_CONTRACTED:
        return tuple(word_of(each, is_name=False, number=None) for each in k.NOT_CONTRACTED[form])
    ending = next((end for end in k.CONTRACTIONS if form.endswith(end) and form != end), None) if "'" in form else None
    form = form.removesuffix(ending or "")
    # A capital inside the sentence.
    is_name = is_inside and token[0].isupper() and form not in k.FUNCTION_WORDS
    word = word_of(form, is_name=is_name, number=number_kind(form))
    return (word, word_of(k.CONTRACTIONS[ending], is_name=False, number=None)) if ending else (word,)


inside = lru_cache(CACHED_WORDS)(words_in)


def word_of(form: str, *, is_name: bool, number: str | None) -> Word:
    """The word with what it counts as; number is which kind of number it is."""
    return Word(form, form[0].isalnum(), stems_of(form, is_name, number), kinds_of_word(form, is_name, number))


def number_kind(form: str) -> str | None:
    """YEAR, MONEY or NUMBER where the word is one."""
    if not form[-1].isdigit() and form[0] not in "$€£0123456789":
        return "NUMBER" if form in k.NUMBER_WORDS else None
    if form[0] in "$€£":
        return "MONEY"
    return "YEAR" if YEAR.fullmatch(form) else "NUMBER"


def stems_of(form: str, is_name: bool, number: str | None) -> tuple[str, ...]:
    """What the word counts as by itself: names as what they are and as a name, numbers as their kind alone."""
    kind = f"A {number}" if number else "A NAME" if is_name else None
    if is_name or (number and form.isalpha()):
        return (kind, form) if kind else (form,)
    return (kind,) if kind else (stem(form),)


def stems(words: list[Word]) -> dict[str, float]:
    """How often each stem occurs, damped, all together of one length whatever the sentence's is."""
    counts = Counter(chain.from_iterable(word.stems for word in words))
    damped = {count: 1.0 + math.log(count) for count in set(counts.values())}
    norm = math.sqrt(sum(damped[count] * damped[count] for count in counts.values())) or 1.0
    value_of = {count: value / norm * WORDS_LENGTH for count, value in damped.items()}
    return {form: value_of[count] for form, count in counts.items()}


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
    kinds = Counter(chain.from_iterable(word.kinds for word in words))
    if words and words[0].form in OPENS:
        kinds[OPENS[words[0].form]] = 1
    kinds.update({name for name, holds in lengths(length) if holds})
    return kinds


def kinds_of_word(form: str, is_name: bool, number: str | None) -> tuple[str, ...]:
    """The kinds that the word is of: by the lists, and by its looks."""
    listed = tuple(kind for kind, words in k.KINDS.items() if form in words)
    if number:
        return *listed, *dict.fromkeys((number, "NUMBER"))
    if is_name:
        return *listed, "NAME"
    if form in {"?", "%"}:
        return *listed, form
    if len(form) <= SHORTEST_WITH_ENDING:
        return listed
    return *listed, *(kind for kind, endings in k.ENDINGS.items() if form.endswith(endings))


def lengths(length: int) -> tuple[tuple[str, bool], ...]:
    """The kinds of sentences by their length in words."""
    return tuple(zip(LENGTH_KINDS, (length < SHORT, length >= LONG, length >= VERY_LONG), strict=True))
