"""Which addresses are one page: a canonical address to show and link, and an identity to compare by.

The canonical address must work when somebody clicks it, so only what no server needs is taken off it. The identity is
never visited, so it may drop more. Both would rather keep two rows for one page than let two pages become one. Of the
pairs in tests/claims/addresses/test_identity.py, w3lib's canonicalize_url finds 9 of 34 to be one page and takes none
of 52 pairs of pages for one, so the identity is made with it. courlan's clean_url, which takes off "cid", "ref", "eid"
and every parameter without a value, finds 8, and takes 17 of the 52 for one, so it is not used.
"""

import re
from hashlib import sha256
from itertools import product
from string import ascii_letters, digits
from urllib.parse import unquote, urlsplit

from w3lib.url import canonicalize_url

from claims.addresses.parsing import DEFAULT_PORTS, MAX_URL_CHARS, Address, parse, registered_domain
from claims.addresses.reach import is_ip
from claims.errors import BadAddress

FRONT_PAGES = frozenset(("", "/"))
TRACKING_PREFIXES = ("utm_", "_hs", "hsa_", "mtm_", "guce_")
# fmt: off
TRACKING_NAMES = frozenset((
    "__twitter_impression", "_ga", "_gl", "amp_gsa", "amp_js_v", "at_campaign", "at_medium", "cmpid", "dclid", "fbclid",
    "gbraid", "gclid", "gclsrc", "guccounter", "igsh", "igshid", "itm_campaign", "itm_medium", "itm_source", "mc_cid",
    "mc_eid", "mkt_tok", "msclkid", "ncid", "oly_anon_id", "oly_enc_id", "pk_campaign", "pk_kwd", "ref_src", "smid",
    "srsltid", "ttclid", "twclid", "usqp", "vero_id", "wbraid", "xtor", "yclid", "ysclid",
))
# fmt: on
SESSION_NAMES = frozenset(("phpsessid", "jsessionid", "cftoken", "cfid", "oscsid", "zenid"))
SESSION_PREFIXES = ("aspsessionid",)
# Names that a session shares with other things: only a random value tells it.
PERHAPS_SESSION_NAMES = frozenset(("sid", "s", "sessid", "sessionid", "session_id", "session"))
RANDOM = re.compile(r"(?=.*[0-9])(?=.*[a-z])(?:[0-9a-f]{16,}|[0-9a-z]{20,})", re.IGNORECASE)
SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid)=[^/;]*|/\(S\([0-9a-z]{24}\)\)(?=/|$)", re.IGNORECASE)
AMP_VALUES = frozenset(("", "1", "true", "amp"))
AMP_TAIL = re.compile(r"(?<=/)(?P<slug>[^/]+)/amp/?")
ENCODED = re.compile("%[0-9A-Fa-f]{2}")
UNRESERVED = frozenset(ascii_letters + digits + "-._~")  # RFC 3986, 2.3
AMP_CACHE = ".cdn.ampproject.org"
CACHED_PATH = re.compile(r"/[cv]/(?P<tls>s/)?(?P<rest>.+)")


def canonical(url: str) -> str:
    """The address under which a page is shown and linked; BadAddress as parse does.

    Scheme and host in lower case; default port, fragment, tracking parameters, session ids and the wish for an AMP
    version dropped; percent signs as RFC 3986, 6.2.2, wants them. The other parameters keep their order. A page in
    Google's AMP cache is the outlet's own that was cached.
    """
    address = out_of_cache(parse(url))
    path, _, query = address.target.partition("?")
    path = SESSION_IN_PATH.sub("", ENCODED.sub(normal, path)) or "/"
    kept = "&".join(part for part in ENCODED.sub(normal, query).split("&") if part and not is_extra(part))
    return address.origin + path + (f"?{kept}" if kept else "")


def identity(url: str) -> str:
    """What the addresses of one page have in common, and no two pages share; no address. BadAddress as parse does.

    Made of the canonical address without scheme, "www." or "amp.", an article's /amp, and slashes at the end, its
    parameters sorted: the order in which a server is told them hardly ever matters. At most 2,000 ASCII characters, so
    that databases can index it: what is longer, for w3lib encodes more than a server needs, ends in its hash.
    """
    address = plain(parse(canonical(url)))
    found: str = canonicalize_url(address.url).partition("://")[2]
    if len(found) <= MAX_URL_CHARS:
        return found
    return f"{found.partition('/')[0]}/~{sha256(found.encode()).hexdigest()}"


