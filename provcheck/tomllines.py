"""On which line each key of a TOML text stands.

The standard library's parser gives values without positions, and style-preserving parsers (tomlkit) keep the order of
things but not their lines. So values come from `tomllib`, and this reads the same text a second time for positions
only. It may assume that the text is valid TOML, because `tomllib` has accepted it, which keeps it small.
"""

import re
import tomllib
from bisect import bisect_left
from typing import Final

KeyPath = tuple[str | int, ...]
"""Keys from the root down; an integer counts the elements of an array, from 0."""

_BLANK: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY: Final = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|[^\s.=\]"\']+')
_SCALAR: Final = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:[^"\\]|\\.)*"'
    r"|'[^']*'"
    r"|[^,\]}#\r\n]+",
    re.DOTALL,
)


def find_key_lines(text: str) -> dict[KeyPath, int]:
    """Return the 1-based line of every key, table header and array element of a valid TOML text.

    Where a key appears in several headers (`[a]`, `[a.b]`), its first line counts.
    """
    walk = _Walk(text)
    walk.skip_blank()
    while walk.at < len(text):
        if text.startswith("[", walk.at):
            walk.header()
        else:
            walk.pair(walk.table)
        walk.skip_blank()
    return walk.lines


class _Walk:
    """A walk over the text: where it is, in which table, and what it found."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.table: KeyPath = ()
        self.lines: dict[KeyPath, int] = {}
        self._last_element: dict[KeyPath, int] = {}
        self._newlines = [match.start() for match in re.finditer("\n", text)]

    def header(self) -> None:
        """Read `[table]` or `[[table]]`: the table of the pairs that follow."""
        start = self.at
        brackets = 2 if self.text.startswith("[[", start) else 1
        self.at += brackets
        *above, last = self._keys(end="]")
        self.at += brackets
        parent = self._enter((), above, start)
        if brackets == 2:
            array = (*parent, last)
            self._last_element[array] = self._last_element.get(array, -1) + 1
        self.table = self._enter(parent, [last], start)

    def pair(self, table: KeyPath) -> None:
        """Read `key = value`, where the key may be dotted."""
        start = self.at
        path = self._enter(table, self._keys(end="="), start)
        self.at += 1
        self._value(path)

    def skip_blank(self) -> None:
        """Go past white space, line ends and comments."""
        self.at = self._end_of(_BLANK)

    def _enter(self, table: KeyPath, keys: list[str], start: int) -> KeyPath:
        """Go down by keys, into the last element of an array of tables, and note where each was."""
        for key in keys:
            table = (*table, key)
            self._note(table, start)
            if table in self._last_element:
                table = (*table, self._last_element[table])
                self._note(table, start)
        return table

    def _keys(self, *, end: str) -> list[str]:
        keys: list[str] = []
        self.skip_blank()
        while not self.text.startswith(end, self.at):
            first = self.at
            self.at = self._end_of(_KEY)
            keys.append(_plain_key(self.text[first : self.at]))
            self.skip_blank()
            self.at += self.text.startswith(".", self.at)
            self.skip_blank()
        return keys

    def _value(self, path: KeyPath) -> None:
        self.skip_blank()
        if self.text.startswith("{", self.at):
            self._inline_table(path)
        elif self.text.startswith("[", self.at):
            self._array(path)
        else:
            self.at = self._end_of(_SCALAR)

    def _inline_table(self, path: KeyPath) -> None:
        self._open()
        while not self._closed("}"):
            self.pair(path)

    def _array(self, path: KeyPath) -> None:
        self._open()
        index = 0
        while not self._closed("]"):
            self._note((*path, index), self.at)
            self._value((*path, index))
            index += 1

    def _open(self) -> None:
        self.at += 1
        self.skip_blank()

    def _closed(self, bracket: str) -> bool:
        """Go past a comma, and past the bracket if it is here."""
        self.skip_blank()
        self.at += self.text.startswith(",", self.at)
        self.skip_blank()
        is_here = self.text.startswith(bracket, self.at)
        self.at += is_here
        return is_here

    def _end_of(self, pattern: re.Pattern[str]) -> int:
        match = pattern.match(self.text, self.at)
        if match is None:
            raise ValueError(f"not valid TOML at character {self.at}")
        return match.end()

    def _note(self, path: KeyPath, at: int) -> None:
        self.lines.setdefault(path, bisect_left(self._newlines, at) + 1)


def _plain_key(written: str) -> str:
    if written[0] not in "\"'":
        return written
    key: str = tomllib.loads(f"key = {written}")["key"]
    return key
