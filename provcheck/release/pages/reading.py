"""HTML to what it says: its title, language and date, and its pictures in their order, with their captions.

The caption of a picture is, from the strongest: the `figcaption` of the nearest `figure` that has one, the text that
WordPress puts there instead, the caption in JSON-LD, the `alt` text. The title is that of `og:title`, JSON-LD or
`title`. The date is read only where it is called that of publication.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from provcheck.errors import UnreadableContainer
from provcheck.media.refusals import quiet
from provcheck.metadata.dates import moment_or_none
from provcheck.records import Moment
from provcheck.release.contents import Stating
from provcheck.release.pages.around import LONGEST_CAPTION, Around, images_of, text_of
from provcheck.release.pages.choosing import addresses_of, text_attribute
from provcheck.release.pages.linked import LinkedData, read_linked_data

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

LARGEST_BYTES: Final = 100_000_000
SMALLEST_PX: Final = 64
MOST_TAGS: Final = 300_000
"""A parsed tag takes some 700 bytes; articles have a few thousand."""
NAMED: Final = "named as icons, sprites, avatars or spacers"
AROUND: Final = "in the navigation or the footer"
SMALL: Final = f"smaller than {SMALLEST_PX} pixels"

_DECORATION: Final = re.compile(
    r"(?<![a-z])(icons?|favicon|sprites?|g?r?avatars?|emoji|smil(ey|ie)s?|spacer|tracker|tracking)(?![a-z])",
    re.IGNORECASE,
)
_BEGINS: Final = re.compile(
    rb"(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html[\s>])", re.DOTALL
)
_DIGITS: Final = re.compile(r"\d{1,5}", re.ASCII)
_PUBLISHED: Final = {"article:published_time", "og:published_time", "datepublished", "dc.date.issued", "dcterms.issued"}


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A picture of a page.

    Attributes
    ----------
    addresses : tuple of str
        As written: every variant that the page offers.
    caption, origin : str
        What is said of it, and where in the page; empty when nothing is.
    decoration : str
        Why it is none of the release's pictures; empty when it is one.
    """

    addresses: tuple[str, ...]
    caption: str = ""
    origin: str = ""
    decoration: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says.

    Attributes
    ----------
    announced : tuple of str
        Addresses of pictures that stand only in its metadata (`og:image`, JSON-LD).
    start : str
        What its addresses are relative to (`base`), as written; empty where it does not say.
    """

    pictures: tuple[PagePicture, ...]
    announced: tuple[str, ...]
    stating: Stating
    start: str = ""


def begins_page(head: bytes) -> bool:
    """Whether the first bytes of a file are those of a page; UTF-16 is looked at without its zero bytes."""
    return _BEGINS.match(head.replace(b"\x00", b"").lower()) is not None


def read_page(html: str | bytes) -> Page:
    """Read HTML; bytes are decoded as the page declares, else as they look.

    Raises
    ------
    UnreadableContainer
        It has more tags than a page that a person reads.
    """
    from bs4 import BeautifulSoup  # noqa: PLC0415 (loaded by the first page)

    if (html.count("<") if isinstance(html, str) else html.count(b"<")) > MOST_TAGS:
        raise UnreadableContainer(f"a page with more than {MOST_TAGS} tags")
    with quiet("bs4.dammit"):  # XHTML, pages that look like a file name, letters that were replaced
        soup = BeautifulSoup(html, "html.parser")
    linked = read_linked_data(tag.get_text() for tag in soup.find_all("script", type="application/ld+json"))
    found = (_picture(tag, around, linked) for tag, around in images_of(soup))
    pictures = tuple(picture for picture in found if picture.addresses)
    shown = {address for picture in pictures for address in picture.addresses}
    announced = dict.fromkeys([*_meta(soup, {"og:image"}), *linked.images])
    only = tuple(address for address in announced if address not in shown)
    base = soup.find("base", href=True)
    return Page(pictures, only, _stating(soup, linked), text_attribute(base, "href") if base else "")


def _picture(tag: "Tag", around: Around, linked: LinkedData) -> PagePicture:
    addresses = addresses_of(tag, picture=around.picture, link=around.link)
    said = [
        (around.figure_caption, "figcaption"),
        (around.frame_caption, "caption"),
        (next(filter(None, map(linked.captions.get, addresses)), ""), "JSON-LD caption"),
        (text_attribute(tag, "alt"), "alt text"),
    ]
    caption, origin = next(((text, origin) for text, origin in said if text), ("", ""))
    caption = " ".join(caption.split())[:LONGEST_CAPTION]
    return PagePicture(addresses, caption, origin, _decoration(tag, around, addresses))


def _decoration(tag: "Tag", around: Around, addresses: tuple[str, ...]) -> str:
    sides = [text_attribute(tag, name) for name in ("width", "height")]
    if any(int(side) < SMALLEST_PX for side in sides if _DIGITS.fullmatch(side)):
        return SMALL
    if around.is_figure:
        return ""
    if around.is_edge:
        return AROUND
    files = (address.partition("?")[0].rpartition("/")[2] for address in addresses if not address.startswith("data:"))
    names = (text_attribute(tag, "class"), text_attribute(tag, "id"), *files)
    return NAMED if any(_DECORATION.search(name) for name in names) else ""


def _stating(soup: "BeautifulSoup", linked: LinkedData) -> Stating:
    title = [*_meta(soup, {"og:title"}), linked.headline, text_of(soup.title) if soup.title else ""]
    language = [text_attribute(soup.html, "lang") if soup.html else "", linked.language, *_meta(soup, {"og:locale"})]
    return Stating(
        title=next(filter(None, title), "")[:LONGEST_CAPTION] or None,
        published=_published(soup, linked),
        language=next(filter(None, language), "").replace("_", "-")[:35] or None,
    )


def _published(soup: "BeautifulSoup", linked: LinkedData) -> Moment | None:
    times = (text_attribute(tag, "datetime") for tag in soup.find_all("time", itemprop="datePublished"))
    written = [linked.published, *_meta(soup, _PUBLISHED), *times]
    return next((moment for text in written if (moment := moment_or_none(text))), None)


def _meta(soup: "BeautifulSoup", names: set[str]) -> Iterator[str]:
    for tag in soup.find_all("meta"):
        called = {text_attribute(tag, key).lower() for key in ("property", "name", "itemprop")}
        if called & names and (content := text_attribute(tag, "content")):
            yield content
