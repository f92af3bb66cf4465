"""What is known of a fetch and of a reading in words that need no knowledge of servers and libraries."""

import re
from collections.abc import Mapping
from http import HTTPStatus

RULE = "rule:"
# What the readers of pages are called where they put their names with a snapshot.
READERS: Mapping[str, str] = {
    "trafilatura": "text taken by the general reader",
    "paragraphs": "text taken paragraph by paragraph",
    "whole page": "all that the page shows, in which no story was found",
    "nothing": "no text was read from it",
}
# What a server says of a page that is not there.
NOT_THERE: Mapping[int, str] = {
    HTTPStatus.NOT_FOUND: "its server finds no such page",
    HTTPStatus.GONE: "its server says that it is gone for good",
}


def taken_by(extracted_by: str) -> str:
    """How a snapshot's text was read: "text taken by this outlet's own rule"; by name where it is not known here."""
    if extracted_by.startswith(RULE):
        return "text taken by this outlet's own rule"
    return READERS.get(extracted_by, f"text taken by {extracted_by}")


def answered(status: int) -> str:
    """How a server answered with what was kept."""
    return "answered in full" if status == HTTPStatus.OK else f"answered with status {status}"


def said_of_missing(problem: str) -> str:
    """What its server says of a page that is not there, in brackets after a blank; nothing where that is not known."""
    found = re.search(r"answered (\d{3})\b", problem)
    words = NOT_THERE.get(int(found[1])) if found else None
    return f" ({words})" if words else ""
