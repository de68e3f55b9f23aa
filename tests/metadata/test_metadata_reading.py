"""What whole files say of themselves, in every format, damaged and hostile, and never an exception."""

import hashlib
import struct
import tracemalloc
from pathlib import Path

import pytest
from embedded_media import PICTURE, exif_of, iptc_block, write_jpeg, write_png, write_tiff, xmp_packet
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from provcheck.metadata import read_metadata
from provcheck.metadata.segments import EXTENDED_XMP
from provcheck.records import FileMetadata, Moment

IPTC = iptc_block({55: "20171109", 60: "133700+0300", 90: "Abu Kamal"})
GPS: dict[int, object] = {1: "S", 2: (33.0, 21.0, 0.0), 3: "E", 4: (43.0, 46.0, 48.0)}
XMP = xmp_packet('photoshop:City="Abu Kamal" xmp:CreatorTool="GIMP 2.10"')
EXIF = exif_of("2017:11:09 13:37:05", "+03:00", gps=GPS, tags={0x010F: "Maker"})


def names(metadata: FileMetadata) -> list[str]:
    return [statement.origin for statement in metadata.statements]


def taken(path: Path) -> str | None:
    found = [one.value for one in read_metadata(path).statements if one.name == "DateTimeOriginal"]
    return found[0].text if found and isinstance(found[0], Moment) else None


def test_a_jpeg_file_has_all_three_in_order(tmp_path: Path) -> None:
    metadata = read_metadata(write_jpeg(tmp_path / "a.jpg", iptc=IPTC, xmp=XMP, exif=EXIF))
    assert names(metadata) == [
        "EXIF Make", "EXIF DateTimeOriginal", "EXIF GPS", "IPTC 2:55 Date Created", "IPTC 2:90 City",
        "XMP photoshop:City", "XMP xmp:CreatorTool",
    ]  # fmt: skip
    assert metadata.unread == ()


def test_a_tiff_file_has_all_three(tmp_path: Path) -> None:
    """Pillow writes tags of one's own, or EXIF, and not both."""
    assert {"IPTC 2:55 Date Created", "XMP photoshop:City"} <= set(
        names(read_metadata(write_tiff(tmp_path / "a.tif", iptc=IPTC, xmp=XMP)))
    )
    PICTURE.save(tmp_path / "b.tif", exif=EXIF)
    assert names(read_metadata(tmp_path / "b.tif")) == ["EXIF Make", "EXIF DateTimeOriginal", "EXIF GPS"]


def test_a_png_file_has_xmp_and_exif(tmp_path: Path) -> None:
    metadata = read_metadata(write_png(tmp_path / "a.png", xmp=XMP, exif=EXIF))
    assert {"EXIF DateTimeOriginal", "XMP photoshop:City"} <= set(names(metadata))


@pytest.mark.parametrize("suffix", ["webp", "avif"])
def test_webp_and_avif_files_have_xmp_and_exif(tmp_path: Path, suffix: str) -> None:
    PICTURE.save(tmp_path / f"a.{suffix}", exif=EXIF, xmp=XMP)
    metadata = read_metadata(tmp_path / f"a.{suffix}")
    assert {"EXIF DateTimeOriginal", "XMP photoshop:City"} <= set(names(metadata))


def extended(packet: bytes, *, part: int) -> list[bytes]:
    digest = hashlib.md5(packet, usedforsecurity=False).hexdigest().upper().encode()
    return [
        EXTENDED_XMP + digest + struct.pack(">II", len(packet), at) + packet[at : at + part]
        for at in range(0, len(packet), part)
    ]


def test_extended_xmp_is_put_together_in_any_order(tmp_path: Path) -> None:
    parts = extended(xmp_packet('photoshop:Headline="From the second packet"'), part=300)
    assert len(parts) > 2
    path = write_jpeg(tmp_path / "a.jpg", xmp=XMP, segments=parts[::-1])
    assert "XMP photoshop:Headline" in names(read_metadata(path))


def test_extended_xmp_with_a_part_missing_is_named(tmp_path: Path) -> None:
    parts = extended(xmp_packet('photoshop:Headline="From the second packet"'), part=300)
    metadata = read_metadata(write_jpeg(tmp_path / "a.jpg", xmp=XMP, segments=parts[1:]))
    assert "XMP photoshop:City" in names(metadata)
    assert [reason for reason in metadata.unread if reason.startswith("XMP: ")]


