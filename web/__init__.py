"""Claimline's web app: the desk for reviewers, the public pages for readers, the exports for auditors."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask

from claims import db
from claims.db import Engine
from claims.matching import chosen_scorer
from claims.settings import Settings
from web import access, auth, display, errors, exports, public, review, security
from web.storage import Parts


def create_app(
    settings: Settings, *, engine: Engine | None = None, clock: Callable[[], datetime] | None = None
) -> Flask:
    """The app on this installation's database, whose tables must be up to date; clock gives aware UTC times."""
    app = Flask(__name__)
    app.extensions["claimline"] = Parts(
        settings=settings,
        engine=engine or db.connect(settings.database_url),
        clock=clock or (lambda: datetime.now(UTC)),
        scorer=chosen_scorer(settings.models),
    )
    access.guard(app)
    security.secure(app, settings)
    errors.register(app)
    display.register(app)
    app.register_blueprint(public.blueprint)
    app.register_blueprint(auth.blueprint)
    app.register_blueprint(exports.blueprint)
    app.register_blueprint(review.blueprint)
    return app
