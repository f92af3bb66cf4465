"""The bar that shows how far a long computation is."""

from collections.abc import Callable
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

Result = TypeVar("Result")


def with_progress(what: str, make: Callable[[Callable[[int, int], None]], Result]) -> Result:
    """What is made, with a bar on the terminal meanwhile; make is handed what hears how far it is, and of how many.

    Of (0, 0) nobody knows how much it is: the bar runs to and fro then, until there is more to hear.
    """
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=None)

        def hear(at: int, of: int) -> None:
            progress.update(task, completed=at, total=of)
            if not of:
                progress.tasks[0].total = None

        return make(hear)
