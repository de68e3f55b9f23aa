"""`provcheck bundle`, and `provcheck bundle verify` below it."""

import io
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import click

from provcheck.cli.output import STDOUT, refuse_unwritable, write_output
from provcheck.errors import BundleError, OutputError, UsageError
from provcheck.exitcodes import FOUND, NOT_CHECKED, NOTHING_FOUND
from provcheck.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provcheck.bundling import Payload, Verification
    from provcheck.bundling.contents import Content

EPOCH: Final = "SOURCE_DATE_EPOCH"


class _OwnArgument(click.Argument):
    """An argument that click does not repeat in the usage of the commands below."""

    def get_usage_pieces(self, ctx: click.Context) -> list[str]:
        return super().get_usage_pieces(ctx) if self in ctx.command.params else []


class _CommandOrBelow(click.Group):
    """A command with an argument of its own, and commands below it: the first word decides.

    Click's own groups read their arguments before the name of the command below. A report that is really called
    `verify` is written `./verify`.
    """

    allow_extra_args = False
    allow_interspersed_args = True

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        below = self.commands.get(args[0]) if args else None
        if below is None:
            return super().make_context(info_name, args, parent, **extra)
        here = click.Context(self, info_name=info_name, parent=parent)
        return below.make_context(args[0], args[1:], here, **extra)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return click.Command.parse_args(self, ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        return click.Command.invoke(self, ctx)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(click.Command.collect_usage_pieces(self, ctx)))
        for name, below in self.commands.items():
            formatter.write_usage(f"{ctx.command_path} {name}", " ".join(below.collect_usage_pieces(ctx)), " " * 7)


_images_option = click.option(
    "--images",
    metavar="PATH",
    type=click.Path(exists=True, path_type=Path),
    help="Where else to look, by SHA-256, for pictures of the release: a folder, an archive, a kept web page.",
)
_progress_option = click.option(
    "--progress/--no-progress", default=True, help="Draw a progress bar when stderr is a terminal."
)


@click.group(
    cls=_CommandOrBelow,
    invoke_without_command=True,
    epilog="""\b
Examples:
  provcheck check release/ --corpus known.corpus -o json=report.json
  provcheck bundle report.json -o case.zip
  provcheck bundle report.json -o case.zip --no-images
  provcheck bundle verify case.zip

Exit codes: 0 made, 3 made, but something is missing in it, which is named; 65 REPORT is no report, 73 FILE exists or
cannot be written.
""",
)
@click.argument("report", cls=_OwnArgument, metavar="REPORT")
@click.option("-o", "--output", metavar="FILE", required=True, help="The bundle, a ZIP file.")
@click.option("--no-images", is_flag=True, help="Leave out the pictures of the release; their SHA-256 stays.")
@_images_option
@click.option(
    "--time",
    "made",
    metavar="INSTANT",
    help="When the bundle is said to be made, as 2026-11-23T17:00:00Z; by default SOURCE_DATE_EPOCH, else now.",
)
@click.option("--force", is_flag=True, help="Replace FILE if it exists.")
@_progress_option
@click.pass_context
def bundle(
    context: click.Context,
    /,
    *,
    report: str,
    output: str,
    no_images: bool,
    images: Path | None,
    made: str | None,
    force: bool,
    progress: bool,
) -> None:
    """Pack all that a saved JSON REPORT rests on into one file that can be checked in a year, or check such a file.

    In it are the pictures of the release; the known pictures of all matches and leads at full size (the small pictures
    of the corpus where a source's file is gone); the report as JSON, as a page and as text, with claims, facts,
    configuration and versions; a README for strangers; and the SHA-256 of everything, with one digest over all. Mind
    that these pictures may not be yours to hand on, and that the report names paths of this machine.

    Run it in the folder in which the check ran: pictures are looked for at the paths in the report. The same case gives
    the same bytes but for the time.
    """
    _refuse_output(output, force=force)
    stated = stated_time(made, os.environ)
    payload, files = _packed(report, output, stated, images, with_pictures=not no_images, progress=progress)
    _say_made(output, payload, files, no_images=no_images)
    context.exit(NOT_CHECKED if payload.missing else NOTHING_FOUND)


