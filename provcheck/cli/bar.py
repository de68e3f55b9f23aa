"""The look of the progress bar. Apart from `progress`, because rich takes as long to import as OpenCV."""

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.table import Column
from rich.text import Text


def new_bar() -> Progress:
    """Return a bar on stderr, to be entered; it is gone when it is left."""
    name = Column(no_wrap=True, overflow="ellipsis", ratio=1)
    return Progress(
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
