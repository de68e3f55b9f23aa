"""Mails (EML) and web archives in the form of mails (MHTML): attachments, pictures shown in the text, mails inside.

The standard library's parser forgives what mail programs get wrong. A mail says when it was sent and its subject; an
MHTML file says when it was *saved*, which is no date of publication, so its page is asked instead.
"""

import binascii
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from email import policy
from email.errors import CloseBoundaryNotFoundDefect, InvalidBase64LengthDefect
from email.message import EmailMessage
from email.parser import BytesParser
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

from provcheck.errors import RoomFull, UnreadableContainer
from provcheck.metadata.dates import moment_or_none
from provcheck.records import Skipped
from provcheck.release.contents import Beside, Contents, Part, Stating
from provcheck.release.members import opening
from provcheck.release.pages import place_pictures, read_page
from provcheck.release.pages.placing import decoration_by_size, pixels_of
from provcheck.release.unpacking import Room

_HEADER: Final = re.compile(
    rb"^(from|to|date|subject|mime-version|received|message-id|return-path|content-type): ?", re.IGNORECASE
)
LARGEST_MEGABYTES: Final = 100
MOST_BOUNDARIES: Final = 50_000
CUT_SHORT: Final = "cut short: the mail has no end, and what stood there is not checked"
_BOUNDARY: Final = b"--"
_FEWEST_HEADERS: Final = 2
_NO_BASE64: Final = re.compile(r"[^A-Za-z0-9+/]")
_TEXTS: Final = ("text/plain", "text/html", "text/css", "application/xhtml+xml", "text/javascript")


@dataclass(slots=True)
class _Mail:
    """What was taken out of a mail so far."""

    files: dict[str, Path] = field(default_factory=dict)
    parts: dict[Path, Part] = field(default_factory=dict)
    pages: list[EmailMessage] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


class MailReader:
    """Reads EML and MHTML files."""

    def recognises(self, head: bytes, path: Path) -> bool:  # noqa: ARG002 (the seam)
        """See `ContainerReader`. The first line is a header, and another of those that every mail has follows."""
        lines = [line for line in head.lstrip().splitlines() if line[:1] not in b" \t"]
        named = [line for line in lines if _HEADER.match(line)]
        return bool(lines) and re.match(rb"[\w-]+:", lines[0]) is not None and len(named) >= _FEWEST_HEADERS

    def contents(self, path: Path, room: Room, beside: Beside) -> Contents:  # noqa: ARG002 (the seam)
        """See `ContainerReader`."""
        _refuse_endless(path)
        with opening("the mail"), path.open("rb") as stream:
            mail = BytesParser(policy=policy.default).parse(stream)
        return read_mail(mail, path.name, room)


def read_mail(mail: EmailMessage, name: str, room: Room) -> Contents:
    """Return what is in a mail.

    Parameters
    ----------
    name : str
        Of its file, for the origin of captions.
    """
    read = _Mail()
    try:
        with opening("the mail"):
            for number, part in enumerate(_leaves(mail), start=1):
                _take(part, number, read, room)
    except UnreadableContainer as error:
        read.skipped.append(Skipped("", error.message))
    if _is_cut_short(mail):
        read.skipped.append(Skipped("", CUT_SHORT))
    is_page = _is_page(mail, read.pages)
    pages = [_shown(page, name, read, room) for page in read.pages]
    shown = {part.file: part for page in pages for part in page.parts}
    decorations = {file for page in pages for file in page.decorations} - shown.keys()
    kept = [
        _merged(part, shown.pop(part.file, None))
        for part in read.parts.values()
        if part.file not in decorations and not (is_page and decoration_by_size(part.file, pixels_of(part.file)))
    ]
    return Contents(
        parts=(*kept, *shown.values()),
        skipped=(*read.skipped, *(item for page in pages for item in page.skipped)),
        stating=pages[0].stating if is_page and pages else _stating(mail, pages),
    )


def _refuse_endless(path: Path) -> None:
    """Refuse what the parser would take gigabytes for: it holds all of a mail, and some 3 kB for each part."""
    megabytes = path.stat().st_size // 1_000_000
    if megabytes > LARGEST_MEGABYTES:
        raise UnreadableContainer(f"a mail of {megabytes} MB; at most {LARGEST_MEGABYTES} are read")
    with path.open("rb") as stream:
        if sum(line.startswith(_BOUNDARY) for line in stream) > MOST_BOUNDARIES:
            raise UnreadableContainer(f"a mail of more than {MOST_BOUNDARIES} parts")


