"""What the corpus of a benchmark knows, and a release made of it: edited photographs, stills of a video, and news."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageEnhance, ImageOps
from scenery import scene, write_pictures, write_video

from provcheck.media import video_window
from provcheck.records import Size

KNOWN: Final = 16
"""Images of the release that the corpus knows."""

_PICTURE: Final[Size] = (1600, 1200)
_VIDEO: Final[Size] = (1280, 720)
_VIDEO_S: Final = 12.0
_STILLS_S: Final = (1.0, 5.2, 7.4, 10.6)
_PHOTOGRAPHS: Final = 12
_UNKNOWN_SEEDS: Final = range(900, 904)

Edit = Callable[[Image.Image], Image.Image]


def write_known(folder: Path) -> None:
    """Write the photographs and the video that the corpus will know."""
    write_pictures(folder, _PHOTOGRAPHS, _PICTURE, first_seed=500)
    write_video(folder / "video.mp4", _VIDEO_S, _VIDEO, seed=5)


def write_release(folder: Path, known: Path) -> None:
    """Write 20 images; what stands before `--` in a name is the stem of the known file."""
    folder.mkdir()
    edits = tuple(_EDITS.items())
    for at, file in enumerate(sorted(known.glob("*.jpg"))):
        name, edit = edits[at % len(edits)]
        with Image.open(file) as image:
            edit(image).save(folder / f"{file.stem}--{name}.jpg", quality=75)
    _write_stills(folder, known / "video.mp4")
    for seed in _UNKNOWN_SEEDS:
        Image.fromarray(scene(_PICTURE, seed)).save(folder / f"new-{seed}.jpg", quality=85)


def write_few_images(folder: Path, release: Path, count: int) -> None:
    """Write a release of the first photographs."""
    folder.mkdir()
    for file in sorted(release.glob("picture-*.jpg"))[:count]:
        (folder / file.name).write_bytes(file.read_bytes())


def _write_stills(folder: Path, video: Path) -> None:
    for time_s in _STILLS_S:
        picture = next(video_window(video, time_s, _VIDEO_S))
        Image.fromarray(picture.pixels).save(folder / f"{video.stem}--{time_s:.1f}s.jpg", quality=80)


def _cropped(image: Image.Image) -> Image.Image:
    width, height = image.size
    return image.crop((width // 4, height // 8, width, 7 * height // 8))


def _captioned(image: Image.Image) -> Image.Image:
    captioned = image.copy()
    draw = ImageDraw.Draw(captioned)
    draw.rectangle((0, image.height * 7 // 8, image.width, image.height), fill=(20, 20, 30))
    draw.text((40, image.height * 9 // 10), "The crossing, seen this morning", fill=(255, 255, 255), font_size=60)
    return captioned


def _recoloured(image: Image.Image) -> Image.Image:
    return ImageEnhance.Contrast(ImageEnhance.Color(image).enhance(0.3)).enhance(1.3)


def _framed(image: Image.Image) -> Image.Image:
    page = Image.new("RGB", (1920, 1080), (235, 235, 240))
    page.paste(image.resize((1000, 750)), (300, 200))
    return page


_EDITS: Final[dict[str, Edit]] = {
    "smaller": lambda image: image.resize((640, 480)),
    "cropped": _cropped,
    "mirrored": ImageOps.mirror,
    "captioned": _captioned,
    "recoloured": _recoloured,
    "framed": _framed,
}
