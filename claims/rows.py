"""Loads rows by id, checks what goes into them, and holds that a write carries the version that its writer saw."""

from typing import Protocol, TypeVar

from sqlmodel import Session

from claims.errors import Conflict, InvalidDraft, NotFound
from claims.models import Table

Row = TypeVar("Row", bound=Table)
MAX_ID = 2**31 - 1
# PostgreSQL's indexes hold 2,704 bytes at most, and cannot be relied on to compress more into that.
MAX_INDEXED_BYTES = 2_000
MAX_LINE_CHARS = 500
MAX_TEXT_CHARS = 20_000


class Versioned(Protocol):
    """A row that counts its changes."""

    version: int


def find(session: Session, table: type[Row], row_id: int) -> Row | None:
    """The row with this id, or None; no database is asked for an id that none can have."""
    return session.get(table, row_id) if 0 < row_id <= MAX_ID else None


def load(session: Session, table: type[Row], row_id: int) -> Row:
    """The row with this id; NotFound where there is none."""
    row = find(session, table, row_id)
    if row is None:
        raise NotFound(f"There is no {table.__tablename__.replace('_', ' ')} {row_id}.")
    return row


def change(row: Versioned, seen_version: int) -> None:
    """Count a change to the row; Conflict when somebody changed it after the writer saw it."""
    if row.version != seen_version:
        raise Conflict(
            "Somebody else changed this while you were working on it. Look at what is there now, then decide."
        )
    row.version += 1


def key(row: object) -> int:
    """The id of a row that was stored."""
    row_id = getattr(row, "id", None)
    if not isinstance(row_id, int):
        raise TypeError(f"{row!r} was not stored yet")
    return row_id


def checked_line(value: str, name: str) -> str:
    """A form's single line, trimmed; InvalidDraft where it is empty or too long."""
    line = " ".join(storable(value).split())
    if not line:
        raise InvalidDraft(f"{name}: write something here.")
    if len(line) > MAX_LINE_CHARS:
        raise InvalidDraft(f"{name}: {len(line)} characters are too many; use {MAX_LINE_CHARS} at most.")
    return line


def checked_text(value: str, name: str) -> str:
    """A form's longer text, trimmed, perhaps empty; InvalidDraft where it is too long."""
    kept = storable(value).replace("\r\n", "\n").strip()
    if len(kept) > MAX_TEXT_CHARS:
        raise InvalidDraft(f"{name}: {len(kept)} characters are too many; use {MAX_TEXT_CHARS} at most.")
    return kept


def storable(value: str) -> str:
    """The text without what no database keeps: NUL and halves of character pairs."""
    return value.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def require_indexable(value: str, name: str) -> None:
    """Raise InvalidDraft where a text is longer than every database can index."""
    size = len(value.encode())
    if size > MAX_INDEXED_BYTES:
        raise InvalidDraft(f"{name} of {size} bytes is over {MAX_INDEXED_BYTES}: {value[:60]!r}...")
