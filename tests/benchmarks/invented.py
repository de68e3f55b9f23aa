"""Frames by the million that nobody decoded: they fill a corpus up to a size in minutes.

Codes of fair coins would be too easy (all are equally far from everything), so each frame takes keypoint codes of small
rendered scenes with a part of the bits flipped: about as near to each other as the codes of different photographs.
Their places, sizes and thumbnails are those of a scene; the thumbnails decode to the usual size, but are poor, so that
a million of them fit on a disk. The rows are written as the store writes them, many at once.
"""

import hashlib
import io
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image
from scenery import scene

from provcheck.corpus import Corpus
from provcheck.corpus.encoding import encode_features
from provcheck.corpus.rows import insert_source, keypoints_crc32
from provcheck.fingerprints import frame_codes
from provcheck.records import Facts, FrameCodes, Medium, Picture, Size, Source

FRAMES_A_SOURCE = 200
ORIGINALS = 100
THUMBNAIL_QUALITY = 10
Words = npt.NDArray[np.uint64]
_SIZE: Size = (384, 288)
_GAP_S = 2.5


@dataclass(frozen=True, slots=True, eq=False)
class _Original:
    """What many frames share: geometry blob, keypoints, picture size and thumbnail."""

    geometry: bytes
    keypoints: int
    size: Size
    thumbnail: bytes


def add_invented(corpus: Corpus, frames: int, *, seed: int, originals: Sequence[FrameCodes] = ()) -> None:
    """Add invented videos with this many frames together, made from rendered frames unless others are given."""
    given = originals or _rendered(seed)
    pool = np.concatenate([frame.features.codes for frame in given]).view(np.uint64)
    made = [_original(frame) for frame in given]
    corpus._connection.execute("PRAGMA synchronous = OFF")
    for first in range(0, frames, FRAMES_A_SOURCE):
        count = min(FRAMES_A_SOURCE, frames - first)
        with corpus._transaction():
            _add_source(corpus, f"invented-{seed}-{first}", count, made, pool)
            corpus._note_change(frames=True)


def _rendered(seed: int) -> list[FrameCodes]:
    return [frame_codes(Picture(scene(_SIZE, 10_000 + seed * ORIGINALS + at))) for at in range(ORIGINALS)]


def _original(frame: FrameCodes) -> _Original:
    stream = io.BytesIO()
    Image.open(io.BytesIO(frame.thumbnail)).save(stream, "JPEG", quality=THUMBNAIL_QUALITY)
    return _Original(encode_features(frame.features)[0], len(frame.features), frame.features.size, stream.getvalue())


def _add_source(corpus: Corpus, name: str, count: int, made: Sequence[_Original], pool: Words) -> None:
    source, rng = _source(name, count), np.random.default_rng(zlib.crc32(name.encode()))
    insert_source(corpus._connection, source, count)
    first = next(int(last or 0) for (last,) in corpus.rows("SELECT max(id) FROM frame")) + 1
    chosen = [made[at] for at in rng.integers(len(made), size=count)]
    ids = range(first, first + count)
    write = corpus._connection.executemany
    write(
        "INSERT INTO frame (id, source, number, time_s, width, height, pdq_quality) VALUES (?, ?, ?, ?, ?, ?, 100)",
        [
            (frame, source.id, at, at * _GAP_S, *one.size)
            for at, (frame, one) in enumerate(zip(ids, chosen, strict=True))
        ],
    )
    lengths = {"phash": 8, "dhash": 8, "pdq": 32}
    write("INSERT INTO code VALUES (?, ?, ?)", ((f, n, rng.bytes(lengths[n])) for f in ids for n in sorted(lengths)))
    write("INSERT INTO keypoints VALUES (?, ?, ?, ?, ?, ?)", _keypoints(ids, chosen, pool, rng))
    write(
        "INSERT INTO thumbnail VALUES (?, ?, ?)",
        ((f, zlib.crc32(o.thumbnail), o.thumbnail) for f, o in zip(ids, chosen, strict=True)),
    )


def _keypoints(
    ids: range, chosen: Sequence[_Original], pool: Words, rng: np.random.Generator
) -> Iterator[tuple[object, ...]]:
    ends = np.cumsum([one.keypoints for one in chosen])
    some = pool.reshape(-1, 4)[rng.integers(len(pool.reshape(-1, 4)), size=int(ends[-1]))]
    parts = np.split(some ^ _quarter_of_the_bits(some.shape, rng), ends[:-1])
    for frame, one, part in zip(ids, chosen, parts, strict=True):
        codes = part.tobytes()
        yield frame, *one.size, keypoints_crc32(one.geometry, codes), one.geometry, codes


def _quarter_of_the_bits(shape: tuple[int, ...], rng: np.random.Generator) -> Words:
    first, second = (np.frombuffer(rng.bytes(8 * shape[0] * shape[1]), np.uint64) for _ in range(2))
    return (first & second).reshape(shape)


def _source(name: str, frames: int) -> Source:
    digest = hashlib.sha256(name.encode()).hexdigest()
    return Source(
        id=digest[:12],
        path=f"/nowhere/{name}.mp4",
        sha256=digest,
        medium=Medium.VIDEO,
        size=_SIZE,
        duration_s=frames * _GAP_S,
        frames=frames,
        added="2026-01-01T00:00:00+00:00",
        facts=Facts(title=name),
    )
