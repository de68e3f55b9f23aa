"""Which files an entry of a TOML file means: one `path`, or all that match a `glob`.

Both are relative to the folder of the TOML file, with `/` on every system. `Path.match` of Python 3.11 does not know
`**`, so folders are matched one by one here: `*`, `?` and `[abc]` stay inside one name, `**` stands for any number of
folders.
"""

import os
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from provcheck.tomlfiles import Table

SELECTOR_KEYS: Final = ("path", "glob")


@dataclass(frozen=True, slots=True)
class Selector:
    """A path or a pattern, and where it was written."""

    text: str
    is_glob: bool
    origin: str

    def selects(self, name: str) -> bool:
        """Whether a POSIX path, relative to the folder of the TOML file, is meant."""
        if self.is_glob:
            return _matches(_composed(self.text).split("/"), _composed(name).split("/"))
        return _composed(self.text) == _composed(name)


def read_selector(entry: Table) -> Selector:
    """Read `path` or `glob` of an entry; raise `FactsError` unless exactly one is there."""
    named = [key for key in SELECTOR_KEYS if key in entry]
    if len(named) != 1:
        found = "both path and glob" if named else "neither path nor glob"
        raise entry.error(f"the entry has {found}, expected one of them")
    key = named[0]
    text = entry.values[key]
    if not isinstance(text, str) or not text.strip():
        raise entry.error(f"{key}: expected a text in quotes, found {text!r}", key)
    is_glob = key == "glob"
    plain = text.removeprefix("./") if is_glob else relative_name(entry.file.parent / text, entry.file.parent)
    return Selector(plain, is_glob, entry.origin(key))


def relative_name(path: Path, folder: Path) -> str:
    """Return the POSIX path of a file from a folder, without following a link that the file itself may be."""
    place = Path(os.path.normpath(path))
    return Path(os.path.relpath(place.parent.resolve() / place.name, folder.resolve())).as_posix()


def _matches(pattern: Sequence[str], parts: Sequence[str]) -> bool:
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return any(_matches(pattern[1:], parts[skipped:]) for skipped in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _matches(pattern[1:], parts[1:])


def _composed(name: str) -> str:
    """Return one form of accented letters: macOS stores them in two characters."""
    return unicodedata.normalize("NFC", name)
