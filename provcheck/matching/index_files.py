"""The index of a corpus as files: derived from the store, kept beside it, thrown away without loss.

`CORPUS/index/` holds the segments of local codes, the whole-image codes, the table of frames, and a stamp that is
written last. Every file has a name that was never used before, is complete before the stamp names it, and the stamp is
written aside and renamed: a reader sees a whole set or none, and a process that dies in between leaves files that the
next writer deletes. Segments that are unchanged stay where they are, so a small change writes little.
"""

import json
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from provcheck.corpus.locking import locked_for_writing
from provcheck.errors import CorpusError
from provcheck.indexes import InvertedIndex, Segment
from provcheck.indexes.file_notes import STAMP, FileNote, note_file, seems_sound
from provcheck.matching.frame_table import ROW, FrameTable
from provcheck.records import Codes

BITS: Final = 256
LAYOUT: Final = 2
"""Of the files; another layout is built anew."""

LOCK_WAIT_S: Final = 0.0


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an index was built from.

    Attributes
    ----------
    frames_state : str or None
        The store's word for the frames that it holds.
    algorithms : str
        Versions of the codes, and how many of a frame are in the index.
    codes, learnt_for : int
        How many local codes were numbered, and how many their centres were learnt for.
    files : tuple of FileNote
        Table, whole-image codes, then the segments in order.
    """

    frames_state: str | None
    algorithms: str
    codes: int
    learnt_for: int
    files: tuple[FileNote, ...] = ()
    layout: int = LAYOUT


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """An index with what belongs to it; `whole` has shape (N, 32), numbered like the rows of the table."""

    stamp: Stamp
    table: FrameTable
    whole: Codes
    local: InvertedIndex


def read_index(folder: Path) -> Stored | None:
    """Return the index in a folder, its files mapped into memory; None when anything is missing or damaged."""
    try:
        found = json.loads((folder / STAMP).read_text("utf-8"))
        stamp = Stamp(**found | {"files": tuple(FileNote(**note) for note in found["files"])})
        if stamp.layout != LAYOUT or not all(seems_sound(folder, note) for note in stamp.files):
            return None
        return _opened(folder, stamp)
    except (OSError, ValueError, TypeError, KeyError, RuntimeError):
        return None


def _opened(folder: Path, stamp: Stamp) -> Stored | None:
    table, whole, *segments = (folder / note.name for note in stamp.files)
    rows, codes = (np.lib.format.open_memmap(file, mode="r") for file in (table, whole))
    if rows.dtype != ROW or codes.dtype != np.uint8 or len(codes) != len(rows) or not segments:
        return None
    parts = [Segment.read(file) for file in segments]
    local = InvertedIndex(BITS, parts, count=stamp.codes, learnt_for=stamp.learnt_for)
    return Stored(stamp, FrameTable(rows, stamp.codes), codes, local)


@contextmanager
def writing(folder: Path) -> Iterator[bool]:
    """Say inside the block whether this process may write: not on a read-only disk, nor while another one writes."""
    with ExitStack() as stack:
        try:
            folder.mkdir(exist_ok=True)
            stack.enter_context(locked_for_writing(folder, wait_s=LOCK_WAIT_S))
            may = True
        except (CorpusError, OSError):
            may = False
        yield may


def settle(folder: Path, local: InvertedIndex) -> None:
    """Write the segments that are in memory only, and go on with their files; they stay in memory if that fails."""
    try:
        local.segments = tuple(
            segment if segment.file else segment.write(folder / _fresh_name("local", "faiss"))
            for segment in local.segments
        )
    except (OSError, RuntimeError):
        return


def write_index(folder: Path, stored: Stored) -> None:
    """Write what is not a file yet, then the stamp, then drop older files. The caller holds the lock of `writing`."""
    settle(folder, stored.local)
    if not stored.local.segments:
        return  # so few codes that there are no lists
    try:
        table = _write_array(folder / _fresh_name("frames", "npy"), stored.table.rows)
        whole = _write_array(folder / _fresh_name("whole", "npy"), stored.whole)
        files = [table, whole, *(segment.file for segment in stored.local.segments if segment.file)]
        if len(files) != len(stored.local.segments) + 2:
            return
        _write_stamp(folder, stored.stamp, files)
    except OSError:
        return
    _drop_others(folder, {STAMP, "lock", *(file.name for file in files)})


def _write_stamp(folder: Path, stamp: Stamp, files: Sequence[Path]) -> None:
    known = {note.name: note for note in stamp.files}
    notes = [asdict(known.get(file.name) or note_file(file)) for file in files]
    text = json.dumps(asdict(stamp) | {"files": notes}, indent=1)
    aside = folder / _fresh_name("stamp", "json")
    aside.write_text(text, "utf-8")
    os.replace(aside, folder / STAMP)  # noqa: PTH105 - the name of the system call is the point


def _write_array(file: Path, array: npt.NDArray[Any]) -> Path:
    with file.open("wb") as stream:
        np.save(stream, array, allow_pickle=False)
    return file


def _drop_others(folder: Path, kept: set[str]) -> None:
    for file in folder.iterdir():
        if file.name not in kept:
            file.unlink(missing_ok=True)


def _fresh_name(what: str, ending: str) -> str:
    return f"{what}-{secrets.token_hex(8)}.{ending}"
