"""Archives to a release: what is in them is found, named by its place, and nothing in them can do harm."""

import io
import stat
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from container_files import captions, reasons, tar_of, zip_of
from embedded_media import write_jpeg

from provcheck.errors import FactsError, UnreadableContainer
from provcheck.moments import parse_moment
from provcheck.records import Release, Stated
from provcheck.release import Room, read_release, read_releases, working_folder
from provcheck.release.members import LEADS_OUT, LINK, SPECIAL
from provcheck.release.readers.tars import UNPACKS_ZSTANDARD, UNREADABLE
from provcheck.release.readers.zips import ENCRYPTED, ZipReader
from provcheck.release.unpacking import Limits, file_name
from provcheck.release.zip_files import LARGEST_DIRECTORY_BYTES, directory_bytes

MANIFEST = """title = "Evidence"
published = 2017-11-14
language = "en"
[claims]
captured = 2017-11-09
[[image]]
path = "photo-1.jpg"
caption = "First"
[[image]]
path = "extra/photo-2.jpg"
caption = "Second"
"""


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path / "room")


@pytest.fixture
def photo(tmp_path: Path) -> bytes:
    write_jpeg(tmp_path / "any.jpg")
    return (tmp_path / "any.jpg").read_bytes()


def write_zip(path: Path, files: dict[str, bytes | str]) -> Path:
    path.write_bytes(zip_of(files))
    return path


def names(release: Release) -> list[str]:
    return [image.name for image in release.images]


@pytest.mark.parametrize("top", ["", "release/"])
def test_a_zip_is_read_like_the_folder_in_it_with_its_manifest(
    tmp_path: Path, room: Room, photo: bytes, top: str
) -> None:
    files: dict[str, bytes | str] = {
        "release.toml": MANIFEST,
        "photo-1.jpg": photo,
        "extra/photo-2.jpg": photo + b"2",
        "README.txt": "Read me",
    }
    path = write_zip(tmp_path / "photos.zip", {f"{top}{name}": content for name, content in files.items()})
    release = read_release(path, room=room)
    assert captions(release) == {
        f"photos.zip » {top}photo-1.jpg": Stated("First", "release.toml, line 8"),
        f"photos.zip » {top}extra/photo-2.jpg": Stated("Second", "release.toml, line 11"),
    }
    assert (release.title, release.published, release.language) == ("Evidence", parse_moment("2017-11-14"), "en")
    assert [(item.path, item.missed) for item in release.skipped] == [(f"photos.zip » {top}README.txt", False)]


def test_pictures_come_out_whole_and_are_known_by_their_digests(tmp_path: Path, room: Room, photo: bytes) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    write_jpeg(folder / "photo.jpg")
    release = read_release(write_zip(tmp_path / "photos.zip", {"photo.jpg": photo}), room=room)
    (image,) = release.images
    assert Path(image.file).read_bytes() == photo
    assert image.sha256 == read_release(folder).images[0].sha256


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_tars_are_read_packed_and_plain_whatever_they_are_called(
    tmp_path: Path, room: Room, photo: bytes, mode: str
) -> None:
    path = tmp_path / "photos.bin"
    path.write_bytes(tar_of({"release/release.toml": MANIFEST.encode(), "release/photo-1.jpg": photo}, mode))
    release = read_release(path, room=room)
    assert names(release) == ["photos.bin » release/photo-1.jpg"]
    assert release.title == "Evidence"


def test_containers_inside_each_other_and_inside_a_folder_are_opened(tmp_path: Path, room: Room, photo: bytes) -> None:
    folder = tmp_path / "release"
    folder.mkdir()
    inner = tar_of({"a.jpg": photo}, "w:gz")
    write_zip(folder / "photos.zip", {"deep/photos.tgz": inner, "b.jpg": photo})
    (folder / "release.toml").write_text(
        '[[image]]\npath = "photos.zip » deep/photos.tgz » a.jpg"\ncaption = "Deep"\n[[image]]\nglob = "*/b.jpg"\n'
    )
    release = read_release(folder, room=room)
    assert captions(release) == {
        "photos.zip » b.jpg": None,
        "photos.zip » deep/photos.tgz » a.jpg": Stated("Deep", "release.toml, line 3"),
    }
    assert reasons(release) == {"*/b.jpg": "named in release.toml, line 5, but not in the folder"}


def test_a_manifest_that_is_not_at_the_top_is_told_not_read(tmp_path: Path, room: Room, photo: bytes) -> None:
    inner = zip_of({"release.toml": MANIFEST, "photo-1.jpg": photo})
    release = read_release(write_zip(tmp_path / "outer.zip", {"inner.zip": inner, "b.jpg": photo}), room=room)
    assert release.title is None
    assert list(reasons(release)) == ["outer.zip » inner.zip » release.toml"]


