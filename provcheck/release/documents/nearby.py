"""The text below a picture on a page that knows only where everything stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

FARTHEST_PT: Final = 30.0
"""From the picture to the first line of its caption, and no farther: the next paragraph is the article's."""
MOST_LINES: Final = 6
_LINE_GAP: Final = 0.8
"""White space between the lines of one paragraph, in heights of a line; captions are set apart by more."""
_SAME_LINE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of text and where it stands: points, from the top left corner of the page, y down."""

    left: float
    top: float
    right: float
    bottom: float
    text: str = ""


def text_below(picture: Line, lines: Sequence[Line]) -> str:
    """Return the paragraph that begins right below a picture, empty when none does.

    1. Keep what overlaps the picture horizontally and begins at its lower edge or below.
    2. The first line may be `FARTHEST_PT` away; it goes on while lines follow each other closely.

    Parameters
    ----------
    picture : Line
        The box of the picture; its text does not matter.
    """
    below = sorted((line for line in lines if _is_below(line, picture)), key=lambda line: (line.top, line.left))
    taken: list[Line] = []
    bottom, most = picture.bottom, FARTHEST_PT
    for line in below:
        if line.top - bottom > most or len(taken) == MOST_LINES:
            break
        taken.append(line)
        bottom, most = max(bottom, line.bottom), _LINE_GAP * (line.bottom - line.top)
    return " ".join(" ".join(line.text for line in taken).split())


def _is_below(line: Line, picture: Line) -> bool:
    height = line.bottom - line.top
    overlaps = min(line.right, picture.right) > max(line.left, picture.left)
    return overlaps and line.top >= picture.bottom - _SAME_LINE * height
