"""Every case, by its family."""

from tests.hostile import bodies, charsets, feeds, heads, healthy, markup, names, redirects, robots, sitemaps, statuses
from tests.hostile.case import Case

FAMILIES: dict[str, tuple[Case, ...]] = {
    family.__name__.rpartition(".")[2]: tuple(family.CASES)
    for family in (redirects, names, heads, bodies, statuses, robots, sitemaps, feeds, markup, charsets, healthy)
}
ALL = tuple(case for cases in FAMILIES.values() for case in cases)
assert len({case.name for case in ALL}) == len(ALL), "two cases share a name"
