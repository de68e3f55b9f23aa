"""Previews inside pictures: do they show the same, more, or something else, and where does the picture lie in them."""

from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from embedded_media import write_jpeg
from PIL import Image
from previewed_media import as_jpeg, exif_with_thumbnail
from rendered_scenes import crop, scene

from provcheck.matching.preview_framing import PreviewFit, compare_preview
from provcheck.matching.transforms import apply
from provcheck.media import pictures
from provcheck.metadata.previews import read_previews
from provcheck.records import RGB, PreviewRelation

SCENE = scene(7)
OTHER = scene(40)


def thumbnail(pixels: RGB, size: tuple[int, int] = (160, 107)) -> RGB:
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS))


def letterboxed(pixels: RGB) -> RGB:
    """160x120 with black bars above and below."""
    page = np.zeros((120, 160, 3), np.uint8)
    page[6:113] = thumbnail(pixels)
    return page


def toned(pixels: RGB) -> RGB:
    return np.uint8(255 * (pixels / 255.0) ** 1.5)  # type: ignore[return-value]


def edited(pixels: RGB) -> RGB:
    changed = pixels.copy()
    height, width = pixels.shape[:2]
    changed[height // 3 : height * 2 // 3, width // 3 : width * 2 // 3] = OTHER[
        : height * 2 // 3 - height // 3, : width * 2 // 3 - width // 3
    ]
    return changed


@pytest.mark.parametrize(
    ("picture", "preview", "relation"),
    [
        (SCENE, thumbnail(SCENE), PreviewRelation.SAME),
        (SCENE, letterboxed(SCENE), PreviewRelation.SAME),
        (toned(SCENE), thumbnail(SCENE), PreviewRelation.SAME),
        (SCENE.mean(axis=2, keepdims=True).repeat(3, 2).astype(np.uint8), thumbnail(SCENE), PreviewRelation.SAME),
        (np.rot90(SCENE).copy(), thumbnail(SCENE), PreviewRelation.SAME),  # turned upright, and its preview was not
        (SCENE[:, ::-1].copy(), thumbnail(SCENE), PreviewRelation.SAME),
        (SCENE, thumbnail(SCENE, (100, 100)), PreviewRelation.SAME),  # squeezed
        (SCENE, thumbnail(SCENE[:, 80:400], (120, 120)), PreviewRelation.SAME),  # the middle square
        (crop(SCENE, 0.3, 0.2, 0.9, 0.8), thumbnail(SCENE), PreviewRelation.WIDER),
        (crop(SCENE, 0.3, 0.2, 0.9, 0.8), letterboxed(SCENE), PreviewRelation.WIDER),
        (toned(crop(SCENE, 0.0, 0.5, 0.5, 1.0)), np.rot90(thumbnail(SCENE)).copy(), PreviewRelation.WIDER),
        (edited(SCENE), thumbnail(SCENE), PreviewRelation.EDITED),
        (OTHER, thumbnail(SCENE), PreviewRelation.OTHER),
        (np.full_like(SCENE, 90), thumbnail(SCENE), PreviewRelation.UNCLEAR),
        (SCENE, np.full_like(thumbnail(SCENE), 90), PreviewRelation.UNCLEAR),
        (SCENE, thumbnail(SCENE, (18, 12)), PreviewRelation.UNCLEAR),
    ],
)  # fmt: skip
def test_what_a_preview_shows(picture: RGB, preview: RGB, relation: PreviewRelation) -> None:
    assert compare_preview(picture, preview).relation is relation


def middle(fit: PreviewFit, picture: RGB) -> npt.NDArray[np.float64]:
    centre = np.array([[(picture.shape[1] - 1) / 2, (picture.shape[0] - 1) / 2]])
    return np.asarray(apply(fit.matrix, centre)[0])


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("mirrored", [False, True])
def test_where_the_picture_lies_in_its_preview(turns: int, mirrored: bool) -> None:
    """The middle of the picture is (0.6, 0.5) of the scene, however the picture was turned afterwards."""
    kept = crop(SCENE, 0.3, 0.2, 0.9, 0.8)
    picture = np.rot90(kept[:, ::-1] if mirrored else kept, turns).copy()
    preview = thumbnail(SCENE, (320, 214))
    fit = compare_preview(picture, preview)
    assert fit.relation is PreviewRelation.WIDER
    assert fit.mirrored is mirrored
    assert fit.shown == pytest.approx(0.36, abs=0.04)
    assert middle(fit, picture) == pytest.approx(np.array([192.0, 107.0]), abs=4)


@pytest.mark.parametrize("preview", [thumbnail(SCENE), letterboxed(SCENE)])
def test_black_bars_are_known(preview: RGB) -> None:
    left, top, right, bottom = compare_preview(crop(SCENE, 0.3, 0.2, 0.9, 0.8), preview).inside
    assert (left, right) == (0, 160)
    assert bottom - top == pytest.approx(107, abs=3)


def test_a_picture_and_its_preview_are_read_from_one_file(tmp_path: Path) -> None:
    shown = Image.fromarray(crop(SCENE, 0.3, 0.2, 0.9, 0.8))
    exif = exif_with_thumbnail(Image.fromarray(thumbnail(SCENE)))
    path = write_jpeg(tmp_path / "a.jpg", picture=shown, exif=exif)
    (preview,), _ = read_previews(path)
    assert compare_preview(next(iter(pictures(path))).pixels, preview.pixels).relation is PreviewRelation.WIDER


def test_noise_of_strong_compression_is_no_edit() -> None:
    coarse = np.asarray(Image.open(BytesIO(as_jpeg(Image.fromarray(SCENE), quality=10))))
    assert compare_preview(coarse, thumbnail(SCENE)).relation is PreviewRelation.SAME
