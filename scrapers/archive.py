"""Asks a public web archive to keep a copy of a page besides ours; only where the settings say so."""

import re
from dataclasses import dataclass, field

from claims.addresses import Address, AllowedHosts, is_private_host
from claims.drafts import Archived, Page
from claims.settings import ArchiveAt, Settings
from scrapers.addresses import parse
from scrapers.errors import ScrapeError
from scrapers.fetch import Content, Fetcher

INTERNET_ARCHIVE = "https://web.archive.org"
PRIVATE = "a private address"
ARCHIVED = re.compile(r"/web/\d{4,14}[a-z_]*/")


@dataclass(frozen=True, slots=True)
class Archive:
    """A web archive at this address that saves what is named after /save/, as the Internet Archive does.

    Of the hosts that may be fetched although they are private, it is told nothing.
    """

    address: str = INTERNET_ARCHIVE
    confidential: AllowedHosts = field(default_factory=AllowedHosts)

    @classmethod
    def of(cls, settings: Settings) -> "Archive | None":
        """The archive that the settings name; None where they name none."""
        if settings.archive is not ArchiveAt.INTERNET_ARCHIVE:
            return None
        return cls(confidential=AllowedHosts.of(settings.allow_hosts))

    def save(self, fetcher: Fetcher, fetched: Page) -> Archived:
        """Have the page that was fetched saved; an archive that does not is no error, but the reason is told.

        Nor is a page that only we can reach, or that led to one: not even its address leaves the house.
        It answers by sending us on to its copy, or names the copy in Content-Location (RFC 7089 shows such headers).
        """
        asked, answered = parse(fetched.url), parse(fetched.final_url)
        if self.is_confidential(asked) or self.is_confidential(answered):
            return Archived(problem=PRIVATE)
        try:
            # Parsed, it has no dot segments left that would lead out of /save/.
            page = fetcher.fetch(f"{self.address}/save/{asked.url}", Content.EVIDENCE)
        except ScrapeError as error:
            return Archived(problem=error.what)
        named = next((value for name, value in page.headers if name.lower() == "content-location"), "")
        if named.startswith("/"):
            named = self.address + named
        found = next((place for place in (named, page.final_url) if is_copy(self.address, place)), None)
        return Archived(url=found) if found else Archived(problem="the archive answered without naming its copy")

    def is_confidential(self, address: Address) -> bool:
        """Whether the host is one's own network's, or fetched only because the settings allow it."""
        return is_private_host(address.host) or self.confidential.names(address.host)


def is_copy(address: str, place: str) -> bool:
    """Whether the place is a page that the archive keeps."""
    return place.startswith(address) and ARCHIVED.match(place.removeprefix(address)) is not None
