"""One transform that explains the correspondences: found among outliers, refused where there is none."""

import numpy as np
import numpy.typing as npt
import pytest

from provcheck.matching.geometry import DISTINCT_PX, FEWEST, TOLERANCE_PX, distinct_inliers, fit_transform
from provcheck.matching.transforms import apply
from provcheck.records import Features, Matrix, Points

SIZE = (512, 341)
REFERENCE_SIZE = (384, 256)


def features(
    points: npt.NDArray[np.float64], scales: npt.NDArray[np.float64], angles: npt.NDArray[np.float64]
) -> Features:
    codes = np.zeros((len(points), 32), np.uint8)
    return Features(
        points.astype(np.float32),
        scales.astype(np.float32),
        np.remainder(angles, 2 * np.pi).astype(np.float32),
        codes,
        SIZE,
    )


def planted(
    right: int,
    wrong: int,
    *,
    scale: float = 0.6,
    turn: float = 0.3,
    shift: tuple[float, float] = (40, 10),
    seed: int = 0,
) -> tuple[Features, Features, npt.NDArray[np.int64], Matrix]:
    """Features in which the first `right` correspondences follow a similarity, a pixel off, and the others nothing."""
    random = np.random.default_rng(seed)
    count = right + wrong
    cosine, sine = scale * np.cos(turn), scale * np.sin(turn)
    matrix = np.array([[cosine, -sine, shift[0]], [sine, cosine, shift[1]], [0, 0, 1]])
    points, scales = random.uniform((0, 0), SIZE, (count, 2)), 2.5 * 2 ** random.exponential(0.8, count)
    angles = random.uniform(0, 2 * np.pi, count)
    target = apply(matrix, points) + random.normal(0, 0.7, (count, 2))
    target_scales = scales * scale * np.exp(random.normal(0, 0.1, count))
    target_angles = angles + turn + random.normal(0, 0.08, count)
    target[right:] = random.uniform((0, 0), REFERENCE_SIZE, (wrong, 2))
    target_scales[right:] = 2.5 * 2 ** random.exponential(0.8, wrong)
    target_angles[right:] = random.uniform(0, 2 * np.pi, wrong)
    pairs = np.repeat(np.arange(count)[:, None], 2, axis=1)
    return features(points, scales, angles), features(target, target_scales, target_angles), pairs, matrix


def largest_error(found: Matrix, planted_: Matrix) -> float:
    corners = np.array([[0.0, 0], [511, 0], [511, 340], [0, 340]])
    return float(np.linalg.norm(apply(found, corners) - apply(planted_, corners), axis=1).max())


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("scale", "turn"), [(0.6, 0.3), (0.25, -2.0), (1.5, np.pi)])
def test_a_similarity_is_found_among_95_percent_of_outliers(seed: int, scale: float, turn: float) -> None:
    query, reference, pairs, matrix = planted(20, 380, scale=scale, turn=turn, seed=seed)
    fit = fit_transform(query, reference, pairs)
    assert fit is not None
    assert set(fit.inliers[:, 0]) >= set(range(18))
    assert len(fit.inliers) <= 24
    assert largest_error(fit.matrix, matrix) < 4


def test_a_homography_is_found_where_it_explains_more() -> None:
    query, reference, pairs, _ = planted(60, 60)
    tilt = np.array([[0.7, 0.05, 20], [0.02, 0.65, 12], [3e-4, 1e-4, 1]])
    reference.points[:60] = apply(tilt, query.points[:60].astype(np.float64)).astype(np.float32)
    reference.angles[:60] = query.angles[:60]
    fit = fit_transform(query, reference, pairs)
    assert fit is not None
    assert largest_error(fit.matrix, tilt) < 2
    assert len(fit.inliers) >= 58


def test_a_steep_view_is_followed_beyond_the_corner_that_one_similarity_explains() -> None:
    query, reference, pairs, _ = planted(80, 60)
    points = query.points[:80].astype(np.float64)
    tilt = np.array([[2.0, 0.1, 10], [0.65, 1.2, 5], [3e-3, 2e-3, 1]])
    depth = points @ tilt[2, :2] + 1
    reference.points[:80] = apply(tilt, points).astype(np.float32)
    reference.angles[:80] = query.angles[:80]
    reference.scales[:80] = query.scales[:80] * (0.8 / depth).astype(np.float32)
    fit = fit_transform(query, reference, pairs)
    assert fit is not None
    assert len(fit.inliers) >= 78
    assert largest_error(fit.matrix, tilt) < 2


