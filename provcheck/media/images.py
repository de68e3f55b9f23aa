"""Photos, animations and multi-page files, through Pillow.

Files are opened as streams (Pillow would map a named file into memory, and a file that is cut short meanwhile would end
the process), with a list of formats that are read: PostScript and metafiles would start other programs, containers of
metadata would open what they contain without that list. A photo whose data ends too early is refused, not guessed at:
half a picture in the corpus would vouch for half a picture.
"""

import struct
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from math import ceil
from pathlib import Path
from types import MappingProxyType
from typing import IO, Final

import numpy as np
from PIL import Image, UnidentifiedImageError

from provcheck.errors import UnreadableMedia
from provcheck.media.colour import upright_rgb, upright_size
from provcheck.media.files import read_head
from provcheck.media.reduction import reduction
from provcheck.media.refusals import decoding, mute_stderr, quiet, refusal
from provcheck.media.shots import SMALL_SIZE, differ_visibly
from provcheck.media.summary import MediaSummary
from provcheck.records import RGB, Gray, Medium, Picture

MAX_PIXELS: Final = 2 * 89_478_485
"""Pixels of one picture. Pillow itself refuses more, also for pictures inside pictures: 537 MB as RGB."""
MAX_FRAMES: Final = 200
"""Frames looked at of one animation, spread evenly over it; more say nothing that these do not."""
MAX_TOTAL_PIXELS: Final = 1_000_000_000
"""Pixels decoded of one file with many frames: some 20 seconds of work."""

REFUSED: Final = MappingProxyType(
    {
        "EPS": "PostScript would have to be run to be seen; save it as PNG or TIFF",
        "WMF": "a metafile would have to be run to be seen; save it as PNG or TIFF",
    }
)
NOT_PICTURES: Final = frozenset({"BUFR", "FPX", "GRIB", "HDF5", "IPTC", "MIC", "MPEG"})
"""What Pillow can name, not decode; IPTC, a wrapper whose content it would open as any format; FPX and MIC, to which
every compound file looks alike, old office documents and mails among them.
"""
WEAK_SIGNATURES: Final = frozenset({"DIB", "IM", "IMT", "PCD", "PCX", "SPIDER", "TGA", "XBM"})
"""Formats without a signature worth the name (C headers begin like XBM): believed only when their header parses."""
CERTAIN_SIGNATURES: Final = MappingProxyType({b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG"})
"""What begins like this is nothing else. Most pictures do, and loading Pillow's forty other formats takes as long as
reading one."""
PICTURE_IS_FIRST: Final = frozenset({"CUR", "ICNS", "ICO", "MPO", "PSD"})
"""Formats whose other frames are sizes, layers, previews, gain maps or the view of the other eye."""
HEIF_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})
REDUCED_BY_DECODER: Final = frozenset({"JPEG", "MPO"})
TALKATIVE: Final = frozenset({"AVIF", "TIFF"})
"""Formats whose C libraries print damage on the standard error."""
UNPARSED: Final = (SyntaxError, IndexError, TypeError, struct.error)
"""What Pillow's signature tests raise for fewer bytes than they expect."""


def recognises(head: bytes, path: Path) -> bool:
    """Whether this is a picture: one that Pillow reads, or one that is refused with a reason."""
    if head[20:24] == b"mjp2":
        return False  # Motion JPEG 2000 begins like JPEG 2000
    found = _format_of(head)
    return found is not None or _is_heif(head) or _opens_as(path, WEAK_SIGNATURES)


def describe(path: Path) -> MediaSummary:
    """Return what the header of a picture says."""
    with _opened(path) as image, decoding(path, str(image.format)), quiet():
        return MediaSummary(Medium.IMAGE, upright_size(image), None, str(image.format))


def pictures(path: Path, *, enough_side: int | None = None) -> Iterator[Picture]:
    """Yield the picture, or the visibly different frames or pages, numbered as in the file.

    A later frame that is damaged ends the animation; a damaged first one, or no other, is an error. See
    `provcheck.media.pictures` for `enough_side`.

    Raises
    ------
    UnreadableMedia
        Damaged, truncated, refused for its format, or more than `MAX_PIXELS`.
    """
    with _opened(path) as image:
        size, factor = upright_size(image), reduction(image.size, enough_side)
        count = _frame_count(path, image)
        shown = _frames(path, image, count, factor)
        for number, pixels in shown if count == 1 else _visibly_different(shown):
            yield Picture(pixels, None, number, None if factor == 1 else size)


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    with ExitStack() as stack:
        head = read_head(path)
        _refuse_formats(path, head)
        found = _format_of(head) or "picture"
        with decoding(path, found), quiet():
            image = stack.enter_context(_open_stream(stack.enter_context(path.open("rb")), path, found))
        _refuse_bomb(path, image)
        yield image


