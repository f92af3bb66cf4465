"""Hosts whose name servers lie, change their minds, fall silent or say too much."""

from scrapers.errors import FetchFailed, FetchRefused, HostUnreachable
from tests.hostile.case import CANARY, DEAD, HOLE, PUBLIC, Case, Fault, LookUp, Refused
from tests.hostile.stories import story, told
from tests.scrapers.site import answer, cut_off

PRIVATE_ANSWERS = {
    "loopback": ["127.0.0.1"],
    "private": [CANARY],
    "mixed": [PUBLIC, CANARY],
    "mixed-last-of-many": [*[PUBLIC] * 40, "127.0.0.1"],
    "mapped": [f"::ffff:{CANARY}"],
    "compatible": [f"::{CANARY}"],
    "nat64": ["64:ff9b::a00:7"],
    "nat64-local": ["64:ff9b:1::a00:7"],
    "6to4": ["2002:a00:7::1"],
    "teredo": ["2001:0:a00:7::f5ff:fff8"],
    "cgnat": ["100.64.0.1"],
    "metadata": ["169.254.169.254"],
    "metadata-v6": ["fd00:ec2::254"],
    "link-local": ["fe80::1%1"],
    "unspecified": ["0.0.0.0"],
    "multicast": ["ff02::1"],
}
SAID_NOTHING = Refused("no name server said in time|there is no host|name server", (HostUnreachable,))
IS_PRIVATE = Refused("private address|not public", (FetchRefused,))


def named(name: str, ends: Refused, *look_ups: LookUp) -> Case:
    """A host that would tell a story to whoever finds it."""
    return Case(name, ends, {"/story": answer(story(name))}, look_ups=look_ups)


CASES = (
    *(named(f"dns-{name}", IS_PRIVATE, answers) for name, answers in PRIVATE_ANSWERS.items()),
    # Looked up once for its connection, which then serves robots.txt and the story.
    Case("dns-rebound", told("dns-rebound"), {"/story": answer(story("dns-rebound"))}, look_ups=([PUBLIC], [CANARY])),
    # It hangs up after robots.txt, so that the story needs a second connection, and a second look-up.
    Case(
        "dns-rebound-after-hanging-up",
        IS_PRIVATE,
        {"/robots.txt": cut_off(answer(b"", "Connection: close")), "/story": answer(story("dns-rebound-after"))},
        look_ups=([PUBLIC], [CANARY]),
    ),
    Case(
        "dns-rebound-by-redirect",
        IS_PRIVATE,
        {"/story": cut_off(answer(b"", "Location: /again", "Connection: close", status="302 Found"))},
        look_ups=([PUBLIC], [CANARY]),
    ),
    named("dns-hangs", SAID_NOTHING, Fault.SILENT),
    named("dns-unknown", SAID_NOTHING, Fault.UNKNOWN),
    named("dns-raises", SAID_NOTHING, Fault.BROKEN),
    named("dns-empty", SAID_NOTHING, []),
    named("dns-garbage", Refused(".", (HostUnreachable, FetchRefused)), ["not an address"]),
    named(
        "dns-10000-dead",
        Refused("does not answer", (HostUnreachable,)),
        [f"11.99.{n >> 8}.{n & 255}" for n in range(10_000)],
    ),
    named("dns-10000-private-last", IS_PRIVATE, [*[PUBLIC] * 9_999, CANARY]),
    named("dns-dead", Refused("does not answer", (HostUnreachable,)), [DEAD]),
    named(
        "dns-holes",
        Refused("does not answer|no whole answer", (HostUnreachable, FetchFailed, FetchRefused)),
        [HOLE] * 50,
    ),
    Case(
        "dns-dead-then-alive",
        told("dns-dead-then-alive"),
        {"/story": answer(story("dns-dead-then-alive"))},
        look_ups=([DEAD, PUBLIC],),
    ),
)
