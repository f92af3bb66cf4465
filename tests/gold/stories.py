"""Our own gold of stories: what many outlets write about one claim, and how well a grouping of it all agrees.

python -m tests.gold.stories prints the figures; with the word "misses" behind it, the stories that were grouped wrong
too, but of the tuned half alone.
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from pathlib import Path

from claims.matching import group
from tests.bench.measures import Agreement, b_cubed, pairs_within, pairwise
from tests.gold.matching import Half, MalformedBlockError, Share, blocks, row, share

Grouper = Callable[[Sequence[str]], list[int]]
STORIES = Path(__file__).with_name("stories.txt")
FIGURES = ("precision", "recall", "F1", "B3 precision", "B3 recall", "B3 F1", "mixed", "strangers")
RUMOUR = "a"
DOUBT = "?"
LINE = re.compile(r"([a-z?]) (\S.*)")
OTHER = re.compile(r"([b-z]) (\S.*)")
LANGUAGE = re.compile(r"[a-z]{2}")


class Kind(StrEnum):
    """What another claim of a story is to the one that most outlets carry."""

    DENIAL = "denial"
    OPPOSITE = "opposite"
    FOLLOW_UP = "follow-up"
    EVENT = "another event"
    PERSON = "another person"
    PLACE = "another place"
    FIGURE = "another figure"
    DATE = "another date"


class Size(StrEnum):
    """How many wordings a claim has."""

    FEW = "2 to 3"
    SMALL = "4 to 6"
    MIDDLE = "7 to 10"
    LARGE = "11 and more"


@dataclass(frozen=True, slots=True)
class Told:
    """One wording, the number of its line, and the letter of its claim; "?" where that is open to doubt."""

    line: int
    claim: str
    text: str


@dataclass(frozen=True, slots=True)
class Story:
    """What the outlets wrote about one thing; others are the claims beside the rumour, by their letters."""

    line: int
    field: str
    language: str
    others: dict[str, Kind]
    half: Half
    told: tuple[Told, ...]

    @property
    def size(self) -> Size:
        """That of the claim that most outlets carry."""
        return size_of(sum(told.claim == RUMOUR for told in self.told))


@dataclass(frozen=True, slots=True)
class Grouped:
    """A wording that counts, its story, and the label that a grouper gave it."""

    story: Story
    told: Told
    label: int

    @property
    def claim(self) -> tuple[int, str]:
        """The same for wordings of one claim alone."""
        return self.story.line, self.told.claim


@dataclass(frozen=True, slots=True)
class Figures:
    """How far groups agree with claims, and how many pairs are in one group that are two claims of a story, or two
    stories."""

    pairs: Agreement
    b_cubed: Agreement
    mixed: Share
    strangers: Share


def stories(path: Path) -> list[Story]:
    """The file's stories in order. MalformedBlockError."""
    return [story_of(block) for block in blocks(path.read_text(encoding="utf-8").splitlines())]


def story_of(block: Sequence[tuple[int, str]]) -> Story:
    """The story that a block's lines write down. MalformedBlockError."""
    number, head = block[0]
    field, language, others, half = head_of(number, head)
    told = tuple(told_of(line, text) for line, text in block[1:])
    wanted, found = {RUMOUR, *others}, {each.claim for each in told} - {DOUBT}
    if wanted != found:
        odd = ", ".join(sorted(wanted ^ found))
        raise MalformedBlockError(number, f"named in the head or used in a line, but not both: {odd}")
    return Story(number, field, language, others, half, told)


def head_of(number: int, line: str) -> tuple[str, str, dict[str, Kind], Half]:
    """Field, language, other claims and half of a block's first line. MalformedBlockError."""
    parts = [part.strip() for part in line.removeprefix("= ").split("|")]
    if not line.startswith("= ") or len(parts) not in {3, 4} or parts[3:] not in ([], [Half.HELD]):
        raise MalformedBlockError(number, f"not '= field | language | others' nor the same with '| held': {line!r}")
    field, language, others = parts[:3]
    if not LANGUAGE.fullmatch(language):
        raise MalformedBlockError(number, f"a language is two letters, not {language!r}")
    return field, language, others_of(number, others), Half.HELD if parts[3:] else Half.TUNED


