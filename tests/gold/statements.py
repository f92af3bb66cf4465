"""Our own gold: passages with what is stated in them and by whom, and how well a finder agrees with them."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from claims.drafts import Stance, StatementKind
from scrapers.statements import Span, Statement

Finder = Callable[[str], list[Statement]]
STATEMENTS = Path(__file__).with_name("statements.txt")
PARTS = {"=": "construction", ">": "paragraph"}
OUTLET = "OUTLET"
WORD = re.compile(r"\w+")
SAME = 0.5


@dataclass(frozen=True, slots=True)
class Said:
    """One statement as the gold has it; an own-voice one has neither claimant nor cue."""

    claimant: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: StatementKind
    stance: Stance
    is_own_voice: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A text, the construction that it shows and all that is stated in it."""

    construction: str
    text: str
    said: tuple[Said, ...]


@dataclass
class Tally:
    """How often a finder was right, each by construction where that is of use."""

    wanted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    related: Counter[str] = field(default_factory=Counter)
    predicted: int = 0
    right_kind: int = 0
    right_stance: int = 0
    own_wanted: int = 0
    own_found: int = 0
    own_predicted: int = 0
    silent_wanted: int = 0
    silent: int = 0
    missed: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """The measures between 0 and 1, by name; a construction's is how many of its statements have their claimant."""
        found = self.found.total()
        share = {
            "found_f1": (2 * found, self.wanted.total() + self.predicted),
            "relation_f1": (2 * self.related.total(), self.wanted.total() + self.predicted),
            "kind": (self.right_kind, found),
            "stance": (self.right_stance, found),
            "nothing": (self.silent, self.silent_wanted),
            "own_voice_precision": (self.own_found, self.own_predicted),
            "own_voice_recall": (self.own_found, self.own_wanted),
        } | {name: (self.related[name], self.wanted[name]) for name, of in self.wanted.items() if of}
        return {name: round(hits / max(1, of), 3) for name, (hits, of) in share.items()}


def passages(path: Path) -> list[Passage]:
    """The file's passages in order."""
    blocks = re.split(r"\n\s*\n", path.read_text(encoding="utf-8"))
    return [passage for block in blocks if (passage := passage_of(block.splitlines())) is not None]


def passage_of(lines: Sequence[str]) -> Passage | None:
    """The passage that a block's lines write down; None for a block of remarks."""
    lines = [line for line in lines if not line.startswith("#")]
    if not lines:
        return None
    text = "\n".join(line[2:] for line in lines if line.startswith("> "))
    said = tuple(said_of(text, line) for line in lines if line[:2] not in {"= ", "> "})
    return Passage(lines[0].removeprefix("= "), text, said)


def said_of(text: str, line: str) -> Said:
    """The statement of one line: claimant | cue | content && content | kind, stance."""
    claimant, cue, content, differs = ([*(part.strip() for part in line.split("|")), ""])[:4]
    flags = set(differs.split())
    is_own_voice = claimant == OUTLET
    return Said(
        claimant=() if is_own_voice else places(text, claimant),
        cue=places(text, cue),
        content=places(text, content),
        kind=next((kind for kind in StatementKind if kind.value in flags), StatementKind.INDIRECT),
        stance=next((stance for stance in Stance if stance.value in flags), Stance.ASSERTS),
        is_own_voice=is_own_voice,
    )


def places(text: str, parts: str) -> tuple[Span, ...]:
    """Where the parts, apart by &&, stand in the text; "word@2" is the second place of the word."""
    return tuple(place(text, part.strip()) for part in parts.split("&&") if part.strip())


def place(text: str, part: str) -> Span:
    """Where the words stand, as whole words."""
    words, _, which = part.partition("@")
    edges = ("(?<!\\w)" if words[:1].isalnum() else "", "(?!\\w)" if words[-1:].isalnum() else "")
    found = [match.span() for match in re.finditer(edges[0] + re.escape(words) + edges[1], text)]
    assert found, f"{words!r} is not in {text!r}"
    return Span(*found[int(which or 1) - 1])


