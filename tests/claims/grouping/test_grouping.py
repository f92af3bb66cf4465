"""Each new appearance finds its claim, within what people decided and what was published."""

from itertools import count

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from claims import curation
from claims.drafts import AppearanceDraft, Stance
from claims.grouping import pairs
from claims.grouping.matcher import CANDIDATES, MEMBERS_COMPARED
from claims.intake import store
from claims.models import AuditEvent, Claim, Match, MatchState, Relation
from tests.claims.builders import FORCED, NOW, SNOW, Newsroom, article, page, statement

NOT_FORCED = "Ankara was not forced to buy the Russian S-400 system after Washington refused to sell Patriot missiles."
NEARLY = "Ankara had been forced to buy the Russian S-400 system after Washington refused to sell Patriot missiles."
FORTY = "Ankara will pay Moscow 40 million dollars for the radar of the new S-400 missile system."
FIFTY = "Ankara will pay Moscow 50 million dollars for the radar of the new S-400 missile system."


def take_in(newsroom: Newsroom, wording: str, outlet: str) -> int:
    """The id of the claim where an outlet's statement was placed."""
    return newsroom.home(newsroom.take_in(wording, url=f"https://{outlet}.example/1").article_id)


def decide(newsroom: Newsroom, left: str, right: str, relation: Relation) -> None:
    """Store a person's word on two wordings."""
    with newsroom.writing() as session:
        pairs.decide(session, left, right, relation, by=newsroom.bo, now=NOW)


def proposals(newsroom: Newsroom) -> list[Match]:
    """What waits for a person, oldest first."""
    with newsroom.reading() as session:
        waiting = select(Match).where(Match.state == MatchState.SUGGESTED)
        return list(session.exec(waiting.order_by(col(Match.id))))


def test_a_statement_that_is_like_no_other_opens_a_claim(sqlite_newsroom: Newsroom) -> None:
    first, second = take_in(sqlite_newsroom, FORCED, "one"), take_in(sqlite_newsroom, SNOW, "two")

    assert first != second
    assert sqlite_newsroom.stored_claim(second).text == SNOW
    assert proposals(sqlite_newsroom) == []


def test_near_copies_in_two_outlets_are_one_claim_with_the_reason_kept(newsroom: Newsroom) -> None:
    first, second = take_in(newsroom, FORCED, "one"), take_in(newsroom, NEARLY, "two")

    assert first == second
    with newsroom.reading() as session:
        match = session.exec(select(Match).where(Match.appearance_id == 2)).one()
    assert (match.state, match.relation, match.decided_by_id) == (MatchState.CONFIRMED, Relation.SAME, None)
    assert match.explanation["proposal"] == "group"
    assert match.explanation["members"] == [1]
    assert {"score", "scores", "guards", "thresholds", "version"} <= match.explanation.keys()


@pytest.mark.parametrize(("left", "right"), [(FORCED, NOT_FORCED), (FORTY, FIFTY)])
def test_the_opposite_is_a_claim_of_its_own_and_says_why(newsroom: Newsroom, left: str, right: str) -> None:
    first, second = take_in(newsroom, left, "one"), take_in(newsroom, right, "two")

    assert first != second
    (proposal,) = proposals(newsroom)
    assert (proposal.claim_id, proposal.relation) == (first, Relation.CONTRADICTS)
    assert all(guard["sentence"] for guard in proposal.explanation["guards"])
    assert proposal.explanation["guards"] != []
    assert newsroom.stored_claim(first).suggestions == 0


def test_a_statement_that_is_denied_does_not_join_who_asserts_it(newsroom: Newsroom) -> None:
    first = take_in(newsroom, FORCED, "one")
    draft = article(FORCED, url="https://two.example/1")
    denied = statement(draft, FORCED, claimant="Ankara", stance=Stance.DENIES)

    stored = store(newsroom.engine, newsroom.matcher, page(draft.canonical_url), draft, [denied], now=NOW)

    assert newsroom.home(stored.article_id) != first


