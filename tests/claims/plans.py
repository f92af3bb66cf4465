"""How a database goes about what the code asks of it, to tell that an index answers and nothing reads a whole table."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import event
from sqlmodel import Session


def plans(session: Session, verb: str, step: Callable[[], object]) -> list[str]:
    """How the database would go about each statement of this kind that a step makes."""
    made: list[tuple[str, Any]] = []
    connection = session.connection()

    def note(_: object, __: object, statement: str, values: Any, *___: object) -> None:
        made.append((statement, values))

    event.listen(connection, "before_cursor_execute", note)
    step()
    event.remove(connection, "before_cursor_execute", note)
    explain = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
    if connection.dialect.name == "postgresql":
        # Of a table without rows it would read all of them.
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    wanted = [(statement, values) for statement, values in made if statement.startswith(verb)]
    return [str(connection.exec_driver_sql(explain + sql, values).all()) for sql, values in wanted]
