"""Reports for people and for machines: the same records, rendered. One file a format and one line below.

Each reporter is imported when it is used, so that `provcheck --help` does not wait for rich. What several of them need
stands beside them: `summary` counts, `states` says what passes, `statements` is the flat list of findings with where
they point, `visible` makes text from outside safe. `reading` is the way back, from a saved JSON report to records.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from provcheck.protocols import Reporter
    from provcheck.records import Report

FAIL_ON: Final = ("mismatched", "reused", "credited", "never")
"""Choices of the least serious outcome that fails a check, from the most serious: each includes those before it."""

FAILS_BY_DEFAULT: Final = "reused"


@dataclass(frozen=True, slots=True)
class Format:
    """A reporter that is imported when it is used.

    Attributes
    ----------
    module, function : str
        Where it is, below `provcheck.report`.
    summary : str
        What it is for, in the words of the README's table.
    points_at_files : bool
        Whether it is of no use without the paths of files.
    """

    module: str
    function: str
    summary: str
    points_at_files: bool = False

    def __call__(
        self,
        reports: "Sequence[Report]",
        stream: IO[str],
        *,
        verbose: bool = False,
        fail_on: str = FAILS_BY_DEFAULT,
    ) -> None:
        """Write all reports to `stream`; see `protocols.Reporter`."""
        write: Reporter = getattr(import_module(f"provcheck.report.{self.module}"), self.function)
        write(reports, stream, verbose=verbose, fail_on=fail_on)


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "text": Format("text", "write_text", "for people, in a terminal or a log"),
        "json": Format("json", "write_json", "everything, for programs; `provcheck convert` reads it again"),
        "jsonl": Format("jsonl", "write_jsonl", "JSON Lines: a picture or a file that was not used a line"),
        "csv": Format("csv", "write_csv", "a finding a row, for spreadsheets and databases"),
        "junit": Format("junit", "write_junit", "JUnit XML: a picture is a test; for Jenkins, GitLab and most others"),
        "sarif": Format(
            "sarif", "write_sarif", "SARIF 2.1.0: for GitHub code scanning and editors", points_at_files=True
        ),
        "github": Format("github", "write_github", "annotations of a GitHub Actions step", points_at_files=True),
        "gitlab": Format("gitlab", "write_gitlab", "GitLab Code Quality", points_at_files=True),
        "markdown": Format("markdown", "write_markdown", "a job summary, a comment, a wiki page"),
        "html": Format("html", "write_html", "one page for people, with the pictures side by side"),
        "mediareview": Format(
            "mediareview", "write_mediareview", "drafts of schema.org MediaReviews, for a person to finish"
        ),
    }
)

REPORTERS: "Final[Mapping[str, Reporter]]" = FORMATS
