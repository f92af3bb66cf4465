"""What commands begin with: the settings, a database whose tables are ready, and a pipeline between them."""

from collections.abc import Iterator
from contextlib import contextmanager

from claims import db
from claims.clock import utc_now
from claims.db import Engine
from claims.grouping import Matcher
from claims.matching import chosen_scorer
from claims.settings import Settings
from claims.versions.bodies import Bodies
from scrapers.archive import Archive
from scrapers.fetch import Fetcher
from scrapers.pipeline import Pipeline
from scrapers.statements.models import chosen_models


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


def pipeline_of(
    settings: Settings, engine: Engine, fetcher: Fetcher, *, address: str | None = None, archive: Archive | None = None
) -> Pipeline:
    """A pipeline with the models and the place for raw bytes that the settings choose."""
    return Pipeline(
        engine,
        fetcher,
        Matcher(chosen_scorer(settings.models)),
        utc_now,
        address,
        chosen_models(settings.models),
        Bodies.of(settings),
        archive,
    )