@pytest.mark.parametrize("retracted", [False, True])
def test_nothing_joins_a_claim_with_a_published_verdict_by_itself(newsroom: Newsroom, retracted: bool) -> None:
    first = take_in(newsroom, FORCED, "one")
    review_id = newsroom.publish(first)
    if retracted:
        newsroom.retract(review_id)

    second = take_in(newsroom, FORCED, "two")

    assert second != first
    assert newsroom.stored_claim(first).appearances == 1
    assert [(one.claim_id, one.relation) for one in proposals(newsroom)] == [(first, Relation.SAME)]


@pytest.mark.parametrize("is_submitted", [False, True])
def test_nothing_joins_a_claim_whose_verdict_is_being_written_by_itself(newsroom: Newsroom, is_submitted: bool) -> None:
    first = take_in(newsroom, FORCED, "one")
    review_id = newsroom.draft(first)
    if is_submitted:
        newsroom.cite(first)
        newsroom.submit(review_id)

    second = take_in(newsroom, FORCED, "two")

    assert second != first
    assert [(one.claim_id, one.relation) for one in proposals(newsroom)] == [(first, Relation.SAME)]


def test_a_person_may_bring_an_appearance_to_a_published_claim(sqlite_newsroom: Newsroom) -> None:
    first = take_in(sqlite_newsroom, FORCED, "one")
    sqlite_newsroom.publish(first)
    take_in(sqlite_newsroom, FORCED, "two")

    with sqlite_newsroom.writing() as session:
        waiting = proposals(sqlite_newsroom)[0]
        curation.confirm(session, waiting.id or 0, by=sqlite_newsroom.bo, seen_version=1, now=NOW)

    assert sqlite_newsroom.stored_claim(first).appearances == 2


@pytest.mark.parametrize("relation", [Relation.DISTINCT, Relation.CONTRADICTS, Relation.RELATED])
def test_what_a_person_kept_apart_is_not_even_proposed_again(sqlite_newsroom: Newsroom, relation: Relation) -> None:
    first = take_in(sqlite_newsroom, FORCED, "one")
    decide(sqlite_newsroom, FORCED, NEARLY, relation)

    second = take_in(sqlite_newsroom, NEARLY, "two")

    assert second != first
    assert proposals(sqlite_newsroom) == []


def test_what_a_person_called_the_same_is_grouped_though_a_guard_fires(newsroom: Newsroom) -> None:
    first = take_in(newsroom, FORTY, "one")
    decide(newsroom, FORTY, FIFTY, Relation.SAME)

    assert take_in(newsroom, FIFTY, "two") == first


def test_what_a_person_called_the_same_as_a_published_claim_is_proposed_as_the_same(sqlite_newsroom: Newsroom) -> None:
    first = take_in(sqlite_newsroom, FORTY, "one")
    sqlite_newsroom.publish(first)
    decide(sqlite_newsroom, FORTY, FIFTY, Relation.SAME)

    take_in(sqlite_newsroom, FIFTY, "two")

    assert [(one.claim_id, one.relation) for one in proposals(sqlite_newsroom)] == [(first, Relation.SAME)]


def test_a_decision_about_one_of_many_wordings_holds_for_the_whole_claim(sqlite_newsroom: Newsroom) -> None:
    far, again = "Ein ganz anderer Satz über Schnee", f"{SNOW} Report 1 again"
    claim_id = one_claim(sqlite_newsroom, *(f"{SNOW} Report {number}" for number in range(MEMBERS_COMPARED + 4)), far)
    decide(sqlite_newsroom, far, again, Relation.DISTINCT)

    assert take_in(sqlite_newsroom, again, "late") != claim_id


def test_a_copy_of_any_of_many_wordings_is_known_as_a_copy(sqlite_newsroom: Newsroom) -> None:
    wordings = [f"{name} closed a bridge over the river near {name}ville at night" for name in NAMES]
    claim_id = one_claim(sqlite_newsroom, *wordings)

    assert take_in(sqlite_newsroom, wordings[-1], "late") == claim_id