def test_lying_lengths_of_extended_xmp_take_no_memory(tmp_path: Path) -> None:
    part = EXTENDED_XMP + b"A" * 32 + struct.pack(">II", 0xFFFFFFFF, 0xFFFFFFF0) + b"<x/>"
    path = write_jpeg(tmp_path / "a.jpg", segments=[part] * 3)
    tracemalloc.start()
    read_metadata(path)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("digest", "is_newer"),
    [(hashlib.md5(IPTC, usedforsecurity=False).digest(), False), (b"\x01" * 16, True), (b"\x00" * 16, False)],
)
def test_the_digest_tells_whether_iptc_was_changed_later(tmp_path: Path, digest: bytes, is_newer: bool) -> None:
    path = write_jpeg(tmp_path / "a.jpg", iptc=IPTC, resources={1061: digest})
    assert read_metadata(path).iptc_is_newer is is_newer


def test_reading_metadata_decodes_no_pixel(tmp_path: Path) -> None:
    """The pixels are cut off, and what was written before them is still read."""
    path = write_jpeg(tmp_path / "a.jpg", iptc=IPTC, exif=EXIF)
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"\xff\xda")])
    assert taken(path) == "2017-11-09T13:37:05+03:00"


def test_iptc_that_was_stored_as_integers_is_bytes_again(tmp_path: Path) -> None:
    """Pillow writes them as bytes, so their entry in the directory is rewritten."""
    block = iptc_block({55: "20171109", 90: "padding"})
    path = write_tiff(tmp_path / "a.tif", iptc=block[: len(block) // 4 * 4])
    as_bytes, as_integers = (
        struct.pack("<HHI", 33723, kind, len(block) // 4 * 4 // size) for kind, size in ((7, 1), (4, 4))
    )
    data = path.read_bytes()
    assert data.count(as_bytes) == 1
    path.write_bytes(data.replace(as_bytes, as_integers))
    assert "IPTC 2:55 Date Created" in names(read_metadata(path))


@pytest.mark.parametrize("exif", [b"Exif\x00\x00II*\x00\xff\xff\xff\x7f", b"Exif\x00\x00no TIFF header"])
def test_damaged_exif_does_not_take_iptc_with_it(tmp_path: Path, exif: bytes) -> None:
    path = write_jpeg(tmp_path / "a.jpg", iptc=IPTC, exif=exif)
    assert "IPTC 2:55 Date Created" in names(read_metadata(path))


def test_directories_that_point_at_themselves_end(tmp_path: Path) -> None:
    """Directory 0 names itself as the next one, as its Exif and as its GPS directory."""
    entries = struct.pack("<HHII", 0x8769, 4, 1, 8) + struct.pack("<HHII", 0x8825, 4, 1, 8)
    exif = b"Exif\x00\x00II*\x00" + struct.pack("<IH", 8, 2) + entries + struct.pack("<I", 8)
    assert read_metadata(write_jpeg(tmp_path / "a.jpg", exif=exif)).statements == ()


def test_a_huge_count_of_values_takes_no_memory(tmp_path: Path) -> None:
    entry = struct.pack("<HHII", 0x010E, 2, 0xFFFFFFFF, 8)
    exif = b"Exif\x00\x00II*\x00" + struct.pack("<IH", 8, 1) + entry + struct.pack("<I", 0)
    path = write_jpeg(tmp_path / "a.jpg", exif=exif)
    tracemalloc.start()
    assert read_metadata(path).statements == ()
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_long_texts_are_cut_and_nuls_left_out(tmp_path: Path) -> None:
    path = write_jpeg(tmp_path / "a.jpg", exif=exif_of(tags={0x010F: "a\x00b", 0x010E: "x" * 60_000}))
    assert [len(one.raw) for one in read_metadata(path).statements] == [4000, 2]


@pytest.mark.parametrize("data", [b"", b"no picture", b"\xff\xd8\xff\xe1\x00\x08Exif\x00\x00"])
def test_a_broken_file_says_that_nothing_could_be_read(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.jpg").write_bytes(data)
    for path in (tmp_path / "a.jpg", tmp_path / "missing.jpg"):
        metadata = read_metadata(path)
        assert metadata.statements == ()
        assert len(metadata.unread) == 1


@given(st.data())
def test_no_damaged_file_raises(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("damaged", numbered=True)
    path = write_jpeg(folder / "a.jpg", iptc=IPTC, xmp=XMP, exif=EXIF)
    damaged = bytearray(path.read_bytes())
    header = damaged.index(b"\xff\xda")
    for at in data.draw(st.lists(st.integers(2, header), min_size=1, max_size=6)):
        damaged[at] = data.draw(st.integers(0, 255))
    path.write_bytes(bytes(damaged))
    assert isinstance(read_metadata(path), FileMetadata)


def test_a_very_large_picture_says_what_it_says_without_warning(tmp_path: Path) -> None:
    Image.new("1", (10000, 9000)).save(tmp_path / "a.png", exif=exif_of("2017:11:09 13:37:05"))
    assert taken(tmp_path / "a.png") == "2017-11-09T13:37:05"
