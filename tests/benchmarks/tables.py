"""One Markdown table on stdout, with the machine that it was measured on, and plots of it."""

import math
import os
import platform
from collections.abc import Sequence

from provcheck import __version__


def print_table(title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table; the first column is text, the others are figures."""
    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(len(header))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    print(f"{title}\n{machine()}\n")
    for row in (header, rule, *rows):
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        print(f"| {' | '.join(cells)} |")
    print()


def print_plot(title: str, points: Sequence[tuple[str, float]]) -> None:
    """Print a bar for each point, on a logarithmic scale, so that what grows alike is steps of one height."""
    width = max(len(label) for label, _value in points)
    least = min(value for _label, value in points)
    print(f"{title} (five marks more: ten times as much)\n")
    for label, value in points:
        print(f"{label.rjust(width)} {'#' * (1 + round(5 * math.log10(value / least)))} {value:,.1f}")
    print()


def machine() -> str:
    """Say where this runs and how busy that machine is: figures of a shared machine are worth only their ratios."""
    load = f", load average {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"provcheck {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} processors{load}"
    )
