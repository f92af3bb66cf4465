"""Keeps what each run of the matcher was given and what came of it, so that it can be made again."""

import dataclasses
import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from claims import audit
from claims.audit import MACHINE, Action
from claims.errors import ClaimsError
from claims.grouping import pairs
from claims.matching import THRESHOLDS, PairScorer
from claims.models import MatchRun, MatchRunKind
from claims.rows import key


def begin(session: Session, kind: MatchRunKind, *, scorer: PairScorer, actor: str, now: datetime) -> MatchRun:
    """Store a run of the matcher with this scorer, for matches to point to; finish it in the same transaction.

    Where its rules are others than before, wordings may have other keys, and decisions are found by keys.
    """
    if rules_of(last_version(session) or "") != rules_of(scorer.version):
        pairs.renew_keys(session)
    run = MatchRun(
        kind=kind,
        actor=actor,
        started_at=now,
        finished_at=now,
        matcher_version=scorer.version,
        thresholds=dataclasses.asdict(THRESHOLDS),
        last_appearance_id=0,
        counts={},
        constraints=b"",
        result=b"",
        result_sha256="",
    )
    session.add(run)
    session.flush()
    return run


def last_version(session: Session) -> str | None:
    """The version of the matcher that made the latest run."""
    return session.exec(select(MatchRun.matcher_version).order_by(col(MatchRun.id).desc()).limit(1)).first()


def rules_of(version: str) -> str:
    """The part of a matcher's version that names its rules; the rest names the model of its scorer."""
    return version.partition("+")[0]


def finish(
    session: Session,
    run: MatchRun,
    *,
    given: Mapping[str, Any],
    result: str,
    counts: Mapping[str, int],
    last_appearance_id: int,
    now: datetime,
) -> None:
    """Store what a run was given and what came of it, and log it with the hashes of both."""
    constraints = canonical(given)
    run.constraints, run.result = zlib.compress(constraints.encode()), zlib.compress(result.encode())
    run.result_sha256 = sha256_of(result)
    run.counts = dict(counts)
    run.last_appearance_id = last_appearance_id
    run.finished_at = now
    session.add(run)
    session.flush()
    audit.record(
        session,
        Action.MATCH_RUN_ADD,
        f"match-run:{key(run)}",
        actor=MACHINE,
        now=now,
        ran_by=run.actor,
        kind=run.kind.value,
        matcher=run.matcher_version,
        counts=run.counts,
        thresholds=run.thresholds,
        constraints_sha256=sha256_of(constraints),
        result_sha256=run.result_sha256,
    )


def given_to(run: MatchRun) -> dict[str, Any]:
    """What the run was given that may have changed since; ClaimsError where that is damaged."""
    try:
        given: dict[str, Any] = json.loads(unpacked(run, run.constraints))
    except ValueError as error:
        raise damaged(run) from error
    return given


def result_of(run: MatchRun) -> str:
    """What came of the run, as it was stored; ClaimsError where that is damaged."""
    return unpacked(run, run.result)


def unpacked(run: MatchRun, packed: bytes) -> str:
    """One of the two texts that a run keeps."""
    try:
        return zlib.decompress(packed).decode()
    except (zlib.error, UnicodeDecodeError) as error:
        raise damaged(run) from error


def damaged(run: MatchRun) -> ClaimsError:
    """What to say of a run that cannot be read."""
    return ClaimsError(f"What run {key(run)} kept was damaged since: claimline audit verify says what else was.")


def canonical(value: Any) -> str:
    """The one JSON text of a value: sorted keys, no spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical_lines(items: Iterable[Any]) -> str:
    """The one JSON text of a list, an item to a line, so that the first difference can be shown."""
    return "[\n" + ",\n".join(canonical(item) for item in items) + "\n]\n"


def sha256_of(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()
