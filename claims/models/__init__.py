"""Every table of Claimline. The words are the design's vocabulary; the rules are held by the services beside it."""

from claims.models.articles import Article, Body, Outlet, Snapshot
from claims.models.claims import Anchor, Appearance, Claim, Claimant
from claims.models.fetching import FetchRequest, HostPause, Listing, RequestKind, RequestState
from claims.models.matches import CopyDecision, Match, MatchRun, MatchRunKind, MatchState, PairDecision, Relation
from claims.models.people import AuditEvent, Role, User
from claims.models.rechecks import Alert, AlertKind, Recheck, Validator
from claims.models.reviews import Bearing, Correction, Evidence, Review, ReviewEvidence, ReviewState
from claims.models.table import Table

__all__ = [
    "Alert",
    "AlertKind",
    "Anchor",
    "Appearance",
    "Article",
    "AuditEvent",
    "Bearing",
    "Body",
    "Claim",
    "Claimant",
    "CopyDecision",
    "Correction",
    "Evidence",
    "FetchRequest",
    "HostPause",
    "Listing",
    "Match",
    "MatchRun",
    "MatchRunKind",
    "MatchState",
    "Outlet",
    "PairDecision",
    "Recheck",
    "Relation",
    "RequestKind",
    "RequestState",
    "Review",
    "ReviewEvidence",
    "ReviewState",
    "Role",
    "Snapshot",
    "Table",
    "User",
    "Validator",
]
