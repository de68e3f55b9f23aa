"""Looking at the pixels of an aligned pair: resampling, alignment to a fraction of a pixel, agreement, overlap."""

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from rendered_scenes import recompressed, scene, toned

from provcheck.matching.agreement import look, overlap
from provcheck.matching.alignment import align
from provcheck.matching.transforms import apply, inverse, rescaling
from provcheck.matching.warping import warp
from provcheck.records import RGB, Gray, Matrix, Size

SIZE: Size = (384, 256)
SEEDS = pytest.mark.parametrize("seed", [1, 2, 3])
HERE = np.eye(3)


def grey(seed: int, size: Size = SIZE) -> Gray:
    return to_grey(scene(seed, *size))


def to_grey(pixels: RGB) -> Gray:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def shifted(x: float, y: float) -> Matrix:
    return np.array([[1.0, 0, x], [0, 1, y], [0, 0, 1]])


def seen_through(matrix: Matrix, reference: Gray, size: Size = SIZE) -> Gray:
    """The query of which `matrix` is the transform onto the reference."""
    return np.asarray(cv2.warpPerspective(reference, inverse(matrix), size, flags=cv2.INTER_CUBIC), np.uint8)


def largest_error(found: Matrix, true: Matrix) -> float:
    inner = np.array([[60.0, 50], [320, 50], [320, 200], [60, 200]])
    return float(np.linalg.norm(apply(found, inner) - apply(true, inner), axis=1).max())


# ---------------------------------------------------------------- warping


def test_warping_back_gives_the_reference() -> None:
    reference = grey(1)
    matrix = shifted(20.0, -12.0)
    warped, inside = warp(seen_through(matrix, reference), matrix, SIZE)
    both = inside[20:-20, 30:-30] > 0
    assert both.mean() > 0.9
    assert np.abs(warped - reference)[20:-20, 30:-30][both].mean() < 1


def test_what_the_query_does_not_cover_is_outside() -> None:
    _, inside = warp(grey(1, (100, 80)), shifted(50, 40), SIZE)
    assert inside[45:115, 55:145].all()
    assert not inside[:, :49].any()
    assert not inside[122:].any()


def test_shrinking_does_not_alias() -> None:
    """A fine checkerboard, shrunk eight times, is grey: nothing of it may survive as a pattern."""
    board = np.asarray((np.indices((800, 800)).sum(axis=0) % 2) * 255, np.uint8)
    warped, _ = warp(board, rescaling((800, 800), (97, 97)), (97, 97))
    assert warped[5:-5, 5:-5].std() < 3


# ---------------------------------------------------------------- alignment


@SEEDS
@pytest.mark.parametrize("shift", [(3.3, -2.6), (0.4, 0.25), (-6.0, 5.5)])
def test_a_shift_is_recovered_to_a_fifth_of_a_pixel(seed: int, shift: tuple[float, float]) -> None:
    reference, true = grey(seed), shifted(*shift)
    assert largest_error(align(seen_through(true, reference), reference, HERE), true) < 0.2


@SEEDS
def test_an_affine_transform_is_recovered_to_a_fifth_of_a_pixel(seed: int) -> None:
    reference = grey(seed)
    true = np.array([[0.76, 0.012, 2.0], [-0.01, 0.74, -1.5], [0, 0, 1]])
    query = seen_through(true, reference, (512, 341))
    start = rescaling((512, 341), SIZE)
    assert largest_error(align(query, reference, start), true) < 0.2


@SEEDS
def test_a_tilt_is_recovered(seed: int) -> None:
    reference = grey(seed)
    true = np.array([[1.01, 0.01, 2.0], [-0.01, 0.99, -1.5], [3e-5, -2e-5, 1]])
    assert largest_error(align(seen_through(true, reference), reference, HERE), true) < 0.3


@SEEDS
def test_a_large_overlay_does_not_pull_the_alignment_away(seed: int) -> None:
    reference, true = grey(seed), shifted(2.5, 1.5)
    query = seen_through(true, reference)
    query[100:220, 60:240] = grey(50)[100:220, 60:240]
    assert largest_error(align(query, reference, HERE), true) < 0.25


@pytest.mark.parametrize("pixels", [np.full((256, 384), 90, np.uint8), grey(44)], ids=["flat", "unrelated"])
def test_what_cannot_be_aligned_stays_near_where_it_was(pixels: Gray) -> None:
    assert largest_error(align(pixels, grey(1), HERE), HERE) < 80


def test_a_flat_query_keeps_its_transform() -> None:
    assert (align(np.full((256, 384), 90, np.uint8), grey(1), shifted(3, 4)) == shifted(3, 4)).all()


# ---------------------------------------------------------------- agreement


