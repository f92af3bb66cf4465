"""CSV files for auditors: complete, or none at all; every cell exactly as it is stored."""

import csv
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import IO

from sqlmodel import Session

from claims.audit import CSV_COLUMNS
from claims.exports.audit_events import audit_rows
from claims.exports.claims import APPEARANCE_COLUMNS, CLAIM_COLUMNS, appearance_rows, claim_rows
from claims.exports.layout import Cells, Scope
from claims.exports.reviews import EVIDENCE_COLUMNS, REVIEW_COLUMNS, evidence_rows, review_rows
from claims.exports.suggestions import SUGGESTION_COLUMNS, suggestion_rows

__all__ = ["COLUMNS", "Export", "Scope", "write"]


class Export(StrEnum):
    """What can be exported."""

    CLAIMS = "claims"
    APPEARANCES = "appearances"
    REVIEWS = "reviews"
    EVIDENCE = "evidence"
    AUDIT = "audit"
    SUGGESTIONS = "suggestions"


COLUMNS: dict[Export, tuple[str, ...]] = {
    Export.CLAIMS: CLAIM_COLUMNS,
    Export.APPEARANCES: APPEARANCE_COLUMNS,
    Export.REVIEWS: REVIEW_COLUMNS,
    Export.EVIDENCE: EVIDENCE_COLUMNS,
    Export.AUDIT: CSV_COLUMNS,
    Export.SUGGESTIONS: SUGGESTION_COLUMNS,
}
ROWS: dict[Export, Callable[[Session, Scope], Iterator[Cells]]] = {
    Export.CLAIMS: claim_rows,
    Export.APPEARANCES: appearance_rows,
    Export.REVIEWS: review_rows,
    Export.EVIDENCE: evidence_rows,
    Export.AUDIT: audit_rows,
    Export.SUGGESTIONS: suggestion_rows,
}


def write(session: Session, export: Export, file: IO[str], scope: Scope) -> int:
    """Write the export to file as RFC 4180 CSV with a first line of column names; the number of rows after it.

    NotAllowed, with nothing written, where the scope holds no part of this export.
    Open file with newline="" and UTF-8. Cells are never altered, so a spreadsheet may take one that begins with "="
    for a formula: import the file as text. An empty cell is a value that is not there.
    """
    rows = ROWS[export](session, scope)
    writer = csv.writer(file)
    writer.writerow(COLUMNS[export])
    count = 0
    for cells in rows:
        writer.writerow(cells)
        count += 1
    return count
