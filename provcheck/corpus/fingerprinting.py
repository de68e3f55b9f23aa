"""One media file to all that the corpus keeps of it: the job of a worker process."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from provcheck.errors import NotMedia, UnreadableMedia
from provcheck.processors import in_order
from provcheck.records import FrameCodes, Medium, Picture, Size

FRAMES_AHEAD: Final = 8
"""Decoded frames that may wait for their codes, a megabyte or two each."""

CHANGED = "changed while it was read; add it again once it is complete"


@dataclass(frozen=True, slots=True)
class FileState:
    """What tells whether a file was written to: length in bytes, and time of the last change in nanoseconds."""

    length: int
    changed_ns: int


@dataclass(frozen=True, slots=True)
class FileJob:
    """A file, and how it is to be read.

    Attributes
    ----------
    sha256 : str
        The hash of its bytes.
    state : FileState or None
        Before it was hashed; None: it was not there.
    threads : int
        Of the decoder of a video, and of the codes of its frames: one where other processes work beside this one.
    """

    path: str
    sha256: str
    state: FileState | None
    threads: int = 2


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprinted:
    """The look of a source."""

    medium: Medium
    size: Size
    duration_s: float | None
    frames: tuple[FrameCodes, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a file cannot be a source."""

    reason: str
    not_media: bool = False


def fingerprint_file(job: FileJob) -> Fingerprinted | Refused:
    """Decode a file and compute the codes of its frames."""
    try:
        result = _fingerprint(Path(job.path), job.threads)
    except NotMedia as error:
        return Refused(error.message, not_media=True)
    except UnreadableMedia as error:
        return Refused(error.message)
    except Exception as error:  # noqa: BLE001 (a bug that one strange file brings out must cost this file, not the run)
        return Refused(f"{Path(job.path).name}: unexpected {type(error).__name__}: {error}; this is a bug in provcheck")
    return result if file_state(job.path) == job.state else Refused(f"{Path(job.path).name}: {CHANGED}")


def file_state(path: str) -> FileState | None:
    """Return the state of a file now, None when it is gone."""
    try:
        status = os.stat(path)  # noqa: PTH116 (the path is text: it crosses processes)
    except OSError:
        return None
    return FileState(status.st_size, status.st_mtime_ns)


def _fingerprint(path: Path, threads: int) -> Fingerprinted:
    from provcheck.fingerprints import ENOUGH_SIDE  # noqa: PLC0415 (imports heavy libraries, in the worker)
    from provcheck.media import read  # noqa: PLC0415

    summary, found = read(path, enough_side=ENOUGH_SIDE, threads=threads)
    frames = tuple(_codes_beside_decoding(found, threads) if summary.medium is Medium.VIDEO else _codes(found))
    if not frames:
        raise UnreadableMedia(f"{path.name}: holds no pictures")
    return Fingerprinted(summary.medium, summary.size, summary.duration_s, frames)


def _codes(found: Iterable[Picture]) -> Iterator[FrameCodes]:
    from provcheck.fingerprints import frame_codes  # noqa: PLC0415

    return (frame_codes(picture) for picture in found)


def _codes_beside_decoding(found: Iterable[Picture], threads: int) -> Iterator[FrameCodes]:
    """Compute codes in other threads, so that decoding goes on meanwhile: one long video then uses two processors."""
    from provcheck.fingerprints import frame_codes  # noqa: PLC0415

    return in_order(frame_codes, found, threads=threads, ahead=FRAMES_AHEAD)
