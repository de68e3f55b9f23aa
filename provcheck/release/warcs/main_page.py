"""The page that a web archive is about, and what it says.

It is the one that the archive itself names (WACZ); else the first HTML page that was answered with 200, in the order of
the records: crawlers begin with the page that they were sent to.
"""

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from email.message import Message
from typing import Final

from provcheck.errors import NotFetched, TooLarge
from provcheck.release.addresses import next_address, normal_address
from provcheck.release.pages import LARGEST_BYTES, Page, read_page
from provcheck.release.unpacking import Limits
from provcheck.release.warcs.archive import OK, WebArchive
from provcheck.release.warcs.records import Record, open_content

_CHARSETS: Final = frozenset(
    """ascii big5 big5hkscs cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp866 cp874 cp949 euc_jp
    euc_kr gb18030 gb2312 gbk iso2022_jp iso8859-1 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16 iso8859-2
    iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 koi8-r koi8-u mac-cyrillic mac-roman shift_jis cp932
    tis-620 utf-16 utf-16-be utf-16-le utf-8""".split()  # noqa: SIM905 - one word a line says no more
)
"""Those of the web (WHATWG Encoding). Python knows others, some of which take a time that grows with the square."""
_MEANT: Final = {"ascii": "cp1252", "iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_MARKS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class MainPage:
    """A page in a web archive.

    Attributes
    ----------
    page : Page
        With absolute addresses.
    others : tuple of str
        Addresses of the other pages, which are not looked at.
    """

    address: str
    page: Page
    others: tuple[str, ...] = ()


def find_page(archive: WebArchive, named: Iterable[str] = ()) -> MainPage | None:
    """Return the page that an archive is about; None when there is no page in it.

    Parameters
    ----------
    named : iterable of str
        Addresses that the archive itself calls its pages, the main one first.

    Raises
    ------
    UnreadableContainer
        The page is too large, has too many tags, or is damaged.
    """
    pages = dict.fromkeys([*_named_pages(archive, named), *_pages(archive)])
    first = next(iter(pages), None)
    if first is None:
        return None
    record = archive.find(first).record or archive.answers[first]
    page = _absolute(read_page(_text(record)), first)
    return MainPage(first, page, tuple(address for address in pages if address != first))


def _named_pages(archive: WebArchive, named: Iterable[str]) -> Iterator[str]:
    for text in named:
        try:
            found = archive.find(normal_address(text))
        except NotFetched:
            continue
        if found.record and found.record.is_html:
            yield found.address


def _pages(archive: WebArchive) -> Iterator[str]:
    for address, record in archive.answers.items():
        if record.kind != "revisit" and record.status == OK and not record.encoding and record.is_html:
            yield address


def _text(record: Record) -> str | bytes:
    limits = Limits()
    most = min(LARGEST_BYTES, max(limits.free_bytes, record.length * limits.ratio))
    with open_content(record) as stream:
        raw = stream.read(most + 1)
    if len(raw) > most:
        raise TooLarge(f"a page of {record.length} bytes that unpacks to more than {most // 1_000_000} MB")
    charset = _charset(record.content_type)
    return raw.decode(charset, "replace") if charset and not raw.startswith(_MARKS) else raw


def _charset(content_type: str) -> str:
    """Return the charset that the server stated, if it is one of the web; it counts more than what the page says."""
    header = Message()
    header["content-type"] = content_type
    try:
        name = codecs.lookup(header.get_content_charset() or "").name
    except (LookupError, ValueError):
        return ""
    return _MEANT.get(name, name) if name in _CHARSETS else ""


def _absolute(page: Page, address: str) -> Page:
    start = _resolved(address, page.start) if page.start else address
    return replace(
        page,
        pictures=tuple(
            replace(picture, addresses=tuple(_resolved(start, written) for written in picture.addresses))
            for picture in page.pictures
        ),
        announced=tuple(dict.fromkeys(_resolved(start, written) for written in page.announced)),
    )


def _resolved(start: str, written: str) -> str:
    """Return an absolute address; what is none, and pictures that stand in the page itself, as they are written."""
    try:
        return written if written.lower().startswith("data:") else next_address(start, written)
    except NotFetched:
        return written
