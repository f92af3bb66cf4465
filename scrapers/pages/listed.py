"""Whether a page lists stories instead of telling one: an outlet's front page, a section, a tag, what a search found.

To refuse an article is worse than to store a list. So a page that calls itself an article is believed, and so are a
story's headline, an offer to subscribers, and every text that stands on the page for itself, apart from teasers.
"""

from collections.abc import Sequence

from trafilatura.utils import load_html

from scrapers.pages.access import RESERVED
from scrapers.pages.blocks import Block, blocks_of

# A headline that is a link, as teasers have it; what is shorter is a menu's.
MIN_HEADLINE_CHARS = 20
MIN_LINK_SHARE = 0.8
MIN_HEADLINES, MANY_HEADLINES = 3, 5
# What follows its headline in a teaser: a byline, a time and, among these lines, one of running text that is no longer.
TEASER_LINES = 3
MAX_STANDFIRST_BYTES = 400
# Lengths of text are in UTF-8, as a Chinese letter says more.
MIN_RUNNING_BYTES = 40
# What a section says of itself. Of 213 articles none has less than 461 of its own.
MAX_OWN_BYTES = 300
# A section's name is shorter, a story's headline may be.
MIN_OWN_HEADLINE_BYTES = 40


def lists_stories(markup: str) -> bool:
    """Whether the page is a list of teasers with next to no text of its own; ask it only of what is not called a story.

    A few teasers are a list where there is nothing else; among many a section may say what it is about.
    """
    tree = load_html(markup) if "<" in markup else None
    if tree is None:
        return False
    lines = blocks_of(tree).lines
    if any(map(is_own_headline, lines)):
        return False
    headlines, own = len({line.text for line in lines if is_linked_headline(line)}), own_bytes(lines)
    if own == 0:
        return headlines >= MIN_HEADLINES
    return headlines >= MANY_HEADLINES and own <= MAX_OWN_BYTES and not stops_at_a_wall(lines)


def is_own_headline(line: Block) -> bool:
    """Whether the line is a first heading as long as a story's."""
    return line.element.tag == "h1" and size(line) >= MIN_OWN_HEADLINE_BYTES


def is_linked_headline(line: Block) -> bool:
    """Whether the line is a link, as long as a headline, to another page; a first heading leads to its own if any."""
    is_link = line.link_chars - line.inner_chars >= MIN_LINK_SHARE * len(line.text)
    return is_link and len(line.text) >= MIN_HEADLINE_CHARS and line.element.tag != "h1"


def own_bytes(lines: Sequence[Block]) -> int:
    """How long the lines of running text are together that belong to no teaser."""
    total, since_headline, has_standfirst = 0, TEASER_LINES, True
    for line in lines:
        since_headline += 1
        if line.element.tag == "h1":
            has_standfirst = True
        elif is_linked_headline(line):
            since_headline, has_standfirst = 0, False
        elif size(line) >= MIN_RUNNING_BYTES:
            is_near = since_headline <= TEASER_LINES and size(line) <= MAX_STANDFIRST_BYTES
            total += 0 if is_near and not has_standfirst else size(line)
            has_standfirst = True
    return total


def stops_at_a_wall(lines: Sequence[Block]) -> bool:
    """Whether the page says once that the rest is for subscribers; in a list each closed story does."""
    return sum(RESERVED.search(line.text) is not None for line in lines) == 1


def size(line: Block) -> int:
    """How long the line is."""
    return len(line.text.encode())
