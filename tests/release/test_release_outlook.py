"""Mails as Outlook saves them are read like the mails that they are."""

import struct
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from compound_files import Tree, attachment, compound_file, outlook_mail
from container_files import captions, jpeg, reasons, zip_of

from provcheck.moments import parse_moment
from provcheck.records import Release, Stated
from provcheck.release import Room, read_release

LARGE = jpeg((400, 300))
HTML = '<html><body><figure><img src="cid:one"><figcaption>Колонна</figcaption></figure></body></html>'


def read(tmp_path: Path, content: bytes) -> Release:
    """Read a file whose name tells nothing."""
    (tmp_path / "published").write_bytes(content)
    return read_release(tmp_path / "published", room=Room(tmp_path / "room"))


def names(release: Release) -> list[str]:
    return [image.name for image in release.images]


def test_attachments_and_shown_pictures_are_found_with_subject_and_date(tmp_path: Path) -> None:
    sent = datetime(2017, 11, 14, 10, 0, tzinfo=UTC)
    parts = [attachment("a.jpg", LARGE, "one"), attachment("b.jpg", jpeg())]
    release = read(tmp_path, compound_file(outlook_mail("События", HTML, sent, parts)))
    assert captions(release) == {
        "published » a.jpg": Stated("Колонна", "figcaption in published"),
        "published » b.jpg": None,
    }
    assert Path(release.images[0].file).read_bytes() == LARGE
    assert (release.title, release.published) == ("События", parse_moment("2017-11-14T10:00:00+00:00"))


def test_a_mail_in_a_mail_and_an_archive_in_it_are_opened(tmp_path: Path) -> None:
    inner = outlook_mail("Inner", attached=[attachment("deep.zip", zip_of({"c.jpg": jpeg()}))], header=24)
    outer = compound_file(outlook_mail("Outer", attached=[attachment("Inner", inner)]))
    message = EmailMessage()
    message["From"], message["Subject"] = "press@ministry.example", "All"
    message.add_attachment(outer, maintype="application", subtype="vnd.ms-outlook", filename="outer.msg")
    assert names(read(tmp_path, message.as_bytes())) == ["published » outer.msg » Inner » deep.zip » c.jpg"]


def nested(depth: int) -> Tree:
    mail: Tree = outlook_mail("0", attached=[attachment("a.jpg", jpeg())], header=24)
    for at in range(depth):
        mail = outlook_mail(str(at), attached=[attachment("inner", mail)], header=24)
    return outlook_mail("top", attached=[attachment("inner", mail)])


def test_mails_in_mails_are_opened_to_a_limit(tmp_path: Path) -> None:
    release = read(tmp_path, compound_file(nested(6)))
    assert not release.images
    assert "more mails inside each other than are opened" in reasons(release)["published"]


def test_another_compound_file_is_no_mail(tmp_path: Path) -> None:
    (tmp_path / "old.doc").write_bytes(compound_file({"WordDocument": b"x" * 5000}))
    release = read_release(tmp_path / "old.doc", room=Room(tmp_path / "room"))
    assert [item.missed for item in release.skipped] == [True]
    assert "an office document; pictures inside it are not checked" in release.skipped[0].reason


def test_many_streams_of_the_same_bytes_are_not_all_read(tmp_path: Path) -> None:
    """Attachments that share their sectors make a file of 1 MB hold what one likes."""
    whole = bytearray(compound_file(outlook_mail("x", attached=[attachment(f"{at}.jpg", LARGE) for at in range(9)])))
    name = "__substg1.0_37010102".encode("utf-16-le")
    places = [at for at in range(0, len(whole), 128) if whole[at : at + len(name)] == name]
    assert len(places) == 9
    for place in places:
        whole[place + 116 : place + 128] = whole[places[0] + 116 : places[0] + 120] + struct.pack(
            "<Q", len(whole) - 512
        )
    assert "larger than the file" in reasons(read(tmp_path, bytes(whole)))["published"]


WHOLE = compound_file(outlook_mail("x", attached=[attachment("a.jpg", LARGE)]))


@pytest.mark.parametrize("at", range(60, len(WHOLE), 397))
def test_damage_anywhere_is_no_more_than_a_reason(tmp_path: Path, at: int) -> None:
    damaged = WHOLE[:at] + b"\xfe\xff\xff\x7f" * 3 + WHOLE[at + 12 :]
    release = read(tmp_path, damaged)
    assert len(release.images) + len(release.skipped) <= 2


@pytest.mark.parametrize("length", [600, 2000, len(WHOLE) - 600])
def test_a_file_that_is_cut_off_is_named(tmp_path: Path, length: int) -> None:
    release = read(tmp_path, WHOLE[:length])
    assert release.images or release.skipped
