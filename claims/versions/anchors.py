"""Follows appearances through later versions of their articles: where their words stand, or that they do not."""

from enum import StrEnum

from sqlalchemy import and_, func
from sqlalchemy import select as select_any
from sqlmodel import Session, col, select

from claims.models import Anchor, Appearance, Snapshot
from claims.rows import key
from claims.versions.anchoring import Quote, find

# Of the article that an appearance was read in: its newest version, and the appearance's anchor there, to be joined.
NEWEST_SNAPSHOT_ID = (
    select_any(func.max(col(Snapshot.id)))
    .where(col(Snapshot.article_id) == col(Appearance.article_id))
    .correlate(Appearance)
    .scalar_subquery()
)
ANCHOR_IN_NEWEST = and_(col(Anchor.appearance_id) == col(Appearance.id), col(Anchor.snapshot_id) == NEWEST_SNAPSHOT_ID)


class AnchorState(StrEnum):
    """What became of an appearance's words in the newest version of its article."""

    UNCHANGED = "unchanged"
    FOUND = "found"
    ORPHANED = "orphaned"


def state_of(appearance: Appearance, newest_id: int | None, anchor: Anchor | None) -> AnchorState:
    """What became of the words: unchanged where no version came after the one that they were read in."""
    if newest_id is None or newest_id <= appearance.snapshot_id:
        return AnchorState.UNCHANGED
    return AnchorState.ORPHANED if anchor is None or anchor.start is None else AnchorState.FOUND


def anchor_earlier(session: Session, snapshot: Snapshot) -> None:
    """Store, for each appearance of the article's earlier snapshots, where its words stand in this one.

    The appearances themselves stay as they are; where the words are not found, the anchor says that it is orphaned.
    """
    earlier = select(Appearance).where(
        Appearance.article_id == snapshot.article_id, Appearance.snapshot_id != snapshot.id
    )
    for appearance in session.exec(earlier.order_by(col(Appearance.id))).all():
        place = find(quote_of(appearance), snapshot.text)
        session.add(
            Anchor(
                appearance_id=key(appearance),
                snapshot_id=key(snapshot),
                start=place.start if place else None,
                end=place.end if place else None,
            )
        )
    session.flush()


def quote_of(appearance: Appearance) -> Quote:
    """The appearance's words as they are looked for."""
    return Quote(appearance.exact, appearance.prefix, appearance.suffix, appearance.start)
