"""Our own gold of matching: pairs of wordings that are one claim or two, and how well a matcher agrees with them.

python -m tests.gold.matching prints the figures; with the word "misses" behind it, the pairs that the matcher got
wrong too, but of the tuned half alone. With the word "twins", "repeats" or "lookalikes" it reads that file in place of
matching.txt.
"""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from claims.matching import Comparison, Proposal, Weight, Wording, compare_wordings

Matcher = Callable[[Wording, Wording], Comparison]
PAIRS = Path(__file__).with_name("matching.txt")
TWINS = PAIRS.with_name("twins.txt")
REPEATS = PAIRS.with_name("repeats.txt")
LOOKALIKES = PAIRS.with_name("lookalikes.txt")
GUARDS = ("number", "date", "negation", "opposite", "modality", "name", "roles", "claimant")
FIELDS = ("by", "denies", "language")
DENIES = {"left": (True, False), "right": (False, True), "both": (True, True)}
PROPOSED = {Proposal.GROUP, Proposal.SUGGEST}


class MalformedBlockError(ValueError):
    """A block of a gold file is not what it must be; the message begins with the number of its line."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: {problem}")


class Relation(StrEnum):
    """What a careful editor says about two wordings."""

    SAME = "same"
    DIFFERENT = "different"


class Half(StrEnum):
    """Whether developers may look at a pair, or are only judged by it."""

    TUNED = "tuned"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class GoldPair:
    """Two wordings, what they are to each other, and the guards that must fire (different) or keep still (same)."""

    line: int
    family: str
    relation: Relation
    guards: frozenset[str]
    half: Half
    left: Wording
    right: Wording


@dataclass(frozen=True, slots=True)
class Answer:
    """What a matcher says about a pair; fired are the guards that stop or ask."""

    pair: GoldPair
    proposal: Proposal
    fired: frozenset[str]
    score: float

    @property
    def is_right(self) -> bool:
        """Whether a same pair is proposed and meets no guard, or a different one is not grouped and its guards fire."""
        if self.pair.relation is Relation.SAME:
            return self.proposal in PROPOSED and not self.fired
        return self.proposal is not Proposal.GROUP and self.pair.guards <= self.fired


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """From 0 to 1, to three places."""
        return round(self.hits / max(1, self.of), 3)

    def __str__(self) -> str:
        return f"{self.value:.2f} {self.hits:>3}/{self.of:<3}" if self.of else "-   "


Table = dict[str, tuple[Share, Share]]
NOTHING = Share(0, 0)


def pairs(path: Path) -> list[GoldPair]:
    """The file's pairs in order. MalformedBlockError."""
    return [pair_of(block) for block in blocks(path.read_text(encoding="utf-8").splitlines())]


def blocks(lines: Sequence[str]) -> Iterator[list[tuple[int, str]]]:
    """The lines that stand together, with their numbers; remarks left out."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip() and not line.startswith("#"):
            block.append((number, line))
        elif not line.strip() and block:
            yield block
            block = []


def pair_of(block: Sequence[tuple[int, str]]) -> GoldPair:
    """The pair that a block's lines write down. MalformedBlockError."""
    number, head = block[0]
    family, relation, guards, half = head_of(number, head)
    left, right = (wording_of(block, number, mark) for mark in ("< ", "> "))
    fields = fields_of(block[3:])
    claimants = both(fields.get("by", (number, "-|-")), "|")
    line, denier = fields.get("denies", (number, ""))
    if denier and denier not in DENIES:
        raise MalformedBlockError(line, f"who denies is left, right or both, not {denier!r}")
    denies = DENIES.get(denier, (False, False))
    language = fields.get("language", (number, "en"))[1]
    sides = [Wording(*each) for each in zip((left, right), claimants, (language, language), denies, strict=True)]
    return GoldPair(number, family, relation, guards, half, *sides)


def head_of(number: int, line: str) -> tuple[str, Relation, frozenset[str], Half]:
    """Family, relation, guards and half of a block's first line. MalformedBlockError."""
    parts = [part.strip() for part in line.removeprefix("= ").split("|")]
    if not line.startswith("= ") or len(parts) not in {3, 4} or parts[3:] not in ([], [Half.HELD]):
        raise MalformedBlockError(number, f"not '= family | relation | guards' nor the same with '| held': {line!r}")
    family, relation, named = parts[:3]
    guards = frozenset(guard.strip() for guard in named.split(",")) - {"-"}
    if relation not in set(Relation):
        raise MalformedBlockError(number, f"a relation is same or different, not {relation!r}")
    if not guards <= set(GUARDS):
        raise MalformedBlockError(number, f"no such guard: {', '.join(sorted(guards - set(GUARDS)))}")
    return family, Relation(relation), guards, Half.HELD if parts[3:] else Half.TUNED


def wording_of(block: Sequence[tuple[int, str]], number: int, mark: str) -> str:
    """The text behind the mark, which stands in the second or third line. MalformedBlockError."""
    place = 1 if mark == "< " else 2
    if len(block) <= place or not block[place][1].startswith(mark):
        raise MalformedBlockError(number, f"no wording behind {mark!r} in line {place + 1} of the block")
    return block[place][1].removeprefix(mark).strip()


