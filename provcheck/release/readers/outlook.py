"""Mails as Outlook saves them (MSG, [MS-OXMSG]): made into the mails that they were, and read as these.

An MSG file is a compound file whose streams are named by property and type: `__substg1.0_0037001F` is the subject, in
UTF-16. `olefile` reads compound files. The libraries that know more are under the GPL, or read no mail inside a mail.
"""

import struct
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import default as mail_policy
from email.utils import format_datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from provcheck.errors import TooLarge, UnreadableContainer
from provcheck.release.contents import Beside, Contents
from provcheck.release.members import opening
from provcheck.release.readers.mails import read_mail
from provcheck.release.unpacking import Room

if TYPE_CHECKING:
    from olefile import OleFileIO

_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROPERTIES: Final = "__properties_version1.0"
_NAMED: Final = "__nameid_version1.0"
_ATTACHED: Final = "__attach_version1.0_#"
_SUBJECT, _SENT, _DELIVERED, _HTML = 0x0037, 0x0039, 0x0E06, 0x1013
_DATA, _LONG_NAME, _SHORT_NAME, _MEDIA_TYPE, _CONTENT_ID = 0x3701, 0x3707, 0x3704, 0x370E, 0x3712
_CODE_PAGE: Final = 0x3FDE
_UNICODE, _ANSI, _BINARY, _OBJECT = 0x001F, 0x001E, 0x0102, 0x000D
_TIME, _INTEGER = 0x0040, 0x0003
_HEADER_OF_MAIL, _HEADER_OF_INNER, _HEADER_OF_ATTACHED = 32, 24, 8
_ENTRY: Final = struct.Struct("<HHI8s")
_EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)
_CHARSETS: Final = {65001: "utf-8", 20866: "koi8-r", 21866: "koi8-u", 28591: "latin-1", 28592: "iso8859-2",
                    28595: "iso8859-5", 50220: "iso2022_jp", 51932: "euc_jp", 51949: "euc_kr", 936: "gbk", 932: "cp932",
                    949: "cp949", 950: "big5", **{page: f"cp{page}" for page in range(1250, 1259)}}  # fmt: skip
_MOST_ATTACHED: Final = 2_000
_MOST_READ: Final = 2
"""Bytes of streams for each of the file: a few are read twice."""


class OutlookReader:
    """Reads MSG files."""

    def recognises(self, head: bytes, path: Path) -> bool:
        """See `ContainerReader`. Office documents of before 2007 are compound files too, with other streams."""
        if not head.startswith(_MAGIC):
            return False
        try:
            with closing(_open(path)) as file:
                return bool(file.exists(_PROPERTIES) and file.exists(_NAMED))
        except UnreadableContainer:
            return False

    def contents(self, path: Path, room: Room, beside: Beside) -> Contents:  # noqa: ARG002 (the seam)
        """See `ContainerReader`."""
        with closing(_open(path)) as file, opening("the MSG file"):
            compound = _Compound(file, path.stat().st_size * _MOST_READ, _storages(file))
            mail = _mail(_Storage(compound, (), _HEADER_OF_MAIL), room.limits.depth)
        return read_mail(mail, path.name, room)


def _open(path: Path) -> "OleFileIO":
    from olefile import OleFileIO  # noqa: PLC0415 (loaded by the first MSG file)

    with opening("the MSG file"):
        return OleFileIO(str(path))


@dataclass(slots=True)
class _Compound:
    """An open compound file.

    Attributes
    ----------
    left : int
        Bytes that may still be read: many streams may be made of the same sectors, so that a small file holds much.
    storages : mapping of tuple of str to list of str
        The names of the storages in each, in their order.
    """

    file: "OleFileIO"
    left: int
    storages: Mapping[tuple[str, ...], list[str]]

    def read(self, place: Sequence[str]) -> bytes:
        """Return a stream; empty when it is not there."""
        path = list(place)
        if not self.file.exists(path):
            return b""
        self.left -= self.file.get_size(path)
        if self.left < 0:
            raise TooLarge("its streams say that they are larger than the file that they are in")
        content: bytes = self.file.openstream(path).read()
        return content


def _storages(file: "OleFileIO") -> Mapping[tuple[str, ...], list[str]]:
    inside: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for place in file.listdir(streams=False, storages=True):
        inside[tuple(place[:-1])].append(place[-1])
    return {place: sorted(names) for place, names in inside.items()}