def others_of(number: int, text: str) -> dict[str, Kind]:
    """The kinds of the other claims by their letters; "-" is none. MalformedBlockError."""
    others: dict[str, Kind] = {}
    for part in text.split(",") if text != "-" else ():
        match = OTHER.fullmatch(part.strip())
        if not match or match[1] in others or match[2] not in set(Kind):
            raise MalformedBlockError(number, f"not a letter from b on with a kind, once: {part.strip()!r}")
        others[match[1]] = Kind(match[2])
    return others


def told_of(number: int, line: str) -> Told:
    """The wording of a line behind its letter. MalformedBlockError."""
    match = LINE.fullmatch(line.rstrip())
    if not match:
        raise MalformedBlockError(number, f"not a letter or '?' and a wording: {line!r}")
    return Told(number, match[1], match[2])


def size_of(wordings: int) -> Size:
    """The class of a claim with so many wordings."""
    bounds = ((3, Size.FEW), (6, Size.SMALL), (10, Size.MIDDLE))
    return next((size for most, size in bounds if wordings <= most), Size.LARGE)


def grouped(gold: Iterable[Story], grouper: Grouper) -> list[Grouped]:
    """The wordings that count with their labels, in order; the grouper sees the doubtful ones among them too."""
    places = [(story, told) for story in gold for told in story.told]
    labels = grouper([told.text for _, told in places])
    answers = (Grouped(story, told, label) for (story, told), label in zip(places, labels, strict=True))
    return [each for each in answers if each.told.claim != DOUBT]


def figures(given: Sequence[Grouped]) -> Figures:
    """The figures of these wordings among themselves."""
    claims, labels = [each.claim for each in given], [each.label for each in given]
    of_stories = [each.story.line for each in given]
    together = pairs_within(Counter(labels).values())
    in_story = pairs_within(Counter(zip(of_stories, labels, strict=True)).values())
    apart = pairs_within([len(given)]) - pairs_within(Counter(of_stories).values())
    return Figures(pairwise(claims, labels), b_cubed(claims, labels), mixed(given), Share(together - in_story, apart))


def mixed(given: Iterable[Grouped]) -> Share:
    """Of the pairs of two claims of one story those that share a label."""
    return share(one.label == other.label for one, other in rivals(given))


def rivals(given: Iterable[Grouped]) -> Iterator[tuple[Grouped, Grouped]]:
    """The pairs of two claims of one story, the earlier letter first."""
    of_stories: dict[int, list[Grouped]] = defaultdict(list)
    for each in given:
        of_stories[each.story.line].append(each)
    for members in of_stories.values():
        ordered = sorted(members, key=lambda each: each.claim)
        yield from (pair for pair in combinations(ordered, 2) if pair[0].claim != pair[1].claim)


def mixed_by_kind(given: Iterable[Grouped]) -> dict[Kind, Share]:
    """Of the pairs of a rumour and another claim of its story those that share a label, by the other's kind."""
    found: dict[Kind, list[bool]] = {kind: [] for kind in Kind}
    for one, other in rivals(given):
        if one.told.claim == RUMOUR:
            found[one.story.others[other.told.claim]].append(one.label == other.label)
    return {kind: share(values) for kind, values in found.items()}


def by_size(given: Sequence[Grouped]) -> dict[Size, tuple[Share, Agreement]]:
    """For claims of each size the share of their pairs that share a label, and B-cubed over their wordings."""
    counts = Counter(each.claim for each in given)
    labels = [each.label for each in given]
    found = {}
    for size in Size:
        # Those of other sizes are claims of one wording: B-cubed leaves them out, but not where they join a group.
        claims = [
            each.claim if size_of(counts[each.claim]) is size else (-place, "") for place, each in enumerate(given)
        ]
        found[size] = (recalled(claims, labels), b_cubed(claims, labels))
    return found


