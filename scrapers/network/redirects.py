"""Where a redirect leads, and how an error that met us there is told of the address that was asked."""

from scrapers.addresses import Address, join
from scrapers.errors import FetchFailed, FetchRefused, HostUnreachable, ScrapeError
from scrapers.network.exchange import Exchange

REDIRECTS = frozenset((301, 302, 303, 307, 308))
MAX_TARGET_CHARS = 100


def next_hop(exchange: Exchange, hop: Address, location: str) -> Address:
    """The address that a redirect points to; FetchRefused where it would leave https for http."""
    try:
        target = join(hop, utf8_if_it_is(location))
    except FetchRefused as error:
        raise sent_on(exchange, location, error) from error
    if (hop.scheme, target.scheme) == ("https", "http"):
        what = f"the site sends us on to {target.url} without encryption; check the address"
        raise FetchRefused(exchange.url, what)
    return target


def utf8_if_it_is(header: str) -> str:
    """The header's value, which was read as Latin-1, as the UTF-8 that it may be."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return header


def sent_on(exchange: Exchange, target: str, error: ScrapeError) -> ScrapeError:
    """The same error, telling that it met us at an address that a redirect led to."""
    shown = target if len(target) <= MAX_TARGET_CHARS else f"{target[:MAX_TARGET_CHARS]}…"
    what = f"the site sends us on to {shown}: {error.what}"
    if isinstance(error, HostUnreachable):  # another host than the one that was asked, which can be reached
        return FetchFailed(exchange.url, what, may_pass=error.may_pass)
    return error.told_as(exchange.url, what)
