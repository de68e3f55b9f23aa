"""TOML files of ours, read so that every mistake is answered with its file and line.

What a `Table` hands out is what was written, converted, or else `FactsError`: a typing slip in a facts file must never
turn into a fact that is silently missing.
"""

import difflib
import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from provcheck.errors import FactsError
from provcheck.tomllines import KeyPath, find_key_lines

_AT_LINE: Final = re.compile(r" ?\(at (?:line (?P<line>\d+), column \d+|end of document)\)")
_REMEDY: Final = "Correct the file and run the command again."

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a TOML file, with the lines of its keys.

    Attributes
    ----------
    file : Path
        The file it stands in.
    at : tuple of str and int
        Keys from the root down to this table.
    """

    file: Path
    values: Mapping[str, object]
    lines: Mapping[KeyPath, int] = field(repr=False)
    at: KeyPath = ()

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def line(self, key: str | None = None) -> int:
        """Return the line of a key, or of the table itself."""
        path = self.at if key is None else (*self.at, key)
        return self.lines.get(path, self.lines.get(self.at, 1))

    def origin(self, key: str | None = None) -> str:
        """Say where a key stands: `release.toml, line 12`."""
        return f"{self.file.name}, line {self.line(key)}"

    def error(self, message: str, key: str | None = None, remedy: str = _REMEDY) -> FactsError:
        """Make the error that names the file and the line of a key."""
        return FactsError(f"{self.file}, line {self.line(key)}: {message}", remedy)

    def allow_only(self, keys: Collection[str]) -> None:
        """Refuse keys that are not known, with the nearest known one as a suggestion."""
        for key in self.values:
            if key not in keys:
                near = difflib.get_close_matches(key, keys, n=1) or [known for known in keys if known.startswith(key)]
                hint = f"; did you mean “{near[0]}”?" if near else ""
                raise self.error(f"unknown key “{key}”{hint}", key, f"Known keys here: {', '.join(keys)}.")

    def read(self, key: str, convert: Callable[[object], T]) -> T | None:
        """Return a converted value; None when the key is missing or its text blank.

        `convert` raises `ValueError` with a sentence, which becomes the error with file and line.
        """
        value = self.values.get(key)
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        try:
            return convert(value)
        except ValueError as error:
            raise self.error(f"{key}: {error}", key) from None

    def inner(self, key: str) -> "Table":
        """Return a table inside this one; an empty one when the key is missing."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self._wrong_type(key, f"a table, written as [{key}]")
        return Table(self.file, value, self.lines, (*self.at, key))

    def inners(self, key: str) -> "tuple[Table, ...]":
        """Return the tables of an array, written as `[[key]]`."""
        values = self.values.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            raise self._wrong_type(key, f"tables, each written as [[{key}]]")
        return tuple(Table(self.file, value, self.lines, (*self.at, key, i)) for i, value in enumerate(values))

    def _wrong_type(self, key: str, expected: str) -> FactsError:
        return self.error(f"{key}: expected {expected}, found {self.values[key]!r}", key)


def read_toml(path: Path) -> Table:
    """Read a TOML file as its root table.

    Raises
    ------
    FactsError
        The file cannot be read, is not UTF-8 text, or is not valid TOML; the message names the line.
    """
    text = _read_text(path)
    try:
        return Table(path, tomllib.loads(text), find_key_lines(text))
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(path, text, error) from None
    except RecursionError:
        raise FactsError(f"{path}, line 1: the tables or arrays are nested too deeply", _REMEDY) from None


def _read_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise FactsError(f"{path}: cannot be read: {error.strerror or error}", "Check the path.") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise FactsError(f"{path}, line {line}: not UTF-8 text", "Save the file as UTF-8.") from None


def _syntax_error(path: Path, text: str, error: tomllib.TOMLDecodeError) -> FactsError:
    position = _AT_LINE.search(str(error))
    line = position["line"] if position and position["line"] else text.count("\n") + 1
    return FactsError(f"{path}, line {line}: not valid TOML: {_AT_LINE.sub('', str(error))}", _REMEDY)
