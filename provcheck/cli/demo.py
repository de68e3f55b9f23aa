"""`provcheck demo`."""

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from provcheck.cli.output import STDOUT, write_output
from provcheck.report import REPORTERS


@click.command(
    epilog="""\b
Examples:
  provcheck demo
  provcheck demo --keep demo/
"""
)
@click.option(
    "--keep", metavar="DIR", type=click.Path(file_okay=False, path_type=Path), help="Leave the sample corpus in DIR."
)
def demo(*, keep: Path | None) -> None:
    """Build the sample corpus, check the two sample releases against it, and print both reports.

    All pictures are invented. Findings are what the demo is there to show, so the exit code is 0.
    """
    from provcheck.cli.progress import progress_bar
    from provcheck.demo import run_demo

    with _folder(keep) as folder, progress_bar("Demo") as show:
        reports = list(run_demo(folder / "samples.corpus", progress=show))
    for report in reports:
        write_output(STDOUT, partial(REPORTERS["text"], [report]))
        click.echo()
    click.echo(_advice(keep))


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep
        return
    with TemporaryDirectory(prefix="provcheck-demo-") as temporary:
        yield Path(temporary)


def _advice(keep: Path | None) -> str:
    corpus = shlex.quote(str(keep / "samples.corpus")) if keep else "known.corpus"
    first = "" if keep else f"`provcheck corpus add FOLDER --corpus {corpus}`, then "
    return f"Next, with pictures of your own: {first}`provcheck check RELEASE --corpus {corpus}`."
