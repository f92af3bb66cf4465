"""Every case, by its host."""

from tests.hostile import bodies, charsets, heads, healthy, listings, markup, names, redirects, robots, statuses
from tests.hostile.case import Case

FAMILIES: dict[str, tuple[Case, ...]] = {
    family.__name__.rpartition(".")[2]: tuple(family.CASES)
    for family in (redirects, names, heads, bodies, statuses, robots, listings, markup, charsets, healthy)
}
ALL = tuple(case for cases in FAMILIES.values() for case in cases)
BY_HOST = {case.host: case for case in ALL}
assert len(BY_HOST) == len(ALL), "two cases share a name"
