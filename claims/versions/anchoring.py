"""Finds a quote's exact words again in another text of the same article; pure: words in, places out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claims.drafts import CONTEXT_CHARS

# A quote as short as this may stand anywhere by chance: it is found again only together with some of its context.
SHORT_CHARS = 24
MIN_CONTEXT_CHARS = 8
# Of a quote that stands this often no place is better than another.
MAX_PLACES = 1_000
LOOK_AROUND_CHARS = 3 * CONTEXT_CHARS
# Scripts that put no space between words (Thai, Lao, Burmese, Khmer, and all of East Asia).
UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\uffff\U0001b000-\U0003ffff"
WORD_CHAR = re.compile(rf"[^\W{UNSPACED}]")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words as they stood in the text that they were read from: at start, between prefix and suffix."""

    exact: str
    prefix: str
    suffix: str
    start: int


@dataclass(frozen=True, slots=True)
class Span:
    """Where words stand in a text: text[start:end]."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """A span that holds a quote's words, and how many characters of its context stand around it."""

    span: Span
    context: int


def find(quote: Quote, text: str) -> Span | None:
    """Where the quote's exact words stand in the text; None where they do not, and the quote is orphaned.

    Of several places the one with most of the quote's context is taken, then the one nearest to where it stood. Other
    white space between the same words is no other quote. In the text that the quote was read from it is found where
    it stood. A short quote without any of its context is not found: it may be there by chance.
    """
    places = [Place(span, context_around(quote, text, span)) for span in candidates(quote, text)]
    if not places:
        return None
    best = max(places, key=lambda place: (place.context, -abs(place.span.start - quote.start), -place.span.start))
    return best.span if best.context >= context_needed(quote) else None


def candidates(quote: Quote, text: str) -> Iterator[Span]:
    """Every place of the quote's words: as they are, or, where there is none, with other space between them."""
    where_it_stood = Span(quote.start, quote.start + len(quote.exact))
    if text[where_it_stood.start : where_it_stood.end] == quote.exact and keeps_edges(quote, text, where_it_stood):
        yield where_it_stood
    exact = [span for span in occurrences(re.escape(quote.exact), text) if keeps_edges(quote, text, span)]
    if exact or not quote.exact.split():
        yield from exact
        return
    for span in occurrences(r"\s+".join(map(re.escape, quote.exact.split())), text):
        if keeps_edges(quote, text, span):
            yield span


def occurrences(pattern: str, text: str) -> Iterator[Span]:
    """Where the pattern fits, overlapping places included; 1,000 at most."""
    compiled, start = re.compile(pattern), 0
    for _ in range(MAX_PLACES):
        found = compiled.search(text, start)
        if found is None:
            return
        yield Span(found.start(), found.end())
        start = found.start() + 1


def keeps_edges(quote: Quote, text: str, span: Span) -> bool:
    """Whether no word runs on over an edge of the span that was the edge of a word: "bank" does not hold "ban"."""
    before, after = text[span.start - 1 : span.start] if span.start else "", text[span.end : span.end + 1]
    return not (
        (joined(before, quote.exact[:1]) and not joined(quote.prefix[-1:], quote.exact[:1]))
        or (joined(quote.exact[-1:], after) and not joined(quote.exact[-1:], quote.suffix[:1]))
    )


def joined(left: str, right: str) -> bool:
    """Whether two neighbouring characters are of one word."""
    return bool(WORD_CHAR.fullmatch(left) and WORD_CHAR.fullmatch(right))


def context_around(quote: Quote, text: str, span: Span) -> int:
    """How many characters of the quote's prefix and suffix stand directly around the span, however they are spaced."""
    before = folded(text[max(0, span.start - LOOK_AROUND_CHARS) : span.start])
    after = folded(text[span.end : span.end + LOOK_AROUND_CHARS])
    return shared(folded(quote.prefix)[::-1], before[::-1]) + shared(folded(quote.suffix), after)


def context_needed(quote: Quote) -> int:
    """How much of its context a quote must have around it."""
    if len(quote.exact) >= SHORT_CHARS:
        return 0
    return min(MIN_CONTEXT_CHARS, len(folded(quote.prefix)) + len(folded(quote.suffix)))


def folded(text: str) -> str:
    """The text without what only spaces it."""
    return "".join(text.split())


def shared(left: str, right: str) -> int:
    """How many characters two texts have in common from their beginnings."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(left), len(right)))
