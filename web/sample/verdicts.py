"""The sample verdicts, read from verdicts.toml: what each is about, what it says, and how far it has come."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from claims.models import Bearing
from web.sample.stories import one_line, sample_articles

VERDICTS = Path(__file__).parent / "verdicts.toml"


class Stage(StrEnum):
    """How far a sample verdict has come."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class SampleEvidence:
    """A source of a sample verdict; path is that of an article on the sample server, empty for a paper document."""

    title: str
    path: str
    quote: str
    note: str
    bearing: Bearing
    is_primary: bool


@dataclass(frozen=True, slots=True)
class SampleCorrection:
    """What a sample verdict says after it was corrected, who asked for that and why, and on what more it stands."""

    why: str
    requested_by: str
    rating: str
    summary: str
    evidence: tuple[SampleEvidence, ...]


@dataclass(frozen=True, slots=True)
class SampleVerdict:
    """One sample verdict; claim has words by which its claim is found, wording is how that is put, if not as it was."""

    claim: str
    wording: str
    stage: Stage
    rating: str
    summary: str
    evidence: tuple[SampleEvidence, ...]
    correction: SampleCorrection | None


def sample_verdicts() -> tuple[SampleVerdict, ...]:
    """Every sample verdict, in the order in which they are given."""
    entries = tomllib.loads(VERDICTS.read_text(encoding="utf-8"))["verdicts"]
    return tuple(
        SampleVerdict(
            claim=entry["claim"],
            wording=entry.get("wording", ""),
            stage=Stage(entry["stage"]),
            rating=entry["rating"],
            summary=paragraphs(entry["summary"]),
            evidence=read_evidence(entry),
            correction=read_correction(entry["correction"]) if "correction" in entry else None,
        )
        for entry in entries
    )


def read_correction(entry: dict[str, Any]) -> SampleCorrection:
    """What the entry of a verdict says of its correction."""
    return SampleCorrection(
        why=entry["why"],
        requested_by=entry["requested_by"],
        rating=entry["rating"],
        summary=paragraphs(entry["summary"]),
        evidence=read_evidence(entry),
    )


def read_evidence(entry: dict[str, Any]) -> tuple[SampleEvidence, ...]:
    """The sources of an entry."""
    paths = {article.slug: article.path for article in sample_articles()}
    return tuple(
        SampleEvidence(
            title=source["title"],
            path=paths[source["article"]] if "article" in source else "",
            quote=source["quote"],
            note=source["note"],
            bearing=Bearing(source["bearing"]),
            is_primary=source.get("is_primary", False),
        )
        for source in entry["evidence"]
    )


def paragraphs(text: str) -> str:
    """The text with its wrapped lines joined again, a blank line between paragraphs."""
    return "\n\n".join(map(one_line, text.strip().split("\n\n")))
