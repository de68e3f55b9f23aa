"""Facts files and sidecars.

A facts file lists sources; several entries may mean one file. A `path` says more than a `glob`, and a later entry more
than an earlier one, so a glob can give the defaults of a folder.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Final

from provcheck.facts.merging import merge_facts
from provcheck.facts.values import FACT_KEYS, read_facts
from provcheck.presence import is_file
from provcheck.records import Facts, Skipped
from provcheck.selectors import SELECTOR_KEYS, Selector, read_selector, relative_name
from provcheck.tomlfiles import Table, read_toml

FACTS_NAME: Final = "facts.toml"
_RESERVED: Final = frozenset((FACTS_NAME, "release.toml"))


@dataclass(frozen=True, slots=True)
class FactsEntry:
    """Facts, and the files that they are about."""

    selector: Selector
    facts: Facts


@dataclass(frozen=True, slots=True)
class FactsFile:
    """A facts file, read."""

    path: Path
    entries: tuple[FactsEntry, ...]

    def for_path(self, media_path: Path) -> Facts | None:
        """Return what the file says about a photo or video; None when no entry means it."""
        name = relative_name(media_path, self.path.parent)
        meant = [entry for entry in self.entries if entry.selector.selects(name)]
        if not meant:
            return None
        weakest_first = sorted(meant, key=lambda entry: not entry.selector.is_glob)
        return reduce(lambda lower, entry: merge_facts(lower=lower, higher=entry.facts), weakest_first, Facts())

    def unmatched(self, media_paths: Iterable[Path]) -> tuple[Skipped, ...]:
        """Return the entries that mean none of the given files: most often a misspelt name."""
        names = [relative_name(path, self.path.parent) for path in media_paths]
        return tuple(
            Skipped(entry.selector.text, f"named in {entry.selector.origin}, but no such photo or video was found")
            for entry in self.entries
            if not any(entry.selector.selects(name) for name in names)
        )


def load_facts(path: Path) -> FactsFile:
    """Read a facts file: `[[source]]` entries, each with `path` or `glob`.

    Raises
    ------
    FactsError
        Naming the file and the line.
    """
    root = read_toml(path)
    root.allow_only(("source",))
    return FactsFile(path, tuple(_entry(table) for table in root.inners("source")))


def load_sidecar(path: Path) -> Facts:
    """Read the facts of one source from the TOML file beside it, keys at the top level.

    Raises
    ------
    FactsError
        Naming the file and the line.
    """
    root = read_toml(path)
    root.allow_only(FACT_KEYS)
    return read_facts(root)


def find_sidecar(media_path: Path) -> Path | None:
    """Return the sidecar of a photo or video: `clip.mp4.toml`, else `clip.toml`; None when there is none."""
    for name in (f"{media_path.name}.toml", f"{media_path.stem}.toml"):
        sidecar = media_path.with_name(name)
        if name not in _RESERVED and is_file(sidecar):
            return sidecar
    return None


def _entry(table: Table) -> FactsEntry:
    table.allow_only((*SELECTOR_KEYS, *FACT_KEYS))
    return FactsEntry(read_selector(table), read_facts(table))
