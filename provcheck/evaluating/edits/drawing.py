"""Edits that draw on a picture: captions, letters, arrows and circles, watermarks, stickers."""

from math import cos, pi, sin
from typing import Final

from PIL import Image, ImageDraw

from provcheck.evaluating.edits.chance import Chance
from provcheck.evaluating.edits.edited import Edited
from provcheck.evaluating.edits.lettering import Pen, canvas, fitting, font, pixels
from provcheck.records import RGB

RED: Final = (225, 25, 25)
YELLOW: Final = (250, 215, 20)
MARKS: Final = 4


def caption(picture: RGB, chance: Chance, strength: float) -> Edited:
    """Add a white or black bar with a sentence above and below; each bar is `strength` of the height."""
    height, width = picture.shape[:2]
    bar = round(height * strength)
    paper, ink = (("white", "black"), ("black", "white"))[chance.below(2)]
    page = Image.new("RGB", (width, height + 2 * bar), paper)
    page.paste(Image.fromarray(picture), (0, bar))
    pen = ImageDraw.Draw(page)
    for middle in (bar / 2, height + 1.5 * bar):
        text = chance.words(6)
        pen.text((width / 2, middle), text, ink, fitting(text, 0.95 * width, 0.6 * bar), anchor="mm")
    return Edited(pixels(page), filled=height / (height + 2 * bar))


def letters(picture: RGB, chance: Chance, strength: float) -> Edited:
    """Write three outlined lines over the picture; letters are up to `strength` of the height."""
    image, pen = canvas(picture)
    width, height = image.size
    for line in (0.2, 0.5, 0.8):
        text = chance.words(2).upper()
        face = fitting(text, 0.95 * width, strength * height)
        edge = max(2, height // 120)
        place = (width / 2, height * line)
        pen.text(place, text, chance.colour(150), face, anchor="mm", stroke_width=edge, stroke_fill="black")
    return Edited(pixels(image))


def arrows(picture: RGB, chance: Chance, strength: float) -> Edited:
    """Draw circles and arrows, red or yellow; `strength` is their size as a share of the shorter side."""
    image, pen = canvas(picture)
    width, height = image.size
    for _ in range(MARKS):
        place = chance.between(0.2, 0.8) * width, chance.between(0.2, 0.8) * height
        size = strength * min(width, height) * chance.between(0.6, 1.2)
        (_circle if chance.sign() > 0 else _arrow)(pen, chance, place, size)
    text = chance.words(2).upper() + "?!"
    face = fitting(text, 0.7 * width, 0.1 * height)
    pen.text((width / 2, 0.9 * height), text, YELLOW, face, anchor="mm", stroke_width=2, stroke_fill="black")
    return Edited(pixels(image))


def _circle(pen: Pen, chance: Chance, place: tuple[float, float], size: float) -> None:
    x, y = place
    across, down = size / 2, size / 2 * chance.between(0.6, 1)
    colour = (RED, YELLOW)[chance.below(2)]
    pen.ellipse((x - across, y - down, x + across, y + down), outline=colour, width=max(3, round(size / 12)))


def _arrow(pen: Pen, chance: Chance, place: tuple[float, float], size: float) -> None:
    x, y = place
    angle = chance.between(0, 2 * pi)
    tip = x + size * cos(angle), y + size * sin(angle)
    thick = max(4, round(size / 9))
    colour = (RED, YELLOW)[chance.below(2)]
    pen.line((x, y, *tip), fill=colour, width=thick)
    barbs = [
        (tip[0] - 2.5 * thick * cos(angle + side), tip[1] - 2.5 * thick * sin(angle + side)) for side in (-0.6, 0.6)
    ]
    pen.polygon([(tip[0] + thick * cos(angle), tip[1] + thick * sin(angle)), *barbs], fill=colour)


def watermark(picture: RGB, chance: Chance, strength: float) -> Edited:
    """Tile a faint word over the picture, with the opacity `strength`, and set it in a corner, opaque."""
    image = Image.fromarray(picture).convert("RGBA")
    width, height = image.size
    layer = Image.new("RGBA", image.size)
    pen = ImageDraw.Draw(layer)
    text, size = chance.words(1).upper(), 0.07 * min(width, height)
    for row in range(0, height, round(4 * size)):
        for left in range((row % 3) * -40, width, round(8 * size)):
            pen.text((left, row), text, (255, 255, 255, round(255 * strength)), font(size))
    pen.text((width - size, height - size), text, (255, 255, 255, 255), font(1.4 * size), anchor="rs")
    return Edited(pixels(Image.alpha_composite(image, layer)))


def sticker(picture: RGB, chance: Chance, strength: float) -> Edited:
    """Put a round face on it; its diameter is `strength` of the shorter side."""
    image, pen = canvas(picture)
    size = strength * min(image.size)
    left, top = (chance.between(0, side - size) for side in image.size)
    box = (left, top, left + size, top + size)
    pen.ellipse(box, fill=(255, 210, 60), outline=(150, 100, 10), width=max(2, round(size / 30)))
    for across in (0.34, 0.66):
        x, y, eye = left + across * size, top + 0.38 * size, 0.07 * size
        pen.ellipse((x - eye, y - 1.5 * eye, x + eye, y + 1.5 * eye), fill=(60, 40, 10))
    mouth = (left + 0.25 * size, top + 0.35 * size, left + 0.75 * size, top + 0.8 * size)
    pen.chord(mouth, 20, 160, fill=(130, 30, 30))
    return Edited(pixels(image))