def _is_cut_short(mail: EmailMessage) -> bool:
    return any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in mail.defects)


def _is_page(mail: EmailMessage, pages: list[EmailMessage]) -> bool:
    """Whether this is a saved page: its text has an address of its own, and nobody sent it."""
    return "received" not in mail and "to" not in mail and any("content-location" in page for page in pages)


def _leaves(mail: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the parts that are no multiparts, without those of mails inside, which are read as mails."""
    if mail.get_content_type() == "message/rfc822" or not mail.is_multipart():
        yield mail
        return
    for part in mail.iter_parts():
        if isinstance(part, EmailMessage):
            yield from _leaves(part)


def _take(part: EmailMessage, number: int, read: _Mail, room: Room) -> None:
    try:
        with opening("it"):
            if part.get_content_type() in ("text/html", "application/xhtml+xml") and not part.is_attachment():
                read.pages.append(part)
            elif part.get_content_type() not in _TEXTS or part.get_filename():
                _keep(part, _name(part, number), read, room)
    except RoomFull:
        raise
    except UnreadableContainer as error:
        read.skipped.append(Skipped(f"part {number}", error.message))


def _keep(part: EmailMessage, name: str, read: _Mail, room: Room) -> None:
    file = room.keep(name, _bytes(part))
    read.parts[file] = Part(name, file)
    if "content-id" in part:
        read.files[f"cid:{str(part['content-id']).strip().strip('<>')}"] = file
    if "content-location" in part:
        read.files[str(part["content-location"]).strip()] = file


def _bytes(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload(0)
        return inner.as_bytes() if isinstance(inner, EmailMessage) else b""
    content = part.get_payload(decode=True)
    if any(isinstance(defect, InvalidBase64LengthDefect) for defect in part.defects):
        return _shortened(str(part.get_payload()))
    return content if isinstance(content, bytes) else b""


def _shortened(text: str) -> bytes:
    """Decode base64 that was cut off within a group of four."""
    characters = _NO_BASE64.sub("", text)
    return binascii.a2b_base64(characters[: len(characters) // 4 * 4])


def _name(part: EmailMessage, number: int) -> str:
    if part.get_content_type() == "message/rfc822":
        return part.get_filename() or f"mail {number}.eml"
    location = str(part.get("content-location", "")).partition("?")[0].rpartition("/")[2]
    suffix = part.get_content_subtype().partition("+")[0]
    return part.get_filename() or location or f"part {number}.{suffix}"


def _shown(page: EmailMessage, name: str, read: _Mail, room: Room) -> Contents:
    """Read the HTML of a mail; what it shows are parts of the mail, by their id or their address."""
    location = str(page.get("content-location", "")).strip()
    try:
        with opening("the text of the mail"):
            return place_pictures(read_page(_html(page)), name, room, partial(_resolved, read.files, location))
    except UnreadableContainer as error:
        return Contents(skipped=(Skipped("", error.message),))


def _html(page: EmailMessage) -> str | bytes:
    raw = _bytes(page)
    charset = page.get_content_charset()
    try:
        return raw.decode(charset) if charset else raw
    except (LookupError, UnicodeDecodeError):
        return raw


def _resolved(files: dict[str, Path], location: str, address: str) -> Path | None:
    return files.get(address) or files.get(urljoin(location, address))


def _merged(part: Part, shown: Part | None) -> Part:
    return replace(part, claims=shown.claims) if shown else part


def _stating(mail: EmailMessage, pages: Sequence[Contents]) -> Stating:
    shown = next((page.stating.language for page in pages if page.stating.language), None)
    try:
        with opening("the mail"):
            sent = getattr(mail["date"], "datetime", None)
            return Stating(
                title=" ".join(str(mail["subject"] or "").split()) or None,
                published=moment_or_none(sent.isoformat()) if sent else None,
                language=str(mail["content-language"] or "").partition(",")[0].strip() or shown,
            )
    except UnreadableContainer:
        return Stating()
