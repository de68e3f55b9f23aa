"""What an address answered, found in web archives: through redirects, and through revisits to what they repeat."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from provcheck.errors import NotFetched, UnreadableContainer
from provcheck.media.refusals import one_line
from provcheck.records import Skipped
from provcheck.release.addresses import next_address, normal_address
from provcheck.release.unpacking import Limits
from provcheck.release.warcs.records import Record, records_of
from provcheck.release.warcs.writing import NOT_FETCHED

OK: Final = 200
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_ANSWERS: Final = ("response", "revisit", "resource")


@dataclass(frozen=True, slots=True)
class Found:
    """What is at an address.

    Attributes
    ----------
    address : str
        The last of those that it leads to.
    record : Record or None
        Its content; None when there is none.
    why : str
        Why there is none; empty when the archive does not say.
    """

    address: str
    record: Record | None = None
    why: str = ""


@dataclass(slots=True)
class WebArchive:
    """The answers of one or more WARC files.

    Attributes
    ----------
    answers : dict of str to Record
        By normal address, in the order of the files: of several the first with content.
    failures : dict of str to str
        Why an address was not fetched, as provcheck noted it.
    skipped : list of Skipped
        What is damaged.
    """

    answers: dict[str, Record] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    by_digest: dict[str, Record] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)

    def find(self, address: str) -> Found:
        """Return what an address, or the last one that it leads to, answered with content, or why nothing is there."""
        passed: set[str] = set()
        while address not in passed:
            record = self.answers.get(address)
            if record is None:
                led_away = f"it leads to {address}, which is not in the archive" if passed else ""
                return Found(address, why=self.failures.get(address, led_away))
            if record.status not in REDIRECTS or not record.location:
                return self._with_content(address, record)
            passed.add(address)
            try:
                address = next_address(address, record.location)
            except NotFetched as error:
                return Found(address, why=error.message)
        return Found(address, why=f"{address} leads back to itself")

    def _with_content(self, address: str, record: Record) -> Found:
        whole = self._repeated(record)
        if whole is None:
            return Found(address, why="it repeats an answer that is not in the archive")
        if whole.status != OK:
            return Found(address, why=f"the server answered {whole.status} {whole.reason}".strip())
        if whole.encoding:
            return Found(address, why=f"it is encoded as {whole.encoding}, which is not read")
        return Found(address, whole)

    def _repeated(self, record: Record) -> Record | None:
        if record.kind != "revisit":
            return record
        return self.by_digest.get(record.digest) or self._referred(record)

    def _referred(self, record: Record) -> Record | None:
        found = self.answers.get(_normal(record.refers_to))
        return found if found and found.kind != "revisit" else None


def read_archive(files: Iterable[Path], limits: Limits) -> WebArchive:
    """Read what addresses WARC files have; damage ends only the file that it is in."""
    archive = WebArchive()
    for file in files:
        try:
            for record in records_of(file, limits):
                _add(record, archive)
        except UnreadableContainer as error:
            archive.skipped.append(Skipped("", error.message))
    return archive


def _add(record: Record, archive: WebArchive) -> None:
    address = _normal(record.address)
    if not address:
        return
    if record.kind in _ANSWERS:
        before = archive.answers.get(address)
        if before is None or (before.status != OK and not _leads_back(record, address)):
            archive.answers[address] = record
        if record.kind != "revisit" and record.digest and record.status == OK:
            archive.by_digest.setdefault(record.digest, record)
    elif record.kind == "metadata" and (reason := _noted(record.note)):
        archive.failures.setdefault(address, reason)


def _leads_back(record: Record, address: str) -> bool:
    """Whether a redirect leads to the address that it is from, as with cookies, which says nothing."""
    try:
        return record.status in REDIRECTS and next_address(address, record.location) == address
    except NotFetched:
        return False


def _noted(note: str) -> str:
    lines = note.splitlines()
    return next((one_line(line.partition(":")[2]) for line in lines if line.startswith(f"{NOT_FETCHED}:")), "")


def _normal(address: str) -> str:
    try:
        return normal_address(address)
    except NotFetched:
        return ""
