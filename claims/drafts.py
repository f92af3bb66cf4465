"""What was read and is not stored yet: the types that carry an article from its address to intake."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

from claims.errors import InvalidDraft

CONTEXT_CHARS = 32
MAX_WORDING_CHARS = 2_000
# Printable ASCII, within which RFC 9110 puts all that servers have reason to write there.
VALIDATOR = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,510}[\x21-\x7e])?")
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Stance(StrEnum):
    """What the outlet says its claimant does with the statement."""

    ASSERTS = "asserts"
    DENIES = "denies"
    REPORTS = "reports"


class StatementKind(StrEnum):
    """Whether the words are the claimant's own or the outlet's account of them."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Access(StrEnum):
    """How much of an article its outlet shows to whoever comes by.

    METERED: the outlet says that not everyone may read it, and nothing shows that the page held only a part.
    PAYWALLED: the page held only the open part of the text. CONSENT_PAGE: the page asks for consent and tells no
    story, so none is read from it. LIVE_BLOG: updates are added to one page for hours or days.
    """

    OPEN = "open"
    METERED = "metered"
    PAYWALLED = "paywalled"
    CONSENT_PAGE = "consent-page"
    LIVE_BLOG = "live-blog"


@dataclass(frozen=True, slots=True)
class Page:
    """What one fetch returned, whole: the body is decoded from its transfer and content encodings.

    url is what was asked for, final_url what answered after redirects. headers keep the server's order.
    """

    url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    content_type: str
    fetched_at: datetime

    def __post_init__(self) -> None:
        """Refuse a naive time, which would be stored as if it were UTC."""
        require_aware(self.fetched_at, "fetched_at")


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave us to ask it later whether a page has changed (RFC 9110, 8.8); falsy where it gave nothing.

    They hold for the one address that they came from.
    """

    etag: str = ""
    last_modified: str = ""

    @classmethod
    def of(cls, page: Page) -> Self:
        """Those of a page; none where a redirect led to it, for another address does not know them."""
        if page.url.partition("#")[0] != page.final_url:
            return cls()
        return cls.stated(page.headers)

    @classmethod
    def stated(cls, headers: Iterable[tuple[str, str]]) -> Self:
        """Those among an answer's headers, as far as they can be sent back."""
        usable = {name.lower(): value for name, value in headers if VALIDATOR.fullmatch(value)}
        return cls(usable.get("etag", ""), usable.get("last-modified", ""))

    def __bool__(self) -> bool:
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True, slots=True)
class Archived:
    """Where a public archive keeps a page, or why it does not; neither where none was asked."""

    url: str | None = None
    problem: str | None = None


NOT_ARCHIVED = Archived()


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """One story as it was extracted from a page.

    canonical_url is absolute and on the page's own host. language is a BCP 47 tag or "und". origin names the agency
    of a wire copy ("Anadolu Agency"). extracted_by says which path won: an outlet's rule, trafilatura or paragraphs.
    """

    canonical_url: str
    title: str
    text: str
    language: str = "und"
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    modified_at: datetime | None = None
    outlet_name: str | None = None
    origin: str | None = None
    extracted_by: str = "trafilatura"
    access: Access = Access.OPEN

    def __post_init__(self) -> None:
        """Refuse a draft that could not be stored or anchored to."""
        require_text(self.title, "title")
        require_text(self.text, "text")
        require_storable("".join((self.canonical_url, self.outlet_name or "", self.origin or "", *self.authors)))
        require_aware(self.published_at, "published_at")
        require_aware(self.modified_at, "modified_at")


@dataclass(frozen=True, slots=True)
class AppearanceDraft:
    """One statement found in an article's text.

    exact is text[start:end]; prefix and suffix are up to 32 characters before and after it. wording is the statement
    as it can stand alone, with what was put in for a pronoun in [brackets]; by default it is exact. claimant is a
    name as the text has it, cue the reporting words ("has long insisted that"). check_worthiness runs from 0 to 1.
    """

    exact: str
    start: int
    end: int
    prefix: str
    suffix: str
    claimant: str | None = None
    cue: str | None = None
    stance: Stance = Stance.ASSERTS
    kind: StatementKind = StatementKind.INDIRECT
    check_worthiness: float = 0.5
    wording: str = ""

    def __post_init__(self) -> None:
        """Refuse offsets that do not fit the words, and fill in the wording."""
        require_text(self.exact, "exact")
        require_storable("".join((self.prefix, self.suffix, self.claimant or "", self.cue or "", self.wording)))
        if not self.wording:
            object.__setattr__(self, "wording", self.exact)
        if self.start < 0 or self.end - self.start != len(self.exact):
            raise InvalidDraft(f"offsets {self.start} to {self.end} do not span {len(self.exact)} characters")
        if len(self.exact) > MAX_WORDING_CHARS:
            raise InvalidDraft(f"a statement of {len(self.exact)} characters is over {MAX_WORDING_CHARS}")
        if len(self.prefix) > CONTEXT_CHARS or len(self.suffix) > CONTEXT_CHARS:
            raise InvalidDraft(f"context is over {CONTEXT_CHARS} characters")
        if not 0 <= self.check_worthiness <= 1:
            raise InvalidDraft(f"check-worthiness {self.check_worthiness} is not between 0 and 1")


def require_text(value: str, name: str) -> None:
    """Raise InvalidDraft where the text is blank or holds what no database keeps (NUL, lone surrogates)."""
    if not value.strip():
        raise InvalidDraft(f"{name} is empty")
    require_storable(value)


def require_storable(value: str) -> None:
    """Raise InvalidDraft where the text holds NUL or a lone surrogate."""
    if UNSTORABLE.search(value):
        raise InvalidDraft("text holds a NUL or half a character pair, which cannot be stored")


def require_aware(moment: datetime | None, name: str) -> None:
    """Raise InvalidDraft where a time has no zone."""
    if moment is not None and moment.utcoffset() is None:
        raise InvalidDraft(f"{name} has no time zone")
