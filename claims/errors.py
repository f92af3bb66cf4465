"""The errors that the domain raises; each message says what happened and what to do about it."""


class ClaimsError(Exception):
    """Any refusal of the domain: its message is fit to be shown to the person who asked."""


class NotFound(ClaimsError):
    """What was asked for is not stored."""


class InvalidDraft(ClaimsError):
    """A draft, a form's value or a setting breaks a rule that its message names."""


class BadAddress(InvalidDraft):
    """A web address is odd, or leads where nothing may be fetched.

    what says so and what to do about it, to stand in the middle of a sentence; str() is a sentence of it.
    """

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what

    def __str__(self) -> str:
        return f"{self.what[:1].upper()}{self.what[1:]}."


class IllegalTransition(ClaimsError):
    """The state of a claim, match or review does not allow this step."""


class Conflict(ClaimsError):
    """Somebody else changed it since the caller saw it; nothing was written."""


class NotAllowed(ClaimsError):
    """The user may not take this step."""


class Busy(ClaimsError):
    """Others have been writing to the database all the time that we could wait; nothing was written, try again."""