def _open_stream(stream: IO[bytes], path: Path, found: str) -> Image.Image:
    if found in CERTAIN_SIGNATURES.values():
        with suppress(UnidentifiedImageError):
            return _open_limited(stream, path, [found], found)
    try:
        return _open_limited(stream, path, sorted(_readable()), found)
    except UnidentifiedImageError as error:
        raise refusal(path, f"{found} with a damaged header") from error


def _open_limited(stream: IO[bytes], path: Path, formats: list[str], found: str) -> Image.Image:
    try:
        return Image.open(stream, formats=formats)
    except Image.DecompressionBombError as error:
        raise refusal(path, f"{found} is refused as too large: {error}") from error


def _refuse_formats(path: Path, head: bytes) -> None:
    found = _format_of(head)
    if found is not None and found in REFUSED:
        raise refusal(path, f"{found} is not read: {REFUSED[found]}")
    if _is_heif(head):
        raise refusal(path, "HEIC is not read: save it as JPEG or PNG")


def _refuse_bomb(path: Path, image: Image.Image) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS:
        found, limit = width * height / 1e6, MAX_PIXELS / 1e6
        raise refusal(path, f"{image.format} of {found:.0f} megapixels is refused: the limit is {limit:.0f}")
    if width * height == 0:
        raise refusal(path, f"{image.format} without pixels ({width} x {height})")


def _frames(path: Path, image: Image.Image, count: int, factor: int) -> Iterator[tuple[int, RGB]]:
    for number in _numbers(image, count):
        try:
            yield number, _frame(path, image, number, factor)
        except UnreadableMedia:
            if number == 0:
                raise
            return


def _visibly_different(shown: Iterator[tuple[int, RGB]]) -> Iterator[tuple[int, RGB]]:
    last: Gray | None = None
    for number, pixels in shown:
        small = _small_grey(pixels)
        if last is None or differ_visibly(small, last):
            last = small
            yield number, pixels


def _numbers(image: Image.Image, count: int) -> Iterator[int]:
    """Yield the frame numbers to look at, until the pixel budget is spent."""
    total = 0
    for number in range(0, count, max(1, ceil(count / MAX_FRAMES))):
        total += image.width * image.height
        if number and total > MAX_TOTAL_PIXELS:
            return
        yield number


def _frame_count(path: Path, image: Image.Image) -> int:
    if image.format in PICTURE_IS_FIRST:
        return 1
    with decoding(path, str(image.format)), quiet():
        return int(getattr(image, "n_frames", 1))


def _frame(path: Path, image: Image.Image, number: int, factor: int) -> RGB:
    with decoding(path, str(image.format)), quiet(), mute_stderr(image.format in TALKATIVE):
        if number:
            image.seek(number)
        _refuse_bomb(path, image)
        return upright_rgb(image, reduce=_reduce_on_decoding(image, factor))


def _reduce_on_decoding(image: Image.Image, factor: int) -> int:
    """Let a JPEG decoder leave out fine detail, by 2, 4 or 8 at most; return by what is left to be reduced."""
    if factor == 1 or image.format not in REDUCED_BY_DECODER:
        return factor
    before = max(image.size)
    image.draft(None, (image.width // factor, image.height // factor))
    return factor // round(before / max(image.size))


def _small_grey(pixels: RGB) -> Gray:
    return np.asarray(Image.fromarray(pixels).convert("L").resize(SMALL_SIZE, Image.Resampling.BOX))


def _readable() -> frozenset[str]:
    Image.init()
    return frozenset(Image.OPEN) - REFUSED.keys() - NOT_PICTURES


def _format_of(head: bytes) -> str | None:
    """Return the format whose signature these bytes carry, refused formats included."""
    for signature, name in CERTAIN_SIGNATURES.items():
        if head.startswith(signature):
            return name
    readable = _readable()
    for name in (*sorted(readable - WEAK_SIGNATURES), *REFUSED):
        if _signature_fits(name, head[:16]):
            return name
    return None


def _signature_fits(name: str, prefix: bytes) -> bool:
    accepts = Image.OPEN[name][1]
    try:
        return bool(accepts and accepts(prefix))
    except UNPARSED:
        return False


def _is_heif(head: bytes) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] in HEIF_BRANDS and _format_of(head) is None


def _opens_as(path: Path, formats: frozenset[str]) -> bool:
    try:
        with decoding(path, "picture"), quiet(), path.open("rb") as stream, Image.open(stream, formats=sorted(formats)):
            return True
    except UnreadableMedia:
        return False
