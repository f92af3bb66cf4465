"""How values look on pages: times, counts, ratings and addresses as templates write them."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flask import Flask, request, url_for
from markupsafe import Markup

from claims.counting import counted
from claims.models import Bearing, ReviewState
from claims.ratings import MEANINGS, Rating
from web.access import may, signed_in
from web.drawing.days import day_chart, sparkline_bars
from web.fetched import answered, said_of_missing, taken_by
from web.scores import score_part
from web.storage import now

CURRENT = Markup(' aria-current="true"')
MINUTE_S, HOUR_S, DAY_S = 60, 3_600, 86_400
MAX_PATH_SHOWN = 90
STATE_WORDS: Mapping[ReviewState, str] = {
    ReviewState.DRAFT: "Draft",
    ReviewState.IN_REVIEW: "In review",
    ReviewState.CHANGES_REQUESTED: "Changes requested",
    ReviewState.PUBLISHED: "Published",
    ReviewState.SUPERSEDED: "Superseded",
    ReviewState.RETRACTED: "Retracted",
}
BEARING_WORDS: Mapping[Bearing, str] = {
    Bearing.SUPPORTS: "Supports the claim",
    Bearing.REFUTES: "Refutes the claim",
    Bearing.CONTEXT: "Gives context",
}


@dataclass(frozen=True, slots=True)
class Assets:
    """The addresses of static files, each with a mark of its content so that browsers may keep it for good."""

    marks: Mapping[str, str]

    def __call__(self, name: str) -> str:
        """The address of a static file."""
        return url_for("static", filename=name, v=self.marks[name])


def register(app: Flask) -> None:
    """Give the app's templates their filters and functions."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = timedelta(days=365)
    app.jinja_env.filters.update(
        relative=relative,
        exact=exact,
        day=day,
        counted=counted,
        web_address=web_address,
        until=until,
        lasting=lasting,
        in_units=in_units,
        url_shown=url_shown,
        readable=unquote,
        reason=reason,
        said_of_missing=said_of_missing,
        taken_by=taken_by,
        answered=answered,
        host=host,
        lang=lang,
        meaning=MEANINGS.__getitem__,
        in_words=in_words,
        score_part=score_part,
        paragraphs=paragraphs,
    )
    app.jinja_env.globals.update(
        asset=Assets(content_marks(Path(app.static_folder or ""))),
        here=here,
        viewer=signed_in,
        may=may,
        sparkline_bars=sparkline_bars,
        day_chart=day_chart,
        ratings=tuple(Rating),
    )


def relative(at: datetime) -> str:
    """How long ago a time is, in words: "3 hours ago"; its date from two weeks on."""
    ago_s = (now() - at).total_seconds()
    if ago_s < MINUTE_S:
        return "just now" if ago_s > -MINUTE_S else day(at)
    for unit_s, unit in ((DAY_S, "day"), (HOUR_S, "hour"), (MINUTE_S, "minute")):
        if ago_s >= unit_s:
            return day(at) if ago_s >= 14 * DAY_S else f"{counted(int(ago_s // unit_s), unit)} ago"
    raise AssertionError("a minute or more has a unit")


def until(at: datetime) -> str:
    """How long it is to a time, in words: "in 5 minutes"; "now" where it has come."""
    ahead_s = (at - now()).total_seconds()
    return f"in {in_units(ahead_s)}" if ahead_s > 0 else "now"


def lasting(at: datetime) -> str:
    """How long something lasts that began at this time, in words: "12 seconds"."""
    return in_units(max(0.0, (now() - at).total_seconds()))


def in_units(span_s: float) -> str:
    """A stretch of time in its largest whole unit: "12 seconds", "1 hour"."""
    for unit_s, unit in ((DAY_S, "day"), (HOUR_S, "hour"), (MINUTE_S, "minute")):
        if span_s >= unit_s:
            return counted(int(span_s // unit_s), unit)
    return counted(int(span_s), "second")


def url_shown(url: str) -> tuple[str, str]:
    """An address as people read it: its host, and what follows, cut in the middle where it is long.

    https is not said, http stays with the host.
    """
    scheme, rest = (url[:7], url[7:]) if url.startswith("http://") else ("", url.removeprefix("https://"))
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    path = rest[len(host) :]
    if len(path) > MAX_PATH_SHOWN:
        path = f"{path[: MAX_PATH_SHOWN * 2 // 3]}…{path[-MAX_PATH_SHOWN // 3 :]}"
    return scheme + host, path


def reason(outcome: str, url: str) -> str:
    """What came of a request, without its own address in front, which stands above it anyway."""
    return outcome.removeprefix(f"{url}: ")


def exact(at: datetime) -> str:
    """A time to the minute, in UTC: "4 March 2026, 09:30 UTC"."""
    return f"{day(at)}, {at:%H:%M} UTC"


def day(at: datetime) -> str:
    """A date as people write it: "4 March 2026"."""
    return f"{at.day} {at:%B %Y}"


def web_address(url: str | None) -> str | None:
    """The address where it may be a link, which is http or https with a host; else None."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None


def host(url: str) -> str:
    """The host of an address, without "www."."""
    return urlsplit(url).netloc.rpartition("@")[2].removeprefix("www.")


def lang(language: str) -> str:
    """The language for an attribute of that name: empty, which means unknown, where nobody could tell it."""
    return "" if language == "und" else language


def in_words(value: ReviewState | Bearing) -> str:
    """The words for a review's state or for what a piece of evidence does."""
    return STATE_WORDS[value] if isinstance(value, ReviewState) else BEARING_WORDS[value]


def paragraphs(text: str) -> Markup:
    """A person's plain text, escaped: blank lines part paragraphs, each with its own direction; single ones break."""
    blocks = (block.strip().splitlines() for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if block.strip())
    return Markup("\n").join(Markup('<p dir="auto">{}</p>').format(Markup("<br>").join(lines)) for lines in blocks)


def here(blueprint: str) -> Markup:
    """The mark of a link to the part of the site that the visitor is in, as an attribute."""
    return CURRENT if request.blueprint == blueprint else Markup("")


def content_marks(folder: Path) -> dict[str, str]:
    """A short hash of each file in a folder, by the file's name."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in folder.rglob("*")
        if path.is_file()
    }
