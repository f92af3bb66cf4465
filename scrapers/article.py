"""From a page's bytes to one ArticleDraft: text, metadata, where the story came from and how much of it is open."""

from datetime import date

from claims.drafts import ArticleDraft
from scrapers.errors import NotAnArticle
from scrapers.outlets.reading import Ruled, by_rule
from scrapers.pages.access import access_of, is_consent_page
from scrapers.pages.languages import language_of
from scrapers.pages.main_text import MIN_TEXT_CHARS, main_text
from scrapers.pages.markup import markup_of
from scrapers.pages.metadata import MAX_TITLE_CHARS, metadata_of
from scrapers.pages.origins import origin_of

CONSENT_ASKED = (
    "the page asks for consent to cookies instead of telling a story; open it in a browser, agree or refuse, "
    "save the page and ingest the saved file with --url"
)


def read(html: bytes, url: str, *, on: date | None = None, content_type: str = "") -> ArticleDraft:
    """The article that the page at url tells; never asks the network.

    The outlet's own rule comes first, where it has one. on is the day that the page was fetched, by which the rule is
    chosen; where nobody knows it, that is the day that the article was published. content_type is the header that it
    came with, whose charset may be the only one that is declared.

    Raises NotAnArticle where the page is empty, holds no running text or asks for consent first.
    """
    if not html.strip():
        raise NotAnArticle(url, "the page is empty; check the address, or save the page again")
    markup = markup_of(html, content_type)
    metadata = metadata_of(markup, url)
    ruled = by_rule(markup, url, metadata, on) or Ruled(main_text(markup), metadata)
    main, metadata = ruled.main, ruled.metadata
    if is_consent_page(metadata, main.text):
        raise NotAnArticle(url, CONSENT_ASKED)
    if len(main.text) < MIN_TEXT_CHARS:
        raise NotAnArticle(url, "the page holds no article's text; give the address of a single story")
    return ArticleDraft(
        canonical_url=metadata.canonical_url,
        title=metadata.title or main.text.partition("\n")[0][:MAX_TITLE_CHARS],
        text=main.text,
        language=language_of(main.text, metadata.declared_language),
        authors=metadata.authors,
        published_at=metadata.published_at,
        modified_at=metadata.modified_at,
        outlet_name=metadata.outlet_name,
        origin=ruled.origin or origin_of(main.text, metadata.authors, metadata.outlet_name),
        extracted_by=main.extracted_by,
        access=access_of(markup, main.text),
    )
