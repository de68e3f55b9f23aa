"""The images of a page, each with what stands around it.

One walk from the top, which hands down what it has passed: to climb from every image would take a page of 10,000 images
below 3,000 elements some minutes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from provcheck.release.pages.choosing import text_attribute

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

LONGEST_CAPTION: Final = 2_000
_MOST_NODES: Final = 5_000
_CAPTION_TO_FRAME: Final = 8
"""Elements between a caption and the frame that it belongs to, at most."""


@dataclass(frozen=True, slots=True)
class Around:
    """What an image stands in.

    Attributes
    ----------
    figure_caption, frame_caption : str
        Of the nearest `figure` that has a `figcaption`, and of WordPress's frame; empty when there is none.
    is_figure, is_edge : bool
        Whether it stands in a `figure`, and in the navigation or the footer of the page.
    picture, link : Tag or None
        The `picture` and the `a` around it.
    """

    figure_caption: str = ""
    frame_caption: str = ""
    is_figure: bool = False
    is_edge: bool = False
    picture: "Tag | None" = None
    link: "Tag | None" = None


def images_of(soup: "BeautifulSoup") -> Iterator[tuple["Tag", Around]]:
    """Yield every `img` in the order of the page, with what stands around it."""
    from bs4 import Tag  # noqa: PLC0415 (loaded by the first page)

    captions = _captions(soup)
    waiting: list[tuple[Tag, Around]] = [(soup, Around())]
    while waiting:
        tag, around = waiting.pop()
        if tag.name == "img":
            yield tag, around
        inner = _inside(tag, around, captions)
        waiting += [(child, inner) for child in reversed(tag.contents) if isinstance(child, Tag)]


def text_of(tag: "Tag") -> str:
    """Return the visible text of an element in one line; neither scripts nor comments are text."""
    from bs4.element import NavigableString  # noqa: PLC0415 (loaded by the first page)

    strings = (text for text in islice(tag.descendants, _MOST_NODES) if type(text) is NavigableString)
    return " ".join(" ".join(strings).split())[:LONGEST_CAPTION]


def _captions(soup: "BeautifulSoup") -> Mapping[int, str]:
    """Return the captions of figures and of WordPress's frames by the identity of these elements."""
    found: dict[int, str] = {}
    for caption in soup.find_all("figcaption"):
        _set(found, (tag for tag in islice(caption.parents, _CAPTION_TO_FRAME) if tag.name == "figure"), caption)
    for caption in soup.find_all(class_="wp-caption-text"):
        _set(found, (tag for tag in islice(caption.parents, _CAPTION_TO_FRAME) if _is_frame(tag)), caption)
    return found


def _set(found: dict[int, str], frames: Iterator["Tag"], caption: "Tag") -> None:
    frame = next(frames, None)
    if frame is not None and not found.get(id(frame)):
        found[id(frame)] = text_of(caption)


def _inside(tag: "Tag", around: Around, captions: Mapping[int, str]) -> Around:
    if tag.name == "figure":
        caption = captions.get(id(tag)) or around.figure_caption
        around = replace(around, is_figure=True, figure_caption=caption)
    elif tag.name in ("nav", "footer"):
        around = replace(around, is_edge=True)
    elif tag.name == "picture":
        around = replace(around, picture=tag)
    elif tag.name == "a":
        around = replace(around, link=tag)
    return replace(around, frame_caption=captions.get(id(tag), "")) if _is_frame(tag) else around


def _is_frame(tag: "Tag") -> bool:
    return "wp-caption" in text_attribute(tag, "class").split()
