"""Regrouping keeps what people decided, changes all or nothing, and comes out the same when it is made again."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event
from sqlmodel import select, text

from claims import accounts, curation
from claims.errors import Conflict
from claims.grouping import pairs
from claims.matching import shipped_scorer
from claims.models import AuditEvent, Claim, Evidence, Match, MatchRun, MatchRunKind, MatchState, Relation, Role
from claims.queries.current import current_id
from claims.reruns import rerun
from claims.reruns.changes import Change, changes
from claims.reruns.replay import replay
from claims.reruns.rerun import Plan
from tests.claims.builders import FORCED, NOW, SNOW, Newsroom

NEARLY = FORCED.replace("was forced", "had been forced")
NOT_FORCED = FORCED.replace("was forced", "was not forced")
FORTY = "Izmir will pay 40 million dollars for the cranes and the quay of its new container port."
FIFTY = FORTY.replace("40", "50")


def silent(at: int, of: int) -> None:
    """Hears how far it is."""


def planned(newsroom: Newsroom) -> Plan:
    """What grouping anew would change."""
    return rerun.plan(newsroom.engine, shipped_scorer(), now=NOW, done=silent)


def applied(newsroom: Newsroom) -> int:
    """The id of the run that regrouped."""
    return rerun.apply(newsroom.engine, planned(newsroom), ran_by="command line", now=NOW, done=silent)


def changed(newsroom: Newsroom) -> list[Change]:
    """The changes in people's terms."""
    with newsroom.reading() as session:
        return changes(session, planned(newsroom), done=silent)


def placed(newsroom: Newsroom, *wordings: str, as_if: Relation) -> list[int]:
    """The claims of wordings, an outlet each, that an older matcher grouped all together, or none with another."""
    with newsroom.writing() as session:
        for left in wordings:
            for right in wordings:
                pairs.decide(session, left, right, as_if, by=newsroom.bo, now=NOW)
    count = newsroom.count(Claim)
    found = [
        newsroom.home(newsroom.take_in(wording, url=f"https://outlet{count}-{place}.example/1").article_id)
        for place, wording in enumerate(wordings)
    ]
    with newsroom.writing() as session:
        session.execute(text("DELETE FROM pair_decision"))
    return found


def decide(newsroom: Newsroom, left: str, right: str, relation: Relation) -> None:
    """Store a person's word on two wordings."""
    with newsroom.writing() as session:
        pairs.decide(session, left, right, relation, by=newsroom.bo, now=NOW)


def homes(newsroom: Newsroom) -> dict[int, int]:
    """Where every appearance is."""
    with newsroom.reading() as session:
        found = session.exec(select(Match).where(Match.state == MatchState.CONFIRMED))
        return {match.appearance_id: match.claim_id for match in found}


def test_claims_that_say_the_same_become_the_oldest_one(newsroom: Newsroom) -> None:
    old, late = placed(newsroom, FORCED, NEARLY, as_if=Relation.DISTINCT)
    newsroom.cite(late)

    run_id = applied(newsroom)

    assert homes(newsroom) == {1: old, 2: old}
    with newsroom.reading() as session:
        assert current_id(session, late) == old
        assert session.exec(select(Evidence.claim_id)).one() == old
        moved = session.exec(select(Match).where(Match.appearance_id == 2, Match.claim_id == old)).one()
    assert (moved.run_id, moved.compared_with_id, moved.decided_by_id) == (run_id, 1, None)
    assert moved.explanation["proposal"] == "group"
    assert [newsroom.stored_claim(claim_id).appearances for claim_id in (old, late)] == [2, 0]
    assert newsroom.stored_claim(old).outlets == 2
    assert newsroom.proof().problems == ()


def test_what_contradicts_its_claim_parts_into_a_new_one(newsroom: Newsroom) -> None:
    (claim_id, _, _) = placed(newsroom, FORCED, NOT_FORCED, NOT_FORCED + " Officially.", as_if=Relation.SAME)

    before = changed(newsroom)
    applied(newsroom)

    assert [(one.kind, one.appearance_id, one.to_id) for one in before] == [("parts", 2, None), ("parts", 3, None)]
    assert before[0].reasons != ()
    found = homes(newsroom)
    assert found[1] == claim_id
    assert found[2] == found[3] != claim_id
    assert newsroom.stored_claim(found[2]).text == NOT_FORCED
    assert newsroom.proof().problems == ()


def test_applying_twice_changes_nothing_the_second_time(newsroom: Newsroom) -> None:
    placed(newsroom, FORCED, NEARLY, as_if=Relation.DISTINCT)
    placed(newsroom, FORTY, FIFTY, as_if=Relation.SAME)
    applied(newsroom)

    assert planned(newsroom).regrouping.changes_nothing


