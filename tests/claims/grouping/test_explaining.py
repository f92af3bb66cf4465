"""Two wordings are explained by all that the matcher and people said about them."""

import pytest

from claims import curation
from claims.errors import NotFound
from claims.grouping import pairs
from claims.grouping.explaining import explain
from claims.matching import Proposal, compare, shipped_scorer
from claims.models import Relation
from tests.claims.builders import FORCED, NOW, Newsroom

NOT_FORCED = FORCED.replace("was forced", "was not forced")


def test_appearances_are_named_by_number_and_wordings_by_themselves(newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED)

    with newsroom.reading() as session:
        said = explain(session, "1", NOT_FORCED, scorer=shipped_scorer(), language="en")

    assert (said.left.appearance_id, said.left.wording.claimant) == (1, "Ankara")
    assert (said.right.appearance_id, said.right.wording.text) == (None, NOT_FORCED)
    assert said.comparison.proposal is Proposal.CONTRADICTS
    assert said.comparison.score == compare(FORCED, NOT_FORCED).score


@pytest.mark.parametrize(("named", "spoken"), [(None, "tr"), ("en", "en")])
def test_a_wording_is_in_the_language_of_the_other_side(
    sqlite_newsroom: Newsroom, named: str | None, spoken: str
) -> None:
    sqlite_newsroom.take_in(FORCED, language="tr")

    with sqlite_newsroom.reading() as session:
        said = explain(session, NOT_FORCED, "1", scorer=shipped_scorer(), language=named)

    assert (said.left.wording.language, said.right.wording.language) == (spoken, "tr")


@pytest.mark.parametrize("left", ["99", "0", "9" * 30])
def test_an_appearance_that_is_not_stored_is_named(sqlite_newsroom: Newsroom, left: str) -> None:
    with sqlite_newsroom.reading() as session, pytest.raises(NotFound, match=f"no appearance {left[:20]}"):
        explain(session, left, FORCED, scorer=shipped_scorer(), language="en")


@pytest.mark.parametrize("is_turned", [False, True])
def test_what_a_person_decided_is_said_in_either_order(newsroom: Newsroom, is_turned: bool) -> None:
    with newsroom.writing() as session:
        pairs.decide(session, FORCED, NOT_FORCED, Relation.RELATED, by=newsroom.bo, now=NOW)

    with newsroom.reading() as session:
        sides = (NOT_FORCED, FORCED) if is_turned else (FORCED, NOT_FORCED)
        decided = explain(session, *sides, scorer=shipped_scorer(), language="en").decided

    assert decided is not None
    assert (decided.relation, decided.by, decided.at) == (Relation.RELATED, "Bo", NOW)


def test_what_a_person_decided_about_two_copies_is_said(sqlite_newsroom: Newsroom) -> None:
    claim_id = sqlite_newsroom.claim(FORCED, outlets=("one", "two"))
    with sqlite_newsroom.writing() as session:
        curation.split(session, claim_id, [2], "", by=sqlite_newsroom.bo, seen_version=1, now=NOW)

    with sqlite_newsroom.reading() as session:
        decided = explain(session, "2", "1", scorer=shipped_scorer(), language="en").decided

    assert decided is not None
    assert decided.relation is Relation.DISTINCT


def test_the_json_has_the_words_the_comparison_and_the_decision(sqlite_newsroom: Newsroom) -> None:
    with sqlite_newsroom.reading() as session:
        said = explain(session, FORCED, NOT_FORCED, scorer=shipped_scorer(), language="en").as_json()

    assert "".join(run["text"] for run in said["right"]["runs"]) == NOT_FORCED
    assert [run["text"] for run in said["right"]["runs"] if run["kind"] == "only-here"] == ["not"]
    assert said["comparison"]["guards"][0]["weight"] == "stops"
    assert (said["decided"], said["left"]["language"]) == (None, "en")
