"""Labelled sentences read from a folder, and texts past their number."""

import gzip
import json
from pathlib import Path

import pytest

from tests.bench.labelled import LabelledPair, labelled_set, real_texts, retrieval
from tests.bench.quality import Finder, Grouper, grouped, hits, measured, quality
from tests.bench.rivals import Swept

SENTENCES = (
    ("m1", "Ankara bought forty Patriot launchers from Washington last spring.", "mrpc", "g1"),
    ("m2", "Last spring Ankara bought forty Patriot launchers from Washington.", "mrpc", "g1"),
    ("m3", "The Orm bridge near Selford was closed after the flood in May.", "mrpc", "g2"),
    ("p1", "Doctors in Milford praised the nurses of the old hospital.", "paws", "g3"),
    ("p2", "Nurses of the old hospital in Milford praised the doctors.", "paws", "g4"),
    ("t1", "so the mayor of Thornbury really sold the town library??", "clef20", "g5"),
    ("c1", "The mayor of Thornbury sold the town library.", "clef20", "g5"),
    ("c2", "Rents in Thornbury doubled within three years.", "clef20", "g6"),
    ("u1", "Left out.", "uci", "g7"),
)
PAIRS = (
    ("m1", "m2", True, "mrpc"),
    ("p1", "p2", False, "paws"),
    ("t1", "c1", True, "clef20"),
    ("u1", "m1", False, "uci"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    sentences = [dict(zip(("id", "text", "source", "gold"), row, strict=True)) for row in SENTENCES]
    pairs = [dict(zip(("a", "b", "same", "source"), row, strict=True)) for row in PAIRS]
    for name, rows in (("sentences", sentences), ("pairs", pairs)):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    background = "Wheat fell by a tenth.\nA storm hit Oakport."
    (tmp_path / "background.txt.gz").write_bytes(gzip.compress(background.encode()))
    return tmp_path


def test_pairs_stand_for_positions_and_sources_that_do_not_count_are_left_out(folder: Path) -> None:
    labelled = labelled_set(folder)

    assert len(labelled.sentences) == 8
    assert labelled.pairs[1] == LabelledPair(3, 4, is_same=False, source="paws")
    assert len(labelled.pairs) == 3
    assert labelled.news == [0, 1, 2]


def test_a_tweet_is_no_claim_that_it_could_repeat(folder: Path) -> None:
    task = retrieval(labelled_set(folder))

    assert task.tweets == (SENTENCES[5][1],)
    assert task.claims == (SENTENCES[6][1], SENTENCES[7][1])
    assert task.right == (frozenset({0}),)


def test_texts_past_those_in_the_folder_are_recombined_the_same_way_each_time(folder: Path) -> None:
    texts = real_texts(folder, 30)

    assert sorted(texts[:11]) == sorted(
        [row[1] for row in SENTENCES] + ["Wheat fell by a tenth.", "A storm hit Oakport."]
    )
    assert real_texts(folder, 30) == texts
    assert real_texts(folder, 5) == texts[:5]
    assert set(" ".join(texts[11:]).split()) <= set(" ".join(texts[:11]).split())


def test_quality_is_measured_over_the_labels_that_were_given(folder: Path) -> None:
    # m1 with m2 as wanted, m3 with p1 of another source, and the trap p1 with p2.
    labels = [0, 0, 1, 1, 1, 5, 6, 7]

    found = measured(Grouper.OURS, labelled_set(folder), Swept(None, labels), cpu_s=0.0)

    assert (found.pair_p, found.pair_r, found.b3_multi) == (1.0, 1.0, 1.0)
    assert (found.trap_merged, found.mrpc_recall, found.largest) == (1.0, 1.0, 3)


def test_our_own_grouping_is_measured_from_the_folder(folder: Path) -> None:
    found = quality(Grouper.OURS, folder)

    assert (found.threshold, found.mrpc_recall) == (None, 1.0)


def test_token_set_ratio_falls_into_the_trap_of_swapped_words(folder: Path) -> None:
    labelled = labelled_set(folder)

    found = measured(Grouper.TOKEN_SET, labelled, grouped(Grouper.TOKEN_SET, labelled), cpu_s=0.0)

    assert found.trap_merged == 1.0


@pytest.mark.parametrize("finder", Finder)
def test_a_tweet_finds_the_claim_that_it_repeats(folder: Path, finder: Finder) -> None:
    assert (hits(finder, folder).hit_1, hits(finder, folder).hit_5) == (1.0, 1.0)
