"""A folder to a release: nothing in it is silently missing, and every claim says where it was made."""

import os
from hashlib import sha256
from pathlib import Path

import pytest
from embedded_media import exif_of, iptc_block, write_jpeg

from provcheck.errors import FactsError, NotMedia, UnreadableMedia, UsageError
from provcheck.moments import parse_moment
from provcheck.records import Claims, Kind, Label, Medium, Place, Release, Skipped, Stated
from provcheck.release import read_release

MANIFEST = """title = "Evidence"
published = 2017-11-14T10:00:00+03:00
language = "ru"

[claims]
captured = 2017-11-09
kind = "video"
[claims.place]
name = "Abu Kamal"
country = "Syria"

[[image]]
path = "photo-2.jpg"
caption = "A file picture"
credit = "Ministry"
label = "file"
captured = "2016-06"
kind = "photo"
[image.place]
name = "Fallujah"

[[image]]
glob = "extra/*.jpg"
caption = "An extra"
"""
TAKEN = exif_of("2015:01:01 10:00:00")


def by_suffix(path: Path) -> Medium:
    """Stands in for the recognition by content."""
    match path.suffix:
        case ".jpg":
            return Medium.IMAGE
        case ".mp4":
            return Medium.VIDEO
        case ".broken" | ".avi":
            raise UnreadableMedia(f"{path.name}: damaged")
        case _:
            raise NotMedia(f"{path.name}: not a picture or video")


def read(path: Path) -> Release:
    return read_release(path, recognise=by_suffix)


def claims_in(release: Release) -> dict[str, Claims]:
    return {image.name: image.claims for image in release.images}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "release"
    (folder / "extra").mkdir(parents=True)
    for name in ("photo-1.jpg", "photo-2.jpg", "extra/photo-3.jpg"):
        write_jpeg(folder / name, exif=TAKEN)
    return folder


def test_a_manifest_is_read_with_the_lines_of_its_claims(folder: Path) -> None:
    (folder / "release.toml").write_text(MANIFEST)
    release = read(folder)
    assert (release.path, release.title, release.language) == (str(folder), "Evidence", "ru")
    assert release.published == parse_moment("2017-11-14T10:00:00+03:00")
    day = Stated(parse_moment("2017-11-09"), "release.toml, line 6")
    place = Stated(Place("Abu Kamal", "Syria"), "release.toml, line 8")
    kind = Stated(Kind.VIDEO, "release.toml, line 7")
    assert claims_in(release) == {
        "photo-1.jpg": Claims(captured=day, place=place, kind=kind),
        "photo-2.jpg": Claims(
            captured=Stated(parse_moment("2016-06"), "release.toml, line 17"),
            place=Stated(Place("Fallujah"), "release.toml, line 19"),
            kind=Stated(Kind.PHOTO, "release.toml, line 18"),
            caption=Stated("A file picture", "release.toml, line 14"),
            credit=Stated("Ministry", "release.toml, line 15"),
            label=Stated(Label.FILE, "release.toml, line 16"),
        ),
        "extra/photo-3.jpg": Claims(
            captured=day, place=place, kind=kind, caption=Stated("An extra", "release.toml, line 24")
        ),
    }
    assert release.skipped == ()


def test_images_are_named_sorted_and_hashed(folder: Path) -> None:
    images = read(folder).images
    assert [image.name for image in images] == ["extra/photo-3.jpg", "photo-1.jpg", "photo-2.jpg"]
    assert images[1].file == str(folder / "photo-1.jpg")
    assert images[1].sha256 == sha256((folder / "photo-1.jpg").read_bytes()).hexdigest()


def test_without_a_manifest_the_pictures_speak_for_themselves(folder: Path) -> None:
    release = read(folder)
    assert (release.title, release.published, release.language) == (None, None, None)
    write_jpeg(folder / "photo-1.jpg", iptc=iptc_block({90: "Fallujah"}))
    assert claims_in(read(folder))["photo-1.jpg"] == Claims(place=Stated(Place("Fallujah"), "IPTC 2:90 City"))


def test_the_clock_of_a_camera_claims_nothing_and_is_kept_as_evidence(folder: Path) -> None:
    (folder / "release.toml").write_text("[claims]\nkind = 'photo'\n")
    for image in read(folder).images:
        assert image.claims == Claims(kind=Stated(Kind.PHOTO, "release.toml, line 2"))
        (taken,) = image.metadata.statements
        assert (taken.origin, taken.value) == ("EXIF DateTimeOriginal", parse_moment("2015-01-01T10:00:00"))


def test_a_label_keeps_the_time_and_place_of_the_event_away(folder: Path) -> None:
    """A file picture has its own date, wherever that is written, and never that of the event."""
    write_jpeg(folder / "photo-1.jpg", iptc=iptc_block({40: "FILE", 90: "Fallujah", 55: "20150101"}))
    text = "[claims]\ncaptured = 2017-11-09\nplace = 'Abu Kamal'\nkind = 'video'\n"
    text += "[[image]]\npath = 'photo-2.jpg'\nlabel = 'archive'\n"
    (folder / "release.toml").write_text(text)
    claims = claims_in(read(folder))
    kind = Stated(Kind.VIDEO, "release.toml, line 4")
    assert claims["photo-1.jpg"] == Claims(
        captured=Stated(parse_moment("2015-01-01"), "IPTC 2:55 Date Created"),
        place=Stated(Place("Fallujah"), "IPTC 2:90 City"),
        kind=kind,
        label=Stated(Label.FILE, "IPTC 2:40 Special Instructions"),
    )
    assert claims["photo-2.jpg"] == Claims(kind=kind, label=Stated(Label.ARCHIVE, "release.toml, line 7"))


