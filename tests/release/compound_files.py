"""Compound files ([MS-CFB], version 3) and the Outlook mails in them, as small as the readers of both allow."""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Union

SECTOR = 512
SMALL = 64
CUTOFF = 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
Tree = Mapping[str, Union[bytes, "Tree"]]
EPOCH = datetime.fromisoformat("1601-01-01T00:00:00+00:00")


@dataclass
class _Entry:
    name: str
    content: bytes | None
    children: list[int] = field(default_factory=list)
    start: int = END


def compound_file(tree: Tree) -> bytes:
    """Return a compound file with these storages and streams."""
    entries = list(_entries(tree))
    sectors: list[bytes] = []
    fat: list[int] = []
    small, small_fat = b"", []
    for entry in entries[1:]:
        if entry.content is None:
            continue
        if len(entry.content) >= CUTOFF:
            entry.start = _append(entry.content, sectors, fat)
        elif entry.content:
            entry.start = len(small) // SMALL
            count = -(-len(entry.content) // SMALL)
            small_fat += [*range(entry.start + 1, entry.start + count), END]
            small += entry.content.ljust(count * SMALL, b"\0")
    entries[0].content, entries[0].start = small, _append(small, sectors, fat)
    small_fat_start = _append(b"".join(struct.pack("<I", at) for at in small_fat), sectors, fat, b"\xff")
    directory = _append(b"".join(_directory(entry, entries) for entry in entries), sectors, fat)
    count = -(-(len(fat) + 2) // (SECTOR // 4 - 1))
    places = range(len(fat), len(fat) + count)
    table = b"".join(struct.pack("<I", at) for at in [*fat, *[FAT] * count]).ljust(count * SECTOR, b"\xff")
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        count,
        directory,
        0,
        CUTOFF,
        small_fat_start,
        -(-len(small_fat) * 4 // SECTOR),
        END,
        0,
    )
    return (
        (header + b"".join(struct.pack("<I", at) for at in places)).ljust(SECTOR, b"\xff") + b"".join(sectors) + table
    )


def _append(content: bytes, sectors: list[bytes], fat: list[int], padding: bytes = b"\0") -> int:
    start, count = len(sectors), -(-len(content) // SECTOR)
    sectors += [content[at * SECTOR : (at + 1) * SECTOR].ljust(SECTOR, padding) for at in range(count)]
    fat += [*range(start + 1, start + count), END] if count else []
    return start if count else END


def _entries(tree: Tree) -> Iterator[_Entry]:
    """Yield the entries so that every one knows the numbers of its children."""
    root = _Entry("Root Entry", None)
    found, waiting = [root], [(root, tree)]
    while waiting:
        parent, inside = waiting.pop(0)
        for name, content in inside.items():
            entry = _Entry(name, content if isinstance(content, bytes) else None)
            parent.children.append(len(found))
            found.append(entry)
            if not isinstance(content, bytes):
                waiting.append((entry, content))
    return iter(found)


def _directory(entry: _Entry, entries: Sequence[_Entry]) -> bytes:
    """Return an entry of the directory. Siblings form a list to the right, which is a tree for any reader."""
    number = entries.index(entry)
    siblings = next((other.children for other in entries if number in other.children), [number])
    place = siblings.index(number)
    right = siblings[place + 1] if place + 1 < len(siblings) else FREE
    name = f"{entry.name}\0".encode("utf-16-le")
    kind = 5 if number == 0 else 1 if entry.content is None else 2
    child = entry.children[0] if entry.children else FREE
    size = len(entry.content or b"")
    return struct.pack(
        "<64sHBBIII16sIQQIQ", name, len(name), kind, 1, FREE, right, child, b"", 0, 0, 0, entry.start, size
    )


def outlook_mail(
    subject: str, html: str = "", sent: datetime | None = None, attached: Sequence[Tree] = (), header: int = 32
) -> Tree:
    """Return the storages and streams of a mail; `header` is 24 for one inside another."""
    ticks = int((sent - EPOCH).total_seconds() * 10_000_000) if sent else 0
    times = struct.pack("<HHIQ", 0x0040, 0x0039, 6, ticks) if sent else b""
    page = struct.pack("<HHIQ", 0x0003, 0x3FDE, 6, 65001)
    return {
        "__nameid_version1.0": {"__substg1.0_00020102": b"\0" * 16},
        "__properties_version1.0": bytes(header) + times + page,
        "__substg1.0_0037001F": subject.encode("utf-16-le"),
        **({"__substg1.0_10130102": html.encode()} if html else {}),
        **{f"__attach_version1.0_#{at:08X}": content for at, content in enumerate(attached)},
    }


def attachment(name: str, content: bytes | Tree, content_id: str = "") -> Tree:
    """Return an attachment: a file, or another mail."""
    data = "__substg1.0_37010102" if isinstance(content, bytes) else "__substg1.0_3701000D"
    return {
        "__properties_version1.0": bytes(8),
        "__substg1.0_3707001F": name.encode("utf-16-le"),
        "__substg1.0_370E001F": "image/jpeg".encode("utf-16-le"),
        **({"__substg1.0_3712001F": content_id.encode("utf-16-le")} if content_id else {}),
        data: content,
    }