def fields_of(lines: Iterable[tuple[int, str]]) -> dict[str, tuple[int, str]]:
    """The values that stand below the wordings, with their lines. MalformedBlockError."""
    fields: dict[str, tuple[int, str]] = {}
    for number, line in lines:
        name, _, value = line.partition(": ")
        if name not in FIELDS or name in fields or not value.strip():
            raise MalformedBlockError(number, f"not one of {', '.join(FIELDS)} with a value, once: {line!r}")
        fields[name] = (number, value.strip())
    return fields


def both(field: tuple[int, str], mark: str) -> tuple[str | None, str | None]:
    """The left and the right value; "-" is None. MalformedBlockError."""
    number, value = field
    values = [None if part.strip() == "-" else part.strip() for part in value.split(mark)]
    if len(values) != 2 or "" in values:
        raise MalformedBlockError(number, f"not 'left {mark} right': {value!r}")
    return values[0], values[1]


def answers(gold: Iterable[GoldPair], matcher: Matcher) -> list[Answer]:
    """What the matcher says about every pair, in order."""
    return [answer(pair, matcher(pair.left, pair.right)) for pair in gold]


def answer(pair: GoldPair, said: Comparison) -> Answer:
    """The part of a comparison that the gold judges."""
    fired = frozenset(guard.rule.value for guard in said.guards if guard.weight is not Weight.NOTES)
    return Answer(pair, said.proposal, fired, said.score)


def overall(given: Iterable[Answer]) -> dict[str, Share]:
    """The shares of same pairs grouped, proposed at all and met by no guard, and of different pairs grouped."""
    sides = defaultdict(list)
    for each in given:
        sides[each.pair.relation].append(each)
    same, different = sides[Relation.SAME], sides[Relation.DIFFERENT]
    return {
        "same grouped": share(each.proposal is Proposal.GROUP for each in same),
        "same proposed": share(each.proposal in PROPOSED for each in same),
        "same without guard": share(not each.fired for each in same),
        "different grouped": share(each.proposal is Proposal.GROUP for each in different),
    }


def by_guard(given: Iterable[Answer]) -> Table:
    """For each guard how often it fired where it must, and kept still where it is tempted and must."""
    named = [(guard, each) for each in given for guard in each.pair.guards]
    return {
        guard: (
            share(guard in each.fired for name, each in named if name == guard and is_different(each)),
            share(guard not in each.fired for name, each in named if name == guard and not is_different(each)),
        )
        for guard in GUARDS
    }


def by_family(given: Iterable[Answer]) -> Table:
    """For each family how many of its same pairs were proposed, and how many of its different ones not grouped."""
    families: dict[str, list[Answer]] = defaultdict(list)
    for each in given:
        families[each.pair.family].append(each)
    return {
        name: (
            share(each.proposal in PROPOSED for each in members if not is_different(each)),
            share(each.proposal is not Proposal.GROUP for each in members if is_different(each)),
        )
        for name, members in families.items()
    }


def is_different(given: Answer) -> bool:
    """Whether the pair is two claims."""
    return given.pair.relation is Relation.DIFFERENT


def share(hits: Iterable[bool]) -> Share:
    """How many of them are true."""
    values = list(hits)
    return Share(sum(values), len(values))


def report(given: Sequence[Answer]) -> str:
    """The figures of the whole and of its halves side by side, as tables for a terminal."""
    parts = {"all": list(given)} | {half.value: [each for each in given if each.pair.half is half] for half in Half}
    whole = [overall(part) for part in parts.values()]
    lines = [row("", parts), *(row(name, (figures[name] for figures in whole)) for name in whole[0])]
    lines += table("guard", ("fired", "still"), parts, by_guard)
    lines += table("family", ("proposed", "apart"), parts, by_family)
    return "\n".join(lines)


def table(
    of: str, measures: tuple[str, str], parts: dict[str, list[Answer]], figures: Callable[[list[Answer]], Table]
) -> Iterator[str]:
    """The lines of one table: two measures for the whole and for each half."""
    found = [figures(part) for part in parts.values()]
    yield ""
    yield row(of, (f"{measure} {part}" for part in parts for measure in measures))
    for name in found[0]:
        yield row(name, (each for part in found for each in part.get(name, (NOTHING, NOTHING))))


def row(name: str, cells: Iterable[object]) -> str:
    """One line of a table."""
    return (f"{name:25}" + "".join(f"{cell!s:>15}" for cell in cells)).rstrip()


def misses(given: Iterable[Answer], file: str) -> Iterator[str]:
    """The file's tuned pairs that the matcher gets wrong, as a developer reads them; held ones are never shown."""
    for each in given:
        if each.pair.half is Half.TUNED and not each.is_right:
            pair, fired = each.pair, ", ".join(sorted(each.fired)) or "no guard"
            said = f"{each.proposal.value} at {each.score}, {fired}"
            yield f"{file}:{pair.line}: {pair.family}, {pair.relation.value}: {said}"
            yield f"  < {pair.left.text}\n  > {pair.right.text}"


if __name__ == "__main__":
    asked = next((file for file in (TWINS, REPEATS, LOOKALIKES) if file.stem in sys.argv[1:]), PAIRS)
    all_answers = answers(pairs(asked), compare_wordings)
    print(report(all_answers))
    if "misses" in sys.argv[1:]:
        print("", *misses(all_answers, asked.name), sep="\n")
