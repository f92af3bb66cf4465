"""Saved pages: HTML files from disk, read as if they had been fetched."""

from datetime import datetime
from pathlib import Path

from claims.drafts import Page
from scrapers.addresses import parse
from scrapers.errors import FetchFailed
from scrapers.fetch import Limits

SUFFIXES = {".html", ".htm", ".xhtml"}


def saved_pages(what: str) -> tuple[Path, ...]:
    """The HTML file that is named, or all in the folder that is named and below it, by name; FetchFailed for none."""
    path = Path(what)
    try:
        if path.is_file():
            return (path,)
        is_there = path.is_dir()
    except OSError:  # no name that a file could have
        is_there = False
    if not is_there:
        raise FetchFailed(what, "there is no such file or folder; an address begins with https:// or http://")
    found = tuple(sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file()))
    if not found:
        raise FetchFailed(what, "this folder holds no .html file; name another folder or an address")
    return found


def read_saved(path: Path, *, address: str | None, now: datetime) -> Page:
    """The saved page with the address that it is given, or its file's own where it is given none."""
    max_bytes = Limits().max_html_bytes
    try:
        with path.open("rb") as file:
            body = file.read(max_bytes + 1)
    except OSError as error:
        raise FetchFailed(str(path), f"cannot be read: {error.strerror}") from error
    if len(body) > max_bytes:
        raise FetchFailed(str(path), f"is larger than {max_bytes // 1_000_000} MB; save the article's page alone")
    url = parse(address).url if address else path.absolute().as_uri()
    return Page(
        url=url,
        final_url=url,
        status=200,
        headers=(),
        body=body,
        content_type="text/html",
        fetched_at=now,
    )
