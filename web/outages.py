"""While the database or the disk is out of order: a calm page, and a line in the log that does not drown the others."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import cast

from flask import Flask, current_app

log = logging.getLogger(__name__)

# When a browser, or a robot, may ask again.
RETRY_AFTER_S = 30
# Every page fails while it lasts, for the same reason.
LOG_AGAIN = timedelta(minutes=1)
EXTENSION = "claimline.outage"


@dataclass(slots=True)
class Outage:
    """When the log was told last that the database is out of order."""

    lock: Lock
    told_at: datetime | None = None

    def tell(self, why: str, *, now: datetime, cause: Exception | None = None) -> None:
        """Write why into the log, once a minute; with the way to its cause, where that is given."""
        with self.lock:
            if self.told_at is not None and now - self.told_at < LOG_AGAIN:
                return
            self.told_at = now
        log.error("the database or the disk is out of order, so pages answer 503: %s", why, exc_info=cause)


def register(app: Flask) -> None:
    """Let the app remember what it told the log."""
    app.extensions[EXTENSION] = Outage(Lock())


def outage() -> Outage:
    """What the running app told the log."""
    return cast(Outage, current_app.extensions[EXTENSION])
