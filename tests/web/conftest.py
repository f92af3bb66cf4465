"""The web app on a fresh database with published claims in it, and visitors who sign in by the form."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from claims import db, evidence, reviews
from claims.models import Bearing, Review, Role, User
from claims.settings import Settings
from tests.web.review.conftest import NOON, PASSWORD, World
from web import create_app

CLAIM = "Ankara was forced to buy the S-400"


@dataclass(slots=True)
class Clock:
    """A clock that stands still until it is set."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


@dataclass(slots=True)
class Newsroom:
    """Two editors who publish, correct and retract verdicts through the real services."""

    world: World
    author: User
    second: User

    def publish(self, claim_id: int, rating: str = "mostly-false", summary: str = "Other bids were open.") -> int:
        """Publish a first verdict with one source; the review's id."""
        with db.transaction(self.world.engine) as session:
            evidence.add(
                session,
                claim_id,
                title="Tender committee, minutes",
                url="https://archive.example/minutes",
                quote="Three bids were received.",
                note="Read by both.",
                is_primary=True,
                bearing=Bearing.REFUTES,
                by=self.author,
                now=NOON,
            )
            draft = reviews.save_draft(
                session, claim_id, rating=rating, summary=summary, by=self.author, seen_version=0, now=NOON
            )
        return self.finish(draft.id or 0)

    def correct(self, claim_id: int, rating: str, why: str) -> int:
        """Publish a corrected version; the review's id."""
        with db.transaction(self.world.engine) as session:
            review_id = reviews.start_correction(
                session, claim_id, why=why, requested_by="A reader", by=self.author, now=NOON
            )
            draft = session.get_one(Review, review_id)
            reviews.save_draft(
                session,
                claim_id,
                rating=rating,
                summary=draft.summary,
                by=self.author,
                seen_version=draft.version,
                now=NOON,
            )
        return self.finish(review_id)

    def finish(self, review_id: int) -> int:
        """Submit a draft and have it published by the second pair of eyes."""
        with db.transaction(self.world.engine) as session:
            seen = session.get_one(Review, review_id).version
            reviews.submit(session, review_id, by=self.author, seen_version=seen, now=NOON)
            seen = session.get_one(Review, review_id).version
            reviews.publish(session, review_id, by=self.second, seen_version=seen, now=NOON + timedelta(minutes=1))
        return review_id

    def retract(self, review_id: int, reason: str) -> None:
        """Take a verdict back."""
        with db.transaction(self.world.engine) as session:
            seen = session.get_one(Review, review_id).version
            reviews.retract(session, review_id, reason=reason, by=self.author, seen_version=seen, now=NOON)


@pytest.fixture
def clock() -> Clock:
    """The app's clock."""
    return Clock()


@pytest.fixture
def app(sqlite_settings: Settings, clock: Clock) -> Iterator[Flask]:
    """The whole app on a fresh database."""
    engine = db.connect(sqlite_settings.database_url)
    yield create_app(sqlite_settings, engine=engine, clock=clock)
    engine.dispose()


@pytest.fixture
def world(app: Flask) -> World:
    """What is stored in the app's database, to be filled."""
    return World(app.extensions["claimline"].engine)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody who is not signed in."""
    return app.test_client()


@pytest.fixture
def newsroom(world: World) -> Newsroom:
    """Ada and Bo, editors."""
    return Newsroom(world, world.person("Ada", Role.EDITOR), world.person("Bo", Role.EDITOR))


@pytest.fixture
def claim_id(world: World, newsroom: Newsroom) -> int:
    """A claim with a published verdict."""
    made = world.claim(CLAIM)
    newsroom.publish(made)
    return made


@pytest.fixture
def claim_path(claim_id: int) -> str:
    """The address of the published claim."""
    return f"/claims/{claim_id}-ankara-was-forced-to-buy-the-s-400"


@pytest.fixture
def signed_in(app: Flask, world: World) -> Callable[[Role], FlaskClient]:
    """Signs a new person of this role in, without the slow check of a password."""

    def as_role(role: Role) -> FlaskClient:
        visitor = app.test_client()
        with visitor.session_transaction() as session:
            session["_user_id"] = world.person(f"Some-{role.value}", role).session_key
            session.permanent = True
        return visitor

    return as_role


def send_sign_in(visitor: FlaskClient, email: str, password: str = PASSWORD, **more: str) -> TestResponse:
    """The answer to the sign-in form."""
    token = token_on(visitor, "/sign-in")
    return visitor.post("/sign-in", data={"csrf_token": token, "email": email, "password": password, **more})


def token_on(visitor: FlaskClient, path: str) -> str:
    """The form token of a page."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', visitor.get(path).text)
    assert found
    return found[1]
