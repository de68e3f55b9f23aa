"""`provcheck compare`."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provcheck.cli.destinations import is_format_given, output_options, read_outputs, tell_where
from provcheck.cli.fetching import Fetching, fetch_options, read_fetching
from provcheck.cli.output import write_outputs
from provcheck.errors import UsageError
from provcheck.exitcodes import FOUND, NOT_CHECKED, NOTHING_FOUND
from provcheck.report.comparison import COMPARISON_FORMATS, FAIL_ON, FAILS_BY_DEFAULT

if TYPE_CHECKING:
    from provcheck.records import Release
    from provcheck.release import Room
    from provcheck.versions import ComparisonReport


class _Version(click.Path):
    """A file or folder that exists, or the address of a web page, which is asked later."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return it as it was written."""
        from provcheck.release import is_address

        return value if is_address(str(value)) else super().convert(value, param, ctx)


@click.command(
    epilog="""\b
Examples:
  provcheck compare release-ru/ release-en/
  provcheck compare release-ru/ release-en/ --corpus known.corpus
  provcheck compare release-ru/ release-en/ --output html=differences.html
  provcheck compare first/ revised/ final/ --format markdown -o history.md
  provcheck compare https://ministry.example/ru/123 https://ministry.example/en/123
  provcheck compare ours/ mirror/ --fail-on error --quiet

Exit codes: 0 no difference at or above --fail-on, 1 differences, 2 wrong usage, 3 something could not be compared and
no difference was found, above 64 broken; `provcheck --help` has the whole table.
"""
)
@click.argument("versions", metavar="A B...", nargs=-1, required=True, type=_Version(exists=True))
@click.option(
    "--corpus",
    metavar="DIR",
    envvar="PROVCHECK_CORPUS",
    show_envvar=True,
    type=click.Path(path_type=Path),
    help="Also check every version against this corpus.",
)
@output_options(COMPARISON_FORMATS)
@click.option(
    "--fail-on",
    metavar="SEVERITY",
    type=click.Choice(FAIL_ON),
    default=FAILS_BY_DEFAULT,
    show_default=True,
    help="Least serious difference that gives exit code 1: error, warning, note or never.",
)
@fetch_options
@click.option("-v", "--verbose", is_flag=True, help="Also name what is the same; show boxes and figures.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing; the exit code and the files of --output say it.")
@click.option("--progress/--no-progress", default=True, help="Draw a progress bar when stderr is a terminal.")
@click.pass_context
def compare(
    context: click.Context,
    /,
    *,
    versions: tuple[str, ...],
    corpus: Path | None,
    form: str,
    outputs: tuple[str, ...],
    fail_on: str,
    verbose: bool,
    quiet: bool,
    progress: bool,
    **_fetching: object,
) -> None:
    """Say how versions of a release differ, picture by picture.

    A and B are folders, files or web pages as `check` takes them: two languages, a mirror and its original, a statement
    and its revision. Pictures are paired by what they show, however they were cropped, mirrored, recoloured or edited.
    Then what was done to each is named, what was replaced, added, left out or moved, and which captions and claims
    changed.

    Of more than two versions each is compared with the next, and every picture is followed through all of them.
    """
    from provcheck.report.comparison.text import verdict_line

    if len(versions) < 2:
        raise UsageError("only one version was given, and at least two are compared", "Name both: compare A B")
    placed = read_outputs(
        form, outputs, by_ending=not is_format_given(context), formats=COMPARISON_FORMATS, quiet=quiet
    )
    destinations = [output.destination for output in placed]
    fetching = read_fetching(context, versions, destinations, progress=progress and not quiet, quiet=quiet)
    with _compared(versions, corpus, fetching) as report:
        write_outputs([(to, partial(COMPARISON_FORMATS[form], report, verbose=verbose)) for form, to in placed])
    if not quiet:
        tell_where(placed, verdict_line(report))
    context.exit(exit_code(report, fail_on))


def exit_code(report: "ComparisonReport", fail_on: str) -> int:
    """Return 1 when a difference is at or above `fail_on`, else 3 when something could not be compared, else 0."""
    from provcheck.report.comparison.states import fails, is_incomplete

    if fails(report, fail_on):
        return FOUND
    return NOT_CHECKED if is_incomplete(report) else NOTHING_FOUND


@contextmanager
def _compared(versions: tuple[str, ...], corpus: Path | None, fetching: Fetching) -> "Iterator[ComparisonReport]":
    """Compare; what was unpacked for it is there as long as its report is written."""
    from provcheck import pipeline
    from provcheck.cli.progress import progress_bar
    from provcheck.corpus import open_corpus
    from provcheck.release import Room, working_folder

    with ExitStack() as stack:
        known = stack.enter_context(open_corpus(corpus)) if corpus else None
        folder = stack.enter_context(working_folder())
        read = [_read(version, Room(folder / str(at)), fetching) for at, version in enumerate(versions)]
        with progress_bar("Comparing", enabled=fetching.progress) as show:
            report = pipeline.compare(read, known, progress=show)
        yield report


def _read(version: str, room: "Room", fetching: Fetching) -> "Release":
    from provcheck.release import WebAddress, is_address, named_address, read_release

    if is_address(version):
        return fetching.fetch(WebAddress(named_address(version)), room)
    return read_release(Path(version), room=room)
