"""The records of a WARC file, one after the other, without believing any length that it states.

warcio reads the format. It reads lines of any length and tells damage on the standard error, neither of which may be
left to a stranger's file: so what it reads between two contents is counted, and what it says goes nowhere.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from provcheck.errors import UnreadableContainer
from provcheck.release.members import opening
from provcheck.release.pages import begins_page
from provcheck.release.unpacking import Limits

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

HEAD_BYTES: Final = 4096
MOST_RECORDS: Final = 50_000
LONGEST_NOTE: Final = 2_000
_LONGEST_TYPE: Final = 200
_WITH_CONTENT: Final = ("response", "resource")
_BLOCK: Final = 8192
_MOST_HEADER_BYTES: Final = 64 << 10
"""Between two contents, as packed: deflate packs 1000 times at most, so a line stays below some 70 MB."""
_READABLE_ENCODINGS: Final = frozenset({"", "identity", "gzip", "deflate"})


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a record, without its content.

    Attributes
    ----------
    kind : str
        `response`, `revisit`, `resource`, `metadata` and others (WARC-Type).
    status : int
        Of HTTP; 200 for a resource, 0 where there is none.
    reason : str
        What HTTP says beside the status.
    encoding : str
        Content encoding that is not read here; empty when it is.
    is_html : bool
        Whether it is a page that a person reads: asked of the content, and of its type only where that does not tell.
    note : str
        What a metadata record says, within limits.
    refers_to : str
        The address that a revisit refers to.
    """

    file: Path
    offset: int
    kind: str
    address: str
    length: int = 0
    status: int = 0
    reason: str = ""
    location: str = ""
    content_type: str = ""
    encoding: str = ""
    is_html: bool = False
    note: str = ""
    digest: str = ""
    refers_to: str = ""


def records_of(file: Path, limits: Limits) -> Iterator[Record]:
    """Yield the records of a WARC file, plain or packed record by record.

    Raises
    ------
    UnreadableContainer
        It is damaged, or goes beyond a limit.
    """
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 (loaded by the first web archive)

    most = max(limits.free_bytes, file.stat().st_size * limits.ratio)
    read = 0
    with _reading(), file.open("rb") as stream:
        counted = _Counted(stream)
        records = ArchiveIterator(counted, block_size=_BLOCK)
        for number, record in enumerate(records):
            counted.is_in_content = True
            begins, length = _begins(record), 0
            while chunk := record.raw_stream.read(_BLOCK):
                length += len(chunk)
                if read + length > most:
                    raise UnreadableContainer(f"more than {limits.ratio} times as large unpacked: a bomb")
            read += length + len(begins)
            counted.is_in_content = False
            yield _record(record, file, records.get_record_offset(), begins, length)
            if number >= MOST_RECORDS:
                raise UnreadableContainer(f"more than {MOST_RECORDS} records in it")


@contextmanager
def open_content(record: Record) -> Iterator[IO[bytes]]:
    """Open what a record holds, unpacked: the stream is read once, from the front."""
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 (loaded by the first web archive)

    with _reading(), record.file.open("rb") as stream:
        stream.seek(record.offset)
        counted = _Counted(stream)
        found = next(iter(ArchiveIterator(counted, block_size=_BLOCK)), None)
        counted.is_in_content = True
        yield found.content_stream() if found else io.BytesIO()


class _Counted:
    """A file that refuses to be read on and on where only the header of a record should stand."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._since_content = 0
        self.is_in_content = False

    def read(self, size: int = -1) -> bytes:
        chunk = self._stream.read(size)
        self._since_content = 0 if self.is_in_content else self._since_content + len(chunk)
        if self._since_content > _MOST_HEADER_BYTES:
            raise UnreadableContainer(f"a record whose header has more than {_MOST_HEADER_BYTES} bytes")
        return chunk

    def tell(self) -> int:
        return self._stream.tell()


@contextmanager
def _reading() -> Iterator[None]:
    from warcio.bufferedreaders import ChunkedDataException  # noqa: PLC0415 (loaded by the first web archive)
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415
    from warcio.statusandheaders import StatusAndHeadersParserException  # noqa: PLC0415

    with redirect_stderr(io.StringIO()), opening("the WARC file"):
        try:
            yield
        except (ArchiveLoadFailed, ChunkedDataException, StatusAndHeadersParserException) as error:
            said = next((line for line in str(error).split("\n") if line.strip()), "")
            raise UnreadableContainer(
                f"the WARC file is damaged, or packed as a whole: {said.strip()[:100]}"
            ) from error


def _begins(record: "ArcWarcRecord") -> bytes:
    content: bytes = record.content_stream().read(LONGEST_NOTE if record.rec_type == "metadata" else HEAD_BYTES)
    return content


def _record(record: "ArcWarcRecord", file: Path, offset: int, begins: bytes, length: int) -> Record:
    said, http = record.rec_headers, record.http_headers
    status = http.get_statuscode() if http else "200" if record.rec_type == "resource" else "0"
    encoding = (http.get_header("content-encoding") or "").strip().lower() if http else ""
    content_type = (http.get_header("content-type") or "") if http else record.content_type or ""
    return Record(
        file=file,
        offset=offset,
        kind=record.rec_type or "",
        address=(said.get_header("WARC-Target-URI") or "").strip("<>"),
        length=length + len(begins),
        status=int(status) if status and status.isascii() and status.isdigit() else 0,
        reason=http.statusline.partition(" ")[2][:60] if http else "",
        location=(http.get_header("location") or "") if http else "",
        content_type=content_type[:_LONGEST_TYPE],
        encoding="" if encoding in _READABLE_ENCODINGS else encoding[:40],
        is_html=record.rec_type in _WITH_CONTENT and _is_html(begins, content_type),
        note=begins.decode("utf-8", "replace") if record.rec_type == "metadata" else "",
        digest=said.get_header("WARC-Payload-Digest") or "",
        refers_to=(said.get_header("WARC-Refers-To-Target-URI") or "").strip("<>"),
    )


def _is_html(begins: bytes, content_type: str) -> bool:
    if begins_page(begins):
        return True
    return "html" in content_type.lower() and b"<" in begins and b"\x00" not in begins
