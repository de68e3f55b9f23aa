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
from provcheck.explaining.sentences import sentences
from provcheck.records import Box, Edit, Match, Relation

HEIGHT: Final = 480
"""Of both pictures, pixels; wide ones are drawn lower."""

WIDEST: Final = 800
MARGIN: Final = 20
TWICE: Final = 2

PAPER, INK, SOFT = (255, 255, 255), (28, 27, 25), (92, 89, 82)
OUTLINE, OUTLINE_EDGE, CHANGED, JOINED = (255, 255, 255), (0, 0, 0), (255, 225, 77), (255, 225, 77, 190)
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
    lines = _wrapped(sentences(explanation), 3 * MARGIN + (left.width + right.width) // TWICE - 2 * MARGIN)
    size = left.width + right.width + 3 * MARGIN * TWICE, height + (4 * MARGIN + 24 * (len(lines) + 1)) * TWICE
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
    for pair in matched_points(query, reference, match):
        pen.line([onto[0](pair.query), onto[1](pair.reference)], fill=JOINED, width=3)
    sheet.paste(layer, mask=layer)
    embedded = any(alteration.kind is Edit.EMBEDDED for alteration in match.alterations)
    _outline(sheet, onto[1], sides[1], at[1], outline_on_reference(match.transform, query.original))
    if embedded:
        _outline(sheet, onto[0], sides[0], at[0], outline_on_query(match.transform, reference.original))
    for alteration in match.alterations:
        # Between two moments nearly everything has moved, and boxes around it would hide the pictures.
        if alteration.kind is Edit.REGION_CHANGED and match.relation is Relation.SAME_PICTURE:
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
    lines: list[str],
    at: tuple[tuple[int, int], tuple[int, int]],
    height: int,
) -> None:
    pen = ImageDraw.Draw(sheet)
    y = at[0][1] + height + 8 * TWICE
    for (x, _), name in zip(at, explanation.captions, strict=True):
        pen.text((x, y), name, fill=SOFT, font=_font(15 * TWICE))
    for number, line in enumerate(lines, 1):
        pen.text((at[0][0], y + (8 + 24 * number) * TWICE), line, fill=INK, font=_font(17 * TWICE))


def _wrapped(said: list[str], width: int) -> list[str]:
    """Break sentences into lines that fit `width` pixels of the finished picture."""
    lines: list[str] = []
    for sentence in said:
        lines.append("")
        for word in sentence.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and _font(17 * TWICE).getlength(longer) > width * TWICE:
                lines.append(word)
            else:
                lines[-1] = longer
    return lines


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for name in FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)
