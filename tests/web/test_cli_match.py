"""claimline match: what the matcher did is said in words, comes out the same again, and can be done anew."""

import csv
import json
import os
import pty
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlmodel import text

from claims import db
from claims.grouping import pairs
from claims.matching import Wording, compare, compare_wordings, shipped_scorer
from claims.matching.scoring import hand_scorer
from claims.models import MatchRun, Relation
from tests.claims.builders import FORCED, NOW, SNOW, Newsroom
from web.cli import commands

Run = Callable[..., Result]
NEARLY = FORCED.replace("was forced", "had been forced")
NOT_FORCED = FORCED.replace("was forced", "was not forced")


@pytest.fixture
def newsroom(sqlite_url: str) -> Iterator[Newsroom]:
    """A newsroom on the database that the commands are run on."""
    engine = db.connect(sqlite_url)
    newsroom = Newsroom(engine)
    newsroom.open()
    yield newsroom
    engine.dispose()


@pytest.fixture
def run(tmp_path: Path, sqlite_url: str) -> Run:
    """Runs a command on the newsroom's database."""
    runner = CliRunner(env={"CLAIMLINE_HOME": str(tmp_path / "home"), "CLAIMLINE_DATABASE_URL": sqlite_url})
    return lambda *words, **options: runner.invoke(commands, words, **options)


def test_two_wordings_are_explained_in_plain_text(run: Run, newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED)

    said = run("match", "explain", "1", NOT_FORCED).output.splitlines()

    assert said[0] == "A  appearance 1, said by Ankara, en"
    assert said[3] == "   " + FORCED.replace("was forced", "was {not} forced")
    assert "Only in A       nothing" in said
    assert "Only in B       not" in said
    assert any(line.startswith("Score ") and "grouped from" in line for line in said)
    assert any(line.startswith("  weight ") and line.endswith("words in common, the rarer the more") for line in said)
    assert any(line.startswith("  stops ") and "(negation)" in line for line in said)
    assert "The matcher keeps them apart, and proposes to a person that they contradict each other." in said
    assert "Nobody decided anything about these two wordings." in said
    assert said[-1].startswith("Matcher version ")


def test_a_short_wording_that_scores_high_says_why_it_is_only_suggested(run: Run, newsroom: Newsroom) -> None:
    short, long = (run("match", "explain", words, words).output for words in ("Oslo bought jets.", FORCED))

    said = short.splitlines()
    why = "One of the two says too little to be grouped by itself, however high the score."
    assert said[said.index(why) + 1] == "The matcher suggests to a person that they are one claim."
    assert why not in long


def test_a_persons_word_is_part_of_the_explanation(run: Run, newsroom: Newsroom) -> None:
    with newsroom.writing() as session:
        pairs.decide(session, FORCED, NOT_FORCED, Relation.DISTINCT, by=newsroom.bo, now=NOW)

    said = run("match", "explain", FORCED, NOT_FORCED).output

    assert "Bo decided on 2026-11-02 that they are distinct; that holds, whatever the matcher says." in said


def test_brackets_of_a_wording_are_shown_as_they_are(run: Run, newsroom: Newsroom) -> None:
    said = run("match", "explain", "[red]Ankara[/red] bought jets", "[red]Ankara[/red] bought jets")

    assert said.exit_code == 0, said.output
    assert "   [red]Ankara[/red] bought jets" in said.output.splitlines()


