"""Where the pictures and the text of a PDF page stand as a person sees it: the page turned, forms inside forms applied.

A page may be shown turned by quarters, and a picture may be turned or mirrored on its page; both are common in scans,
whose pixels lie sideways in the file. Coordinates here are points, x right, y down, from anywhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from provcheck.release.documents.nearby import Line

if TYPE_CHECKING:
    import pypdfium2

MOST_LINES: Final = 5_000
MOST_PICTURES: Final = 5_000
_TURNED: Final = {0: (1, 0, 0, 1), 90: (0, -1, 1, 0), 180: (-1, 0, 0, -1), 270: (0, 1, -1, 0)}
"""By how much a page is turned clockwise: what x and y become, y up."""
_ROWS_OVERLAP: Final = 0.5

_ORIENTATIONS: Final = {
    (False, True, True): 1,
    (False, False, True): 2,
    (False, False, False): 3,
    (False, True, False): 4,
    (True, False, False): 5,
    (True, False, True): 6,
    (True, True, True): 7,
    (True, True, False): 8,
}
"""The orientation as EXIF numbers it, by whether the axes are swapped, whether the stored x axis points right (up, if
swapped), and whether what is stored upwards points up (right, if swapped)."""


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture on a page.

    Attributes
    ----------
    orientation : int
        How the stored pixels are turned and mirrored when they are shown, as EXIF numbers it: 1 is not at all.
    """

    box: Line
    orientation: int
    image: "pypdfium2.PdfImage"


def placed_pictures(page: "pypdfium2.PdfPage") -> list[PlacedPicture]:
    """Return the pictures of a page in reading order: row by row, from left to right."""
    found = sorted(_placed(page), key=lambda placed: placed.box.top)
    rows: list[list[PlacedPicture]] = []
    for placed in found:
        if rows and _is_beside(placed.box, rows[-1][0].box):
            rows[-1].append(placed)
        else:
            rows.append([placed])
    return [placed for row in rows for placed in sorted(row, key=lambda placed: placed.box.left)]


def lines_of(page: "pypdfium2.PdfPage") -> Iterator[Line]:
    """Yield the lines of text on a page."""
    turned, text = _TURNED[page.get_rotation()], page.get_textpage()
    try:
        for number in range(min(text.count_rects(), MOST_LINES)):
            left, bottom, right, top = text.get_rect(number)
            words = text.get_text_bounded(left, bottom, right, top)
            yield _box([(left, bottom), (right, top)], turned, words)
    finally:
        text.close()


def page_box(page: "pypdfium2.PdfPage") -> Line:
    """Return the box of what is shown of a page, in the coordinates of its pictures."""
    left, bottom, right, top = page.get_bbox()
    return _box([(left, bottom), (right, top)], _TURNED[page.get_rotation()])


def _placed(page: "pypdfium2.PdfPage") -> Iterator[PlacedPicture]:
    import pypdfium2.raw  # noqa: PLC0415 (loaded by the first PDF)

    turned = _TURNED[page.get_rotation()]
    for count, image in enumerate(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])):
        if count == MOST_PICTURES:
            return
        matrix = _matrix_on_page(image)
        corners = [matrix.on_point(x, y) for x in (0, 1) for y in (0, 1)]
        origin, x_end, y_end = (_turn(matrix.on_point(*point), turned) for point in ((0, 0), (1, 0), (0, 1)))
        orientation = _orientation(
            (x_end[0] - origin[0], x_end[1] - origin[1]), (y_end[0] - origin[0], y_end[1] - origin[1])
        )
        yield PlacedPicture(_box(corners, turned), orientation, image)


def _matrix_on_page(placed: "pypdfium2.PdfObject") -> "pypdfium2.PdfMatrix":
    """Return the matrix from the unit square of a picture to the page, through the forms that it stands in."""
    matrix = placed.get_matrix()
    form = placed.container
    while form is not None:
        matrix = matrix.multiply(form.get_matrix())
        form = form.container
    return matrix


def _orientation(x_axis: tuple[float, float], y_axis: tuple[float, float]) -> int:
    if abs(x_axis[0]) >= abs(x_axis[1]):
        return _ORIENTATIONS[False, x_axis[0] >= 0, y_axis[1] >= 0]
    return _ORIENTATIONS[True, x_axis[1] > 0, y_axis[0] > 0]


def _box(points: list[tuple[float, float]], turned: tuple[int, int, int, int], text: str = "") -> Line:
    shown = [_turn(point, turned) for point in points]
    across, down = [x for x, _ in shown], [-y for _, y in shown]
    return Line(min(across), min(down), max(across), max(down), text)


def _turn(point: tuple[float, float], turned: tuple[int, int, int, int]) -> tuple[float, float]:
    a, b, c, d = turned
    return a * point[0] + c * point[1], b * point[0] + d * point[1]


def _is_beside(box: Line, first: Line) -> bool:
    shared = min(box.bottom, first.bottom) - max(box.top, first.top)
    return shared > _ROWS_OVERLAP * min(box.bottom - box.top, first.bottom - first.top)
