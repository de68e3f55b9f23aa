"""TAR archives, plain or packed by gzip, bzip2, xz or, from Python 3.14 on, Zstandard.

They are read as a stream, once, from the front: seeking in a packed archive would unpack it again and again.
"""

import bz2
import lzma
import sys
import tarfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, Final, Self

from provcheck.errors import UnreadableContainer
from provcheck.media.files import read_head
from provcheck.records import Skipped
from provcheck.release.contents import Beside, Contents, Part
from provcheck.release.members import LINK, SPECIAL, Member, keep_members, opening
from provcheck.release.unpacking import Limits, Room

_USTAR: Final = slice(257, 262)
_FIRST_BLOCK: Final = 512
LARGEST_HEADER_BYTES: Final = 1 << 20
_READ_WHOLE: Final = (
    tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK
)  # fmt: skip
_UNPACKERS: Final[dict[bytes, Callable[[bytes], bytes]]] = {
    b"\x1f\x8b": lambda head: zlib.decompressobj(wbits=31).decompress(head, _FIRST_BLOCK),
    b"BZh": lambda head: bz2.BZ2Decompressor().decompress(head, _FIRST_BLOCK),
    b"\xfd7zXZ\x00": lambda head: lzma.LZMADecompressor().decompress(head, _FIRST_BLOCK),
}
_ZSTANDARD: Final = b"\x28\xb5\x2f\xfd"
UNPACKS_ZSTANDARD: Final = sys.version_info >= (3, 14)
UNREADABLE: Final = "packed by Zstandard, which Python reads from version 3.14 on: use `zstd -d`, and check the result"


class TarReader:
    """Reads TAR archives."""

    def recognises(self, head: bytes, path: Path) -> bool:
        """See `ContainerReader`. bzip2 gives nothing before its first block is whole, so more is read for it.

        What is packed by Zstandard is taken for an archive where it cannot be looked into, so that it is named.
        """
        if head.startswith(_ZSTANDARD):
            return not UNPACKS_ZSTANDARD or _begins_tar(_unpacked(path, _begin_of_zstandard))
        for magic, unpack in _UNPACKERS.items():
            if head.startswith(magic):
                return _begins_tar(_unpacked(path, unpack))
        return _begins_tar(head)

    def contents(self, path: Path, room: Room, beside: Beside) -> Contents:  # noqa: ARG002 (the seam)
        """See `ContainerReader`."""
        packed = path.stat().st_size
        if not UNPACKS_ZSTANDARD and read_head(path).startswith(_ZSTANDARD):
            raise UnreadableContainer(UNREADABLE)
        with opening("the TAR archive"), tarfile.open(path, "r|*", tarinfo=_Info) as archive:
            found = list(keep_members(_members(archive, packed, room.limits), room))
        return Contents(
            parts=tuple(item for item in found if isinstance(item, Part)),
            skipped=tuple(item for item in found if isinstance(item, Skipped)),
            is_folder=True,
        )


class _Info(tarfile.TarInfo):
    """A header; `tarfile` reads those that hold long names and other fields into memory, whatever length they state."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """See `tarfile.TarInfo`."""
        info = super().frombuf(buf, encoding, errors)
        if info.type in _READ_WHOLE and info.size > LARGEST_HEADER_BYTES:
            raise UnreadableContainer(f"a header of {info.size} bytes; at most {LARGEST_HEADER_BYTES} are read")
        return info


def _begins_tar(start: bytes) -> bool:
    return start[_USTAR] == b"ustar"


def _unpacked(path: Path, unpack: Callable[[bytes], bytes]) -> bytes:
    try:
        with path.open("rb") as stream:
            return unpack(stream.read(1 << 20))
    except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError):
        return b""


def _begin_of_zstandard(packed: bytes) -> bytes:
    if sys.version_info >= (3, 14):
        from compression.zstd import ZstdDecompressor, ZstdError  # noqa: PLC0415 (not there in older versions)

        try:
            return ZstdDecompressor().decompress(packed, _FIRST_BLOCK)
        except ZstdError as error:
            raise ValueError(str(error)) from error
    return b""


def _members(archive: tarfile.TarFile, packed: int, limits: Limits) -> Iterator[Member]:
    for info in archive:
        if info.size > max(limits.free_bytes, packed * limits.ratio):
            raise UnreadableContainer(
                f"{info.name[:100]} says that it has {info.size} bytes: the rest was not looked at"
            )
        if not info.isdir():
            yield Member(info.name, partial(_open, archive, info), packed, _refusal(info))


def _open(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    stream = archive.extractfile(info)
    if stream is None:
        raise UnreadableContainer(SPECIAL)
    return stream


def _refusal(info: tarfile.TarInfo) -> str:
    if info.issym() or info.islnk():
        return LINK
    return "" if info.isreg() else SPECIAL
