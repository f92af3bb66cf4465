"""What an outlet states in its own voice: sentences worth checking that attribute nothing to anybody."""

from collections.abc import Iterator, Sequence

from claims.drafts import Stance, StatementKind
from scrapers.statements.pack import LanguagePack
from scrapers.statements.spans import Found, Sentence, Span, Statement
from scrapers.statements.worthiness import check_worthiness

# Of what is attributed a reviewer wants to see nearly all, of an outlet's own sentences what can surely be checked.
MIN_OWN_VOICE_WORTHINESS = 0.8


def own_voice(text: str, sentences: Sequence[Sentence], found: Sequence[Found], pack: LanguagePack) -> Iterator[Found]:
    """The sentences that overlap none of the statements found and state, without a speaker, what is worth checking.

    An attitude ("passed a law", "backed the deal") is the outlet's own account of what somebody did or wants.
    """
    taken = iter(sorted(span for each in found if not each.statement.is_attitude for span in places(each)))
    place = next(taken, None)
    for sentence in sentences:
        while place is not None and place.end <= sentence.span.start:
            place = next(taken, None)
        if (place is None or place.start >= sentence.span.end) and pack.declares(sentence.tokens):
            statement = whole(text, sentence, pack)
            if statement.check_worthiness >= MIN_OWN_VOICE_WORTHINESS:
                yield Found(statement, sentence)


def places(found: Found) -> tuple[Span, ...]:
    """Every span that the statement takes, its sentence among them."""
    return (found.sentence.span, *found.statement.content)


def whole(text: str, sentence: Sentence, pack: LanguagePack) -> Statement:
    """The sentence without its full stop as a statement of nobody who is named."""
    tokens = sentence.tokens
    last = tokens[-2] if len(tokens) > 1 and tokens[-1].word == "." else tokens[-1]
    content = Span(tokens[0].start, last.end)
    worth = check_worthiness(content.of(text), pack)
    return Statement((), (), (content,), StatementKind.INDIRECT, Stance.ASSERTS, worth, sentence.span)