def test_a_wrong_manifest_in_an_archive_is_named_by_its_place(tmp_path: Path, room: Room) -> None:
    path = write_zip(tmp_path / "photos.zip", {"release.toml": "colour = 1\n"})
    with pytest.raises(FactsError, match=r"^photos.zip » release.toml, line 1"):
        read_release(path, room=room)
    (release,) = read_releases([path], tmp_path / "rooms")
    assert list(reasons(release)) == ["photos.zip » release.toml"]


def test_without_a_room_a_container_stays_closed_and_is_told(tmp_path: Path, photo: bytes) -> None:
    release = read_release(write_zip(tmp_path / "photos.zip", {"a.jpg": photo}))
    assert not release.images
    assert reasons(release)["photos.zip"].endswith("pictures inside it are not checked")


# ---------------------------------------------------------------- hostile archives


@pytest.mark.parametrize("name", ["../out.jpg", "/etc/out.jpg", "a/../../out.jpg", "..\\out.jpg", "C:\\out.jpg"])
def test_a_path_that_leads_out_is_refused(tmp_path: Path, room: Room, photo: bytes, name: str) -> None:
    release = read_release(write_zip(tmp_path / "evil.zip", {name: photo, "good.jpg": photo}), room=room)
    assert names(release) == ["evil.zip » good.jpg"]
    assert LEADS_OUT in reasons(release).values()
    assert not list(tmp_path.rglob("out.jpg"))


