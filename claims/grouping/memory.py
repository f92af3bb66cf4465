"""All appearances' wordings, indexed in memory; follows the database, whoever writes to it.

Nothing of it is stored: appearances never change, so it can always be built from them. A process that starts remembers
nothing; before its first article it reads every appearance's id and wording in one query, in rising order, and indexes
each wording once, however many copies there are: minutes of work for some millions of them, so that it is done before
the first transaction that writes. From then on it reads only what is newer than the last it knows, which is what other
processes stored meanwhile. Regrouping moves appearances, not wordings, and leaves it as it is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlmodel import Session, col

from claims import matching
from claims.models import Appearance

# Copies of one wording live in few claims: the earliest in published ones, the latest in the one that still grows.
COPIES_NAMED = 4


@dataclass(slots=True)
class Memory:
    """The wordings that were stored, each indexed once however many appearances are copies of it."""

    index: matching.Index = field(default_factory=matching.Index)
    wordings: dict[int, str] = field(default_factory=dict)
    copies: dict[str, list[int]] = field(default_factory=dict)
    last_id: int = 0

    @contextmanager
    def kept_in_step(self) -> Iterator[None]:
        """Forget what the block taught if it fails: put around a transaction, only what is stored is remembered."""
        before = self.last_id
        try:
            yield
        except BaseException:
            for appearance_id in range(self.last_id, before, -1):
                self.forget(appearance_id)
            self.last_id = before
            raise

    def catch_up(self, session: Session) -> None:
        """Remember the appearances that were stored since the last look."""
        newer = select(col(Appearance.id), col(Appearance.wording)).where(col(Appearance.id) > self.last_id)
        in_order = newer.order_by(col(Appearance.id)).execution_options(yield_per=1_000)
        for appearance_id, wording in session.execute(in_order):
            self.remember(appearance_id, wording)

    def remember(self, appearance_id: int, wording: str) -> None:
        """Remember one appearance's wording; ids come in rising order."""
        copies = self.copies.setdefault(wording, [])
        if not copies:
            self.index.add(appearance_id, wording)
        copies.append(appearance_id)
        self.wordings[appearance_id] = wording
        self.last_id = appearance_id

    def forget(self, appearance_id: int) -> None:
        """Forget the latest appearance, if it is remembered."""
        wording = self.wordings.pop(appearance_id, None)
        if wording is None:
            return
        self.copies[wording].remove(appearance_id)
        if not self.copies[wording]:
            del self.copies[wording]
            self.index.remove(appearance_id)

    def closest(self, wording: str, count: int) -> dict[str, list[int]]:
        """The stored wordings most like this one, the closest first, with appearances that have them."""
        found = [self.wordings[first_id] for first_id, _ in self.index.closest(wording, count)]
        return {near: named(self.copies[near]) for near in found}


def named(copies: list[int]) -> list[int]:
    """The earliest and the latest of a wording's appearances."""
    return copies if len(copies) <= 2 * COPIES_NAMED else copies[:COPIES_NAMED] + copies[-COPIES_NAMED:]
