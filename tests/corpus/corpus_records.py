"""Sources and frames for the tests of the corpus, and small pictures on disk."""

import hashlib
import io
from pathlib import Path

import numpy as np
from PIL import Image

from provcheck.corpus.fingerprinting import FileJob, Fingerprinted, Refused
from provcheck.moments import parse_moment
from provcheck.records import Facts, Features, FrameCodes, Kind, Medium, Place, Source

ALGORITHMS = {"phash": "1", "dhash": "1", "pdq": "1", "local": "1"}
FACTS = Facts(
    title="Trailer",
    publisher="Studio",
    published=parse_moment("2015-03"),
    captured=parse_moment("2014"),
    place=Place(name="Здесь", country="Nowhere", latitude=1.5, longitude=-2.25),
    kind=Kind.GAME,
    url="https://example.org/a",
    note="a\nb",
)


def frame_codes(seed: int = 0, *, number: int = 0, time_s: float | None = None, keypoints: int = 5) -> FrameCodes:
    """Return the codes of an invented frame."""
    random = np.random.default_rng(seed)
    features = Features(
        points=random.uniform(0, 383, (keypoints, 2)).astype(np.float32),
        scales=random.uniform(2, 100, keypoints).astype(np.float32),
        angles=random.uniform(0, 2 * np.pi, keypoints).astype(np.float32),
        codes=random.integers(0, 256, (keypoints, 32), dtype=np.uint8),
        size=(384, 216),
    )
    return FrameCodes(
        number=number,
        time_s=time_s,
        size=(1920, 1080),
        whole={"phash": random.bytes(8), "dhash": random.bytes(8), "pdq": random.bytes(32)},
        pdq_quality=seed % 101,
        features=features,
        thumbnail=_thumbnail(),
    )


def video_frames(count: int, seed: int = 0) -> list[FrameCodes]:
    """Return invented frames, half a second apart."""
    return [frame_codes(seed + number, number=number, time_s=number / 2) for number in range(count)]


def source(name: str, *, path: str | None = None, facts: Facts | None = None) -> Source:
    """Return a video that was never filmed; `name` decides its SHA-256."""
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    return Source(
        id=sha256[:12],
        path=path or f"/media/{name}",
        sha256=sha256,
        medium=Medium.VIDEO,
        size=(1920, 1080),
        duration_s=12.5,
        frames=0,
        added="2026-01-02T03:04:05+00:00",
        facts=facts or Facts(),
    )


def save_picture(path: Path, seed: int = 0) -> Path:
    """Write a small picture with enough detail for features."""
    path.parent.mkdir(parents=True, exist_ok=True)
    coarse = np.random.default_rng(seed).integers(0, 256, (15, 20, 3), dtype=np.uint8)
    Image.fromarray(coarse).resize((240, 180), Image.Resampling.BICUBIC).save(path)
    return path


def invent_codes(job: FileJob) -> Fingerprinted | Refused:
    """Stand in for the fingerprinting of a file: the content says what happens."""
    content = Path(job.path).read_bytes()
    if content.startswith(b"refuse"):
        return Refused(f"{Path(job.path).name}: broken")
    if content.startswith(b"text"):
        return Refused(f"{Path(job.path).name}: text", not_media=True)
    return Fingerprinted(Medium.IMAGE, (1920, 1080), None, (frame_codes(len(content)),))


def _thumbnail() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(stream, "JPEG")
    return stream.getvalue()
