"""A text's quotations, and its sentences with their tokens."""

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple

import sentencex

from scrapers.statements.spans import Sentence, Span, Token, TokenKind

MAX_BULLET_CHARS = 4
# Half of a pair is no character: sentencex cannot be given it.
HALF_PAIR = re.compile("[\ud800-\udfff]")
MAX_DATELINE_CHARS = 80
MAX_KEPT_WORDS, MAX_KEPT_CHARS = 50_000, 40
CURRENCIES = frozenset("$€£")
# sentencex takes time by the square of how many quotation marks it is given.
MAX_PIECE_CHARS = 10_000
PARAGRAPH = re.compile(r"[^\n]+")
# Opening and closing marks that come in pairs; „ closes with either “ or ”, » opens in some countries.
PAIRS = {"“": "”", "«": "»", "„": "“”", "»": "«", "‘": "’", "''": "''", "``": "''", '"': '"'}
CLOSERS = ("”", "»", "“", "«", "’", "''", '"')
MARK = re.compile(r"''|``|[“”«»„\"‘’]")
ABBREVIATION = (
    r"(?:Mr|Mrs|Ms|Dr|Prof|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Sgt|Capt|Adm|Maj|Rev|Hon|St|Jr|Sr|Inc|Corp|Ltd|Co|No|vs|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|"
    r"Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo)\."
)
# "ANKARA (AA) — ", "PORT ELSING, Oct. 3 – ", "Dren (Reuters) - ": where and by which agency, before the first word.
DATELINE = re.compile(
    r"(?:[A-ZÇĞİÖŞÜ]{3}[A-ZÇĞİÖŞÜ.'’-]*(?: [A-ZÇĞİÖŞÜ.'’-]{2,}){0,3}(?:[,/] ?[\w.]{1,15}(?: [\w.]{1,15}){0,2}){0,2}"
    r"(?: ?\([^()\n]{2,30}\))?|[A-ZÇĞİÖŞÜ][\w.'’-]+(?: [A-ZÇĞİÖŞÜ][\w.'’-]+){0,3} \([A-Z][\w. ]{1,20}\))"
    r"\s?(?:—|–|--|-)\s"
)
# The looks ahead spare white space and most words the long list of abbreviations.
TOKEN = re.compile(
    rf"(?=\S)(?:(?=[A-Zv])(?:(?:[A-Z]\.){{2,}}(?:-\w+)?|\b[A-Z]\.(?=\s[A-Z])|\b{ABBREVIATION})"
    r"|[^\W\d_]\w*(?:(?:[-’'&]|\.(?=[a-z]))[^\W_]+)*(?:['’](?=\s))?"
    r"|[$€£]?\d[\d.,]*\d%?|[$€£]?\d+%?(?:-?\w+)?|--+|\.\.\.|[^\w\s]|_)"
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words: span has the marks, inner is without them."""

    span: Span
    inner: Span


def quotations(text: str) -> list[Quotation]:
    """The text's outermost quotations in order.

    A quotation ends with its paragraph; where its mark is missing there and the next paragraph opens with a mark
    again, it runs on, as long speeches do, and each paragraph is a quotation of its own.
    """
    found: list[Quotation] = []
    paragraphs = list(PARAGRAPH.finditer(text))
    for paragraph, following in zip_longest(paragraphs, paragraphs[1:]):
        goes_on = following[0].lstrip()[:2] if following else ""
        found += paragraph_quotations(text, Span(*paragraph.span()), goes_on)
    return found


def sentences(text: str, language: str) -> list[Sentence]:
    """The text's sentences in order; none crosses a line feed or ends inside a quotation."""
    quotes = quotations(text)
    found: list[Sentence] = []
    first = 0
    for paragraph in PARAGRAPH.finditer(text):
        while first < len(quotes) and quotes[first].span.end <= paragraph.start():
            first += 1
        last = first
        while last < len(quotes) and quotes[last].span.start < paragraph.end():
            last += 1
        dateline = DATELINE.match(text, paragraph.start(), min(paragraph.end(), paragraph.start() + MAX_DATELINE_CHARS))
        start = dateline.end() if dateline else paragraph.start()
        found += paragraph_sentences(text, Span(start, paragraph.end()), quotes[first:last], language)
    return found


def inner_sentences(text: str, quotation: Span, language: str) -> list[Sentence]:
    """The sentences inside a quotation, read as if they stood alone."""
    return paragraph_sentences(text, quotation, [], language)


def paragraph_quotations(text: str, paragraph: Span, goes_on: str) -> list[Quotation]:
    """The quotations of one paragraph, goes_on being how the next one begins.

    What is never closed runs to the paragraph's end where it opens the paragraph or the next one opens with its mark.
    """
    found: list[Quotation] = []
    marks = [mark for mark in MARK.finditer(text, *paragraph) if not is_apostrophe(text, mark)]
    places = {closer: [mark.start() for mark in marks if mark[0] == closer] for closer in CLOSERS}
    position = paragraph.start
    for opening in marks:
        if opening.start() < position or opening[0] not in PAIRS or not may_open(text, opening):
            continue
        closing = next_place([places[closer] for closer in closers_of(opening[0])], opening.end() + 1)
        if closing is not None:
            position = closing + len(closers_of(opening[0])[0])
            found.append(Quotation(Span(opening.start(), position), Span(opening.end(), closing)))
        elif goes_on.startswith(opening[0]) or opens_paragraph(text, paragraph, opening.start()):
            position = paragraph.end
            found.append(Quotation(Span(opening.start(), position), Span(opening.end(), position)))
    return found


def opens_paragraph(text: str, paragraph: Span, offset: int) -> bool:
    """Whether nothing but a bullet stands before the offset in the paragraph."""
    return offset <= paragraph.start + MAX_BULLET_CHARS and not text[paragraph.start : offset].strip(" -")


def closers_of(opening: str) -> tuple[str, ...]:
    """The marks that close what the opening mark opens."""
    return ("''",) if PAIRS[opening] == "''" else tuple(PAIRS[opening])


def next_place(places: Iterable[list[int]], start: int) -> int | None:
    """The least of the places, each list in order, that is not before the start."""
    following = (each[index] for each in places if (index := bisect_left(each, start)) < len(each))
    return min(following, default=None)


def is_apostrophe(text: str, mark: re.Match[str]) -> bool:
    """Whether the mark stands between letters, or is a possessive's or an elision's."""
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    return mark[0] in "’‘" and before.isalnum() and (after.isalnum() or mark[0] == "‘")


def may_open(text: str, mark: re.Match[str]) -> bool:
    """Whether a word can begin after the mark and none ends right before it."""
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    return not before.isalnum() and not after.isspace() and after != ""


def paragraph_sentences(text: str, paragraph: Span, quotes: list[Quotation], language: str) -> list[Sentence]:
    """The sentences of one paragraph, with each of its quotations as one token."""
    found: list[Sentence] = []
    start = paragraph.start
    pending = deque(quotes)
    inside: list[Quotation] = []
    for end in sentence_ends(text, paragraph, language):
        while pending and pending[0].span.start < end:
            inside.append(pending.popleft())
        if inside and inside[-1].span.end > end:
            continue
        if text[start:end].strip():
            tokens = tokens_of(text, Span(start, end), inside)
            found.append(Sentence(stripped(text, Span(start, end)), tokens, start == paragraph.start))
        start, inside = end, []
    return found


def sentence_ends(text: str, paragraph: Span, language: str) -> Iterator[int]:
    """Where the paragraph's sentences end, the last being the paragraph's own end."""
    for start in range(paragraph.start, paragraph.end, MAX_PIECE_CHARS):
        piece = text[start : min(start + MAX_PIECE_CHARS, paragraph.end)]
        boundaries = sentencex.get_sentence_boundaries(language, HALF_PAIR.sub("\ufffd", piece))
        yield from (start + int(boundary["end_index"]) for boundary in boundaries[:-1])
    yield paragraph.end


def tokens_of(text: str, span: Span, quotes: list[Quotation]) -> tuple[Token, ...]:
    """The span's tokens in order."""
    tokens: list[Token] = []
    start = span.start
    for quote in quotes:
        tokens += plain_tokens(text, Span(start, quote.span.start))
        start, end = quote.span
        tokens.append(Token(start, end, '"', TokenKind.QUOTE, is_capital=False, is_word=False, is_quote=True))
        start = end
    return *tokens, *plain_tokens(text, Span(start, span.end))


def plain_tokens(text: str, span: Span) -> list[Token]:
    """The tokens of a span without quotations."""
    tokens: list[Token] = []
    for match in TOKEN.finditer(text, *span):
        # As Token(…) would, without a call that takes twice as long.
        tokens.append(tuple.__new__(Token, match.span() + LOOKS[match[0]]))
    return tokens


class Look(NamedTuple):
    """What a token's characters alone tell of it."""

    word: str
    kind: TokenKind
    is_capital: bool
    is_word: bool
    is_quote: bool


def look_of(characters: str) -> Look:
    """What the characters of a token tell, no quotation's."""
    kind = kind_of(characters)
    word = characters.lower().replace("’", "'")
    return Look(word, kind, characters[0].isupper(), kind is TokenKind.WORD, is_quote=False)


def kind_of(characters: str) -> TokenKind:
    """What the token is made of, as its first characters tell."""
    first = characters[0]
    if first.isdecimal() or (first in CURRENCIES and len(characters) > 1):
        return TokenKind.NUMBER
    return TokenKind.WORD if first.isalnum() else TokenKind.MARK


class Looks(dict[str, Look]):
    """The looks of the tokens that were read: a text says the same words again and again."""

    def __missing__(self, characters: str) -> Look:
        look = look_of(characters)
        if len(characters) <= MAX_KEPT_CHARS and len(self) < MAX_KEPT_WORDS:
            self[characters] = look
        return look


LOOKS = Looks()


def stripped(text: str, span: Span) -> Span:
    """The span without white space at its ends."""
    words = span.of(text)
    return Span(span.start + len(words) - len(words.lstrip()), span.end - len(words) + len(words.rstrip()))
