"""Reads a page by its outlet's rules."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from scrapers.outlets import outlet_of, rules_for
from scrapers.outlets.rule import OutletRule, RuledOutlet
from scrapers.pages.bylines import authors_of
from scrapers.pages.dates import moment_at
from scrapers.pages.main_text import MIN_PARAGRAPH_CHARS, MIN_TEXT_CHARS, SUSPICIOUS_SHARE, MainText
from scrapers.pages.markup import one_line
from scrapers.pages.metadata import MAX_TITLE_CHARS, Metadata
from scrapers.pages.origins import origin_of

# What stands on lines of its own; everything else runs on in the line.
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "td",
    "th", "tr", "ul",
))  # fmt: skip
SPACE = re.compile(r"\s+")
# Marks where a list item begins. No markup holds this character, and one_line takes it away.
ITEM = "\x1e"


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a rule read: the text, the page's metadata where the rule knows better, and a wire copy's agency."""

    main: MainText
    metadata: Metadata
    origin: str | None = None


def by_rule(markup: str, url: str, metadata: Metadata, on: date | None) -> Ruled | None:
    """What the outlet's first rule that fits the page reads; None for an outlet without rules and where none fits.

    on is the day that the page was fetched. Where nobody knows it, the day that the article was published must do.
    """
    outlet = outlet_of(url)
    return None if outlet is None else by_rules_of(outlet, markup, metadata, on)


def by_rules_of(outlet: RuledOutlet, markup: str, metadata: Metadata, on: date | None) -> Ruled | None:
    """What the first of these rules that fits the page reads, or None."""
    published_on = metadata.published_at.date() if metadata.published_at else None
    soup = BeautifulSoup(markup, "lxml")
    for rule in rules_for(outlet, on or published_on):
        dropped = outermost(selected(soup, rule.drop))
        text = "\n".join(lines_of(tag, dropped) for tag in outermost(selected(soup, rule.text)))
        if len(text) >= max(MIN_TEXT_CHARS, SUSPICIOUS_SHARE * longest_run(soup, dropped)):
            return ruled(outlet, rule, soup, text, metadata)
    return None


def ruled(outlet: RuledOutlet, rule: OutletRule, soup: BeautifulSoup, text: str, metadata: Metadata) -> Ruled:
    """The reading; what the rule does not select stays as the general reading has it."""
    better = replace(
        metadata,
        title=first_line(soup, rule.title)[:MAX_TITLE_CHARS] or metadata.title,
        authors=authors_of([lines_of(tag) for tag in selected(soup, rule.authors)]) or metadata.authors,
        published_at=first_moment(selected(soup, rule.published)) or metadata.published_at,
        outlet_name=outlet.outlet_name or metadata.outlet_name,
    )
    agency = first_line(soup, rule.credit).rpartition(":")[2].strip()
    return Ruled(MainText(text, f"rule:{outlet.name_of(rule)}"), better, origin_of("", [agency]) or agency or None)


def selected(soup: BeautifulSoup, selector: str) -> list[Tag]:
    """What the selector finds on the page, in its order; nothing for no selector."""
    return list(soup.select(selector)) if selector else []


def outermost(tags: Iterable[Tag]) -> list[Tag]:
    """The tags that stand in none of the others."""
    inside: set[int] = set()
    outer: list[Tag] = []
    for tag in tags:
        if id(tag) not in inside:
            inside.update(id(inner) for inner in tag.find_all(True))
            outer.append(tag)
    return outer


def lines_of(root: Tag, dropped: Iterable[Tag] = ()) -> str:
    """The text of an element without what is dropped, a line for each block, with a dash before list items."""
    left_out = {id(tag) for tag in dropped}
    pieces: list[str] = []
    waiting: list[PageElement | str] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Tag):
            if id(node) in left_out:
                continue
            edge = "\n" if node.name in BLOCKS else ""
            pieces.append(edge + ITEM if node.name == "li" else edge)
            waiting += [edge, *reversed(node.contents)]
        elif type(node) is NavigableString:
            pieces.append(SPACE.sub(" ", node))
        elif type(node) is str:
            pieces.append(node)
    return with_bullets("".join(pieces))


def with_bullets(text: str) -> str:
    """The text's lines cleaned, without empty ones; what stands first in a list item has a dash before it."""
    lines: list[str] = []
    is_item = False
    for line in text.split("\n"):
        is_item = is_item or ITEM in line
        if words := one_line(line):
            lines.append(f"- {words}" if is_item else words)
            is_item = False
    return "\n".join(lines)


def first_line(soup: BeautifulSoup, selector: str) -> str:
    """The text of the first element that the selector finds, on one line; empty without one."""
    return next((" ".join(lines_of(tag).split("\n")) for tag in selected(soup, selector)), "")


def first_moment(tags: Iterable[Tag]) -> datetime | None:
    """The first moment that the elements name, in an attribute for machines or in their text."""
    named = (str(tag.get("datetime") or tag.get("content") or lines_of(tag)) for tag in tags)
    return next((moment for text in named if (moment := moment_at(text)) is not None), None)


def longest_run(soup: BeautifulSoup, dropped: Iterable[Tag]) -> int:
    """How many characters the paragraphs of that element have which holds most in paragraphs, but for dropped ones."""
    left_out = {id(inner) for tag in dropped for inner in (tag, *tag.find_all("p"))}
    chars = Counter[int]()
    for paragraph in soup.find_all("p"):
        length = len(one_line(paragraph.get_text()))
        if length >= MIN_PARAGRAPH_CHARS and id(paragraph) not in left_out:
            chars[id(paragraph.parent)] += length
    return max(chars.values(), default=0)
