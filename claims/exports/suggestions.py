"""The export of what people decided about what the matcher proposed and grouped, to judge it by."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from claims.errors import NotAllowed
from claims.exports.layout import ROWS_AT_ONCE, Cells, Scope, time_cell
from claims.models import Appearance, Claim, Match
from claims.queries.proposals import SPOKEN_ON, proposals
from claims.slugs import claim_path

SUGGESTION_COLUMNS = (
    "match_id",
    "claim_id",
    "claim_url",
    "claim",
    "appearance_id",
    "wording",
    "compared_with_id",
    "compared_wording",
    "proposed",
    "decision",
    "match_state",
    "score",
    "closest_score",
    "scores",
    "guards",
    "guard_sentences",
    "suggest_threshold",
    "group_threshold",
    "matcher_version",
    "proposed_at",
    "decided_at",
)


def suggestion_rows(session: Session, scope: Scope) -> Iterator[Cells]:
    """Every suggestion that a person decided, and every grouping that one parted; NotAllowed in the public scope."""
    if scope.published_only:
        raise NotAllowed("Suggestions are the desk's own: no part of them is public.")
    return decided_rows(session, scope)


def decided_rows(session: Session, scope: Scope) -> Iterator[Cells]:
    """A line for each, the earliest made first; decision is people's latest word on it, as the report counts it."""
    made, compared = proposals(session), aliased(Appearance)
    wanted = (
        select(
            col(Match.id).label("match_id"),
            col(Match.claim_id),
            col(Match.appearance_id),
            col(Match.compared_with_id),
            col(Match.state),
            col(Match.score),
            col(Match.explanation),
            col(Match.created_at),
            col(Claim.text).label("claim"),
            col(Appearance.wording).label("wording"),
            col(compared.wording).label("compared"),
            made.c.proposed,
            made.c.outcome,
            made.c.decided_at,
        )
        .join(made, made.c.match_id == col(Match.id))
        .join(Claim, col(Claim.id) == col(Match.claim_id))
        .join(Appearance, col(Appearance.id) == col(Match.appearance_id))
        .join(compared, col(compared.id) == col(Match.compared_with_id))
        .where(made.c.outcome.in_([outcome.value for outcome in SPOKEN_ON]))
        .order_by(col(Match.id))
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    for row in session.execute(wanted):
        yield (
            row.match_id,
            row.claim_id,
            scope.base_url + claim_path(row.claim_id, row.claim),
            row.claim,
            row.appearance_id,
            row.wording,
            row.compared_with_id,
            row.compared,
            row.proposed,
            row.outcome,
            row.state.value,
            row.score,
            *explanation_cells(row.explanation),
            time_cell(row.created_at),
            time_cell(row.decided_at),
        )


def explanation_cells(explained: Mapping[str, Any]) -> Cells:
    """What the matcher stored beside its score; empty where a version of it stored no such thing.

    scores is JSON, since each version of the matcher has parts of its own.
    """
    guards, thresholds = explained.get("guards", []), explained.get("thresholds", {})
    return (
        explained.get("score"),
        json.dumps(explained.get("scores", {}), ensure_ascii=False, sort_keys=True),
        " ".join(dict.fromkeys(guard.get("rule", "") for guard in guards)),
        "\n".join(guard["sentence"] for guard in guards),
        thresholds.get("suggest"),
        thresholds.get("group"),
        explained.get("version"),
    )
