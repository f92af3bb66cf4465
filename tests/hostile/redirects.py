"""Hosts that send whoever asks them somewhere else: round and round, or to where nobody may go."""

from scrapers.errors import FetchFailed, FetchRefused, HostUnreachable
from tests.hostile.case import CANARY, CANARY_NAME, Case, Refused
from tests.hostile.stories import story, told
from tests.scrapers.site import Answer, answer, dripping

TO_PRIVATE = {
    "dotted": "http://127.0.0.1/",
    "ten": f"http://{CANARY}/secret",
    "decimal": "http://2130706433/",
    "octal": "http://0177.0.0.1/",
    "octal-whole": "http://017700000001/",
    "hexadecimal": "http://0x7f000001/",
    "hexadecimal-parts": "http://0x7f.0x0.0x0.0x1/",
    "short": "http://127.1/",
    "zero": "http://0/",
    "unspecified": "http://0.0.0.0/",
    "trailing-dot": "http://127.0.0.1./",
    "leading-zeros": "http://127.000.000.001/",
    "172": "http://172.16.0.1/",
    "192": "http://192.168.0.1/admin",
    "cgnat": "http://100.64.0.1/",
    "metadata": "http://169.254.169.254/latest/meta-data/",
    "metadata-decimal": "http://2852039166/latest/meta-data/",
    "metadata-azure": "http://168.63.129.16/",
    "multicast": "http://224.0.0.1/",
    "broadcast": "http://255.255.255.255/",
    "loopback-v6": "http://[::1]/",
    "unspecified-v6": "http://[::]/",
    "mapped": "http://[::ffff:127.0.0.1]/",
    "mapped-hexadecimal": "http://[::ffff:a00:7]/",
    "compatible": "http://[::127.0.0.1]/",
    "nat64": "http://[64:ff9b::a00:7]/",
    "nat64-local": "http://[64:ff9b:1::a00:7]/",
    "6to4": "http://[2002:a00:7::1]/",
    "teredo": "http://[2001:0:a00:7::f5ff:fff8]/",
    "unique-local": "http://[fd00:ec2::254]/",
    "link-local": "http://[fe80::1]/",
    "link-local-zone": "http://[fe80::1%25eth0]/",
    "documentation": "http://[2001:db8::1]/",
    "localhost": "http://localhost/",
    "name": f"http://{CANARY_NAME}/secret",
    "name-in-capitals": f"HTTP://{CANARY_NAME.upper()}./secret",
    "full-width": "http://１２７.０.０.１/",
    "circled": "http://①②⑦.⓪.⓪.①/",
    "ideographic-stop": "http://127。0。0。1/",
    "other-port": f"http://{CANARY}:6379/",
    "port-of-own": "http://to-port-of-own.example:6379/",
    "userinfo": f"http://to-userinfo.example@{CANARY}/",
    "password": f"http://user:pass@{CANARY_NAME}/",
    "userinfo-encoded": f"http://to-userinfo-encoded.example%40{CANARY}/",
    "backslash": f"http://to-backslash.example\\@{CANARY}/",
    "encoded-dot": "http://127%2e0%2e0%2e1/",
    "https": f"https://{CANARY_NAME}/",
}
TO_OTHER_SCHEMES = {
    "ftp": f"ftp://{CANARY_NAME}/",
    "file": "file:///etc/hostname",
    "gopher": f"gopher://{CANARY}:6379/_FLUSHALL",
    "dict": f"dict://{CANARY}:11211/stat",
    "javascript": "javascript:alert(1)",
    "data": "data:text/html,<p>hello",
    "unix": "unix:///run/docker.sock",
    "ws": f"ws://{CANARY_NAME}/",
}
# Where the joined address is one of the host's own, there is nothing at it.
ODDITIES = {
    "scheme-relative": f"//{CANARY_NAME}/secret",
    "three-slashes": f"///{CANARY_NAME}/secret",
    "slash-backslash": f"/\\{CANARY_NAME}/secret",
    "backslashes": f"http:\\\\{CANARY_NAME}\\secret",
    "one-slash": f"http:/{CANARY_NAME}/secret",
    "no-slash": f"http:{CANARY_NAME}/secret",
    "encoded-slashes": f"%2f%2f{CANARY_NAME}/secret",
    "dots-and-slashes": f"/../..//{CANARY_NAME}/secret",
    "path-parameter": f";//{CANARY_NAME}/secret",
    "tab-before": f"\t//{CANARY_NAME}/secret",
    "tab-inside": f"/\t/{CANARY_NAME}/secret",
    "nul": f"http://{CANARY_NAME}\x00.example/",
    "vertical-tab": f"/\x0b/{CANARY_NAME}/",
    "no-break-space": f"http://{CANARY_NAME}\xa0.example/",
    "brackets": f"http://[{CANARY_NAME}/",
    "empty-host": "http:///secret",
    "huge-port": f"http://{CANARY_NAME}:99999999999/",
    "100-kilobytes": "http://" + "a" * 100_000,
}


