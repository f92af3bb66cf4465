"""The public functions in the shapes that the measuring scripts ask for; `python … tests.bench.adapters:read`."""

from claims.drafts import ArticleDraft
from scrapers import article
from scrapers.statements import find
from scrapers.statements.models import NO_MODELS
from scrapers.statements.packs import pack_for
from scrapers.statements.spans import Span
from scrapers.statements.worthiness import check_worthiness_in_order


def read(html: bytes, url: str) -> ArticleDraft:
    """The article on a page, as scrapers.article reads it."""
    return article.read(html, url)


def attribute(text: str) -> list[tuple[list[Span], list[Span], list[Span]]]:
    """Claimant, cue and content of every statement that the text attributes; the outlet's own voice is left out."""
    return [(list(each.claimant), list(each.cue), list(each.content)) for each in find(text) if not each.is_own_voice]


def attribute_by_rules(text: str) -> list[tuple[list[Span], list[Span], list[Span]]]:
    """The same, with rules alone."""
    found = find(text, models=NO_MODELS)
    return [(list(each.claimant), list(each.cue), list(each.content)) for each in found if not each.is_own_voice]


def check_worthiness(sentences: list[str]) -> list[float]:
    """How much each sentence of a debate, given whole and in order, is worth checking."""
    return check_worthiness_in_order(sentences, pack_for("en"))
