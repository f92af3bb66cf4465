"""How good the matcher's proposals were, by score, from what people decided about them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import sqrt
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Select,
    TableValuedAlias,
    case,
    func,
    null,
    select,
    true,
    union_all,
)
from sqlmodel import Session, col

from claims.matching import Weight
from claims.models import Match
from claims.queries.proposals import DECIDED, Outcome, Proposed, is_postgresql, proposals

BAND = 10
# Below this many decisions a percentage says more than anybody knows.
FEWEST_DECISIONS = 5
# The normal quantile of a 95% interval.
Z = 1.959964


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """Which proposals are reported on: made on these days (UTC, both included) and by this version; all by default."""

    from_on: date | None = None
    to_on: date | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; low and high bound the true share with 95% confidence, all from 0 to 1 (Wilson 1927)."""

    part: int
    whole: int

    @property
    def is_few(self) -> bool:
        """Whether there are too few to speak of a percentage."""
        return self.whole < FEWEST_DECISIONS

    @property
    def value(self) -> float:
        """The share; 0 where there is nothing."""
        return self.part / self.whole if self.whole else 0.0

    @property
    def low(self) -> float:
        """The lower end of the interval; 0 where there is nothing."""
        return max(0.0, self.middle - self.spread) if self.part else 0.0

    @property
    def high(self) -> float:
        """The upper end of the interval; 1 where there is nothing."""
        return min(1.0, self.middle + self.spread) if self.part < self.whole else 1.0

    @property
    def middle(self) -> float:
        """The middle of the interval, which leans towards one half."""
        return (self.part + Z * Z / 2) / (self.whole + Z * Z)

    @property
    def spread(self) -> float:
        """Half the width of the interval."""
        left = self.part * (self.whole - self.part) / self.whole if self.whole else 0.0
        return Z / (self.whole + Z * Z) * sqrt(left + Z * Z / 4)


@dataclass(frozen=True, slots=True)
class Band:
    """The proposals of one kind whose score lies from low to below high (100 belongs to the last band)."""

    low: int
    high: int
    proposed: Proposed
    counts: Mapping[Outcome, int]

    def count(self, outcome: Outcome) -> int:
        """How many proposals came to this."""
        return self.counts.get(outcome, 0)

    @property
    def total(self) -> int:
        """How many were proposed."""
        return sum(self.counts.values())

    @property
    def precision(self) -> Share:
        """Of those that people decided, how many they decided as proposed."""
        right = Outcome.CONTRADICTS if self.proposed is Proposed.CONTRADICTS else Outcome.CONFIRMED
        return Share(self.count(right), sum(map(self.count, DECIDED)))

    @property
    def parted(self) -> Share:
        """Of those that the matcher grouped by itself, how many a person parted again."""
        return Share(self.count(Outcome.PARTED), self.total)


@dataclass(frozen=True, slots=True)
class GuardRow:
    """A rule that stopped or asked on decided suggestions, and how many of them people grouped all the same."""

    rule: str
    overridden: Share


@dataclass(frozen=True, slots=True)
class SuggestionReport:
    """What people made of the matcher's proposals; bands from high to low, without empty ones at either end.

    versions are all that made any of the proposals on these days, the latest first.
    """

    suggested: tuple[Band, ...]
    kept_apart: tuple[Band, ...]
    grouped: tuple[Band, ...]
    guards: tuple[GuardRow, ...]
    versions: tuple[str, ...]


def suggestion_report(session: Session, wanted: ReportFilter) -> SuggestionReport:
    """The report on the proposals that fit, in one query."""
    rows = session.execute(counts(session, proposals(session, *span_of(wanted)))).all()
    counted: dict[Proposed, dict[int, Counter[Outcome]]] = defaultdict(lambda: defaultdict(Counter))
    fired: dict[str, Counter[Outcome]] = defaultdict(Counter)
    for rule, proposed, low, outcome, version, count in rows:
        if wanted.version in {"", version}:
            of_rule_or_band = fired[rule] if proposed is None else counted[Proposed(proposed)][low]
            of_rule_or_band[Outcome(outcome)] += count
    return SuggestionReport(
        suggested=bands_of(Proposed.SAME, counted[Proposed.SAME]),
        kept_apart=bands_of(Proposed.CONTRADICTS, counted[Proposed.CONTRADICTS]),
        grouped=bands_of(Proposed.GROUPED, counted[Proposed.GROUPED]),
        guards=guards_of(fired),
        versions=tuple(sorted({row.version for row in rows if row.version}, key=version_order, reverse=True)),
    )


