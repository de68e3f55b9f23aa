"""Symbology laid over the films: a drawing of what changes with time, in each film's own style."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

RGB = npt.NDArray[np.uint8]
Colour = tuple[int, int, int]
WHITE: Colour = (226, 230, 228)
RED: Colour = (206, 30, 26)


@dataclass(frozen=True, slots=True)
class Readings:
    """The numbers of one moment.

    Attributes
    ----------
    clock : str
    heading, range_m, altitude_m : int
    rounds : int
        What is left in the magazine.
    pressed : bool
        Whether the fire button is down.
    """

    clock: str
    heading: int
    range_m: int
    altitude_m: int
    rounds: int = 0
    pressed: bool = False


def draw_gunship(frame: RGB, readings: Readings) -> RGB:
    """Draw the game's display: brackets, reticle, tapes, the FIRE button, the developer's notice."""
    image = Image.fromarray(frame)
    draw = ImageDraw.Draw(image)
    width, height = image.size
    _brackets(draw, (176, 84, width - 176, height - 84), 30)
    _reticle(draw, (width // 2, height // 2))
    _heading_tape(draw, width // 2, 26, readings.heading)
    _lines(
        draw,
        (18, 16),
        [f"ALT  {readings.altitude_m:05d} M", f"RNG  {readings.range_m:05d} M", "FOV  NARROW", "IR  WHT HOT"],
    )
    _lines(
        draw, (width - 150, 16), [readings.clock, "NIGHT HERON 1-1", f"40 MM   {readings.rounds:03d}", "105 MM  018"]
    )
    _fire_button(draw, (width - 96, height - 74), pressed=readings.pressed)
    _lines(draw, (16, height - 48), ["Development footage.", "This is a work in progress."], size=15)
    return np.asarray(image)


def draw_pod(frame: RGB, readings: Readings, *, black_hot: bool) -> RGB:
    """Draw a targeting pod's display: open cross, corner marks, range and polarity, a north arrow."""
    image = Image.fromarray(frame)
    draw = ImageDraw.Draw(image)
    width, height = image.size
    x, y = width // 2, height // 2
    for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        draw.line((x + 16 * dx, y + 16 * dy, x + 62 * dx, y + 62 * dy), fill=WHITE, width=2)
    draw.rectangle((x - 2, y - 2, x + 2, y + 2), outline=WHITE)
    _brackets(draw, (x - 96, y - 72, x + 96, y + 72), 14)
    _lines(draw, (20, 14), ["BHOT" if black_hot else "WHOT", "TV OFF"])
    _lines(draw, (width - 118, 14), [readings.clock, f"L {readings.range_m:05d}"])
    _lines(draw, (20, height - 44), [f"HDG {readings.heading:03d}", f"ALT {readings.altitude_m:05d}"])
    _north_arrow(draw, (width - 50, height - 56), np.radians(-readings.heading))
    return np.asarray(image)


def draw_title(frame: RGB, lines: tuple[str, str], *, share: float) -> RGB:
    """Darken a frame and set a title in its middle, faded in by `share` (0 to 1)."""
    dark = Image.fromarray((frame * (1 - 0.62 * share)).astype(np.uint8))
    overlay = dark.copy()
    draw = ImageDraw.Draw(overlay)
    x, y = overlay.size[0] // 2, overlay.size[1] // 2
    draw.text((x, y - 22), lines[0], font=ImageFont.load_default(54), fill=WHITE, anchor="mm")
    draw.line((x - 210, y + 18, x + 210, y + 18), fill=RED, width=3)
    draw.text((x, y + 42), lines[1], font=ImageFont.load_default(19), fill=WHITE, anchor="mm")
    return np.asarray(Image.blend(dark, overlay, share))


def _lines(draw: ImageDraw.ImageDraw, start: tuple[int, int], lines: list[str], *, size: int = 14) -> None:
    font = ImageFont.load_default(size)
    for number, line in enumerate(lines):
        place = (start[0], start[1] + number * (size + 5))
        draw.text(place, line, font=font, fill=WHITE, stroke_width=1, stroke_fill=(18, 20, 20))


def _brackets(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], arm: int) -> None:
    left, top, right, bottom = box
    for x, towards in ((left, arm), (right, -arm)):
        for y, down in ((top, arm), (bottom, -arm)):
            draw.line((x, y, x + towards, y), fill=WHITE, width=2)
            draw.line((x, y, x, y + down), fill=WHITE, width=2)


def _reticle(draw: ImageDraw.ImageDraw, centre: tuple[int, int]) -> None:
    x, y = centre
    for side in (-1, 1):
        draw.line((x + 14 * side, y, x + 150 * side, y), fill=WHITE, width=2)
        draw.line((x, y + 14 * side, x, y + 96 * side), fill=WHITE, width=2)
        for step in range(40, 150, 22):
            draw.line((x + step * side, y - 6, x + step * side, y + 6), fill=WHITE, width=2)
        for step in range(36, 96, 22):
            draw.line((x - 6, y + step * side, x + 6, y + step * side), fill=WHITE, width=2)
    draw.ellipse((x - 28, y - 28, x + 28, y + 28), outline=WHITE, width=2)


def _heading_tape(draw: ImageDraw.ImageDraw, middle: int, y: int, heading: int) -> None:
    font = ImageFont.load_default(12)
    for degree in range(heading - 30, heading + 31):
        if degree % 5 == 0:
            x = middle + (degree - heading) * 5
            draw.line((x, y, x, y + (9 if degree % 10 == 0 else 5)), fill=WHITE)
            if degree % 10 == 0:
                draw.text((x, y - 8), f"{degree % 360:03d}", font=font, fill=WHITE, anchor="mm")
    draw.polygon([(middle, y + 12), (middle - 6, y + 21), (middle + 6, y + 21)], fill=WHITE)


def _fire_button(draw: ImageDraw.ImageDraw, centre: tuple[int, int], *, pressed: bool) -> None:
    x, y = centre
    radius = 48
    face = (255, 96, 70) if pressed else RED
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(40, 8, 8), outline=(240, 120, 110), width=3)
    inner = radius - 8
    draw.ellipse((x - inner, y - inner, x + inner, y + inner), fill=face)
    draw.text((x, y), "FIRE", font=ImageFont.load_default(25), fill=(255, 240, 236), anchor="mm")


def _north_arrow(draw: ImageDraw.ImageDraw, centre: tuple[int, int], angle: float) -> None:
    x, y = centre
    ahead, aside = np.array([np.sin(angle), -np.cos(angle)]), np.array([np.cos(angle), np.sin(angle)])
    tip, tail = np.array([x, y]) + ahead * 24, np.array([x, y]) - ahead * 20
    draw.line((*tip, *tail), fill=WHITE, width=2)
    for side in (-1, 1):
        draw.line((*tip, *(tip - ahead * 10 + aside * 6 * side)), fill=WHITE, width=2)
    draw.text((x + 16, y + 18), "N", font=ImageFont.load_default(13), fill=WHITE, anchor="mm")
