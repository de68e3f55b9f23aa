"""Which frames are kept, on small grey pictures alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.media.shots import (
    CUT_GAP_S,
    DRIFT_GAP_S,
    LONGEST_GAP_S,
    SMALL_SIZE,
    FrameSelector,
    change,
    differ_visibly,
    is_flat,
)
from provcheck.records import Gray


def grey(seed: int) -> Gray:
    """A picture with structure at several scales, as photographs have."""
    draw = np.random.default_rng(seed)
    total = np.zeros((36, 64 * 4))
    for size in (4, 12, 36):
        coarse = draw.normal(size=(size, size * 7))
        rows = np.linspace(0, size - 1, 36).round().astype(int)
        columns = np.linspace(0, size * 7 - 1, 256).round().astype(int)
        total += coarse[rows][:, columns] * (12 / size**0.5 + 4)
    return np.clip(total * 2 + 128, 0, 255).astype(np.uint8)


def still(seed: int) -> Gray:
    return grey(seed)[:, : SMALL_SIZE[0]]


def kept(frames: list[Gray], rate: float = 25.0) -> list[int]:
    selector = FrameSelector()
    return [number for number, small in enumerate(frames) if selector.keeps(small, number / rate)]


def test_the_same_picture_does_not_change_at_any_exposure() -> None:
    assert change(still(1), still(1)) == pytest.approx(0, abs=1e-6)
    assert change(still(1), (still(1) // 2 + 10).astype(np.uint8)) < 0.01


def test_unrelated_pictures_change_and_inverted_ones_most() -> None:
    assert change(still(1), still(2)) > 0.5
    assert change(still(1), (255 - still(1)).astype(np.uint8)) == pytest.approx(2, abs=1e-3)


def test_the_noise_of_nearly_flat_pictures_is_no_news() -> None:
    draw = np.random.default_rng(1)
    first, second = (draw.integers(127, 130, (36, 64)).astype(np.uint8) for _ in range(2))
    assert abs(1 - change(first, second)) < 0.2
    assert is_flat(first)


@given(st.integers(0, 255))
def test_even_pictures_are_flat(level: int) -> None:
    assert is_flat(np.full((36, 64), level, np.uint8))


def test_a_small_bright_thing_on_black_is_not_flat() -> None:
    night = np.zeros((36, 64), np.uint8)
    night[10, 20] = 200
    assert not is_flat(night)


def test_a_pan_keeps_neighbours_that_overlap_by_well_over_half() -> None:
    for seed in range(10):
        wide = grey(seed)
        frames = [wide[:, shift : shift + 64] for shift in range(150)]  # 39 % of the picture's width a second
        numbers = kept(frames)
        assert max(np.diff(numbers)) <= 0.35 * SMALL_SIZE[0]


def test_a_cut_is_kept_at_once_but_strobing_is_bounded() -> None:
    assert kept([still(1)] * 10 + [still(2)] * 10) == [0, 10]
    strobe = kept([still(number) for number in range(100)])
    assert len(strobe) <= 4 / CUT_GAP_S + 1
    assert min(np.diff(strobe)) >= CUT_GAP_S * 25 - 1e-9


def test_no_frame_is_kept_that_was_not_due() -> None:
    selector = FrameSelector()
    assert selector.is_due(0.0)
    for number in range(100):
        due = selector.is_due(number / 25)
        assert selector.keeps(still(number), number / 25, number / 25 + 9) is due
    assert selector.is_due(-9.0)


def test_a_slow_change_waits_for_its_gap() -> None:
    mixed = (still(1) * 0.5 + still(2) * 0.5).astype(np.uint8)
    assert 0.2 < change(mixed, still(1)) < 0.5
    numbers = kept([still(1)] * 2 + [mixed] * 60)
    assert numbers[:2] == [0, round(DRIFT_GAP_S * 25 + 0.49)]


def test_a_still_picture_is_kept_again_after_the_longest_gap() -> None:
    numbers = kept([still(1)] * 200)
    assert set(np.diff(numbers)) == {int(np.ceil(LONGEST_GAP_S * 25))}


def test_a_frame_is_kept_before_a_gap_that_would_be_much_too_long() -> None:
    selector = FrameSelector()
    assert selector.keeps(still(1), 0.0, 1.7)
    assert selector.keeps(still(1), 1.7, 3.4)
    assert not selector.keeps(still(1), 3.4, 5.1 - DRIFT_GAP_S)


def test_flat_frames_are_never_kept() -> None:
    black = np.zeros((36, 64), np.uint8)
    assert kept([black, black, still(1), black, black]) == [2]


def test_a_clock_that_jumps_back_does_not_stop_the_selection() -> None:
    selector = FrameSelector()
    assert selector.keeps(still(1), 5000.0)
    assert selector.keeps(still(1), 0.0)


def test_frames_of_an_animation_differ_by_a_part_or_by_all_of_it() -> None:
    caption = still(1).copy()
    caption[30:34, 10:50] = 255 - caption[30:34, 10:50] // 2
    assert differ_visibly(still(1), caption)
    assert differ_visibly(still(1), np.clip(still(1) + 3.0, 0, 255).astype(np.uint8))
    dithered = np.clip(still(1) + np.random.default_rng(1).integers(-1, 2, (36, 64)), 0, 255).astype(np.uint8)
    assert not differ_visibly(still(1), dithered)
