"""A progress bar with count, rate and remaining time, on stderr and only when that is a terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

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
    from provcheck.cli.bar import new_bar

    with new_bar() as bar:
        task = bar.add_task(visible(label), total=None, what="")

        def show(done: int, total: int, what: str) -> None:
            bar.update(task, completed=done, total=total or None, what=visible(what))

        yield show


def _show_nothing(_done: int, _total: int, _what: str) -> None:
    return
