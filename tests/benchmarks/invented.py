"""Frames by the thousand that nobody decoded: they fill a corpus up to a size in seconds.

Codes of fair coins would be too easy (all are equally far from everything), so each frame takes the keypoint codes of a
small rendered scene with a part of the bits flipped: about as near to each other as the codes of different photographs.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from scenery import scene

from provcheck.corpus import Corpus
from provcheck.fingerprints import frame_codes
from provcheck.records import Codes, Facts, FrameCodes, Medium, Picture, Size, Source

FRAMES_A_SOURCE = 40
ORIGINALS = 60
_SIZE: Size = (384, 288)
_GAP_S = 2.5


@dataclass(frozen=True, slots=True, eq=False)
class _Originals:
    """Rendered frames, and all their keypoint codes, shape (N, 32)."""

    frames: tuple[FrameCodes, ...]
    pool: Codes


def add_invented(corpus: Corpus, frames: int, *, seed: int) -> None:
    """Add invented videos with this many frames together."""
    originals = _originals(seed)
    for first in range(0, frames, FRAMES_A_SOURCE):
        count = min(FRAMES_A_SOURCE, frames - first)
        rng = np.random.default_rng((seed, first))
        corpus.add_source(_source(f"invented-{seed}-{first}", count), list(_video(originals, count, rng)))


def _originals(seed: int) -> _Originals:
    frames = tuple(frame_codes(Picture(scene(_SIZE, 10_000 + seed * ORIGINALS + at))) for at in range(ORIGINALS))
    return _Originals(frames, np.concatenate([frame.features.codes for frame in frames]))


def _video(originals: _Originals, count: int, rng: np.random.Generator) -> Iterator[FrameCodes]:
    for number in range(count):
        frame = originals.frames[int(rng.integers(len(originals.frames)))]
        codes = originals.pool[rng.integers(len(originals.pool), size=len(frame.features))]
        yield replace(
            frame,
            number=number,
            time_s=number * _GAP_S,
            whole={name: rng.bytes(len(code)) for name, code in frame.whole.items()},
            features=replace(frame.features, codes=codes ^ _quarter_of_the_bits(codes.shape, rng)),
        )


def _quarter_of_the_bits(shape: tuple[int, ...], rng: np.random.Generator) -> Codes:
    first, second = (rng.integers(256, size=shape, dtype=np.uint8) for _ in range(2))
    return first & second


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
