"""Follows appearances through later versions of their articles: where their words stand, or that they do not."""

from sqlmodel import Session, col, select

from claims.anchoring import Quote, find
from claims.models import Anchor, Appearance, Snapshot
from claims.rows import key


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