def recalled(claims: Sequence[tuple[int, str]], labels: Sequence[int]) -> Share:
    """Of the pairs within claims those that share a label."""
    hits = pairs_within(Counter(zip(claims, labels, strict=True)).values())
    return Share(hits, pairs_within(Counter(claims).values()))


def by_language(given: Iterable[Grouped]) -> dict[str, Figures]:
    """The figures of each language's wordings among themselves."""
    parts: dict[str, list[Grouped]] = defaultdict(list)
    for each in given:
        parts[each.story.language].append(each)
    return {language: figures(part) for language, part in parts.items()}


def report(given: Sequence[Grouped]) -> str:
    """The figures of the whole and of its halves, as tables for a terminal."""
    parts = {"all": list(given)} | {half.value: [each for each in given if each.story.half is half] for half in Half}
    lines = [row("", FIGURES), *(figures_row(name, figures(part)) for name, part in parts.items())]
    lines += [figures_row(language, found) for language, found in by_language(given).items()]
    lines += ["", row("size", (f"{measure} {part}" for part in parts for measure in ("pairs", "B3")))]
    sizes = [by_size(part) for part in parts.values()]
    for size in Size:
        cells = [cell for found in sizes for cell in (counted(found[size][0]), f"{found[size][1].f1:.3f}")]
        lines.append(row(size, cells))
    lines += ["", row("mixed with", parts)]
    kinds = [mixed_by_kind(part) for part in parts.values()]
    lines += [row(kind, (found[kind] for found in kinds)) for kind in Kind]
    return "\n".join(lines)


def figures_row(name: str, found: Figures) -> str:
    """One line of the first table."""
    agreed = [value for each in (found.pairs, found.b_cubed) for value in (each.precision, each.recall, each.f1)]
    return row(name, (*(f"{value:.3f}" for value in agreed), counted(found.mixed), counted(found.strangers)))


def counted(part: Share) -> str:
    """A share as how many of how many, for a narrow cell."""
    return f"{part.hits}/{part.of}" if part.of else "-"


def misses(given: Iterable[Grouped]) -> Iterator[str]:
    """The tuned stories that are grouped wrong, a part for each of their groups; held ones are never shown."""
    of_stories: dict[int, list[Grouped]] = defaultdict(list)
    homes: dict[int, set[int]] = defaultdict(set)
    for each in given:
        if each.story.half is Half.TUNED:
            of_stories[each.story.line].append(each)
            homes[each.label].add(each.story.line)
    for line, members in of_stories.items():
        groups = groups_of(members)
        claims = {each.claim for each in members}
        strangers = set().union(*(homes[label] for label in groups)) - {line}
        if len(groups) != len(claims) or strangers or mixed(members).hits:
            yield f"{STORIES.name}:{line}: {members[0].story.field}, {len(claims)} claims in {len(groups)} groups"
            yield from (f"  together with lines of {STORIES.name}:{other}" for other in sorted(strangers))
            yield from shown(groups)


def groups_of(members: Iterable[Grouped]) -> dict[int, list[Grouped]]:
    """The wordings by their labels."""
    groups: dict[int, list[Grouped]] = defaultdict(list)
    for each in members:
        groups[each.label].append(each)
    return groups


def shown(groups: dict[int, list[Grouped]]) -> Iterator[str]:
    """The wordings of each group, the largest first, as the file has them."""
    for members in sorted(groups.values(), key=len, reverse=True):
        yield "  --"
        yield from (f"  {each.told.claim} {each.told.text}" for each in members)


if __name__ == "__main__":
    all_grouped = grouped(stories(STORIES), group)
    print(report(all_grouped))
    if sys.argv[1:] == ["misses"]:
        print("", *misses(all_grouped), sep="\n")
