"""What people decide about claims: it holds, it is logged, and nobody overwrites anybody."""

from threading import Barrier, Thread

import pytest
from sqlmodel import select

from claims import curation
from claims.errors import ClaimsError, Conflict, IllegalTransition, InvalidDraft
from claims.grouping import pairs
from claims.matching import wording_key
from claims.models import AuditEvent, Claim, CopyDecision, Match, MatchState, Relation, User
from claims.queries.current import current_id
from tests.claims.builders import FORCED, NOW, RAIN, SNOW, Newsroom

CHOSE = "Turkish officials say that nobody else would have sold them an air shield."


def confirm(newsroom: Newsroom, match_id: int, *, by: User | None = None, seen: int = 1) -> int:
    """Confirm a match."""
    with newsroom.writing() as session:
        return curation.confirm(session, match_id, by=by or newsroom.bo, seen_version=seen, now=NOW)


def reject(newsroom: Newsroom, match_id: int, relation: Relation = Relation.DISTINCT, *, seen: int = 1) -> int:
    """Reject a match."""
    with newsroom.writing() as session:
        return curation.reject(session, match_id, by=newsroom.bo, seen_version=seen, relation=relation, now=NOW)


def merge(newsroom: Newsroom, claim_id: int, into_id: int) -> int:
    """Merge a claim into another."""
    seen = newsroom.version(Claim, claim_id)
    with newsroom.writing() as session:
        return curation.merge(session, claim_id, into_id, by=newsroom.bo, seen_version=seen, now=NOW)


def split(newsroom: Newsroom, claim_id: int, appearance_ids: list[int], text: str = "", *, seen: int = 1) -> int:
    """Split a claim."""
    with newsroom.writing() as session:
        return curation.split(session, claim_id, appearance_ids, text, by=newsroom.bo, seen_version=seen, now=NOW)


def reword(newsroom: Newsroom, claim_id: int, text: str, *, seen: int = 1) -> None:
    """Reword a claim."""
    with newsroom.writing() as session:
        curation.reword(session, claim_id, text, by=newsroom.bo, seen_version=seen, now=NOW)


def decided(newsroom: Newsroom, left: str, right: str) -> Relation | None:
    """What people last said about two wordings."""
    with newsroom.reading() as session:
        return pairs.decisions_about(session, left).get(wording_key(right))


def match(newsroom: Newsroom, match_id: int) -> Match:
    """The match as it is stored now."""
    with newsroom.reading() as session:
        return session.get_one(Match, match_id)


def address_of(newsroom: Newsroom, claim_id: int) -> int:
    """Where a claim's address leads."""
    with newsroom.reading() as session:
        return current_id(session, claim_id)


def test_a_confirmed_match_moves_the_appearance(newsroom: Newsroom) -> None:
    left, right = newsroom.claim(CHOSE, outlets=("one", "two")), newsroom.claim(FORCED)
    match_id = newsroom.suggest(left, right)

    assert confirm(newsroom, match_id) == right

    assert (newsroom.stored_claim(left).appearances, newsroom.stored_claim(right).appearances) == (1, 2)
    confirmed = match(newsroom, match_id)
    assert (confirmed.state, confirmed.decided_by_id) == (MatchState.CONFIRMED, newsroom.bo.id)
    assert newsroom.stored_claim(right).suggestions == 0
    assert decided(newsroom, CHOSE, FORCED) is Relation.SAME


def test_the_last_appearance_takes_its_claim_along(sqlite_newsroom: Newsroom) -> None:
    left, right = sqlite_newsroom.claim(CHOSE), sqlite_newsroom.claim(FORCED)
    sqlite_newsroom.cite(left, "Cited before")

    confirm(sqlite_newsroom, sqlite_newsroom.suggest(left, right))

    assert sqlite_newsroom.stored_claim(left).merged_into_id == right
    assert sqlite_newsroom.stored_evidence(1).claim_id == right
    assert address_of(sqlite_newsroom, left) == right


def test_the_last_appearance_of_a_claim_with_a_verdict_stays(sqlite_newsroom: Newsroom) -> None:
    left, right = sqlite_newsroom.claim(CHOSE), sqlite_newsroom.claim(FORCED)
    match_id = sqlite_newsroom.suggest(left, right)
    sqlite_newsroom.publish(left)

    with pytest.raises(IllegalTransition, match="cannot be merged away"):
        confirm(sqlite_newsroom, match_id)
    assert sqlite_newsroom.stored_claim(left).appearances == 1


