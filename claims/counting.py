"""Numbers with what they count, as every line and page writes them."""


def counted(number: int, thing: str, things: str = "") -> str:
    """A number with what it counts: "1 outlet", "1,204 outlets"."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"
