"""`provcheck calibrate`."""

import json
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import click

from provcheck.cli.output import STDOUT, write_output

if TYPE_CHECKING:
    from provcheck.evaluating.calibrating import Calibration

FILE: Final = "calibration.json"


@click.command(
    epilog="""\b
Examples:
  provcheck calibrate --corpus known.corpus
  provcheck calibrate --corpus known.corpus --edits crop,screenshot --queries 500
  provcheck calibrate --corpus known.corpus --write

Exit codes: 0 measured, 2 wrong usage or too small a corpus, above 64 broken.
"""
)
@click.option(
    "--corpus",
    metavar="DIR",
    envvar="PROVCHECK_CORPUS",
    show_envvar=True,
    required=True,
    type=click.Path(path_type=Path),
    help="The corpus to measure.",
)
@click.option("--edits", metavar="NAMES", default="", help="Edits or families, with commas between; by default all.")
@click.option("--queries", metavar="N", type=click.IntRange(min=1), default=200, show_default=True)
@click.option("--seed", metavar="N", type=click.IntRange(min=0), default=7, show_default=True)
@click.option("--write", is_flag=True, help=f"Keep the result in the corpus, as {FILE}.")
@click.option("--progress/--no-progress", default=True, help="Draw a progress bar when stderr is a terminal.")
def calibrate(*, corpus: Path, edits: str, queries: int, seed: int, write: bool, progress: bool) -> None:
    """Say which recall and how many false alarms to expect of a corpus.

    Queries are made from its own sources by the edits that `provcheck evaluate --list-edits` names. For the false
    alarms the source of a query is held out: what else it finds is an accident, a duplicate, or another shot of one
    place. Nothing is written without --write.
    """
    from provcheck.cli.evaluation_text import write_calibration
    from provcheck.cli.progress import progress_bar
    from provcheck.corpus import open_corpus
    from provcheck.evaluating.calibrating import calibrate as measure
    from provcheck.evaluating.edits import select_recipes

    recipes = select_recipes([name for name in edits.split(",") if name])
    with open_corpus(corpus) as known, progress_bar("Calibrating", enabled=progress) as show:
        result = measure(known, recipes=recipes, queries=queries, seed=seed, progress=show)
    write_output(STDOUT, partial(write_calibration, result))
    if write:
        write_output(str(corpus / FILE), partial(_write_json, result))
        click.echo(f"kept in {corpus / FILE}", err=True)


def _write_json(result: "Calibration", stream: IO[str]) -> None:
    stream.write(json.dumps(result.as_json(), indent=2, ensure_ascii=False) + "\n")
