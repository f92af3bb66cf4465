import json
import random
from functools import cache
from pathlib import Path

import numpy as np
import pycrfsuite
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import InvalidDraft
from scrapers.statements import Statement, find
from scrapers.statements.learned import attribution
from scrapers.statements.learned.attribution import FILES, AttributionModel
from scrapers.statements.learned.attribution_data import Labelled, Marked, labelled_articles
from scrapers.statements.learned.attribution_fitting import Fitted, fit
from scrapers.statements.learned.chain import Chain, buckets, code
from scrapers.statements.learned.views import CueAt
from scrapers.statements.models import NO_MODELS, Models, chosen_models
from scrapers.statements.packs import pack_for

LABELS = ("A", "B")
PLACES = ("Oslo", "Bergen", "Molde", "Narvik", "Bodø")
WHAT = ("the tunnel was late", "40 ferries stayed in port", "the pact was void", "nobody had been paid")
# No lexicon has this verb: whoever finds it has learned it.
MADE_UP = "{who} glimmed that {what}. The harbour opened at noon."


def marked_article(who: str, what: str) -> Labelled:
    """An article whose one attribution is by the verb that no lexicon has."""
    text = MADE_UP.format(who=who, what=what)
    cue, content = text.index("glimmed"), text.index("that")
    spans = ((0, len(who)),), ((cue, cue + 7),), ((content, content + 5 + len(what)),)
    return Labelled(text, (Marked(*spans),))


@cache
def fitted() -> Fitted:
    """A model of twenty articles, fitted once for all tests."""
    return fit([marked_article(who, what) for who in PLACES for what in WHAT], pack_for("en", NO_MODELS))


def found_by(model: AttributionModel | None, text: str) -> list[Statement]:
    return [each for each in find(text, models=Models(None, model)) if each.cue]


def random_chain() -> tuple[Chain, bytes, list[list[list[int]]]]:
    """A chain that crfsuite fitted to noise, its file, and the noise."""
    dice = random.Random(7)
    sequences = [[[dice.randint(1, 9), dice.randint(10, 19)] for _ in range(dice.randint(1, 12))] for _ in range(60)]
    trainer = pycrfsuite.Trainer(verbose=False)
    for sequence in sequences:
        trainer.append([[str(each) for each in names] for names in sequence], [dice.choice(LABELS) for _ in sequence])
    trainer.set_params({"c1": 0.0, "c2": 0.1, "max_iterations": 30, "feature.possible_transitions": True})
    trainer.train(str(path := Path(__file__).with_suffix(".tmp")))
    try:
        file = path.read_bytes()
    finally:
        path.unlink()
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(file)
    info = tagger.info()
    return Chain.fitted(LABELS, info.state_features, info.transitions), file, sequences


def test_a_chain_says_what_crfsuite_says() -> None:
    chain, file, sequences = random_chain()
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(file)

    features = np.array([names for sequence in sequences for names in sequence], dtype=np.int32).T
    got = chain.likelihoods(features, np.array([len(each) for each in sequences]))

    wanted = []
    for sequence in sequences:
        tagger.set([[str(each) for each in names] for names in sequence])
        wanted += [[tagger.marginal(label, i) for label in LABELS] for i in range(len(sequence))]
    assert np.abs(got - np.array(wanted)).max() < 0.002


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 30), min_size=1, max_size=9))
def test_what_stands_beside_a_sentence_does_not_sway_it(lengths: list[int]) -> None:
    chain = fitted().model.cues
    dice = np.random.default_rng(sum(lengths))
    features = dice.choice(chain.used, size=(4, sum(lengths))).astype(np.int32)

    together = chain.likelihoods(features, np.array(lengths))

    starts = np.cumsum([0, *lengths])
    for start, length in zip(starts, lengths, strict=False):
        alone = chain.likelihoods(features[:, start : start + length], np.array([length]))
        assert np.allclose(together[start : start + length], alone)


def test_a_word_has_the_same_number_on_every_machine() -> None:
    assert (code("said"), int(buckets("word", np.array([code("said")]))[0])) == (4013622486, 3143495)


def test_a_verb_that_no_rule_knows_is_learned() -> None:
    text = "Tromsø glimmed that 300 boats were missing."

    (found,) = found_by(fitted().model, text)

    assert found_by(None, text) == []
    parts = (found.claimant, found.cue, found.content)
    assert [span.of(text) for each in parts for span in each] == ["Tromsø", "glimmed", "300 boats were missing"]


def test_the_figures_are_of_articles_that_were_held_out() -> None:
    model, rules = fitted().on_held_out, fitted().by_rules

    assert (model.found, model.related) == (1.0, 1.0)
    assert (rules.found, rules.related) == (0.0, 0.0)


def test_a_model_read_from_its_files_finds_the_same(tmp_path: Path) -> None:
    text = "Tromsø glimmed that 300 boats were missing. Alta said that the road was open."
    fitted().model.write(tmp_path)

    again = AttributionModel.read(tmp_path)

    assert found_by(again, text) == found_by(fitted().model, text)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FILES)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("content", [b"", b"no model", b"PK\x03\x04 broken", b"[1]", b'{"format": "another"}'])
