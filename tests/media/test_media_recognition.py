"""What a file is, by its content; what is passed over and what is reported."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from rendered_media import corners, numbered, picture_bytes, write_sound, write_video

from provcheck.errors import NotMedia, UnreadableMedia
from provcheck.media import images, is_probably_media, recognise, sha256_of, video_window
from provcheck.records import Medium


def refused(path: Path) -> UnreadableMedia:
    with pytest.raises(UnreadableMedia) as caught:
        recognise(path)
    assert "\n" not in caught.value.message
    assert path.name in caught.value.message
    return caught.value


def test_the_suffix_does_not_matter(tmp_path: Path) -> None:
    photo, video = tmp_path / "notes.txt", tmp_path / "photo.jpg"
    photo.write_bytes(picture_bytes(corners(), "PNG"))
    write_video(video, [numbered(i) for i in range(3)], container="mp4")
    assert recognise(photo) is Medium.IMAGE
    assert recognise(video) is Medium.VIDEO


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("README.txt", b"A folder of pictures.\n"),
        ("facts.toml", b'[[source]]\npath = "a.jpg"\n'),
        (".gitkeep", b""),
        ("config.h", b"#define WIDTH 640\n#define HEIGHT 480\n"),
        (".DS_Store", b"\x00\x00\x00\x01Bud1\x00\x00\x10\x00" + bytes(200)),
        ("._photo.jpg", b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X" + bytes(100)),
        ("report.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
        ("text.docx", b"PK\x03\x04\x14\x00\x06\x00"),
        ("subtitles.srt", b"1\n00:00:01,000 --> 00:00:02,000\nHello\n"),
    ],
)
def test_other_files_of_a_folder_are_not_media(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert isinstance(refused(path), NotMedia)
    assert not is_probably_media(path)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("photo.jpg", b"", "empty file"),
        ("photo.jpg", b"<!DOCTYPE html><title>404</title>", "a web page"),
        ("photo.png", b"just words", "not a picture or video: text"),
        ("clip.mp4", b"PK\x03\x04\x14\x00\x06\x00", "a ZIP archive"),
        ("drawing.svg", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "an SVG drawing"),
    ],
)
def test_something_else_under_the_name_of_a_picture_is_reported(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    error = refused(path)
    assert not isinstance(error, NotMedia)
    assert reason in error.message
    assert is_probably_media(path)


def test_a_broken_photo_is_still_a_picture(tmp_path: Path) -> None:
    path = tmp_path / "photo"
    path.write_bytes(picture_bytes(corners(), "JPEG")[:200])
    assert recognise(path) is Medium.IMAGE


@pytest.mark.parametrize(("signature", "name"), images.CERTAIN_SIGNATURES.items())
def test_a_certain_signature_is_that_of_one_format(signature: bytes, name: str) -> None:
    formats = images._readable() - images.WEAK_SIGNATURES
    fitting = {one for one in formats if images._signature_fits(one, signature.ljust(16, b"\x00"))}
    assert fitting == {name}


def test_a_video_without_its_index_is_still_a_video(tmp_path: Path) -> None:
    whole = write_video(tmp_path / "whole.mp4", [numbered(i) for i in range(5)]).read_bytes()
    cut = tmp_path / "cut"
    cut.write_bytes(whole[:1000])
    assert recognise(cut) is Medium.VIDEO


def test_sound_is_no_video(tmp_path: Path) -> None:
    assert isinstance(refused(write_sound(tmp_path / "song.m4a")), NotMedia)
    assert isinstance(refused(write_sound(tmp_path / "song.mp3")), NotMedia)


def test_cover_art_does_not_make_a_song_a_video(tmp_path: Path) -> None:
    song = write_sound(tmp_path / "song.mp3", cover=picture_bytes(corners(), "JPEG"))
    assert isinstance(refused(song), NotMedia)


@pytest.mark.parametrize(
    "before",
    [b"%PDF-1.7\n%\xe2\xe3\n", b"PK\x03\x04\x14\x00" + bytes(40), bytes(512), b"WARC/1.1\r\n\x00"],
    ids=["PDF", "ZIP", "TAR", "WARC"],
)
def test_an_archive_that_holds_pictures_as_they_are_is_no_video(tmp_path: Path, before: bytes) -> None:
    picture = picture_bytes(corners(), "JPEG")
    path = tmp_path / "archive"
    path.write_bytes(before + (picture + bytes(100)) * 5)
    assert isinstance(refused(path), NotMedia)


def test_a_video_file_with_sound_alone_is_reported(tmp_path: Path) -> None:
    error = refused(write_sound(tmp_path / "clip.mp4"))
    assert not isinstance(error, NotMedia)
    assert "without video" in error.message


@pytest.mark.parametrize(
    "playlist",
    [
        "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{clip}\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile '{clip}'\n",
    ],
)
def test_playlists_open_no_other_file(tmp_path: Path, playlist: str) -> None:
    clip = write_video(tmp_path / "clip.ts", [numbered(i) for i in range(5)], codec="mpeg2video")
    path = tmp_path / "list.mp4"
    # A byte that is no UTF-8 takes the file past the test for text, so that the demuxers themselves are asked.
    path.write_bytes(playlist.format(clip=clip.name).encode() + b"#\xff\xfe\x00\n")
    assert "not a picture or video" in refused(path).message
    with pytest.raises(UnreadableMedia):
        list(video_window(path, 0, 1))


def test_a_directory_is_refused(tmp_path: Path) -> None:
    assert "a directory" in refused(tmp_path).message


def test_nothing_there(tmp_path: Path) -> None:
    assert "no such file" in refused(tmp_path / "gone.jpg").message


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in the file system")
def test_a_named_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    path = tmp_path / "pipe.jpg"
    os.mkfifo(path)
    assert "a named pipe" in refused(path).message


@pytest.mark.skipif(sys.platform == "win32", reason="no sockets in the file system")
def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket may have no more than a hundred characters
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s.jpg")
        assert "a socket" in refused(Path("s.jpg")).message


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege")
def test_a_circle_of_links_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").symlink_to(tmp_path / "b.jpg")
    (tmp_path / "b.jpg").symlink_to(tmp_path / "a.jpg")
    assert "cannot be opened" in refused(tmp_path / "a.jpg").message


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.jpg"
    path.write_bytes(b"x")
    path.chmod(0)
    assert "permission denied" in refused(path).message


def test_control_characters_of_a_name_do_not_reach_the_message(tmp_path: Path) -> None:
    path = tmp_path / "a\nb\x1b[31m.jpg"
    path.write_bytes(b"")
    with pytest.raises(UnreadableMedia) as caught:
        recognise(path)
    assert caught.value.message == "a b [31m.jpg: empty file"


def test_sha256_is_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "abc"
    path.write_bytes(b"abc")
    assert sha256_of(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    with pytest.raises(UnreadableMedia, match="no such file"):
        sha256_of(tmp_path / "gone")


def test_importing_the_package_loads_neither_pillow_nor_pyav() -> None:
    program = "import sys, provcheck.media; print(sorted({'PIL', 'av', 'cv2'} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"
