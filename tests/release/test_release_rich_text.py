"""Rich text to its pictures and their captions; what others write is as strange as it likes."""

from pathlib import Path

import pytest
from container_files import captions, jpeg, zip_of

from provcheck.errors import UnreadableContainer
from provcheck.records import Release, Stated
from provcheck.release import Room, read_release
from provcheck.release.documents.rich_text import read_rich_text

PHOTO = jpeg((300, 200))
OTHER = jpeg((200, 300), (10, 20, 30))


def pict(content: bytes, kind: str = "jpegblip") -> str:
    digits = content.hex()
    lines = "\r\n".join(digits[at : at + 128] for at in range(0, len(digits), 128))
    return rf"{{\pict{{\*\picprop\shplid1 {{\sp{{\sn shapeType}}{{\sv 75}}}}}}\picw9\pich6\{kind}\picscalex9 {lines}}}"


def as_word(content: bytes) -> str:
    """Return a picture as Word writes it: itself, and a metafile for older readers."""
    return rf"{{\*\shppict {pict(content)}}}{{\nonshppict {pict(b'metafile', 'wmetafile8')}}}"


def read(tmp_path: Path, body: str | bytes, name: str = "published") -> Release:
    """Read a document under a name that tells nothing."""
    text = body if isinstance(body, bytes) else body.encode("latin-1")
    (tmp_path / name).write_bytes(text)
    return read_release(tmp_path / name, room=Room(tmp_path / "room"))


def said(text: str, origin: str = "text below the picture") -> Stated[str]:
    return Stated(text, f"{origin} in published")


def test_pictures_are_found_with_captions_and_title(tmp_path: Path) -> None:
    body = (
        r"{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fswiss Arial;}}{\stylesheet{\s0 Normal;}{\s18\b caption;}}"
        r"{\info{\title \'d1\'ee\'e1\'fb\'f2\'e8\'ff}{\author Me}}{\header " + pict(jpeg((90, 90))) + r"\par}"
        r"\pard A text that is no caption.\par " + as_word(PHOTO) + r"\par\pard\s18 A \b column\b0\par\pard "
        r"\u1050?\u1086?\u1083? {\field{\*\fldinst INCLUDEPICTURE}{\fldrslt " + pict(OTHER) + r"}}\par Long text.\par}"
    )  # fmt: skip
    release = read(tmp_path, body)
    assert captions(release) == {
        "published » picture-1.jpg": said("A column", "caption"),
        "published » picture-2.jpg": said("Кол", "text beside the picture"),
    }
    assert [Path(image.file).read_bytes() for image in release.images] == [PHOTO, OTHER]
    assert release.title == "События"


def test_raw_bytes_are_a_picture_too(tmp_path: Path) -> None:
    raw = rb"{\rtf1 {\pict\jpegblip\bin%d " % len(PHOTO) + PHOTO + rb"}\par Below\par}"
    release = read(tmp_path, raw)
    assert captions(release) == {"published » picture-1.jpg": said("Below")}
    assert Path(release.images[0].file).read_bytes() == PHOTO


def test_small_pictures_are_left_out_and_metafiles_reported(tmp_path: Path) -> None:
    icon = jpeg((20, 20))
    release = read(tmp_path, r"{\rtf1 " + pict(icon) + pict(b"\x01\0\x09\0\0\x03" * 20, "wmetafile8") + "}")
    assert [image.name for image in release.images] == ["published » picture-2.wmf"]
    assert [item.missed for item in release.skipped] == [False]


def test_rich_text_in_an_archive_is_read(tmp_path: Path) -> None:
    release = read(tmp_path, zip_of({"a.rtf": r"{\rtf1 " + pict(PHOTO) + "}"}))
    assert [image.name for image in release.images] == ["published » a.rtf » picture-1.jpg"]


HOSTILE = {
    "groups without an end": r"{\rtf1 " + "{" * 100_000,
    "many groups that close": r"{\rtf1 " + "{}" * 50_000,
    "more ends than groups": r"{\rtf1 }}}}}}" + "}" * 1000,
    "words without an end": r"{\rtf1 " + r"\b" * 50_000,
    "raw bytes that are not there": r"{\rtf1 {\pict\jpegblip\bin2147483647 x}",
    "raw bytes below zero": r"{\rtf1 {\pict\jpegblip\bin-5 x}",
    "digits that are none": r"{\rtf1 {\pict\jpegblip " + "xyz" * 1000,
    "letters that are none": r"{\rtf1\ansicpg999999\u-99999?\u55357?\'zz\uc99999 x\\",
    "a charset that is none": r"{\rtf1\ansicpg1000 \'ff}",
    "a picture in a picture": r"{\rtf1 {\pict\jpegblip ff{\pict\jpegblip ff{\pict ff}}}",
    "nothing": r"{\rtf",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_hostile_rich_text_is_bounded(tmp_path: Path, body: str) -> None:
    release = read(tmp_path, body)
    assert len(release.images) <= 1


@pytest.mark.parametrize(
    ("body", "reason"), [(b"{" * 600, "more than 500 groups"), (rb"\b\i" * 100, "more than 100 words")]
)
def test_what_goes_on_too_long_is_named(body: bytes, reason: str) -> None:
    with pytest.raises(UnreadableContainer, match=reason):
        read_rich_text(body, most_tokens=100 if b"i" in body else 1_000)