def test_a_damaged_file_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    fitted().model.write(tmp_path)
    (tmp_path / name).write_bytes(content)

    with pytest.raises(InvalidDraft, match=name):
        AttributionModel.read(tmp_path)


GOOD = {
    "labels": np.array(["B", "I", "O"]),
    "used": np.array([1, 2]),
    "weights": np.ones((2, 3)),
    "transitions": np.ones((3, 3)),
}
BAD_TABLES = [
    {"labels": np.array(3)},
    {"labels": np.array([1, 2, 3])},
    {"used": np.array([1.0, np.nan])},
    {"used": np.array([0, 1])},
    {"used": np.array([1, 1 << 22])},
    {"weights": np.ones((3, 3))},
    {"weights": np.full((2, 3), np.inf)},
    {"weights": np.ones((2, 3), dtype=complex)},
    {"transitions": np.ones((2, 2))},
    {"transitions": np.full((3, 3), np.nan)},
    {"used": np.array([], dtype=np.int64), "weights": np.ones((0, 3))},
]


@pytest.mark.parametrize("bad", BAD_TABLES)
def test_tables_that_do_not_fit_each_other_are_refused(tmp_path: Path, bad: dict[str, np.ndarray]) -> None:
    path = tmp_path / "chain.npz"
    with path.open("wb") as file:
        np.savez(file, **GOOD | bad)

    with pytest.raises(InvalidDraft, match="tables do not fit"):
        Chain.read(path)


def test_a_file_that_unpacks_to_more_than_any_model_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "chain.npz"
    with path.open("wb") as file:
        np.savez_compressed(file, **GOOD | {"weights": np.zeros((4_000_000, 3))})

    with pytest.raises(InvalidDraft, match="ValueError"):
        Chain.read(path)


def test_half_a_character_is_read_as_any_other(tmp_path: Path) -> None:
    text = "Alta said that the \ud800 road was open."

    assert [each.content[0].of(text) for each in found_by(fitted().model, text)] == ["the \ud800 road was open"]


def test_articles_that_attribute_nothing_are_refused() -> None:
    with pytest.raises(InvalidDraft, match="nothing to learn from"):
        fit([Labelled("The harbour opened at noon.", ())] * 9, pack_for("en"))


def test_a_folder_of_ones_own_takes_the_place_of_what_ships(tmp_path: Path) -> None:
    fitted().model.write(tmp_path)

    mine = chosen_models(tmp_path)("en-GB").attribution

    assert mine is not None
    assert len(mine.cues.used) == len(fitted().model.cues.used)
    assert chosen_models("off")("en").attribution is None


def test_a_handful_of_articles_is_too_little() -> None:
    with pytest.raises(InvalidDraft, match="4 articles are too few"):
        fit([marked_article(who, WHAT[0]) for who in PLACES[:4]], pack_for("en"))


def test_a_language_without_a_grammar_fits_nothing() -> None:
    with pytest.raises(InvalidDraft, match="'tr' has no grammar"):
        fit([marked_article(who, WHAT[0]) for who in PLACES], pack_for("tr"))


BAD_LINES = [
    ("{", "this is no JSON"),
    ("[]", "this is no JSON object"),
    ('{"text": 1, "attributions": []}', '"text" is not a string'),
    ('{"text": "a", "attributions": 1}', "not a list of objects"),
    ('{"text": "a", "attributions": [1]}', "not a list of objects"),
    ('{"text": "a", "attributions": [{"cue": 3}]}', r"cue: a list of \[start, end\]"),
    ('{"text": "a", "attributions": [{"cue": [[0, true]]}]}', r"is no \[start, end\]"),
    ('{"text": "a", "attributions": [{"cue": [[0, 2]]}]}', "does not lie in a text of 1 character"),
    ('{"text": "a", "attributions": [{"cue": [[1, 1]]}]}', "does not lie in a text"),
]


@pytest.mark.parametrize(("line", "said"), BAD_LINES)
def test_a_line_that_cannot_be_learned_from_is_named(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text(json.dumps({"text": "a", "attributions": []}) + "\n" + line, encoding="utf-8")

    with pytest.raises(InvalidDraft, match="line 2.*" + said):
        labelled_articles(path)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_with_the_model(text: str) -> None:
    for each in find(text, models=Models(None, fitted().model)):
        assert all(0 <= span.start < span.end <= len(text) for span in (*each.claimant, *each.cue, *each.content))


def test_a_text_of_nothing_but_cues_is_read_in_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Oslo glimmed that the pact was void. " * 40
    whole = found_by(fitted().model, text)

    monkeypatch.setattr(attribution, "MAX_BATCH_TOKENS", 30)

    assert len(whole) == 40
    assert found_by(fitted().model, text) == whole


def test_of_more_cues_than_any_news_has_the_likeliest_are_read() -> None:
    cues = [(CueAt(0, range(i, i + 1)), i / 100) for i in range(60)]

    assert [cue.tokens.start for cue, _ in attribution.likeliest(cues)] == list(range(35, 60))