@SEEDS
def test_a_picture_agrees_with_itself(seed: int) -> None:
    seen = look(grey(seed), grey(seed), HERE)
    assert seen.median > 0.999
    assert seen.mean > 0.99
    assert seen.agreeing == seen.windows > 50


@SEEDS
@pytest.mark.parametrize(("gain", "shift"), [(0.5, 0.0), (0.8, 40.0), (0.6, 90.0)])
def test_brightness_and_contrast_change_nothing(seed: int, gain: float, shift: float) -> None:
    query = to_grey(toned(scene(seed, *SIZE), gain, shift))
    assert look(query, grey(seed), HERE).median > 0.99


@SEEDS
def test_a_gradient_of_light_changes_little(seed: int) -> None:
    dimmed = np.asarray(grey(seed) * np.linspace(0.4, 1.0, SIZE[0])[None], np.uint8)
    assert look(dimmed, grey(seed), HERE).median > 0.98


@SEEDS
def test_compression_changes_little(seed: int) -> None:
    assert look(to_grey(recompressed(scene(seed, *SIZE), 15)), grey(seed), HERE).median > 0.95


@pytest.mark.parametrize("pair", [(1, 2), (3, 4), (5, 6), (7, 8)])
def test_unrelated_pictures_do_not_agree(pair: tuple[int, int]) -> None:
    query, reference = grey(pair[0]), grey(pair[1])
    assert abs(look(query, reference, HERE).median) < 0.3
    assert look(query, reference, align(query, reference, HERE)).median < 0.3


@SEEDS
def test_what_only_one_picture_shows_counts_against(seed: int) -> None:
    """The one has texture where the other is flat: there is nothing to correlate, and it is still a difference."""
    emptied = grey(seed).copy()
    emptied[:, 150:] = 120
    for query, reference in ((emptied, grey(seed)), (grey(seed), emptied)):
        assert look(query, reference, HERE).median < 0.5


@SEEDS
def test_the_mean_notices_what_the_median_does_not(seed: int) -> None:
    moved = grey(seed).copy()
    moved[60:130, 60:150] = grey(seed)[65:135, 70:160]
    seen = look(moved, grey(seed), HERE)
    assert seen.median > 0.99
    assert seen.mean < look(grey(seed), grey(seed), HERE).mean - 0.02


def test_flat_pictures_show_nothing() -> None:
    flat = np.full((256, 384), 77, np.uint8)
    seen = look(flat, flat, HERE)
    assert (seen.median, seen.windows, seen.agreeing) == (0.0, 0, 0)


def test_pictures_that_do_not_overlap_show_nothing() -> None:
    seen = look(grey(1), grey(1), shifted(900, 0))
    assert (seen.median, seen.windows) == (0.0, 0)


# ---------------------------------------------------------------- overlap


@pytest.mark.parametrize(
    ("matrix", "query", "reference", "expected"),
    [
        (HERE, SIZE, SIZE, (1.0, 1.0)),
        (shifted(96, 64), (192, 128), SIZE, (1.0, 0.25)),
        (shifted(-100, -50), (768, 512), SIZE, (0.25, 1.0)),
        (shifted(192, 0), SIZE, SIZE, (0.5, 0.5)),
        (shifted(400, 0), SIZE, SIZE, (0.0, 0.0)),
        (rescaling((1024, 512), SIZE), (1024, 512), SIZE, (1.0, 1.0)),
        (np.array([[0.0, -1, 255], [1, 0, 0], [0, 0, 1]]), (256, 256), (256, 256), (1.0, 1.0)),
    ],
    ids=["same", "crop", "embedded", "half", "apart", "resized", "turned"],
)
def test_overlap_is_the_share_of_each(
    matrix: npt.NDArray[np.float64], query: Size, reference: Size, expected: tuple[float, float]
) -> None:
    found = overlap(matrix, query, reference)
    assert (found.query, found.reference) == pytest.approx(expected, abs=0.005)


def test_overlap_of_a_tilted_picture_is_measured_in_its_own_pixels() -> None:
    tilted = np.array([[1.0, 0, 0], [0, 1, 0], [1e-3, 0, 1]])
    width = SIZE[0] / (1 + 1e-3 * SIZE[0])
    found = overlap(tilted, SIZE, SIZE)
    assert found.query == pytest.approx(1.0, abs=0.01)
    assert 0.5 * width / SIZE[0] < found.reference < width / SIZE[0]


@pytest.mark.parametrize("level", [3, 100, 254])
def test_a_flat_picture_has_no_shading_in_common_with_a_slope(level: int) -> None:
    """Rounding leaves some of them a deviation, by which NumPy then divides in vain."""
    slope = np.tile(np.linspace(60, 75, SIZE[0]), (SIZE[1], 1)).astype(np.uint8)
    assert look(np.full_like(slope, level), slope, HERE).ground == 0.0
