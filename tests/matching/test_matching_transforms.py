"""Plane transforms: there and back, fits that recover what was planted, and refusal of what no picture went through."""

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rendered_scenes import scene

from provcheck.matching.transforms import (
    LARGEST_AREA_CHANGE,
    LARGEST_STRETCH,
    apply,
    corners,
    fit_affine,
    fit_similarity,
    inverse,
    is_plausible,
    local_scale,
    mirroring,
    rescaling,
)
from provcheck.records import Matrix

SIZE = (512, 341)


def similarity(scale: float, turn: float, x: float, y: float) -> Matrix:
    cosine, sine = scale * np.cos(turn), scale * np.sin(turn)
    return np.array([[cosine, -sine, x], [sine, cosine, y], [0, 0, 1]])


similarities = st.builds(
    similarity, st.floats(0.2, 5), st.floats(-np.pi, np.pi), st.floats(-500, 500), st.floats(-500, 500)
)


@st.composite
def homographies(draw: st.DrawFn) -> Matrix:
    """Similarities with a stretch, a shear and a tilt that stay plausible."""
    matrix = draw(similarities) @ np.array(
        [[1, draw(st.floats(-0.3, 0.3)), 0], [0, draw(st.floats(0.6, 1.6)), 0], [0, 0, 1]]
    )
    tilt = np.array([[1, 0, 0], [0, 1, 0], [draw(st.floats(-3e-4, 3e-4)), draw(st.floats(-3e-4, 3e-4)), 1]])
    return np.asarray(matrix @ tilt)


def points(count: int, seed: int = 0) -> npt.NDArray[np.float64]:
    return np.asarray(np.random.default_rng(seed).uniform((0, 0), SIZE, (count, 2)))


@given(homographies())
def test_the_inverse_leads_back(matrix: Matrix) -> None:
    assert np.allclose(apply(inverse(matrix), apply(matrix, points(20))), points(20), atol=1e-5)


@given(similarities, st.integers(2, 30))
def test_a_similarity_is_recovered(matrix: Matrix, count: int) -> None:
    assert np.allclose(fit_similarity(points(count), apply(matrix, points(count))), matrix, atol=1e-5)


@given(similarities, st.floats(-0.5, 0.5), st.integers(4, 30))
def test_an_affine_transform_is_recovered(matrix: Matrix, shear: float, count: int) -> None:
    affine = matrix @ np.array([[1, shear, 0], [0, 1.3, 0], [0, 0, 1]])
    assert np.allclose(fit_affine(points(count), apply(affine, points(count))), affine, atol=1e-5)


def test_a_fit_to_noisy_points_is_nearer_than_the_noise() -> None:
    matrix = similarity(0.7, 0.4, 20, -5)
    noisy = apply(matrix, points(200)) + np.random.default_rng(1).normal(0, 1, (200, 2))
    for fit in (fit_similarity, fit_affine):
        off = apply(fit(points(200), noisy), points(200)) - apply(matrix, points(200))
        assert np.linalg.norm(off, axis=1).max() < 0.5


def test_points_that_coincide_give_no_similarity_worth_believing() -> None:
    same = np.full((5, 2), 7.0)
    assert not is_plausible(fit_similarity(same, same), SIZE)


@given(homographies())
def test_what_pictures_go_through_is_plausible(matrix: Matrix) -> None:
    assert is_plausible(matrix, SIZE)


@pytest.mark.parametrize(
    ("matrix", "why"),
    [
        (np.diag([-1.0, 1, 1]), "mirrors"),
        (np.diag([1.0, -1, 1]), "turns upside down"),
        (np.zeros((3, 3)), "is nothing"),
        (np.full((3, 3), np.nan), "is not a number"),
        (np.diag([np.inf, 1, 1]), "is infinite"),
        (np.array([[1.0, 1, 0], [1, 1, 0], [0, 0, 1]]), "is singular"),
        (np.diag([np.sqrt(LARGEST_AREA_CHANGE) * 1.01] * 2 + [1.0]), "enlarges too much"),
        (np.diag([0.99 / np.sqrt(LARGEST_AREA_CHANGE)] * 2 + [1.0]), "shrinks too much"),
        (np.diag([LARGEST_STRETCH * 1.01, 1, 1]), "stretches too much"),
        (np.array([[1.0, 0, 0], [0, 1, 0], [-1 / 256, 0, 1]]), "has the horizon inside the picture"),
        (np.array([[1.0, 0, 0], [0, 1, 0], [-0.0017, 0, 1]]), "tilts too much"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_degenerate_transforms_are_refused(matrix: Matrix, why: str) -> None:
    assert not is_plausible(matrix, SIZE), why


@pytest.mark.parametrize("factor", [0.99, -0.99])
def test_just_within_the_limits_is_plausible(factor: float) -> None:
    stretch = LARGEST_STRETCH * abs(factor)
    assert is_plausible(np.diag([stretch, 1, 1]), SIZE)
    assert is_plausible(np.diag([1.0, 1, 1 / (9.9 if factor > 0 else 0.11)]), SIZE)


def test_the_scale_of_a_tilted_transform_is_that_at_the_centre() -> None:
    matrix = similarity(0.5, 0.2, 3, 4)
    matrix[2, :2] = 2e-4, -1e-4
    centre = (np.array(SIZE) - 1) / 2
    steps = np.array([[0.01, 0], [0, 0.01]])
    numeric = (apply(matrix, centre + steps) - apply(matrix, centre - steps)).T / 0.02
    assert np.allclose(local_scale(matrix, SIZE), numeric, atol=1e-6)


@given(st.integers(1, 900), st.integers(1, 900), st.integers(1, 900), st.integers(1, 900))
def test_rescaling_maps_outer_corners_onto_outer_corners(a: int, b: int, c: int, d: int) -> None:
    assert np.allclose(apply(rescaling((a, b), (c, d)), corners((a, b))), corners((c, d)), atol=1e-6)


def test_rescaling_maps_pixel_centres_as_a_resize_does() -> None:
    """A dot that fills one pixel of the small picture fills the block of the large one around the mapped centre."""
    assert np.allclose(apply(rescaling((4, 4), (12, 12)), np.array([[0.0, 0], [2, 1]])), [[1, 1], [7, 4]])


def test_rescaling_back_agrees_with_opencv() -> None:
    small = scene(1, 100, 60)
    large = cv2.resize(small, (300, 180), interpolation=cv2.INTER_LINEAR)
    warped = cv2.warpPerspective(small, rescaling((100, 60), (300, 180)), (300, 180), borderMode=cv2.BORDER_REPLICATE)
    assert np.abs(large.astype(int) - warped.astype(int)).mean() < 1


def test_mirroring_maps_pixels_onto_those_of_the_mirror_image() -> None:
    mapped = apply(mirroring((10, 5)), np.array([[0.0, 2], [9, 2], [4.5, 0]]))
    assert np.allclose(mapped, np.array([[9.0, 2], [0, 2], [4.5, 0]]))
