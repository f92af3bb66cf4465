"""What every command begins with: the settings, and a database whose tables are ready."""

from collections.abc import Iterator
from contextlib import contextmanager

from claims import db
from claims.db import Engine
from claims.settings import Settings


@contextmanager
def opened(settings: Settings | None = None) -> Iterator[tuple[Settings, Engine]]:
    """The settings of this process and an engine on its database, made where there is none."""
    known = settings or Settings.from_environment()
    engine = db.connect(known.database_url)
    try:
        db.prepare(engine)
        yield known, engine
    finally:
        engine.dispose()
