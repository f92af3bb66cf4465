"""Long lists, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

PAGE_SIZE = 50
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """One page of a longer list: its rows, and how many there are on all pages."""

    rows: Sequence[Row]
    total: int
    page: int
    page_size: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return pages_of(self.total, self.page_size)


def page_shown(asked: int, total: int) -> int:
    """The page that somebody sees who asked for this one of total rows; past the last one, that is the last one."""
    return min(max(1, asked), pages_of(total, PAGE_SIZE))


def pages_of(total: int, page_size: int) -> int:
    """How many pages so many rows fill, at least one."""
    return max(1, -(-total // page_size))
