"""The searchable side of a corpus: whole-image codes and local codes, each in its index.

Whole-image codes are 32 bytes a frame and searched by brute force. Of the local codes of a frame the best
`CODES_A_FRAME` are searched, all of them while a corpus is so small that no file is written; verification compares all
that the store has. Of 130 edited photographs the right frame
was among the first eight for 0.992 with 48, 80 or 128 of them, and for 1.0, one picture more, with all 300, which would
take more than four times the disk and the time.

The index is kept in files (`index_files`). Opening one that fits reads nothing but its heads. Otherwise the frames of
the table are compared with those of the store: what is gone is marked, what is new becomes a segment, and everything is
built anew when the files are missing or damaged, of another store or version, when more than `MOST_REMOVED` of the
frames are gone, or when the index has outgrown its centres.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from provcheck.corpus import Corpus
from provcheck.corpus.store import SearchedCodes
from provcheck.corpus.verifying import INDEX_FOLDER
from provcheck.fingerprints import ALGORITHMS
from provcheck.indexes import FlatIndex, InvertedIndex, one_thread
from provcheck.indexes.codebook import learning_codes
from provcheck.indexes.inverted import LARGEST_SEGMENT, TRAIN_FROM
from provcheck.matching.frame_table import ROW, FrameSources, FrameTable, brought_up_to_date
from provcheck.matching.index_files import BITS, Stamp, Stored, read_index, settle, write_index, writing
from provcheck.matching.reels import Reels
from provcheck.records import Codes

WHOLE: Final = "pdq"
CODES_A_FRAME: Final = 64
MOST_REMOVED: Final = 0.3
FRAMES_A_PART: Final = 4096
"""Read from the store at once while an index is built: 8 MB of codes."""

Present = npt.NDArray[np.void]


@dataclass(frozen=True, slots=True, eq=False)
class Lookup:
    """Codes of a corpus, ready to be searched.

    Attributes
    ----------
    whole : FlatIndex
        PDQ codes, numbered like the rows of `table`.
    local : InvertedIndex
        Local codes; `table` knows whose they are.
    sources : FrameSources
        Source id by frame id; a frame that is not in it was removed.
    reels : Reels
        Footage of its videos, decoded for the last few stills.
    """

    whole: FlatIndex
    local: InvertedIndex
    table: FrameTable
    sources: FrameSources
    reels: Reels = field(default_factory=Reels)

    @property
    def frames(self) -> int:
        """How many frames are searched."""
        return len(self.sources)


def open_lookup(corpus: Corpus) -> Lookup:
    """Load, extend or build the indexes of a corpus."""
    one_thread()
    stored = read_index(index_folder(corpus.path))
    if stored is None or not _is_current(stored.stamp, corpus.frames_state()):
        stored = _mended(corpus)
    whole = FlatIndex(BITS)
    if len(stored.table):
        whole.add(stored.whole)
    return Lookup(whole, stored.local, stored.table, FrameSources(stored.table))


def index_folder(corpus: Path) -> Path:
    """Return where the derived files of a corpus lie."""
    return corpus / INDEX_FOLDER


def _is_current(stamp: Stamp, frames_state: str | None) -> bool:
    return frames_state is not None and stamp.frames_state == frames_state and stamp.algorithms == _algorithms()


def _algorithms() -> str:
    return f"{WHOLE} {ALGORITHMS[WHOLE]}, {CODES_A_FRAME} of {ALGORITHMS['local']}"


def _mended(corpus: Corpus) -> Stored:
    """Extend the stored index where it fits the store, else build one; write it where that is possible."""
    present = corpus.frame_sources()
    folder = index_folder(corpus.path)
    if _fits_in_memory(present):
        return _built(corpus, present, None)
    with writing(folder) as may_write:
        stored = read_index(folder)
        kept_in = folder if may_write else None
        mended = _extended(corpus, stored, present, kept_in) if stored else None
        mended = mended or _built(corpus, present, kept_in)
        if may_write:
            write_index(folder, mended)
    return mended


def _fits_in_memory(present: Present) -> bool:
    """Whether so few frames are read from the store sooner than it takes to look after files."""
    return len(present) * CODES_A_FRAME < TRAIN_FROM


def _extended(corpus: Corpus, stored: Stored, present: Present, folder: Path | None) -> Stored | None:
    """Mark what is gone and add what is new; None when the index does not fit or is due to be built anew."""
    rows = brought_up_to_date(stored.table.rows, present)
    if stored.stamp.algorithms != _algorithms() or rows is None or not len(rows):
        return None
    last = stored.table.last_frame
    more = int((present["frame"] > last).sum()) * CODES_A_FRAME
    if (rows["group"] < 0).mean() > MOST_REMOVED or stored.local.outgrown_with(more):
        return None
    parts = [_Part(rows, stored.whole, stored.table.codes)]
    _add_segments(corpus.searched_codes(WHOLE, after_frame=last), stored.local, parts, CODES_A_FRAME, folder)
    return _together(corpus, parts, present, stored.local, stored.stamp)


def _built(corpus: Corpus, present: Present, folder: Path | None) -> Stored:
    """Build the index from the store."""
    local, parts = InvertedIndex(BITS), [_Part(np.zeros(0, ROW), np.zeros((0, BITS // 8), np.uint8), 0)]
    expected = len(present) * CODES_A_FRAME
    if not _fits_in_memory(present):
        step = max(1, expected // learning_codes(expected))
        some = np.concatenate([_best(frame, CODES_A_FRAME) for frame in corpus.searched_codes(WHOLE, step=step)])
        if len(some) * step >= TRAIN_FROM:
            local.learn(some, len(some) * step)
    most = None if _fits_in_memory(present) else CODES_A_FRAME
    _add_segments(corpus.searched_codes(WHOLE), local, parts, most, folder)
    return _together(corpus, parts, present, local, None)


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Rows of the table with their whole-image codes, and the number of the code behind their last."""

    rows: npt.NDArray[np.void]
    whole: Codes
    codes: int


