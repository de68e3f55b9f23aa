"""The proof as one picture: both side by side, the outline of one on the other, their points, what differs.

Drawn at twice the size and then reduced, which gives smooth lines. Letters come from a font of this machine where one
of the usual ones is there, else from Pillow, whose own has Latin letters only.
"""

from functools import cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from provcheck.evidence import Still
from provcheck.evidence.laying import Outline, outline_on_query, outline_on_reference
from provcheck.evidence.points import matched_points
from provcheck.explaining.explanation import Explanation
from provcheck.explaining.legend import framed, is_embedded, is_outlined, legend
from provcheck.explaining.sentences import sentences
from provcheck.records import Box, Match

HEIGHT: Final = 480
"""Of both pictures, pixels; wide ones are drawn lower."""

WIDEST: Final = 800
MARGIN: Final = 20
TWICE: Final = 2

MOST_LINES: Final = 30
"""Of the matched points: more would hide the pictures that they join."""

DOT: Final = 5
HEADING, TEXT, NAME = 21, 17, 15
"""Sizes of letters, pixels: the first sentence, the others, the names of the files and the legend."""

PAPER, INK, SOFT = (255, 255, 255), (28, 27, 25), (92, 89, 82)
OUTLINE, OUTLINE_EDGE, CHANGED, JOINED = (255, 255, 255), (0, 0, 0), (255, 225, 77), (255, 225, 77, 150)
FONTS: Final = (
    "DejaVuSans.ttf",
    "NotoSans-Regular.ttf",
    "LiberationSans-Regular.ttf",
    "Arial.ttf",
    "Arial Unicode.ttf",
)

Point = tuple[float, float]


def as_png(explanation: Explanation) -> bytes:
    """Return the picture as a PNG."""
    stream = BytesIO()
    draw(explanation).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def draw(explanation: Explanation) -> Image.Image:
    """Return the picture."""
    left, right = (_fitted(still) for still in (explanation.query, explanation.reference))
    height = max(left.height, right.height)
    width = left.width + right.width + 3 * MARGIN * TWICE
    heading, *others = sentences(explanation)
    said = [(heading, HEADING), *((sentence, TEXT) for sentence in others)]
    if explanation.match:
        said.append((legend(explanation), NAME))
    lines = _wrapped(said, width - 2 * MARGIN * TWICE)
    below = MARGIN + sum(_leading(size) for size in (NAME, *(size for _, size in lines)))
    size = width, height + (2 * MARGIN + below) * TWICE
    sheet = Image.new("RGB", size, PAPER)
    at = (MARGIN * TWICE, MARGIN * TWICE), (2 * MARGIN * TWICE + left.width, MARGIN * TWICE)
    sheet.paste(left, at[0])
    sheet.paste(right, at[1])
    if explanation.match:
        _draw_match(sheet, explanation, explanation.match, (left, right), at)
    _write(sheet, explanation, lines, at, height)
    return sheet.resize((size[0] // TWICE, size[1] // TWICE), Image.Resampling.LANCZOS)


def _fitted(still: Still) -> Image.Image:
    image = Image.fromarray(still.pixels)
    scale = TWICE * min(HEIGHT / image.height, WIDEST / image.width)
    return image.resize(
        (max(1, round(image.width * scale)), max(1, round(image.height * scale))), Image.Resampling.LANCZOS
    )


def _draw_match(
    sheet: Image.Image,
    explanation: Explanation,
    match: Match,
    sides: tuple[Image.Image, Image.Image],
    at: tuple[tuple[int, int], tuple[int, int]],
) -> None:
    query, reference = explanation.query, explanation.reference
    onto = _Onto(query, sides[0], at[0]), _Onto(reference, sides[1], at[1])
    layer = Image.new("RGBA", sheet.size)
    pen = ImageDraw.Draw(layer)
    for pair in matched_points(query, reference, match)[:MOST_LINES]:
        ends = onto[0](pair.query), onto[1](pair.reference)
        pen.line(ends, fill=JOINED, width=2)
        for end in ends:
            pen.circle(end, DOT, fill=CHANGED, outline=OUTLINE_EDGE)
    sheet.paste(layer, mask=layer)
    if is_outlined(explanation, match):
        _outline(sheet, onto[1], sides[1], at[1], outline_on_reference(match.transform, query.original))
    if is_embedded(match):
        _outline(sheet, onto[0], sides[0], at[0], outline_on_query(match.transform, reference.original))
    for alteration in framed(match):
        _boxes(sheet, onto[0], alteration.query_boxes)
        _boxes(sheet, onto[1], alteration.reference_boxes)


class _Onto:
    """Maps points of an original onto the sheet."""

    def __init__(self, still: Still, drawn: Image.Image, at: tuple[int, int]) -> None:
        self._scale = drawn.width / still.original[0], drawn.height / still.original[1]
        self._at = at

    def __call__(self, point: Point) -> Point:
        return self._at[0] + point[0] * self._scale[0], self._at[1] + point[1] * self._scale[1]


def _outline(sheet: Image.Image, onto: _Onto, side: Image.Image, at: tuple[int, int], outline: Outline) -> None:
    """Draw an outline, cut off where the picture ends."""
    layer = sheet.copy()
    pen = ImageDraw.Draw(layer)
    corners = [onto(point) for point in outline]
    for colour, width in ((OUTLINE_EDGE, 12), (OUTLINE, 6)):
        pen.line([*corners, corners[0], corners[1]], fill=colour, width=width, joint="curve")
    inside = (at[0], at[1], at[0] + side.width, at[1] + side.height)
    sheet.paste(layer.crop(inside), at)


def _boxes(sheet: Image.Image, onto: _Onto, boxes: tuple[Box, ...]) -> None:
    pen = ImageDraw.Draw(sheet)
    for left, top, right, bottom in boxes:
        corners = [*onto((left, top)), *onto((right, bottom))]
        pen.rectangle(corners, outline=OUTLINE_EDGE, width=8)
        pen.rectangle([value + (2 if at < 2 else -2) for at, value in enumerate(corners)], outline=CHANGED, width=4)


def _write(
    sheet: Image.Image,
    explanation: Explanation,
    lines: list[tuple[str, int]],
    at: tuple[tuple[int, int], tuple[int, int]],
    height: int,
) -> None:
    pen = ImageDraw.Draw(sheet)
    y = at[0][1] + height + MARGIN // 2 * TWICE
    for (x, _), name in zip(at, explanation.captions, strict=True):
        pen.text((x, y), name, fill=SOFT, font=_font(NAME * TWICE))
    y += (_leading(NAME) + MARGIN // 2) * TWICE
    for line, size in lines:
        pen.text((at[0][0], y), line, fill=SOFT if size == NAME else INK, font=_font(size * TWICE))
        y += _leading(size) * TWICE


def _leading(size: int) -> int:
    """Return the height of a line of letters of a size."""
    return round(1.5 * size)


def _wrapped(said: list[tuple[str, int]], width: int) -> list[tuple[str, int]]:
    """Break sentences into lines that fit, each with the size of its letters."""
    lines: list[tuple[str, int]] = []
    for sentence, size in said:
        line = ""
        for word in sentence.split():
            longer = f"{line} {word}".strip()
            if line and _font(size * TWICE).getlength(longer) > width:
                lines.append((line, size))
                line = word
            else:
                line = longer
        lines.append((line, size))
    return lines


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for name in FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)
