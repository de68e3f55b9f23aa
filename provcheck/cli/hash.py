"""`provcheck hash`."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

import click

from provcheck.cli.output import STDOUT, write_output
from provcheck.errors import UnreadableMedia
from provcheck.exitcodes import NOT_CHECKED, NOTHING_FOUND
from provcheck.report.visible import named_reason, visible


@dataclass(frozen=True, slots=True)
class Hashed:
    """The fingerprints of one still: (hexadecimal code, quality) by name."""

    path: Path
    number: int
    time_s: float | None
    codes: dict[str, tuple[str, int]]


@click.command(
    "hash",
    epilog="""\b
Examples:
  provcheck hash picture.jpg
  provcheck hash release/ --format json
  provcheck hash animation.gif --all-frames
""",
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--all-frames", is_flag=True, help="Every frame of an animation or a video, not the first alone.")
@click.pass_context
def hash_pictures(context: click.Context, *, files: tuple[Path, ...], form: str, all_frames: bool) -> None:
    """Print pHash, dHash and PDQ of each FILE; folders are read recursively.

    Pictures are turned upright first. pHash and dHash are those of the imagehash package (64 bits); PDQ has 256 bits
    and a quality from 0 to 100, below 50 it says little. Files that cannot be read are named on stderr; the others are
    printed, and the exit code is 3.
    """
    unreadable: list[Path] = []
    hashed = _hashed(_expanded(files), unreadable, count=None if all_frames else 1)
    write_output(STDOUT, lambda stream: (_write_json if form == "json" else _write_text)(hashed, stream))
    context.exit(NOT_CHECKED if unreadable else NOTHING_FOUND)


def _expanded(files: Iterable[Path]) -> Iterator[Path]:
    from provcheck.media import is_probably_media

    for path in files:
        if path.is_dir():
            found = sorted(inside for inside in path.rglob("*") if inside.is_file())
            yield from filter(is_probably_media, found)
        else:
            yield path


def _hashed(paths: Iterable[Path], unreadable: list[Path], *, count: int | None) -> Iterator[Hashed]:
    """Yield fingerprints as they are computed; name what cannot be read on stderr and in `unreadable`."""
    for path in paths:
        try:
            yield from _fingerprinted(path, count)
        except UnreadableMedia as error:
            unreadable.append(path)
            click.echo(named_reason(str(path), error.message), err=True)


def _fingerprinted(path: Path, count: int | None) -> Iterator[Hashed]:
    from provcheck.fingerprints import WHOLE
    from provcheck.media import pictures

    for picture in islice(pictures(path), count):
        computed = {name: fingerprint.compute(picture.pixels) for name, fingerprint in WHOLE.items()}
        codes = {name: (code.hex(), quality) for name, (code, quality) in computed.items()}
        yield Hashed(path, picture.number, picture.time_s, codes)


def _write_text(hashed: Iterable[Hashed], stream: IO[str]) -> None:
    for one in hashed:
        frame = f"#{one.number}" if one.number else ""
        for name, (code, quality) in one.codes.items():
            shown = f"{code} {quality}" if name == "pdq" else code
            stream.write(f"{name} {shown}  {visible(str(one.path))}{frame}\n")


def _write_json(hashed: Iterable[Hashed], stream: IO[str]) -> None:
    json.dump([_as_dict(one) for one in hashed], stream, indent=2)
    stream.write("\n")


def _as_dict(one: Hashed) -> dict[str, object]:
    codes = {name: {"code": code, "quality": quality} for name, (code, quality) in one.codes.items()}
    return {"path": str(one.path), "frame": one.number, "time_s": one.time_s, "fingerprints": codes}
