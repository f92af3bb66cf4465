"""What a reviewer typed: read from a form, and kept when it could not be stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from claims.errors import ClaimsError, Conflict, IllegalTransition, InvalidDraft

MAX_WHOLE_NUMBER = 2_147_483_647
# What forms send besides the words that somebody typed.
NOT_TYPED = frozenset({"csrf_token", "seen_version", "relation", "into_id", "submit"})
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Typed:
    """A form that was not accepted: its name, what was typed in it, and why not. Made empty, there is none."""

    form: str = ""
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    error: ClaimsError | None = None

    @property
    def came_second(self) -> bool:
        """Whether somebody else changed what the form is about while it was being filled in."""
        return isinstance(self.error, Conflict | IllegalTransition)

    @property
    def message(self) -> str:
        """Why the form was not accepted; empty where there is none."""
        return str(self.error or "")

    @property
    def has_words(self) -> bool:
        """Whether something was typed that would be missed."""
        return any("".join(values).strip() for name, values in self.values.items() if name not in NOT_TYPED)

    def value(self, form: str, name: str, stored: str = "") -> str:
        """What a field shows: what was typed if it is in the refused form, what is stored otherwise."""
        return next(iter(self.values.get(name, ())), "") if form == self.form else stored

    def seen(self, form: str, version: int) -> int | str:
        """The version that a form carries: as before if it was refused for its words, else the one that is shown.

        Somebody who came second sees what is there now, so their next try is about that.
        """
        before = self.value(form, "seen_version")
        return before if before.isdigit() and not self.came_second else version

    def ticked(self, form: str, name: str) -> frozenset[str]:
        """Which boxes of a form were ticked when it was refused."""
        return frozenset(self.values.get(name, ())) if form == self.form else frozenset()

    def error_in(self, form: str, label: str) -> str:
        """What is wrong with a field; empty where nothing is. The domain's messages begin with the field's label."""
        start, colon, why = self.message.partition(": ")
        is_here = form == self.form and colon and start.casefold() == label.casefold()
        return why[:1].upper() + why[1:] if is_here else ""


def typed(form: str, values: "MultiDict[str, str]", error: ClaimsError) -> Typed:
    """The refused form with all that was typed in it."""
    return Typed(form=form, values=dict(values.lists()), error=error)


def seen_version(values: Mapping[str, str]) -> int:
    """The version that the reviewer saw, which every form carries; 0 where there was nothing yet."""
    return whole_number(values.get("seen_version", ""), "version", least=0)


def whole_number(value: str, name: str, least: int = 1) -> int:
    """The number that was sent; InvalidDraft unless it is a whole one that a database can hold."""
    if not (value.isascii() and value.isdigit()) or len(value) > 10:
        raise InvalidDraft(f"{value[:40]!r} is no {name}. Load the page again and repeat the step.")
    if not least <= int(value) <= MAX_WHOLE_NUMBER:
        raise InvalidDraft(f"There is no {name} {value}. Load the page again and repeat the step.")
    return int(value)


def chosen(choices: type[Choice], value: str, name: str) -> Choice:
    """The member of a closed set that was sent; InvalidDraft where there is none."""
    try:
        return choices(value)
    except ValueError as error:
        raise InvalidDraft(f"{name.capitalize()}: choose one of {', '.join(choices)}.") from error
