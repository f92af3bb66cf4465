"""The command that measures matching: its tables, its plot, and what it refuses. No time is asserted."""

from pathlib import Path

import pytest
from rich.console import Console, RenderableType

from tests.bench.costs import (
    Grouping,
    Insertion,
    first_texts,
    index_of,
    insertion,
    looked_up_and_added,
    percentile,
    write_texts,
)
from tests.bench.matching import grouping_panel, insertion_panel, main
from tests.bench.quality import Grouper, Quality
from tests.bench.tables import cost_rows, grouping_table, quality_table
from tests.bench.texts import statements

SMALL = Grouping(1_000, cpu_s=0.5, wall_s=0.6, peak_mb=11, brute_cpu_s=1.5, clusters=777)
LARGE = Grouping(10_000, cpu_s=8.0, wall_s=9.0, peak_mb=36, brute_cpu_s=120.0, clusters=7_762)


def test_one_command_measures_prints_and_draws(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = tmp_path / "cost.svg"

    main(["--sizes", "200", "100", "--only", "grouping", "--plot", str(picture)])

    printed = capsys.readouterr().out
    assert [line.split()[0] for line in printed.splitlines() if line.strip()[:3] in {"100", "200"}] == ["100", "200"]
    assert "Claimline" in printed
    assert str(picture) in printed
    assert picture.read_text(encoding="utf-8").startswith("<svg")


def test_texts_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    write_texts(tmp_path / "texts.jsonl", 50, None)

    assert first_texts(tmp_path / "texts.jsonl", 20) == statements(20)


def test_every_look_up_is_answered_and_its_brute_force_best_looked_for(tmp_path: Path) -> None:
    write_texts(tmp_path / "texts.jsonl", 400, None)

    found = insertion(300, tmp_path / "texts.jsonl", looked_up=100)

    assert 0 < found.found <= found.looked_for <= 60
    assert found.p50_s <= found.p99_s


def test_a_text_is_looked_up_before_it_is_added_beside_the_others() -> None:
    texts = statements(40)
    index = index_of(texts[:30])

    answers, took_s = looked_up_and_added(index, texts[30:], first_id=30)

    assert len(answers) == len(took_s) == 10
    assert all(place < 30 + number for number, places in enumerate(answers) for place in places)
    assert [index.closest(text, 1)[0][0] for text in texts] == list(range(40))


def test_ratios_are_of_cpu_time_and_growth_is_against_the_smallest_n() -> None:
    rows = printed(grouping_table([SMALL, LARGE])).splitlines()

    assert rows[-2].split() == ["1,000", "0.50", "0.60", "500", "11", "777", "1.5", "3.0", "1.00"]
    assert rows[-1].split() == ["10,000", "8.00", "9.00", "800", "36", "7,762", "120.0", "15.0", "1.60"]


def test_the_plot_is_told_in_rows_with_bars_as_long_as_logarithms() -> None:
    inserted = Insertion(1_000, 1.0, mean_s=0.0005, p50_s=0, p99_s=0, brute_s=0.05, found=1, looked_for=1)

    rows = printed(cost_rows([grouping_panel([SMALL]), insertion_panel([inserted])], "Cost")).splitlines()

    assert rows[3].split() == ["Claimline", "1,000", "500", "█" * 12]
    assert rows[-1].split() == ["brute", "force", "1,000", "50,000", "░" * 36]


def test_what_could_not_be_measured_is_said_with_the_way_to_measure_it() -> None:
    ours = Quality(Grouper.OURS, None, 0.7, 0.8, 0.75, 0.9, 0.3, 0.8, 17, 12.0)

    rows = printed(quality_table([ours], unmeasured=[Grouper.MINHASH_WORDS]))

    assert "MinHash of 3 words" in rows
    assert "not measured: datasketch is not installed; pip install datasketch" in rows
    assert "not measured" not in printed(quality_table([ours], unmeasured=[]))


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--sizes", "5"], "5 is too few to time; 100 is the least"),
        (["--data", "nowhere"], "sentences.jsonl is not there"),
        (["--only", "quality"], "labelled sentences are needed"),
        (["--plot", "cost.svg", "--only", "restart"], "grouping or insertion must be measured"),
    ],
)
def test_what_cannot_be_measured_is_refused(capsys: pytest.CaptureFixture[str], words: list[str], reason: str) -> None:
    with pytest.raises(SystemExit):
        main(words)

    assert reason in capsys.readouterr().err


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0], 0.5) == 2.0
    assert percentile([4.0, 1.0, 3.0, 2.0], 1.0) == 4.0


def printed(what: RenderableType) -> str:
    """What the terminal shows."""
    console = Console(width=120, color_system=None)
    with console.capture() as capture:
        console.print(what)
    return capture.get()
