"""What all exports share: the scope that is asked for and how values become cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, true
from sqlmodel import col

from claims.models import Claim

Cells = Sequence[str | int | float | None]
ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Scope:
    """The address that claims are reached at, and whether only published claims are wanted."""

    base_url: str
    published_only: bool


def time_cell(moment: datetime | None) -> str:
    """The time in UTC as ISO 8601, to the second; empty where there is none."""
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else ""


def in_scope(scope: Scope) -> ColumnElement[bool]:
    """The condition on claims: published ones, or all."""
    return col(Claim.published_at).is_not(None) if scope.published_only else true()