def sent_to(location: str, status: str = "302 Found") -> bytes:
    """A redirect."""
    return answer(b"", f"Location: {location}", status=status)


def going_on(target: str) -> Answer:
    """A redirect to the same page with one more character, always."""
    return sent_to(f"{target}x")


def hops(name: str, count: int) -> dict[str, Answer]:
    """A story that stands behind so many redirects."""
    pages: dict[str, Answer] = {f"/{hop}": sent_to(f"/{hop + 1}", "301 Moved Permanently") for hop in range(1, count)}
    return {"/story": sent_to("/1"), **pages, f"/{count}": answer(story(name))}


def refused(name: str, location: str) -> Case:
    """A redirect that is not followed."""
    return Case(name, Refused("sends us on to", (FetchRefused,)), {"/story": sent_to(location)})


TOO_MANY = Refused("sends us on more than 5 times", (FetchFailed,))
NOT_FOLLOWED = Refused(
    r"sends us on to|404|not answer in HTTP|over [\d,.]+", (FetchRefused, FetchFailed, HostUnreachable)
)
NOTHING_TO_FOLLOW = Refused(r"the server answered 30\d", (FetchFailed,))

CASES = (
    Case("loop-of-one", TOO_MANY, {"/story": sent_to("/story")}),
    Case("loop-of-two", TOO_MANY, {"/story": sent_to("/other"), "/other": sent_to("/story")}),
    Case("loop-that-grows", TOO_MANY, otherwise=lambda target: going_on(target) if "story" in target else None),
    Case("five-hops", told("five-hops"), hops("five-hops", 5)),
    Case("six-hops", TOO_MANY, hops("six-hops", 6)),
    Case(
        "hops-to-private",
        Refused("private address", (FetchRefused,)),
        hops("hops-to-private", 4) | {"/4": sent_to(f"http://{CANARY_NAME}/")},
    ),
    *(refused(f"to-{name}", location) for name, location in TO_PRIVATE.items()),
    *(refused(f"to-scheme-{name}", location) for name, location in TO_OTHER_SCHEMES.items()),
    *(Case(f"odd-{name}", NOT_FOLLOWED, {"/story": sent_to(location)}) for name, location in ODDITIES.items()),
    Case(
        "https-to-http",
        Refused("without encryption", (FetchRefused,)),
        {"/story": sent_to("http://https-to-http.example/open"), "/open": answer(story("https-to-http"))},
        scheme="https",
    ),
    Case(
        "https-to-https",
        told("https-to-https"),
        {"/story": sent_to("https://https-to-https.example/open"), "/open": answer(story("https-to-https"))},
        scheme="https",
    ),
    Case(
        "http-to-https",
        told("http-to-https"),
        {"/story": sent_to("https://http-to-https.example/open"), "/open": answer(story("http-to-https"))},
    ),
    Case("nowhere", NOTHING_TO_FOLLOW, {"/story": answer(b"", status="302 Found")}),
    Case(
        "two-locations",
        Refused("sends us on to|404|answered 302", (FetchRefused, FetchFailed)),
        {"/story": answer(b"", "Location: /nothing", f"Location: http://{CANARY_NAME}/", status="302 Found")},
    ),
    Case(
        "redirect-that-drips",
        told("redirect-that-drips"),
        {
            "/story": dripping(b"HTTP/1.1 302 Found\r\nLocation: /open\r\n\r\n", b"x", 0.1),
            "/open": answer(story("redirect-that-drips")),
        },
    ),
    Case(
        "refresh-header",
        told("refresh-header"),
        {"/story": answer(story("refresh-header"), f"Refresh: 0; url=http://{CANARY_NAME}/secret")},
    ),
    Case(
        "headers-that-point",
        told("headers-that-point"),
        {
            "/story": answer(
                story("headers-that-point"),
                f'Link: <http://{CANARY_NAME}/secret>; rel="canonical"',
                f"Link: <http://{CANARY_NAME}/style.css>; rel=preload",
                f"Content-Location: http://{CANARY_NAME}/secret",
                f'Alt-Svc: http/1.1="{CANARY_NAME}:80"',
                f"Location: http://{CANARY_NAME}/secret",
            )
        },
    ),
)
