"""The beginning of a source's id to the one id that it means."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from provcheck.errors import UsageError

Query = Callable[[str, Iterable[object]], Iterator[tuple[Any, ...]]]

_SHOWN = 5


def resolve_source_id(prefix: str, query: Query) -> str:
    """Return the id of the only source whose SHA-256 begins with `prefix`.

    Parameters
    ----------
    query : callable
        Called as `query(sql, values)`; yields rows.

    Raises
    ------
    UsageError
        When there is none, or more than one; names the nearest ids.
    """
    wanted = prefix.strip().lower()
    found = _beginning_with(wanted, query) if wanted else []
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"{prefix!r} is the beginning of {_name(found)}", "Type more digits of the id.")
    near = _nearest(wanted, query)
    hint = f"The nearest are {_name(near)}. " if near else ""
    raise UsageError(f"no source has the id {prefix!r}", f"{hint}List all ids with: provcheck corpus list")


def _beginning_with(prefix: str, query: Query) -> list[str]:
    # "g" sorts behind every hexadecimal digit: a range that the index on sha256 answers.
    sql = "SELECT id FROM source WHERE sha256 >= ? AND sha256 < ? ORDER BY id LIMIT ?"
    return [identifier for (identifier,) in query(sql, (prefix, f"{prefix}g", _SHOWN + 1))]


def _nearest(wanted: str, query: Query) -> list[str]:
    for length in range(len(wanted) - 1, 0, -1):
        if found := _beginning_with(wanted[:length], query):
            return found
    return []


def _name(identifiers: list[str]) -> str:
    more = " and others" if len(identifiers) > _SHOWN else ""
    return ", ".join(identifiers[:_SHOWN]) + more
