"""`provcheck convert`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provcheck.cli.destinations import is_format_given, output_options, read_outputs, redact_option, write_reports
from provcheck.cli.output import STDOUT
from provcheck.errors import SavedReportError
from provcheck.report import FAIL_ON, FAILS_BY_DEFAULT

if TYPE_CHECKING:
    from provcheck.records import Report


@click.command(
    epilog="""\b
Examples:
  provcheck convert report.json
  provcheck convert report.json --format sarif -o report.sarif
  provcheck convert report.json --output junit=report.xml --output markdown=report.md
  provcheck convert report.json --redact -o html=for-others.html

The exit code says whether the report could be converted, and not what it found: 0, 65 for a file that is no report of
this version, 73 for an output that cannot be written.
"""
)
@click.argument("report", metavar="REPORT")
@output_options()
@redact_option
@click.option(
    "--fail-on",
    metavar="OUTCOME",
    type=click.Choice(FAIL_ON),
    default=FAILS_BY_DEFAULT,
    show_default=True,
    help="Least serious outcome that junit and others call a failure, as in `provcheck check`.",
)
@click.option("-v", "--verbose", is_flag=True, help="Show all reasons and figures.")
@click.pass_context
def convert(
    context: click.Context,
    /,
    *,
    report: str,
    form: str,
    outputs: tuple[str, ...],
    redact: bool,
    fail_on: str,
    verbose: bool,
) -> None:
    """Render a saved JSON report again, in any format.

    REPORT is a file that `provcheck check --format json` wrote, or `-` for stdin. Neither the images nor the corpus
    are needed.
    """
    reports = read_saved(report)
    hides = redact or any(each.redacted for each in reports)
    placed = read_outputs(form, outputs, by_ending=not is_format_given(context), redact=hides)
    write_reports(reports, placed, verbose=verbose, fail_on=fail_on, redact=redact)


def read_saved(file: str) -> "tuple[Report, ...]":
    """Read the reports of a saved JSON report; `-` is stdin. `SavedReportError` names the file and the place in it."""
    return parse_saved(file, read_bytes(file))


def read_bytes(file: str) -> bytes:
    """Return a saved report as it was saved; `-` is stdin."""
    try:
        return sys.stdin.read().encode("utf-8", "surrogateescape") if file == STDOUT else Path(file).read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise SavedReportError(f"{_named(file)}: cannot be read: {reason}", "Check the path.") from error
    except UnicodeDecodeError:
        raise _not_text(file) from None


def parse_saved(file: str, written: bytes) -> "tuple[Report, ...]":
    """Return the reports in what was read from a file; see `read_saved`."""
    from provcheck.report.reading import read_reports

    try:
        return read_reports(written.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _not_text(file) from None
    except SavedReportError as error:
        raise SavedReportError(f"{_named(file)}: {error.message}", error.remedy) from None


def _not_text(file: str) -> SavedReportError:
    return SavedReportError(f"{_named(file)}: it is not UTF-8 text", "Give a JSON report.")


def _named(file: str) -> str:
    return "stdin" if file == STDOUT else file
