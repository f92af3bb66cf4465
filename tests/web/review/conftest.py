"""A small world for the desk's tests: people, claims and what was proposed for them, on a real database."""

import hashlib
import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import select
from werkzeug.test import TestResponse

from claims import accounts, db
from claims.drafts import Access, Stance, StatementKind
from claims.matching import shipped_scorer
from claims.models import (
    Appearance,
    Article,
    Claim,
    Claimant,
    Match,
    MatchState,
    Outlet,
    Relation,
    Role,
    Snapshot,
    User,
)
from claims.settings import Settings
from claims.tallies import recount
from web import create_app
from web.storage import Parts

PASSWORD = "correct horse battery"
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@dataclass(slots=True)
class World:
    """Puts rows into the database, each with sensible surroundings; the ids of what was made are returned."""

    engine: Engine
    now: datetime = NOON
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def person(self, name: str, role: Role = Role.REVIEWER) -> User:
        """Somebody who may sign in with PASSWORD."""
        with db.transaction(self.engine) as session:
            user = User(
                email=f"{name.lower()}@example.org",
                name=name,
                role=role,
                password_hash=password_hash(),
                session_key=secrets.token_urlsafe(),
                created_at=self.now,
            )
            session.add(user)
        return user

    def outlet(self, name: str) -> int:
        """An outlet."""
        with db.transaction(self.engine) as session:
            outlet = Outlet(name=name, address=f"https://{next(self.numbers)}.example/", created_at=self.now)
            session.add(outlet)
            session.flush()
            return outlet.id or 0

    def claim(
        self,
        text: str,
        *,
        outlet_id: int | None = None,
        claimant: str | None = "Ankara",
        language: str = "en",
        check_worthiness: float = 0.5,
    ) -> int:
        """A claim with one appearance."""
        with db.transaction(self.engine) as session:
            claim = Claim(text=text, language=language, created_at=self.now)
            session.add(claim)
            session.flush()
            claim_id = claim.id or 0
        self.appearance(
            claim_id,
            text,
            outlet_id=outlet_id,
            claimant=claimant,
            language=language,
            check_worthiness=check_worthiness,
        )
        return claim_id

    def appearance(
        self,
        claim_id: int,
        exact: str,
        *,
        outlet_id: int | None = None,
        claimant: str | None = "Ankara",
        language: str = "en",
        check_worthiness: float = 0.5,
        hours_ago: float = 1,
        cue: str | None = "insisted that",
        title: str = "A story",
        stance: Stance = Stance.ASSERTS,
        state: MatchState = MatchState.CONFIRMED,
        relation: Relation = Relation.SAME,
        compared_with_id: int | None = None,
        guards: tuple[str, ...] = (),
        score: float = 100.0,
        url: str = "",
        access: Access = Access.OPEN,
    ) -> int:
        """An appearance in an article of its own, with its match to the claim."""
        number = next(self.numbers)
        outlet_id = outlet_id or self.outlet(f"Outlet {number}")
        before, after = "Officials in the capital ", ", according to two people who know."
        text = before + exact + after
        digest = hashlib.sha256(f"{number}{text}".encode()).hexdigest()
        at = self.now - timedelta(hours=hours_ago)
        with db.transaction(self.engine) as session:
            article = Article(
                outlet_id=outlet_id,
                canonical_url=url or f"https://example.org/{number}",
                title=title,
                language=language,
                access=access,
                published_at=at,
                created_at=self.now,
            )
            session.add(article)
            session.flush()
            snapshot = Snapshot(
                article_id=article.id,
                fetched_url=article.canonical_url,
                final_url=article.canonical_url,
                status=200,
                headers=[],
                content_type="text/html",
                body_sha256=digest,
                text=text,
                text_sha256=digest,
                extracted_by="test",
                fetched_at=self.now,
            )
            session.add(snapshot)
            session.flush()
            appearance = Appearance(
                snapshot_id=snapshot.id,
                article_id=article.id,
                claimant_id=self.claimant_id(session, claimant) if claimant else None,
                exact=exact,
                prefix=before[-32:],
                suffix=after[:32],
                start=len(before),
                end=len(before) + len(exact),
                wording=exact,
                cue=cue,
                stance=stance,
                kind=StatementKind.INDIRECT,
                check_worthiness=check_worthiness,
                created_at=self.now,
            )
            session.add(appearance)
            session.flush()
            match = Match(
                appearance_id=appearance.id,
                claim_id=claim_id,
                compared_with_id=compared_with_id,
                state=state,
                relation=relation,
                score=score,
                explanation={
                    "scores": {"overlap": 50.0},
                    "thresholds": {"suggest": 45.0, "group": 68.0},
                    "version": "1",
                    "guards": [{"name": "guard", "sentence": sentence} for sentence in guards],
                },
                created_at=self.now,
            )
            session.add(match)
            recount(session, [claim_id])
            return (match.id if state is MatchState.SUGGESTED else appearance.id) or 0

    def suggestion(
        self, claim_id: int, exact: str, *, guards: tuple[str, ...] = (), score: float = 71.0, **around: object
    ) -> int:
        """The match of an appearance that is at home nowhere and proposed for the claim; guards keep it apart."""
        return self.appearance(
            claim_id,
            exact,
            state=MatchState.SUGGESTED,
            relation=Relation.CONTRADICTS if guards else Relation.SAME,
            guards=guards,
            score=score,
            **around,  # type: ignore[arg-type]
        )

    def propose_home_of(self, claim_id: int, other_id: int) -> int:
        """The match that proposes a claim's first appearance for another claim."""
        with db.transaction(self.engine) as session:
            home = session.exec(select(Match).where(Match.claim_id == claim_id)).first()
            assert home
            proposal = Match(
                appearance_id=home.appearance_id,
                claim_id=other_id,
                state=MatchState.SUGGESTED,
                relation=Relation.SAME,
                score=60.0,
                explanation={},
                created_at=self.now,
            )
            session.add(proposal)
            recount(session, [other_id])
            return proposal.id or 0

    @staticmethod
    def claimant_id(session: db.Session, name: str) -> int:
        """The claimant with this name, made where there is none."""
        folded = name.casefold()
        claimant = session.exec(select(Claimant).where(Claimant.folded == folded)).first()
        if claimant is None:
            claimant = Claimant(name=name, folded=folded)
            session.add(claimant)
            session.flush()
        return claimant.id or 0


