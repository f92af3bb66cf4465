"""The public functions in the shapes that the measuring scripts ask for, and what each is measured against."""

from trafilatura import bare_extraction

from claims.drafts import ArticleDraft
from scrapers import article
from scrapers.statements import find
from scrapers.statements.learned.worthiness_fitting import heuristic
from scrapers.statements.models import NO_MODELS
from scrapers.statements.packs import pack_for
from scrapers.statements.spans import Span
from scrapers.statements.worthiness import check_worthiness_in_order


def read(html: bytes, url: str) -> ArticleDraft:
    """The article on a page, as scrapers.article reads it."""
    return article.read(html, url)


def read_by_trafilatura(html: bytes, url: str) -> dict[str, object]:
    """What trafilatura alone makes of the page."""
    document = bare_extraction(html, url=url, with_metadata=True)
    if document is None or isinstance(document, dict):
        return {}
    authors = [name.strip() for name in (document.author or "").split(";") if name.strip()]
    return {"text": document.text, "title": document.title, "authors": authors, "published_on": document.date}


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


def digits_and_length(sentences: list[str]) -> list[float]:
    """The one-line heuristic that the model must beat: a sentence with digits first, then the longer one."""
    return [heuristic(sentence) for sentence in sentences]
