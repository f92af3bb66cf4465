"""The verdict's life: draft, in review, changes requested, published, superseded, retracted."""

from claims.reviews.publishing import content_sha256, publish, retract, start_correction
from claims.reviews.steps import open_review, standing_review
from claims.reviews.writing import discard, request_changes, save_draft, submit

__all__ = [
    "content_sha256",
    "discard",
    "open_review",
    "publish",
    "request_changes",
    "retract",
    "save_draft",
    "standing_review",
    "start_correction",
    "submit",
]
