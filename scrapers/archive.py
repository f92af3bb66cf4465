"""Asks a public web archive to keep a copy of a page besides ours; only where the settings say so."""

import re
from dataclasses import dataclass

from claims.drafts import Archived
from claims.settings import ArchiveAt, Settings
from scrapers.errors import ScrapeError
from scrapers.fetch import Content, Fetcher

INTERNET_ARCHIVE = "https://web.archive.org"
ARCHIVED = re.compile(r"/web/\d{4,14}[a-z_]*/")


@dataclass(frozen=True, slots=True)
class Archive:
    """A web archive at this address that saves what is named after /save/, as the Internet Archive does."""

    address: str = INTERNET_ARCHIVE

    @classmethod
    def of(cls, settings: Settings) -> "Archive | None":
        """The archive that the settings name; None where they name none."""
        return cls() if settings.archive is ArchiveAt.INTERNET_ARCHIVE else None

    def save(self, fetcher: Fetcher, url: str) -> Archived:
        """Have the page saved; an archive that does not is no error, but the reason is told.

        It answers by sending us on to its copy, or names the copy in Content-Location (RFC 7089 shows such headers).
        """
        try:
            page = fetcher.fetch(f"{self.address}/save/{url}", Content.EVIDENCE)
        except ScrapeError as error:
            return Archived(problem=error.what)
        named = next((value for name, value in page.headers if name.lower() == "content-location"), "")
        if named.startswith("/"):
            named = self.address + named
        found = next((place for place in (named, page.final_url) if is_copy(self.address, place)), None)
        return Archived(url=found) if found else Archived(problem="the archive answered without naming its copy")


def is_copy(address: str, place: str) -> bool:
    """Whether the place is a page that the archive keeps."""
    return place.startswith(address) and ARCHIVED.match(place.removeprefix(address)) is not None