def total_of(bands: Iterable[Band], proposed: Proposed) -> Band:
    """All the bands as one."""
    counts = sum((Counter(band.counts) for band in bands), Counter[Outcome]())
    return Band(0, 100, proposed, counts)


def span_of(wanted: ReportFilter) -> tuple[datetime | None, datetime | None]:
    """The times from and before which proposals fit."""
    since = datetime.combine(wanted.from_on, time(), UTC) if wanted.from_on else None
    until = datetime.combine(wanted.to_on, time(), UTC) + timedelta(days=1) if wanted.to_on else None
    return since, until


def band_of(score: ColumnElement[Any]) -> ColumnElement[int]:
    """The lower end of the band that a score lies in; the engines round in their own ways, so they only compare."""
    return case(*((score >= low, low) for low in range(100 - BAND, 0, -BAND)), else_=0)


def counts(session: Session, made: CTE) -> CompoundSelect[Any]:
    """The query for (rule, proposed, low, outcome, version, count), both of bands and of rules.

    Of a band rule is None, of a rule proposed and low are. Both read what came of the proposals, which is therefore
    found once.
    """
    return union_all(band_counts(made), guard_counts(session, made))


def band_counts(made: CTE) -> Select[Any]:
    """The part of the query for the bands."""
    parts = (made.c.proposed, band_of(made.c.score).label("low"), made.c.outcome, made.c.version)
    return select(null().label("rule"), *parts, func.count().label("count")).group_by(*parts)


def bands_of(proposed: Proposed, counted: Mapping[int, Counter[Outcome]]) -> tuple[Band, ...]:
    """The bands from the highest to the lowest that hold anything, those between included."""
    if not counted:
        return ()
    lows = range(max(counted), min(counted) - 1, -BAND)
    return tuple(Band(low, low + BAND, proposed, counted.get(low, {})) for low in lows)


def guard_counts(session: Session, made: CTE) -> Select[Any]:
    """The part for the rules: decided suggestions that each stopped or asked on, every one counted once."""
    guards, rule, weight = stored_guards(session)
    return (
        select(rule, null(), null(), made.c.outcome, made.c.version, func.count(made.c.match_id.distinct()))
        .select_from(made)
        .join(Match, col(Match.id) == made.c.match_id)
        .join(guards, true())
        .where(made.c.proposed != Proposed.GROUPED.value, made.c.outcome.in_([outcome.value for outcome in DECIDED]))
        .where(weight.in_((Weight.STOPS.value, Weight.ASKS.value)))
        .group_by(rule, made.c.outcome, made.c.version)
    )


def guards_of(fired: Mapping[str, Counter[Outcome]]) -> tuple[GuardRow, ...]:
    """The rules by how many suggestions they were decided on, with how many of those people grouped all the same."""
    rows = [GuardRow(rule, Share(found[Outcome.CONFIRMED], found.total())) for rule, found in fired.items()]
    return tuple(sorted(rows, key=lambda row: (-row.overridden.whole, row.rule)))


def stored_guards(session: Session) -> tuple[TableValuedAlias, ColumnElement[str], ColumnElement[str]]:
    """A row for each guard in a match's explanation, its rule and its weight, in the words of either engine."""
    if is_postgresql(session):
        guards = func.json_array_elements(col(Match.explanation)["guards"]).table_valued("value")
        return guards, guards.c.value.op("->>")("rule"), guards.c.value.op("->>")("weight")
    guards = func.json_each(col(Match.explanation), "$.guards").table_valued("value")
    return guards, func.json_extract(guards.c.value, "$.rule"), func.json_extract(guards.c.value, "$.weight")


def version_order(version: str) -> tuple[int, str]:
    """What versions are sorted by: the number of the rules, then the model; what has no number comes first."""
    rules, _, model = version.partition("+")
    return (int(rules), model) if rules.isdecimal() else (0, version)
