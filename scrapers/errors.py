"""The errors that fetching and reading raise: each is one line for a reviewer, whatever a site put into it."""

import re

MAX_SHOWN_CHARS = 300
USER_INFO = re.compile(r"(?<=//)[^/?#]*@")


class ScrapeError(Exception):
    """What went wrong at one address, and what to do about it; str() is always one printable line.

    url is the address as it was asked for, what is the part of the message after it. may_pass says whether another
    try may go better, retry_after_s how long the site wants us to wait, status what it answered.
    """

    may_pass: bool = False
    retry_after_s: float | None = None
    status: int | None = None

    def __init__(self, url: str, what: str) -> None:
        super().__init__(url, what)
        self.url = url
        self.what = what

    def __str__(self) -> str:
        return f"{one_line(USER_INFO.sub('…@', self.url))}: {one_line(self.what)}"


class FetchRefused(ScrapeError):
    """We did not ask: no web address, a private address, a port or a redirect that we do not follow, robots.txt."""


class FetchFailed(ScrapeError):
    """We asked and got no whole page: unknown name, no answer in time, an error status, too big, cut off."""


class HostUnreachable(FetchFailed):
    """No connection came about: no such host, nobody answers there, or the certificate is not to be trusted."""

    may_pass = True


class UnreadablePage(ScrapeError):
    """The answer is whole, but of a type that Claimline does not read, such as a PDF."""


class NotAnArticle(ScrapeError):
    """The page was read and tells no story."""


class BadSavedPage(ScrapeError):
    """A saved page that outlets' rules are to be held to is not there, or what is expected of it cannot be read."""


class NotAFeed(ScrapeError):
    """The page was read and lists no entries as RSS, Atom, RDF or JSON Feed do."""


class NotASitemap(ScrapeError):
    """The page was read and is neither a sitemap nor an index of sitemaps."""


def one_line(text: str) -> str:
    """The text on one line: what cannot be printed is escaped, and what is over 300 characters is left out."""
    shown = text if len(text) <= MAX_SHOWN_CHARS else text[:MAX_SHOWN_CHARS] + "…"
    if shown.isprintable():
        return shown
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in shown)
