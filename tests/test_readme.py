"""The README is true: its commands exist, its settings are read, its picture and its links are there."""

import re
import shlex
from pathlib import Path

import click
import pytest

from claims import settings
from web.cli import commands

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"(?:^    |`)(claimline [^#`\n]+)", README, re.MULTILINE)))


def test_the_readme_names_the_main_commands() -> None:
    named = {line.split()[1] for line in COMMANDS}

    assert named >= {"outlet", "ingest", "user", "serve", "worker", "export", "audit", "db"}


def test_the_readme_says_where_the_command_is() -> None:
    assert 'export PATH="$PWD/.venv/bin:$PATH"' in README


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_readme_is_understood(line: str) -> None:
    words = shlex.split(line)[1:]
    command: click.Command = commands

    while isinstance(command, click.Group):
        command = command.commands[words.pop(0)]
    # That a file is there is checked when a command runs, not whether it is understood.
    command.make_context("claimline", [word for word in words if not word.endswith("audit.csv")])


def test_every_setting_of_the_readme_is_read_and_every_one_read_is_there() -> None:
    read = set(re.findall(r"CLAIMLINE_[A-Z_]+", Path(settings.__file__).read_text(encoding="utf-8")))

    named = set(re.findall(r"`(CLAIMLINE_[A-Z_]+)`", README))

    assert named == read - {"CLAIMLINE_VERSION"}


def test_every_picture_and_page_that_the_readme_points_to_is_there() -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", README)

    assert [target for target in targets if not (ROOT / target).is_file()] == []
    assert any(target.endswith(".png") for target in targets)
