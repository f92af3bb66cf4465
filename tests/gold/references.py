"""Our own gold of references: whom a claimant phrase of a passage stands for, and how a statement can stand alone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from claims.drafts import AppearanceDraft, ArticleDraft
from scrapers.statements import drafts
from scrapers.statements.claimants import claimants
from scrapers.statements.finding import found_in, read_sentences
from scrapers.statements.models import NO_MODELS
from scrapers.statements.packs import pack_for

REFERENCES = Path(__file__).with_name("references.txt")
NOBODY = "-"


@dataclass(frozen=True, slots=True)
class Resolved:
    """One statement's exact words, whom its claimant phrase stands for (None: nobody) and its wording."""

    exact: str
    claimant: str | None
    wording: str


@dataclass(frozen=True, slots=True)
class Story:
    """A text, its statements resolved, and the other names that it uses for a claimant."""

    text: str
    resolved: tuple[Resolved, ...]
    aliases: dict[str, frozenset[str]]


@dataclass
class Agreement:
    """How often the drafts of the gold's texts agreed with it."""

    wanted: int = 0
    claimants: int = 0
    wordings: int = 0
    wrong_brackets: int = 0
    aliases_wanted: int = 0
    aliases: int = 0
    missed: list[str] = field(default_factory=list)


def stories(path: Path) -> list[Story]:
    """The file's passages in order."""
    blocks = re.split(r"\n\s*\n", path.read_text(encoding="utf-8"))
    lines = [[line for line in block.splitlines() if not line.startswith("#")] for block in blocks]
    return [story_of(each) for each in lines if each]


def story_of(lines: Sequence[str]) -> Story:
    """The passage that a block's lines write down."""
    text = "\n".join(line[2:] for line in lines if line.startswith("> "))
    named = dict(aliases_of(line) for line in lines if line.startswith("ALIASES "))
    said = [line for line in lines if not line.startswith(("> ", "ALIASES "))]
    return Story(text, tuple(resolved_of(text, line) for line in said), named)


def aliases_of(line: str) -> tuple[str, frozenset[str]]:
    """A claimant's name and other names: ALIASES name: alias; alias."""
    name, _, others = line.removeprefix("ALIASES ").partition(":")
    return name, frozenset(alias.strip() for alias in others.split(";")) - {"none"}


def resolved_of(text: str, line: str) -> Resolved:
    """The statement of one line: phrase => name | exact => wording."""
    phrase, name, exact, wording = (*re.split(r" => | \| ", line), "")[:4]
    assert phrase in text, f"{phrase!r} is not in {text!r}"
    assert exact in text, f"{exact!r} is not in {text!r}"
    return Resolved(exact, None if name == NOBODY else name, wording or exact)


def agreement(gold: Sequence[Story]) -> Agreement:
    """How far drafts name the claimants, their aliases and the wordings as the gold does."""
    total = Agreement()
    for story in gold:
        found = drafts(ArticleDraft("https://news.example/story", "The story", story.text, "en"), NO_MODELS)
        for wanted in story.resolved:
            compare(total, wanted, next((draft for draft in found if is_draft_of(draft, wanted)), None))
        names = dict(named_in(story.text))
        for name, aliases in story.aliases.items():
            total.aliases_wanted += 1
            total.aliases += aliases <= names.get(name, frozenset())
    return total


def is_draft_of(draft: AppearanceDraft, wanted: Resolved) -> bool:
    """Whether the draft's words are those of the gold, or some more or fewer."""
    return wanted.exact in draft.exact or draft.exact in wanted.exact


def compare(total: Agreement, wanted: Resolved, draft: AppearanceDraft | None) -> None:
    """Count one statement."""
    total.wanted += 1
    total.claimants += draft is not None and draft.claimant == wanted.claimant
    total.wordings += draft is not None and draft.wording == wanted.wording
    total.wrong_brackets += draft is not None and "[" in draft.wording and draft.wording != wanted.wording
    if draft is None or (draft.claimant, draft.wording) != (wanted.claimant, wanted.wording):
        total.missed.append(f"{wanted} -> {(draft.claimant, draft.wording) if draft else 'missed'}")


def named_in(text: str) -> Iterator[tuple[str, frozenset[str]]]:
    """The text's claimants with their aliases."""
    pack = pack_for("en", NO_MODELS)
    sentences = read_sentences(text, pack)
    for claimant in claimants(text, found_in(text, sentences, pack), sentences, pack):
        if claimant is not None:
            yield claimant.name, frozenset(claimant.aliases)
