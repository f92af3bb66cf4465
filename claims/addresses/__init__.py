"""Web addresses: how one is read, where it may lead, and which of them are one page. Nothing here asks the network."""

from claims.addresses.identity import canonical, identity, leads_to_front_page, plain_host, same_page, spellings
from claims.addresses.parsing import DEFAULT_PORTS, MAX_URL_CHARS, Address, join, parse, parse_authority
from claims.addresses.reach import AllowedHosts, fetchable, is_ip, is_private_host, is_public, require_public

__all__ = [
    "DEFAULT_PORTS",
    "MAX_URL_CHARS",
    "Address",
    "AllowedHosts",
    "canonical",
    "fetchable",
    "identity",
    "is_ip",
    "is_private_host",
    "is_public",
    "join",
    "leads_to_front_page",
    "parse",
    "parse_authority",
    "plain_host",
    "require_public",
    "same_page",
    "spellings",
]
