"""Credentials are found without the library: inside, beside and at an address; and not where there are none."""

from pathlib import Path

import pytest
from signed_pictures import MIME, plain, signed

from provcheck.credentials.finding import Found, find_credentials


def write(folder: Path, data: bytes, name: str = "picture") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("form", MIME)
def test_credentials_inside_are_found_in_every_container(form: str, tmp_path: Path) -> None:
    found = find_credentials(write(tmp_path, signed(form=form)))
    assert found
    assert found.place
    assert not found.remote


@pytest.mark.parametrize("form", MIME)
def test_a_picture_without_credentials_has_none(form: str, tmp_path: Path) -> None:
    assert find_credentials(write(tmp_path, plain(form))) is None


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_an_address_in_xmp_is_found(form: str, tmp_path: Path) -> None:
    there = "https://credentials.example/a.c2pa?b=1&c=2"
    assert find_credentials(write(tmp_path, signed(form=form, remote=there))) == Found(remote=there)


@pytest.mark.parametrize("name", ["photo.c2pa", "photo.jpg.c2pa"])
def test_a_file_beside_the_picture_is_found(name: str, tmp_path: Path) -> None:
    picture = write(tmp_path, plain(), "photo.jpg")
    beside = write(tmp_path, b"store", name)
    assert find_credentials(picture) == Found(sidecar=beside)


def test_what_is_inside_counts_before_what_is_beside(tmp_path: Path) -> None:
    write(tmp_path, b"store", "photo.c2pa")
    found = find_credentials(write(tmp_path, signed(), "photo.jpg"))
    assert found
    assert found.sidecar is None


def test_a_jumbf_box_of_another_kind_is_none(tmp_path: Path) -> None:
    """JPEG 360 and JPEG Snack use APP11, too."""
    other = b"JP\x00\x01\x00\x00\x00\x01" + b"\x00\x00\x00\x30jumb\x00\x00\x00\x28jumd" + b"\x36" * 40
    segment = b"\xff\xeb" + (len(other) + 2).to_bytes(2, "big") + other
    assert find_credentials(write(tmp_path, plain()[:2] + segment + plain()[2:])) is None


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", b"GIF89a", b"RIFF", b"II*\x00", b"no picture at all"])
def test_what_is_hardly_a_file_has_none(data: bytes, tmp_path: Path) -> None:
    assert find_credentials(write(tmp_path, data)) is None


def test_what_cannot_be_opened_has_none(tmp_path: Path) -> None:
    assert find_credentials(tmp_path) is None
    assert find_credentials(tmp_path / "gone.jpg") is None