def test_the_explanation_is_one_line_of_json_for_programs(run: Run, newsroom: Newsroom) -> None:
    said = run("match", "explain", FORCED, NOT_FORCED, "--json").output

    assert json.loads(said)["comparison"]["proposal"] == "contradicts"
    assert said == json.dumps(json.loads(said), ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def test_an_appearance_that_is_not_there_is_named(run: Run, newsroom: Newsroom) -> None:
    refused = run("match", "explain", "7", FORCED)

    assert refused.exit_code == 1
    assert "There is no appearance 7" in str(refused.exception)


def test_matches_that_nothing_seals_are_counted_and_nothing_is_wrong(run: Run, newsroom: Newsroom) -> None:
    newsroom.suggest(newsroom.claim(SNOW), newsroom.claim(FORCED))

    said = run("audit", "verify")

    assert (said.exit_code, "Not sealed: 1 match, stored before" in said.output) == (0, True), said.output


def test_a_wording_cannot_steer_the_terminal(run: Run, newsroom: Newsroom) -> None:
    said = run("match", "explain", "jets\x1b[2J\nare safe", "jets are safe").output

    assert "\x1b" not in said
    assert said.splitlines()[1] == "   {jets\\x1b[2J}\\nare safe"


@pytest.mark.parametrize(("term", "line"), [("dumb", "{40} jets"), ("xterm", "\x1b[1;7;33m40\x1b[0m jets")])
def test_a_terminal_without_styles_gets_marks(tmp_path: Path, term: str, line: str) -> None:
    outer, inner = pty.openpty()
    code = "from web.cli import main; main()"
    env = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR"}}

    subprocess.run(
        [sys.executable, "-c", code, "match", "explain", "Oslo bought 40 jets", "Oslo bought 48 jets"],
        stdout=inner,
        env=env | {"CLAIMLINE_HOME": str(tmp_path), "TERM": term},
        check=True,
        timeout=60,
    )
    said = os.read(outer, 4096).decode()
    os.close(outer)
    os.close(inner)

    assert f"   Oslo bought {line}" in said


def test_a_run_that_is_made_again_is_identical(run: Run, newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED, NOT_FORCED)
    with newsroom.reading() as session:
        wanted = session.get_one(MatchRun, 1).result_sha256

    again = run("match", "replay", "1")

    assert (again.exit_code, again.stdout) == (0, f"Run 1 is identical, SHA-256 {wanted}\n")


def test_a_run_that_comes_out_otherwise_exits_with_1(run: Run, newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED)
    with newsroom.writing() as session:
        session.get_one(MatchRun, 1).result = zlib.compress(b"[\n\n]\n")

    again = run("match", "replay", "1")

    assert again.exit_code == 1
    assert again.stdout.startswith('Run 1 is NOT identical. Line 2 of its result:\n- \n+ {"appearance":1,')


@pytest.fixture
def two_claims(newsroom: Newsroom) -> Newsroom:
    """A newsroom in which an older matcher kept one claim as two."""
    with newsroom.writing() as session:
        pairs.decide(session, FORCED, NEARLY, Relation.DISTINCT, by=newsroom.bo, now=NOW)
    newsroom.claim(FORCED)
    newsroom.claim(NEARLY)
    with newsroom.writing() as session:
        session.execute(text("DELETE FROM pair_decision"))
    return newsroom


def test_regrouping_shows_what_would_change_and_changes_nothing_by_itself(run: Run, two_claims: Newsroom) -> None:
    shown = run("match", "rerun")

    assert shown.exit_code == 0, shown.output
    said = shown.stdout.splitlines()
    assert said[:7] == [
        f"Grouped anew by matcher version {shipped_scorer().version}. Appearances: 2; claims: 2; "
        "left alone, since they have a verdict: 0.",
        "Claims that would join others: 1; appearances that would part: 0; new proposals: 0; claims then: 1.",
        "",
        "Claims that would join",
        f"  Claim 2: {NEARLY}",
        f"    → claim 1: {FORCED}",
        f"      appearance 2 (score {round(compare(NEARLY, FORCED).score)}): in its claim's words",
    ]
    assert "Nothing was changed: --yes applies it." in shown.stdout
    assert two_claims.stored_claim(2).merged_into_id is None


def test_what_a_person_would_be_asked_is_shown_too(run: Run, two_claims: Newsroom) -> None:
    two_claims.publish(1)

    said = run("match", "rerun").stdout.splitlines()

    assert said[3:7] == [
        "Proposals to claims with a verdict, for a person to decide",
        f"  Claim 2: {NEARLY}",
        f"    → claim 1: {FORCED}",
        f"      appearance 2 (score {round(compare(NEARLY, FORCED).score)}): in its claim's words",
    ]


def test_regrouping_is_done_by_the_scorer_that_the_setting_asks_for(run: Run, two_claims: Newsroom) -> None:
    shown = run("match", "rerun", env={"CLAIMLINE_MODELS": "off"})

    assert shown.stdout.startswith(f"Grouped anew by matcher version {hand_scorer().version}. ")
    assert f"(score {hand_score(NEARLY, FORCED):.0f}): in its claim's words" in shown.stdout


def hand_score(left: str, right: str) -> float:
    """The score without a model."""
    return compare_wordings(Wording(left), Wording(right), scorer=hand_scorer()).score


def test_regrouping_is_applied_once_and_then_there_is_nothing_to_do(run: Run, two_claims: Newsroom) -> None:
    applied = run("match", "rerun", "--yes")
    again = run("match", "rerun", "--yes")
    replayed = run("match", "replay", "3")

    assert "Applied as run 3; claimline match replay 3 makes it again." in applied.stdout
    assert two_claims.stored_claim(2).merged_into_id == 1
    assert "Nothing would change." in again.stdout
    assert "Applied" not in again.stdout
    assert replayed.stdout.startswith("Run 3 is identical")


def test_every_change_can_be_kept_as_csv(run: Run, two_claims: Newsroom, tmp_path: Path) -> None:
    kept = run("match", "rerun", "--csv", str(tmp_path / "changes.csv"))

    with (tmp_path / "changes.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert kept.exit_code == 0, kept.output
    assert (row["change"], row["appearance_id"], row["from_claim_id"], row["to_claim_id"]) == ("joins", "2", "2", "1")
    assert (row["wording"], row["to_claim"]) == (NEARLY, FORCED)


def test_of_many_changes_the_first_are_shown_unless_all_are_asked_for(run: Run, newsroom: Newsroom) -> None:
    towns = [" ".join(start + end for end in ("ban", "del", "fir", "gom", "hup")) for start in "abcdefghijkl"]
    with newsroom.writing() as session:
        for town in towns:
            pairs.decide(session, town, town + " again", Relation.DISTINCT, by=newsroom.bo, now=NOW)
    for town in towns:
        newsroom.claim(town)
        newsroom.claim(town + " again")
    with newsroom.writing() as session:
        session.execute(text("DELETE FROM pair_decision"))

    few, every = run("match", "rerun").stdout, run("match", "rerun", "--all").stdout

    assert (few.count("  Claim "), every.count("  Claim ")) == (10, 12)
    assert "… and 2 more claims: --all shows every one" in few


@pytest.mark.parametrize(("answer", "merged_into"), [("y", 1), ("n", None)])
def test_a_person_at_a_terminal_is_asked(
    two_claims: Newsroom, sqlite_url: str, tmp_path: Path, answer: str, merged_into: int | None
) -> None:
    outer, inner = pty.openpty()
    os.write(outer, f"{answer}\n".encode())
    home = {"CLAIMLINE_HOME": str(tmp_path / "home"), "CLAIMLINE_DATABASE_URL": sqlite_url}
    code = "from web.cli import main; main()"

    asked = subprocess.run(
        [sys.executable, "-c", code, "match", "rerun"],
        stdin=inner,
        capture_output=True,
        text=True,
        env=os.environ | home,
        check=True,
        timeout=60,
    )
    os.close(outer)
    os.close(inner)

    assert "Apply this? [y/N]: " in asked.stdout
    assert two_claims.stored_claim(2).merged_into_id == merged_into
