"""`provcheck check`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provcheck.cli.destinations import is_format_given, read_outputs, tell_where, write_reports
from provcheck.cli.fetching import Fetching, fetch_options, read_fetching
from provcheck.cli.settings import (
    BY_DEFAULT,
    Settings,
    named_corpus,
    read_settings,
    settings_options,
    trust_list_of,
)
from provcheck.errors import OutputError
from provcheck.exitcodes import FOUND, NOT_CHECKED, NOTHING_FOUND

if TYPE_CHECKING:
    from provcheck.protocols import Cache, Progress
    from provcheck.records import Release, Report


@click.command(
    epilog="""\b
Examples:
  provcheck check release/ --corpus known.corpus
  provcheck check picture.jpg --corpus known.corpus --verbose
  provcheck check release/ --corpus known.corpus --format json -o report.json
  provcheck check 'releases/*' --corpus known.corpus -o junit=report.xml -o sarif=report.sarif
  provcheck check https://ministry.example/news/123 --corpus known.corpus -o html=report.html
  provcheck check release/ --corpus known.corpus --fail-on mismatched --quiet
  provcheck check release/   (with a corpus in provcheck.toml)

Exit codes: 0 nothing found, 1 findings, 2 wrong usage, 3 something could not be checked and nothing was found, above
64 broken; `provcheck --help` has the whole table.
"""
)
@click.argument("releases", metavar="RELEASE...", nargs=-1, required=True)
@settings_options
@fetch_options
@click.option(
    "--changed", is_flag=True, help="Each RELEASE is a file that changed: check the releases that these belong to."
)
@click.option("-v", "--verbose", is_flag=True, help="Show all reasons and figures.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing; the exit code and the files of --output say it.")
@click.option("--progress/--no-progress", default=True, help="Draw a progress bar when stderr is a terminal.")
@click.pass_context
def check(
    context: click.Context,
    /,
    *,
    releases: tuple[str, ...],
    changed: bool,
    verbose: bool,
    quiet: bool,
    progress: bool,
    **_settings: object,
) -> None:
    """Check the pictures of each RELEASE, a folder, one file or a web page, against a corpus.

    The file may be an image, an archive, a document, a mail or a saved web page; the pictures inside are checked.
    Of https://... the page and its pictures are fetched, and kept as a WARC file; nothing else is ever fetched.
    Reports which pictures are known, where each was taken from, how it was altered, and which claim of the release is
    contradicted by which known fact. The claims come from release.toml in the folder and from the pictures' metadata.

    A RELEASE may be a pattern in quotes, as 'releases/*'. One that cannot be read is reported and counts as not
    checked; the others are checked all the same.
    """
    from provcheck.release import working_folder
    from provcheck.report.phrases import summary_line

    settings = read_settings(context)
    redact = settings.redact.value
    by_ending = not is_format_given(context)
    outputs = read_outputs(settings.form.value, settings.outputs.value, by_ending=by_ending, quiet=quiet, redact=redact)
    named = _releases_of(releases) if changed else releases
    if not named:
        click.echo("no picture and no release among these files: nothing to check", err=True)
        context.exit(NOTHING_FOUND)
    destinations = [output.destination for output in outputs]
    fetching = read_fetching(context, named, destinations, progress=progress and not quiet, quiet=quiet)
    with working_folder() as folder:  # pages show pictures that were unpacked into it
        reports = _checked(named, folder, settings, fetching)
        write_reports(reports, outputs, verbose=verbose, fail_on=settings.fail_on.value, redact=redact)
    if not quiet:
        tell_where(outputs, summary_line(*reports))
    context.exit(exit_code(reports, settings.fail_on.value))


def exit_code(reports: "Sequence[Report]", fail_on: str) -> int:
    """Return 1 when an outcome is at or above `fail_on`, else 3 when something could not be checked, else 0."""
    from provcheck.report.states import State, worst_state

    codes = {State.FAILED: FOUND, State.UNCHECKED: NOT_CHECKED}
    return codes.get(worst_state(reports, fail_on), NOTHING_FOUND)


def _releases_of(files: Sequence[str]) -> Sequence[str]:
    from provcheck.release import changed_releases

    return changed_releases(files, Path.cwd())


def _checked(named: Sequence[str], folder: Path, settings: Settings, fetching: Fetching) -> "list[Report]":
    from provcheck import pipeline
    from provcheck.cli.progress import progress_bar
    from provcheck.corpus import open_corpus
    from provcheck.release import find_releases, read_releases

    paths = find_releases(named)
    severities = {rule: stated.value for rule, stated in settings.severities.items()}
    reports: list[Report] = []
    with (
        open_corpus(named_corpus(settings)) as known,
        _opened_cache(settings) as cache,
    ):
        check_one = partial(
            pipeline.check,
            corpus=known,
            search=pipeline.open_search(known, cache),
            severities=severities,
            anchors=trust_list_of(settings),
            waivers=settings.waivers,
        )
        releases = [_within_limits(release, settings) for release in read_releases(paths, folder, fetching.fetch)]
        total = sum(len(release.images) for release in releases)
        with progress_bar("Checking", enabled=fetching.progress) as show:
            for release in releases:
                before = sum(len(report.verdicts) for report in reports)
                report = check_one(release, progress=_shifted(show, before, total))
                reports.append(replace(report, configuration=_in_force(settings) | report.configuration))
    return reports


def _in_force(settings: Settings) -> dict[str, str]:
    """Return what decides about the exit code besides severities and waivers, which a check itself notes."""
    pictures = settings.pictures.value
    limits = {} if pictures is None else {"limits.pictures": str(pictures)}
    return {"fail-on": settings.fail_on.value, **limits}


def _shifted(show: "Progress", before: int, total: int) -> "Progress":
    """Return the progress of one release as a part of that of all."""
    return lambda done, _, what: show(before + done, total, what)


@contextmanager
def _opened_cache(settings: Settings) -> "Iterator[Cache | None]":
    """Open the cache; one that was not asked for and cannot be made is done without."""
    from provcheck.caching import open_cache

    folder, limit = settings.cache, settings.cache_megabytes.value * 1_000_000
    if folder.value is None:
        yield None
        return
    try:
        opened = open_cache(folder.value, limit_bytes=limit)
    except OutputError:
        if folder.origin != BY_DEFAULT:
            raise
        yield None
        return
    with opened:
        yield opened


def _within_limits(release: "Release", settings: Settings) -> "Release":
    """Return a release, or one without pictures that says that it has too many."""
    from provcheck.records import Skipped

    most = settings.pictures.value
    if most is None or len(release.images) <= most:
        return release
    reason = f"it has {len(release.images)} pictures; limits.pictures is {most} ({settings.pictures.origin})"
    return replace(release, images=(), skipped=(*release.skipped, Skipped(release.path, reason)))
