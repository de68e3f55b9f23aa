"""Local features: where they lie, that a mirrored picture needs no second extraction, and that looks fit together."""

import numpy as np
import numpy.typing as npt
import pytest
from rendered_scenes import mirrored, resized, scene

from provcheck.fingerprints.local import (
    DETAIL_LOOK,
    QUERY_LOOKS,
    REFERENCE_COUNT,
    REFERENCE_SIDE,
    describe,
    query_features,
    reference_features,
    scaled,
    scaled_grey,
)
from provcheck.records import RGB, Features

SEEDS = pytest.mark.parametrize("seed", [1, 2, 3])


def nearest(one: Features, other: Features) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """Distance in pixels to the nearest keypoint of another picture, of like size and direction, and which it is."""
    apart = np.linalg.norm(one.points[:, None] - other.points[None], axis=2)
    ratio = np.abs(np.log(one.scales[:, None] / other.scales[None]))
    turn = np.abs(np.angle(np.exp(1j * (one.angles[:, None] - other.angles[None]))))
    apart = np.where((ratio < 0.3) & (turn < 0.3), apart, np.inf)
    return apart.min(axis=1), apart.argmin(axis=1)


def bits_apart(one: Features, other: Features, which: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return np.asarray(np.bitwise_count(one.codes ^ other.codes[which]).sum(axis=1, dtype=np.int64))


@pytest.mark.parametrize(("seed", "size"), [(1, (480, 320)), (2, (333, 517)), (3, (480, 320))])
def test_mirrored_features_are_those_of_the_mirrored_picture(seed: int, size: tuple[int, int]) -> None:
    pixels = scene(seed, *size)
    derived, extracted = query_features(pixels)[1], query_features(mirrored(pixels))[0]
    pixels_apart, which = nearest(derived, extracted)
    near = pixels_apart < 1
    assert derived.size == extracted.size
    assert near.mean() > 0.9
    assert np.quantile(bits_apart(derived, extracted, which)[near], 0.9) <= 16


@SEEDS
def test_mirroring_twice_is_no_change(seed: int) -> None:
    plain, _ = query_features(scene(seed))
    _, back = query_features(mirrored(scene(seed)))
    pixels_apart, which = nearest(plain, back)
    near = pixels_apart < 1
    assert near.mean() > 0.9
    assert np.median(bits_apart(plain, back, which)[near]) <= 8


def bias(one: Features, other: Features, back: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Median displacement, in pixels, of keypoints of one against the other's, brought back by factor and shift."""
    moved = Features(other.points * back[0] + back[1], one.scales[:0], one.angles[:0], other.codes, one.size)
    codes_apart = np.bitwise_count(one.codes[:, None] ^ other.codes[None]).sum(axis=2, dtype=int)
    which, rows = codes_apart.argmin(axis=1), np.arange(len(one))
    shift = one.points - moved.points[which]
    good = (codes_apart[rows, which] < 30) & (np.abs(shift).max(axis=1) < 2)
    assert good.sum() > 100
    return np.asarray(np.median(shift[good], axis=0), np.float32)


@SEEDS
def test_keypoints_lie_at_pixel_centres(seed: int) -> None:
    """A detector that is half a pixel off is off the other way when the picture is turned by half a turn."""
    pixels = scene(seed, 384, 256)
    turned = np.ascontiguousarray(pixels[::-1, ::-1])
    back = np.array([[-1, -1], [383, 255]], np.float32)
    assert np.abs(bias(reference_features(pixels), reference_features(turned), back)).max() < 0.1


@SEEDS
def test_a_resize_moves_keypoints_as_it_moves_pixel_centres(seed: int) -> None:
    large = scene(seed, 768, 512)
    one, other = reference_features(large), query_features(resized(large, 512, 341))[0]
    factors = np.array(one.size) / np.array(other.size)
    back = np.stack([factors, factors / 2 - 0.5]).astype(np.float32)
    assert np.abs(bias(one, other, back)).max() < 0.15


@SEEDS
def test_all_looks_give_the_coordinates_of_the_first(seed: int) -> None:
    pixels = scene(seed, 900, 600)
    features, _ = query_features(pixels)
    assert features.size == (512, 341)
    last = describe(scaled_grey(pixels, QUERY_LOOKS[-1][0]), QUERY_LOOKS[-1][1])
    factors = np.array(features.size) / np.array(last.size)
    expected = (last.points + 0.5) * factors - 0.5
    assert np.abs(features.points[-len(last.points) :] - expected).max() < 0.01
    assert np.allclose(features.scales[-len(last.points) :] / last.scales, factors[0], rtol=1e-4)


@SEEDS
def test_small_looks_agree_with_the_first_about_places(seed: int) -> None:
    """What both the first and the second look find must lie at the same place, not half a pixel aside."""
    pixels = scene(seed, 900, 600)
    features, _ = query_features(pixels)
    first = len(describe(scaled_grey(pixels, QUERY_LOOKS[0][0]), QUERY_LOOKS[0][1]).points)
    fine, coarse = part(features, slice(0, first)), part(features, slice(first, None))
    pixels_apart, which = nearest(coarse, fine)
    near = pixels_apart < 3
    assert near.sum() > 20
    assert np.abs(np.median((coarse.points - fine.points[which])[near], axis=0)).max() < 0.3


def part(features: Features, chosen: slice) -> Features:
    return Features(
        features.points[chosen], features.scales[chosen], features.angles[chosen], features.codes[chosen], features.size
    )


@pytest.mark.parametrize(
    "pixels",
    [np.zeros((1, 1, 3), np.uint8), np.full((64, 64, 3), 200, np.uint8), scene(1, 3000, 3), scene(1, 3, 3000)],
    ids=["one pixel", "flat", "wide", "tall"],
)
def test_pictures_without_detail_have_few_or_no_features(pixels: RGB) -> None:
    for features in (reference_features(pixels), *query_features(pixels)):
        assert features.points.shape == (len(features), 2)
        assert features.codes.shape == (len(features), 32)
        assert len(features.scales) == len(features.angles) == len(features)
        assert len(features) < 120


@SEEDS
def test_a_textured_reference_has_as_many_features_as_are_kept(seed: int) -> None:
    features = reference_features(scene(seed, 900, 600))
    assert max(features.size) == REFERENCE_SIDE
    assert 0.5 * REFERENCE_COUNT < len(features) <= REFERENCE_COUNT + 30
    assert (features.points > -0.5).all()
    assert (features.points < np.array(features.size) - 0.5).all()


def test_extraction_gives_the_same_every_time() -> None:
    one, other = reference_features(scene(7)), reference_features(scene(7))
    assert (one.points == other.points).all()
    assert (one.codes == other.codes).all()


@pytest.mark.parametrize(
    ("size", "side", "expected"), [((900, 600), 384, (384, 256)), ((100, 80), 384, (100, 80)), ((9000, 3), 90, (90, 1))]
)
def test_scaling_keeps_proportions_and_never_enlarges(
    size: tuple[int, int], side: int, expected: tuple[int, int]
) -> None:
    pixels = scaled(scene(1, *size), side)
    assert pixels.shape == (expected[1], expected[0], 3)


def test_a_closer_look_at_a_part_puts_its_keypoints_where_the_part_lies() -> None:
    page = np.full((900, 1200, 3), 255, np.uint8)
    page[500:700, 700:1000] = scene(5, 300, 200)
    plain, closer = query_features(page)[0], query_features(page, details=[(700, 500, 1000, 700)])[0]
    alone = describe(scaled_grey(page[500:700, 700:1000], DETAIL_LOOK[0]), DETAIL_LOOK[1])
    added = closer.points[len(plain.codes) :]
    whole = closer.size[0] / 1200
    assert closer.points[: len(plain.codes)].tolist() == plain.points.tolist()
    assert len(added) > 20
    assert np.abs((added + 0.5) / whole - 0.5 - (alone.points + np.array([700, 500]))).max() < 0.01
    assert np.allclose(closer.scales[len(plain.codes) :] / whole, alone.scales, rtol=0.01)
