"""`release.toml`: what a release says of itself, of all its images, and of single ones."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from provcheck.facts.values import choice_of, read_kind, read_moment, read_place, text_value
from provcheck.records import Claims, Label, Moment, Skipped, Stated
from provcheck.release.claiming import first_stated
from provcheck.selectors import SELECTOR_KEYS, Selector, read_selector
from provcheck.tomlfiles import Table, read_toml

MANIFEST_NAME: Final = "release.toml"

_ROOT_KEYS: Final = ("title", "published", "language", "claims", "image")
_DEFAULT_KEYS: Final = ("captured", "place", "kind")
_IMAGE_KEYS: Final = (*SELECTOR_KEYS, "caption", "credit", "label", *_DEFAULT_KEYS)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """Claims, and the images that they are about."""

    selector: Selector
    claims: Claims


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest, read. Without a `release.toml` it is empty: nothing is claimed."""

    title: str | None = None
    published: Moment | None = None
    language: str | None = None
    default: Claims = field(default_factory=Claims)
    entries: tuple[ManifestEntry, ...] = ()

    def entry_for(self, name: str) -> Claims:
        """Return what the entries say of an image; a `path` is stronger than a `glob`, a later than an earlier."""
        meant = [entry for entry in reversed(self.entries) if entry.selector.selects(name)]
        return first_stated(*(entry.claims for entry in sorted(meant, key=lambda entry: entry.selector.is_glob)))

    def unmatched(self, names: Collection[str]) -> tuple[Skipped, ...]:
        """Return the entries that mean none of the files in the folder."""
        return tuple(
            Skipped(entry.selector.text, f"named in {entry.selector.origin}, but not in the folder")
            for entry in self.entries
            if not any(entry.selector.selects(name) for name in names)
        )


def read_manifest(path: Path) -> Manifest:
    """Read a `release.toml`.

    Raises
    ------
    FactsError
        Naming the file and the line.
    """
    root = read_toml(path)
    root.allow_only(_ROOT_KEYS)
    default = root.inner("claims")
    default.allow_only(_DEFAULT_KEYS)
    return Manifest(
        title=root.read("title", text_value),
        published=read_moment(root, "published"),
        language=root.read("language", text_value),
        default=_claims(default),
        entries=tuple(_entry(table) for table in root.inners("image")),
    )


def _entry(table: Table) -> ManifestEntry:
    table.allow_only(_IMAGE_KEYS)
    return ManifestEntry(read_selector(table), _claims(table))


def _claims(table: Table) -> Claims:
    return Claims(
        captured=_stated(table, "captured", read_moment(table, "captured")),
        place=_stated(table, "place", read_place(table)),
        kind=_stated(table, "kind", read_kind(table)),
        caption=_read_stated(table, "caption", text_value),
        credit=_read_stated(table, "credit", text_value),
        label=_read_stated(table, "label", choice_of(Label)),
    )


def _read_stated(table: Table, key: str, convert: Callable[[object], T]) -> Stated[T] | None:
    return _stated(table, key, table.read(key, convert))


def _stated(table: Table, key: str, value: T | None) -> Stated[T] | None:
    return None if value is None else Stated(value, table.origin(key))
