"""Settings are read from the environment in one place, and what cannot be used is refused by its name."""

from pathlib import Path

import pytest

from claims.errors import InvalidDraft
from claims.settings import Settings


def test_nothing_set_gives_a_folder_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    settings = Settings.from_environment({})

    assert settings.home == tmp_path / "claimline-data"
    assert settings.database_url == f"sqlite:///{tmp_path / 'claimline-data' / 'claimline.sqlite'}"
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.allow_hosts == frozenset()


def test_the_home_folder_and_the_key_in_it_are_for_their_owner_alone(tmp_path: Path) -> None:
    Settings.from_environment({"CLAIMLINE_HOME": str(tmp_path / "deep" / "home")})

    assert (tmp_path / "deep" / "home").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "deep" / "home" / "secret-key").stat().st_mode & 0o777 == 0o600


def test_the_key_is_made_once_and_kept(tmp_path: Path) -> None:
    first = Settings.from_environment({"CLAIMLINE_HOME": str(tmp_path / "one")})
    again = Settings.from_environment({"CLAIMLINE_HOME": str(tmp_path / "one")})
    other = Settings.from_environment({"CLAIMLINE_HOME": str(tmp_path / "two")})

    assert len(first.secret_key) >= 64
    assert again.secret_key == first.secret_key != other.secret_key


def test_a_key_from_the_environment_is_not_written_down(tmp_path: Path) -> None:
    environ = {"CLAIMLINE_HOME": str(tmp_path / "home"), "CLAIMLINE_SECRET_KEY": "from outside"}

    assert Settings.from_environment(environ).secret_key == "from outside"
    assert list((tmp_path / "home").iterdir()) == []


def test_secrets_do_not_show_when_settings_are_printed(tmp_path: Path) -> None:
    settings = Settings(tmp_path, "postgresql://desk:pass-word@db.example/claimline", "the key")

    assert "pass-word" not in repr(settings)
    assert "the key" not in repr(settings)


def test_allowed_hosts_are_names_parted_by_spaces_or_commas(tmp_path: Path) -> None:
    environ = {"CLAIMLINE_HOME": str(tmp_path), "CLAIMLINE_ALLOW_HOSTS": "Localhost, 10.0.0.7  news.internal"}

    assert Settings.from_environment(environ).allow_hosts == {"localhost", "10.0.0.7", "news.internal"}


@pytest.mark.parametrize(
    "url",
    ["checks.example", "ftp://checks.example", "https://", "https://a.example/?q=1", "https://[::1", "https://a:99999"],
)
def test_a_base_url_that_is_no_address_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(InvalidDraft, match="CLAIMLINE_BASE_URL"):
        Settings.from_environment({"CLAIMLINE_HOME": str(tmp_path), "CLAIMLINE_BASE_URL": url})


def test_a_base_url_loses_its_last_slash(tmp_path: Path) -> None:
    environ = {"CLAIMLINE_HOME": str(tmp_path), "CLAIMLINE_BASE_URL": "https://checks.example/desk/"}

    assert Settings.from_environment(environ).base_url == "https://checks.example/desk"


@pytest.mark.parametrize("contact", ["desk@example.org\r\nX-Evil: 1", "redaktör@example.org"])
def test_a_contact_that_no_header_can_carry_is_refused(tmp_path: Path, contact: str) -> None:
    with pytest.raises(InvalidDraft, match="CLAIMLINE_CONTACT"):
        Settings.from_environment({"CLAIMLINE_HOME": str(tmp_path), "CLAIMLINE_CONTACT": contact})


def test_the_user_agent_says_who_fetches_and_how_to_reach_them(tmp_path: Path) -> None:
    named = Settings(tmp_path, "sqlite://", "key", contact="desk@example.org")

    assert named.user_agent.startswith("Claimline/")
    assert "desk@example.org" in named.user_agent
    assert "no contact set" in Settings(tmp_path, "sqlite://", "key").user_agent


def test_a_home_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(InvalidDraft, match=r"CLAIMLINE_HOME: cannot make the folder .*file/home"):
        Settings.from_environment({"CLAIMLINE_HOME": str(tmp_path / "file" / "home")})


@pytest.mark.parametrize("kept", [b"", b"short", b"\xff\xfe"])
def test_a_key_file_that_holds_no_key_is_refused_by_its_name(tmp_path: Path, kept: bytes) -> None:
    (tmp_path / "secret-key").write_bytes(kept)

    with pytest.raises(InvalidDraft, match="secret-key holds no key"):
        Settings.from_environment({"CLAIMLINE_HOME": str(tmp_path)})


def test_models_are_those_that_ship_unless_told_otherwise(tmp_path: Path) -> None:
    home = {"CLAIMLINE_HOME": str(tmp_path)}

    chosen = [
        Settings.from_environment(home | {"CLAIMLINE_MODELS": each}).models
        for each in ("", "shipped", "off", str(tmp_path))
    ]

    assert chosen == ["shipped", "shipped", "off", tmp_path]


def test_models_that_are_nowhere_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidDraft, match=r"CLAIMLINE_MODELS: 'of' is neither"):
        Settings.from_environment({"CLAIMLINE_HOME": str(tmp_path), "CLAIMLINE_MODELS": "of"})


def test_snapshots_and_the_archive_are_as_usual_unless_told_otherwise(tmp_path: Path) -> None:
    home = {"CLAIMLINE_HOME": str(tmp_path)}
    usual = Settings.from_environment(home)
    told = Settings.from_environment(home | {"CLAIMLINE_SNAPSHOTS": "folder", "CLAIMLINE_ARCHIVE": "internet-archive"})

    assert (usual.snapshots.value, usual.archive.value) == ("database", "off")
    assert (told.snapshots.value, told.archive.value) == ("folder", "internet-archive")


@pytest.mark.parametrize("variable", ["CLAIMLINE_SNAPSHOTS", "CLAIMLINE_ARCHIVE"])
def test_a_word_that_names_no_choice_is_refused(tmp_path: Path, variable: str) -> None:
    with pytest.raises(InvalidDraft, match=f"{variable}: 'disk' is none of"):
        Settings.from_environment({"CLAIMLINE_HOME": str(tmp_path), variable: "disk"})
