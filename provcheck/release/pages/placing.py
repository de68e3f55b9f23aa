"""The pictures that a page names to the files that they are, less what only decorates the page.

Decorations are left out by rules that are stated, and counted in one line, so that nothing is silently missing: smaller
than 64 pixels on a side (icons, spacers, trackers), drawings (SVG), what stands in `nav` or `footer`, and what is named
an icon, sprite, avatar or spacer. A picture inside a `figure` is left out for its size only. Of the variants of a
picture the one with the most pixels is taken.
"""

import base64
import binascii
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import unquote, unquote_to_bytes

from provcheck.errors import RoomFull, UnreadableMedia
from provcheck.media import is_probably_media
from provcheck.media.refusals import decoding, quiet
from provcheck.records import Claims, Skipped, Stated
from provcheck.release.contents import Contents, Part
from provcheck.release.pages.reading import SMALL, SMALLEST_PX, Page, PagePicture
from provcheck.release.unpacking import Room

NOT_SAVED: Final = "a picture of the page that was not saved with it"
NOT_FETCHED: Final = "a picture of the page that was not fetched"
ANNOUNCED: Final = "named in the page's metadata only, and not saved with it"
DRAWING: Final = "drawings (SVG)"
NO_PICTURE: Final = "shown as a picture by the page, but none"
VARIANT: Final = "smaller variants of others"
_LONGEST_ADDRESS: Final = 200
_MOST_TOLD: Final = 100

Resolve = Callable[[str], Path | None]
"""An address as the page writes it to the file that it means; None where it was not saved."""

Why = Callable[[str], str]
"""Why there is no file for an address; empty where that is not known."""


@dataclass(slots=True)
class _Placed:
    """What is known of a page's pictures so far."""

    name: str
    room: Room
    resolve: Resolve
    why: Why
    parts: dict[Path, Part] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    decorations: dict[Path, str] = field(default_factory=dict)
    unsaved: Counter[str] = field(default_factory=Counter)
    inside: dict[str, Path | None] = field(default_factory=dict)

    def keep_inside(self, address: str, number: int) -> Path | None:
        """Return the file of a picture that stands in the page itself; the same one is kept once."""
        if address not in self.inside:
            name, content = _inside(address, number)
            self.inside[address] = self.room.keep(name, content) if content else None
        return self.inside[address]


def place_pictures(page: Page, name: str, room: Room, resolve: Resolve, why: Why = lambda _: "") -> Contents:
    """Return the files of a page's pictures, each once, with their captions.

    Parameters
    ----------
    name : str
        Of the page, for the origin of captions: `figcaption in page.html`.
    why : callable
        Says of an address that does not resolve why it does not.
    """
    placed = _Placed(name, room, resolve, why)
    try:
        for number, picture in enumerate(page.pictures, start=1):
            _place(picture, number, placed)
        for address in page.announced:
            _place_announced(address, placed)
    except RoomFull as error:
        placed.skipped.append(Skipped("", error.message))
    for file in placed.parts:
        placed.decorations.pop(file, None)
    return Contents(
        parts=tuple(placed.parts.values()),
        skipped=(*bounded(placed.skipped), *_left_out(placed)),
        stating=page.stating,
        decorations=frozenset(placed.decorations),
    )


def bounded(skipped: list[Skipped]) -> list[Skipped]:
    """Return the first of many entries, and one that counts the others."""
    first, rest = skipped[:_MOST_TOLD], skipped[_MOST_TOLD:]
    missed = any(item.missed for item in rest)
    return [*first, Skipped("", f"{len(rest)} more pictures like these", missed=missed)] if rest else first


def pixels_of(file: Path) -> tuple[int, int] | None:
    """Return the size of a picture; None for what is none. Nothing is decoded."""
    from PIL import Image  # noqa: PLC0415 (Pillow is loaded by the first picture, not at start-up)

    try:
        with quiet(), decoding(file, "picture"), Image.open(file) as image:
            return image.size
    except UnreadableMedia:
        return None