@pytest.mark.parametrize("relation", [Relation.DISTINCT, Relation.CONTRADICTS, Relation.RELATED])
def test_a_rejected_match_leaves_the_appearance_and_is_remembered(
    sqlite_newsroom: Newsroom, relation: Relation
) -> None:
    left, right = sqlite_newsroom.claim(CHOSE), sqlite_newsroom.claim(FORCED)
    match_id = sqlite_newsroom.suggest(left, right)

    assert reject(sqlite_newsroom, match_id, relation) == right

    assert match(sqlite_newsroom, match_id).state is MatchState.REJECTED
    assert sqlite_newsroom.stored_claim(right).suggestions == 0
    assert sqlite_newsroom.stored_claim(left).appearances == 1
    assert decided(sqlite_newsroom, FORCED, CHOSE) is relation


def test_what_is_the_same_is_not_rejected(sqlite_newsroom: Newsroom) -> None:
    match_id = sqlite_newsroom.suggest(sqlite_newsroom.claim(CHOSE), sqlite_newsroom.claim(FORCED))

    with pytest.raises(InvalidDraft, match="distinct, contradicts or is related"):
        reject(sqlite_newsroom, match_id, Relation.SAME)


def test_a_match_is_decided_once(sqlite_newsroom: Newsroom) -> None:
    match_id = sqlite_newsroom.suggest(sqlite_newsroom.claim(CHOSE), sqlite_newsroom.claim(FORCED))
    reject(sqlite_newsroom, match_id)

    with pytest.raises(IllegalTransition, match="decided already: it is rejected"):
        confirm(sqlite_newsroom, match_id, seen=2)


def test_a_match_that_changed_since_it_was_seen_is_a_conflict(sqlite_newsroom: Newsroom) -> None:
    match_id = sqlite_newsroom.suggest(sqlite_newsroom.claim(CHOSE), sqlite_newsroom.claim(FORCED))

    for decide in (confirm, reject):
        with pytest.raises(Conflict, match="Somebody else changed this"):
            decide(sqlite_newsroom, match_id, seen=0)
    assert match(sqlite_newsroom, match_id).state is MatchState.SUGGESTED


def test_a_merged_claim_gives_all_it_has(newsroom: Newsroom) -> None:
    left, right, third = newsroom.claim(CHOSE, outlets=("one", "two")), newsroom.claim(FORCED), newsroom.claim(SNOW)
    newsroom.cite(left, "Cited before")
    waiting = newsroom.suggest(third, left)

    merge(newsroom, left, right)

    kept = newsroom.stored_claim(right)
    assert (kept.appearances, kept.outlets, kept.suggestions) == (3, 3, 1)
    assert newsroom.stored_claim(left).appearances == 0
    assert newsroom.stored_evidence(1).claim_id == right
    assert match(newsroom, waiting).claim_id == right


def test_a_proposal_that_both_claims_had_is_left_once(sqlite_newsroom: Newsroom) -> None:
    left, right, third = (sqlite_newsroom.claim(wording) for wording in (CHOSE, FORCED, SNOW))
    first, second = sqlite_newsroom.suggest(third, left), sqlite_newsroom.suggest(third, right)

    merge(sqlite_newsroom, left, right)

    states = [match(sqlite_newsroom, match_id).state for match_id in (first, second)]
    assert states == [MatchState.DETACHED, MatchState.SUGGESTED]
    assert sqlite_newsroom.stored_claim(right).suggestions == 1


def test_a_merged_claims_address_leads_on_through_every_merge(newsroom: Newsroom) -> None:
    first, second, third = (newsroom.claim(wording) for wording in (CHOSE, FORCED, SNOW))

    merge(newsroom, first, second)
    merge(newsroom, second, third)

    assert [address_of(newsroom, claim_id) for claim_id in (first, second, third)] == [third, third, third]


def test_a_merged_claim_is_not_worked_on_any_more(sqlite_newsroom: Newsroom) -> None:
    left, right = sqlite_newsroom.claim(CHOSE), sqlite_newsroom.claim(FORCED)
    merge(sqlite_newsroom, left, right)

    for step in (
        lambda: merge(sqlite_newsroom, left, right),
        lambda: merge(sqlite_newsroom, right, left),
        lambda: reword(sqlite_newsroom, left, "Other", seen=2),
        lambda: split(sqlite_newsroom, left, [1], seen=2),
    ):
        with pytest.raises(IllegalTransition, match=f"Claim {left} was merged into claim {right}"):
            step()


@pytest.mark.parametrize("state", ["draft", "published"])
def test_a_claim_with_a_verdict_is_not_merged_away(sqlite_newsroom: Newsroom, state: str) -> None:
    left, right = sqlite_newsroom.claim(CHOSE), sqlite_newsroom.claim(FORCED)
    sqlite_newsroom.draft(left) if state == "draft" else sqlite_newsroom.publish(left)

    with pytest.raises(IllegalTransition, match=f"Claim {left} has a verdict"):
        merge(sqlite_newsroom, left, right)
    merge(sqlite_newsroom, right, left)