class _Storage:
    """A mail or an attachment: a folder of streams in the compound file.

    Parameters
    ----------
    header : int
        Bytes before the first entry of its properties.
    """

    def __init__(self, compound: _Compound, place: tuple[str, ...], header: int) -> None:
        self.compound, self.place = compound, place
        entries = self.stream(_PROPERTIES)[header:]
        whole = len(entries) // _ENTRY.size * _ENTRY.size
        self._fixed = {(name, kind): value for kind, name, _, value in _ENTRY.iter_unpack(entries[:whole])}

    def stream(self, name: str) -> bytes:
        """Return a stream; empty when it is not there."""
        return self.compound.read((*self.place, name))

    def binary(self, name: int) -> bytes:
        """Return a property of many bytes."""
        return self.stream(f"__substg1.0_{name:04X}{_BINARY:04X}")

    def text(self, name: int) -> str:
        """Return a property of text, on one line."""
        wide = self.stream(f"__substg1.0_{name:04X}{_UNICODE:04X}")
        narrow = b"" if wide else self.stream(f"__substg1.0_{name:04X}{_ANSI:04X}")
        return " ".join((wide.decode("utf-16-le", "replace") or narrow.decode(self.charset, "replace")).split())

    def time(self, name: int) -> datetime | None:
        """Return a property of a time: tenths of microseconds since 1601."""
        ticks = int.from_bytes(self._fixed.get((name, _TIME), b""), "little")
        try:
            return _EPOCH + timedelta(microseconds=ticks // 10) if ticks else None
        except OverflowError:
            return None

    @property
    def charset(self) -> str:
        """What the texts are written in that are not in UTF-16."""
        return _CHARSETS.get(int.from_bytes(self._fixed.get((_CODE_PAGE, _INTEGER), b"")[:4], "little"), "cp1252")

    def inner(self, name: str, header: int) -> "_Storage":
        """Return a storage inside this one."""
        return _Storage(self.compound, (*self.place, name), header)

    def attached(self) -> Iterator["_Storage"]:
        """Yield the attachments, in the order of their numbers."""
        names = (name for name in self.compound.storages.get(self.place, []) if name.startswith(_ATTACHED))
        for name in islice(names, _MOST_ATTACHED):
            yield self.inner(name, _HEADER_OF_ATTACHED)


def _mail(said: _Storage, depth: int) -> EmailMessage:
    mail = EmailMessage(policy=mail_policy)
    mail["Subject"] = said.text(_SUBJECT)
    sent = said.time(_SENT) or said.time(_DELIVERED)
    if sent:
        mail["Date"] = format_datetime(sent)
    mail.make_mixed()
    html, charset = said.binary(_HTML), said.charset
    if not html:
        html, charset = said.text(_HTML).encode(), "utf-8"
    if html:
        mail.attach(_page(html, charset))
    for attachment in said.attached():
        _attach(attachment, mail, depth)
    return mail


def _page(html: bytes, charset: str) -> EmailMessage:
    page = EmailMessage(policy=mail_policy)
    page.set_content(html, maintype="text", subtype="html")
    page.set_param("charset", charset)
    return page


def _attach(attachment: _Storage, mail: EmailMessage, depth: int) -> None:
    name = attachment.text(_LONG_NAME) or attachment.text(_SHORT_NAME) or None
    inner = f"__substg1.0_{_DATA:04X}{_OBJECT:04X}"
    if inner in attachment.compound.storages.get(attachment.place, []):
        if depth <= 1:
            raise UnreadableContainer("more mails inside each other than are opened")
        mail.add_attachment(_mail(attachment.inner(inner, _HEADER_OF_INNER), depth - 1), filename=name)
        return
    content = attachment.binary(_DATA)
    kind = attachment.text(_MEDIA_TYPE).lower().partition("/")
    cid = attachment.text(_CONTENT_ID).strip("<> ")
    main, sub = (kind[0], kind[2]) if kind[0] in ("image", "video", "application") else ("application", "octet-stream")
    mail.add_attachment(content, maintype=main, subtype=sub or "octet-stream", filename=name)
    if cid:
        list(mail.iter_parts())[-1]["Content-ID"] = f"<{cid}>"
