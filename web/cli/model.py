"""claimline model: the learned models in force, and fitting them anew from data of one's own."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import click

from claims.clock import utc_now
from claims.matching import chosen_scorer
from claims.matching.fitting import fit as fit_scorer
from claims.matching.fitting import labelled_wordings, numbered_lines, small_vectors
from claims.matching.fitting.card import FILE_NAME as MATCHING_CARD
from claims.matching.fitting.card import card as matching_card
from claims.matching.scoring.scorers import FILE_NAME as MATCHING_FILE
from claims.matching.scoring.scorers import SHIPPED_FOLDER as MATCHING_FOLDER
from claims.settings import MODELS_OFF, MODELS_SHIPPED, Settings
from scrapers.statements.learned import attribution_fitting
from scrapers.statements.learned.attribution import FILES as ATTRIBUTION_FILES
from scrapers.statements.learned.attribution_card import FILE_NAME as ATTRIBUTION_CARD
from scrapers.statements.learned.attribution_card import card as attribution_card
from scrapers.statements.learned.attribution_data import labelled_articles
from scrapers.statements.learned.worthiness import FILE_NAME as WORTHINESS_FILE
from scrapers.statements.learned.worthiness_card import FILE_NAME as WORTHINESS_CARD
from scrapers.statements.learned.worthiness_card import card as worthiness_card
from scrapers.statements.learned.worthiness_fitting import fit as fit_worthiness
from scrapers.statements.learned.worthiness_fitting import labelled_sentences
from scrapers.statements.models import chosen_models, shipped_folder
from scrapers.statements.packs import pack_for
from web.cli.progress import with_progress


@click.group()
def model() -> None:
    """Show the learned models that find statements and score wordings, and fit them anew.

    CLAIMLINE_MODELS chooses: "shipped" (by default), "off", or a folder with models of your own.
    """


@model.group(name="fit")
def fit_group() -> None:
    """Fit a model anew from data that you have."""


def fitting(command: Callable[..., None]) -> Callable[..., None]:
    """What every command that fits a model takes: its data, where to put the model, what its card calls the data."""
    options = (
        click.option("--source", help="What the model's card calls the data; by default the file's name."),
        click.option(
            "--output",
            required=True,
            type=click.Path(file_okay=False, path_type=Path),
            help="The folder to write into.",
        ),
        click.argument("data", type=click.Path(exists=True, dir_okay=False, path_type=Path)),
    )
    for option in options:
        command = option(command)
    return command


@fit_group.command(name="check-worthiness")
@fitting
def fit_check_worthiness(data: Path, output: Path, source: str | None) -> None:
    """Fit the model that says how much a statement is worth checking, in English, and measure it.

    DATA is a file of JSON Lines, one sentence to a line, each debate (or article) whole and in order. At least four
    debates are needed: every fourth is held out, and the figures are for what was held out.

    \b
    A line:    {"debate": 1, "text": "Unemployment fell to 4 percent.", "check_worthy": true}
    Example:   claimline model fit check-worthiness debates.jsonl --output my-models
    In force:  CLAIMLINE_MODELS=my-models claimline serve
    """
    rows = labelled_sentences(data)
    fitted = with_progress("Fitting", lambda done: fit_worthiness(rows, done=done))

    def write(folder: Path) -> None:
        (folder / WORTHINESS_FILE).write_text(fitted.model.as_json(), encoding="utf-8")
        text = worthiness_card(fitted, source or data.name, utc_now().date())
        (folder / WORTHINESS_CARD).write_text(text, encoding="utf-8")

    write_all(output, write)
    click.echo(
        f"{output / WORTHINESS_FILE}: {len(fitted.model.weights):,} weights from {fitted.sentences:,} sentences; "
        f"held out: map {fitted.on_held_out.map:.3f}, auc {fitted.on_held_out.auc:.3f}; "
        f"all debates in turn: map {fitted.everywhere.map:.3f}, auc {fitted.everywhere.auc:.3f} "
        f"(digits and length: {fitted.heuristic.map:.3f}, {fitted.heuristic.auc:.3f})"
    )


@fit_group.command(name="attribution")
@fitting
def fit_attribution(data: Path, output: Path, source: str | None) -> None:
    """Fit the model that finds who said what, in English, and measure it beside the rules.

    DATA is a file of JSON Lines, one article to a line, with all that it attributes as [start, end] offsets into its
    text; the source is who said it. At least five articles are needed: every fifth is held out to measure on, then
    all are fitted. It takes some minutes for a thousand articles.

    \b
    A line:    {"text": "Oslo said the pact was void.", "attributions":
                [{"source": [[0, 4]], "cue": [[5, 9]], "content": [[10, 27]]}]}
    Example:   claimline model fit attribution articles.jsonl --output my-models
    In force:  CLAIMLINE_MODELS=my-models claimline worker
    """
    articles = labelled_articles(data)
    pack = pack_for("en")
    fitted = with_progress("Fitting", lambda done: attribution_fitting.fit(articles, pack, done))

    def write(folder: Path) -> None:
        fitted.model.write(folder)
        size_bytes = sum((folder / name).stat().st_size for name in ATTRIBUTION_FILES)
        text = attribution_card(fitted, source or data.name, utc_now().date(), size_bytes)
        (folder / ATTRIBUTION_CARD).write_text(text, encoding="utf-8")

    write_all(output, write)
    model, rules = fitted.on_held_out, fitted.by_rules
    click.echo(
        f"{output}: {fitted.attributions:,} attributions of {fitted.articles:,} articles; held out: found "
        f"{model.found:.3f}, with claimant {model.related:.3f} (rules alone: {rules.found:.3f}, {rules.related:.3f})"
    )


@fit_group.command(name="matching")
@fitting
@click.option(
    "--vectors",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file of word vectors, in the text format of word2vec, GloVe and fastText, in small letters. Without it the "
    "model compares no meanings.",
)
def fit_matching(data: Path, output: Path, source: str | None, vectors: Path | None) -> None:
    """Fit the model that scores how sure it is that two wordings say the same, and measure it.

    DATA is a file of JSON Lines. A line has two wordings and whether they say the same; or a text and the group that
    it is in, to be compared with texts like it; or a text alone, which shows how rare words are and, where it is like
    another, by what statements differ that look alike: of a large collection, most such do. A line may say how much it
    counts, up to 1, which is what the others do. At least fifty pairs of each kind are needed. The figures are for
    pairs that a model did not see while it was fitted to others. It takes some minutes for ten thousand pairs.

    \b
    A line:    {"left": "Oslo bought jets.", "right": "Jets were bought by Oslo.", "same": true}
               {"text": "Oslo bought jets.", "group": "jets", "counts": 0.5}
               {"text": "Oslo bought jets."}
    Example:   claimline model fit matching wordings.jsonl --vectors words.vec --output my-models
    In force:  CLAIMLINE_MODELS=my-models claimline worker
    """
    wordings = labelled_wordings(numbered_lines(data))
    known = small_vectors(wordings.texts(), vectors) if vectors else {}
    fitted = with_progress("Fitting", lambda done: fit_scorer(wordings, done, known))

    def write(folder: Path) -> None:
        (folder / MATCHING_FILE).write_text(fitted.model.as_json(), encoding="utf-8")
        text = matching_card(fitted, source or data.name, utc_now().date())
        (folder / MATCHING_CARD).write_text(text, encoding="utf-8")

    write_all(output, write)
    unseen, letters = fitted.unseen, fitted.by_letters
    click.echo(
        f"{output / MATCHING_FILE}: {fitted.pairs:,} pairs, {fitted.mined:,} more from groups, "
        f"{fitted.guessed:,} guessed; not seen: "
        f"precision {unseen.precision:.3f}, recall {unseen.recall:.3f}, f1 {unseen.f1:.3f}, auc {unseen.auc:.3f} "
        f"(letters alone: f1 {letters.f1:.3f}, auc {letters.auc:.3f})"
    )


def write_all(folder: Path, write: Callable[[Path], None]) -> None:
    """Put into the folder what is written, so that no file is ever seen half-written, nor any where one failed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".claimline-") as drafts:
            write(Path(drafts))
            for path in sorted(Path(drafts).iterdir()):
                path.replace(folder / path.name)
    except OSError as error:
        raise click.FileError(str(folder), error.strerror or "cannot be written") from error


@model.command()
def show() -> None:
    """Say which models are in force, and print the figures of their cards.

    \b
    Example:  claimline model show
    """
    choice = Settings.from_environment().models
    chosen_models(choice)
    scorer = chosen_scorer(choice)
    click.echo(f"CLAIMLINE_MODELS is {choice}. The matcher's version is {scorer.version}.")
    if choice == MODELS_OFF:
        click.echo("No model is in force: rules alone find statements, and weights set by hand score wordings.")
        return
    shipped = [shipped_folder("en"), MATCHING_FOLDER]
    folders = shipped if choice == MODELS_SHIPPED else [Path(choice), *shipped]
    shown: set[str] = set()
    for folder in folders:
        for path in sorted(folder.glob("*.json")):
            if path.name not in shown:
                shown.add(path.name)
                size_bytes = sum(part.stat().st_size for part in folder.glob(f"{path.stem}*") if part.suffix != ".md")
                click.echo(f"\n{path} ({size_bytes:,} bytes)\n{figures(path.with_suffix('.md'))}")


def figures(path: Path) -> str:
    """The tables of a model's card."""
    if not path.is_file():
        return "It has no card."
    return "\n".join(line for line in path.read_text("utf-8", "replace").splitlines() if line.startswith("|"))
