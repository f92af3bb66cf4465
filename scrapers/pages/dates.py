"""Moments as pages write them, read into aware datetimes."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ]+(\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?", re.ASCII | re.IGNORECASE
)
DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:\D{1,4}(\d{1,2}):(\d\d))?", re.ASCII)
SECONDS_OR_MILLISECONDS = re.compile(r"\d{10}(?:\d{3})?", re.ASCII)
IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/-])", re.ASCII)


def moment_at(text: str) -> datetime | None:
    """The moment that the text names, with the offset that it is written with; None where it names none.

    The offset stays, since the day that an outlet prints is the day where it is; storage turns it into UTC.

    ISO 8601 and what outlets make of it, mail dates (RFC 5322), 28.4.2023 and Unix times are read. What has no zone
    is taken as UTC, a day alone as its midnight.
    """
    text = text.strip()
    for read in (iso_moment, day_first_moment, unix_moment, mail_moment):
        try:
            moment = read(text)
        except (ValueError, OverflowError, TypeError, IndexError):
            continue
        if moment is not None and EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
            return moment
    return None


def moment_in_address(url: str) -> datetime | None:
    """Midnight of the day that stands in the address's path (/2025/04/01/), or None."""
    match = IN_ADDRESS.search(url)
    return moment_at(f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}") if match else None


def iso_moment(text: str) -> datetime | None:
    """The moment of an ISO date, with or without a time and a zone, such as "2026-01-06 14:16:29 +01:00"."""
    match = ISO.match(text)
    if not match:
        return None
    day, time, zone = match.groups()
    return aware(datetime.fromisoformat(f"{day}T{time or '00:00'}{(zone or 'Z').upper() if time else 'Z'}"))


def day_first_moment(text: str) -> datetime | None:
    """The moment of a date such as "28.04.2023, 19:20"."""
    match = DAY_FIRST.search(text)
    if not match:
        return None
    day, month, year, hour, minute = (int(part or 0) for part in match.groups())
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def unix_moment(text: str) -> datetime | None:
    """The moment of seconds or milliseconds since 1970."""
    if not SECONDS_OR_MILLISECONDS.fullmatch(text):
        return None
    return EPOCH + timedelta(seconds=int(text[:10]))


def mail_moment(text: str) -> datetime | None:
    """The moment of a date as mail and HTTP headers have it."""
    return aware(parsedate_to_datetime(text))


def aware(moment: datetime) -> datetime:
    """The moment with its zone; a time without one is taken to be in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
