"""The lists in the lists folder, read line by line."""

from collections.abc import Iterator
from importlib.resources import files

LISTS = files("claims.matching.folding") / "lists"


def lines(name: str) -> Iterator[str]:
    """The lines of one list, without comments and blank ones."""
    for line in (LISTS / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def comma_lists(name: str) -> Iterator[tuple[str, ...]]:
    """Each line of one list as its entries."""
    for line in lines(name):
        yield tuple(entry.strip() for entry in line.split(","))
