"""Claims at every stage, for the queries behind the pages."""

import pytest

from claims import reviews
from claims.queries.listing import DeskStatus
from tests.claims.builders import FORCED, NOW, RAIN, SNOW, Newsroom

WORDINGS = [
    FORCED,
    SNOW,
    RAIN,
    "Greece sold forty old tanks to Cyprus in spring.",
    "The central bank of Peru printed no money last year.",
    "Wolves have returned to the forests around Munich.",
]


@pytest.fixture
def staged(newsroom: Newsroom) -> Newsroom:
    """A newsroom with a claim at each stage, ids 1 to 6 in the order of the stages."""
    for stage, wording in zip(DeskStatus, WORDINGS, strict=False):
        claim_id = newsroom.claim(wording)
        if stage in {DeskStatus.PUBLISHED, DeskStatus.RETRACTED}:
            review_id = newsroom.publish(claim_id)
            if stage is DeskStatus.RETRACTED:
                newsroom.retract(review_id)
        elif stage is not DeskStatus.OPEN:
            bring_to(newsroom, newsroom.draft(claim_id), stage)
    return newsroom


def bring_to(newsroom: Newsroom, review_id: int, stage: DeskStatus) -> None:
    """Bring a draft to a stage before publication."""
    if stage is not DeskStatus.DRAFT:
        newsroom.submit(review_id)
    if stage is DeskStatus.CHANGES_REQUESTED:
        with newsroom.writing() as session:
            reviews.request_changes(session, review_id, reason="Cite", by=newsroom.bo, seen_version=2, now=NOW)
