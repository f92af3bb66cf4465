"""The addresses that feeds and sitemaps list, gathered for one outlet: each page once, and only its own."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from scrapers.addresses import identity, joined, parse
from scrapers.errors import FetchRefused
from scrapers.listings.sitemaps import Listed

MAX_LOOKS = 20


@dataclass(slots=True)
class Gathering:
    """What was gathered so far for the sites that are home, and how much was left out, by why.

    Looking at an address takes 100 microseconds, so once there are max_urls, or twenty times as many were looked at,
    the rest is only counted.
    """

    homes: frozenset[str]
    max_urls: int
    urls: dict[str, tuple[datetime, str]] = field(default_factory=dict)
    elsewhere: int = 0
    repeated: int = 0
    left: int = 0
    looked_at: int = 0

    @property
    def is_full(self) -> bool:
        """Whether no more addresses are taken."""
        return len(self.urls) >= self.max_urls or self.looked_at >= MAX_LOOKS * self.max_urls

    def add(self, page_url: str, entries: Iterable[Listed]) -> None:
        """Take the addresses of a page's entries, in their order; those that are none are passed over."""
        for entry in entries:
            if self.is_full:
                self.left += 1
                continue
            self.looked_at += 1
            if url := joined(page_url, entry.reference):
                with suppress(FetchRefused):
                    self._take(entry.changed_at, url)

    def newest_first(self) -> tuple[str, ...]:
        """The addresses, by the time that their entries gave; those of one time stay in the order of their coming."""
        return tuple(url for _, url in sorted(self.urls.values(), key=lambda entry: entry[0], reverse=True))

    def notes(self, url: str) -> Iterator[str]:
        """In one line each, what was left out of what this address lists."""
        if self.elsewhere:
            yield f"{url}: left out {self.elsewhere} entries that lead to other sites"
        if self.repeated:
            yield f"{url}: left out {self.repeated} entries that name a page again"
        if self.left:
            known = len(self.urls) + self.left
            yield f"{url}: took the first {len(self.urls)} of {known} addresses; ingest the rest apart"

    def _take(self, at: datetime, url: str) -> None:
        """Take the address, if it is at home and its page is new."""
        key = identity(url)
        if site_of(url) not in self.homes:
            self.elsewhere += 1
        elif key in self.urls:
            self.repeated += 1
        else:
            self.urls[key] = (at, url)


def site_of(url: str) -> str:
    """What one outlet owns of the web, as Address.site tells; nothing for what is no web address."""
    try:
        return parse(url).site
    except FetchRefused:
        return ""
