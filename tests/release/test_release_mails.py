"""Mails to a release: attachments, pictures in the text, mails inside mails, and pages saved as mails."""

import base64
import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest
from container_files import captions, jpeg, reasons, zip_of

from provcheck.moments import parse_moment
from provcheck.records import Stated
from provcheck.release import Room, read_release
from provcheck.release.readers.mails import CUT_SHORT, MOST_BOUNDARIES

MHTML = """From: <Saved by Blink>
Snapshot-Content-Location: https://ministry.example/news/1
Subject: Strikes
Date: Tue, 10 Nov 2026 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----B"

------B
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://ministry.example/news/1

<!DOCTYPE html><html lang=3D"en"><title>Strikes</title>
<figure><img src=3D"/photos/1.jpg"><figcaption>First</figcaption></figure></html>
------B
Content-Type: image/jpeg
Content-Transfer-Encoding: base64
Content-Location: https://ministry.example/photos/1.jpg

{picture}
------B
Content-Type: image/jpeg
Content-Transfer-Encoding: base64
Content-Location: https://ministry.example/static/dot.jpg

{dot}
------B--
"""


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path / "room")


def mail(subject: str = "Photos of 9 November") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "press@ministry.example"
    message["To"] = "desk@newspaper.example"
    message["Subject"] = subject
    message["Date"] = "Tue, 14 Nov 2017 10:00:00 +0300"
    message.set_content("See the photos.")
    return message


def attach(message: EmailMessage, content: bytes, name: str) -> EmailMessage:
    message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message


def test_attachments_are_read_with_date_and_subject(tmp_path: Path, room: Room) -> None:
    message = attach(attach(mail(), jpeg(), "one.jpg"), zip_of({"deep/two.jpg": jpeg((80, 80))}), "photos.zip")
    (tmp_path / "mail.eml").write_bytes(message.as_bytes())
    release = read_release(tmp_path / "mail.eml", room=room)
    assert list(captions(release)) == ["mail.eml » one.jpg", "mail.eml » photos.zip » deep/two.jpg"]
    assert release.title == "Photos of 9 November"
    assert release.published == parse_moment("2017-11-14T10:00:00+03:00")
    assert release.skipped == ()


def test_pictures_in_the_text_have_its_captions_and_signatures_are_left_out(tmp_path: Path, room: Room) -> None:
    message = mail()
    message.add_alternative(
        '<html><figure><img src="cid:a@x"><figcaption>Bridge</figcaption></figure><img src="cid:b@x"></html>', "html"
    )
    html = message.get_payload()[1]  # type: ignore[index]
    for identifier, content in (("<a@x>", jpeg()), ("<b@x>", jpeg((200, 20)))):
        html.add_related(content, "image", "jpeg", cid=identifier)  # type: ignore[union-attr]
    (tmp_path / "mail.eml").write_bytes(message.as_bytes())
    release = read_release(tmp_path / "mail.eml", room=room)
    assert list(captions(release).values()) == [Stated("Bridge", "figcaption in mail.eml")]
    assert reasons(release) == {"mail.eml": "left out of the page as decorations: 1 smaller than 64 pixels"}
    assert release.title == "Photos of 9 November"


def test_mails_inside_mails_and_mailboxes_are_opened(tmp_path: Path, room: Room) -> None:
    inner = attach(mail("Inner"), jpeg(), "one.jpg")
    outer = mail("Outer")
    outer.add_attachment(inner)
    box = mailbox.mbox(tmp_path / "mails")
    box.add(mailbox.mboxMessage(outer))
    box.close()
    release = read_release(tmp_path / "mails", room=room)
    assert list(captions(release)) == ["mails » mail 1.eml » mail 2.eml » one.jpg"]
    assert release.title == "Outer"


def test_a_page_saved_as_a_mail_is_dated_by_the_page_not_by_its_saving(tmp_path: Path, room: Room) -> None:
    text = MHTML.format(picture=base64.encodebytes(jpeg()).decode(), dot=base64.encodebytes(jpeg((9, 9))).decode())
    (tmp_path / "page.mht").write_text(text)
    release = read_release(tmp_path / "page.mht", room=room)
    assert captions(release) == {"page.mht » 1.jpg": Stated("First", "figcaption in page.mht")}
    assert (release.title, release.language, release.published) == ("Strikes", "en", None)


@pytest.mark.parametrize(
    "content",
    [
        b"From: a\nTo: b\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: image/jpeg\n",
        b"Subject: =?utf-8?B?////?=\nDate: yesterday\nContent-Type: message/rfc822\n\nrubbish",
        b"From: a\nDate: Tue, 99 Foo 2017\nContent-Type: text/html; charset=nonsense\n\n<img src='cid:x'>",
        b"From: a\nTo: b\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\nContent-Type: image/jpeg\n\n\n" * 50,
    ],
)
def test_damaged_mails_are_read_as_far_as_they_go(tmp_path: Path, room: Room, content: bytes) -> None:
    (tmp_path / "mail.eml").write_bytes(content)
    release = read_release(tmp_path / "mail.eml", room=room)
    assert release.published is None
    assert all(image.name.startswith("mail.eml » ") for image in release.images)


def test_a_text_that_looks_a_little_like_a_mail_is_none(tmp_path: Path, room: Room) -> None:
    (tmp_path / "notes.txt").write_text("Date: tomorrow\n\nWe meet at noon.\n")
    release = read_release(tmp_path / "notes.txt", room=room)
    assert [item.missed for item in release.skipped] == [False]


def parts_of(*parts: bytes) -> bytes:
    head = b"From: a@b.example\nSubject: Parts\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
    return head + b"".join(b"--x\n" + part for part in parts)


def attached(content: bytes) -> bytes:
    head = b"Content-Type: image/jpeg; name=a.jpg\nContent-Transfer-Encoding: base64\n\n"
    return head + base64.encodebytes(content)


def test_a_mail_that_is_cut_short_says_so_and_gives_what_is_there(tmp_path: Path, room: Room) -> None:
    content = parts_of(attached(jpeg()), attached(jpeg()))
    for cut in range(1, 5):
        (tmp_path / "cut.eml").write_bytes(content[: -100 - cut])
        release = read_release(tmp_path / "cut.eml", room=room)
        first, second = (Path(image.file).read_bytes() for image in release.images)
        assert first == jpeg()
        assert len(second) > 10
        assert first.startswith(second)
        assert reasons(release) == {"cut.eml": CUT_SHORT}


def test_a_mail_of_endless_parts_is_refused(tmp_path: Path, room: Room) -> None:
    (tmp_path / "many.eml").write_bytes(parts_of(*[b"\n"] * (MOST_BOUNDARIES + 1)))
    assert reasons(read_release(tmp_path / "many.eml", room=room)) == {"many.eml": "a mail of more than 50000 parts"}


def test_a_mail_of_parts_inside_each_other_without_end_is_told(tmp_path: Path, room: Room) -> None:
    inside = (b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (at, at + 1) for at in range(5_000))
    (tmp_path / "deep.eml").write_bytes(parts_of(b"Content-Type: multipart/mixed; boundary=b0\n\n") + b"".join(inside))
    (reason,) = reasons(read_release(tmp_path / "deep.eml", room=room)).values()
    assert reason == "the mail has more parts inside each other than can be followed"