def test_links_and_devices_are_refused(tmp_path: Path, room: Room) -> None:
    link = zipfile.ZipInfo("link.jpg")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "links.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with tarfile.open(tmp_path / "links.tar", "w") as tar:
        for name, kind in (
            ("soft.jpg", tarfile.SYMTYPE),
            ("hard.jpg", tarfile.LNKTYPE),
            ("pipe.jpg", tarfile.FIFOTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            tar.addfile(info)
    packed = read_release(tmp_path / "links.zip", room=room)
    assert (packed.images, reasons(packed)) == ((), {"links.zip » link.jpg": LINK})
    tarred = read_release(tmp_path / "links.tar", room=room)
    assert (tarred.images, list(reasons(tarred).values())) == ((), [LINK, LINK, SPECIAL])


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_a_bomb_is_refused_and_leaves_nothing(tmp_path: Path, photo: bytes, kind: str) -> None:
    files: dict[str, bytes] = {"good.jpg": photo, "bomb.bmp": bytes(4_000_000)}
    path = tmp_path / f"bomb.{kind}"
    path.write_bytes(zip_of({**files}) if kind == "zip" else tar_of(files, "w:gz"))
    room = Room(tmp_path / "room", Limits(ratio=100, free_bytes=100_000))
    release = read_release(path, room=room)
    assert names(release) == [f"bomb.{kind} » good.jpg"]
    (reason,) = reasons(release).values()
    assert "bomb" in reason or "the rest was not looked at" in reason
    assert sum(file.stat().st_size for file in room.folder.rglob("*") if file.is_file()) < 200_000


def test_what_is_more_than_fits_ends_the_reading_with_a_reason(tmp_path: Path, photo: bytes) -> None:
    path = write_zip(tmp_path / "many.zip", {f"{number:03}.jpg": photo for number in range(20)})
    few = read_release(path, room=Room(tmp_path / "few", Limits(files=5)))
    assert len(few.images) == 5
    assert reasons(few) == {"many.zip": "more than 5 files in it: the rest was not looked at"}
    small = read_release(path, room=Room(tmp_path / "small", Limits(total_bytes=3 * len(photo) + 1)))
    assert len(small.images) == 3
    assert "the rest was not looked at" in reasons(small)["many.zip"]


def test_ten_thousand_pictures_are_bounded(tmp_path: Path) -> None:
    files: dict[str, bytes | str] = {f"{number}.txt": "" for number in range(10_001)}
    release = read_release(write_zip(tmp_path / "many.zip", files), room=Room(tmp_path / "room", Limits(files=1_000)))
    assert reasons(release)["many.zip"] == "more than 1000 files in it: the rest was not looked at"


def test_nesting_ends_at_a_limit(tmp_path: Path, room: Room, photo: bytes) -> None:
    packed = zip_of({"a.jpg": photo})
    for _ in range(room.limits.depth):
        packed = zip_of({"in.zip": packed})
    (tmp_path / "deep.zip").write_bytes(packed)
    release = read_release(tmp_path / "deep.zip", room=room)
    assert not release.images
    (reason,) = reasons(release).values()
    assert reason == "more than 5 containers inside each other: not opened"


def lying_length(content: bytes) -> bytes:
    """Write another unpacked length into both headers of the only file of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        stated = archive.infolist()[0].file_size.to_bytes(4, "little")
    assert content.count(stated) >= 2
    return content.replace(stated, (10).to_bytes(4, "little"))


def damaged(photo: bytes) -> Iterator[tuple[str, bytes]]:
    whole = zip_of({"a.jpg": photo})
    yield "cut off", whole[: len(whole) // 2] + whole[-22:]
    yield "length", lying_length(whole)
    yield "tar cut off", tar_of({"a.jpg": photo * 9}, "w:gz")[:400]


def test_damaged_archives_are_told_and_never_crash(tmp_path: Path, room: Room, photo: bytes) -> None:
    for what, content in damaged(photo):
        path = tmp_path / f"{what}.bin"
        path.write_bytes(content)
        (release,) = read_releases([path], tmp_path / f"rooms of {what}")
        assert not release.images, what
        assert any(item.missed for item in release.skipped), what
    assert room.files == 0


def test_encrypted_files_are_told(tmp_path: Path, room: Room, photo: bytes) -> None:
    content = bytearray(zip_of({"a.jpg": photo}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "secret.zip").write_bytes(bytes(content))
    assert reasons(read_release(tmp_path / "secret.zip", room=room)) == {"secret.zip » a.jpg": ENCRYPTED}


def test_hidden_files_are_passed_over_as_in_folders(tmp_path: Path, room: Room, photo: bytes) -> None:
    files: dict[str, bytes | str] = {"__MACOSX/._a.jpg": b"\x00\x05\x16\x07", ".hidden/a.jpg": photo, "a.jpg": photo}
    release = read_release(write_zip(tmp_path / "mac.zip", files), room=room)
    assert (names(release), release.skipped) == (["mac.zip » a.jpg"], ())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a/b/photo.jpg", "photo.jpg"),
        ("a\\..\\photo.jpg", "photo.jpg"),
        ("..", "_"),
        ("", "_"),
        ("x" * 500 + ".jpeg", "x" * 96 + ".jpeg"),
        ("a\x00b:c.jpg", "a_b_c.jpg"),
        ("\udcff.jpg", "_.jpg"),
    ],
)
def test_names_on_disk_are_harmless(name: str, expected: str) -> None:
    assert file_name(name) == expected


def interrupted_after_reading(path: Path, seen: list[Path]) -> None:
    with working_folder() as folder:
        seen += [Path(image.file) for image in read_releases([path], folder)[0].images]
        assert all(file.exists() for file in seen)
        raise KeyboardInterrupt


def test_the_working_folder_is_gone_even_after_an_interruption(tmp_path: Path, photo: bytes) -> None:
    seen: list[Path] = []
    with pytest.raises(KeyboardInterrupt):
        interrupted_after_reading(write_zip(tmp_path / "photos.zip", {"a.jpg": photo}), seen)
    (file,) = seen
    assert not file.parent.parent.exists()


def test_a_directory_too_long_to_be_read_is_refused(tmp_path: Path, room: Room, photo: bytes) -> None:
    content = bytearray(zip_of({"a.jpg": photo}))
    content[-10:-6] = (LARGEST_DIRECTORY_BYTES + 1).to_bytes(4, "little")
    (tmp_path / "long.zip").write_bytes(bytes(content))
    with pytest.raises(UnreadableContainer, match="a ZIP directory of 16777217 bytes"):
        ZipReader().contents(tmp_path / "long.zip", room, lambda _: None)


def test_the_directory_of_a_sane_archive_is_measured(tmp_path: Path, photo: bytes) -> None:
    path = write_zip(tmp_path / "photos.zip", {"a.jpg": photo})
    assert directory_bytes(path) == 46 + len("a.jpg")


ZSTANDARD = bytes.fromhex("28b52ffd04585100007573746172206f722061206c6f74206f66206974d9a4b0b6")


def test_zstandard_is_named_where_python_does_not_unpack_it(tmp_path: Path, room: Room) -> None:
    (tmp_path / "release").mkdir()
    (tmp_path / "release" / "photos.tar.zst").write_bytes(ZSTANDARD)
    release = read_release(tmp_path / "release", room=room)
    assert not release.images
    assert [item.missed for item in release.skipped] == [True]
    assert UNPACKS_ZSTANDARD or reasons(release) == {"photos.tar.zst": UNREADABLE}


@pytest.mark.skipif(not UNPACKS_ZSTANDARD, reason="Python unpacks Zstandard from version 3.14 on")
def test_a_tar_archive_packed_by_zstandard_is_read(tmp_path: Path, room: Room, photo: bytes) -> None:
    (tmp_path / "photos.tar.zst").write_bytes(tar_of({"a.jpg": photo}, "w:zst"))
    assert names(read_release(tmp_path / "photos.tar.zst", room=room)) == ["photos.tar.zst » a.jpg"]


def test_files_of_one_name_are_all_read_and_told_apart(tmp_path: Path, room: Room, photo: bytes) -> None:
    """Programs unpack the last of them, and some show the first."""
    content = zip_of({"a.jpg": photo, "b.jpg": photo + b"\0", "c.jpg": b"text"})
    (tmp_path / "twice.zip").write_bytes(content.replace(b"b.jpg", b"a.jpg").replace(b"c.jpg", b"a.jpg"))
    release = read_release(tmp_path / "twice.zip", room=room)
    assert names(release) == ["twice.zip » a.jpg", "twice.zip » a.jpg (2)", "twice.zip » a.jpg (3)"]
