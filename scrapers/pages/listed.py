"""Whether a page lists stories instead of telling one: an outlet's front page, a section, a tag, what a search found.

To refuse an article is worse than to store a list. So a page that calls itself an article is believed, and so is every
text that stands on the page for itself, apart from teasers.
"""

from collections.abc import Sequence

from trafilatura.utils import load_html

from scrapers.pages.blocks import Block, blocks_of

# A headline that is a link, as teasers have it; what is shorter is a menu's.
MIN_HEADLINE_CHARS = 20
MIN_LINK_SHARE = 0.8
MIN_HEADLINES, MANY_HEADLINES = 3, 5
# What follows its headline in a teaser: a standfirst, a byline, a time.
TEASER_LINES = 3
MIN_OWN_LINE_CHARS = 40
# What a section says of itself, in UTF-8, as a Chinese letter says more. Of 213 articles the seven that do not call
# themselves so have 1,286 bytes of their own at least, and of the others none has less than 180, two less than this.
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
    headlines = len({line.text for line in lines if is_linked_headline(line)})
    own = own_bytes(lines)
    if own == 0:
        return headlines >= MIN_HEADLINES
    return headlines >= MANY_HEADLINES and own <= MAX_OWN_BYTES and not any(map(is_own_headline, lines))


def is_linked_headline(line: Block) -> bool:
    """Whether the line is a link to somewhere, as long as a headline; a first heading leads to its own page if any."""
    is_link = line.link_chars >= MIN_LINK_SHARE * len(line.text)
    return is_link and len(line.text) >= MIN_HEADLINE_CHARS and line.element.tag != "h1"


def is_own_headline(line: Block) -> bool:
    """Whether the line is a first heading as long as a story's."""
    return line.element.tag == "h1" and len(line.text.encode()) >= MIN_OWN_HEADLINE_BYTES


def own_bytes(lines: Sequence[Block]) -> int:
    """How long the lines of running text are together that belong to no teaser, in UTF-8."""
    total, since_headline = 0, TEASER_LINES
    for line in lines:
        if line.element.tag == "h1":
            since_headline = TEASER_LINES
            continue
        since_headline = 0 if is_linked_headline(line) else since_headline + 1
        if since_headline > TEASER_LINES and len(line.text) >= MIN_OWN_LINE_CHARS:
            total += len(line.text.encode())
    return total