@pytest.mark.parametrize("step", ["merge", "confirm"])
def test_no_evidence_slips_under_a_verdict_in_review(sqlite_newsroom: Newsroom, step: str) -> None:
    left, right = sqlite_newsroom.claim(CHOSE), sqlite_newsroom.claim(FORCED)
    sqlite_newsroom.cite(left, "Not seen by who approves")
    match_id = sqlite_newsroom.suggest(left, right)
    sqlite_newsroom.submit(sqlite_newsroom.draft(right))

    with pytest.raises(IllegalTransition, match="evidence stays as it is"):
        merge(sqlite_newsroom, left, right) if step == "merge" else confirm(sqlite_newsroom, match_id)
    assert sqlite_newsroom.stored_evidence(1).claim_id == left


def test_a_claim_is_not_merged_into_itself(sqlite_newsroom: Newsroom) -> None:
    claim_id = sqlite_newsroom.claim()

    with pytest.raises(InvalidDraft, match="into itself"):
        merge(sqlite_newsroom, claim_id, claim_id)


def test_a_split_makes_a_claim_of_what_was_ticked(newsroom: Newsroom) -> None:
    left, right = newsroom.claim(CHOSE), newsroom.claim(FORCED)
    merge(newsroom, left, right)
    going = newsroom.appearances(right)[0]

    new = split(newsroom, right, [going], seen=2)

    assert newsroom.appearances(new) == [going]
    assert newsroom.stored_claim(new).text == CHOSE
    assert (newsroom.stored_claim(new).appearances, newsroom.stored_claim(right).appearances) == (1, 1)
    assert decided(newsroom, CHOSE, FORCED) is Relation.DISTINCT


def test_a_split_claim_is_worded_as_the_reviewer_likes(sqlite_newsroom: Newsroom) -> None:
    claim_id = sqlite_newsroom.claim(outlets=("one", "two"))

    new = split(sqlite_newsroom, claim_id, [2], " Ankara had no choice. ")

    assert sqlite_newsroom.stored_claim(new).text == "Ankara had no choice."


@pytest.mark.parametrize(
    ("ticked", "message"),
    [([], "Tick the appearances"), ([1, 99], "each must belong"), ([1, 2], "Leave at least one"), ([3], "each must")],
)
def test_a_split_takes_some_of_a_claims_own_appearances(
    sqlite_newsroom: Newsroom, ticked: list[int], message: str
) -> None:
    claim_id = sqlite_newsroom.claim(outlets=("one", "two"))
    sqlite_newsroom.claim(SNOW)

    with pytest.raises(InvalidDraft, match=message):
        split(sqlite_newsroom, claim_id, ticked)


def test_splitting_what_somebody_else_changed_is_a_conflict(sqlite_newsroom: Newsroom) -> None:
    claim_id = sqlite_newsroom.claim(outlets=("one", "two"))
    reword(sqlite_newsroom, claim_id, "Other words")

    with pytest.raises(Conflict):
        split(sqlite_newsroom, claim_id, [1], seen=1)
    assert sqlite_newsroom.count(Claim) == 1


def test_merging_what_was_split_takes_the_split_back(newsroom: Newsroom) -> None:
    left, right = newsroom.claim(CHOSE), newsroom.claim(FORCED)
    merge(newsroom, left, right)
    new = split(newsroom, right, [newsroom.appearances(right)[0]], "Ankara had no choice.", seen=2)

    merge(newsroom, new, right)

    assert decided(newsroom, CHOSE, FORCED) is Relation.SAME
    newsroom.take_in(CHOSE, url="https://later.example/1")
    assert newsroom.stored_claim(right).appearances == 3


def test_confirming_takes_back_what_was_said_about_the_claims_other_wordings(sqlite_newsroom: Newsroom) -> None:
    left, right, third = sqlite_newsroom.claim(CHOSE), sqlite_newsroom.claim(FORCED), sqlite_newsroom.claim(SNOW)
    reject(sqlite_newsroom, sqlite_newsroom.suggest(left, third))
    merge(sqlite_newsroom, third, right)

    confirm(sqlite_newsroom, sqlite_newsroom.suggest(left, right))

    assert decided(sqlite_newsroom, CHOSE, SNOW) is Relation.SAME


