"""Outlines of pictures inside pictures: found between bars, on pages and on screens, whatever the picture shows."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from rendered_scenes import pasted, scene

from provcheck.fingerprints.pdq import PDQ, pdq_orientations
from provcheck.indexes.distances import hamming
from provcheck.matching.cutouts import CUT_SIDE, MOST, Corners, cut_out, find_outlines, small_parts
from provcheck.records import RGB

Shown = Callable[[], tuple[RGB, Corners]]

WIDTH, HEIGHT = 480, 320


def ground(width: int, height: int, colour: tuple[int, int, int]) -> RGB:
    return np.full((height, width, 3), colour, np.uint8)


def between_bars() -> tuple[RGB, Corners]:
    page = pasted(ground(WIDTH, HEIGHT + 120, (255, 255, 255)), scene(3), 0, 60)
    cv2.putText(page, "SEEN TODAY", (40, 45), cv2.FONT_HERSHEY_DUPLEX, 1.2, (0, 0, 0), 2)
    return page, box(0, 60)


def on_a_page() -> tuple[RGB, Corners]:
    page = pasted(ground(700, 900, (18, 18, 22)), scene(3), 110, 90)
    for line in range(12):
        cv2.putText(page, "words of a post " * 2, (110, 470 + 30 * line), cv2.FONT_HERSHEY_PLAIN, 1.2, (230, 230, 230))
    return page, box(110, 90)


def on_a_screen() -> tuple[RGB, Corners]:
    random = np.random.default_rng(1)
    outline = np.array([[90, 70], [560, 40], [600, 400], [60, 370]], np.float32)
    size = np.array([[-0.5, -0.5], [WIDTH - 0.5, -0.5], [WIDTH - 0.5, HEIGHT - 0.5], [-0.5, HEIGHT - 0.5]], np.float32)
    matrix = cv2.getPerspectiveTransform(size, outline)
    room = np.clip(random.normal(24, 3, (450, 660, 3)), 0, 255).astype(np.uint8)
    lit = cv2.warpPerspective(np.maximum(scene(3), 60), matrix, (660, 450))
    inside = cv2.warpPerspective(np.ones((HEIGHT, WIDTH), np.uint8), matrix, (660, 450)) > 0
    return np.where(inside[..., None], lit, room).astype(np.uint8), outline.astype(np.float64)


def box(left: float, top: float) -> Corners:
    right, bottom = left + WIDTH, top + HEIGHT
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]]) - 0.5


@pytest.mark.parametrize("show", [between_bars, on_a_page, on_a_screen])
def test_the_outline_of_a_picture_is_found(show: Shown) -> None:
    pixels, outline = show()
    found = find_outlines(pixels)
    assert min(np.abs(one - outline).max() for one in found) < 0.015 * max(pixels.shape)


@pytest.mark.parametrize("show", [between_bars, on_a_page, on_a_screen])
def test_the_code_of_what_is_cut_out_is_that_of_the_picture(show: Shown) -> None:
    pixels, _ = show()
    known = np.frombuffer(PDQ().compute(np.maximum(scene(3), 60))[0], np.uint8)[None]
    codes = [pdq_orientations(cut_out(pixels, outline)[0])[0][:1] for outline in find_outlines(pixels)]
    whole = hamming(pdq_orientations(pixels)[0][:1], known)[0, 0]
    assert min(hamming(code, known)[0, 0] for code in codes) < 50 < whole


def test_a_cut_out_is_laid_back_where_it_was() -> None:
    pixels, outline = on_a_screen()
    cut, matrix = cut_out(pixels, outline)
    corners = cv2.perspectiveTransform(outline[None], matrix)[0]
    assert cut.shape == (CUT_SIDE, CUT_SIDE, 3)
    assert np.abs(corners - [[-0.5, -0.5], [255.5, -0.5], [255.5, 255.5], [-0.5, 255.5]]).max() < 1e-3


@pytest.mark.parametrize("pixels", [ground(40, 30, (9, 9, 9)), ground(5, 5, (255, 0, 0)), ground(900, 4, (0, 0, 0))])
def test_a_plain_picture_has_none(pixels: RGB) -> None:
    assert find_outlines(pixels) == []


def test_there_are_few_whatever_is_shown() -> None:
    random = np.random.default_rng(2)
    tiles = np.kron(random.integers(0, 256, (6, 9, 3)), np.ones((60, 60, 1))).astype(np.uint8)
    assert len(find_outlines(tiles)) <= MOST
    assert len(find_outlines(random.integers(0, 256, (300, 300, 3)).astype(np.uint8))) <= MOST


def test_what_is_small_on_a_page_is_worth_a_closer_look_where_there_is_more_to_see() -> None:
    page, outline = on_a_page()
    large = cv2.resize(page, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    parts = small_parts(find_outlines(page), page, np.asarray(large, np.uint8))
    found = np.abs(np.array(parts) - 2 * (np.concatenate([outline[0], outline[2]]) + 0.5)).max(axis=1)
    assert found.min() < 0.015 * max(large.shape)
    assert small_parts(find_outlines(page), page, page[::2, ::2]) == []


def test_what_fills_the_picture_or_lies_within_another_part_is_not_looked_at_closer() -> None:
    whole, inner, outer = box(0, 0) * 2, box(110, 90), box(100, 80) * np.array([1.02, 1.03])
    page = ground(1100, 800, (0, 0, 0))
    assert small_parts([whole], ground(960, 640, (0, 0, 0)), ground(960, 640, (0, 0, 0))) == []
    assert small_parts([inner, outer], page, page) == small_parts([outer], page, page) != []