def is_drawing(file: Path) -> bool:
    """Whether a file is an SVG drawing; False also for one that cannot be read."""
    try:
        with file.open("rb") as stream:
            return b"<svg" in stream.read(1024).lower()
    except OSError:
        return False


def _place(picture: PagePicture, number: int, placed: _Placed) -> None:
    found = dict(_found(picture, number, placed))
    if not found and not picture.decoration:
        placed.skipped.append(_missing(picture, placed))
        return
    if picture.decoration:
        placed.decorations.update(dict.fromkeys(found, picture.decoration))
        placed.unsaved[picture.decoration] += not found
        return
    sizes = {file: pixels_of(file) for file in found}
    largest = max(found, key=lambda file: _area(sizes[file]))
    placed.decorations.update({file: VARIANT for file in found if file != largest})
    reason = decoration_by_size(largest, sizes[largest])
    if reason:
        placed.decorations[largest] = reason
    elif not is_probably_media(largest):
        placed.skipped.append(Skipped(found[largest], NO_PICTURE))
    else:
        _take(largest, found[largest], picture, placed)


def _missing(picture: PagePicture, placed: _Placed) -> Skipped:
    why = next(filter(None, map(placed.why, picture.addresses)), "")
    return Skipped(picture.addresses[0][:_LONGEST_ADDRESS], f"{NOT_FETCHED}: {why}" if why else NOT_SAVED)


def _take(file: Path, name: str, picture: PagePicture, placed: _Placed) -> None:
    before = placed.parts.get(file)
    if before is None or before.claims.caption is None:
        placed.parts[file] = Part(name, file, _claims(picture, placed.name))


def decoration_by_size(file: Path, size: tuple[int, int] | None) -> str:
    """Return why a file only decorates; empty when it may be a picture, also a damaged one."""
    if size is None:
        return DRAWING if is_drawing(file) else ""
    return SMALL if min(size) < SMALLEST_PX else ""


def _found(picture: PagePicture, number: int, placed: _Placed) -> Iterator[tuple[Path, str]]:
    for address in picture.addresses:
        if address.lower().startswith("data:"):
            file = placed.keep_inside(address, number)
            if file is not None:
                yield file, file.name
        elif (file := placed.resolve(address)) is not None:
            yield file, unquote(address.partition("?")[0])[:_LONGEST_ADDRESS]


def _inside(address: str, number: int) -> tuple[str, bytes]:
    """Return the name and the bytes of a picture that stands in the page itself (RFC 2397)."""
    kind, _, data = address[len("data:") :].partition(",")
    medium, *parameters = kind.lower().split(";")
    suffix = medium.partition("/")[2].partition("+")[0] or "bin"
    name = f"picture-{number}.{'jpg' if suffix == 'jpeg' else suffix}"
    raw = unquote_to_bytes(data)
    try:
        return name, base64.b64decode(raw) if "base64" in parameters else raw
    except binascii.Error:
        return name, b""


def _place_announced(address: str, placed: _Placed) -> None:
    file = placed.resolve(address)
    if file is None:
        why = placed.why(address)
        reason = f"{NOT_FETCHED}: {why}" if why else ANNOUNCED
        placed.skipped.append(Skipped(address[:_LONGEST_ADDRESS], reason, missed=bool(why)))
    elif file not in placed.parts and file not in placed.decorations:
        placed.parts[file] = Part(unquote(address)[:_LONGEST_ADDRESS], file)


def _claims(picture: PagePicture, name: str) -> Claims:
    said = Stated(picture.caption, f"{picture.origin} in {name}") if picture.caption else None
    return Claims(caption=said)


def _area(size: tuple[int, int] | None) -> int:
    return size[0] * size[1] if size else 0


def _left_out(placed: _Placed) -> Iterator[Skipped]:
    counts = Counter(placed.decorations.values()) + placed.unsaved
    if counts:
        told = ", ".join(f"{count} {reason}" for reason, count in sorted(counts.items()))
        yield Skipped("", f"left out of the page as decorations: {told}", missed=False)
