"""claimline model: what is in force is said, and a model fitted from one's own data takes force."""

import csv
import json
from collections.abc import Callable
from itertools import product
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result

from claims.matching import chosen_scorer, shipped_scorer
from claims.matching.scoring import hand_scorer
from scrapers.statements.models import NO_MODELS, chosen_models
from scrapers.statements.packs import pack_for
from scrapers.statements.worthiness import check_worthiness
from web.cli import commands

Run = Callable[..., Result]
LINES = (
    ("Exports fell by 12 percent in 2019.", True),
    ("The ministry spent $3 million on ferries.", True),
    ("Thank you very much.", False),
    ("What do you say to that?", False),
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in a fresh home, with CLAIMLINE_MODELS as given."""
    monkeypatch.chdir(tmp_path)

    def call(*words: str, models: str = "") -> Result:
        home = str(tmp_path / "home")
        return CliRunner(env={"CLAIMLINE_HOME": home, "CLAIMLINE_MODELS": models}).invoke(commands, words)

    return call


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    """Four debates."""
    rows = [{"debate": debate, "text": text, "check_worthy": label} for debate in range(4) for text, label in LINES]
    path = tmp_path / "debates.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_a_model_fitted_from_ones_own_data_takes_force(run: Run, labelled: Path, tmp_path: Path) -> None:
    fitted = run("model", "fit", "check-worthiness", str(labelled), "--output", "mine")
    shown = run("model", "show", models="mine")

    assert (fitted.exit_code, shown.exit_code) == (0, 0), fitted.output + shown.output
    assert "12 sentences; held out: map 1.000" in fitted.output
    assert "| The debates held out | 1.000 | 1.000 |" in shown.output
    assert "debates.jsonl" in (tmp_path / "mine" / "check_worthiness.md").read_text(encoding="utf-8")
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == [
        "check_worthiness.json",
        "check_worthiness.md",
    ]
    assert chosen_models(tmp_path / "mine")("en") != chosen_models("shipped")("en")


def test_a_bad_line_is_named_and_an_old_model_stays(run: Run, labelled: Path, tmp_path: Path) -> None:
    run("model", "fit", "check-worthiness", str(labelled), "--output", "mine")
    before = (tmp_path / "mine" / "check_worthiness.json").read_bytes()
    labelled.write_text('{"debate": 1}', encoding="utf-8")

    refused = run("model", "fit", "check-worthiness", str(labelled), "--output", "mine")

    assert refused.exit_code == 1
    assert "line 1" in str(refused.exception)
    assert (tmp_path / "mine" / "check_worthiness.json").read_bytes() == before


@pytest.mark.parametrize(
    ("models", "said"),
    [("", "CLAIMLINE_MODELS is shipped"), ("off", "No model is in force"), ("shipped", "| map | auc |")],
)
def test_show_says_which_models_are_in_force(run: Run, models: str, said: str) -> None:
    shown = run("model", "show", models=models)

    assert shown.exit_code == 0, shown.output
    assert said in shown.output


def test_show_refuses_a_folder_without_models(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    refused = run("model", "show", models="empty")

    assert refused.exit_code == 1
    assert "CLAIMLINE_MODELS" in str(refused.exception)


@pytest.mark.parametrize(("models", "is_as_by_hand"), [("off", True), ("shipped", False)])
def test_ingest_weighs_statements_by_the_models_of_the_setting(
    run: Run, tmp_path: Path, models: str, is_as_by_hand: bool
) -> None:
    exact = "the plan would save 3.5 million crowns a year and that no job would be lost"
    told = f"City officials said that {exact}. " + "The talks between the city and the yard go on next week. " * 5
    (tmp_path / "story.html").write_text(f"<article><h1>Talks</h1><p>{told}</p></article>", encoding="utf-8")

    ingested = run("ingest", "story.html", models=models)

    rows = list(csv.DictReader(run("export", "appearances").stdout.splitlines()))
    assert ingested.exit_code == 0, ingested.output
    by_hand = check_worthiness(exact, pack_for("en", NO_MODELS))
    assert [float(row["check_worthiness"]) == by_hand for row in rows if row["exact"] == exact] == [is_as_by_hand]


def test_an_attribution_model_fitted_from_ones_own_articles_takes_force(run: Run, tmp_path: Path) -> None:
    line = {"text": "Oslo glimmed that it was void.", "attributions": [{"cue": [[5, 12]], "content": [[13, 29]]}]}
    (tmp_path / "articles.jsonl").write_text("\n".join([json.dumps(line)] * 20), encoding="utf-8")

    fitted = run("model", "fit", "attribution", "articles.jsonl", "--output", "mine", "--source", "our archive")
    shown = run("model", "show", models="mine")

    assert fitted.exit_code == 0, fitted.output
    assert (
        "20 attributions of 20 articles; held out: found 1.000, with claimant 1.000 (rules alone: 0.000"
        in fitted.output
    )
    assert "| The model upon the rules, fitted on the other articles | 1.000 | 1.000 |" in shown.output
    assert "Data: our archive." in (tmp_path / "mine" / "attribution.md").read_text(encoding="utf-8")
    attribution = chosen_models(tmp_path / "mine")("en").attribution
    assert attribution is not None
    assert attribution is not chosen_models("shipped")("en").attribution


def test_articles_that_cannot_be_learned_from_leave_nothing_behind(run: Run, tmp_path: Path) -> None:
    (tmp_path / "articles.jsonl").write_text('{"text": "Oslo"}', encoding="utf-8")

    fitted = run("model", "fit", "attribution", "articles.jsonl", "--output", "mine")

    assert "line 1" in str(fitted.exception)
    assert not (tmp_path / "mine").exists()


TOWNS = ("Arlow", "Brenn", "Cadmere", "Dorvik", "Elmstead", "Fenholt", "Garth", "Hollin", "Ister", "Jarrow", "Kelda")
THINGS = ("ferry", "library", "bridge", "market", "mill")
PAINTS = "The council of Arlow wants to paint the old ferry beside the harbour"
IS_PAINTED = "The old ferry beside the harbour is to be painted, the Arlow council says"


@pytest.fixture
def wordings(tmp_path: Path) -> Path:
    """What councils want, said twice, beside something else that they want; then texts in groups, and one alone."""
    rows: list[dict[str, object]] = []
    for town, thing in product(TOWNS, THINGS):
        first = PAINTS.replace("Arlow", town).replace("ferry", thing)
        again = IS_PAINTED.replace("Arlow", town).replace("ferry", thing)
        other = f"The council of {town} wants to visit the wooden {thing} behind the station"
        rows += [{"left": first, "right": again, "same": True}, {"left": first, "right": other, "same": False}]
    rows += [{"text": f"The {thing} of Kelda leaks when it rains in May", "group": thing} for thing in THINGS]
    path = tmp_path / "wordings.jsonl"
    path.write_text("\n".join(map(json.dumps, [*rows, {"text": "Rain fell."}])), encoding="utf-8")
    return path


def test_a_matching_model_fitted_from_ones_own_pairs_takes_force(run: Run, wordings: Path, tmp_path: Path) -> None:
    fitted = run("model", "fit", "matching", str(wordings), "--output", "mine", "--source", "our archive")
    shown = run("model", "show", models="mine")
    explained = run("match", "explain", PAINTS, IS_PAINTED, models="mine")

    version = chosen_scorer(tmp_path / "mine").version
    assert (fitted.exit_code, shown.exit_code) == (0, 0), fitted.output + shown.output
    assert (
        "matching.json: 110 pairs, 10 more from groups, 0 guessed; not seen: precision 1.000, recall 1.000"
        in fitted.output
    )
    assert f"The matcher's version is {version}." in shown.output
    assert "| This way of fitting, each pair by a model that did not see it (5 folds) | 1.000 |" in shown.output
    assert "Data: our archive." in (tmp_path / "mine" / "matching.md").read_text(encoding="utf-8")
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == ["matching.json", "matching.md"]
    assert version != shipped_scorer().version
    assert f"Matcher version {version}; " in explained.output


def test_a_folder_with_a_matching_model_alone_leaves_finding_statements_as_it_is(
    run: Run, wordings: Path, tmp_path: Path
) -> None:
    run("model", "fit", "matching", str(wordings), "--output", "mine")

    assert chosen_models(tmp_path / "mine")("en") == chosen_models("shipped")("en")


def test_the_model_holds_no_text_that_it_was_fitted_on(run: Run, wordings: Path, tmp_path: Path) -> None:
    run("model", "fit", "matching", str(wordings), "--output", "mine")

    stored = json.loads((tmp_path / "mine" / "matching.json").read_text(encoding="utf-8"))
    words = [word for value in stored.values() if isinstance(value, dict) for word in value]
    assert words
    assert [word for word in words if " " in word] == []


def test_a_matching_model_takes_what_words_mean_from_a_file_of_word_vectors(
    run: Run, wordings: Path, tmp_path: Path
) -> None:
    nouns = [start + end for start, end in product(("bar", "dol", "fen", "gup", "hat", "jes", "kir"), "bcdfgklm")]
    lines = [json.dumps({"text": f"{noun} leaks in {month}"}) for noun in nouns for month in ("May", "June")]
    wordings.write_text("\n".join([wordings.read_text(encoding="utf-8"), *lines]), encoding="utf-8")
    dice = Random(7)
    vectors = [" ".join([noun, *(f"{dice.gauss(0, 1):.3f}" for _ in range(50))]) for noun in (*nouns, "elsewhere")]
    (tmp_path / "words.vec").write_text("\n".join(vectors), encoding="utf-8")

    fitted = run("model", "fit", "matching", str(wordings), "--vectors", "words.vec", "--output", "mine")

    assert fitted.exit_code == 0, fitted.output
    stored = json.loads((tmp_path / "mine" / "matching.json").read_text(encoding="utf-8"))
    assert sorted(stored["vectors"]) == sorted(nouns)
    assert "- Of 56 words it knows a vector" in (tmp_path / "mine" / "matching.md").read_text(encoding="utf-8")
    assert chosen_scorer(tmp_path / "mine").model.vocabulary.vectors.table.shape == (57, 48)


def test_word_vectors_that_do_not_fit_the_texts_leave_nothing_behind(run: Run, wordings: Path, tmp_path: Path) -> None:
    (tmp_path / "words.vec").write_text("ferry " + "1 " * 50, encoding="utf-8")

    fitted = run("model", "fit", "matching", str(wordings), "--vectors", "words.vec", "--output", "mine")

    assert "words.vec has vectors of 1 of the words that the texts have" in str(fitted.exception)
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"left": "Oslo", "same": true}', "Line 1"),
        ("[]", "line 1"),
        ("[" * 100_000, "line 1"),
        ('{"text": "Oslo"}', "50 pairs"),
    ],
)
def test_wordings_that_cannot_be_learned_from_leave_nothing_behind(
    run: Run, tmp_path: Path, line: str, said: str
) -> None:
    (tmp_path / "wordings.jsonl").write_text(line, encoding="utf-8")

    fitted = run("model", "fit", "matching", "wordings.jsonl", "--output", "mine")

    assert said in str(fitted.exception)
    assert not (tmp_path / "mine").exists()


def test_a_folder_whose_matching_model_is_none_is_refused_by_name(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "matching.json").write_text("{}", encoding="utf-8")

    refused = run("match", "explain", PAINTS, IS_PAINTED, models="mine")

    assert refused.exit_code == 1
    assert "matching.json is no matching model" in str(refused.exception)


def test_a_run_is_made_again_by_the_model_that_made_it_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "story.html").write_text(f"<article><p>Arlow's mayor said that {PAINTS}.</p></article>" * 3, "utf-8")
    ingested = run("ingest", "story.html", models="off")

    again, by_another = run("match", "replay", "1", models="off"), run("match", "replay", "1")

    assert (ingested.exit_code, again.exit_code, by_another.exit_code) == (0, 0, 1), ingested.output
    assert f"was made by version {hand_scorer().version} of the matcher" in str(by_another.exception)
    assert "Only the models differ: CLAIMLINE_MODELS chooses them." in str(by_another.exception)
