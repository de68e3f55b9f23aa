"""Reports for people and for machines: the same records, rendered. One file a format and one line below.

Each reporter is imported when it is used, so that `provcheck --help` does not wait for rich.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from provcheck.protocols import Reporter
    from provcheck.records import Report


def _text(report: "Report", stream: IO[str], *, verbose: bool = False) -> None:
    from provcheck.report.text import write_text

    write_text(report, stream, verbose=verbose)


def _json(report: "Report", stream: IO[str], *, verbose: bool = False) -> None:
    from provcheck.report.json import write_json

    write_json(report, stream, verbose=verbose)


REPORTERS: "Final[Mapping[str, Reporter]]" = MappingProxyType({"text": _text, "json": _json})
