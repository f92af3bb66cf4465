"""Where an address leads: to what anybody on the internet can reach, or into somebody's own network.

A form asks before anything is recorded, by the letters alone; whoever connects asks again about each IP address that a
name stands for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Self

from claims.addresses.parsing import DEFAULT_PORTS, Address, parse, parse_authority
from claims.errors import BadAddress, InvalidDraft

# IANA's registries of special-purpose addresses, and 168.63.129.16, behind which Azure keeps its own services.
NOT_PUBLIC_V4 = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
GLOBAL_UNICAST_V6 = ip_network("2000::/3")
# With all of 2001::/23 goes Teredo, whose addresses lead through somebody's relay to an IPv4 address of their choice.
NOT_PUBLIC_V6 = tuple(ip_network(network) for network in ("2001::/23", "2001:db8::/32", "3fff::/20"))
NAT64 = ip_network("64:ff9b::/96")
ISATAP_MARKS = frozenset((0x00005EFE, 0x02005EFE))  # RFC 5214, 6.1
# RFC 6761 and 6762 with its appendix G, RFC 8375, and the .internal that ICANN set aside.
LOCAL_ENDINGS = frozenset((
    "localhost", "localdomain", "localdomain6", "local", "internal", "intranet", "private", "corp", "home", "lan",
    "home.arpa",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class AllowedHosts:
    """The hosts that may be fetched although they are private: on one port, or with None on each."""

    hosts: frozenset[tuple[str, int | None]] = frozenset()

    @classmethod
    def of(cls, entries: Iterable[str]) -> Self:
        """The hosts of CLAIMLINE_ALLOW_HOSTS; InvalidDraft where an entry is none."""
        return cls(frozenset(allowed_host(entry) for entry in entries))

    def __contains__(self, address: Address) -> bool:
        return not self.hosts.isdisjoint(((address.host, None), (address.host, address.port)))

    def names(self, host: str) -> bool:
        """Whether the host is allowed on some port at least."""
        return any(host == allowed for allowed, _ in self.hosts)


def fetchable(url: str, allow_hosts: Iterable[str]) -> Address:
    """The address, as far as its letters tell one that a worker will ask; else BadAddress.

    allow_hosts are the entries of CLAIMLINE_ALLOW_HOSTS. A name may still turn out to stand for a private address.
    """
    address = parse(url)
    require_public(address, AllowedHosts.of(allow_hosts))
    return address


def require_public(address: Address, allowed: AllowedHosts) -> None:
    """Raise BadAddress for a port that is not the scheme's own and for a private host, unless it is allowed."""
    if address in allowed:
        return
    if address.port != DEFAULT_PORTS[address.scheme]:
        raise BadAddress(
            f"port {address.port} is not asked; to allow it, add {address.authority} to CLAIMLINE_ALLOW_HOSTS"
        )
    if is_private_host(address.host):
        raise BadAddress(
            f"{address.host} is a private address; "
            f"to fetch it all the same, add {address.host} to CLAIMLINE_ALLOW_HOSTS"
        )


def is_private_host(host: str) -> bool:
    """Whether an Address's host is an IP address that is not public, or a name that only one's own network knows."""
    if is_ip(host):
        return not is_public(ip_address(host))
    return "." not in host or any(host == ending or host.endswith("." + ending) for ending in LOCAL_ENDINGS)


def is_ip(host: str) -> bool:
    """Whether an Address's host is an IP address: no top-level domain begins with a digit."""
    return ":" in host or host.rpartition(".")[2].isdecimal()


def is_public(ip: IPv4Address | IPv6Address) -> bool:
    """Whether anybody on the internet can reach the address: no private, local, reserved or multicast one.

    An IPv6 address that carries an IPv4 address (mapped, 6to4, NAT64, ISATAP) is no more public than that; Teredo's
    never are.
    """
    if isinstance(ip, IPv4Address):
        return not any(ip in network for network in NOT_PUBLIC_V4)
    if not all(is_public(carried) for carried in carried_ipv4(ip)):
        return False
    if ip.ipv4_mapped or ip in NAT64:
        return True
    return ip in GLOBAL_UNICAST_V6 and not any(ip in network for network in NOT_PUBLIC_V6)


def carried_ipv4(ip: IPv6Address) -> tuple[IPv4Address, ...]:
    """The IPv4 addresses that packets to this IPv6 address may end at."""
    last = IPv4Address(int(ip) & 0xFFFFFFFF)
    ends_at_last = ip in NAT64 or (int(ip) >> 32) & 0xFFFFFFFF in ISATAP_MARKS
    return tuple(carried for carried in (ip.ipv4_mapped, ip.sixtofour, last if ends_at_last else None) if carried)


def allowed_host(entry: str) -> tuple[str, int | None]:
    """Host and, where given, port of an entry of CLAIMLINE_ALLOW_HOSTS."""
    is_bare_ipv6 = entry.count(":") > 1 and not entry.startswith("[")
    try:
        return parse_authority(f"[{entry}]" if is_bare_ipv6 else entry)
    except BadAddress as error:
        raise InvalidDraft(
            f"CLAIMLINE_ALLOW_HOSTS: {entry!r} is no host; write a name or an address, and :port for one alone."
        ) from error
