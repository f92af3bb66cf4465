"""Check-worthiness: the model ranks what can be checked first, and finding does without it where it is told to."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.drafts import ArticleDraft
from claims.errors import InvalidDraft
from scrapers.statements import drafts, find
from scrapers.statements.learned.ranking import average_precision, ranking
from scrapers.statements.learned.worthiness import FILE_NAME, WorthinessModel
from scrapers.statements.learned.worthiness_features import features
from scrapers.statements.learned.worthiness_fitting import LabelledSentence, fit, heuristic, labelled_sentences
from scrapers.statements.models import NO_MODELS, Models, chosen_models, shipped_folder, shipped_models
from scrapers.statements.packs import pack_for
from scrapers.statements.worthiness import check_worthiness, check_worthiness_in_order

CHECKABLE = [
    "Unemployment fell to 4 percent last year, the lowest rate since 1969.",
    "The ministry spent $40 million on three bridges in two years.",
    "She voted against the school budget 12 times.",
    "Larkhaven has lost half of its fishing jobs since 2011.",
]
NOT_CHECKABLE = [
    "Thank you all, and good evening.",
    "What would you do about it?",
    "I hope that we can work together.",
    "Let me say this to you.",
]


def labelled(debates: int) -> list[LabelledSentence]:
    return [
        LabelledSentence(str(debate), text, check_worthy)
        for debate in range(debates)
        for texts, check_worthy in ((CHECKABLE, True), (NOT_CHECKABLE, False))
        for text in texts
    ]


@pytest.mark.parametrize("models", [shipped_models("en"), NO_MODELS], ids=["model", "by hand"])
def test_what_can_be_checked_ranks_above_what_cannot(models: Models) -> None:
    pack = pack_for("en", models)

    lowest = min(check_worthiness(text, pack) for text in CHECKABLE)
    highest = max(check_worthiness(text, pack) for text in NOT_CHECKABLE)

    assert 0 <= highest < lowest <= 1


def test_a_forecast_without_numbers_tells_the_model_from_the_weights_set_by_hand() -> None:
    thanks = "I want to thank Governor Ana Ruiz, Senator Bell and the people of Larkhaven"

    by_hand = check_worthiness(thanks, pack_for("en", NO_MODELS))

    assert check_worthiness(thanks, pack_for("en")) < 0.3 < 0.5 < by_hand


def test_a_sentence_beside_facts_scores_above_the_same_beside_thanks() -> None:
    pack = pack_for("en")
    sentence = "That was a mistake."

    among_facts = check_worthiness_in_order([CHECKABLE[0], sentence, CHECKABLE[1]], pack)
    among_thanks = check_worthiness_in_order([NOT_CHECKABLE[0], sentence, NOT_CHECKABLE[1]], pack)

    assert among_facts[1] > among_thanks[1]
    assert check_worthiness_in_order([], pack) == []


def test_finding_uses_the_model_that_it_is_given() -> None:
    text = "The mayor said the bridge had cost 40 million."
    certain = Models(WorthinessModel("en", bias=50.0, slope=1.0, shift=0.0, weights={}))

    (with_model,), (without,) = find(text, models=certain), find(text, models=NO_MODELS)

    assert (with_model.check_worthiness, without.check_worthiness < 1) == (1.0, True)


def test_a_language_without_a_model_is_weighed_by_hand() -> None:
    text = "Bakan, köprünün 40 milyon liraya mal olduğunu söyledi."
    article = ArticleDraft("https://news.example/story", "Köprü", text, "tr")

    assert shipped_models("tr-TR") == NO_MODELS
    assert drafts(article) == drafts(article, NO_MODELS)


@given(st.text(max_size=400))
def test_any_text_scores_from_0_to_1(text: str) -> None:
    assert 0 <= check_worthiness(text, pack_for("en")) <= 1


@pytest.mark.parametrize("unit", ["a'", "1,", "$", "A ", "n't ", "“", "\x00", "İ"])
def test_a_hostile_sentence_has_bounded_features(unit: str) -> None:
    found = features(unit * 200_000)

    assert len(found) < 2_000
    assert all(len(name) <= 60 for name in found)


def test_the_shipped_model_holds_numbers_and_single_words_alone() -> None:
    model = shipped_models("en").check_worthiness

    assert model is not None
    assert (shipped_folder("en") / FILE_NAME).stat().st_size < 300_000
    words = [name for name in model.weights if name.lower() == name]
    assert len(words) > 1_000
    assert not [word for word in words if " " in word or len(word) > 40]


def test_a_model_reads_back_as_it_was_written(tmp_path: Path) -> None:
    model = WorthinessModel("en", bias=-1.5, slope=0.5, shift=0.25, weights={"job": 0.75, "€": -1.0})
    path = tmp_path / FILE_NAME

    path.write_text(model.as_json(), encoding="utf-8")

    assert WorthinessModel.read(path) == model


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ('"bias": -1.5', '"bias": NaN'),
        ('"bias": -1.5', '"bias": true'),
        ('"job": 0.75', '"job": "0.75"'),
        ('"job": 0.75', '"job": 1e999'),
        ("claimline check-worthiness 1", "claimline check-worthiness 2"),
        ('"slope": 0.5,', ""),
        ("{", "["),
        ("{", "[" * 100_000),
    ],
)
def test_a_file_that_is_no_model_is_refused_by_name(tmp_path: Path, written: str, instead: str) -> None:
    text = WorthinessModel("en", bias=-1.5, slope=0.5, shift=0.25, weights={"job": 0.75}).as_json()
    path = tmp_path / FILE_NAME
    assert written in text
    path.write_text(text.replace(written, instead, 1), encoding="utf-8")

    with pytest.raises(InvalidDraft, match=f"{FILE_NAME} is no model of check-worthiness"):
        chosen_models(tmp_path)


def test_a_folder_without_a_model_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(InvalidDraft, match=r"CLAIMLINE_MODELS.*holds no model"):
        chosen_models(tmp_path)


def test_the_setting_chooses_the_models_of_each_language(tmp_path: Path) -> None:
    own = WorthinessModel("en", bias=1.0, slope=1.0, shift=0.0, weights={})
    (tmp_path / FILE_NAME).write_text(own.as_json(), encoding="utf-8")

    assert chosen_models(tmp_path)("en-GB").check_worthiness == own
    assert chosen_models(tmp_path)("tr").check_worthiness is None
    assert chosen_models("off")("en") == NO_MODELS
    assert chosen_models("shipped")("en") == shipped_models("en") != NO_MODELS


def test_a_fitted_model_has_learned_its_labels_and_is_measured_on_what_it_did_not_see() -> None:
    rounds: list[int] = []

    fitted = fit(labelled(8), done=lambda at, of: rounds.append(of - at))

    assert (fitted.debates, fitted.sentences, fitted.held_out) == (6, 48, ("3", "7"))
    assert (fitted.on_held_out.map, fitted.everywhere.auc) == (1.0, 1.0)
    assert rounds == [3, 2, 1, 0]
    assert fitted.model.score("Crime fell by 12 percent last year.") > 0.7 > fitted.model.score("Thank you.")


def test_the_heuristic_takes_digits_first_and_then_the_longer_sentence() -> None:
    assert heuristic("In 2004.") > heuristic("A sentence of some length.") > heuristic("Short.")


def test_fitting_with_labels_upside_down_turns_the_ranking_over() -> None:
    rows = [LabelledSentence(row.debate, row.text, not row.check_worthy) for row in labelled(8)]

    model = fit(rows).model

    assert max(map(model.score, CHECKABLE)) < min(map(model.score, NOT_CHECKABLE))


@pytest.mark.parametrize(("debates", "label", "why"), [(3, None, "too few"), (4, True, "true, and some with false")])
def test_what_cannot_be_fitted_is_refused(debates: int, label: bool | None, why: str) -> None:
    rows = [row for row in labelled(debates) if label in (None, row.check_worthy)]

    with pytest.raises(InvalidDraft, match=why):
        fit(rows)


@pytest.mark.parametrize(
    "line",
    [
        b"not json",
        b"[]",
        b"[" * 100_000,
        b'{"debate": 1, "text": "A.", "check_worthy": 1}',
        b'{"debate": 1, "text": " ", "check_worthy": true}',
        b'{"debate": null, "text": "A.", "check_worthy": true}',
        b'{"text": "A.", "check_worthy": true}',
        b'\xff{"debate": 1}',
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "debates.jsonl"
    path.write_bytes(b'{"debate": 1, "text": "A.", "check_worthy": true}\n\n' + line)

    with pytest.raises(InvalidDraft, match=r"debates\.jsonl, line 3: "):
        labelled_sentences(path)


def test_the_ranking_is_what_the_books_say() -> None:
    assert average_precision([True, False, True], [3, 2, 1]) == pytest.approx((1 + 2 / 3) / 2)
    assert ranking([([True, False], [1, 1])]).auc == 0.5
    assert ranking([([True, False, False], [2, 3, 1]), ([False], [1])]).auc == 0.25
