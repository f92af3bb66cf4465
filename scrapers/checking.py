"""Holds rules to saved pages: what each page gives today beside what is expected of it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Any

from claims.drafts import Access, ArticleDraft
from scrapers.article import read
from scrapers.errors import BadSavedPage, NotAnArticle
from scrapers.outlets import OUTLETS

PAGE, EXPECTED = "page.html", "expected.json"
RULE = "rule:"
# What an expected.json need not say: most pages are read by no rule, and whole.
UNSAID = {"rule": None, "access": Access.OPEN.value}


@dataclass(frozen=True, slots=True)
class Drift:
    """One field that is not as expected: lines that begin with "- " are missing, with "+ " unexpected."""

    field: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """A saved page by its folder's name, the rule that it is there for (None: the general reading), and its drift."""

    name: str
    rule: str | None
    drift: tuple[Drift, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """Every saved page, and the names of the rules that no page holds to anything."""

    pages: tuple[CheckedPage, ...]
    rules_without_page: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Whether every rule has a page and no page drifted."""
        return not self.rules_without_page and not any(page.drift for page in self.pages)


def check(folder: Path) -> Check:
    """Check the saved pages in the folders below this one; BadSavedPage where there are none or one is not whole."""
    folders = sorted(file.parent for file in folder.glob(f"*/{EXPECTED}"))
    if not folders:
        raise BadSavedPage(
            str(folder), f"holds no saved pages; name a folder of folders, each with a {PAGE} and an {EXPECTED}"
        )
    pages = tuple(checked(each) for each in folders)
    held = {page.rule for page in pages}
    return Check(pages, tuple(sorted(name for name in rule_names() if name not in held)))


def rule_names() -> set[str]:
    """The names of all rules of all outlets."""
    return {outlet.name_of(rule) for outlet in OUTLETS for rule in outlet.rules}


def checked(folder: Path) -> CheckedPage:
    """What became of one saved page."""
    expected = UNSAID | expected_of(folder)
    return CheckedPage(folder.name, expected["rule"], drift_of(html_of(folder), expected))


def drift_of(html: bytes, expected: dict[str, Any]) -> tuple[Drift, ...]:
    """The fields in which a page gives something else than is expected of it."""
    url = str(expected["url"])
    try:
        got = as_expected(read(html, url), url)
    except NotAnArticle as error:
        return (Drift("article", (f"+ {error}",)),)
    return tuple(
        Drift(name, difference(lines_of(expected.get(name)), lines_of(value)))
        for name, value in got.items()
        if expected.get(name) != value
    )


def as_expected(draft: ArticleDraft, url: str) -> dict[str, Any]:
    """What was read, in the shape of an expected.json; the title is no part of the text."""
    published_at, modified_at = (moment and moment.isoformat() for moment in (draft.published_at, draft.modified_at))
    return {
        "url": url,
        "rule": draft.extracted_by.removeprefix(RULE) if draft.extracted_by.startswith(RULE) else None,
        "title": draft.title,
        "text": [line for line in draft.text.split("\n") if line != draft.title],
        "authors": list(draft.authors),
        "published_at": published_at,
        "modified_at": modified_at,
        "canonical_url": draft.canonical_url,
        "language": draft.language,
        "outlet_name": draft.outlet_name,
        "origin": draft.origin,
        "access": draft.access.value,
    }


def html_of(folder: Path) -> bytes:
    """The saved page's bytes."""
    return bytes_of(folder / PAGE)


def expected_of(folder: Path) -> dict[str, Any]:
    """What is expected of the folder's page."""
    path = folder / EXPECTED
    try:
        value = json.loads(bytes_of(path))
    except (ValueError, RecursionError) as error:
        raise BadSavedPage(str(path), f"is no JSON that can be read: {error}") from error
    if not isinstance(value, dict) or not isinstance(value.get("url"), str):
        raise BadSavedPage(str(path), 'must be an object with the page\'s address as "url"')
    if not isinstance(value.get("rule"), str | None):
        raise BadSavedPage(str(path), '"rule" must be the name of a rule, or null')
    return value


def bytes_of(path: Path) -> bytes:
    """The file's bytes; BadSavedPage for what is no file, which might never end."""
    if path.exists() and not path.is_file():
        raise BadSavedPage(str(path), "is no file")
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadSavedPage(str(path), f"cannot be read: {error.strerror}") from error


def lines_of(value: Any) -> list[str]:
    """A field's value as lines to be compared."""
    return [str(line) for line in value] if isinstance(value, list) else [str(value)]


def difference(expected: Sequence[str], got: Sequence[str]) -> tuple[str, ...]:
    """The lines that only one side has, in order."""
    # Not ndiff, which also compares within lines: a redesigned page would take it minutes.
    lines = list(unified_diff(expected, got, n=0, lineterm=""))[2:]
    return tuple(f"{line[0]} {line[1:]}" for line in lines if not line.startswith("@@"))
