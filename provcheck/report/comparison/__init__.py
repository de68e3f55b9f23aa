"""Comparisons of versions for people and for machines. One file a format and one line below.

Each is imported when it is used, so that `provcheck --help` does not wait for rich. `phrases` has the words that text
and Markdown share, `states` what fails and what counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from provcheck.versions import ComparisonReport

NEVER: Final = "never"
FAIL_ON: Final = ("error", "warning", "note", NEVER)
"""Choices of the least severity that fails a comparison, from the most serious: each includes those before it."""

FAILS_BY_DEFAULT: Final = "warning"


class ComparisonReporter(Protocol):
    """A comparison rendered for one kind of reader."""

    def __call__(self, report: "ComparisonReport", stream: IO[str], *, verbose: bool = False) -> None:
        """Write the whole report; `verbose` adds every figure where a format leaves some out."""
        ...


@dataclass(frozen=True, slots=True)
class Format:
    """A reporter that is imported when it is used: module and function below this package, and what it is for."""

    module: str
    function: str
    summary: str

    def __call__(self, report: "ComparisonReport", stream: IO[str], *, verbose: bool = False) -> None:
        """Write the report to `stream`; see `ComparisonReporter`."""
        module = import_module(f"provcheck.report.comparison.{self.module}")
        write: ComparisonReporter = getattr(module, self.function)
        write(report, stream, verbose=verbose)


COMPARISON_FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "text": Format("text", "write_text", "for people, in a terminal or a log"),
        "json": Format("json", "write_json", "everything, for programs"),
        "markdown": Format("markdown", "write_markdown", "a job summary, a comment, a wiki page"),
        "html": Format("html", "write_html", "one page for people, with the pictures side by side"),
    }
)
