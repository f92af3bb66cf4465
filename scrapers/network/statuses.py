"""What a server's status means for the person who asked: its registered name, and what they can do."""

from http import HTTPStatus

WHAT_TO_DO = {
    304: "we did not ask whether the page has changed, so there is nothing to read; check the address",
    401: "the site wants a password; save the page in a browser and ingest the file",
    402: "the site wants to be paid; save the page in a browser and ingest the file",
    403: "the site does not let us in; save the page in a browser and ingest the file",
    404: "check the address",
    410: "the page is gone; look for it in a web archive",
    429: "the site wants fewer requests; try again later",
    451: "the page is withheld for legal reasons; look for it in a web archive",
}


def status_line(status: int) -> str:
    """The status with its registered name, and what the person who asked can do."""
    try:
        name = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        name = str(status)
    by_class = (
        "the site is in trouble; try again later" if status >= 500 else "there is nothing to read; check the address"
    )
    return f"{name}; {WHAT_TO_DO.get(status, by_class)}"
