"""From a text to its statements: each sentence by its language's rules, then what goes on over several sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.drafts import StatementKind
from scrapers.statements import sentences as splitting
from scrapers.statements.introduced import BULLETS, attribution_across, introduces, is_item, joined
from scrapers.statements.models import Models
from scrapers.statements.own_voice import own_voice
from scrapers.statements.pack import LanguagePack
from scrapers.statements.packs import pack_for
from scrapers.statements.spans import Attribution, Found, Sentence, Span, Spanned, Statement, spanned
from scrapers.statements.tagging import MAX_SENTENCE_TOKENS, InSentence, attributed
from scrapers.statements.worthiness import check_worthiness

MAX_TEXT_CHARS = 300_000
MIN_NESTING_CHARS = 30
MAX_PARTS = 100


def find(text: str, language: str = "en", models: Models | None = None) -> list[Statement]:
    """The statements of the text in its order: what it attributes to somebody, and what the outlet itself states.

    In a language without a pack these are its long quotations, with no claimant and no cue.
    The models are those that ship, unless others are given.
    """
    pack = pack_for(language, models)
    sentences = read_sentences(text, pack)
    found = found_in(text, sentences, pack)
    own = own_voice(text, sentences, found, pack)
    return [each.statement for each in sorted((*found, *own), key=lambda each: each.statement.sentence)]


def read_sentences(text: str, pack: LanguagePack) -> list[Sentence]:
    """The sentences of the text up to its 300,000th character, beyond which nobody reads."""
    return splitting.sentences(text[:MAX_TEXT_CHARS], pack.language)


def found_in(text: str, sentences: Sequence[Sentence], pack: LanguagePack) -> list[Found]:
    """The attributed statements of the sentences.

    A quotation or a list that goes on behind its cue's sentence is content of the statement too.
    """
    found: list[Found] = []
    running: int | None = None
    before: Sentence | None = None
    for sentence, attributions in zip(sentences, attributed(text, sentences, pack), strict=True):
        here = list(in_sentence(text, sentence, attributions, pack))
        led = led_by(text, before, sentence, pack) if before is not None and introduces(before) else None
        if led is not None:
            while found and found[-1].statement.cue == led.statement.cue:
                found.pop()
            running = len(found)
            found.append(led)
        elif running is not None and carries_on(text, found[running], sentence, here):
            found[running] = continued(text, found[running], sentence, pack)
        else:
            running = next((len(found) + i for i, each in enumerate(here) if ends_in_quotation(each)), None)
        found += here
        before = sentence
    return found


def led_by(text: str, introduction: Sentence, sentence: Sentence, pack: LanguagePack) -> Found | None:
    """The statement whose cue stands in the introduction and whose content is the quotation or list item behind it."""
    if not (sentence.is_quotation or is_item(sentence)) or len(sentence.tokens) > MAX_SENTENCE_TOKENS:
        return None
    both = joined(introduction, sentence)
    attribution = attribution_across(introduction, sentence, pack)
    return None if attribution is None else Found(statement_of(text, both, spanned(both, attribution), pack), both)


def carries_on(text: str, found: Found, sentence: Sentence, here: Sequence[Found]) -> bool:
    """Whether the sentence is one more quotation or one more list item of the statement."""
    parts = found.statement.content
    if len(parts) >= MAX_PARTS:
        return False
    if is_item(sentence):
        return text[: parts[-1].start].rstrip(" ")[-1:] in BULLETS
    return sentence.is_quotation and not here and ends_in_quotation(found)


def in_sentence(text: str, sentence: Sentence, here: InSentence, pack: LanguagePack) -> Iterator[Found]:
    """The statements of one sentence: what it attributes, and what its quotations attribute in their turn."""
    for each in here.found:
        yield Found(statement_of(text, sentence, each, pack), sentence)
    for token in sentence.tokens:
        if token.is_quote and token.end - token.start >= MIN_NESTING_CHARS:
            for nested in in_quotation(text, Span(token.start + 1, token.end - 1), pack):
                cue = nested.statement.cue
                if here.may_be_cue(cue) and not any(meet(cue, each.cue) for each in here.found):
                    yield nested


def meet(some: Sequence[Span], others: Sequence[Span]) -> bool:
    """Whether two cues share a character."""
    return any(a.start < b.end and b.start < a.end for a in some for b in others)


def in_quotation(text: str, quoted: Span, pack: LanguagePack) -> Iterator[Found]:
    """What the quoted words themselves attribute to somebody other than their speaker."""
    for inner in splitting.inner_sentences(text, quoted, pack.language):
        if len(inner.tokens) <= MAX_SENTENCE_TOKENS:
            for attribution in pack.attributions(inner.tokens):
                if names_another(inner, attribution, pack):
                    yield Found(statement_of(text, inner, spanned(inner, attribution), pack), inner)


def names_another(sentence: Sentence, attribution: Attribution, pack: LanguagePack) -> bool:
    """Whether a whole clause is laid on somebody, and not on the "I" or "we" who speaks."""
    if attribution.claimant is None or attribution.is_attitude:
        return False
    tokens = sentence.tokens
    opener = tokens[attribution.content[0][0] - 1].word if attribution.content[0][0] else ""
    return tokens[attribution.claimant[0]].word not in pack.references.speakers and opener in pack.clause_openers


def statement_of(text: str, sentence: Sentence, attribution: Spanned, pack: LanguagePack) -> Statement:
    """The statement that a sentence attributes."""
    content = attribution.content
    worth = check_worthiness(" ".join(part.of(text) for part in content), pack)
    return Statement(
        claimant=attribution.claimant,
        cue=attribution.cue,
        content=content,
        kind=kind_of(content[-1:] if is_relative(text, content, pack) else content, sentence),
        stance=attribution.stance,
        check_worthiness=worth / 10 if attribution.is_attitude else worth,
        sentence=sentence.span,
        is_attitude=attribution.is_attitude,
    )


def is_relative(text: str, content: tuple[Span, ...], pack: LanguagePack) -> bool:
    """Whether the content's first part is the pronoun of a relative clause."""
    return len(content) > 1 and content[0].of(text).lower() in pack.references.relatives


def kind_of(content: tuple[Span, ...], sentence: Sentence) -> StatementKind:
    """Direct where all of the content stands in quotation marks, mixed where a part of it does."""
    quotes = [Span(token.start, token.end) for token in sentence.tokens if token.is_quote]
    quoted = sum(quote.end - quote.start for part in content for quote in quotes if part.holds(quote.start))
    if not quoted:
        return StatementKind.INDIRECT
    return StatementKind.DIRECT if quoted >= sum(part.end - part.start for part in content) else StatementKind.MIXED


def ends_in_quotation(found: Found) -> bool:
    """Whether the sentence's last quotation is content of the statement, so that the next one may carry it on."""
    quotes = [token for token in found.sentence.tokens if token.is_quote]
    return bool(quotes) and any(part.holds(quotes[-1].start) for part in found.statement.content)


def continued(text: str, found: Found, sentence: Sentence, pack: LanguagePack) -> Found:
    """The statement with the next sentence's quotation, or the next list item, as a further part of its content."""
    statement = found.statement
    parts = sentence.tokens[1:] if is_item(sentence) else [token for token in sentence.tokens if token.is_quote]
    content = (*statement.content, Span(parts[0].start, parts[-1].end))
    worth = max(statement.check_worthiness, check_worthiness(content[-1].of(text), pack))
    return replace(found, statement=replace(statement, content=content, check_worthiness=worth))
