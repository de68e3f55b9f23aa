"""Which configuration file counts: the nearest one, from the working directory upwards."""

from pathlib import Path
from typing import Final

from provcheck.errors import UsageError
from provcheck.presence import is_file
from provcheck.tomlfiles import Table, read_toml

CONFIG_NAME: Final = "provcheck.toml"
PYPROJECT_NAME: Final = "pyproject.toml"


def find_config(start: Path) -> Path | None:
    """Return the nearest `provcheck.toml`, or `pyproject.toml` that has a `[tool.provcheck]`; None when there is none.

    The folder of a release is not looked at, unless one stands in it: what is checked does not say how.
    """
    for folder in (start, *start.parents):
        if is_file(folder / CONFIG_NAME):
            return folder / CONFIG_NAME
        if _has_table(folder / PYPROJECT_NAME):
            return folder / PYPROJECT_NAME
    return None


def read_root(path: Path) -> Table:
    """Return the table with our keys: the whole file, or `[tool.provcheck]`.

    Raises
    ------
    UsageError
        There is no such file.
    FactsError
        It is not valid TOML; names the line.
    """
    if not is_file(path):
        raise UsageError(f"{path}: there is no such file", "Name a TOML file with --config.")
    root = read_toml(path)
    return root.inner("tool").inner("provcheck") if is_pyproject(path) else root


def is_pyproject(path: Path) -> bool:
    """Whether our keys stand in `[tool.provcheck]`, because other programs have tables in the file, too."""
    return path.name == PYPROJECT_NAME


def _has_table(path: Path) -> bool:
    """Whether a `pyproject.toml` speaks of provcheck at all; one that does not need not even be valid."""
    try:
        mentions = b"provcheck" in path.read_bytes()
    except OSError:
        return False
    return mentions and "provcheck" in read_toml(path).inner("tool")
