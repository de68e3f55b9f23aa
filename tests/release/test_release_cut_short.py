"""Containers whose end is missing, as after a broken download: what stands before it is read, and the rest is told."""

import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from container_files import jpeg, reasons

from provcheck.records import Release
from provcheck.release import Room, read_release
from provcheck.release.readers.locked import LOCKED
from provcheck.release.readers.zips import ENCRYPTED

PICTURES = {f"{name}.jpg": jpeg((300, 200), colour) for name, colour in (("a", (9, 9, 9)), ("b", (90, 9, 9)))}


class Pipe(io.RawIOBase):
    """What cannot be sought in: then `zipfile` writes lengths after the files, and not before."""

    def __init__(self) -> None:
        self.content = b""

    def writable(self) -> bool:
        return True

    def write(self, content: object) -> int:
        written = bytes(content)  # type: ignore[call-overload]
        self.content += written
        return len(written)


def archive(compression: int, *, piped: bool) -> bytes:
    stream = Pipe() if piped else io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as packed:
        for name, content in {**PICTURES, "last.jpg": PICTURES["a.jpg"]}.items():
            packed.writestr(name, content)
    return stream.content if isinstance(stream, Pipe) else stream.getvalue()


@pytest.fixture
def read(tmp_path: Path) -> Callable[[bytes], Release]:
    def call(content: bytes) -> Release:
        (tmp_path / "cut.bin").write_bytes(content)
        return read_release(tmp_path / "cut.bin", room=Room(tmp_path / "room"))

    return call


@pytest.mark.parametrize(
    ("compression", "piped"), [(zipfile.ZIP_STORED, False), (zipfile.ZIP_DEFLATED, False), (zipfile.ZIP_DEFLATED, True)]
)
def test_the_whole_files_of_a_cut_zip_are_read(read: Callable[[bytes], Release], compression: int, piped: bool) -> None:
    whole = archive(compression, piped=piped)
    release = read(whole[: whole.rindex(b"PK\x03\x04") + 120])
    assert {Path(image.file).name: Path(image.file).read_bytes() for image in release.images} == PICTURES
    assert reasons(release) == {
        "cut.bin » last.jpg": "it is cut short",
        "cut.bin": "cut short: the end of the archive is missing; 2 whole files stand before that",
    }
    assert all(item.missed for item in release.skipped)


def test_a_zip_without_its_directory_is_read_as_a_whole(read: Callable[[bytes], Release]) -> None:
    whole = archive(zipfile.ZIP_DEFLATED, piped=True)
    release = read(whole[: whole.index(b"PK\x01\x02") + 10])
    assert len(release.images) == 3
    assert list(reasons(release)) == ["cut.bin"]


def test_refusals_hold_in_a_cut_zip(read: Callable[[bytes], Release]) -> None:
    whole = bytearray(archive(zipfile.ZIP_DEFLATED, piped=False).replace(b"b.jpg", b"/bjpg"))
    whole[6] |= 1
    release = read(bytes(whole[: whole.index(b"PK\x01\x02")]))
    assert [Path(image.file).name for image in release.images] == ["last.jpg"]
    assert reasons(release)["cut.bin » a.jpg"] == ENCRYPTED
    assert "leads out" in reasons(release)["cut.bin » /bjpg"]


def test_the_pictures_of_a_cut_document_are_read_like_those_of_an_archive(read: Callable[[bytes], Release]) -> None:
    document = docx.Document()
    for content in PICTURES.values():
        document.add_picture(io.BytesIO(content))
    stream = io.BytesIO()
    document.save(stream)
    content = stream.getvalue()
    release = read(content[: content.index(b"PK\x01\x02")])
    assert {Path(image.file).read_bytes() for image in release.images} > set(PICTURES.values())  # and a thumbnail
    assert "cut short" in reasons(release)["cut.bin"]


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_the_whole_files_of_a_cut_tar_are_read(read: Callable[[bytes], Release], mode: str) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as packed:  # type: ignore[call-overload]
        for name, content in {**PICTURES, "last.jpg": bytes(range(256)) * 400}.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            packed.addfile(info, io.BytesIO(content))
    release = read(stream.getvalue()[: -len(stream.getvalue()) // 4 if mode == "w" else -200])
    assert {Path(image.file).name: Path(image.file).read_bytes() for image in release.images} == PICTURES
    assert (
        reasons(release)["cut.bin"] == "cut short: the end of the archive is missing; 2 whole files stand before that"
    )


def test_a_header_of_a_tar_that_states_gigabytes_is_not_read(read: Callable[[bytes], Release]) -> None:
    info = tarfile.TarInfo("long")
    info.type, info.size = tarfile.XHDTYPE, 3 << 30
    assert reasons(read(info.tobuf() + bytes(10_240))) == {
        "cut.bin": "a header of 3221225472 bytes; at most 1048576 are read"
    }


def test_an_office_document_with_a_password_says_what_to_do(read: Callable[[bytes], Release]) -> None:
    content = bytes.fromhex("d0cf11e0a1b11ae1").ljust(1024, b"\xff") + "EncryptedPackage".encode("utf-16-le")
    release = read(content.ljust(4096, b"\0"))
    assert [(item.reason, item.missed) for item in release.skipped] == [(LOCKED, True)]
