"""The sample articles, read from the TOML files in articles/: one for each outlet and one of the agency's texts."""

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from web.sample.outlets import OUTLETS, SampleOutlet, Section

ARTICLES = Path(__file__).parent / "articles"


class BlockKind(StrEnum):
    """What a block of an article's text is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    BULLETS = "bullets"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a heading (one text), or a list of bullets (one text for each)."""

    kind: BlockKind
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SampleArticle:
    """One sample article as its outlet prints it; agency is set where the text is an agency's."""

    outlet: SampleOutlet
    slug: str
    headline: str
    summary: str
    section: Section
    authors: tuple[str, ...]
    published_at: datetime
    modified_at: datetime
    blocks: tuple[Block, ...]
    agency: str | None

    @property
    def path(self) -> str:
        """The article's path on the sample server."""
        return self.outlet.article_path(self.slug, self.section.slug, self.published_at)


@cache
def sample_articles() -> tuple[SampleArticle, ...]:
    """Every sample article, outlet by outlet in the order of OUTLETS, newest first within each."""
    wire = read_toml("wire")
    return tuple(article for outlet in OUTLETS for article in articles_of(outlet, wire))


def articles_of(outlet: SampleOutlet, wire: dict[str, Any]) -> list[SampleArticle]:
    """The articles of one outlet, newest first."""
    articles = [read_article(outlet, entry, wire) for entry in read_toml(outlet.slug)["articles"]]
    return sorted(articles, key=lambda article: article.published_at, reverse=True)


def read_toml(name: str) -> dict[str, Any]:
    """What the file of this name holds."""
    return tomllib.loads((ARTICLES / f"{name}.toml").read_text(encoding="utf-8"))


def read_article(outlet: SampleOutlet, entry: dict[str, Any], wire: dict[str, Any]) -> SampleArticle:
    """One article; a wire copy takes the agency's text, or as many of its blocks as the outlet had room for."""
    text = wire[entry["wire"]] if "wire" in entry else entry
    return SampleArticle(
        outlet=outlet,
        slug=entry["slug"],
        headline=entry["headline"],
        summary=entry["summary"],
        section=next(section for section in outlet.sections if section.slug == entry["section"]),
        authors=tuple(entry["authors"]),
        published_at=entry["published_at"],
        modified_at=entry.get("modified_at", entry["published_at"]),
        blocks=read_blocks(text["body"])[: entry.get("wire_blocks")],
        agency=text.get("agency"),
    )


def read_blocks(body: str) -> tuple[Block, ...]:
    """The blocks of a body: a blank line parts them, "## " begins a heading and "- " a bullet."""
    return tuple(read_block(block) for block in body.strip().split("\n\n"))


def read_block(block: str) -> Block:
    """One block, its wrapped lines joined again."""
    if block.startswith("- "):
        bullets = re.split(r"^- ", block, flags=re.MULTILINE)[1:]
        return Block(BlockKind.BULLETS, tuple(one_line(bullet) for bullet in bullets))
    if block.startswith("## "):
        return Block(BlockKind.HEADING, (one_line(block.removeprefix("## ")),))
    return Block(BlockKind.PARAGRAPH, (one_line(block),))


def one_line(text: str) -> str:
    """The text with every run of white space made one space."""
    return " ".join(text.split())
