"""The public functions in the shapes that the measuring scripts ask for; `python … tests.bench.adapters:read`."""

from claims.drafts import ArticleDraft
from scrapers import article
from scrapers.statements import find
from scrapers.statements.spans import Span


def read(html: bytes, url: str) -> ArticleDraft:
    """The article on a page, as scrapers.article reads it."""
    return article.read(html, url)


def attribute(text: str) -> list[tuple[list[Span], list[Span], list[Span]]]:
    """Claimant, cue and content of every statement in the text."""
    return [(list(each.claimant), list(each.cue), list(each.content)) for each in find(text)]


def attribute_by_rules(text: str) -> list[tuple[list[Span], list[Span], list[Span]]]:
    """The same, with rules alone: all there is so far."""
    return attribute(text)
