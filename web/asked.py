"""What an address asks for, read from its query and checked before anything else sees it."""

from collections.abc import Mapping

from claims.drafts import require_storable
from claims.errors import InvalidDraft
from claims.ratings import Rating, rating_named

MAX_PAGE = 100_000
MAX_SEARCH_CHARS = 200


def page_asked(query: Mapping[str, str]) -> int:
    """The page of a list, from 1; InvalidDraft where it is no such number."""
    page = query.get("page") or "1"
    if not (page.isascii() and page.isdigit() and len(page) <= len(str(MAX_PAGE)) and 1 <= int(page) <= MAX_PAGE):
        raise InvalidDraft(f"There is no page {page[:40]!r}: pages are numbered from 1.")
    return int(page)


def version_asked(query: Mapping[str, str], name: str) -> int | None:
    """The number of a version, or None where the address names none; InvalidDraft where it is no such number."""
    number = query.get(name, "")
    if not number:
        return None
    if not (number.isascii() and number.isdigit() and len(number) <= len(str(MAX_PAGE)) and int(number) >= 1):
        raise InvalidDraft(f"There is no version {number[:40]!r}: versions are numbered from 1.")
    return int(number)


def search_asked(query: Mapping[str, str]) -> str:
    """The words to search for, which may be none; InvalidDraft for what no text holds."""
    search = query.get("q", "").strip()
    if len(search) > MAX_SEARCH_CHARS:
        raise InvalidDraft(f"Search for {MAX_SEARCH_CHARS} characters at most; this is {len(search)}.")
    require_storable(search)
    return search


def rating_asked(query: Mapping[str, str]) -> Rating | None:
    """The rating to narrow a list to, or None for all; InvalidDraft where there is no such rating."""
    key = query.get("rating", "")
    return rating_named(key) if key else None
