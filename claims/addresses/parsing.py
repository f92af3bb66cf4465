"""Web addresses, parsed once: every other part takes the Address that this module let through, never a string.

Parsers of URLs disagree about odd ones, and what one part checks another part then visits. So what is odd is refused
here, and nothing that fetches parses again.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote, urljoin

import idna
from tld import get_fld

from claims.errors import BadAddress

# Of the address as it is written, in bytes of UTF-8, and as it is encoded: PostgreSQL's indexes hold 2,704 bytes.
MAX_URL_CHARS = 2_000
MAX_SHOWN_CHARS = 20
DEFAULT_PORTS = {"http": 80, "https": 443}
SPLIT_URL = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<authority>[^/?#]*)(?P<path>[^?#]*)(?P<query>\?[^#]*)?(?:#.*)?", re.S
)
SPLIT_AUTHORITY = re.compile(r"(?P<host>\[[^\[\]]*\]|[^:\[\]]*)(?::(?P<port>[0-9]{1,5}))?", re.A)
CONTROL_OR_SPACE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff]")
# Persian and the languages of India write with these two; every other invisible character only misleads.
JOINERS = re.compile("[\u200c\u200d]")
HOST_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
DOT_SEGMENT = re.compile(r"/\.{1,2}(?=/|$)")
# RFC 3986, section 3.3 and 3.4, and the percent sign of what is encoded already.
PATH_CHARS = "/%:@!$&'()*+,;=~"
QUERY_CHARS = PATH_CHARS + "?"


@dataclass(frozen=True, slots=True)
class Address:
    """A web address that may be asked, as far as its letters tell.

    host is a lower-case ASCII name, or an IP address as ipaddress writes it, without brackets. target is the path
    and the query, in ASCII, without dot segments.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """The host, in brackets where it is an IPv6 address, and the port where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme and authority: what has a robots.txt and a connection of its own."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """The whole address, without a fragment."""
        return self.origin + self.target

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    @property
    def site(self) -> str:
        """What one outlet owns: the domain under its public suffix, else (an IP address, localhost) host and port."""
        return registered_domain(self.origin) or self.authority


def parse(url: str) -> Address:
    """The address that the text names; BadAddress, naming the oddity, where it is not a plain http(s) one.

    Characters outside ASCII are encoded (IDNA 2008 with UTS 46 in the host, UTF-8 elsewhere).
    """
    require_short(url)
    if CONTROL_OR_SPACE.search(url) or "\\" in url:
        raise BadAddress("the address holds a space, a backslash or a control character; remove it")
    if not url.isprintable() and not JOINERS.sub("", url).isprintable():
        raise BadAddress("the address holds an invisible character; copy it again, or remove what stands there")
    match = SPLIT_URL.fullmatch(url)
    if match is None:
        raise BadAddress("this is no web address; give one that begins with https:// or http://")
    scheme = match["scheme"].lower()
    if scheme not in DEFAULT_PORTS:
        raise BadAddress(
            f"{scheme[:MAX_SHOWN_CHARS]} addresses are not fetched; give one that begins with https:// or http://"
        )
    host, port = parse_authority(match["authority"])
    path = without_dot_segments(quote(match["path"], safe=PATH_CHARS)) or "/"
    query = quote(match["query"] or "", safe=QUERY_CHARS)
    address = Address(scheme, host, port or DEFAULT_PORTS[scheme], path + query)
    if len(address.url) > MAX_URL_CHARS:
        raise BadAddress(f"the address is over {MAX_URL_CHARS} characters once it is encoded; give a shorter one")
    return address


def require_short(url: str) -> None:
    """Raise BadAddress for an address that is too long as it is written."""
    if len(url.encode(errors="surrogatepass")) > MAX_URL_CHARS:
        raise BadAddress(f"the address is over {MAX_URL_CHARS} bytes; give a shorter one")


def join(base: Address, reference: str) -> Address:
    """The address that a link, or a Location header, on the page at base points to; BadAddress as parse does."""
    reference = reference.strip(" \t\r\n\f")
    require_short(reference)
    if SPLIT_URL.fullmatch(reference) or CONTROL_OR_SPACE.search(reference):
        return parse(reference)  # whole already; or with control characters, which urljoin would drop in silence
    try:
        return parse(urljoin(base.url, reference))
    except ValueError as error:
        raise BadAddress("this is no web address; check the link") from error


@lru_cache(maxsize=1_024)
def registered_domain(origin: str) -> str | None:
    """The domain that somebody registered under a public suffix (publicsuffix.org), or None."""
    domain: str | None = get_fld(origin, search_private=True, fail_silently=True)
    return domain


def parse_authority(authority: str) -> tuple[str, int | None]:
    """Host and port of the part between // and the path; BadAddress for passwords, zones and other oddities."""
    if "@" in authority:
        raise BadAddress("the address holds a user name or password; remove what stands before the @")
    match = SPLIT_AUTHORITY.fullmatch(authority)
    if match is None or "%" in authority or not match["host"]:
        raise BadAddress("the address names no proper host; check what stands after //")
    port = int(match["port"]) if match["port"] else None
    if port is not None and not 0 < port < 65_536:
        raise BadAddress(f"there is no port {port}; check the address")
    host = match["host"]
    return (parse_ipv6(host[1:-1]) if host.startswith("[") else parse_name(host)), port


def parse_ipv6(text: str) -> str:
    """The IPv6 address as ipaddress writes it."""
    try:
        return str(IPv6Address(text))
    except ValueError as error:
        raise BadAddress("what stands in [brackets] is no IPv6 address; check the address") from error


def parse_name(name: str) -> str:
    """The host name in lower-case ASCII, or the IPv4 address in four decimal numbers."""
    ascii_name = (name if name.isascii() else idna_name(name)).lower().removesuffix(".")
    labels = ascii_name.split(".")
    if labels[-1][:1].isdigit():  # no top-level domain begins so: some parser will take it for a number
        return parse_ipv4(ascii_name)
    if len(ascii_name) > 253 or not all(HOST_LABEL.fullmatch(label) for label in labels):
        raise BadAddress("the address names no proper host; check what stands after //")
    return ascii_name


def idna_name(name: str) -> str:
    """The host name as the domain name system knows it (xn--…)."""
    try:
        return idna.encode(name, uts46=True, std3_rules=True).decode("ascii")
    except idna.IDNAError as error:
        raise BadAddress("the host's name is no domain name; check its spelling") from error


def parse_ipv4(text: str) -> str:
    """The IPv4 address; BadAddress for octal, hexadecimal, short and one-number notations."""
    try:
        return str(IPv4Address(text))
    except ValueError as error:
        raise BadAddress("the host is a number in an odd notation; write it as four numbers, 192.0.2.1") from error


def without_dot_segments(path: str) -> str:
    """The path with . and .., encoded or not, resolved (RFC 3986, 5.2.4): robots.txt must judge the real one."""
    path = re.sub("%2e", ".", path, flags=re.IGNORECASE)
    if not DOT_SEGMENT.search(path):
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            kept[-1:] = []
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)
