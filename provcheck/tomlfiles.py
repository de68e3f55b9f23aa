"""TOML files of ours, read so that every mistake is answered with its file and line.

A `Table` hands out its values by type. What it hands out is what was written, or `FactsError`: a typing slip in a facts
file must never turn into a fact that is silently missing.
"""

import difflib
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar

from provcheck.errors import FactsError
from provcheck.tomllines import KeyPath, find_key_lines

_AT_LINE: Final = re.compile(r" ?\(at (?:line (?P<line>\d+), column \d+|end of document)\)")
_REMEDY: Final = "Correct the file and run the command again."

Choice = TypeVar("Choice", bound=StrEnum)


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
                near = difflib.get_close_matches(key, keys, n=1)
                hint = f"; did you mean “{near[0]}”?" if near else ""
                raise self.error(f"unknown key “{key}”{hint}", key, f"Known keys here: {', '.join(keys)}.")

    def text(self, key: str) -> str | None:
        """Return a text without surrounding blanks; None when it is missing or blank."""
        value = self.values.get(key)
        if value is None or isinstance(value, str):
            return (value or "").strip() or None
        raise self._wrong_type(key, "a text in quotes")

    def web_address(self, key: str) -> str | None:
        """Return a text that begins with http:// or https://, which reports may safely make a link."""
        text = self.text(key)
        if text is not None and not text.startswith(("http://", "https://")):
            raise self.error(f"{key} is “{text}”, expected an address that begins with http:// or https://", key)
        return text

    def choice(self, key: str, choices: type[Choice]) -> Choice | None:
        """Return one of the values of an enumeration."""
        text = self.text(key)
        known = [choice.value for choice in choices]
        if text is None or text in known:
            return choices(text) if text else None
        near = difflib.get_close_matches(text, known, n=1)
        hint = f"; did you mean “{near[0]}”?" if near else ""
        raise self.error(f"{key} is “{text}”, expected one of {', '.join(known)}{hint}", key)

    def number(self, key: str, *, largest: float) -> float | None:
        """Return a number between `-largest` and `largest`."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._wrong_type(key, "a number")
        if not -largest <= value <= largest:
            raise self.error(f"{key} is {value}, expected {-largest:g} to {largest:g}", key)
        return float(value)

    def table(self, key: str) -> "Table | None":
        """Return a table inside this one."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self._wrong_type(key, f"a table, written as [{key}]")
        return Table(self.file, value, self.lines, (*self.at, key))

    def tables(self, key: str) -> "tuple[Table, ...]":
        """Return the tables of an array, written as `[[key]]`."""
        values = self.values.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            raise self._wrong_type(key, f"tables, each written as [[{key}]]")
        return tuple(Table(self.file, value, self.lines, (*self.at, key, i)) for i, value in enumerate(values))

    def _wrong_type(self, key: str, expected: str) -> FactsError:
        return self.error(f"{key} is {self.values[key]!r}, expected {expected}", key)


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
