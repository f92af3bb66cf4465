"""From a page's bytes to one ArticleDraft: text, metadata, where the story came from and how much of it is open."""

from dataclasses import dataclass
from datetime import date

from claims.drafts import ArticleDraft
from scrapers.errors import NotAnArticle
from scrapers.outlets.reading import Ruled, by_rule
from scrapers.pages.access import access_of, is_consent_page
from scrapers.pages.languages import language_of
from scrapers.pages.listed import lists_stories
from scrapers.pages.main_text import MIN_TEXT_CHARS, main_text
from scrapers.pages.markup import markup_of
from scrapers.pages.metadata import MAX_TITLE_CHARS, metadata_of
from scrapers.pages.origins import origin_of

CONSENT_ASKED = (
    "the page asks for consent to cookies instead of telling a story; open it in a browser, agree or refuse, "
    "save the page and ingest the saved file with --url"
)
LISTS_STORIES = (
    "this is a page that lists stories, not one: submit the story's own address, or have the outlet's feed read with "
    "claimline outlet add"
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A page's markup with its text and metadata, by an outlet's rule where is_ruled."""

    markup: str
    ruled: Ruled
    is_ruled: bool


def read(
    html: bytes, url: str, *, on: date | None = None, content_type: str = "", may_list: bool = False
) -> ArticleDraft:
    """The article that the page at url tells; never asks the network.

    The outlet's own rule comes first, where it has one. on is the day that the page was fetched, by which the rule is
    chosen; where nobody knows it, that is the day that the article was published. content_type is the header that it
    came with, whose charset may be the only one that is declared. may_list: a page that lists stories is read as well.

    Raises NotAnArticle where the page is empty, holds no running text, lists stories or asks for consent first.
    """
    page = opened(html, url, on, content_type)
    is_believed = may_list or page.is_ruled or page.ruled.metadata.is_called_article
    if not is_believed and lists_stories(page.markup):
        raise NotAnArticle(url, LISTS_STORIES)
    return draft_of(page, url)


def read_any(html: bytes, url: str) -> ArticleDraft:
    """The same of a page that may as well list stories: people cite such pages as evidence."""
    return read(html, url, may_list=True)


def opened(html: bytes, url: str, on: date | None, content_type: str) -> Opened:
    """The page's text and metadata; NotAnArticle where it is empty."""
    if not html.strip():
        raise NotAnArticle(url, "the page is empty; check the address, or save the page again")
    markup = markup_of(html, content_type)
    metadata = metadata_of(markup, url)
    ruled = by_rule(markup, url, metadata, on)
    return Opened(markup, ruled or Ruled(main_text(markup), metadata), ruled is not None)


def draft_of(page: Opened, url: str) -> ArticleDraft:
    """The article as a draft; NotAnArticle where the page holds no running text or asks for consent."""
    main, metadata = page.ruled.main, page.ruled.metadata
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
        origin=page.ruled.origin or origin_of(main.text, metadata.authors, metadata.outlet_name),
        extracted_by=main.extracted_by,
        access=access_of(page.markup, main.text),
    )
