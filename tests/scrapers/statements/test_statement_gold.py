"""Floors under what finding statements gets right of our own gold; each holds for one state of the gold's file."""

import hashlib
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from scrapers.statements import Statement, find
from scrapers.statements.models import NO_MODELS
from tests.gold.references import REFERENCES, agreement, stories
from tests.gold.statements import STATEMENTS, Tally, measured, passages

Finder = Callable[[str], list[Statement]]

# A changed file fails until the floors are measured anew; a failing test prints the figures.
PINS = {
    STATEMENTS: "0a4b69aee8c0eba6fb597014500b6509b208b2134d2d0d3058fc543a8bad9564",
    REFERENCES: "f12e264b415ca0b61b2b60a115d3d24624823e3e7d0c5362c88adb4a2fb2d228",
}
FINDERS: dict[str, Finder] = {"rules": partial(find, models=NO_MODELS), "models": find}
FLOORS: dict[str, dict[str, float]] = {
    "rules": {
        "found_f1": 0.91,
        "relation_f1": 0.89,
        "kind": 0.98,
        "stance": 0.98,
        "nothing": 0.9,
        "own_voice_precision": 0.92,
        "own_voice_recall": 0.35,
        "said": 0.74,
        "argued": 0.87,
        "insisted": 0.87,
        "denied": 0.88,
        "warned": 0.8,
        "relatives": 0.85,
        "according": 0.8,
        "accuses": 0.95,
        "is-accused": 0.95,
        "alleged": 0.87,
        "participle": 0.87,
        "noun": 0.87,
        "paragraphs": 0.87,
        "bullets": 0.78,
        "headline": 0.95,
        "nested": 0.84,
        "relative": 0.7,
        "quotes": 0.62,
        "own-voice": 0.95,
    },
    "models": {
        "found_f1": 0.89,
        "relation_f1": 0.86,
        "kind": 0.97,
        "stance": 0.96,
        "nothing": 0.65,
        "own_voice_precision": 0.95,
        "own_voice_recall": 0.81,
        "said": 0.88,
        "argued": 0.95,
        "insisted": 0.78,
        "denied": 0.88,
        "warned": 0.87,
        "relatives": 0.9,
        "according": 0.8,
        "accuses": 0.88,
        "is-accused": 0.95,
        "alleged": 0.87,
        "participle": 0.72,
        "noun": 0.87,
        "paragraphs": 0.87,
        "bullets": 0.89,
        "headline": 0.95,
        "nested": 0.63,
        "relative": 0.7,
        "quotes": 0.78,
        "own-voice": 0.95,
    },
}
CLAIMANTS_RIGHT, WORDINGS_RIGHT = 38, 39
CONSTRUCTIONS, MIN_PASSAGES = 20, 12


@pytest.fixture(scope="module", params=FINDERS)
def measure(request: pytest.FixtureRequest) -> tuple[str, Tally]:
    return request.param, measured(passages(STATEMENTS), FINDERS[request.param])


@pytest.mark.parametrize("path", PINS, ids=lambda path: path.name)
def test_the_floors_are_of_this_state_of_the_gold(path: Path) -> None:
    assert hashlib.sha256(path.read_bytes()).hexdigest() == PINS[path]


def test_the_gold_shows_every_construction_a_dozen_times() -> None:
    shown = Counter(passage.construction for passage in passages(STATEMENTS))

    assert len(shown) == CONSTRUCTIONS
    assert min(shown.values()) >= MIN_PASSAGES


def test_no_figure_falls_below_its_floor(measure: tuple[str, Tally]) -> None:
    name, tally = measure
    figures = tally.figures()

    below = {figure: figures[figure] for figure, floor in FLOORS[name].items() if figures[figure] < floor}

    assert not below, "\n".join((f"below: {below}", f"all: {figures}", *tally.missed))


def test_every_figure_has_a_floor(measure: tuple[str, Tally]) -> None:
    name, tally = measure

    assert set(tally.figures()) == set(FLOORS[name])


def test_claimants_and_wordings_are_resolved_as_the_gold_has_them() -> None:
    total = agreement(stories(REFERENCES))

    missed = "\n".join(total.missed)
    assert total.claimants >= CLAIMANTS_RIGHT, missed
    assert total.wordings >= WORDINGS_RIGHT, missed
    assert total.aliases == total.aliases_wanted, missed


def test_no_bracket_is_wrong() -> None:
    total = agreement(stories(REFERENCES))

    assert total.wrong_brackets == 0, "\n".join(total.missed)
