import io
from contextlib import redirect_stderr

import pytest

from provcheck.cli.progress import progress_bar


class Terminal(io.StringIO):
    """A stderr that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def drawn_on(stream: io.StringIO, *, enabled: bool = True) -> str:
    with redirect_stderr(stream), progress_bar("Checking", enabled=enabled) as show:
        show(0, 2, "")
        show(1, 2, "[red]one\x1b[2J.jpg")
        show(2, 2, "two.jpg")
    return stream.getvalue()


def test_a_terminal_gets_a_bar_with_the_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "xterm")
    drawn = drawn_on(Terminal())
    assert "Checking" in drawn
    assert "2/2" in drawn
    assert "\x1b[2J" not in drawn


def test_no_bar_when_it_is_not_wanted() -> None:
    assert drawn_on(Terminal(), enabled=False) == ""


def test_no_bar_without_a_terminal() -> None:
    assert drawn_on(io.StringIO()) == ""
