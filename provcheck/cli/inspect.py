"""`provcheck inspect`."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provcheck.cli.output import STDOUT, write_output
from provcheck.cli.settings import trust_list_option
from provcheck.errors import UnreadableMedia
from provcheck.exitcodes import NOT_CHECKED, NOTHING_FOUND
from provcheck.report.visible import named_reason

if TYPE_CHECKING:
    from provcheck.metadata.inspecting import Inspection


@click.command(
    epilog="""\b
Examples:
  provcheck inspect picture.jpg
  provcheck inspect picture.jpg --raw
  provcheck inspect release/*.jpg clip.mp4 --format json
"""
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@trust_list_option
@click.option("--raw", is_flag=True, help="Show every field as it stands in the file, too; JSON always has that.")
@click.pass_context
def inspect(context: click.Context, *, files: tuple[Path, ...], form: str, trust_list: Path | None, raw: bool) -> None:
    """Print what each FILE, a picture or a video, says about itself.

    That is format, size, and every field of EXIF, IPTC and XMP that provcheck reads, in their order: what somebody says
    of the picture, what a device or a program recorded, what is signed about it (Content Credentials), the previews
    inside it, and what could not be read. Of videos, what the container says. Files that cannot be read are named on
    stderr; the others are printed, and the exit code is 3.
    """
    from provcheck.report.inspection import write_inspections_json, write_inspections_text

    inspections, has_unreadable = _inspected(files, trust_list)
    write = write_inspections_json if form == "json" else partial(write_inspections_text, raw=raw)
    write_output(STDOUT, lambda stream: write(inspections, stream))
    context.exit(NOT_CHECKED if has_unreadable else NOTHING_FOUND)


def _inspected(files: Sequence[Path], trust_list: Path | None) -> "tuple[list[Inspection], bool]":
    """Return what was read; name what cannot be read on stderr, and say whether there was any."""
    from provcheck.credentials import read_trust_list
    from provcheck.metadata.inspecting import inspect_file

    anchors = read_trust_list(trust_list) if trust_list else None
    found = []
    for path in files:
        try:
            found.append(_with_credentials(inspect_file(path), path, anchors))
        except UnreadableMedia as error:
            click.echo(named_reason(str(path), error.message), err=True)
    return found, len(found) < len(files)


def _with_credentials(inspection: "Inspection", path: Path, anchors: str | None) -> "Inspection":
    """Return an inspection with what is signed, the small pictures in that, and what of it could not be read."""
    from provcheck.credentials import credentials_of, parent_previews

    credentials = credentials_of(path, anchors=anchors)
    if credentials is None:
        return inspection
    previews, unread = parent_previews(path)
    metadata = replace(inspection.metadata, unread=(*inspection.metadata.unread, *unread))
    shown = (*inspection.previews, *((one.name, one.size) for one in previews))
    return replace(inspection, metadata=metadata, previews=shown, credentials=credentials)