@bundle.command(
    short_help="Check a bundle, and match its pictures again.",
    epilog="""\b
Examples:
  provcheck bundle verify case.zip
  provcheck bundle verify case.zip --digest 3f0c...   (the digest over all, as it was published)
  provcheck bundle verify case.zip --images release/   (for a bundle without pictures)
  provcheck bundle verify unpacked/ --no-matching

Exit codes: 0 whole, and the same outcomes; 1 whole, but other outcomes; 3 whole, but something could not be matched
again; 65 not whole, or no bundle.
""",
)
@click.argument("case", metavar="CASE", type=click.Path(path_type=Path))
@click.option("--digest", metavar="SHA256", help="The digest over all that it has to have.")
@_images_option
@click.option("--no-matching", is_flag=True, help="Check the digests, and do not match the pictures again.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@_progress_option
@click.pass_context
def verify(
    context: click.Context, *, case: Path, digest: str | None, images: Path | None, no_matching: bool, form: str,
    progress: bool,
) -> None:  # fmt: skip
    """Check that a bundle is whole, and that its pictures still give the outcomes that its report states.

    CASE is a bundle or the folder that one was unpacked to. Every file is held against its SHA-256, and so is every
    byte of the ZIP file around them; what is changed, missing or added is named. Then each picture is held against its
    known pictures again, and judged by the claims and facts of the report. What cannot be done again is the search: the
    corpus is not in the bundle.

    The digests show damage. That nobody made the whole bundle anew only --digest can tell, from a note made elsewhere.
    """
    from provcheck.cli.bundle_text import write_json, write_text

    verification = _verified(case, digest, images, match_again=not no_matching, progress=progress)
    write = write_json if form == "json" else write_text
    write_output(STDOUT, partial(write, verification, str(case)))
    context.exit(exit_code(verification))


def exit_code(verification: "Verification") -> int:
    """Return 65 when a bundle is not whole, else 1, 3 or 0 by what came of matching again."""
    from provcheck.bundling.matching_again import Again

    if verification.problems:
        return BundleError.exit_code
    came = {one.again for one in verification.repeated}
    if Again.DIFFERENT in came:
        return FOUND
    return NOT_CHECKED if Again.NOT_RUN in came else NOTHING_FOUND


def _refuse_output(output: str, *, force: bool) -> None:
    if output == STDOUT:
        raise UsageError("--output -: a bundle is a file", "Name one: -o case.zip")
    refuse_unwritable(output)
    if os.path.lexists(output) and not force:
        raise OutputError(f"{output}: exists already", "Name another file, or replace it with --force.")


def stated_time(given: str | None, environment: Mapping[str, str]) -> datetime:
    """Return the time of a bundle in whole seconds, UTC."""
    from provcheck.moments import parse_moment

    if given is None and environment.get(EPOCH):
        return _from_epoch(environment[EPOCH])
    if given is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        moment = parse_moment(given)
    except ValueError as error:
        raise UsageError(f"--time: {error}", "Write it as 2026-11-23T17:00:00Z.") from None
    if not moment.zoned:
        raise UsageError(f"--time {given}: is no instant with its zone", "Write it as 2026-11-23T17:00:00Z.")
    return moment.start.astimezone(UTC).replace(microsecond=0)


def _from_epoch(seconds: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        raise UsageError(
            f"{EPOCH}: “{seconds}” is no number of seconds since 1970", "Correct it or unset it."
        ) from None


def _packed(
    report: str, output: str, made: datetime, images: Path | None, *, with_pictures: bool, progress: bool
) -> "tuple[Payload, Sequence[Content]]":
    from provcheck import pipeline
    from provcheck.bundling import bag, gather
    from provcheck.cli.convert import parse_saved, read_bytes
    from provcheck.cli.progress import progress_bar
    from provcheck.release import working_folder

    written = read_bytes(report)
    reports = parse_saved(report, written)
    if any(each.redacted for each in reports):
        raise BundleError(
            f"{report}: is redacted and names no file that it rests on", "Bundle a report without --redact."
        )
    tool = pipeline.tool_versions()
    with errors_of_space(output), working_folder() as folder, progress_bar("Bundling", enabled=progress) as show:
        payload = gather(reports, written, folder, tool=tool, with_pictures=with_pictures, images=images, progress=show)
        files = bag(payload.files, made, f"{tool['name']} {tool['version']}")
        write_output(output, partial(_write, files, made))
    return payload, files


@contextmanager
def errors_of_space(name: str) -> Iterator[None]:
    """Turn what the temporary folder, or a file that goes away just now, may raise into an error with a remedy."""
    try:
        yield
    except OSError as error:
        reason = ": ".join(str(part) for part in (error.filename, error.strerror or error) if part)
        remedy = "Pictures are unpacked into the temporary folder; TMPDIR names one with more room."
        raise OutputError(f"{name}: {reason}", remedy) from error


def _write(files: "Sequence[Content]", made: datetime, stream: IO[str]) -> None:
    from provcheck.bundling import write_bundle

    if isinstance(stream, io.TextIOWrapper):
        write_bundle(files, made, stream.buffer)


def _verified(
    case: Path, digest: str | None, images: Path | None, *, match_again: bool, progress: bool
) -> "Verification":
    from provcheck import pipeline
    from provcheck.bundling import verify_bundle
    from provcheck.cli.progress import progress_bar
    from provcheck.fingerprints import ALGORITHMS

    with errors_of_space(str(case)), progress_bar("Matching again", enabled=progress) as show:
        return verify_bundle(
            case,
            tool=pipeline.tool_versions(),
            algorithms=ALGORITHMS,
            images=images,
            digest=digest.strip().lower() if digest else None,
            match_again=match_again,
            progress=show,
        )


def _say_made(output: str, payload: "Payload", files: "Sequence[Content]", *, no_images: bool) -> None:
    from provcheck.bundling import digest_over_all
    from provcheck.report.phrases import counted

    size = sum(file.size for file in files) / 1_000_000
    pictures = "no pictures of the release" if no_images else counted(payload.pictures, "picture")
    known = counted(payload.known, "known picture")
    small = f" ({payload.small} of them small, from the corpus: a source's file is gone)" if payload.small else ""
    click.echo(f"{visible(output)}: {counted(len(files), 'file')}, {size:.1f} MB: {pictures}, {known}{small}")
    click.echo(f"digest over all: {digest_over_all(files)}")
    click.echo("  Publish or note it elsewhere; `provcheck bundle verify --digest` compares it.")
    for missing in payload.missing:
        click.echo(f"missing: {missing}", err=True)
    if payload.missing:
        click.echo("  Run it in the folder in which the check ran, or name the pictures with --images.", err=True)