@dataclass(slots=True)
class Visitor:
    """Somebody with a browser that sends forms as pages offer them."""

    client: FlaskClient

    def get(self, path: str, status: int = 200) -> str:
        """The page at a path."""
        response = self.client.get(path)
        assert response.status_code == status, response.text
        return response.text

    def post(self, path: str, **values: object) -> TestResponse:
        """The answer to a form; the token comes from a page of the desk."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.client.get("/desk/account").text)
        assert token
        return self.client.post(path, data={"csrf_token": token[1], **values})


@cache
def password_hash() -> str:
    """The hash of PASSWORD, made once because it is slow on purpose."""
    return accounts.hash_password(PASSWORD)


@pytest.fixture(scope="session")
def whole_app(sqlite_template: Path) -> Flask:
    """The whole app, made once so that its templates are compiled once; its database is for no test."""
    home, url = sqlite_template.parent, f"sqlite:///{sqlite_template}"
    app = create_app(Settings(home=home, database_url=url, secret_key="for tests only"))
    app.testing = True
    return app


@pytest.fixture
def app(whole_app: Flask, sqlite_settings: Settings) -> Iterator[Flask]:
    """The whole app on a fresh database, its clock standing still."""
    engine = db.connect(sqlite_settings.database_url)
    whole_app.extensions["claimline"] = Parts(sqlite_settings, engine, clock=lambda: NOON, scorer=shipped_scorer())
    yield whole_app
    engine.dispose()


@pytest.fixture
def world(app: Flask) -> World:
    """What is stored in the app's database, to be filled."""
    return World(app.extensions["claimline"].engine)


@pytest.fixture
def visit(app: Flask) -> Callable[[User], Visitor]:
    """Signs somebody in."""

    def sign_in(user: User) -> Visitor:
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = user.session_key
            session["_fresh"] = True
        return Visitor(client)

    return sign_in


@pytest.fixture
def deniz(world: World) -> User:
    """A reviewer."""
    return world.person("Deniz")


@pytest.fixture
def desk(visit: Callable[[User], Visitor], deniz: User) -> Visitor:
    """Deniz, a reviewer, at the desk."""
    return visit(deniz)
