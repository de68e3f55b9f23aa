"""`provcheck explain`."""

import io
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import click

from provcheck.cli.output import refuse_unwritable, write_output
from provcheck.errors import UnreadableMedia, UsageError
from provcheck.exitcodes import FOUND, NOT_CHECKED, NOTHING_FOUND
from provcheck.report.visible import visible

if TYPE_CHECKING:
    from provcheck.explaining import Explanation

SAVED_REPORT: Final = ".json"


@click.command(
    epilog="""\b
Examples:
  provcheck explain photo.jpg known.jpg
  provcheck explain photo.jpg trailer.mp4@12.48 -o proof.png
  provcheck explain photo.jpg trailer.mp4 -o proof.html
  provcheck explain report.json photo-1.jpg -o proof.png

Exit codes: 0 the same picture or footage, 1 not the same, 2 wrong usage, 3 it could not be checked, above 64 broken;
they are those of this question, and not those of `provcheck check`.
"""
)
@click.argument("query", metavar="QUERY|REPORT", type=click.Path(path_type=Path))
@click.argument("reference", metavar="REFERENCE|ITEM")
@click.option("-o", "--output", metavar="FILE", help="Also draw the proof: a picture (.png) or a page (.html).")
@click.option("-v", "--verbose", is_flag=True, help="Show the figures too.")
@click.pass_context
def explain(context: click.Context, *, query: Path, reference: str, output: str | None, verbose: bool) -> None:
    """Say whether two pictures are the same, and how QUERY was made from REFERENCE. No corpus is needed.

    REFERENCE is a picture, a moment of a video, as clip.mp4@12.48 or clip.mp4@1:02.5, or a whole video, in which the
    moment is looked for. The drawing has both side by side: the outline of QUERY on REFERENCE, points that both have,
    regions that differ.

    With a saved JSON report and ITEM, the path of a picture in it, the proof of that report is drawn.
    """
    if output is not None:
        _refuse_output(output)
    try:
        explanation = _explained(query, reference)
    except UnreadableMedia as error:
        click.echo(f"could not be checked: {visible(error.message)}", err=True)
        context.exit(NOT_CHECKED)
    _say(explanation, verbose=verbose)
    if output is not None:
        write_output(output, partial(_write, explanation, Path(output).suffix.lower()))
    context.exit(exit_code(explanation))


def exit_code(explanation: "Explanation") -> int:
    """Return 0 when the two are the same, 3 when that could not be checked, else 1."""
    if explanation.same:
        return NOTHING_FOUND
    return NOT_CHECKED if explanation.match is None and explanation.not_checkable else FOUND


def _refuse_output(output: str) -> None:
    if Path(output).suffix.lower() not in {".png", ".html"}:
        raise UsageError(f"--output {output}: neither a .png nor a .html", "Name the file by what it is to be.")
    refuse_unwritable(output)


def _explained(query: Path, reference: str) -> "Explanation":
    from provcheck.cli.convert import read_saved
    from provcheck.explaining import explain_item, explain_pair, read_named
    from provcheck.report.choosing import chosen_verdict

    if query.suffix.lower() == SAVED_REPORT:
        return explain_item(*chosen_verdict(read_saved(str(query)), reference))
    return explain_pair(read_named(str(query)).path, read_named(reference))


def _say(explanation: "Explanation", *, verbose: bool) -> None:
    from provcheck.explaining.sentences import figures, sentences

    for sentence in sentences(explanation):
        click.echo(sentence)
    if verbose and explanation.match:
        click.echo(figures(explanation.match))


def _write(explanation: "Explanation", form: str, stream: IO[str]) -> None:
    from provcheck.explaining.drawing import as_png
    from provcheck.explaining.sentences import sentences
    from provcheck.report.html.pair import render_pair

    if form == ".html":
        one = explanation
        said = sentences(one)
        page = render_pair(one.query, one.reference, one.match, one.originals, names=one.captions, sentences=said)
        stream.write(page)
    elif isinstance(stream, io.TextIOWrapper):
        stream.buffer.write(as_png(explanation))