NAMES = [one + other for one in ("Bal", "Dor", "Fin", "Gul", "Hem") for other in ("ak", "em", "ir", "os", "ub")]


def one_claim(newsroom: Newsroom, *wordings: str) -> int:
    """The id of a claim of which a reviewer said that all these wordings are one."""
    newsroom.take_in(*wordings)
    with newsroom.writing() as session:
        first, *others = session.exec(select(Claim).order_by(col(Claim.id))).all()
        for claim in others:
            curation.merge(session, claim.id or 0, first.id or 0, by=newsroom.bo, seen_version=1, now=NOW)
    return first.id or 0


def test_a_wire_copy_in_a_hundred_outlets_does_not_hide_other_claims(sqlite_newsroom: Newsroom) -> None:
    denied = take_in(sqlite_newsroom, NOT_FORCED, "denier")
    draft = article(*[FORCED] * CANDIDATES, url="https://wire.example/1")
    starts = [number * (len(FORCED) + 1) for number in range(CANDIDATES)]
    copies = [AppearanceDraft(FORCED, start, start + len(FORCED), "", "") for start in starts]
    store(sqlite_newsroom.engine, sqlite_newsroom.matcher, page(draft.canonical_url), draft, copies, now=NOW)

    late = sqlite_newsroom.take_in(NEARLY, url="https://late.example/1")

    assert (late.claims, late.suggestions) == (0, 1)
    last = proposals(sqlite_newsroom)[-1]
    assert (last.claim_id, last.relation) == (denied, Relation.CONTRADICTS)


def test_the_machines_steps_are_logged_as_the_machines(sqlite_newsroom: Newsroom) -> None:
    for outlet, wording in (("one", FORCED), ("two", NEARLY), ("three", NOT_FORCED)):
        take_in(sqlite_newsroom, wording, outlet)

    with sqlite_newsroom.reading() as session:
        logged = [(e.action, e.actor) for e in session.exec(select(AuditEvent)) if e.subject == "claim:1"]
    assert logged == [("claim:add", "machine"), ("match:group", "machine"), ("match:suggest", "machine")]


def stated_by(newsroom: Newsroom, claimant: str, cue: str | None) -> int:
    """The id of the claim where a claimant's statement was placed, each claimant in an outlet of its own."""
    draft = article(FORCED, url=f"https://{claimant.lower()}.example/1")
    stated = statement(draft, FORCED, claimant=claimant, cue=cue)
    return newsroom.home(
        store(newsroom.engine, newsroom.matcher, page(draft.canonical_url), draft, [stated], now=NOW).article_id
    )


def test_what_two_outlets_state_in_their_own_voice_is_one_claim(newsroom: Newsroom) -> None:
    assert stated_by(newsroom, "Courier", None) == stated_by(newsroom, "Gazette", None)


def test_the_same_words_by_two_claimants_are_left_to_a_person(newsroom: Newsroom) -> None:
    assert stated_by(newsroom, "Ankara", "said") != stated_by(newsroom, "Paris", "said")


def test_nobody_waits_to_write_while_a_process_reads_all_that_is_stored(sqlite_newsroom: Newsroom) -> None:
    take_in(sqlite_newsroom, SNOW, "first")
    started = Newsroom(sqlite_newsroom.engine)
    readings = count(1)
    stored_meanwhile = []

    def write_meanwhile(_: object, __: object, query: str, *___: object) -> None:
        if query.startswith("SELECT appearance.id, appearance.wording") and next(readings) == 1:
            stored_meanwhile.append(take_in(sqlite_newsroom, FORCED, "second"))

    event.listen(started.engine, "before_cursor_execute", write_meanwhile)
    try:
        joined = take_in(started, NEARLY, "third")
    finally:
        event.remove(started.engine, "before_cursor_execute", write_meanwhile)

    assert stored_meanwhile == [joined]
    assert started.matcher.memory.wordings == {1: SNOW, 2: FORCED, 3: NEARLY}
    assert sqlite_newsroom.proof().problems == ()
