"""Web addresses as scrapers meet them: what claims.addresses finds odd is a FetchRefused that names the address."""

from claims import addresses
from claims.addresses import DEFAULT_PORTS, Address, AllowedHosts, is_ip, is_public, plain_host
from claims.errors import BadAddress
from scrapers.errors import FetchRefused

__all__ = [
    "DEFAULT_PORTS",
    "Address",
    "AllowedHosts",
    "canonical",
    "identity",
    "is_ip",
    "is_public",
    "join",
    "joined",
    "parse",
    "plain_host",
    "require_public",
    "steered",
]


def parse(url: str) -> Address:
    """The address that the text names; FetchRefused, naming the oddity, where it is not a plain http(s) one."""
    try:
        return addresses.parse(url)
    except BadAddress as error:
        raise FetchRefused(url, error.what) from error


def join(base: Address, reference: str) -> Address:
    """The address that a link, or a Location header, on the page at base points to; FetchRefused as parse does."""
    try:
        return addresses.join(base, reference)
    except BadAddress as error:
        raise FetchRefused(reference, error.what) from error


def joined(page_url: str, reference: str) -> str:
    """The address that a link on the page points to, or nothing where that is none to be asked."""
    try:
        return join(parse(page_url), reference).url if reference.strip() else ""
    except FetchRefused:
        return ""


def canonical(url: str) -> str:
    """The address under which a page is shown and linked; FetchRefused as parse does."""
    try:
        return addresses.canonical(url)
    except BadAddress as error:
        raise FetchRefused(url, error.what) from error


def identity(url: str) -> str:
    """What the addresses of one page have in common; FetchRefused as parse does."""
    try:
        return addresses.identity(url)
    except BadAddress as error:
        raise FetchRefused(url, error.what) from error


def require_public(url: str, address: Address, allowed: AllowedHosts) -> None:
    """Raise FetchRefused, with the url that was asked for, where the address's port or host is not to be asked."""
    try:
        addresses.require_public(address, allowed)
    except BadAddress as error:
        raise FetchRefused(url, error.what) from error


def steered(url: str, address: Address) -> FetchRefused:
    """The error for an address that settings allow, where a site that they do not allow sent us there."""
    what = f"CLAIMLINE_ALLOW_HOSTS allows {address.authority}, but not for a site that it does not name; "
    return FetchRefused(url, f"{what}ask for that address itself, or allow the site that sends us there too")
