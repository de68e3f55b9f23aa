"""Which keypoints are kept: strong ones from everywhere and of every size."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.fingerprints.selection import GRID, spread

SIZE = (384, 256)
Keypoints = tuple[npt.NDArray[np.float32], npt.NDArray[np.float32], npt.NDArray[np.float32]]


def crowded(count: int = 3000, seed: int = 0) -> Keypoints:
    """Points, diameters and responses: one busy corner with nine tenths of the keypoints and all the strong ones."""
    random = np.random.default_rng(seed)
    busy = random.random(count) < 0.9
    reach = np.where(busy[:, None], 1 / GRID, 1)
    points = (random.random((count, 2)) * reach * SIZE).astype(np.float32)
    diameters = (2.5 * 2 ** random.exponential(0.7, count)).astype(np.float32)
    return points, diameters, (random.random(count) + busy).astype(np.float32)


def cells(points: npt.NDArray[np.float32]) -> set[tuple[int, int]]:
    return {(int(x), int(y)) for x, y in points / np.array(SIZE) * GRID}


def test_every_cell_keeps_keypoints() -> None:
    points, diameters, responses = crowded()
    chosen = spread(points, diameters, responses, SIZE, 300)
    assert cells(points[chosen]) == cells(points)
    assert len(cells(points[np.argsort(-responses)[:300]])) < GRID  # what plain strength would keep


def test_every_octave_keeps_keypoints() -> None:
    points, diameters, responses = crowded()
    diameters[:40], responses[:40] = 30.0, 0.01
    chosen = spread(points, diameters, responses, SIZE, 300)
    assert (diameters[chosen] > 20).any()


def test_the_strongest_of_its_cell_is_kept() -> None:
    points, diameters, responses = crowded()
    alone = np.flatnonzero((points[:, 0] > 336) & (points[:, 1] > 224))
    strongest = alone[np.argmax(responses[alone])]
    assert strongest in spread(points, diameters, responses, SIZE, 300)


@given(count=st.integers(0, 60), wanted=st.integers(1, 40), seed=st.integers(0, 99))
def test_it_keeps_as_many_as_wanted_and_none_twice(count: int, wanted: int, seed: int) -> None:
    chosen = spread(*crowded(count, seed), SIZE, wanted)
    assert len(chosen) == len(set(chosen.tolist())) == min(count, wanted)


def test_when_all_are_kept_the_strongest_come_first() -> None:
    points, diameters, responses = crowded(50)
    chosen = spread(points, diameters, responses, SIZE, 50)
    assert (np.diff(responses[chosen]) <= 0).all()


@pytest.mark.parametrize("place", [(-0.5, -0.5), (383.5, 255.5), (390.0, 300.0)])
def test_keypoints_on_the_border_have_a_cell(place: tuple[float, float]) -> None:
    points, diameters, responses = crowded()
    points[0], responses[0] = place, 99.0
    assert 0 in spread(points, diameters, responses, SIZE, 300)