def test_a_path_is_stronger_than_a_glob_and_a_later_entry_than_an_earlier(folder: Path) -> None:
    text = "[[image]]\npath = 'photo-1.jpg'\ncaption = 'one'\n"
    text += "[[image]]\nglob = '*.jpg'\ncaption = 'all'\ncredit = 'A'\n[[image]]\nglob = '*-1.jpg'\ncredit = 'B'\n"
    (folder / "release.toml").write_text(text)
    claims = claims_in(read(folder))["photo-1.jpg"]
    assert claims.caption == Stated("one", "release.toml, line 3")
    assert claims.credit == Stated("B", "release.toml, line 10")


def test_every_other_file_is_skipped_with_its_reason_and_whether_pictures_are_missed(folder: Path) -> None:
    for name in ("clip.mp4", "clip.avi", "notes.txt", "report.pdf", "other.toml", "extra/release.toml"):
        (folder / name).write_text("x")
    (folder / "release.toml").write_text("[[image]]\npath = 'photo-9.jpg'\n[[image]]\nglob = '*.png'\n")
    assert read(folder).skipped == (
        Skipped("clip.avi", "clip.avi: damaged"),
        Skipped("clip.mp4", "a video: extract the stills to check"),
        Skipped("extra/release.toml", "only the release.toml at the top of a release is read", missed=False),
        Skipped("notes.txt", "notes.txt: not a picture or video", missed=False),
        Skipped("other.toml", "other.toml: not a picture or video", missed=False),
        Skipped("report.pdf", "report.pdf: not a picture or video; pictures inside it are not checked"),
        Skipped("photo-9.jpg", "named in release.toml, line 2, but not in the folder"),
        Skipped("*.png", "named in release.toml, line 4, but not in the folder"),
    )


def test_our_own_files_and_hidden_files_are_no_part_of_a_release(folder: Path) -> None:
    for name in ("facts.toml", "photo-1.toml", "photo-1.jpg.toml", ".hidden.jpg"):
        (folder / name).write_text("")
    (folder / ".git").mkdir()
    (folder / ".git" / "a.jpg").write_text("")
    release = read(folder)
    assert len(release.images) == 3
    assert release.skipped == ()


def test_a_broken_picture_stays_among_the_images(folder: Path) -> None:
    (folder / "photo-4.broken").write_bytes(b"")
    release = read(folder)
    assert "photo-4.broken" in claims_in(release)
    assert release.skipped == ()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are a thing of POSIX")
def test_a_pipe_is_skipped_and_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.jpg")
    (skipped,) = read_release(folder, recognise=lambda _: Medium.IMAGE).skipped
    assert skipped.path == "pipe.jpg"
    assert "a named pipe" in skipped.reason


def test_a_link_to_nothing_is_skipped(folder: Path) -> None:
    (folder / "gone.jpg").symlink_to(folder / "nowhere.jpg")
    (skipped,) = read(folder).skipped
    assert skipped.path == "gone.jpg"
    assert "cannot be opened" in skipped.reason


def test_a_name_that_is_not_utf8_can_still_be_printed(folder: Path) -> None:
    file = os.fsencode(folder) + b"/caf\xe9.jpg"
    Path(os.fsdecode(file)).write_bytes((folder / "photo-1.jpg").read_bytes())
    image = read(folder).images[0]
    assert image.name == "caf\ufffd.jpg"
    assert os.fsencode(image.file) == file


def test_a_single_file_is_a_release_of_one_without_manifest(folder: Path) -> None:
    (folder / "release.toml").write_text(MANIFEST)
    release = read(folder / "photo-1.jpg")
    assert [image.name for image in release.images] == ["photo-1.jpg"]
    assert release.title is None
    assert release.skipped == ()


def test_an_empty_folder_is_an_empty_release(tmp_path: Path) -> None:
    assert read(tmp_path) == Release(str(tmp_path), ())


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere: there is no such file or folder$") as caught:
        read(tmp_path / "nowhere")
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("titel = 'x'", "line 1: unknown key “titel”; did you mean “title”?"),
        ("[claims]\ncaption = 'x'", "line 2: unknown key “caption”"),
        ("[claims]\ncaptured = '2017-13'", "line 2: captured: “2017-13” is not a possible date"),
        (
            "[claims.place]\nlatitude = 100\nlongitude = 1",
            "line 2: latitude: expected degrees from -90 to 90, found 100",
        ),
        (
            "[[image]]\npath = 'a'\nlabel = 'archiv'",
            "line 3: label: expected one of file, archive, illustration, found",
        ),
        ("[[image]]\npath = 'a'\n[[image]]\nlabel = 'file'", "line 3: the entry has neither path nor glob"),
        ("images = []", "line 1: unknown key “images”; did you mean “image”?"),
        ("published = 'soon'", "line 1: published: “soon” is not a date"),
        ("title = ", "line 1: not valid TOML: "),
    ],
)
def test_a_mistake_in_the_manifest_names_file_and_line(folder: Path, text: str, message: str) -> None:
    (folder / "release.toml").write_text(text, encoding="utf-8")
    with pytest.raises(FactsError) as caught:
        read(folder)
    assert caught.value.message.startswith(f"{folder / 'release.toml'}, {message}")
