"""The searchable side of a corpus: whole-image codes and local codes, each in its index.

Whole-image codes are 32 bytes a frame and searched by brute force, in memory. Local codes are hundreds a frame: their
index is kept in files (`index_files`), extended by the frames that were added since, and built anew when it is missing,
damaged, of another version, or when more than `MOST_REMOVED` of its codes belong to frames that are gone.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from provcheck.corpus import Corpus
from provcheck.fingerprints import ALGORITHMS
from provcheck.indexes import FlatIndex, InvertedIndex, one_thread
from provcheck.matching.index_files import Ids, Stamp, read_index, write_index

MOST_REMOVED: Final = 0.3
CODES_A_BATCH: Final = 2_000_000
FOLDER: Final = "index"


@dataclass(frozen=True, slots=True, eq=False)
class Lookup:
    """Codes of a corpus, ready to be searched.

    Attributes
    ----------
    whole : FlatIndex
        PDQ codes, numbered like `whole_frames`.
    local : InvertedIndex
        Local codes, numbered like `local_frames`.
    sources : dict of int to str
        Source id by frame id; a frame that is not in it was removed.
    """

    whole: FlatIndex
    whole_frames: Ids
    local: InvertedIndex
    local_frames: Ids
    sources: dict[int, str]

    @property
    def frames(self) -> int:
        """How many frames are searched."""
        return len(self.sources)


def open_lookup(corpus: Corpus) -> Lookup:
    """Load, extend or build the indexes of a corpus."""
    one_thread()
    sources = corpus.frame_sources()
    frames, codes = corpus.whole_codes("pdq")
    whole = FlatIndex(256)
    if len(codes):
        whole.add(codes)
    local, local_frames = _local_index(corpus, sources)
    return Lookup(whole, frames, local, local_frames, sources)


def _local_index(corpus: Corpus, sources: dict[int, str]) -> tuple[InvertedIndex, Ids]:
    folder = index_folder(corpus.path)
    generation = corpus.frames_generation()
    stored = read_index(folder)
    if stored is not None and not _fits(stored[0], stored[2], sources, generation):
        stored = None
    if stored is not None and stored[0].generation == generation:
        return stored[1], stored[2]
    index, owners = (InvertedIndex(256), np.zeros(0, np.int64)) if stored is None else stored[1:]
    owners = _extended(corpus, index, owners, after=0 if stored is None else stored[0].last_frame)
    if sources:
        last = max(sources)
        write_index(folder, Stamp(generation, last, sources[last], ALGORITHMS["local"]), index, owners)
    return index, owners


def _fits(stamp: Stamp, owners: Ids, sources: dict[int, str], generation: int) -> bool:
    """Whether the index was built from this store and has not lost too much of it."""
    if stamp.algorithm != ALGORITHMS["local"] or stamp.generation > generation:
        return False
    if sources.get(stamp.last_frame, stamp.last_source) != stamp.last_source:
        return False
    indexed = np.unique(owners)
    known = np.fromiter(sources, np.int64, len(sources))
    removed = 1 - np.isin(indexed, known).mean() if len(indexed) else 0.0
    return bool(removed <= MOST_REMOVED)


def _extended(corpus: Corpus, index: InvertedIndex, owners: Ids, *, after: int) -> Ids:
    """Add the codes of all frames behind `after`; returns the frame ids of all codes."""
    parts, ids = [owners], []
    batch: list[npt.NDArray[np.uint8]] = []
    for frame, codes in corpus.local_codes(after_frame=after):
        batch.append(codes)
        ids.append(np.full(len(codes), frame, np.int64))
        if sum(map(len, batch)) >= CODES_A_BATCH:
            index.add(np.concatenate(batch))
            batch.clear()
    if batch:
        index.add(np.concatenate(batch))
    return np.concatenate([*parts, *ids])


def index_folder(corpus: Path) -> Path:
    """Return where the derived files of a corpus lie."""
    return corpus / FOLDER
