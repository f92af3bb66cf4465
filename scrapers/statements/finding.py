"""From a text to its statements: each sentence by its language's rules, then what goes on over several sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.drafts import StatementKind
from scrapers.statements import sentences as splitting
from scrapers.statements.pack import LanguagePack
from scrapers.statements.packs import pack_for
from scrapers.statements.spans import Attribution, Found, Sentence, Span, Statement
from scrapers.statements.worthiness import check_worthiness

# No sentence of news is as long; a list, a table or a page of junk is.
MAX_SENTENCE_TOKENS = 500
MAX_TEXT_CHARS = 300_000


def find(text: str, language: str = "en") -> list[Statement]:
    """The statements that the text attributes to somebody, in the order of their cues.

    In a language without a pack these are its long quotations, with no claimant and no cue.
    """
    pack = pack_for(language)
    return [found.statement for found in found_in(text, read_sentences(text, pack), pack)]


def read_sentences(text: str, pack: LanguagePack) -> list[Sentence]:
    """The sentences of the text up to its 300,000th character, beyond which nobody reads."""
    return splitting.sentences(text[:MAX_TEXT_CHARS], pack.language)


def found_in(text: str, sentences: Sequence[Sentence], pack: LanguagePack) -> list[Found]:
    """The statements of the sentences; a quotation that goes on behind its cue's sentence is content of it too."""
    found: list[Found] = []
    speech: int | None = None
    for sentence in sentences:
        here = list(in_sentence(text, sentence, pack))
        if here or speech is None or not sentence.is_quotation:
            speech = next(
                (len(found) + i for i, each in reversed(list(enumerate(here))) if ends_in_quotation(each)), None
            )
            found += here
        else:
            found[speech] = continued(text, found[speech], sentence, pack)
    return found


def in_sentence(text: str, sentence: Sentence, pack: LanguagePack) -> Iterator[Found]:
    """The statements of one sentence; none in what is too long to be one."""
    if len(sentence.tokens) > MAX_SENTENCE_TOKENS:
        return
    for attribution in pack.attributions(sentence.tokens):
        yield Found(statement_of(text, sentence, attribution, pack), sentence)


def statement_of(text: str, sentence: Sentence, attribution: Attribution, pack: LanguagePack) -> Statement:
    """The attribution with its tokens' places in the text."""

    def spans(*ranges: tuple[int, int] | None) -> tuple[Span, ...]:
        tokens = sentence.tokens
        return tuple(Span(tokens[a].start, tokens[b - 1].end) for a, b in filter(None, ranges) if a < b)

    content = spans(*attribution.content)
    worth = check_worthiness(" ".join(part.of(text) for part in content), pack)
    return Statement(
        claimant=spans(attribution.claimant),
        cue=spans(attribution.cue),
        content=content,
        kind=kind_of(content[-1:] if is_relative(text, content, pack) else content, sentence),
        stance=attribution.stance,
        check_worthiness=worth / 10 if attribution.is_attitude else worth,
        sentence=sentence.span,
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
    """The statement with the next sentence's quotation as a further part of its content."""
    quotes = [token for token in sentence.tokens if token.is_quote]
    content = (*found.statement.content, Span(quotes[0].start, quotes[-1].end))
    worth = max(found.statement.check_worthiness, check_worthiness(content[-1].of(text), pack))
    return replace(found, statement=replace(found.statement, content=content, check_worthiness=worth))