def _add_segments(
    frames: Iterator[SearchedCodes], local: InvertedIndex, parts: list[_Part], most: int | None, folder: Path | None
) -> None:
    """Add the codes of frames; with a folder, segments become files there as soon as they are complete."""
    for first in frames:
        local.add_segment(_segment(chain([first], frames), parts, most))
        if folder is not None:
            settle(folder, local)


def _segment(frames: Iterator[SearchedCodes], parts: list[_Part], most: int | None) -> Iterator[Codes]:
    """Yield the codes, `most` of each or all, of as many frames as fill a segment; append to `parts` what they are."""
    codes = 0
    while codes < LARGEST_SEGMENT - FRAMES_A_PART * CODES_A_FRAME:
        taken = [replace(frame, local=_best(frame, most)) for frame in islice(frames, FRAMES_A_PART)]
        if not taken:
            return
        parts.append(_part(taken, parts[-1].codes))
        codes += parts[-1].codes - parts[-2].codes
        yield np.concatenate([frame.local for frame in taken])


def _best(frame: SearchedCodes, most: int | None) -> Codes:
    """Return the codes that are searched, as a copy: a view would keep all the others in memory."""
    return frame.local[:most].copy()


def _part(frames: list[SearchedCodes], first_code: int) -> _Part:
    counts = np.array([len(frame.local) for frame in frames])
    ends = first_code + np.cumsum(counts)
    rows = np.zeros(len(frames), ROW)
    rows["frame"] = [frame.frame for frame in frames]
    rows["source"] = [frame.source for frame in frames]
    rows["first_code"] = ends - counts
    whole = np.frombuffer(b"".join(frame.whole for frame in frames), np.uint8).reshape(len(frames), -1)
    return _Part(rows, whole, int(ends[-1]))


def _together(
    corpus: Corpus, parts: list[_Part], present: Present, local: InvertedIndex, before: Stamp | None
) -> Stored:
    rows = np.concatenate([part.rows for part in parts])
    marked = brought_up_to_date(rows, present)
    table = FrameTable(rows if marked is None else marked, parts[-1].codes)
    files = before.files if before else ()
    stamp = Stamp(corpus.frames_state(), _algorithms(), table.codes, local.learnt_for, files)
    return Stored(stamp, table, np.concatenate([part.whole for part in parts]), local)
