"""Edits of the second hand: screenshots, and photographs of a screen."""

from typing import Final

import cv2
import numpy as np
from PIL import Image, ImageDraw

from provcheck.evaluating.edits.chance import Chance
from provcheck.evaluating.edits.codecs import saved_as_jpeg
from provcheck.evaluating.edits.colours import clipped, noisy
from provcheck.evaluating.edits.composing import filling, kept_by_filling
from provcheck.evaluating.edits.edited import Edited
from provcheck.evaluating.edits.framing import resized
from provcheck.evaluating.edits.lettering import Pen, font, pixels
from provcheck.records import RGB

BROWSER: Final = (1280, 800)
PHONE: Final = (540, 1140)
MOST_OF_A_PHONE: Final = 0.6

ROOM: Final = 0.12
"""Share of a photographed screen's surroundings, on each side."""

MOIRE_PX: Final = 2.7
"""Period of the finest interference, in pixels; the coarse one is about thirty times that."""


def browser(picture: RGB, chance: Chance, strength: float) -> Edited:
    """Show it on a web page; `strength` is its width as a share of the window's."""
    width, height = BROWSER
    page = Image.new("RGB", BROWSER, "white")
    pen = ImageDraw.Draw(page)
    pen.rectangle((0, 0, width, 84), fill=(222, 225, 230))
    for number, light in enumerate(((255, 95, 87), (254, 188, 46), (40, 200, 64))):
        pen.ellipse((14 + 22 * number, 14, 28 + 22 * number, 28), fill=light)
    pen.rounded_rectangle((110, 44, width - 60, 74), 14, fill="white")
    pen.text((128, 50), f"https://{chance.words(1).lower()}.example/{chance.words(1).lower()}", "black", font(16))
    pen.text((60, 108), chance.words(6), (20, 20, 20), font(34))
    shown, kept = _across(picture, round(strength * width), height - 190)
    page.paste(Image.fromarray(shown), (60, 166))
    _paragraph(pen, chance, (80 + shown.shape[1], 170), width - shown.shape[1] - 130, 18)
    return Edited(pixels(page), kept=kept, filled=shown.shape[0] * shown.shape[1] / (width * height))


def phone(picture: RGB, chance: Chance, strength: float) -> Edited:
    """Show it in a dark video player on a phone; `strength` is the opacity of the button in its middle."""
    width, height = PHONE
    screen = Image.new("RGB", PHONE, (14, 14, 16))
    pen = ImageDraw.Draw(screen, "RGBA")
    pen.text((22, 14), f"{1 + chance.below(12)}:{10 + chance.below(49)}", "white", font(20))
    pen.text((width - 22, 14), f"{5 + chance.below(94)} %", "white", font(20), anchor="ra")
    shown, kept = _across(picture, width, round(MOST_OF_A_PHONE * height))
    screen.paste(Image.fromarray(shown), (0, 110))
    bottom, middle = 110 + shown.shape[0], 110 + shown.shape[0] / 2
    opacity = round(255 * strength)
    pen.ellipse((width / 2 - 36, middle - 36, width / 2 + 36, middle + 36), fill=(0, 0, 0, opacity))
    triangle = [(width / 2 - 12, middle - 20), (width / 2 - 12, middle + 20), (width / 2 + 22, middle)]
    pen.polygon(triangle, fill=(255, 255, 255, 255))
    pen.rectangle((0, bottom - 6, width, bottom), fill=(120, 120, 120, 255))
    pen.rectangle((0, bottom - 6, width * chance.between(0.2, 0.8), bottom), fill=(230, 30, 30, 255))
    pen.text((20, bottom + 18), chance.words(4), "white", font(26))
    _paragraph(pen, chance, (20, bottom + 66), width - 40, 10)
    return Edited(pixels(screen), kept=kept, filled=shown.shape[0] / height)


def _across(picture: RGB, width: int, most_height: int) -> tuple[RGB, float]:
    """Scale a picture to a width and crop what is too high; returns it and the share that was kept."""
    height = round(picture.shape[0] * width / picture.shape[1])
    if height <= most_height:
        return resized(picture, width, height), 1.0
    size = (width, most_height)
    return filling(picture, size), kept_by_filling(picture, size)


def _paragraph(pen: Pen, chance: Chance, place: tuple[int, int], width: int, lines: int) -> None:
    left, top = place
    for line in range(lines):
        text = chance.words(12)
        while text and font(16).getlength(text) > width:
            text = text.rpartition(" ")[0]
        pen.text((left, top + 26 * line), text, (128, 128, 128), font(16))


def screen_photo(picture: RGB, chance: Chance, strength: float) -> Edited:
    """Photograph it on a screen: moire, perspective, uneven light, glare, noise; `strength` 1 is mild, 2 strong."""
    scene = _with_moire(
        resized(picture, round(1.3 * picture.shape[1]), round(1.3 * picture.shape[0])), chance, strength
    )
    height, width = scene.shape[:2]
    matrix, filled = _view(width, height, chance, strength)
    seen = cv2.warpPerspective(scene, matrix, (width, height), borderValue=(22.0, 22.0, 26.0))
    seen = cv2.GaussianBlur(seen * _light(width, height, chance, strength), (0, 0), 0.7 + 0.4 * strength)
    shot = clipped(noisy(np.asarray(seen, np.float32), chance, 4 * strength))
    return Edited(saved_as_jpeg(shot, 80), filled=filled)


def _with_moire(picture: RGB, chance: Chance, strength: float) -> cv2.typing.MatLike:
    rows, columns = np.mgrid[0 : picture.shape[0], 0 : picture.shape[1]].astype(np.float32)
    angle = chance.between(0, np.pi)
    along = columns * np.float32(np.cos(angle)) + rows * np.float32(np.sin(angle))
    waves = [
        1
        + np.float32(0.08 * strength) * np.sin(np.float32(2 * np.pi / MOIRE_PX) * along + channel)
        + np.float32(0.06 * strength) * np.sin(np.float32(2 * np.pi / MOIRE_PX / 30) * along + 2 * channel)
        for channel in range(3)
    ]
    return np.asarray(picture.astype(np.float32) * np.stack(waves, axis=-1))


def _view(width: int, height: int, chance: Chance, strength: float) -> tuple[cv2.typing.MatLike, float]:
    """Draw where the screen's corners are in the photograph; returns the transform and the share it fills."""
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    size = np.array([width, height], np.float32)
    moved = chance.rng.uniform(-0.07, 0.07, (4, 2)).astype(np.float32) * size * np.float32(strength)
    seen = np.clip(corners * (1 - 2 * ROOM) + size * ROOM + moved, 0, size).astype(np.float32)
    return cv2.getPerspectiveTransform(corners, seen), float(cv2.contourArea(seen)) / (width * height)


def _light(width: int, height: int, chance: Chance, strength: float) -> cv2.typing.MatLike:
    """Factors per pixel and channel: a colour cast, light that falls off to one side, and a bright spot."""
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = columns / width, rows / height
    slope = np.float32(0.25 * chance.sign())
    spot = np.exp(-((x - chance.between(0, 1)) ** 2 + (y - chance.between(0, 1)) ** 2) / 0.02)
    light = 0.95 + slope * (x - 0.5) + np.float32(0.35 * strength) * spot
    cast = chance.rng.uniform(0.88, 1.08, 3).astype(np.float32)
    return np.asarray(light[..., None] * cast, np.float32)
