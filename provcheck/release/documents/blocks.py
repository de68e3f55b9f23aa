"""Paragraphs and slides with pictures in them to the pictures with their captions.

The caption is, from the strongest: the paragraph in the style for captions below, or above where that is not the one
below another picture; the words in the paragraph or on the slide of the picture itself; a short paragraph right below;
the alternative text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from provcheck.errors import RoomFull
from provcheck.records import Claims, Skipped, Stated
from provcheck.release.contents import Contents, Part, Stating
from provcheck.release.pages.placing import decoration_by_size, pixels_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LONGEST_TEXT: Final = 2_000
LONGEST_BELOW: Final = 300
NOT_INSIDE: Final = "linked to, not inside the document"
_FILE_NAME: Final = re.compile(r"[^\s]+\.[A-Za-z0-9]{2,4}|[^/\\]+\.(jpe?g|png|gif|tiff?|bmp|webp|heic)", re.IGNORECASE)
"""What older office programs write as alternative text."""
_LETTER: Final = re.compile(r"\w")
_MACHINE_MADE: Final = "automatically generated"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture where the text shows it.

    Attributes
    ----------
    member : str
        What holds it in the package.
    alternative : str
        Its alternative text.
    is_preview : bool
        Whether it only stands for an object, such as a table of numbers; most are drawings, and many are not saved.
    """

    member: str
    alternative: str = ""
    is_preview: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a slide.

    Attributes
    ----------
    place : str
        Of the text in the document, for the origin of captions.
    """

    pictures: tuple[Shown, ...] = ()
    text: str = ""
    is_caption: bool = False
    place: str = "text beside the picture"


class Pictures(Protocol):
    """What the pictures of a document are taken from."""

    @property
    def skipped(self) -> list[Skipped]:
        """What could not be taken out."""
        ...

    def keep(self, name: str) -> Path | None:
        """Take a picture out; None where there is none, or, with a reason among `skipped`, where it cannot be."""
        ...


def document_contents(blocks: Sequence[Block], package: Pictures, name: str, stating: Stating) -> Contents:
    """Take the pictures of the blocks out of a document, each once, with their captions."""
    parts: dict[str, Part] = {}
    skipped: list[Skipped] = []
    small = 0
    for shown, caption in _captioned([block for block in blocks if block.pictures or block.text], name):
        try:
            file = package.keep(shown.member)
        except RoomFull as error:
            package.skipped.append(Skipped("", error.message))
            break
        size = pixels_of(file) if file else None
        if shown.is_preview and size is None:
            small += shown.member not in parts
        elif file is None:
            skipped.append(Skipped(shown.member[:200], NOT_INSIDE))
        elif decoration_by_size(file, size):
            small += shown.member not in parts
        elif shown.member not in parts or parts[shown.member].claims.caption is None:
            parts[shown.member] = Part(shown.member.rpartition("/")[2], file, Claims(caption=caption))
    told = [item for item in skipped if item.path not in {refused.path for refused in package.skipped}]
    return Contents(tuple(parts.values()), (*package.skipped, *told, *_left_out(small)), stating)


def document_stating(root: "Element | None") -> Stating:
    """Return title and language from metadata in Dublin Core. Dates of files are none of publication."""
    if root is None:
        return Stating()
    title, language = (
        next((words for item in root.iter(f"{_DC}{key}") if (words := joined(item))), None)
        for key in ("title", "language")
    )
    return Stating(title=title, language=language)


def joined(element: "Element", separator: str = "") -> str:
    """Return the text of an element in one line."""
    return " ".join(separator.join(element.itertext()).split())[:LONGEST_TEXT]


def _captioned(blocks: Sequence[Block], name: str) -> Iterator[tuple[Shown, Stated[str] | None]]:
    for at, block in enumerate(blocks):
        for shown in block.pictures:
            text, origin = _caption(blocks, at, shown)
            yield shown, Stated(text, f"{origin} in {name}") if text else None


def _caption(blocks: Sequence[Block], at: int, shown: Shown) -> tuple[str, str]:
    after = blocks[at + 1] if at + 1 < len(blocks) else Block()
    before = blocks[at - 1] if at and not (at > 1 and blocks[at - 2].pictures) else Block()
    is_short = not after.pictures and len(after.text) <= LONGEST_BELOW
    no_words = _MACHINE_MADE in shown.alternative.lower() or _FILE_NAME.fullmatch(shown.alternative.strip())
    alternative = "" if no_words else shown.alternative
    said = [
        (after.text if after.is_caption else "", "caption"),
        (before.text if before.is_caption and not before.pictures else "", "caption"),
        (blocks[at].text, blocks[at].place),
        (after.text if is_short else "", "text below the picture"),
        (" ".join(alternative.split()), "alternative text"),
    ]
    return next(((text[:LONGEST_TEXT], origin) for text, origin in said if _LETTER.search(text)), ("", ""))


def _left_out(small: int) -> Iterator[Skipped]:
    if small:
        yield Skipped("", f"left out as decorations: {small} drawings or smaller than 64 pixels", missed=False)