@pytest.mark.parametrize("seed", range(10))
def test_random_correspondences_give_nothing_or_next_to_nothing(seed: int) -> None:
    query, reference, pairs, _ = planted(0, 300, seed=seed)
    fit = fit_transform(query, reference, pairs)
    assert fit is None or distinct_inliers(query, reference, fit.inliers) <= 6


@pytest.mark.parametrize("count", range(FEWEST))
def test_too_few_correspondences_give_nothing(count: int) -> None:
    query, reference, pairs, _ = planted(count, 0)
    assert fit_transform(query, reference, pairs) is None


def test_the_fewest_that_agree_are_enough() -> None:
    query, reference, pairs, matrix = planted(FEWEST, 0)
    fit = fit_transform(query, reference, pairs)
    assert fit is not None
    assert largest_error(fit.matrix, matrix) < 10


def test_the_result_is_the_same_every_time_and_hardly_another_in_another_order() -> None:
    query, reference, pairs, _ = planted(15, 200)
    fits = [fit_transform(query, reference, some) for some in (pairs, pairs, pairs[::-1].copy())]
    assert fits[0] is not None
    assert fits[1] is not None
    assert fits[2] is not None
    assert (fits[0].matrix == fits[1].matrix).all()
    assert set(fits[0].inliers[:, 0]) == set(fits[2].inliers[:, 0])
    assert largest_error(fits[0].matrix, fits[2].matrix) < 3


def test_all_points_in_one_place_are_refused() -> None:
    query, reference, pairs, _ = planted(30, 0)
    for each in (query, reference):
        each.points[:] = 100
        each.scales[:], each.angles[:] = 5, 1
    fit = fit_transform(query, reference, pairs)
    assert fit is None or distinct_inliers(query, reference, fit.inliers) == 1


@pytest.mark.parametrize("factor", [15.0, 1 / 15.0])
def test_an_implausible_scale_is_refused(factor: float) -> None:
    query, reference, pairs, _ = planted(30, 0, scale=factor)
    assert fit_transform(query, reference, pairs) is None


def test_sizes_that_contradict_the_places_are_not_inliers() -> None:
    """Unrelated letters in a row agree about places; a transform that shrinks must shrink the keypoints too."""
    query, reference, pairs, _ = planted(40, 0)
    random = np.random.default_rng(1)
    reference.scales[:] *= np.exp(random.choice([-2.5, 2.5, -5.0, 5.0], 40)).astype(np.float32)
    fit = fit_transform(query, reference, pairs)
    assert fit is None or len(fit.inliers) < 20


def at(*places: tuple[float, float]) -> Points:
    return np.array(places, np.float32)


@pytest.mark.parametrize(
    ("query", "reference", "distinct"),
    [
        (at((0, 0), (50, 0), (0, 50)), at((0, 0), (50, 0), (0, 50)), 3),
        (at((0, 0), (DISTINCT_PX, 0), (50, 0)), at((0, 0), (90, 0), (50, 0)), 2),
        (at((0, 0), (90, 0), (50, 0)), at((0, 0), (0, DISTINCT_PX), (50, 0)), 2),
        (at((0, 0), (DISTINCT_PX + 1, 0)), at((0, 0), (0, DISTINCT_PX + 1)), 2),
    ],
    ids=["apart", "one place in the query", "one place in the reference", "just apart"],
)
def test_inliers_at_one_place_count_once(query: Points, reference: Points, distinct: int) -> None:
    zeros = np.zeros(len(query))
    one, other = (features(side.astype(np.float64), zeros, zeros) for side in (query, reference))
    pairs = np.repeat(np.arange(len(query))[:, None], 2, axis=1)
    assert distinct_inliers(one, other, pairs) == distinct


def test_no_inliers_are_none() -> None:
    query, reference, pairs, _ = planted(5, 0)
    assert distinct_inliers(query, reference, pairs[:0]) == 0


def test_the_tolerance_bounds_what_is_an_inlier() -> None:
    query, reference, pairs, _ = planted(50, 100, seed=3)
    fit = fit_transform(query, reference, pairs)
    assert fit is not None
    off = apply(fit.matrix, query.points[fit.inliers[:, 0]].astype(np.float64)) - reference.points[fit.inliers[:, 1]]
    assert np.linalg.norm(off, axis=1).max() < TOLERANCE_PX
