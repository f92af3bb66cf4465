"""The demo: a world that was read, and verdicts on some of its claims, given once and by the rules."""

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claims import db
from claims.models import ReviewState
from claims.queries.listing import DeskStatus, public_list, status_counts
from claims.queries.reviews import reviews_of
from web.cli import commands
from web.sample import sample_articles
from web.sample.verdicts import SampleEvidence, Stage, sample_verdicts


@pytest.fixture(scope="module")
def port() -> int:
    """A port on which nobody answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        found: int = free.getsockname()[1]
    return found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, port: int) -> Path:
    """The home folder of a demo that ran once."""
    home = tmp_path_factory.mktemp("demo")
    ran = demo(home, port)
    assert ran.exit_code == 0, ran.output
    return home


def demo(home: Path, port: int) -> Result:
    """What the demo says that only reads."""
    return run(home, "demo", "--no-serve", "--sample-port", str(port))


def run(home: Path, *words: str) -> Result:
    """What a command says in this home folder."""
    return CliRunner(env={"CLAIMLINE_HOME": str(home)}).invoke(commands, words)


def counts(home: Path) -> dict[DeskStatus, int]:
    """How many claims there are at each stage."""
    engine = db.connect(f"sqlite:///{home / 'claimline.sqlite'}")
    with db.reading(engine) as session:
        found = status_counts(session)
    engine.dispose()
    return found


def sources() -> list[SampleEvidence]:
    """All evidence of the sample verdicts."""
    verdicts = sample_verdicts()
    corrections = [verdict.correction for verdict in verdicts if verdict.correction]
    return [source for cited in (*verdicts, *corrections) for source in cited.evidence]


def test_every_sample_verdict_finds_its_claim(home: Path) -> None:
    found = counts(home)
    wanted = [verdict.stage for verdict in sample_verdicts()]

    assert found[DeskStatus.PUBLISHED] == wanted.count(Stage.PUBLISHED) >= 3
    assert found[DeskStatus.IN_REVIEW] == wanted.count(Stage.IN_REVIEW) >= 1
    assert found[DeskStatus.DRAFT] == wanted.count(Stage.DRAFT) >= 1


def test_readers_find_a_correction_with_what_it_corrects(home: Path) -> None:
    engine = db.connect(f"sqlite:///{home / 'claimline.sqlite'}")
    with db.reading(engine) as session:
        listed = public_list(session).rows
        versions = [reviews_of(session, row.claim_id) for row in listed]
    engine.dispose()

    assert all(row.appearances >= 3 for row in listed)
    states = [[review.state for review in of_one] for of_one in versions]
    assert [ReviewState.SUPERSEDED in of_one for of_one in states].count(True) == 1


def test_the_demo_gives_its_verdicts_once(home: Path, port: int) -> None:
    before = counts(home)

    again = demo(home, port)

    assert again.exit_code == 0, again.output
    assert counts(home) == before
    assert "The audit log is whole" in run(home, "audit", "verify").output


@pytest.mark.parametrize("source", [source for source in sources() if source.path], ids=lambda source: source.quote)
def test_a_sample_quote_stands_in_its_article(source: SampleEvidence) -> None:
    article = next(article for article in sample_articles() if article.path == source.path)

    assert source.quote in " ".join(text for block in article.blocks for text in block.texts)
