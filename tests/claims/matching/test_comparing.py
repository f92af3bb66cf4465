"""What is proposed about two wordings, and about a wording and a claim."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors import InvalidDraft
from claims.matching import (
    THRESHOLDS,
    PairScorer,
    Proposal,
    Wording,
    compare,
    compare_wordings,
    judge,
    judge_each,
    shipped_scorer,
)
from claims.matching.proposals import mean_of_best
from claims.matching.scoring.features import Features
from claims.matching.scoring.profiles import Profile

OFFICIALS = "[Turkish officials] had no choice but to purchase the S-400"
ANKARA = "[Ankara] was forced to buy the S-400"
AT_LENGTH = (
    "[Ankara] was forced to buy the Russian system after Washington refused to sell its Patriot missile defense "
    "system to Turkey on favorable terms"
)
WORDS = st.sampled_from(
    [
        "Ankara",
        "Athens",
        "Russia",
        "bought",
        "sold",
        "forced",
        "jets",
        "missiles",
        "40",
        "48",
        "2019",
        "the",
        "to",
        "by",
        "never",
        "officials",
        "rose",
    ]
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)


def test_the_paraphrase_is_found() -> None:
    assert compare(OFFICIALS, ANKARA).proposal is Proposal.GROUP


@pytest.mark.parametrize("other", [OFFICIALS, ANKARA])
@pytest.mark.parametrize("word", ["not", "never"])
def test_the_denial_is_kept_apart_and_says_why(other: str, word: str) -> None:
    comparison = compare(f"[Ankara] was {word} forced to buy the S-400", other)

    assert comparison.proposal is Proposal.CONTRADICTS
    assert comparison.guards[0].sentence == f"differs by *{word}*"


def test_the_changed_number_is_kept_apart_and_says_why() -> None:
    comparison = compare("[Turkey] had ordered 40 F-35 jets", "[Turkey] had ordered 48 F-35 jets")

    assert comparison.proposal is Proposal.CONTRADICTS
    assert comparison.guards[0].sentence == "40 against 48"


def test_unrelated_wordings_are_apart() -> None:
    comparison = compare(ANKARA, "The storm delays the start of the Republican convention")

    assert comparison.proposal is Proposal.APART


def test_a_short_wording_is_only_ever_suggested() -> None:
    assert compare("Taxes rose sharply", "Taxes rose sharply").proposal is Proposal.SUGGEST


def test_a_part_of_a_longer_wording_is_proposed() -> None:
    whole = (
        "Turkey bought the missile system from Russia after years of talks with its allies had failed, lawmakers said"
    )

    part = "Turkey bought the missile system from Russia"

    assert compare(part, whole).proposal in {Proposal.SUGGEST, Proposal.GROUP}


def test_an_explanation_is_json_with_everything_it_was_said_from() -> None:
    comparison = compare("Turkey ordered 40 new jets", "Turkey ordered 48 new jets")

    explained = json.loads(json.dumps(comparison.as_json()))

    assert explained["score"] == comparison.score
    assert explained["guards"] == [{"rule": "number", "sentence": "40 against 48", "weight": "stops"}]
    assert set(explained["scores"]) == {
        "weight",
        "overlap",
        "cover",
        "order",
        "letters",
        "contained",
        "meaning",
        "alike",
    }
    assert explained["proposal"] == "contradicts"
    assert explained["thresholds"] == asdict(THRESHOLDS)
    assert explained["version"] == shipped_scorer().version


def test_a_claim_is_judged_by_the_mean_of_its_wordings() -> None:
    members = [Wording(ANKARA), Wording(AT_LENGTH)]

    judgement = judge(Wording(OFFICIALS), members)

    pairs = [compare_wordings(Wording(OFFICIALS), member) for member in members]
    assert judgement.score == pytest.approx((pairs[0].score + pairs[1].score) / 2, abs=0.01)
    assert (judgement.closest, judgement.comparison) == (0, pairs[0])
    assert judgement.proposal in {Proposal.GROUP, Proposal.SUGGEST}


def test_of_four_wordings_the_one_that_is_least_alike_does_not_count() -> None:
    alike = [ANKARA, f"{ANKARA}, ministers say", f"Ministers say that {ANKARA}"]
    members = [Wording(text) for text in (*alike, "The purchase was anything but voluntary")]

    judgement = judge(Wording(OFFICIALS), members)

    scores = [compare_wordings(Wording(OFFICIALS), member).score for member in members]
    assert min(scores) == scores[-1]
    assert judgement.score == pytest.approx(sum(scores[:3]) / 3, abs=0.01)


def test_three_quarters_of_the_scores_count_rounded_up() -> None:
    assert mean_of_best([30.0]) == 30
    assert mean_of_best([0.0, 30.0]) == 15
    assert mean_of_best([30.0, 0.0, 60.0]) == 30
    assert mean_of_best([30.0, 0.0, 90.0, 60.0]) == 60
    assert mean_of_best([0.0, 50.0, 0.0, 50.0, 50.0]) == 37.5
    assert mean_of_best([0.0, 60.0, 0.0, 60.0, 60.0, 0.0]) == 36


def test_one_wording_that_a_guard_stops_keeps_the_claim_apart() -> None:
    members = [
        Wording("Turkey ordered 48 new jets from Spain"),
        Wording("Turkey placed an order for new jets in Spain"),
    ]

    judgement = judge(Wording("Turkey ordered 40 new jets from Spain"), members)

    assert judgement.proposal is Proposal.CONTRADICTS
    assert "40 against 48" in [guard.sentence for guard in judgement.guards]


def test_a_copy_of_one_wording_is_grouped_whatever_the_others_say() -> None:
    judgement = judge(Wording(ANKARA), [Wording(AT_LENGTH), Wording("ankara was forced to buy the S-400.")])

    assert (judgement.closest, judgement.proposal) == (1, Proposal.GROUP)
    assert judgement.score == judgement.comparison.score == compare(ANKARA, ANKARA).score


def test_a_claim_without_wordings_cannot_be_judged() -> None:
    with pytest.raises(InvalidDraft, match="without wordings"):
        judge(Wording(ANKARA), [])


@given(SENTENCES)
def test_a_wording_is_enough_like_itself_to_be_grouped(text: str) -> None:
    comparison = compare(text, text)

    assert comparison.score >= THRESHOLDS.group
    assert comparison.guards == ()


@given(st.lists(WORDS, min_size=1, max_size=10), st.data(), st.sampled_from(["not", "never"]))
def test_a_wording_and_its_negation_are_never_grouped(words: list[str], data: st.DataObject, negation: str) -> None:
    place = data.draw(st.integers(0, len(words)))

    negated = [*words[:place], negation, *words[place:]]

    assert compare(" ".join(words), " ".join(negated)).proposal is not Proposal.GROUP


@dataclass(frozen=True, eq=False)
class Counting(PairScorer):
    """The shipped scorer, which counts how often it measures."""

    measurings: list[int] = field(default_factory=list)

    def measure(self, left: Sequence[Profile], right: Sequence[Profile]) -> tuple[Features, Features]:
        self.measurings.append(len(left))
        return PairScorer.measure(self, left, right)


@given(SENTENCES, st.lists(st.lists(SENTENCES, min_size=1, max_size=4), max_size=5))
def test_many_claims_are_judged_as_each_alone_and_measured_at_once(new: str, claims: list[list[str]]) -> None:
    known = [[Wording(text) for text in members] for members in claims]
    scorer = Counting(shipped_scorer().model, shipped_scorer().model_version)

    found = judge_each(Wording(new), known, scorer=scorer)

    assert found == [judge(Wording(new), members) for members in known]
    assert len(scorer.measurings) == 1
