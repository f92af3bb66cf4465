"""What the running app works with: its settings, its database, its clock and its scorer."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import current_app

from claims import db
from claims.db import Engine, Session
from claims.matching import PairScorer
from claims.settings import Settings


@dataclass(frozen=True, slots=True)
class Parts:
    """What create_app was given, kept with the app."""

    settings: Settings
    engine: Engine
    clock: Callable[[], datetime]
    scorer: PairScorer


def parts() -> Parts:
    """The parts of the app that answers the current request."""
    return cast(Parts, current_app.extensions["claimline"])


def transaction() -> AbstractContextManager[Session]:
    """A session whose changes are stored together when the block ends, and not at all when it raises."""
    return db.transaction(parts().engine)


def reading() -> AbstractContextManager[Session]:
    """A session that sees one moment of the database."""
    return db.reading(parts().engine)


def now() -> datetime:
    """The time, aware and in UTC."""
    return parts().clock()


def base_url() -> str:
    """The address at which this installation is reached, without a trailing slash."""
    return parts().settings.base_url


def allow_hosts() -> frozenset[str]:
    """The private hosts that may be fetched all the same."""
    return parts().settings.allow_hosts
