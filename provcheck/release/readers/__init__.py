"""The kinds of containers that a release may come in: one reader, one file, one line each, asked in this order.

A file is recognised by its content. Office documents come before the ZIP archives that they also are.
"""

from pathlib import Path
from typing import Final

from provcheck.errors import UnreadableMedia
from provcheck.media.files import read_head
from provcheck.release.contents import ContainerReader
from provcheck.release.readers.books import BookReader
from provcheck.release.readers.locked import LockedReader
from provcheck.release.readers.mailboxes import MailboxReader
from provcheck.release.readers.mails import MailReader
from provcheck.release.readers.opendocument import OpenDocumentReader
from provcheck.release.readers.outlook import OutlookReader
from provcheck.release.readers.pdfs import PdfReader
from provcheck.release.readers.rich_texts import RichTextReader
from provcheck.release.readers.slides import SlidesReader
from provcheck.release.readers.tars import TarReader
from provcheck.release.readers.waczs import WaczReader
from provcheck.release.readers.warcs import WarcReader
from provcheck.release.readers.webpages import PageReader
from provcheck.release.readers.word import WordReader
from provcheck.release.readers.zips import ZipReader

READERS: Final[dict[str, ContainerReader]] = {
    "Word document": WordReader(),
    "PowerPoint presentation": SlidesReader(),
    "locked Office document": LockedReader(),
    "OpenDocument": OpenDocumentReader(),
    "EPUB book": BookReader(),
    "PDF document": PdfReader(),
    "rich text": RichTextReader(),
    "WACZ web archive": WaczReader(),
    "ZIP archive": ZipReader(),
    "TAR archive": TarReader(),
    "WARC web archive": WarcReader(),
    "saved web page": PageReader(),
    "Outlook mail": OutlookReader(),
    "mailbox": MailboxReader(),
    "mail": MailReader(),
}


def reader_of(path: Path) -> ContainerReader | None:
    """Return the reader that recognises a file; None when it is no container, or cannot be read."""
    try:
        head = read_head(path)
    except UnreadableMedia:
        return None
    return next((reader for reader in READERS.values() if reader.recognises(head, path)), None)