def test_what_nothing_changes_changes_nothing(newsroom: Newsroom) -> None:
    for place, wording in enumerate((FORCED, NEARLY, NOT_FORCED, FORTY, FIFTY, SNOW)):
        newsroom.take_in(wording, url=f"https://outlet.example/{place}")

    assert changed(newsroom) == []


@pytest.mark.parametrize("relation", [Relation.DISTINCT, Relation.CONTRADICTS, Relation.RELATED])
def test_what_people_kept_apart_stays_apart(newsroom: Newsroom, relation: Relation) -> None:
    placed(newsroom, FORCED, NEARLY, as_if=Relation.DISTINCT)
    decide(newsroom, FORCED, NEARLY, relation)

    assert changed(newsroom) == []


def test_a_change_that_people_decided_says_so(newsroom: Newsroom) -> None:
    placed(newsroom, FORCED, NEARLY, as_if=Relation.SAME)
    placed(newsroom, FORTY, FIFTY, as_if=Relation.DISTINCT)
    decide(newsroom, FORCED, NEARLY, Relation.RELATED)
    decide(newsroom, FORTY, FIFTY, Relation.SAME)

    joins, parts = changed(newsroom)

    assert (joins.kind, joins.appearance_id, joins.reasons[1:]) == ("joins", 4, ("people called the two the same",))
    assert (parts.kind, parts.appearance_id, parts.reasons) == ("parts", 2, ("people kept the two apart",))


def test_copies_that_people_parted_say_so(sqlite_newsroom: Newsroom) -> None:
    newsroom = sqlite_newsroom
    (claim_id,) = placed(newsroom, FORCED, as_if=Relation.SAME)
    newsroom.take_in(FORCED, url="https://copy.example/1")
    with newsroom.writing() as session:
        pairs.decide_copies(session, [1], [2], Relation.DISTINCT, by=newsroom.bo, now=NOW)

    (parts,) = changed(newsroom)

    assert (parts.kind, parts.from_id, parts.reasons) == ("parts", claim_id, ("people kept the two apart",))


def test_what_people_called_the_same_stays_and_comes_together(newsroom: Newsroom) -> None:
    (kept, _) = placed(newsroom, FORTY, FIFTY, as_if=Relation.SAME)
    (other, late) = placed(newsroom, FORCED, SNOW, as_if=Relation.DISTINCT)
    decide(newsroom, FORTY, FIFTY, Relation.SAME)
    decide(newsroom, FORCED, SNOW, Relation.SAME)

    assert [(one.from_id, one.to_id) for one in changed(newsroom)] == [(late, other)]
    assert kept not in {one.from_id for one in changed(newsroom)}


def test_claims_that_a_person_merged_stay_one_whatever_their_words(newsroom: Newsroom) -> None:
    first, second = newsroom.claim(FORTY), newsroom.claim(SNOW)
    with newsroom.writing() as session:
        curation.reword(session, first, "Ankara pays Moscow.", by=newsroom.bo, seen_version=1, now=NOW)
        curation.merge(session, second, first, by=newsroom.bo, seen_version=1, now=NOW)

    assert changed(newsroom) == []


