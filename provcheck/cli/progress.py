"""A progress bar with count, rate and remaining time, on stderr and only when that is a terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Column
from rich.text import Text

from provcheck.protocols import Progress
from provcheck.report.visible import visible


@contextmanager
def progress_bar(label: str, *, enabled: bool = True) -> Iterator[Progress]:
    """Yield a callback `progress(done, total, what)` that draws a bar, or does nothing where no one would see it.

    Parameters
    ----------
    label : str
        What is being done, e.g. `Checking`.
    enabled : bool
        False for `--no-progress` and `--quiet`; without a terminal on stderr there is no bar in any case.
    """
    if not (enabled and sys.stderr.isatty()):
        yield _show_nothing
        return
    with _bar() as bar:
        task = bar.add_task(visible(label), total=None, what="")

        def show(done: int, total: int, what: str) -> None:
            bar.update(task, completed=done, total=total or None, what=visible(what))

        yield show


def _show_nothing(_done: int, _total: int, _what: str) -> None:
    return


def _bar() -> Bar:
    name = Column(no_wrap=True, overflow="ellipsis", ratio=1)
    return Bar(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[what]}", markup=False, table_column=name),
        console=Console(stderr=True),
        transient=True,
        expand=True,
    )


class _Rate(ProgressColumn):
    """Items a second; empty until the first is done."""

    def render(self, task: Task) -> Text:
        """Return the cell of one task."""
        return Text("" if task.speed is None else f"{task.speed:.1f}/s")
