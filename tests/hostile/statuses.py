"""Hosts that put us off: 429 and 503 with every kind of Retry-After, and other refusals."""

from email.utils import formatdate

from scrapers.errors import FetchFailed
from tests.hostile.case import Case, Refused
from tests.scrapers.site import answer

RETRY_AFTER = {
    "huge": "999999999999999999999",
    "a-year": "31536000",
    "negative": "-5",
    "zero": "0",
    "one": "1",
    "fraction": "1.5",
    "garbage": "soon, perhaps",
    "empty": "",
    "digits-of-another-script": "٣٠",
    "date-past": "Thu, 01 Jan 1970 00:00:00 GMT",
    "date-far": "Fri, 31 Dec 9999 23:59:59 GMT",
    "date-broken": "Fri, 99 Foo 20x6",
    "date-without-zone": formatdate(4e9)[:-6],
    "kilobytes": "9" * 9_000,
    "1e400": "1e400",
    "nan": "nan",
}
OTHERS = {
    "400": "400 Bad Request", "401": "401 Unauthorized", "402": "402 Payment Required", "403": "403 Forbidden",
    "404": "404 Not Found", "405": "405 Method Not Allowed", "407": "407 Proxy Authentication Required",
    "410": "410 Gone", "418": "418 I'm a Teapot", "451": "451 Unavailable For Legal Reasons",
    "500": "500 Internal Server Error", "502": "502 Bad Gateway", "504": "504 Gateway Timeout", "520": "520 Oddity",
    "201": "201 Created", "202": "202 Accepted", "204": "204 No Content", "206": "206 Partial Content",
    "300": "300 Multiple Choices", "304": "304 Not Modified",
}  # fmt: skip


def put_off(status: str, name: str, retry_after: str) -> Case:
    """A host that wants to be asked later."""
    ends = Refused(status[:3], (FetchFailed,))
    return Case(f"{status[:3]}-{name}", ends, {"/story": answer(b"", f"Retry-After: {retry_after}", status=status)})


CASES = (
    *(put_off("429 Too Many Requests", name, value) for name, value in RETRY_AFTER.items()),
    *(
        put_off("503 Service Unavailable", name, RETRY_AFTER[name])
        for name in ("huge", "negative", "garbage", "date-far")
    ),
    Case(
        "429-two-retry-afters",
        Refused("429", (FetchFailed,)),
        {"/story": answer(b"", "Retry-After: 1", "Retry-After: 99999", status="429 No")},
    ),
    *(
        Case(f"status-{name}", Refused(name, (FetchFailed,)), {"/story": answer(b"", status=status)})
        for name, status in OTHERS.items()
    ),
)
