"""Corpora of invented frames, large enough to have index files."""

import hashlib
from pathlib import Path

import numpy as np

from provcheck.corpus import Corpus, open_corpus
from provcheck.records import Codes, Features, FrameCodes, Medium, Source

KEYPOINTS = 90
"""More than an index takes of a frame."""

FRAMES_A_SOURCE = 70
_SIZE = (384, 216)


def grow(path: Path, first: int, sources: int) -> None:
    """Add sources with `FRAMES_A_SOURCE` frames each; the number of a source decides its frames."""
    with open_corpus(path, write=True, create=True) as corpus:
        for number in range(first, first + sources):
            add_source(corpus, number)


def add_source(corpus: Corpus, number: int) -> None:
    """Add the source of this number."""
    random = np.random.default_rng(number)
    corpus.add_source(source(number), [_frame(at, random) for at in range(FRAMES_A_SOURCE)])


def source(number: int) -> Source:
    """Return the source of this number."""
    digest = hashlib.sha256(str(number).encode()).hexdigest()
    return Source(digest[:12], f"/{number}", digest, Medium.VIDEO, _SIZE, 1.0, FRAMES_A_SOURCE, "2026-01-01T00:00:00Z")


def _frame(number: int, random: np.random.Generator) -> FrameCodes:
    codes: Codes = random.integers(0, 256, (KEYPOINTS, 32), np.uint8)
    some = random.uniform(1, 6, (KEYPOINTS, 4)).astype(np.float32)
    features = Features(some[:, :2], some[:, 2], some[:, 3], codes, _SIZE)
    whole = {"phash": random.bytes(8), "dhash": random.bytes(8), "pdq": random.bytes(32)}
    return FrameCodes(number, number / 2, _SIZE, whole, 100, features, b"no thumbnail")
