"""Mailboxes (MBOX, RFC 4155): every mail in it is a mail inside it."""

import mailbox
from pathlib import Path

from provcheck.errors import UnreadableContainer
from provcheck.records import Skipped
from provcheck.release.contents import Beside, Contents, Part
from provcheck.release.members import opening
from provcheck.release.readers.mails import MailReader
from provcheck.release.unpacking import Room


class MailboxReader:
    """Reads MBOX files."""

    def recognises(self, head: bytes, path: Path) -> bool:
        """See `ContainerReader`. A line that begins with `From ` stands before the first mail."""
        first, _, rest = head.partition(b"\n")
        return first.startswith(b"From ") and MailReader().recognises(rest, path)

    def contents(self, path: Path, room: Room, beside: Beside) -> Contents:  # noqa: ARG002 (the seam)
        """See `ContainerReader`."""
        parts: list[Part] = []
        try:
            with opening("the mailbox"):
                _take_out(path, room, parts)
        except UnreadableContainer as error:
            return Contents(tuple(parts), (Skipped("", error.message),))
        return Contents(tuple(parts))


def _take_out(path: Path, room: Room, parts: list[Part]) -> None:
    box = mailbox.mbox(path, create=False)
    try:
        for number, key in enumerate(box.iterkeys(), start=1):
            name = f"mail {number}.eml"
            parts.append(Part(name, room.keep(name, box.get_bytes(key))))
    finally:
        box.close()
