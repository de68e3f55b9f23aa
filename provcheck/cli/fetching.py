"""`--keep` and `--allow-private`: how web pages are fetched, and where what was fetched is kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from provcheck.cli.output import STDOUT, refuse_unwritable
from provcheck.errors import OutputError, UsageError

if TYPE_CHECKING:
    from provcheck.records import Release
    from provcheck.release import Room, WebAddress

Command = TypeVar("Command", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Fetching:
    """How pages are fetched.

    Attributes
    ----------
    keep : Path or None
        A file for the one page, or a folder; None for the default.
    kept_beside : Path
        The folder of the default.
    is_kept : bool
        False for `--no-keep`.
    progress, quiet : bool
        Whether a bar is drawn, and whether nothing is said of where the file is.
    """

    keep: Path | None
    kept_beside: Path
    is_kept: bool
    allow_private: bool
    progress: bool
    quiet: bool

    def fetch(self, address: "WebAddress", room: "Room") -> "Release":
        """Fetch one page; see `provcheck.release.fetch_release`."""
        from provcheck.cli.progress import progress_bar
        from provcheck.release.fetching import fetch_release, open_network

        said: list[str] = []
        with progress_bar("Fetching", enabled=self.progress) as show:
            release = fetch_release(
                address,
                room,
                keep=(lambda address, warc: said.append(self._kept(address, warc))) if self.is_kept else None,
                progress=show,
                network=open_network(allow_private=self.allow_private),
            )
        for line in said if not self.quiet else ():
            click.echo(line, err=True)
        return release

    def _kept(self, address: "WebAddress", warc: Path) -> str:
        """Keep a WARC file and say where; only where a person named the place is it an error that it cannot be."""
        from provcheck.release.fetching import keep_as, keep_in

        try:
            if self.keep and not self.keep.is_dir():
                path = keep_as(self.keep, warc)
            else:
                path = keep_in(self.keep or self.kept_beside, address, warc)
        except OutputError as error:
            if self.keep:
                raise
            return f"{error.message}\n  {error.remedy}"
        return f"kept what was fetched, to check it again: {path}"


def fetch_options(command: Command) -> Command:
    """Add `--keep`, `--no-keep` and `--allow-private` to a command that takes releases."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def read_fetching(
    context: click.Context, named: Sequence[str], destinations: Sequence[str], *, progress: bool, quiet: bool
) -> Fetching:
    """Return how a command with `fetch_options` fetches, and refuse at once what cannot be kept.

    Parameters
    ----------
    destinations : sequence of str
        Where its reports go: what was fetched is kept in the folder of the first that is a file.

    Raises
    ------
    UsageError
        One file is named for several pages.
    OutputError
        The file that is named is there already, or cannot be written.
    """
    from provcheck.release import is_address

    keep: Path | None = context.params["keep"]
    pages = [name for name in named if is_address(name)]
    if keep and pages and not keep.is_dir():
        if len(pages) > 1:
            raise UsageError(f"--keep {keep}: one file for {len(pages)} pages", "Name a folder that exists.")
        if keep.exists():
            raise OutputError(f"cannot write {keep}: it exists", "Name another file with --keep FILE.")
        refuse_unwritable(str(keep))
    files = [Path(destination) for destination in destinations if destination != STDOUT]
    return Fetching(
        keep=keep,
        kept_beside=next((file.parent for file in files), Path()),
        is_kept=not context.params["no_keep"],
        allow_private=context.params["allow_private"],
        progress=progress,
        quiet=quiet,
    )


_OPTIONS = (
    click.option(
        "--keep",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="Keep what is fetched from a web page as the WARC file FILE, or under a name of its own in that folder; "
        "by default beside the first report that is a file, else in the working directory.",
    ),
    click.option("--no-keep", is_flag=True, help="Keep nothing of what is fetched."),
    click.option(
        "--allow-private",
        is_flag=True,
        help="Fetch from private networks and from this machine too, as for a page of an intranet.",
    ),
)
