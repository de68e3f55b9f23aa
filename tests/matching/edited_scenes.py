"""Pictures that share something without being the same: banners, logos, captions; one scene seen from two places."""

import cv2
import numpy as np
from rendered_scenes import scene

from provcheck.records import RGB

WHITE, BLACK, RED = (255, 255, 255), (0, 0, 0), (200, 20, 20)
FONT = cv2.FONT_HERSHEY_DUPLEX


def with_lower_third(pixels: RGB) -> RGB:
    """Return the picture with a channel's banner across its lower fifth and the channel's mark in a corner."""
    height, width = pixels.shape[:2]
    result = pixels.copy()
    top = round(0.76 * height)
    cv2.rectangle(result, (20, top), (width - 20, top + 45), RED, -1)
    cv2.putText(result, "COUNCIL MEETS TODAY", (30, top + 32), FONT, 0.9, WHITE, 2)
    cv2.rectangle(result, (20, top + 45), (width - 20, top + 68), WHITE, -1)
    cv2.putText(result, "LIVE  CHANNEL ONE NEWS 24", (30, top + 64), FONT, 0.6, BLACK, 1)
    cv2.rectangle(result, (width - 90, 15), (width - 15, 65), (0, 60, 160), -1)
    cv2.putText(result, "C1", (width - 80, 55), FONT, 1.3, WHITE, 3)
    return result


def with_caption(pixels: RGB) -> RGB:
    """Return the picture with large words across it."""
    result = pixels.copy()
    cv2.putText(result, "WAR CRIMES", (15, 120), FONT, 2.3, WHITE, 8)
    cv2.putText(result, "EXPOSED", (60, 230), FONT, 2.6, (255, 255, 0), 8)
    return result


def with_logo(pixels: RGB, size: int = 150, at: tuple[int, int] = (20, 20)) -> RGB:
    """Return the picture with a richly drawn emblem laid over."""
    result = pixels.copy()
    result[at[1] : at[1] + size, at[0] : at[0] + size] = scene(777, size, size)
    return result


def with_sight(pixels: RGB) -> RGB:
    """Return the picture seen through a gun camera: crosshair, brackets, figures."""
    result = pixels.copy()
    for start, end in (
        ((240, 60), (240, 140)),
        ((240, 180), (240, 260)),
        ((140, 160), (220, 160)),
        ((260, 160), (340, 160)),
    ):
        cv2.line(result, start, end, WHITE, 2)
    for x, y in ((100, 40), (380, 40), (100, 280), (380, 280)):
        cv2.rectangle(result, (x - 20, y - 10), (x + 20, y + 10), WHITE, 2)
    cv2.putText(result, "RNG 2350  LASER ARM", (150, 310), FONT, 0.6, WHITE, 1)
    cv2.putText(result, "GUN 30MM", (20, 160), FONT, 0.5, WHITE, 1)
    return result


def faint_ground(seed: int, width: int = 480, height: int = 320) -> RGB:
    """Return a nearly featureless picture, as an infrared camera shows sand: soft slopes of grey and a little noise."""
    random = np.random.default_rng(seed)
    coarse = random.normal(0, 20, (5, 7)).astype(np.float32)
    soft = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC) + 110
    grey = np.clip(soft + random.normal(0, 1.5, soft.shape), 0, 255).astype(np.uint8)
    return np.repeat(grey[..., None], 3, axis=2)


def through_a_tube(pixels: RGB) -> RGB:
    """Return the picture as a telescope shows it: a disc on black."""
    height, width = pixels.shape[:2]
    y, x = np.mgrid[:height, :width]
    disc = ((x - width / 2) ** 2 + (y - height / 2) ** 2 < (0.44 * height) ** 2).astype(np.float32)
    soft = np.asarray(cv2.GaussianBlur(disc, (0, 0), 2), np.float32)
    return np.asarray(pixels * soft[..., None], np.uint8)


def letter(seed: int) -> RGB:
    """Return a page of invented words under a letterhead; every page has the same layout."""
    random = np.random.default_rng(seed)
    page = np.full((640, 480, 3), 255, np.uint8)
    cv2.circle(page, (240, 60), 40, (0, 0, 120), -1)
    cv2.putText(page, "MINISTRY OF EXAMPLES", (80, 130), FONT, 0.85, BLACK, 2)
    for line in range(24):
        words = "".join(random.choice(list("abcdefghijklmnop   rstuvw"), 52))
        cv2.putText(page, words, (40, 170 + 17 * line + 14 * (line // 5)), cv2.FONT_HERSHEY_SIMPLEX, 0.45, BLACK, 1)
    return page


def seen_from(seed: int, disparity_px: float, noise_seed: int) -> RGB:
    """Return a scene of things at many distances, from a place at which the nearest is displaced by `disparity_px`."""
    random = np.random.default_rng(seed)
    pixels = scene(1000 + seed).astype(np.float32)
    height, width = pixels.shape[:2]
    for number in range(40):
        x = disparity_px * (number + 1) / 40
        centre = random.uniform((0, 0.2 * height), (width, height))
        angles = np.sort(random.uniform(0, 2 * np.pi, random.integers(3, 8)))
        reach = random.uniform(0.03, 0.12) * width * random.uniform(0.5, 1.2, len(angles))
        outline = centre + reach[:, None] * np.stack([np.cos(angles), np.sin(angles)], axis=1) + (x, 0)
        mask = np.zeros((height, width), np.float32)
        cv2.fillPoly(mask, [np.rint(outline * 16).astype(np.int32)], (1.0,), cv2.LINE_AA, 4)
        coat = cv2.resize(random.normal(0, 25, (8, 8)).astype(np.float32), (128, 128), interpolation=cv2.INTER_CUBIC)
        placed = np.array([[1, 0, centre[0] - 64 + x], [0, 1, centre[1] - 64]], np.float32)
        look = random.uniform(20, 235, 3) + cv2.warpAffine(coat, placed, (width, height))[..., None]
        pixels += mask[..., None] * (look - pixels)
    pixels += np.random.default_rng(noise_seed).normal(0, 2, pixels.shape)
    return np.asarray(np.clip(pixels, 0, 255), np.uint8)