def same_page(one: str, other: str) -> bool:
    """Whether both are addresses of one page; what is no web address is only itself."""
    try:
        return one == other or identity(one) == identity(other)
    except BadAddress:
        return False


def leads_to_front_page(asked: str, answered: str) -> bool:
    """Whether a story's address leads to a front page by now, which is not the story, whatever stands there."""
    return urlsplit(asked).path not in FRONT_PAGES and urlsplit(answered).path in FRONT_PAGES


def spellings(url: str) -> tuple[str, ...]:
    """The canonical addresses under which the page may be stored already, the address's own first.

    Only parameters in another order are not among them. What is no web address has one spelling, itself.
    """
    try:
        own, key = canonical(url), identity(url)
    except BadAddress:
        return (url,)
    bare = plain(parse(own))
    path, mark, query = bare.target.partition("?")
    base = path.removesuffix("/")
    hosts = (bare.host,) if is_ip(bare.host) else (bare.host, f"www.{bare.host}", f"amp.{bare.host}")
    found = {own: None}
    for scheme, host, tail in product(DEFAULT_PORTS, hosts, ("", "/", "/amp", "/amp/")):
        port = DEFAULT_PORTS[scheme] if bare.port == DEFAULT_PORTS[bare.scheme] else bare.port
        spelled = Address(scheme, host, port, (base + tail or "/") + mark + query).url
        if has_identity(spelled, key):
            found[spelled] = None
    return tuple(found)


def has_identity(spelled: str, key: str) -> bool:
    """Whether the address has this identity; what a "www." or "/amp" made too long for an address has none."""
    try:
        return identity(spelled) == key
    except BadAddress:
        return False


def plain(address: Address) -> Address:
    """The address without what tells two spellings of one page apart, for comparing only: https, if on its own port."""
    path, mark, query = address.target.partition("?")
    amp = AMP_TAIL.search(path)
    if amp and amp.end() == len(path) and is_slug(amp["slug"]):
        path = path[: amp.end("slug")]
    has_own_port = address.port == DEFAULT_PORTS[address.scheme]
    scheme, port = ("https", DEFAULT_PORTS["https"]) if has_own_port else (address.scheme, address.port)
    return Address(scheme, plain_host(address), port, (path.rstrip("/;") or "/") + mark + query)


def plain_host(address: Address) -> str:
    """The host without "www." or "amp.", unless that is the very name that somebody registered."""
    host = address.host
    for label in ("www.", "amp."):
        rest = host.removeprefix(label)
        if rest != host and "." in rest and registered_domain(address.origin) != host:
            return rest
    return host


def is_slug(segment: str) -> bool:
    """Whether the path's segment looks like an article's: /reviews/amp may be about amplifiers."""
    return "-" in segment or any(character in digits for character in segment)


def is_extra(parameter: str) -> bool:
    """Whether a query's name=value only tells where a visitor came from, who they are, or that AMP is wanted."""
    name, _, value = parameter.partition("=")
    name, value = unquote(name).lower(), unquote(value)
    if name in TRACKING_NAMES or name.startswith(TRACKING_PREFIXES):
        return True
    if name in SESSION_NAMES or name.startswith(SESSION_PREFIXES):
        return True
    if name in PERHAPS_SESSION_NAMES:
        return bool(RANDOM.fullmatch(value))
    return (name == "amp" and value.lower() in AMP_VALUES) or (name == "outputtype" and value.lower() == "amp")


def out_of_cache(address: Address) -> Address:
    """The address of the page that Google's AMP cache keeps at this one; any other address as it is.

    Its viewer (google.com/amp/s/…) stays itself: what it answers may be a notice of Google's own.
    """
    match = CACHED_PATH.fullmatch(address.target)
    if not address.host.endswith(AMP_CACHE) or match is None:
        return address
    try:
        cached = parse(f"{'https' if match['tls'] else 'http'}://{match['rest']}")
    except BadAddress:
        return address
    named = cached.host.replace("-", "--").replace(".", "-") + AMP_CACHE
    return cached if named == address.host else address


def normal(encoded: re.Match[str]) -> str:
    """A percent-encoded octet as everybody should write it: decoded where it needs no encoding, else in capitals."""
    character = chr(int(encoded[0][1:], 16))
    return character if character in UNRESERVED else encoded[0].upper()
