"""What is this file? Asked of its content; the name is only evidence of what somebody meant it to be.

A photo named `.txt` is a photo. A web page named `photo.jpg` is a broken photo and must be reported, whereas the README
beside it must not: so a file that no reader recognises is `UnreadableMedia` when its name promises a picture, and
`NotMedia` when it does not.
"""

from pathlib import Path
from typing import Final

from provcheck.errors import NotMedia, UnreadableMedia
from provcheck.media.files import is_text, read_head
from provcheck.media.readers import READERS
from provcheck.media.refusals import refusal
from provcheck.records import Medium

PICTURE_SUFFIXES: Final = frozenset(
    """.apng .avif .avifs .blp .bmp .cr2 .cr3 .cur .dcx .dds .dib .dng .emf .eps .fits .flc .fli .ftc .ftu .gbr .gif
    .heic .heif .icns .ico .im .j2c .j2k .jfif .jp2 .jpc .jpe .jpeg .jpf .jpg .jpx .jxl .mpo .msp .nef .orf .arw .pbm
    .pcd .pcx .pfm .pgm .png .pnm .ppm .ps .psd .pxr .qoi .ras .rgb .rgba .rw2 .sgi .svg .tga .tif .tiff .webp .wmf
    .xbm .xpm""".split()  # noqa: SIM905 - one word a line says no more
)
VIDEO_SUFFIXES: Final = frozenset(
    """.3g2 .3gp .asf .avi .divx .dv .f4v .flv .h264 .hevc .ivf .m1v .m2ts .m2v .m4v .mj2 .mkv .mov .mp4 .mpe .mpeg
    .mpg .mts .mxf .ogm .ogv .qt .rm .rmvb .ts .vob .webm .wmv .y4m""".split()  # noqa: SIM905 - one word a line says no more
)
APPLE_DOUBLE: Final = b"\x00\x05\x16\x07"
KNOWN_CONTENTS: Final = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x28\xb5\x2f\xfd", "packed by Zstandard"),
    (b"WARC/", "a web archive"),
    (b"{\\rtf", "a rich text document"),
    (b"SQLite format 3", "an SQLite database"),
    (b"ID3", "sound"),
    (b"fLaC", "sound"),
    (b"OggS", "sound"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)


def recognise(path: Path) -> Medium:
    """Return what a file is, by its content.

    Raises
    ------
    NotMedia
        Neither a picture nor a video, and not named like one (README.txt, facts.toml, .DS_Store, music).
    UnreadableMedia
        Empty, not a regular file, not to be opened, or something else under the name of a picture or video.
    """
    head = read_head(path)
    if not head:
        raise _unrecognised(path, "empty file", named_as_media=_promises_media(path))
    for medium, reader in READERS.items():
        if reader.recognises(head, path):
            return medium
    promised = _promises_media(path) and not head.startswith(APPLE_DOUBLE)
    raise _unrecognised(path, f"not a picture or video: {_contents(head)}", named_as_media=promised)


def is_probably_media(path: Path) -> bool:
    """Whether a file found inside a folder should be read: False only for what is neither media nor named like it.

    True does not promise that it can be decoded: a broken photo is True, so that it is reported and not passed over.
    """
    try:
        recognise(path)
    except NotMedia:
        return False
    except UnreadableMedia:
        return True
    return True


def _promises_media(path: Path) -> bool:
    return path.suffix.lower() in PICTURE_SUFFIXES | VIDEO_SUFFIXES


def _unrecognised(path: Path, reason: str, *, named_as_media: bool) -> UnreadableMedia:
    error = refusal(path, reason)
    return error if named_as_media else NotMedia(error.message)


def _contents(head: bytes) -> str:
    for magic, name in KNOWN_CONTENTS:
        if head.startswith(magic):
            return name
    if head.startswith(APPLE_DOUBLE):
        return "Macintosh metadata of another file"
    if head[4:8] == b"ftyp":
        return "an MP4 or QuickTime file without video"
    start = head[:512].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "a web page"
    if b"<svg" in start:
        return "an SVG drawing, which has no pixels of its own"
    return "text" if is_text(head) else "unknown binary content"
