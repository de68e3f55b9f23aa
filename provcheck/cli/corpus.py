"""`provcheck corpus`: register known photos and videos, and look after them."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from provcheck.cli.fact_options import fact_options
from provcheck.cli.output import STDOUT, write_output
from provcheck.cli.settings import configured_corpus
from provcheck.errors import UsageError
from provcheck.exitcodes import FOUND, INTERRUPTED, NOT_CHECKED, NOTHING_FOUND
from provcheck.presence import is_file, is_there

if TYPE_CHECKING:
    from provcheck.corpus import Corpus
    from provcheck.corpus.tally import IngestSummary
    from provcheck.records import Facts

Command = TypeVar("Command", bound=Callable[..., Any])


def _refuse_none(context: click.Context, parameter: click.Parameter, folder: Path | None) -> Path:
    """Refuse that no corpus is named: for click a default that is None is a value."""
    if folder is None:
        raise click.MissingParameter(ctx=context, param=parameter)
    return folder


_corpus_option = click.option(
    "--corpus",
    "folder",
    metavar="DIR",
    envvar="PROVCHECK_CORPUS",
    show_envvar=True,
    default=configured_corpus,
    callback=_refuse_none,
    required=True,
    type=click.Path(path_type=Path),
    help="The folder of the corpus.",
)
_format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Form of the output.",
)
_progress_option = click.option(
    "--progress/--no-progress", default=True, help="Draw a progress bar when stderr is a terminal."
)


@click.group()
def corpus() -> None:
    """Register known photos and videos, and look after them."""


@corpus.command(
    epilog="""\b
Examples:
  provcheck corpus add footage/ --corpus known.corpus
  provcheck corpus add footage/ --corpus known.corpus --facts facts.toml
  provcheck corpus add clip.mp4 --corpus known.corpus --kind game --published 2015-03-25
  provcheck corpus add --published release/ --corpus known.corpus

