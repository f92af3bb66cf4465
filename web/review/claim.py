"""The claim page: what was said on one side, what we do with it on the other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from claims import matching
from claims.db import Session
from claims.errors import Conflict, IllegalTransition, InvalidDraft
from claims.models import Relation, ReviewState, Role
from claims.queries import desk
from claims.queries.appearances import AppearanceView
from claims.queries.current import current_id
from claims.queries.desk import DeskClaim
from claims.queries.matches import MatchView
from claims.ratings import MEANINGS
from web.access import allow, signed_in_user
from web.drawing.timeline import timeline
from web.errors import status_of
from web.review.filters import filter_of, query_of
from web.review.forms import Typed, typed
from web.storage import reading, transaction


@dataclass(frozen=True, slots=True)
class Carrier:
    """An outlet, and the appearances of a claim in it."""

    outlet: str
    appearances: tuple[AppearanceView, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A match to decide, how its two wordings align, and whether it is proposed for another claim than this."""

    match: MatchView
    alignment: matching.Alignment
    is_elsewhere: bool


@dataclass(frozen=True, slots=True)
class Proposals:
    """The matches to decide on a claim's page, by what the matcher thinks of them."""

    suggested: tuple[Proposal, ...]
    kept_apart: tuple[Proposal, ...]
    elsewhere: tuple[Proposal, ...]


@allow(Role.REVIEWER)
def show(claim_id: int) -> ResponseReturnValue:
    """The claim page, or the way to the claim that this one was merged into."""
    with reading() as session:
        living_id = current_id(session, claim_id)
    if living_id != claim_id:
        return redirect(url_for("review.claim", claim_id=living_id, **query_on_the_way()), 301)
    return claim_page(claim_id, Typed())


def attempt(claim_id: int, form: str, write: Callable[[Session], int]) -> ResponseReturnValue:
    """Write in one transaction and go to the claim that write returns, at the form's place on its page.

    What the domain refuses is shown on the same page, with all that was typed.
    """
    try:
        with transaction() as session:
            written_id = write(session)
    except (InvalidDraft, Conflict, IllegalTransition) as error:
        return claim_page(claim_id, typed(form, request.form, error)), status_of(error)
    return redirect(url_for("review.claim", claim_id=written_id, _anchor=form, **query_on_the_way()), 303)


def claim_page(claim_id: int, refused: Typed) -> str:
    """The page of a claim, or of the one that it was merged into, with a refused form's words put back."""
    wanted, me = filter_of(request.args), signed_in_user()
    with reading() as session:
        claim = desk.desk_claim(session, current_id(session, claim_id), wanted)
    return render_template(
        "review/claim.html",
        claim=claim,
        carriers=by_outlet(claim.appearances),
        proposals=proposals_on(claim),
        timeline=timeline(claim.appearances, (claim.standing,) if claim.standing else ()),
        meanings=MEANINGS,
        refused=refused,
        is_writable=is_writable(claim),
        wrote_it=claim.open_review is not None and me.id in claim.open_review.contributor_ids,
        way=query_of(wanted, page=wanted.page),
    )


def query_on_the_way() -> dict[str, Any]:
    """The queue that the reviewer works through, as the addresses of its claims carry it on."""
    wanted = filter_of(request.args)
    return query_of(wanted, page=wanted.page)


def is_writable(claim: DeskClaim) -> bool:
    """Whether words of the claim or verdict may change: nothing is in review, nothing published stands alone."""
    if claim.open_review is None:
        return claim.standing is None
    return claim.open_review.state is not ReviewState.IN_REVIEW


def by_outlet(appearances: Iterable[AppearanceView]) -> tuple[Carrier, ...]:
    """The appearances under the outlets that carried them: the first to do so first, each in order of time."""
    carried: dict[str, list[AppearanceView]] = {}
    for appearance in sorted(appearances, key=lambda appearance: appearance.appeared_at):
        carried.setdefault(appearance.outlet, []).append(appearance)
    return tuple(Carrier(outlet, tuple(kept)) for outlet, kept in carried.items())


def proposals_on(claim: DeskClaim) -> Proposals:
    """The matches to decide on a claim's page; what is kept apart from it is so in both directions."""
    here = tuple(proposal(match, claim) for match in (*claim.suggested, *claim.kept_apart))
    elsewhere = tuple(proposal(match, claim) for match in claim.proposed_elsewhere)
    return Proposals(
        suggested=with_relation(Relation.SAME, here),
        kept_apart=with_relation(Relation.CONTRADICTS, here + elsewhere),
        elsewhere=with_relation(Relation.SAME, elsewhere),
    )


def proposal(match: MatchView, claim: DeskClaim) -> Proposal:
    """The match with the words that its two wordings share, the claim's side first."""
    alignment = matching.align(match.compared_wording, match.appearance.wording, claim.language)
    return Proposal(match, alignment, is_elsewhere=match.claim_id != claim.claim_id)


def with_relation(relation: Relation, proposals: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """Those of the proposals whose wordings stand in this relation."""
    return tuple(proposal for proposal in proposals if proposal.match.relation is relation)
