"""Labelled data as people keep it: JSON Lines, one object to a line, with errors that name the line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claims.errors import InvalidDraft


def labelled_lines(path: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Each line's object with where it stands ("data.jsonl, line 3"); InvalidDraft naming the line that holds none."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise InvalidDraft(f"{path}: cannot be read: {error.strerror}.") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            where = f"{path}, line {number}"
            yield labelled_object(line, where), where


def labelled_object(line: bytes, where: str) -> dict[str, Any]:
    """The object on one line."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InvalidDraft(f"{where}: this is no JSON ({type(error).__name__}).") from error
    if not isinstance(row, dict):
        raise InvalidDraft(f"{where}: this is no JSON object.")
    return row
