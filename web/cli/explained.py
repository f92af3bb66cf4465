"""Prints why two wordings are one claim or two: in styles where the terminal has any, else with marks of letters."""

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from claims.grouping.explaining import Explanation, Named
from claims.matching import Proposal, Run, RunKind, Weight, is_too_short
from claims.models import Relation
from web.scores import score_part

PROPOSALS = {
    Proposal.GROUP: "The matcher groups them by itself.",
    Proposal.SUGGEST: "The matcher suggests to a person that they are one claim.",
    Proposal.CONTRADICTS: "The matcher keeps them apart, and proposes to a person that they contradict each other.",
    Proposal.APART: "The matcher keeps them apart and asks nobody.",
}
WEIGHTS = {Weight.STOPS: "stops", Weight.ASKS: "asks a person", Weight.NOTES: "notes"}
DECISIONS = {
    Relation.SAME: "are the same",
    Relation.DISTINCT: "are distinct",
    Relation.CONTRADICTS: "contradict each other",
    Relation.RELATED: "are related, not the same",
}
# How a run of words is set off: its style on a terminal, what stands before and after it elsewhere. In [brackets] a
# wording itself says what it stands for.
MARKS = {
    RunKind.SHARED: ("", "", ""),
    RunKind.KIN: ("underline cyan", "~", "~"),
    RunKind.ONLY_HERE: ("bold yellow reverse", "{", "}"),
}


def show(explanation: Explanation) -> None:
    """Print the explanation."""
    console = Console(highlight=False)
    # A terminal that knows no styles, as TERM=dumb says, is in need of marks like a file.
    for line in lines(explanation, is_styled=console.color_system is not None):
        console.print(line, soft_wrap=True)


def lines(explanation: Explanation, *, is_styled: bool) -> Iterator[Text]:
    """The explanation, a line at a time: the sides, their words, the scores, the guards, and what follows."""
    left, right = explanation.alignment.left, explanation.alignment.right
    yield from side("A", explanation.left, left, is_styled)
    yield from side("B", explanation.right, right, is_styled)
    yield Text()
    yield row("Shared", words(left, RunKind.SHARED))
    yield row("In other words", " / ".join(filter(None, (words(left, RunKind.KIN), words(right, RunKind.KIN)))))
    yield row("Only in A", words(left, RunKind.ONLY_HERE))
    yield row("Only in B", words(right, RunKind.ONLY_HERE))
    yield Text()
    yield from scores(explanation)
    yield Text()
    yield from guards(explanation)
    yield Text()
    yield from outcome(explanation)


def side(name: str, named: Named, runs: tuple[Run, ...], is_styled: bool) -> Iterator[Text]:
    """Who said it where, and the words with what the other side lacks set off."""
    wording = named.wording
    where = f"appearance {named.appearance_id}" if named.appearance_id else "as given"
    facts = [
        where,
        f"said by {printable(wording.claimant)}" if wording.claimant else "",
        "denied" if wording.denies else "",
    ]
    yield Text(f"{name}  {', '.join(filter(None, [*facts, printable(wording.language)]))}", style="bold")
    marked = Text("   ")
    for run in runs:
        style, before, after = MARKS[run.kind]
        text = printable(run.text)
        marked.append(text if is_styled else f"{before}{text}{after}", style=style)
    yield marked


def words(runs: tuple[Run, ...], kind: RunKind) -> str:
    """What the runs of one kind say."""
    said = (printable(run.text.strip()) for run in runs if run.kind is kind)
    return " … ".join(text for text in said if any(character.isalnum() for character in text))


def printable(text: str) -> str:
    """The text on one line, without what would steer a terminal."""
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)


def row(name: str, value: str) -> Text:
    """A name and what belongs to it."""
    return Text.assemble((f"{name:<16}", "dim"), value or "nothing")


def scores(explanation: Explanation) -> Iterator[Text]:
    """The score and its parts, with the scores from which the matcher acts."""
    found = explanation.comparison
    levels = found.thresholds
    yield Text(f"Score {found.score:.2f} of 100; grouped from {levels.group:g}, suggested from {levels.suggest:g}")
    yield Text(
        f"Below it, suggested from {levels.contained:g} contained; a guard is heeded from {levels.alike:g} alike"
    )
    for part in found.scores:
        yield row(f"  {part.name}", f"{part.value:6.2f}  {score_part(part.name)}")


def guards(explanation: Explanation) -> Iterator[Text]:
    """What scores cannot see, as a reviewer reads it."""
    yield Text("Guards" if explanation.comparison.guards else "No guard fires.")
    for guard in explanation.comparison.guards:
        yield row(f"  {WEIGHTS[guard.weight]}", printable(f"{guard.sentence} ({guard.rule.value})"))


def outcome(explanation: Explanation) -> Iterator[Text]:
    """What follows, what people decided, and the versions that say so."""
    found = explanation.comparison
    if is_too_short(found.proposal, found.score, [guard.weight for guard in found.guards], found.thresholds.group):
        yield Text("One of the two says too little to be grouped by itself, however high the score.")
    yield Text(PROPOSALS[found.proposal], style="bold")
    decided = explanation.decided
    if decided is None:
        yield Text("Nobody decided anything about these two wordings.")
    else:
        on = f"{decided.at:%Y-%m-%d}"
        said = f"{decided.by} decided on {on} that they {DECISIONS[decided.relation]}"
        yield Text(f"{said}; that holds, whatever the matcher says.", style="bold")
    versions = ", ".join(f"{name} {version}" for name, version in explanation.versions.items())
    yield Text(f"Matcher version {found.version}; {versions}", style="dim")