Exit codes: 0 all was added or known, 3 something had to be skipped or there was nothing to add, 130 interrupted (what
was added is kept).
"""
)
@click.argument("paths", metavar="PATH...", nargs=-1, type=click.Path(exists=True, path_type=Path))
@_corpus_option
@click.option(
    "--facts",
    "facts_file",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A TOML file with facts of the sources.",
)
@click.option("--jobs", metavar="N", type=click.IntRange(min=1), help="Processes; by default one a processor.")
@fact_options
@click.option("-v", "--verbose", is_flag=True, help="Name what was added, known already, and no media.")
@_progress_option
@click.pass_context
def add(
    context: click.Context,
    /,
    *,
    paths: tuple[Path, ...],
    folder: Path,
    facts_file: Path | None,
    jobs: int | None,
    verbose: bool,
    progress: bool,
    **facts: str | None,
) -> None:
    """Add photos, videos and folders of them.

    Makes the corpus when there is none. Files that it has already are recognised by their content. Facts come from the
    options, from a sidecar (clip.mp4.toml beside clip.mp4), from --facts, and from facts.toml inside an added folder;
    the first of them wins. Adding again with other facts updates them.

    With --published RELEASE, a folder, adds the pictures of releases that you have published yourself (RELEASE and
    every PATH), with what was claimed there as their facts: a later release that shows one of them under another date
    or place is then found out, and one that repeats the claims is not. Archives, documents and pages are not opened.
    """
    from provcheck.cli.corpus_text import next_steps, write_ingest_summary
    from provcheck.corpus import open_corpus
    from provcheck.facts import facts_from_options
    from provcheck.report.phrases import counted

    releases, facts["published"] = _own_releases(paths, facts["published"])
    options = facts_from_options(**facts)
    with open_corpus(folder, write=True, create=True) as known:
        was_empty = not known.coverage().sources
        try:
            add_all = partial(_ingest, known, facts_file=facts_file, options=options, jobs=jobs, progress=progress)
            summary = _publish(releases, add_all) if releases else add_all(paths)
        except KeyboardInterrupt:
            kept = counted(known.coverage().sources, "source")
            click.echo(f"interrupted; {folder} has {kept}. Running the same command again continues.", err=True)
            context.exit(INTERRUPTED)
    write_output(STDOUT, partial(write_ingest_summary, summary, verbose=verbose))
    for hint in next_steps(summary, folder, was_empty=was_empty):
        click.echo(hint, err=True)
    context.exit(NOTHING_FOUND if summary.found and not summary.skipped else NOT_CHECKED)


def _own_releases(paths: tuple[Path, ...], published: str | None) -> tuple[tuple[Path, ...], str | None]:
    """Return the releases that `--published` makes of its value and of `paths`, and its value where it is a date."""
    if published is None or not is_there(Path(published)) or _is_date(published):
        _refuse_containers(published)
        if not paths:
            raise click.UsageError("Missing argument 'PATH...'.")
        return (), published
    _refuse_containers(published, *map(str, paths))
    return (Path(published), *paths), None


def _refuse_containers(*named: str | None) -> None:
    """Refuse what `check` would open: a source of the corpus is a file that stays where it is."""
    from provcheck.release import is_address
    from provcheck.release.readers import reader_of

    for name in filter(None, named):
        if is_address(name) or (is_file(Path(name)) and reader_of(Path(name))):
            raise UsageError(
                f"{name}: --published adds pictures and folders of them, and opens nothing else",
                "Unpack it, or save its pictures, into a folder that stays, and name that folder.",
            )


def _is_date(text: str) -> bool:
    from provcheck.moments import parse_moment

    try:
        parse_moment(text)
    except ValueError:
        return False
    return True


def _publish(releases: tuple[Path, ...], add_all: "Callable[..., IngestSummary]") -> "IngestSummary":
    """Add the pictures of releases with what is claimed of them; what a release had to leave out is skipped."""
    from dataclasses import replace

    from provcheck.release import own_facts, read_release

    read = [read_release(path) for path in releases]
    own = {file: facts for release in read for file, facts in own_facts(release).items()}
    summary = add_all(list(own), own=own)
    missed = [skipped for release in read for skipped in release.skipped if skipped.missed]
    return replace(summary, skipped=(*summary.skipped, *missed))


def _ingest(
    known: "Corpus",
    paths: "Sequence[Path]",
    *,
    facts_file: Path | None,
    options: "Facts",
    own: "Mapping[Path, Facts] | None" = None,
    jobs: int | None,
    progress: bool,
) -> "IngestSummary":
    from provcheck.cli.progress import progress_bar
    from provcheck.corpus import ingest

    with progress_bar("Adding", enabled=progress) as show:
        return ingest.add(known, paths, facts_file=facts_file, options=options, own=own or {}, jobs=jobs, progress=show)


@corpus.command("list")
@_corpus_option
@_format_option
def list_sources(*, folder: Path, form: str) -> None:
    """List the sources, ordered by path."""
    from provcheck.cli import corpus_json, corpus_text
    from provcheck.corpus import open_corpus

    write = {"text": corpus_text.write_sources, "json": corpus_json.write_sources}[form]
    with open_corpus(folder) as known:
        write_output(STDOUT, partial(write, known.sources()))


@corpus.command()
@click.argument("identifier", metavar="ID")
@_corpus_option
@_format_option
def show(*, identifier: str, folder: Path, form: str) -> None:
    """Show all that is known about a source.

    ID may be the beginning of an id.
    """
    from provcheck.cli import corpus_json, corpus_text
    from provcheck.corpus import open_corpus

    write = {"text": corpus_text.write_source, "json": corpus_json.write_source}[form]
    with open_corpus(folder) as known:
        source = known.source(identifier)
        write_output(STDOUT, partial(write, source, known.frame_times(source.id)))


@corpus.command()
@click.argument("identifiers", metavar="ID...", nargs=-1, required=True)
@_corpus_option
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
def remove(*, identifiers: tuple[str, ...], folder: Path, yes: bool) -> None:
    """Remove sources with their frames. The media files are left alone."""
    from provcheck.corpus import open_corpus
    from provcheck.report.phrases import counted, source_name

    with open_corpus(folder, write=True) as known:
        sources = {source.id: source for source in map(known.source, identifiers)}
        for source in sources.values():
            click.echo(f"{source.id}  {source_name(source)}", err=True)
        if not yes:
            click.confirm(f"Remove {counted(len(sources), 'source')}?", abort=True, err=True)
        for identifier in sources:
            known.remove_source(identifier)
    click.echo(f"removed {counted(len(sources), 'source')}")


@corpus.command(
    epilog="Exit codes: 0 all is well, 1 media files are gone or changed or links are dead, 65 the corpus is damaged."
)
@_corpus_option
@click.option("--media", is_flag=True, help="Also read every source's file: is it still there, and the same?")
@click.option(
    "--links", is_flag=True, help="Also ask over the network whether the addresses in the facts still answer."
)
@_progress_option
@click.pass_context
def verify(context: click.Context, *, folder: Path, media: bool, links: bool, progress: bool) -> None:
    """Check that nothing is damaged or gone."""
    from provcheck.cli.corpus_text import write_verification
    from provcheck.cli.progress import progress_bar
    from provcheck.corpus import open_corpus, verifying
    from provcheck.corpus.failures import damaged
    from provcheck.corpus.links import find_dead_links

    with open_corpus(folder) as known, progress_bar("Verifying", enabled=progress) as shown:
        problems = verifying.verify(known, media=media, progress=shown)
        dead = list(find_dead_links(list(known.sources()), progress=shown)) if links else []
        coverage = known.coverage()
    write_output(STDOUT, partial(write_verification, coverage, problems, dead))
    damage = [problem for problem in problems if problem.is_damage]
    if damage:
        raise damaged(folder, f"{len(damage)} problems, the first: {damage[0].where} {damage[0].found}")
    context.exit(FOUND if problems or dead else NOTHING_FOUND)


@corpus.command()
@_corpus_option
@_format_option
def stats(*, folder: Path, form: str) -> None:
    """Say what the corpus holds, and its size on disk."""
    from provcheck.cli import corpus_json, corpus_text
    from provcheck.corpus import open_corpus
    from provcheck.corpus.statistics import measure

    write = {"text": corpus_text.write_statistics, "json": corpus_json.write_statistics}[form]
    with open_corpus(folder) as known:
        write_output(STDOUT, partial(write, measure(known)))
