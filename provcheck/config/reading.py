"""What a configuration file says, each value with the line where it says so; every slip is an error with its line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

from provcheck.config.finding import read_root
from provcheck.config.keys import KEYS
from provcheck.config.values import cache_from, count, one_of, outputs_from, path_from, yes_or_no
from provcheck.config.waivers import read_waivers
from provcheck.facts.values import choice_of
from provcheck.judging import RULES
from provcheck.records import Severity, Stated, Waiver
from provcheck.report import FAIL_ON, REPORTERS
from provcheck.tomlfiles import Table

T = TypeVar("T")

_TABLES: Final = ("severity", "limits", "waiver")
_LIMITS: Final = tuple(key.name for key in KEYS if key.table == "limits")


@dataclass(frozen=True, slots=True)
class Configuration:
    """What is said; None or empty where nothing is.

    Attributes
    ----------
    path : Path or None
        The file; None when there is none.
    outputs : Stated of tuple of str
        As `--output` takes them.
    cache : Stated of Path or None
        None inside for `false`.
    severities : mapping of str to Stated of Severity
        By rule id.
    pictures, cache_megabytes : Stated of int
        The limits.
    """

    path: Path | None = None
    corpus: Stated[Path] | None = None
    fail_on: Stated[str] | None = None
    form: Stated[str] | None = None
    outputs: Stated[tuple[str, ...]] | None = None
    redact: Stated[bool] | None = None
    cache: Stated[Path | None] | None = None
    trust_list: Stated[Path] | None = None
    severities: Mapping[str, Stated[Severity]] = field(default_factory=lambda: MappingProxyType({}))
    pictures: Stated[int] | None = None
    cache_megabytes: Stated[int] | None = None
    waivers: tuple[Waiver, ...] = ()


def read_config(path: Path) -> Configuration:
    """Read a configuration file; its relative paths become paths relative to its folder.

    Raises
    ------
    UsageError, FactsError
        There is no such file, or it is wrong; the message names the file and the line, and suggests the nearest key.
    """
    root = read_root(path)
    root.allow_only((*(key.name for key in KEYS if not key.table), *_TABLES))
    limits = root.inner("limits")
    limits.allow_only(_LIMITS)
    return Configuration(
        path=path,
        corpus=_stated(root, "corpus", path_from(path)),
        fail_on=_stated(root, "fail-on", one_of(FAIL_ON)),
        form=_stated(root, "format", one_of(tuple(REPORTERS))),
        outputs=_stated(root, "outputs", outputs_from(path)),
        redact=_stated(root, "redact", yes_or_no),
        cache=_stated(root, "cache", cache_from(path)),
        trust_list=_stated(root, "trust-list", path_from(path)),
        severities=_severities(root.inner("severity")),
        pictures=_stated(limits, "pictures", count),
        cache_megabytes=_stated(limits, "cache-megabytes", count),
        waivers=(*read_waivers(root), *_waivers_elsewhere(root, path)),
    )


def _stated(table: Table, key: str, convert: Callable[[object], T]) -> Stated[T] | None:
    if key not in table:
        return None
    try:
        value = convert(table.values[key])
    except ValueError as error:
        raise table.error(f"{key}: {error}", key) from None
    return Stated(value, f"{table.file}:{table.line(key)}")


def _severities(table: Table) -> Mapping[str, Stated[Severity]]:
    table.allow_only(tuple(RULES))
    stated = {rule: _stated(table, rule, choice_of(Severity)) for rule in table.values}
    return MappingProxyType({rule: value for rule, value in stated.items() if value})


def _waivers_elsewhere(root: Table, path: Path) -> tuple[Waiver, ...]:
    named = _stated(root, "waivers", path_from(path))
    if named is None:
        return ()
    if not named.value.is_file():
        raise root.error(f"waivers: there is no file {named.value}", "waivers")
    other = read_root(named.value)
    other.allow_only(("waiver",))
    return read_waivers(other)
