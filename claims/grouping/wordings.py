"""Appearances' words as the matcher takes them, read from rows that never change."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from sqlalchemy import ColumnElement, case, select
from sqlmodel import Session, col

from claims.drafts import Stance
from claims.errors import NotFound
from claims.matching import Wording
from claims.models import Appearance, Article, Claimant

Value = TypeVar("Value", int, str)
VALUES_AT_ONCE = 500
# An outlet that states something itself is no claimant of it: two outlets that state the same would otherwise be two
# claimants, whom the matcher keeps for a person to compare.
NAMED_CLAIMANT: ColumnElement[str | None] = case((col(Appearance.cue).is_not(None), col(Claimant.name)))


def wordings_of(session: Session, appearance_ids: Iterable[int]) -> dict[int, Wording]:
    """The words of these appearances by id, some hundreds to a query; an id that no appearance has is not there."""
    found: dict[int, Wording] = {}
    for ids in in_parts(set(appearance_ids)):
        found.update(said(session, col(Appearance.id).in_(ids)))
    return found


def stored_wordings(session: Session, appearance_ids: Iterable[int]) -> dict[int, Wording]:
    """The words of these appearances by id; NotFound where one is not stored any more."""
    wanted = set(appearance_ids)
    found = wordings_of(session, wanted)
    if lost := sorted(wanted - found.keys()):
        raise NotFound(f"Appearance {lost[0]} is not stored any more, so nothing can be made from its words.")
    return found


def said(session: Session, condition: ColumnElement[bool]) -> Iterator[tuple[int, Wording]]:
    """The id and the words of each appearance under a condition, by id."""
    rows = session.execute(
        select(
            col(Appearance.id),
            col(Appearance.wording),
            NAMED_CLAIMANT.label("name"),
            col(Article.language),
            col(Appearance.stance),
        )
        .join(Article, col(Article.id) == col(Appearance.article_id))
        .join(Claimant, col(Claimant.id) == col(Appearance.claimant_id), isouter=True)
        .where(condition)
        .order_by(col(Appearance.id))
        .execution_options(yield_per=1_000)
    )
    for row in rows:
        yield row.id, Wording(row.wording, row.name, row.language, row.stance is Stance.DENIES)


def in_parts(values: Iterable[Value]) -> Iterator[list[Value]]:
    """The values in order, some hundreds at a time: no engine takes any number of them in one query."""
    wanted = iter(sorted(values))
    while some := list(islice(wanted, VALUES_AT_ONCE)):
        yield some
