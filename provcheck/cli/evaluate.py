"""`provcheck evaluate`."""

import json
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from provcheck.cli.output import STDOUT, refuse_unwritable, write_output
from provcheck.errors import UsageError

if TYPE_CHECKING:
    from provcheck.evaluating.protocol import Evaluation

_folder = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command(
    epilog="""\b
A set is a folder with queries/, refs/ and truth.csv: a header line
  query,reference,family,transform,time_s
and a line for each query. `query` and `reference` are file names, `reference` is empty when nothing known is shown;
the other columns may be missing. truth.json holds a list of objects with the same keys. Queries of the family `near`
show the scene of a reference and must not match.

\b
Examples:
  provcheck evaluate --make my-set --photos photos/ --distractors others/ --seed 7
  provcheck evaluate --set my-set
  provcheck evaluate --set my-set --families --json figures.json
  provcheck evaluate --set stills --refs videos/

Exit codes: 0 measured or made, 2 wrong usage or a wrong set, above 64 broken.
"""
)
@click.option("--set", "measured", metavar="DIR", type=_folder, help="Measure this set.")
@click.option(
    "--refs",
    "references",
    metavar="DIR",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Where the references are; by default refs/ in the set. May be repeated.",
)
@click.option(
    "--corpus", metavar="DIR", type=click.Path(path_type=Path), help="A corpus that has the references already."
)
@click.option("--families", is_flag=True, help="Print the recall of every single edit too.")
@click.option("--json", "json_file", metavar="FILE", help="Write all figures to FILE; `-` is stdout.")
@click.option("--make", "made", metavar="DIR", type=click.Path(path_type=Path), help="Make a set in this new folder.")
@click.option("--photos", metavar="DIR", type=_folder, help="Photographs to make references and queries from.")
@click.option("--distractors", metavar="DIR", type=_folder, help="Photographs that are never references.")
@click.option("--near", metavar="DIR", type=_folder, help="Several shots of each scene, named SCENE__SHOT.jpg.")
@click.option("--edits", metavar="NAMES", default="", help="Edits or families of a made set, with commas between.")
@click.option("--queries", metavar="N", type=click.IntRange(min=1), default=600, show_default=True)
@click.option("--seed", metavar="N", type=click.IntRange(min=0), default=7, show_default=True)
@click.option("--list-edits", is_flag=True, help="List the edits of the registry.")
@click.option("--progress/--no-progress", default=True, help="Draw a progress bar when stderr is a terminal.")
def evaluate(
    *,
    measured: Path | None,
    references: tuple[Path, ...],
    corpus: Path | None,
    families: bool,
    json_file: str | None,
    made: Path | None,
    photos: Path | None,
    distractors: Path | None,
    near: Path | None,
    edits: str,
    queries: int,
    seed: int,
    list_edits: bool,
    progress: bool,
) -> None:
    """Measure detection on a set of queries whose truth is known, or make such a set."""
    if (measured is not None) + (made is not None) + list_edits != 1:
        raise UsageError("give one of --set, --make and --list-edits", "See: provcheck evaluate --help")
    if list_edits:
        write_output(STDOUT, _write_edits)
    elif measured is not None:
        _measure(measured, references, corpus, families=families, json_file=json_file, progress=progress)
    elif made is not None:
        if photos is None or distractors is None:
            raise UsageError("--make needs --photos and --distractors", "See: provcheck evaluate --help")
        _make(made, (photos, distractors, near), edits, queries=queries, seed=seed, progress=progress)


def _measure(
    measured: Path,
    references: tuple[Path, ...],
    corpus: Path | None,
    *,
    families: bool,
    json_file: str | None,
    progress: bool,
) -> None:
    from provcheck.cli.evaluation_text import write_evaluation
    from provcheck.cli.progress import progress_bar
    from provcheck.evaluating.protocol import evaluate as run_protocol

    if references and corpus:
        raise UsageError("give --refs or --corpus, not both", "A corpus has its references already.")
    if json_file:
        refuse_unwritable(json_file)
    with progress_bar("Measuring", enabled=progress) as show:
        evaluation = run_protocol(measured, references=references, corpus=corpus, progress=show)
    if json_file:
        write_output(json_file, partial(_write_json, evaluation))
    if json_file != STDOUT:
        write_output(STDOUT, partial(write_evaluation, evaluation, families=families))


def _write_json(evaluation: "Evaluation", stream: IO[str]) -> None:
    from dataclasses import asdict

    stream.write(json.dumps(asdict(evaluation), indent=2, ensure_ascii=False) + "\n")


def _make(
    made: Path, places: tuple[Path, Path, Path | None], edits: str, *, queries: int, seed: int, progress: bool
) -> None:
    from provcheck.cli.progress import progress_bar
    from provcheck.evaluating.edits import select_recipes
    from provcheck.evaluating.making import make_set

    photos, distractors, near = places
    recipes = select_recipes([name for name in edits.split(",") if name])
    with progress_bar("Making", enabled=progress) as show:
        count = make_set(
            made, photos, distractors, recipes=recipes, queries=queries, seed=seed, near=near, progress=show
        )
    click.echo(f"made {made} with {count} queries; measure it: provcheck evaluate --set {made}", err=True)


def _write_edits(stream: IO[str]) -> None:
    from provcheck.evaluating.edits import RECIPES

    for recipe in RECIPES.values():
        stream.write(f"{recipe.family:<14}{recipe.name:<22}{recipe.summary}\n")
