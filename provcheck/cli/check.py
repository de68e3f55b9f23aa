"""`provcheck check`."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provcheck.cli.output import STDOUT, refuse_unwritable, write_output
from provcheck.exitcodes import FOUND, NOT_CHECKED, NOTHING_FOUND
from provcheck.report import REPORTERS

if TYPE_CHECKING:
    from provcheck.records import Report

_FAIL_ON = ("mismatched", "reused", "credited")
"""From the most serious: each choice includes those before it."""


@click.command(
    epilog="""\b
Examples:
  provcheck check release/ --corpus known.corpus
  provcheck check picture.jpg --corpus known.corpus --verbose
  provcheck check release/ --corpus known.corpus --format json -o report.json
  provcheck check release/ --corpus known.corpus --fail-on mismatched --quiet

Exit codes: 0 nothing found, 1 findings, 2 wrong usage, 3 something could not be checked and nothing was found, above
64 broken; `provcheck --help` has the whole table.
"""
)
@click.argument("release", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--corpus",
    metavar="DIR",
    envvar="PROVCHECK_CORPUS",
    show_envvar=True,
    required=True,
    type=click.Path(path_type=Path),
    help="The corpus to check against.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(REPORTERS)),
    default="text",
    show_default=True,
    help="Form of the report.",
)
@click.option("-o", "--output", metavar="FILE", default=STDOUT, help="Write the report to FILE; `-` is stdout.")
@click.option(
    "--fail-on",
    metavar="OUTCOME",
    type=click.Choice([*_FAIL_ON, "never"]),
    default="reused",
    show_default=True,
    help="Least serious outcome that gives exit code 1: mismatched, reused, credited or never.",
)
@click.option("-v", "--verbose", is_flag=True, help="Show all reasons and figures.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing; the exit code and the file of -o say it.")
@click.option("--progress/--no-progress", default=True, help="Draw a progress bar when stderr is a terminal.")
@click.pass_context
def check(
    context: click.Context,
    *,
    release: Path,
    corpus: Path,
    form: str,
    output: str,
    fail_on: str,
    verbose: bool,
    quiet: bool,
    progress: bool,
) -> None:
    """Check the pictures of RELEASE, a folder or one image, against a corpus.

    Reports which pictures are known, where each was taken from, how it was altered, and which claim of the release is
    contradicted by which known fact. The claims come from release.toml in the folder and from the pictures' metadata.
    """
    refuse_unwritable(output)
    report = _checked(release, corpus, progress=progress and not quiet)
    if not (quiet and output == STDOUT):
        write_output(output, partial(REPORTERS[form], report, verbose=verbose))
    context.exit(exit_code(report, fail_on))


def exit_code(report: "Report", fail_on: str) -> int:
    """Return 1 when an outcome is at or above `fail_on`, else 3 when something could not be checked, else 0."""
    outcomes = {verdict.outcome.value for verdict in report.verdicts}
    failing = _FAIL_ON[: _FAIL_ON.index(fail_on) + 1] if fail_on in _FAIL_ON else ()
    if outcomes.intersection(failing):
        return FOUND
    missed = any(skipped.missed for skipped in (*report.skipped, *report.release.skipped))
    unchecked = missed or "inconclusive" in outcomes or not report.verdicts or not report.coverage.sources
    return NOT_CHECKED if unchecked else NOTHING_FOUND


def _checked(release: Path, corpus: Path, *, progress: bool) -> "Report":
    from provcheck import pipeline
    from provcheck.cli.progress import progress_bar
    from provcheck.corpus import open_corpus
    from provcheck.release import read_release

    with open_corpus(corpus) as known, progress_bar("Checking", enabled=progress) as show:
        return pipeline.check(read_release(release), known, progress=show)