def measured(gold: Sequence[Passage], finder: Finder) -> Tally:
    """How well the finder agrees with the gold: contents paired one to one by the overlap of their words."""
    tally = Tally()
    for passage in gold:
        statements = finder(passage.text)
        own = [each for each in statements if each.is_own_voice]
        attributed = [each for each in statements if not each.is_own_voice]
        count_attributed(tally, passage, attributed)
        tally.silent_wanted += not passage.said
        tally.silent += not passage.said and not statements
        wanted = [each for each in passage.said if each.is_own_voice]
        hits = len(list(pairs(passage.text, [each.content for each in own], [each.content for each in wanted])))
        tally.own_wanted += len(wanted)
        tally.own_predicted += len(own)
        tally.own_found += hits
        if hits < max(len(wanted), len(own)):
            tally.missed.append(f"own voice: {passage.text} -> {[words(passage.text, each.content) for each in own]}")
    return tally


def count_attributed(tally: Tally, passage: Passage, statements: Sequence[Statement]) -> None:
    """Add what is found of the passage's attributed statements."""
    wanted = [each for each in passage.said if not each.is_own_voice]
    name, text = passage.construction, passage.text
    tally.wanted[name] += len(wanted)
    tally.predicted += len(statements)
    paired = dict(pairs(text, [each.content for each in wanted], [each.content for each in statements]))
    for i, each in enumerate(wanted):
        guess = statements[paired[i]] if i in paired else None
        right = guess is not None and is_same(text, each.claimant, guess.claimant)
        tally.found[name] += guess is not None
        tally.related[name] += right
        tally.right_kind += guess is not None and guess.kind is each.kind
        tally.right_stance += guess is not None and guess.stance is each.stance
        if guess is None or not right or guess.kind is not each.kind or guess.stance is not each.stance:
            tally.missed.append(f"{name}: {shown(text, each)} -> {shown(text, guess) if guess else 'missed'}")
    tally.missed += [
        f"{name}: not wanted: {shown(text, each)}" for i, each in enumerate(statements) if i not in paired.values()
    ]


def pairs(text: str, some: Sequence[Sequence[Span]], others: Sequence[Sequence[Span]]) -> Iterator[tuple[int, int]]:
    """The indices of contents that are the same, the likest first, each used once."""
    ranked = sorted(
        ((overlap(text, a, b), i, j) for i, a in enumerate(some) for j, b in enumerate(others)), reverse=True
    )
    used_i: set[int] = set()
    used_j: set[int] = set()
    for likeness, i, j in ranked:
        if likeness >= SAME and i not in used_i and j not in used_j:
            used_i.add(i)
            used_j.add(j)
            yield i, j


def is_same(text: str, some: Sequence[Span], others: Sequence[Span]) -> bool:
    """Whether two claimants are the same words, or neither is anybody."""
    return (not some and not others) or overlap(text, some, others) >= SAME


def overlap(text: str, some: Sequence[Span], others: Sequence[Span]) -> float:
    """How many of the words of both are words of each, from 0 to 1."""
    starts = [match.start() for match in WORD.finditer(text)]
    a, b = word_ids(starts, some), word_ids(starts, others)
    return len(a & b) / len(a | b) if a | b else 0.0


def word_ids(starts: Sequence[int], spans: Sequence[Span]) -> set[int]:
    """The numbers of the words that begin in the spans."""
    return {i for span in spans for i in range(bisect_left(starts, span.start), bisect_left(starts, span.end))}


def words(text: str, spans: Sequence[Span]) -> str:
    """The spans' words, apart by two ampersands as in the file."""
    return " && ".join(span.of(text) for span in spans)


def shown(text: str, said: Said | Statement) -> str:
    """The statement as a line of the file."""
    parts = (words(text, said.claimant), words(text, said.cue), words(text, said.content))
    return " | ".join((*parts, f"{said.kind.value} {said.stance.value}"))
