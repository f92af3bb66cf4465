"""From an article's statements to AppearanceDrafts: exact words with their anchors, claimants named, wordings made."""

import heapq
import re
from collections.abc import Iterable, Iterator

from claims.drafts import CONTEXT_CHARS, MAX_WORDING_CHARS, AppearanceDraft, ArticleDraft, StatementKind
from scrapers.statements.antecedents import Antecedents, antecedents, explained
from scrapers.statements.claimants import Claimant, claimants, phrase_ending_before
from scrapers.statements.finding import found_in, is_relative, read_sentences
from scrapers.statements.models import Models
from scrapers.statements.own_voice import own_voice
from scrapers.statements.pack import LanguagePack
from scrapers.statements.packs import pack_for
from scrapers.statements.sentences import PAIRS, closers_of, sentence_ends
from scrapers.statements.spans import Found, Span
from scrapers.statements.wordings import accusation, standalone
from scrapers.statements.worthiness import check_worthiness

# Wishes, plans and stands on things score below this; they are no claims.
MIN_CHECK_WORTHINESS = 0.2
MIN_WORDS = 3
MAX_OWN_VOICE = 8
WORD = re.compile(r"\w+")
EDGES = " \t\u00a0,.;:–—-"
# A closing mark between letters is an apostrophe.
CLOSING = {mark: re.compile("''" if closers == "''" else rf"[{closers}](?!\w)") for mark, closers in PAIRS.items()}


def drafts(article: ArticleDraft, models: Models | None = None) -> list[AppearanceDraft]:
    """The article's statements as appearances, in the order of the text, each once.

    A quotation of several sentences is one appearance for each. What is no claim is left out: a wish, a plan, a
    question, a fragment of a word or two that does not say what it is about.
    """
    pack = pack_for(article.language, models)
    text = article.text
    sentences = read_sentences(text, pack)
    found = found_in(text, sentences, pack)
    named = [*zip(found, claimants(text, found, sentences, pack), strict=True)]
    outlet = Claimant(article.outlet_name, is_person=False) if article.outlet_name else None
    named += [(each, outlet) for each in most_worth_checking(own_voice(text, sentences, found, pack))]
    known = antecedents(text, sentences, pack)
    by_place: dict[Span, AppearanceDraft] = {}
    for each, claimant in named:
        if each.statement.check_worthiness >= MIN_CHECK_WORTHINESS:
            for draft in appearances(text, each, claimant, known):
                by_place.setdefault(Span(draft.start, draft.end), draft)
    return [by_place[place] for place in sorted(by_place)]


def most_worth_checking(found: Iterable[Found]) -> list[Found]:
    """The outlet's own statements that are most worth checking, so many as a reviewer may want of one article."""
    return heapq.nlargest(MAX_OWN_VOICE, found, key=lambda each: each.statement.check_worthiness)


def appearances(text: str, found: Found, claimant: Claimant | None, known: Antecedents) -> Iterator[AppearanceDraft]:
    """One appearance for each part of the statement that can be anchored."""
    pack = known.pack
    for piece, wording in worded_pieces(text, found, claimant, known):
        exact = piece.of(text)
        if len(exact) <= MAX_WORDING_CHARS and (wording != exact or len(WORD.findall(exact)) >= MIN_WORDS):
            yield appearance(text, piece, found, claimant, wording, pack)


def worded_pieces(text: str, found: Found, claimant: Claimant | None, known: Antecedents) -> Iterator[tuple[Span, str]]:
    """What is anchored of the statement, each piece with its wording.

    Of a relative clause it is the part behind the pronoun, of a clause that its cue interrupts the longer part, of a
    quotation each sentence.
    """
    pack = known.pack
    content = found.statement.content
    about = None if found.statement.is_own_voice else claimant
    quoted = found.statement.kind is StatementKind.DIRECT
    if is_relative(text, content, pack):
        antecedent = phrase_ending_before(text, found.sentence, content[0].start, pack)
        piece = trimmed(text, content[1])
        yield piece, f"[{antecedent}] {piece.of(text)}" if antecedent else piece.of(text)
    elif len(content) > 1 and not quoted and found.sentence.span.holds(content[-1].start):
        parts = [trimmed(text, part) for part in content]
        joined = " ".join(part.of(text) for part in parts)
        yield max(parts, key=lambda part: part.end - part.start), standalone(joined, about, pack, quoted=False)
    else:
        accuses = {word for part in found.statement.cue for word in part.of(text).lower().split()} & pack.accusing
        for piece in (piece for part in content for piece in pieces(text, part, pack)):
            exact = piece.of(text)
            accused = accusation(exact) if accuses else None
            yield piece, accused or standalone(explained(exact, piece.start, known), about, pack, quoted=quoted)


def pieces(text: str, part: Span, pack: LanguagePack) -> Iterator[Span]:
    """The part's sentences, without marks at their ends."""
    whole = trimmed(text, part)
    start = whole.start
    for end in sentence_ends(text, whole, pack.language):
        piece = trimmed(text, Span(start, end))
        if piece.start < piece.end:
            yield piece
        start = end


def trimmed(text: str, span: Span) -> Span:
    """The span without white space and closing marks at its ends, and without quotation marks around it."""
    start, end = span
    while True:
        words = text[start:end]
        start, end = start + len(words) - len(words.lstrip(EDGES)), end - len(words) + len(words.rstrip(EDGES))
        before, behind = needless_marks(text[start:end])
        if start >= end or before == behind == 0:
            return Span(start, max(start, end))
        start, end = start + before, end - behind


def needless_marks(words: str) -> tuple[int, int]:
    """How many characters of quotation marks to drop before and behind the words.

    Marks go where they enclose all the words, or where their other half is not among them.
    """
    opening = next((mark for mark in PAIRS if words.startswith(mark)), None)
    if opening:
        closing = CLOSING[opening].search(words, len(opening))
        if closing is None:
            return len(opening), 0
        if closing.end() == len(words):
            return len(opening), len(closing[0])
    ending = next((mark for mark in PAIRS if words.endswith(tuple(closers_of(mark)))), None)
    if ending is None or any(mark in words[:-1] for mark in PAIRS if set(closers_of(mark)) & set(closers_of(ending))):
        return 0, 0
    return 0, len(closers_of(ending)[0])


def appearance(
    text: str, piece: Span, found: Found, claimant: Claimant | None, wording: str, pack: LanguagePack
) -> AppearanceDraft:
    """The appearance of one piece of a statement."""
    statement = found.statement
    exact = piece.of(text)
    # Whole content has its score; an attitude's is lower and would not come here.
    is_whole = statement.content == (piece,)
    return AppearanceDraft(
        exact=exact,
        start=piece.start,
        end=piece.end,
        prefix=text[max(0, piece.start - CONTEXT_CHARS) : piece.start],
        suffix=text[piece.end : piece.end + CONTEXT_CHARS],
        claimant=claimant.name if claimant else None,
        cue=" … ".join(part.of(text) for part in statement.cue) or None,
        stance=statement.stance,
        kind=statement.kind,
        check_worthiness=statement.check_worthiness if is_whole else check_worthiness(exact, pack),
        wording=wording if len(wording) <= MAX_WORDING_CHARS else exact,
    )
