"""`provcheck check`."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provcheck.cli.destinations import Output, output_options, read_outputs, write_reports
from provcheck.exitcodes import FOUND, NOT_CHECKED, NOTHING_FOUND
from provcheck.report import FAIL_ON, FAILS_BY_DEFAULT

if TYPE_CHECKING:
    from provcheck.protocols import Progress
    from provcheck.records import Report


@dataclass(frozen=True, slots=True)
class Settings:
    """What a check is asked to do, wherever that was written.

    Attributes
    ----------
    releases : tuple of str
        Folders, images, and patterns of them.
    fail_on : str
        One of `report.FAIL_ON`.
    """

    releases: tuple[str, ...]
    corpus: Path
    outputs: tuple[Output, ...]
    fail_on: str = FAILS_BY_DEFAULT
    verbose: bool = False
    progress: bool = True


@click.command(
    epilog="""\b
Examples:
  provcheck check release/ --corpus known.corpus
  provcheck check picture.jpg --corpus known.corpus --verbose
  provcheck check release/ --corpus known.corpus --format json -o report.json
  provcheck check 'releases/*' --corpus known.corpus -o junit=report.xml -o sarif=report.sarif
  provcheck check release/ --corpus known.corpus --fail-on mismatched --quiet

Exit codes: 0 nothing found, 1 findings, 2 wrong usage, 3 something could not be checked and nothing was found, above
64 broken; `provcheck --help` has the whole table.
"""
)
@click.argument("releases", metavar="RELEASE...", nargs=-1, required=True)
@click.option(
    "--corpus",
    metavar="DIR",
    envvar="PROVCHECK_CORPUS",
    show_envvar=True,
    required=True,
    type=click.Path(path_type=Path),
    help="The corpus to check against.",
)
@output_options
@click.option(
    "--fail-on",
    metavar="OUTCOME",
    type=click.Choice(FAIL_ON),
    default=FAILS_BY_DEFAULT,
    show_default=True,
    help="Least serious outcome that gives exit code 1: mismatched, reused, credited or never.",
)
@click.option("-v", "--verbose", is_flag=True, help="Show all reasons and figures.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing; the exit code and the files of --output say it.")
@click.option("--progress/--no-progress", default=True, help="Draw a progress bar when stderr is a terminal.")
@click.pass_context
def check(
    context: click.Context,
    *,
    releases: tuple[str, ...],
    corpus: Path,
    form: str,
    outputs: tuple[str, ...],
    fail_on: str,
    verbose: bool,
    quiet: bool,
    progress: bool,
) -> None:
    """Check the pictures of each RELEASE, a folder or one image, against a corpus.

    Reports which pictures are known, where each was taken from, how it was altered, and which claim of the release is
    contradicted by which known fact. The claims come from release.toml in the folder and from the pictures' metadata.

    A RELEASE may be a pattern in quotes, as 'releases/*'. One that cannot be read is reported and counts as not
    checked; the others are checked all the same.
    """
    settings = Settings(
        releases=releases,
        corpus=corpus,
        outputs=read_outputs(form, outputs, quiet=quiet),
        fail_on=fail_on,
        verbose=verbose,
        progress=progress and not quiet,
    )
    reports = _checked(settings)
    write_reports(reports, settings.outputs, verbose=settings.verbose, fail_on=settings.fail_on)
    context.exit(exit_code(reports, settings.fail_on))


def exit_code(reports: "Sequence[Report]", fail_on: str) -> int:
    """Return 1 when an outcome is at or above `fail_on`, else 3 when something could not be checked, else 0."""
    from provcheck.report.states import State, worst_state

    codes = {State.FAILED: FOUND, State.UNCHECKED: NOT_CHECKED}
    return codes.get(worst_state(reports, fail_on), NOTHING_FOUND)


def _checked(settings: Settings) -> "list[Report]":
    from provcheck import pipeline
    from provcheck.cli.progress import progress_bar
    from provcheck.corpus import open_corpus
    from provcheck.release import find_releases, read_releases

    releases = read_releases(find_releases(settings.releases))
    total = sum(len(release.images) for release in releases)
    reports: list[Report] = []
    with open_corpus(settings.corpus) as known, progress_bar("Checking", enabled=settings.progress) as show:
        search = pipeline.open_search(known)
        for release in releases:
            before = sum(len(report.verdicts) for report in reports)
            reports.append(pipeline.check(release, known, search=search, progress=_shifted(show, before, total)))
    return reports


def _shifted(show: "Progress", before: int, total: int) -> "Progress":
    """Return the progress of one release as a part of that of all."""
    return lambda done, _, what: show(before + done, total, what)
