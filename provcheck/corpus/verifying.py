"""Is everything in the corpus what it was when it was written?

1. SQLite's own check of its pages, and of references between tables.
2. Every source has its frames; every frame its codes in full length, its keypoints and its thumbnail.
3. Keypoints and thumbnails have the CRC-32 they were written with, and every thumbnail decodes.
4. The files of the index, which are derived, are as they were written.
5. On request: every source's file is where it was, with the bytes it had.
"""

import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from provcheck.corpus.failures import reading_stored
from provcheck.corpus.rows import Row, keypoints_crc32
from provcheck.corpus.store import Corpus
from provcheck.errors import CorpusDamaged, UnreadableMedia
from provcheck.protocols import Progress

INDEX_FOLDER = "index"
"""Of the files that are derived from the store."""

_BLOBS = """
SELECT frame.id, frame.source, frame.number, keypoints.crc32, geometry, codes, thumbnail.crc32, jpeg
FROM frame LEFT JOIN keypoints ON keypoints.frame = frame.id LEFT JOIN thumbnail ON thumbnail.frame = frame.id
ORDER BY frame.id
"""
_MISCOUNTED = """
SELECT id, frames, (SELECT count(*) FROM frame WHERE frame.source = source.id) AS found FROM source
WHERE frames <> found
"""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it should be.

    Attributes
    ----------
    where : str
        A source, a frame, or a part of the store.
    is_damage : bool
        Whether the store itself is damaged; False for media files that are gone or changed.
    """

    where: str
    found: str
    is_damage: bool = True


def verify(corpus: Corpus, *, media: bool = False, progress: Progress | None = None) -> list[Problem]:
    """Check the whole corpus; return what is wrong, an empty list when nothing is.

    Parameters
    ----------
    media : bool
        Also read the file of every source, as large as it is.
    progress : Progress, optional
        Told about frames, then about sources.
    """
    show = progress or _show_nothing
    checks: list[Callable[[], Iterator[Problem]]] = [
        lambda: _check_pages(corpus),
        lambda: _check_counts(corpus),
        lambda: _check_codes(corpus),
        lambda: _check_blobs(corpus, show),
        lambda: _check_index(corpus.path / INDEX_FOLDER),
    ]
    if media:
        checks.append(lambda: _check_media(corpus, show))
    return [problem for check in checks for problem in _surviving_damage(corpus.path, check)]


def _surviving_damage(path: Path, check: Callable[[], Iterator[Problem]]) -> Iterator[Problem]:
    """Yield the problems of a check, and the damage that stopped it: the other checks may still say more."""
    try:
        with reading_stored(path):
            yield from check()
    except CorpusDamaged as error:
        yield Problem("store", error.message)


def _check_pages(corpus: Corpus) -> Iterator[Problem]:
    for (message,) in corpus.rows("PRAGMA integrity_check"):
        if message != "ok":
            yield Problem("store", str(message))
    for table, row, parent, _ in corpus.rows("PRAGMA foreign_key_check"):
        yield Problem(f"table {table}", f"row {row} belongs to a {parent} that is not there")


def _check_counts(corpus: Corpus) -> Iterator[Problem]:
    for source, stated, found in corpus.rows(_MISCOUNTED):
        yield Problem(f"source {source}", f"has {found} frames instead of {stated}")
    for source in corpus.sources():
        if not source.sha256.startswith(source.id):
            yield Problem(f"source {source.id}", f"does not have the id of its SHA-256 {source.sha256}")


def _check_codes(corpus: Corpus) -> Iterator[Problem]:
    from provcheck.fingerprints import WHOLE  # noqa: PLC0415 (imports OpenCV)

    for name, fingerprint in WHOLE.items():
        if name in corpus.algorithms():
            missing = """
            SELECT frame.id, frame.source, length(code) FROM frame
            LEFT JOIN code ON code.frame = frame.id AND code.name = ? WHERE length(code) IS NOT ?
            """
            for frame, source, length in corpus.rows(missing, (name, fingerprint.bits // 8)):
                found = "no" if length is None else f"a {length}-byte"
                yield Problem(f"frame {frame} of source {source}", f"has {found} {name} code")


def _check_blobs(corpus: Corpus, show: Progress) -> Iterator[Problem]:
    total = corpus.coverage().frames
    for done, row in enumerate(corpus.rows(_BLOBS), start=1):
        frame, source, number = row[:3]
        for found in _faults(row):
            yield Problem(f"frame {frame} (number {number}) of source {source}", found)
        show(done, total, f"frame {frame}")


def _faults(row: Row) -> Iterator[str]:
    keypoints_crc, geometry, codes, thumbnail_crc, jpeg = row[3:]
    if codes is None:
        yield "has no keypoints"
    elif keypoints_crc32(geometry, codes) != keypoints_crc:
        yield "has keypoints that were altered since they were written"
    if jpeg is None:
        yield "has no thumbnail"
    elif zlib.crc32(jpeg) != thumbnail_crc:
        yield "has a thumbnail that was altered since it was written"
    elif not _decodes(jpeg):
        yield "has a thumbnail that does not decode"


def _decodes(jpeg: bytes) -> bool:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 (only here)

    try:
        with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as image:
            image.load()
    except (OSError, UnidentifiedImageError):
        return False
    return True


def _check_index(folder: Path) -> Iterator[Problem]:
    from provcheck.indexes.file_notes import find_damaged  # noqa: PLC0415 (its package imports FAISS)

    for name, fault in find_damaged(folder):
        yield Problem(f"index file {name}", f"{fault}; delete {folder}, and the next check builds it anew")


def _check_media(corpus: Corpus, show: Progress) -> Iterator[Problem]:
    from provcheck.media import sha256_of  # noqa: PLC0415

    total = corpus.coverage().sources
    for done, source in enumerate(corpus.sources(), start=1):
        try:
            if sha256_of(Path(source.path)) != source.sha256:
                yield Problem(source.path, f"is not the file that was added as source {source.id}", is_damage=False)
        except UnreadableMedia as error:
            yield Problem(source.path, f"the file of source {source.id} is gone ({error.message})", is_damage=False)
        show(done, total, source.path)


def _show_nothing(_done: int, _total: int, _what: str) -> None:
    return