def test_copies_that_a_person_split_stay_apart(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim(FORCED, outlets=("one", "two", "three"))
    with newsroom.writing() as session:
        curation.split(session, claim_id, [2], "Another time", by=newsroom.bo, seen_version=1, now=NOW)

    assert changed(newsroom) == []


def test_what_people_keep_together_stays_so_after_the_machine_moved_it(newsroom: Newsroom) -> None:
    (old,) = placed(newsroom, NEARLY, as_if=Relation.SAME)
    decide(newsroom, NEARLY, FORCED, Relation.DISTINCT)
    first, second = newsroom.claim(FORCED), newsroom.claim(SNOW)
    with newsroom.writing() as session:
        curation.merge(session, second, first, by=newsroom.bo, seen_version=1, now=NOW)
        session.execute(text("DELETE FROM pair_decision"))
    assert homes(newsroom) == {1: old, 2: first, 3: first}

    decide(newsroom, NEARLY, FORCED, Relation.SAME)
    applied(newsroom)
    assert set(homes(newsroom).values()) == {old}

    assert changed(newsroom) == []
    decide(newsroom, NEARLY, FORCED, Relation.DISTINCT)
    parted = changed(newsroom)
    assert [one.appearance_id for one in parted] == [2, 3]
    applied(newsroom)
    assert homes(newsroom)[2] == homes(newsroom)[3] != old


@pytest.mark.parametrize("is_published", [False, True])
def test_a_claim_with_a_verdict_loses_and_gains_nothing(newsroom: Newsroom, is_published: bool) -> None:
    placed(newsroom, FORCED, NEARLY, as_if=Relation.DISTINCT)
    (judged, _) = placed(newsroom, FORTY, FIFTY, as_if=Relation.SAME)
    for claim_id in (1, judged):
        newsroom.publish(claim_id) if is_published else newsroom.draft(claim_id)
    before = homes(newsroom)

    applied(newsroom)

    assert homes(newsroom) == before
    assert planned(newsroom).claims_with_verdict == 2


def test_what_would_join_a_claim_with_a_verdict_is_proposed_once(newsroom: Newsroom) -> None:
    judged, other = placed(newsroom, FORCED, NEARLY, as_if=Relation.DISTINCT)
    newsroom.publish(judged)

    found = changed(newsroom)
    run_id = applied(newsroom)

    assert [(one.kind, one.appearance_id, one.from_id, one.to_id) for one in found] == [("asks", 2, other, judged)]
    with newsroom.reading() as session:
        proposal = session.exec(select(Match).where(Match.state == MatchState.SUGGESTED)).one()
    assert (proposal.claim_id, proposal.relation, proposal.run_id) == (judged, Relation.SAME, run_id)
    assert newsroom.stored_claim(judged).suggestions == 1
    assert planned(newsroom).regrouping.changes_nothing
    assert newsroom.proof().problems == ()


@pytest.mark.parametrize("left", [FORCED, NEARLY])
def test_what_a_person_kept_from_a_claim_with_a_verdict_is_not_proposed(newsroom: Newsroom, left: str) -> None:
    judged, _ = placed(newsroom, FORCED, NEARLY, as_if=Relation.DISTINCT)
    newsroom.publish(judged)
    decide(newsroom, left, {FORCED: NEARLY, NEARLY: FORCED}[left], Relation.RELATED)

    assert changed(newsroom) == []


def test_what_a_person_called_the_same_as_a_verdicts_claim_is_proposed_though_a_guard_fires(
    sqlite_newsroom: Newsroom,
) -> None:
    judged, _ = placed(sqlite_newsroom, FORTY, FIFTY, as_if=Relation.DISTINCT)
    sqlite_newsroom.publish(judged)
    decide(sqlite_newsroom, FORTY, FIFTY, Relation.SAME)

    (question,) = changed(sqlite_newsroom)

    assert (question.kind, question.to_id) == ("asks", judged)
    assert question.reasons != ()


def test_a_copy_that_a_person_split_from_a_claim_with_a_verdict_is_not_proposed(sqlite_newsroom: Newsroom) -> None:
    claim_id = sqlite_newsroom.claim(FORCED, outlets=("one", "two"))
    with sqlite_newsroom.writing() as session:
        curation.split(session, claim_id, [2], "", by=sqlite_newsroom.bo, seen_version=1, now=NOW)
        session.execute(text("DELETE FROM match WHERE state = 'detached'"))
    sqlite_newsroom.publish(claim_id)

    assert changed(sqlite_newsroom) == []


def test_a_run_that_regrouped_is_kept_logged_and_made_again(newsroom: Newsroom) -> None:
    placed(newsroom, FORCED, NEARLY, as_if=Relation.DISTINCT)
    placed(newsroom, FORTY, FIFTY, as_if=Relation.SAME)
    run_id = applied(newsroom)
    decide(newsroom, FORCED, NEARLY, Relation.DISTINCT)
    applied(newsroom)

    with newsroom.reading() as session:
        run = session.get_one(MatchRun, run_id)
        events = [(event, json.loads(event.details)) for event in session.exec(select(AuditEvent))]
        logged = [event.action for event, details in events if details.get("run") == run_id]
        by = {(event.actor, details["ran_by"]) for event, details in events if details.get("run") == run_id}
        again = replay(session, run_id, scorer=shipped_scorer(), done=silent)
    assert (run.kind, run.actor, run.last_appearance_id) == (MatchRunKind.RERUN, "command line", 4)
    assert run.counts == {"appearances": 4, "claims": 3, "moved": 2, "opened": 1, "closed": 1, "suggestions": 0}
    assert logged == ["match:detach", "match:group", "claim:add", "match:detach", "match:group", "claim:merge"]
    assert by == {("machine", "command line")}
    assert (again.difference, again.sha256) == (None, run.result_sha256)
    assert newsroom.proof().problems == ()


def test_nothing_is_applied_to_what_changed_meanwhile(newsroom: Newsroom) -> None:
    placed(newsroom, FORCED, NEARLY, as_if=Relation.DISTINCT)
    stale = planned(newsroom)
    decide(newsroom, FORCED, NEARLY, Relation.DISTINCT)

    with pytest.raises(Conflict, match=r"changed meanwhile \(pair:decide, event \d+\), so nothing was applied"):
        rerun.apply(newsroom.engine, stale, ran_by="command line", now=NOW, done=silent)

    assert homes(newsroom) == {1: 1, 2: 2}


def test_somebody_who_signs_in_meanwhile_changes_nothing_about_a_plan(sqlite_newsroom: Newsroom) -> None:
    placed(sqlite_newsroom, FORCED, NEARLY, as_if=Relation.DISTINCT)
    plan = planned(sqlite_newsroom)
    with sqlite_newsroom.writing() as session:
        accounts.add_user(
            session,
            email="new@desk.example",
            name="New",
            role=Role.REVIEWER,
            password="long enough for us",
            actor="setup",
            now=NOW,
        )

    assert rerun.apply(sqlite_newsroom.engine, plan, ran_by="command line", now=NOW, done=silent)


def test_what_is_stopped_half_way_leaves_nothing_behind(newsroom: Newsroom) -> None:
    placed(newsroom, FORCED, NEARLY, as_if=Relation.DISTINCT)
    plan, before = planned(newsroom), newsroom.count(AuditEvent)

    def stop(at: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rerun.apply(newsroom.engine, plan, ran_by="command line", now=NOW, done=stop)

    assert homes(newsroom) == {1: 1, 2: 2}
    assert newsroom.count(AuditEvent) == before


def test_a_page_that_a_reviewer_has_open_is_stale_after_regrouping(sqlite_newsroom: Newsroom) -> None:
    old, _ = placed(sqlite_newsroom, FORCED, NEARLY, as_if=Relation.DISTINCT)
    third = sqlite_newsroom.claim(SNOW)
    applied(sqlite_newsroom)

    with sqlite_newsroom.writing() as session, pytest.raises(Conflict):
        curation.reword(session, old, "Else", by=sqlite_newsroom.bo, seen_version=1, now=NOW)
    assert sqlite_newsroom.version(Claim, third) == 1


def test_proposals_go_along_with_a_claim_that_joins(sqlite_newsroom: Newsroom) -> None:
    old, late = placed(sqlite_newsroom, FORCED, NEARLY, as_if=Relation.DISTINCT)
    match_id = sqlite_newsroom.suggest(sqlite_newsroom.claim(SNOW), late)

    applied(sqlite_newsroom)

    with sqlite_newsroom.reading() as session:
        assert session.get_one(Match, match_id).claim_id == old
    assert sqlite_newsroom.stored_claim(old).suggestions == 1


def test_decisions_are_found_after_the_matcher_folds_otherwise(newsroom: Newsroom) -> None:
    placed(newsroom, FORCED, NEARLY, as_if=Relation.DISTINCT)
    decide(newsroom, FORCED, NEARLY, Relation.DISTINCT)
    with newsroom.writing() as session:
        session.execute(text("UPDATE pair_decision SET first_key = 'a', second_key = 'b'"))
        session.execute(text("UPDATE match_run SET matcher_version = '0'"))

    assert changed(newsroom) == []
    newsroom.take_in(SNOW, url="https://late.example/1")
    with newsroom.reading() as session:
        assert pairs.find(session, FORCED, NEARLY) is not None


def test_every_part_of_the_work_says_how_far_it_is(sqlite_newsroom: Newsroom) -> None:
    placed(sqlite_newsroom, FORCED, NEARLY, as_if=Relation.DISTINCT)
    sqlite_newsroom.claim(SNOW)
    heard: list[tuple[int, int]] = []

    plan = rerun.plan(sqlite_newsroom.engine, shipped_scorer(), now=NOW, done=lambda at, of: heard.append((at, of)))
    with sqlite_newsroom.reading() as session:
        changes(session, plan, done=lambda at, of: heard.append((at, of)))

    assert heard == [(3, 3), (0, 0), (1, 2), (2, 2), (1, 1)]


def test_computing_asks_few_questions_however_much_is_stored(newsroom: Newsroom) -> None:
    for place, wording in enumerate((FORCED, NOT_FORCED, FORTY, FIFTY, SNOW)):
        newsroom.take_in(wording, url=f"https://outlet.example/{place}")
    few = asked(newsroom)
    for place in range(12):
        newsroom.take_in(f"Town {place} closed bridge {place} over river {place}.", url=f"https://town.example/{place}")

    assert asked(newsroom) == few


def asked(newsroom: Newsroom) -> int:
    """How many statements the engine ran for a plan."""
    with counted(newsroom) as statements:
        planned(newsroom)
    return len(statements)


@contextmanager
def counted(newsroom: Newsroom) -> Iterator[list[str]]:
    """The statements that run meanwhile."""
    statements: list[str] = []

    def note(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    event.listen(newsroom.engine, "before_cursor_execute", note)
    yield statements
    event.remove(newsroom.engine, "before_cursor_execute", note)
