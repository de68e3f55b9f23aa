"""The truth about a set of queries: which reference each of them was made from, if any.

A set is a folder with `queries/`, mostly `refs/`, and one of

- `truth.csv`: a header line and a line for each query. Columns: `query` (a file name in `queries/`), `reference` (a
  file name among the references; empty when nothing known is in the picture), and as far as there are: `family`,
  `transform` (the edit; both only group the figures), `time_s` (for a still of a video). Others are allowed.
- `truth.json`: a list of objects with the same keys, or an object with such a list under `queries`. An absent reference
  may be `null`.

Queries of the family `near` show the scene of a reference, but are other shots: they must not match, and their false
matches are counted apart.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from provcheck.errors import UsageError

NAMES: Final = ("truth.csv", "truth.json")
NEAR: Final = "near"
UNNAMED: Final = "all"


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of one query.

    Attributes
    ----------
    query : str
        File name in `queries/`.
    reference : str
        File name of the reference that it was made from; empty when there is none.
    family, transform : str
        How it was made.
    time_s : float or None
        The moment that a still of a video shows.
    """

    query: str
    reference: str = ""
    family: str = UNNAMED
    transform: str = UNNAMED
    time_s: float | None = None

    @property
    def is_same_scene(self) -> bool:
        """Whether it is another shot of the scene of a reference: no match, but not unrelated either."""
        return not self.reference and self.family == NEAR


def read_truth(folder: Path) -> tuple[Truth, ...]:
    """Read the truth file of a set.

    Raises
    ------
    UsageError
        When there is none, it cannot be read, or it names a query twice or one that is not there; names file and line.
    """
    path = next((folder / name for name in NAMES if (folder / name).is_file()), None)
    if path is None:
        raise UsageError(f"{folder} has no {' or '.join(NAMES)}", "See: provcheck evaluate --help")
    truths: dict[str, Truth] = {}
    for where, row in _rows(path):
        truth = _truth(row, where)
        if truth.query in truths:
            raise UsageError(f"{where} names the query {truth.query} again", "Every query has one line.")
        if not (folder / "queries" / truth.query).is_file():
            raise UsageError(f"{where} names {truth.query}, which is not in {folder / 'queries'}", "Add the picture.")
        truths[truth.query] = truth
    if not truths:
        raise UsageError(f"{path} names no query", "It needs a line for each picture in queries/.")
    return tuple(truths.values())


def _rows(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the place (for messages) and the values of every entry."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix == ".csv":
            table = csv.DictReader(text.splitlines(), strict=True)
            yield from ((f"{path}, line {table.line_num}", row) for row in table)
        else:
            yield from ((f"{path}, entry {at}", row) for at, row in enumerate(_entries(json.loads(text), path), 1))
    except (OSError, ValueError, csv.Error) as error:
        raise UsageError(f"{path} cannot be read: {error}", "It has to be UTF-8 text.") from error


def _entries(document: Any, path: Path) -> Iterable[Mapping[str, Any]]:
    entries = document.get("queries") if isinstance(document, dict) else document
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise UsageError(f"{path} holds no list of objects", 'Expected: [{"query": "q0.jpg", "reference": "a.jpg"}]')
    return entries


def _truth(row: Mapping[str, Any], where: str) -> Truth:
    missing = [name for name in ("query", "reference") if name not in row]
    if missing or not row["query"]:
        raise UsageError(
            f"{where} has no {(missing or ['query'])[0]}", "Every query needs both; no reference is empty."
        )
    return Truth(
        query=str(row["query"]),
        reference=str(row["reference"] or ""),
        family=str(row.get("family") or UNNAMED),
        transform=str(row.get("transform") or UNNAMED),
        time_s=_seconds(row.get("time_s"), where),
    )


def _seconds(value: object, where: str) -> float | None:
    if value in {None, ""}:
        return None
    try:
        return float(str(value))
    except ValueError:
        raise UsageError(f"{where} has the time {value!r}", "time_s is a number of seconds.") from None
