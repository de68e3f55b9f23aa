"""Members of archives to files in the room: what is refused is named, with the reason."""

import lzma
import re
import tarfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Final
from xml.etree.ElementTree import ParseError

from provcheck.errors import CutShort, RoomFull, UnreadableContainer
from provcheck.records import Skipped
from provcheck.release.contents import Part
from provcheck.release.unpacking import Room

LEADS_OUT: Final = "refused: its path leads out of the archive"
LINK: Final = "refused: a link, not a file"
SPECIAL: Final = "refused: not a regular file"
_ENDS_EARLY: Final = "unexpected end of data"
"""As tarfile says it."""
_OF_MACINTOSH: Final = "__MACOSX"
_OF_ZLIB: Final = re.compile(r"^Error -?\d+ while decompressing data: ")


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive, not unpacked yet.

    Attributes
    ----------
    packed : int or None
        Bytes that it is packed into.
    refusal : str
        Why it must not be unpacked; empty when it may.
    """

    name: str
    open: Callable[[], IO[bytes]]
    packed: int | None = None
    refusal: str = ""


def keep_members(members: Iterable[Member], room: Room) -> Iterator[Part | Skipped]:
    """Yield each member as a file, or why it was left out; hidden ones are passed over, as in folders.

    What goes wrong within the archive itself ends it with a last entry: what was found before is worth keeping.
    """
    kept: list[Part | Skipped] = []
    called: Counter[str] = Counter()
    try:
        with opening("the archive"):
            for member in members:
                if not _is_hidden(member.name):
                    called[member.name] += 1
                    kept.append(_kept(member, room, called[member.name]))
                    yield kept[-1]
    except CutShort:
        yield cut_short("the archive", kept)
    except UnreadableContainer as error:
        yield Skipped("", error.message)


def cut_short(what: str, found: Iterable[Part | Skipped]) -> Skipped:
    """Return the entry on a container whose end is missing: how much was found before that."""
    whole = sum(isinstance(item, Part) for item in found)
    return Skipped("", f"cut short: the end of {what} is missing; {whole} whole files stand before that")


@contextmanager
def opening(what: str) -> Iterator[None]:
    """Turn whatever a damaged file makes a library raise into one `UnreadableContainer`."""
    try:
        yield
    except UnreadableContainer:
        raise
    except (
        OSError, EOFError, ValueError, LookupError, TypeError, AttributeError, RuntimeError, OverflowError, ParseError,
        zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError,
    ) as error:  # fmt: skip
        if isinstance(error, EOFError) or _ENDS_EARLY in str(error):
            raise CutShort(f"{what} is cut short") from error
        if isinstance(error, RecursionError):
            raise UnreadableContainer(f"{what} has more parts inside each other than can be followed") from error
        raise UnreadableContainer(f"{what} is damaged: {_first_line(error)}") from error


def _kept(member: Member, room: Room, number: int) -> Part | Skipped:
    """Keep a file, or say why not; of several of one name, where programs unpack but one, the later are numbered."""
    name = member.name if number == 1 else f"{member.name} ({number})"
    refusal = (LEADS_OUT if leads_out(member.name) else "") or member.refusal
    if refusal:
        return Skipped(name, refusal)
    try:
        with opening("it"), member.open() as stream:
            return Part(name, room.keep(member.name, stream, packed=member.packed))
    except RoomFull:
        raise
    except UnreadableContainer as error:
        return Skipped(name, error.message)


def leads_out(name: str) -> bool:
    """Whether a path in an archive would be written outside of the folder that it is unpacked into."""
    posix = name.replace("\\", "/")
    return posix.startswith("/") or posix[1:2] == ":" or ".." in posix.split("/") or "\x00" in name


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part == _OF_MACINTOSH or (part.startswith(".") and part != "..") for part in parts)


def _first_line(error: BaseException) -> str:
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    said = _OF_ZLIB.sub("", text).strip().splitlines()
    return said[0][:200] if said else type(error).__name__
