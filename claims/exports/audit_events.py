"""The export of the audit log, which claimline audit verify can check on its own."""

from collections.abc import Iterator
from dataclasses import astuple

from sqlalchemy import select
from sqlmodel import Session, col

from claims.audit import sealed
from claims.exports.layout import ROWS_AT_ONCE, Cells, Scope
from claims.models import AuditEvent


def audit_rows(session: Session, scope: Scope) -> Iterator[Cells]:
    """Every event, the first one first; the scope does not narrow it, since a gap would break the chain."""
    wanted = select(AuditEvent).order_by(col(AuditEvent.id)).execution_options(yield_per=ROWS_AT_ONCE)
    for event in session.scalars(wanted):
        yield astuple(sealed(event))
