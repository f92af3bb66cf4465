"""The sample reviewers check some claims of the sample world, as people do at the desk: one writes, one publishes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from claims import curation, db, evidence, reviews
from claims.clock import utc_now
from claims.db import Engine, Session
from claims.models import Claim, Review, User
from claims.queries.listing import DeskStatus, find_claims, status_counts
from claims.rows import key, load
from web.sample.verdicts import SampleCorrection, SampleEvidence, SampleVerdict, Stage, sample_verdicts

UNTOUCHED = (DeskStatus.OPEN, DeskStatus.ALL)
NO_CLAIM = 0


@dataclass(frozen=True, slots=True)
class Checking:
    """Where the sample reviewers work: author writes, and editor, who may correct, publishes.

    sample_url is where the sample outlets are, allow_hosts the private hosts that may be fetched.
    """

    engine: Engine
    author: User
    editor: User
    sample_url: str
    allow_hosts: Collection[str]


def check_claims(checking: Checking) -> None:
    """Give the sample verdicts, each at once and whole, where nobody has written any verdict yet."""
    with db.reading(checking.engine) as session:
        counts = status_counts(session)
    if any(count for status, count in counts.items() if status not in UNTOUCHED):
        return
    for verdict in sample_verdicts():
        with db.transaction(checking.engine) as session:
            for row in find_claims(session, verdict.claim, limit=1, excluding=NO_CLAIM):
                give(session, checking, row.claim_id, verdict)


def give(session: Session, checking: Checking, claim_id: int, verdict: SampleVerdict) -> None:
    """Give one sample verdict, as far as it has come."""
    if verdict.wording:
        version = load(session, Claim, claim_id).version
        curation.reword(session, claim_id, verdict.wording, by=checking.author, seen_version=version, now=utc_now())
    cite(session, checking, claim_id, verdict.evidence)
    review = write(session, claim_id, verdict, by=checking.author, seen_version=0)
    if verdict.stage is Stage.DRAFT:
        return
    submit(session, review, by=checking.author)
    if verdict.stage is Stage.PUBLISHED:
        publish(session, review, by=checking.editor)
    if verdict.correction:
        correct(session, checking, claim_id, verdict.correction)


def correct(session: Session, checking: Checking, claim_id: int, correction: SampleCorrection) -> None:
    """Correct a published sample verdict: now the editor writes, and the author publishes."""
    editor = checking.editor
    reviews.start_correction(
        session, claim_id, why=correction.why, requested_by=correction.requested_by, by=editor, now=utc_now()
    )
    cite(session, checking, claim_id, correction.evidence)
    begun = reviews.open_review(session, claim_id)
    review = write(session, claim_id, correction, by=editor, seen_version=begun.version if begun else 0)
    submit(session, review, by=editor)
    publish(session, review, by=checking.author)


def cite(session: Session, checking: Checking, claim_id: int, sources: Iterable[SampleEvidence]) -> None:
    """Cite the sources for the claim."""
    for source in sources:
        evidence.add(
            session,
            claim_id,
            title=source.title,
            url=checking.sample_url + source.path if source.path else "",
            quote=source.quote,
            note=source.note,
            is_primary=source.is_primary,
            bearing=source.bearing,
            by=checking.author,
            now=utc_now(),
            allow_hosts=checking.allow_hosts,
        )


def write(
    session: Session, claim_id: int, verdict: SampleVerdict | SampleCorrection, *, by: User, seen_version: int
) -> Review:
    """The review with the verdict's words."""
    return reviews.save_draft(
        session,
        claim_id,
        rating=verdict.rating,
        summary=verdict.summary,
        by=by,
        seen_version=seen_version,
        now=utc_now(),
    )


def submit(session: Session, review: Review, *, by: User) -> None:
    """Hand the review to the second pair of eyes."""
    reviews.submit(session, key(review), by=by, seen_version=review.version, now=utc_now())


def publish(session: Session, review: Review, *, by: User) -> None:
    """Put the review before the public."""
    reviews.publish(session, key(review), by=by, seen_version=review.version, now=utc_now())
