"""The errors that fetching and reading raise: each is one line for a reviewer, whatever a site put into it."""

import re
from typing import Self

MAX_SHOWN_CHARS = 300
USER_INFO = re.compile(r"(?<=//)[^/?#]*@")


class ScrapeError(Exception):
    """What went wrong at one address, and what to do about it; str() is always one printable line.

    url is the address as it was asked for, what is the part of the message after it. may_pass tells whether to ask
    again later can help, retry_after_s in how many seconds the site wants that, status what the server answered.
    """

    def __init__(
        self,
        url: str,
        what: str,
        *,
        may_pass: bool = False,
        retry_after_s: float | None = None,
        status: int | None = None,
    ) -> None:
        super().__init__(url, what)
        self.url = url
        self.what = what
        self.may_pass = may_pass
        self.retry_after_s = retry_after_s
        self.status = status

    def told_as(self, url: str, what: str) -> Self:
        """The same error in other words, about the address that somebody asked for."""
        return type(self)(url, what, may_pass=self.may_pass, retry_after_s=self.retry_after_s, status=self.status)

    def __str__(self) -> str:
        return f"{one_line(USER_INFO.sub('…@', self.url))}: {one_line(self.what)}"


class FetchRefused(ScrapeError):
    """We did not ask: no web address, a private address, a port or a redirect that we do not follow, robots.txt."""


class FetchFailed(ScrapeError):
    """We asked and got no whole page: unknown name, no answer in time, an error status, too big, cut off."""


class HostUnreachable(FetchFailed):
    """No connection came about: no such host, nobody answers there, or the certificate is not to be trusted."""


class HostResting(FetchFailed):
    """The host was not asked, since it wants a pause, is busy with fetches of ours, or we stop; it may be later."""


class UnreadablePage(ScrapeError):
    """The answer is of a type that Claimline does not read, such as a picture."""


class NotAnArticle(ScrapeError):
    """The page was read and tells no story."""


class LeadsAway(ScrapeError):
    """What we have read before is not at its address: that leads to a front page now."""


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
