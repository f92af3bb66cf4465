"""What people decided about the matcher's proposals, counted by score: the latest word holds."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import curation
from claims.audit import MACHINE
from claims.grouping import pairs
from claims.models import Claim, Match, Relation
from claims.moving import Mover, homes_in, move
from claims.queries.proposals import Outcome, Proposed
from claims.queries.suggestions import ReportFilter, Share, SuggestionReport, suggestion_report, total_of
from tests.claims.builders import FORCED, NOW, SNOW, Newsroom
from tests.claims.plans import plans

BRIDGE = "The bridge over the river was closed after the flood."
UNLIKE = (
    SNOW,
    BRIDGE,
    "Bakers in Porto want cheaper flour.",
    "A comet will pass the moon on Tuesday.",
    "The library lends violins to children.",
)


def propose(
    newsroom: Newsroom,
    from_claim: int,
    to_claim: int,
    score: float = 72.0,
    *,
    proposal: str = "suggest",
    guards: Mapping[str, str] | None = None,
    version: str = "1",
    at: datetime = NOW,
) -> int:
    """The id of a proposal for the first appearance of a claim, as the matcher stores it; guards are rule to weight."""
    match_id = newsroom.suggest(
        from_claim, to_claim, Relation.CONTRADICTS if proposal == "contradicts" else Relation.SAME
    )
    fired = [{"rule": rule, "sentence": rule, "weight": weight} for rule, weight in (guards or {}).items()]
    with newsroom.writing() as session:
        match = session.get_one(Match, match_id)
        match.score, match.created_at = score, at
        match.explanation = {"proposal": proposal, "guards": fired, "version": version}
        session.add(match)
    return match_id


def confirm(newsroom: Newsroom, match_id: int) -> None:
    """Group what is proposed."""
    seen = newsroom.version(Match, match_id)
    with newsroom.writing() as session:
        curation.confirm(session, match_id, by=newsroom.ada, seen_version=seen, now=NOW)


def reject(newsroom: Newsroom, match_id: int, relation: Relation = Relation.DISTINCT) -> None:
    """Keep what is proposed out."""
    with newsroom.writing() as session:
        curation.reject(session, match_id, by=newsroom.ada, seen_version=1, relation=relation, now=NOW)


def split(newsroom: Newsroom, claim_id: int, appearance_id: int) -> int:
    """Make a claim of its own of one appearance; its id."""
    seen = newsroom.version(Claim, claim_id)
    with newsroom.writing() as session:
        return curation.split(session, claim_id, [appearance_id], "", by=newsroom.ada, seen_version=seen, now=NOW)


def merge(newsroom: Newsroom, claim_id: int, into_id: int) -> None:
    """Make two claims one."""
    seen = newsroom.version(Claim, claim_id)
    with newsroom.writing() as session:
        curation.merge(session, claim_id, into_id, by=newsroom.ada, seen_version=seen, now=NOW)


def report(newsroom: Newsroom, wanted: ReportFilter | None = None) -> SuggestionReport:
    """The report as things stand."""
    with newsroom.reading() as session:
        return suggestion_report(session, wanted or ReportFilter())


def suggested(newsroom: Newsroom) -> Mapping[Outcome, int]:
    """How many suggestions came to what, over all bands."""
    return total_of(report(newsroom).suggested, Proposed.SAME).counts


def grouped(newsroom: Newsroom) -> Mapping[Outcome, int]:
    """How many automatic groupings came to what, over all bands."""
    return total_of(report(newsroom).grouped, Proposed.GROUPED).counts


def test_nothing_proposed_is_an_empty_report(newsroom: Newsroom) -> None:
    newsroom.claim(FORCED)

    assert report(newsroom) == SuggestionReport((), (), (), (), ())


def test_the_report_is_one_query_that_looks_up_where_wordings_live(newsroom: Newsroom) -> None:
    newsroom.claim(FORCED, outlets=("one", "two"))

    with newsroom.reading() as session:
        asked = plans(session, "", lambda: suggestion_report(session, ReportFilter()))

    assert len(asked) == 1
    assert "uq_match_home" in asked[0]


def test_a_rule_counts_once_for_a_suggestion_and_only_in_the_version_asked_for(newsroom: Newsroom) -> None:
    target = newsroom.claim(FORCED)
    for text, version in zip((SNOW, BRIDGE), ("1", "2"), strict=True):
        match_id = propose(newsroom, newsroom.claim(text), target, guards={"number": "asks"}, version=version)
        with newsroom.writing() as session:
            match = session.get_one(Match, match_id)
            match.explanation = match.explanation | {"guards": match.explanation["guards"] * 2}
        reject(newsroom, match_id)
    newsroom.suggest(newsroom.claim(UNLIKE[2]), target)

    def rules(wanted: ReportFilter) -> dict[str, Share]:
        return {row.rule: row.overridden for row in report(newsroom, wanted).guards}

    assert rules(ReportFilter()) == {"number": Share(0, 2)}
    assert rules(ReportFilter(version="2")) == {"number": Share(0, 1)}


def test_suggestions_are_counted_by_score_and_decision(newsroom: Newsroom) -> None:
    target = newsroom.claim(FORCED)
    others = [newsroom.claim(wording) for wording in UNLIKE]
    scores = (100.0, 90.0, 89.99, 70.0, 70.0)
    matches = [propose(newsroom, other, target, score) for other, score in zip(others, scores, strict=True)]

    confirm(newsroom, matches[0])
    reject(newsroom, matches[1], Relation.DISTINCT)
    reject(newsroom, matches[2], Relation.RELATED)
    reject(newsroom, matches[3], Relation.CONTRADICTS)

    bands = report(newsroom).suggested
    assert [(band.low, dict(band.counts)) for band in bands] == [
        (90, {Outcome.CONFIRMED: 1, Outcome.DISTINCT: 1}),
        (80, {Outcome.RELATED: 1}),
        (70, {Outcome.CONTRADICTS: 1, Outcome.WAITING: 1}),
    ]
    assert [(band.precision.part, band.precision.whole) for band in bands] == [(1, 2), (0, 1), (0, 1)]


def test_what_a_guard_kept_apart_was_right_when_people_say_that_it_contradicts(newsroom: Newsroom) -> None:
    target = newsroom.claim(FORCED)
    overridden, upheld = (
        propose(newsroom, newsroom.claim(text), target, proposal="contradicts") for text in (SNOW, BRIDGE)
    )
    confirm(newsroom, overridden)
    reject(newsroom, upheld, Relation.CONTRADICTS)

    (band,) = report(newsroom).kept_apart

    assert dict(band.counts) == {Outcome.CONFIRMED: 1, Outcome.CONTRADICTS: 1}
    assert band.precision == Share(1, 2)
    assert report(newsroom).suggested == ()


def test_a_guard_is_overridden_when_people_group_all_the_same(newsroom: Newsroom) -> None:
    target = newsroom.claim(FORCED)
    both = {"number": "stops", "date": "asks"}
    confirm(newsroom, propose(newsroom, newsroom.claim(SNOW), target, proposal="contradicts", guards=both))
    noted = {"number": "asks", "name": "notes"}
    reject(newsroom, propose(newsroom, newsroom.claim(BRIDGE), target, guards=noted))

    rows = {row.rule: row.overridden for row in report(newsroom).guards}

    assert rows == {"number": Share(1, 2), "date": Share(1, 1)}


def test_a_suggestion_that_was_confirmed_and_split_off_again_was_wrong(newsroom: Newsroom) -> None:
    target, other = newsroom.claim(FORCED), newsroom.claim(SNOW)
    moved = newsroom.appearances(other)[0]
    confirm(newsroom, propose(newsroom, other, target))
    assert suggested(newsroom) == {Outcome.CONFIRMED: 1}

    split(newsroom, target, moved)

    assert suggested(newsroom) == {Outcome.TAKEN_BACK: 1}
    assert total_of(report(newsroom).suggested, Proposed.SAME).precision == Share(0, 1)


def test_it_was_wrong_too_when_the_wording_that_it_was_compared_with_went(newsroom: Newsroom) -> None:
    target, other = newsroom.claim(FORCED), newsroom.claim(SNOW)
    compared = newsroom.appearances(target)[0]
    confirm(newsroom, propose(newsroom, other, target))

    split(newsroom, target, compared)

    assert suggested(newsroom) == {Outcome.TAKEN_BACK: 1}


def test_a_confirmed_suggestion_stays_right_when_its_claim_is_merged_elsewhere(newsroom: Newsroom) -> None:
    target, other, third = newsroom.claim(FORCED), newsroom.claim(SNOW), newsroom.claim(BRIDGE)
    confirm(newsroom, propose(newsroom, other, target))

    merge(newsroom, target, third)

    assert suggested(newsroom) == {Outcome.CONFIRMED: 1}


@pytest.mark.parametrize("is_rejected_first", [False, True])
def test_who_merges_two_claims_says_that_what_was_suggested_between_them_is_right(
    newsroom: Newsroom, is_rejected_first: bool
) -> None:
    target, other = newsroom.claim(FORCED), newsroom.claim(SNOW)
    match_id = propose(newsroom, other, target)
    if is_rejected_first:
        reject(newsroom, match_id)

    merge(newsroom, target, other)

    assert suggested(newsroom) == {Outcome.CONFIRMED: 1}


def test_a_suggestion_that_another_one_replaced_is_set_aside(newsroom: Newsroom) -> None:
    first, second, other = newsroom.claim(FORCED), newsroom.claim(BRIDGE), newsroom.claim(SNOW)
    propose(newsroom, other, first)
    propose(newsroom, other, second)

    merge(newsroom, first, second)

    assert suggested(newsroom) == {Outcome.WAITING: 1, Outcome.SET_ASIDE: 1}
    assert total_of(report(newsroom).suggested, Proposed.SAME).precision == Share(0, 0)


@pytest.mark.parametrize("going", [0, 1], ids=["the first wording goes", "the grouped one goes"])
def test_what_the_matcher_grouped_and_a_person_split_was_an_error(newsroom: Newsroom, going: int) -> None:
    claim_id = newsroom.claim(FORCED, outlets=("one", "two"))
    assert grouped(newsroom) == {Outcome.STANDS: 1}

    split(newsroom, claim_id, newsroom.appearances(claim_id)[going])

    assert grouped(newsroom) == {Outcome.PARTED: 1}
    assert total_of(report(newsroom).grouped, Proposed.GROUPED).parted == Share(1, 1)
    assert report(newsroom).suggested == ()


def test_what_a_person_split_stays_an_error_when_the_machine_moves_what_was_left(newsroom: Newsroom) -> None:
    claim_id, into_id = newsroom.claim(FORCED, outlets=("one", "two")), newsroom.claim(SNOW)
    gone, left = newsroom.appearances(claim_id)
    split(newsroom, claim_id, gone)

    with newsroom.writing() as session:
        (home,) = homes_in(session, claim_id)
        move(session, home, into_id, by=Mover(MACHINE), now=NOW)

    assert newsroom.appearances(into_id)[0] == left
    assert grouped(newsroom) == {Outcome.PARTED: 1}


def test_what_was_split_and_brought_back_stands_as_the_matcher_grouped_it(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim(FORCED, outlets=("one", "two"))
    new = split(newsroom, claim_id, newsroom.appearances(claim_id)[1])

    merge(newsroom, new, claim_id)

    assert grouped(newsroom) == {Outcome.STANDS: 1}
    assert report(newsroom).suggested == ()


def test_merging_a_claim_parts_nothing(newsroom: Newsroom) -> None:
    claim_id, into = newsroom.claim(FORCED, outlets=("one", "two")), newsroom.claim(SNOW)

    merge(newsroom, claim_id, into)

    assert grouped(newsroom) == {Outcome.STANDS: 1}


def test_what_people_called_the_same_before_is_not_to_the_matchers_credit(newsroom: Newsroom) -> None:
    denied = FORCED.replace("was forced", "was never forced")
    newsroom.claim(FORCED)
    with newsroom.writing() as session:
        pairs.decide(session, FORCED, denied, Relation.SAME, by=newsroom.ada, now=NOW)

    newsroom.claim(denied)

    assert newsroom.count(Claim) == 1
    assert report(newsroom).grouped == ()


def test_the_report_can_be_narrowed_to_days_and_to_a_version(newsroom: Newsroom) -> None:
    target = newsroom.claim(FORCED)
    for days, version in enumerate(("9+f", "10+a", "10+a")):
        at = NOW.replace(hour=23, minute=59) + timedelta(days=days)
        propose(newsroom, newsroom.claim(UNLIKE[days]), target, version=version, at=at)

    def count(wanted: ReportFilter) -> int:
        return total_of(report(newsroom, wanted).suggested, Proposed.SAME).total

    assert report(newsroom).versions == ("10+a", "9+f")
    assert count(ReportFilter()) == 3
    assert count(ReportFilter(from_on=date(2026, 11, 3))) == 2
    assert count(ReportFilter(to_on=date(2026, 11, 3))) == 2
    assert count(ReportFilter(date(2026, 11, 3), date(2026, 11, 3))) == 1
    assert count(ReportFilter(version="9+f")) == 1


def test_the_interval_is_wilsons() -> None:
    share = Share(96, 120)

    assert (round(share.low, 3), round(share.value, 3), round(share.high, 3)) == (0.72, 0.8, 0.862)
    assert (Share(4, 4).is_few, Share(5, 5).is_few) == (True, False)


@given(whole=st.integers(0, 10_000), share=st.floats(0, 1))
def test_the_interval_holds_the_share_and_is_a_share_itself(whole: int, share: float) -> None:
    found = Share(round(whole * share), whole)

    assert 0 <= found.low <= found.value <= found.high <= 1
    assert (found.low, found.high) == (0, 1) if whole == 0 else found.high - found.low < 1