def test_a_reworded_claim_is_found_by_its_new_words(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim()

    reword(newsroom, claim_id, "  Işık söndü ")

    claim = newsroom.stored_claim(claim_id)
    assert (claim.text, claim.version) == ("Işık söndü", 2)
    assert "isik sondu" in claim.search_text


def test_rewording_what_somebody_else_reworded_is_a_conflict(sqlite_newsroom: Newsroom) -> None:
    claim_id = sqlite_newsroom.claim()
    reword(sqlite_newsroom, claim_id, "Theirs")

    with pytest.raises(Conflict):
        reword(sqlite_newsroom, claim_id, "Mine")
    assert sqlite_newsroom.stored_claim(claim_id).text == "Theirs"


@pytest.mark.parametrize("text", ["", "  ", "\x00"])
def test_a_claim_needs_words(sqlite_newsroom: Newsroom, text: str) -> None:
    claim_id = sqlite_newsroom.claim()

    with pytest.raises(InvalidDraft, match="write the claim as one sentence"):
        reword(sqlite_newsroom, claim_id, text)
    assert sqlite_newsroom.version(Claim, claim_id) == 1


def test_every_decision_is_logged_with_who_made_it(sqlite_newsroom: Newsroom) -> None:
    left, right, third = (sqlite_newsroom.claim(wording) for wording in (CHOSE, FORCED, SNOW))
    confirm(sqlite_newsroom, sqlite_newsroom.suggest(left, right))
    reject(sqlite_newsroom, sqlite_newsroom.suggest(third, right))
    split(sqlite_newsroom, right, [1])
    reword(sqlite_newsroom, third, RAIN)

    with sqlite_newsroom.reading() as session:
        mine = select(AuditEvent.action).where(AuditEvent.actor == "bo@desk.example")
        actions = set(session.exec(mine))
    assert {"match:confirm", "match:detach", "claim:merge", "match:reject", "pair:decide"} <= actions
    assert {"claim:split", "claim:add", "claim:reword"} <= actions
    assert sqlite_newsroom.proof().problems == ()


def test_of_two_who_reword_at_the_same_time_one_gets_a_conflict(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim()
    together, outcomes = Barrier(2), list[str]()

    def write(words: str) -> None:
        together.wait()
        try:
            reword(newsroom, claim_id, words)
            outcomes.append(words)
        except Conflict:
            outcomes.append("conflict")

    at_once(write, "By Bo", "By Eve")

    assert outcomes.count("conflict") == 1
    assert newsroom.stored_claim(claim_id).text in outcomes
    assert newsroom.proof().problems == ()


def test_two_claims_that_are_merged_into_each_other_at_once_leave_one(newsroom: Newsroom) -> None:
    left, right = newsroom.claim(CHOSE), newsroom.claim(FORCED)
    together, outcomes = Barrier(2), list[str]()

    def join(claim_id: int) -> None:
        together.wait()
        try:
            with newsroom.writing() as session:
                into = right if claim_id == left else left
                curation.merge(session, claim_id, into, by=newsroom.bo, seen_version=1, now=NOW)
            outcomes.append("merged")
        except ClaimsError:
            outcomes.append("refused")

    at_once(join, left, right)

    assert sorted(outcomes) == ["merged", "refused"]
    assert address_of(newsroom, left) == address_of(newsroom, right)
    assert newsroom.proof().problems == ()


def test_articles_and_decisions_that_come_at_once_keep_the_log_whole(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim()

    def take_in(_: str) -> None:
        for number in range(5):
            newsroom.take_in(f"{SNOW} {number}", url=f"https://outlet.example/{number}")

    def decide(_: str) -> None:
        for number in range(5):
            reword(newsroom, claim_id, f"Wording {number}", seen=number + 1)

    threads = [Thread(target=take_in, args=("",)), Thread(target=decide, args=("",))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert newsroom.stored_claim(claim_id).version == 6
    assert newsroom.proof().problems == ()


def at_once(work, *arguments: object) -> None:  # type: ignore[no-untyped-def]
    """Do the work for each argument in a thread of its own, and wait for all."""
    threads = [Thread(target=work, args=(argument,)) for argument in arguments]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def relations_of_copies(newsroom: Newsroom) -> list[tuple[int, int, Relation]]:
    """What people said about copies of one wording."""
    with newsroom.reading() as session:
        return [(one.first_id, one.second_id, one.relation) for one in session.exec(select(CopyDecision))]


def test_copies_that_a_person_splits_stay_distinct_until_a_person_merges_them(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim(outlets=("one", "two"))

    new_id = split(newsroom, claim_id, [1], "Else")
    parted = relations_of_copies(newsroom)
    merge(newsroom, new_id, claim_id)

    assert parted == [(1, 2, Relation.DISTINCT)]
    assert relations_of_copies(newsroom) == [(1, 2, Relation.SAME)]


def test_a_copy_that_a_person_rejects_stays_distinct(newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED, url="https://one.example/1", claimant="Ankara")
    newsroom.take_in(FORCED, url="https://two.example/1", claimant="Paris")
    with newsroom.reading() as session:
        waiting = session.exec(select(Match.id).where(Match.state == MatchState.SUGGESTED)).one()

    reject(newsroom, waiting or 0, Relation.RELATED)

    assert relations_of_copies(newsroom) == [(1, 2, Relation.RELATED)]
