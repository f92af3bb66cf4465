"""The bar of a long computation shows each part of it, and does not stand full while there is work."""

import re
import time
from collections.abc import Callable
from itertools import groupby

import pytest

from web.cli.progress import with_progress


def test_the_bar_does_not_stand_full_while_nobody_knows_how_much_is_left(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")

    def make(hear: Callable[[int, int], None]) -> str:
        for at, of in ((5, 5), (0, 0), (1, 4)):
            hear(at, of)
            time.sleep(0.3)
        return "made"

    made = with_progress("Grouping", make)

    shown = [found for found, _ in groupby(re.findall(r"\d/[\d?]", capfd.readouterr().err))]
    assert (made, shown[-3:]) == ("made", ["5/5", "0/?", "1/4"])
