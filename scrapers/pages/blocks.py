"""A page's lines of text as a reader sees them, each with its element, and without boilerplate."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from lxml.etree import XPath, iterwalk
from lxml.html import HtmlElement

from scrapers.pages.boilerplate import INLINE, NEVER_TEXT, NOT_FOR_READERS, is_boilerplate
from scrapers.pages.markup import letters

MIN_PARAGRAPH_CHARS = 60
# Below this the page has no paragraphs to speak of, and what a class would leave out is weighed by all its text.
MIN_PARAGRAPHS_CHARS = 400
MAX_BOILERPLATE_SHARE = 0.25
MAX_FORM_SHARE = 0.5
MAX_UNMARKED_CHARS = 500
MAX_UNMARKED_SHARE = 0.2
STRING = XPath("string()")


@dataclass(frozen=True, slots=True)
class Block:
    """One line of text on one element, white space made single; link_chars of it are links, inner_chars to its page."""

    element: HtmlElement
    text: str
    link_chars: int
    inner_chars: int


@dataclass(frozen=True, slots=True)
class Blocks:
    """The page's blocks in order, and the elements that were left out as boilerplate."""

    lines: tuple[Block, ...]
    left_out: tuple[HtmlElement, ...]


def blocks_of(tree: HtmlElement, wanted: Collection[str] = ()) -> Blocks:
    """The blocks of the page's tree, and what was left out.

    wanted are texts, as letters alone, that are kept even where their element is marked as boilerplate.
    """
    reader = Reader(Weights(tree), wanted)
    return Blocks(tuple(reader.lines(tree)), tuple(reader.left_out))


class Weights:
    """How much of a page's paragraphs an element holds, so that no class name can leave the story out."""

    def __init__(self, tree: HtmlElement) -> None:
        held: dict[HtmlElement, int] = defaultdict(int)
        self.chars: dict[HtmlElement, int] = defaultdict(int)
        for paragraph in tree.iter("p"):
            length = len(STRING(paragraph))
            if length >= MIN_PARAGRAPH_CHARS:
                self.chars[paragraph] = length
                held[paragraph.getparent()] += length
        for parent, length in held.items():
            for element in (parent, *parent.iterancestors()):
                self.chars[element] += length
        self.total = sum(held.values())
        self.all_chars = len(STRING(tree)) if self.total < MIN_PARAGRAPHS_CHARS else 0

    def is_light(self, element: HtmlElement) -> bool:
        """Whether the element can be boilerplate: it holds little of the page's paragraphs."""
        if self.total >= MIN_PARAGRAPHS_CHARS:
            return self.chars.get(element, 0) <= MAX_BOILERPLATE_SHARE * self.total
        return len(STRING(element)) <= min(MAX_UNMARKED_CHARS, MAX_UNMARKED_SHARE * self.all_chars)

    def is_no_frame(self, element: HtmlElement) -> bool:
        """Whether a form or figure is no mere frame around most of the page."""
        if self.total >= MIN_PARAGRAPHS_CHARS:
            return self.chars.get(element, 0) <= MAX_FORM_SHARE * self.total
        return len(STRING(element)) <= MAX_FORM_SHARE * self.all_chars


class Reader:
    """Reads a tree once, from its first element to its last."""

    def __init__(self, weights: Weights, wanted: Collection[str]) -> None:
        self.weights = weights
        self.wanted = wanted
        self.left_out: list[HtmlElement] = []
        self.parts: list[str] = []
        self.link_chars = 0
        self.inner_chars = 0
        self.is_inner = False
        self.blocks: list[HtmlElement] = []
        self.links = 0

    def lines(self, tree: HtmlElement) -> Iterator[Block]:
        """Every line that is not left out, in order."""
        walk = iterwalk(tree, events=("start", "end", "comment", "pi"))
        skipped = None
        for event, element in walk:
            if event == "start":
                if self.is_left_out(element):
                    self.left_out.append(element)
                    self.parts.append(" ")
                    walk.skip_subtree()
                    skipped = element
                    continue
                if element.tag not in INLINE:
                    yield from self.line()
                    self.blocks.append(element)
                if element.tag == "a":
                    self.links += 1
                    self.is_inner = (element.get("href") or "").startswith("#")
                self.add(element.text)
                continue
            if event == "end" and element is not skipped:
                self.links -= element.tag == "a"
                if element.tag not in INLINE:
                    yield from self.line()
                    self.blocks.pop()
            if self.blocks:
                self.add(element.tail)

    def is_left_out(self, element: HtmlElement) -> bool:
        """Whether nothing in the element is the article's text."""
        if element.tag in NEVER_TEXT:
            return element.tag in NOT_FOR_READERS or self.weights.is_no_frame(element)
        if element.tag in INLINE and element.tag != "span" and self.is_among_words(element):
            return False
        if not is_boilerplate(element) or not self.weights.is_light(element):
            return False
        return not self.wanted or letters(STRING(element)) not in self.wanted

    def is_among_words(self, element: HtmlElement) -> bool:
        """Whether an inline element stands in running text, where a class is for looks."""
        return any(map(str.strip, self.parts)) or bool((element.tail or "").strip())

    def add(self, text: str | None) -> None:
        """Take a piece of text into the line."""
        if text:
            self.parts.append(text)
            if self.links:
                self.link_chars += len(text.strip())
                self.inner_chars += len(text.strip()) if self.is_inner else 0

    def line(self) -> Iterator[Block]:
        """The line that ends here, if it holds any text."""
        text = " ".join("".join(self.parts).split())
        if text:
            yield Block(self.blocks[-1], text, min(self.link_chars, len(text)), min(self.inner_chars, len(text)))
        self.parts.clear()
        self.link_chars = self.inner_chars = 0
