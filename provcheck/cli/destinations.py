"""`--format` and `--output`: which formats a command writes, and where."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

import click
from click.core import ParameterSource

from provcheck.cli.output import STDOUT, refuse_unwritable, write_outputs
from provcheck.errors import UsageError
from provcheck.report import FORMATS, REPORTERS
from provcheck.report.visible import visible

if TYPE_CHECKING:
    from provcheck.records import Report

ENDINGS: Final = {
    ".csv": "csv",
    ".htm": "html",
    ".html": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".jsonld": "mediareview",
    ".md": "markdown",
    ".sarif": "sarif",
    ".txt": "text",
    ".xml": "junit",
}
"""What a file name promises, where `--format` does not say."""

_TAGGED: Final = re.compile(r"(?P<form>[A-Za-z0-9_-]+)=(?P<destination>.+)", re.DOTALL)

Command = TypeVar("Command", bound=Callable[..., object])


class Output(NamedTuple):
    """One report that is to be written: the name of its format, and a file or `-` for stdout."""

    form: str
    destination: str


def output_options(formats: Collection[str] = tuple(REPORTERS)) -> Callable[[Command], Command]:
    """Return what adds `--format` and `--output` to a command, as `form` and `outputs`."""
    add_format = click.option(
        "--format",
        "form",
        metavar="FORMAT",
        type=click.Choice(list(formats)),
        default="text",
        show_default=True,
        help=f"Form of the report: {', '.join(formats)}.",
    )
    add_outputs = click.option(
        "-o",
        "--output",
        "outputs",
        metavar="[FORMAT=]FILE",
        multiple=True,
        help="Write a report to FILE, in FORMAT, else that of --format, else that of FILE's ending; `-` is stdout. May "
        "be given several times.",
    )
    return lambda command: add_format(add_outputs(command))


redact_option: Final = click.option(
    "--redact/--no-redact", help="Leave out pictures, file names and folders; pictures are called by their number."
)


def is_format_given(context: click.Context) -> bool:
    """Whether `--format` stands in the command line."""
    return context.get_parameter_source("form") is ParameterSource.COMMANDLINE


def read_outputs(
    form: str,
    written: Sequence[str],
    *,
    by_ending: bool = False,
    formats: Collection[str] = tuple(REPORTERS),
    quiet: bool = False,
    redact: bool = False,
) -> tuple[Output, ...]:
    """Return what is to be written, and refuse at once what cannot be.

    `FORMAT=FILE` comes in addition to the report in `--format`, which goes to stdout unless a plain `FILE` or another
    format on stdout takes its place, or `quiet` asks for silence.

    Parameters
    ----------
    by_ending : bool
        Whether the ending of a plain `FILE` says its format, where it is one of `ENDINGS`.

    Raises
    ------
    UsageError
        A format is not known, or cannot be redacted, or two reports would go to one place.
    OutputError
        A file cannot be written.
    """
    named = ENDINGS if by_ending else {}
    outputs = [_read_output(form, text, formats, named) for text in written]
    is_placed = any(not _TAGGED.fullmatch(text) for text in written) or STDOUT in {each.destination for each in outputs}
    if not is_placed:
        outputs.append(Output(form, STDOUT))
    _refuse_shared(outputs)
    kept = [output for output in outputs if not (quiet and output.destination == STDOUT)]
    if redact:
        _refuse_unredactable(kept)
    for output in kept:
        refuse_unwritable(output.destination)
    return tuple(kept)


def tell_where(outputs: Sequence[Output], summary: str) -> None:
    """Say on stderr in a line what was found, and where it is written, where nothing of it goes to stdout."""
    files = [output.destination for output in outputs]
    if STDOUT not in files:
        click.echo(f"{summary}; written to {visible(', '.join(files))}", err=True)


def write_reports(
    reports: "Sequence[Report]",
    outputs: Sequence[Output],
    *,
    verbose: bool = False,
    fail_on: str,
    redact: bool = False,
) -> None:
    """Write the reports to every output, without names and pictures if asked for; see `output.write_outputs`."""
    from provcheck.report.redaction import redacted

    reports = redacted(reports) if redact else reports
    write_outputs(
        [
            (output.destination, partial(REPORTERS[output.form], reports, verbose=verbose, fail_on=fail_on))
            for output in outputs
        ]
    )


def _read_output(form: str, text: str, formats: Collection[str], endings: Mapping[str, str]) -> Output:
    tagged = _TAGGED.fullmatch(text)
    if tagged is None:
        promised = endings.get(Path(text).suffix.lower(), form)
        return Output(promised if promised in formats else form, text)
    if tagged["form"] not in formats:
        raise UsageError(
            f"--output {text}: there is no format “{tagged['form']}”",
            f"Formats are {', '.join(formats)}; for a file of that name write ./{text}.",
        )
    return Output(tagged["form"], tagged["destination"])


def _refuse_unredactable(outputs: Sequence[Output]) -> None:
    for output in outputs:
        if FORMATS[output.form].points_at_files:
            raise UsageError(
                f"a redacted report names no files, and {output.form} points at files",
                "Write it without --redact, or choose another format.",
            )


def _refuse_shared(outputs: Sequence[Output]) -> None:
    seen: dict[str, Output] = {}
    for output in outputs:
        place = STDOUT if output.destination == STDOUT else str(Path(output.destination).resolve())
        if place in seen:
            where = "stdout" if place == STDOUT else output.destination
            raise UsageError(
                f"--output: both {seen[place].form} and {output.form} would be written to {where}",
                "Give each report a file of its own; one of them can go to `-`, which is stdout.",
            )
        seen[place] = output
