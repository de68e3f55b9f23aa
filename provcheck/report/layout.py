"""Lines on a terminal or in a pipe.

On a terminal lines are folded at its width with a hanging indent. In a pipe or a file they are left whole and carry
no control codes, so that `grep` finds a sentence; rich by itself would fold them at 80 columns. Colours follow
`NO_COLOR` and `FORCE_COLOR`. Text never passes through rich's markup: `[red]` in a caption stays `[red]`.
"""

from collections.abc import Iterable, Iterator
from typing import IO, NamedTuple

from rich.console import Console
from rich.text import Text

_NARROWEST = 20
"""Columns of text that are left on the narrowest terminal; below that the terminal folds by itself."""


class Line(NamedTuple):
    """One line with its indent in columns; a line that is not to be folded can be copied whole (an address)."""

    text: Text
    indent: int = 0
    folds: bool = True


def line(*parts: str | tuple[str, str], indent: int = 0, folds: bool = True) -> Line:
    """Return a line of plain strings and (string, style) pairs."""
    return Line(Text.assemble(*parts), indent, folds)


def print_lines(lines: Iterable[Line], stream: IO[str]) -> None:
    """Print lines to `stream` as its kind and the environment ask for."""
    console = Console(file=stream, markup=False, highlight=False, emoji=False)
    width = console.width if stream.isatty() else None
    for row in lines:
        for part in _folded(row, console, width):
            console.print(part, soft_wrap=True)


def _folded(row: Line, console: Console, width: int | None) -> Iterator[Text]:
    if width is None or not row.folds:
        yield _indented(row.text, row.indent)
        return
    for number, part in enumerate(row.text.wrap(console, max(_NARROWEST, width - row.indent - 2), overflow="fold")):
        part.rstrip()
        yield _indented(part, row.indent + (2 if number else 0))


def _indented(text: Text, columns: int) -> Text:
    return Text(" " * columns).append_text(text) if text else text
