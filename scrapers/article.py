"""From a page's bytes to one ArticleDraft: text, metadata and where the story came from."""

from claims.drafts import ArticleDraft
from scrapers.errors import NotAnArticle
from scrapers.languages import language_of
from scrapers.main_text import MIN_TEXT_CHARS, main_text
from scrapers.markup import markup_of
from scrapers.metadata import MAX_TITLE_CHARS, metadata_of
from scrapers.origins import origin_of


def read(html: bytes, url: str) -> ArticleDraft:
    """The article that the page at url tells; never asks the network.

    Raises NotAnArticle where the page is empty or holds no running text.
    """
    if not html.strip():
        raise NotAnArticle(url, "the page is empty; check the address, or save the page again")
    markup = markup_of(html)
    main = main_text(markup)
    if len(main.text) < MIN_TEXT_CHARS:
        raise NotAnArticle(url, "the page holds no article's text; give the address of a single story")
    metadata = metadata_of(markup, url)
    return ArticleDraft(
        canonical_url=metadata.canonical_url,
        title=metadata.title or main.text.partition("\n")[0][:MAX_TITLE_CHARS],
        text=main.text,
        language=language_of(main.text, metadata.declared_language),
        authors=metadata.authors,
        published_at=metadata.published_at,
        modified_at=metadata.modified_at,
        outlet_name=metadata.outlet_name,
        origin=origin_of(main.text, metadata.authors, metadata.outlet_name),
        extracted_by=main.extracted_by,
    )
