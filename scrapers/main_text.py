"""The main text of a page: what its article says, without menus, captions, teasers and comments."""

import logging
from collections import defaultdict
from dataclasses import dataclass
from enum import Enum

from bs4 import BeautifulSoup, Tag
from bs4.filter import SoupStrainer
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.utils import load_html

from scrapers.markup import clean_text, one_line

# Below these a page tells no story: a shop's item, a list of links, an empty template.
MIN_TEXT_CHARS = 80
MIN_PARAGRAPH_CHARS = 60
# Measured on 213 pages: at 0.6 three of them fall back, and text F1 is best on both sets.
MIN_SHARE_OF_PARAGRAPHS = 0.6
SUSPICIOUS_SHARE = 0.25
TEXT_TAGS = ("p", "li", "h2", "h3", "h4", "blockquote", "pre")

# trafilatura logs every page that it cannot read; we say so ourselves, in an error.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)


@dataclass(frozen=True, slots=True)
class MainText:
    """Paragraphs joined by line feeds, and which path won: trafilatura or paragraphs; both empty for no text."""

    text: str
    extracted_by: str


class Focus(Enum):
    """How strictly trafilatura chooses."""

    PRECISION = "precision"
    BALANCED = "balanced"
    RECALL = "recall"


@dataclass(frozen=True, slots=True)
class Run:
    """The page's longest run of paragraphs: how many characters it has, and the list items that stand among them."""

    chars: int
    items: tuple[str, ...]

    def lists_in(self, text: str) -> bool:
        """Whether a text has every list item of the run, as one that dropped lists has not."""
        return all(item in text for item in self.items)


def main_text(markup: str) -> MainText:
    """The article's text in the markup.

    trafilatura at its strictest comes first. Where it returns far less than the page's longest run of paragraphs, or
    lost a list that stands among them, it is asked again less strictly. Where all that is next to nothing, every
    paragraph of the page is taken.
    """
    tree = load_html(markup) if "<" in markup else None
    if tree is None:
        return MainText("", "")
    run = longest_run(tree)
    best = ""
    for focus in Focus:
        text = extracted(tree, focus)
        if len(text) < max(MIN_TEXT_CHARS, MIN_SHARE_OF_PARAGRAPHS * run.chars):
            best = best or text
        elif run.lists_in(text):
            return MainText(text, "trafilatura")
        elif len(best) < len(text):
            best = text
    if len(best) >= max(MIN_TEXT_CHARS, SUSPICIOUS_SHARE * run.chars):
        return MainText(best, "trafilatura")
    return MainText(paragraphs(markup), "paragraphs")


def longest_run(tree: HtmlElement) -> Run:
    """The paragraphs and lists of that element which holds most text in paragraphs of its own."""
    chars: dict[HtmlElement, int] = defaultdict(int)
    for paragraph in tree.iter("p"):
        length = len(element_text(paragraph))
        if length >= MIN_PARAGRAPH_CHARS:
            chars[paragraph.getparent()] += length
    if not chars:
        return Run(0, ())
    parent = max(chars, key=chars.__getitem__)
    lists = (child for child in parent.iterchildren("ul", "ol") if child.find(".//a") is None)
    return Run(chars[parent], tuple(element_text(item) for each in lists for item in each.iterchildren("li")))


def element_text(element: HtmlElement) -> str:
    """The element's text on one line."""
    return one_line("".join(element.itertext()))


def extracted(tree: HtmlElement, focus: Focus) -> str:
    """What trafilatura takes for the article's text; empty where it finds none."""
    document = bare_extraction(
        tree,
        favor_precision=focus is Focus.PRECISION,
        favor_recall=focus is Focus.RECALL,
        include_comments=False,
    )
    return clean_text(str(document.text or "")) if document is not None and not isinstance(document, dict) else ""


def paragraphs(markup: str) -> str:
    """The text of every paragraph, list item and subheading of the page, in order."""
    soup = BeautifulSoup(markup, "lxml", parse_only=SoupStrainer(list(TEXT_TAGS)))
    block_of: dict[int, Tag] = {}
    texts: dict[int, list[str]] = {}
    blocks: list[Tag] = []
    for element in soup.descendants:
        if isinstance(element, Tag):
            is_block = element.name in TEXT_TAGS or id(element.parent) not in block_of
            block_of[id(element)] = element if is_block else block_of[id(element.parent)]
        elif element.parent is not None and id(element.parent) in block_of:
            block = block_of[id(element.parent)]
            if id(block) not in texts:
                texts[id(block)] = []
                blocks.append(block)
            texts[id(block)].append(str(element))
    lines = ((block, one_line("".join(texts[id(block)]))) for block in blocks)
    return "\n".join(f"- {line}" if block.name == "li" else line for block, line in lines if line)
