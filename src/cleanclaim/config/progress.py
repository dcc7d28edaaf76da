"""Progress of long work on a terminal; silence elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

type Heard = Callable[[str, int], None]


@contextmanager
def heard_by_people() -> Iterator[Heard]:
    """Show one bar for each step, with what it has moved so far, while the work goes on."""
    if not sys.stderr.isatty():
        yield lambda _name, _moved: None
        return
    columns = (
        TextColumn("{task.description:16}"),
        BarColumn(),
        TextColumn("{task.completed:>8,.0f}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        tasks: dict[str, TaskID] = {}

        def heard(name: str, moved: int) -> None:
            if name not in tasks:
                tasks[name] = progress.add_task(name, total=None)
            progress.advance(tasks[name], moved)

        yield heard
