"""`provcheck inspect`: whole output, several files, raw values, JSON, errors by file."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from embedded_media import exif_of, history, iptc_block, write_jpeg, xmp_packet
from PIL import Image
from previewed_media import exif_with_thumbnail, with_large_thumbnail
from signed_pictures import GENERATED, chain, plain, signed

GPS: dict[int, object] = {1: "N", 2: (33.0, 21.0, 0.0), 3: "E", 4: (43.0, 46.0, 48.0)}


def written(path: Path) -> Path:
    exif = exif_of("2017:11:09 13:37:05", gps=GPS, tags={0x010F: "Maker", 0x0132: "soon"})
    xmp = xmp_packet("", history(("saved", "Adobe Photoshop 21.0", "2017-11-12T08:00:00+03:00")))
    return write_jpeg(path, iptc=iptc_block({120: "A convoy\x1b[31m"}), exif=exif, xmp=xmp)


def test_a_picture_says_and_records(provcheck: Callable[..., Any], tmp_path: Path) -> None:
    path = written(tmp_path / "a.jpg")
    ran = provcheck("inspect", path)
    assert ran.exit_code == 0
    assert ran.stdout.splitlines() == [
        str(path),
        f"  JPEG, 16x12 pixels upright, {path.stat().st_size:,} bytes",
        f"  sha256 {sha256(path.read_bytes()).hexdigest()}",
        "  says (somebody wrote it; these count as claims)",
        "    caption: A convoy\\x1b[31m  [IPTC 2:120 Caption]",
        "  records (a device or a program wrote it; evidence, as right as its clock)",
        "    camera: Maker  [EXIF Make]",
        "    captured: 2017-11-09T13:37:05 (zone unknown)  [EXIF DateTimeOriginal]",
        "    place: 33.3500° N, 43.7800° E  [EXIF GPS]",
        "    processed: saved with Adobe Photoshop 21.0, 2017-11-12T08:00:00+03:00  [XMP xmpMM:History]",
        "  could not be read: EXIF DateTime: “soon” is no date",
    ]


def test_raw_shows_what_stands_in_the_file(provcheck: Callable[..., Any], tmp_path: Path) -> None:
    ran = provcheck("inspect", "--raw", written(tmp_path / "a.jpg"))
    assert "      raw, in EXIF Exif: 2017:11:09 13:37:05" in ran.stdout.splitlines()
    assert "      raw, in EXIF GPS: 33.0 21.0 0.0 N, 43.0 46.0 48.0 E" in ran.stdout.splitlines()


def test_json_has_everything(provcheck: Callable[..., Any], tmp_path: Path) -> None:
    (one,) = json.loads(provcheck("inspect", "--format", "json", written(tmp_path / "a.jpg")).stdout)
    assert (one["medium"], one["format"], one["size"], one["duration_s"]) == ("image", "JPEG", [16, 12], None)
    assert one["unread"] == ["EXIF DateTime: “soon” is no date"]
    assert one["statements"][-1] == {
        "voice": "records", "subject": "processed", "block": "XMP", "name": "xmpMM:History",
        "value": {"action": "saved", "software": "Adobe Photoshop 21.0", "when": "2017-11-12T08:00:00+03:00"},
        "raw": "saved; Adobe Photoshop 21.0; 2017-11-12T08:00:00+03:00",
    }  # fmt: skip
    place = next(each for each in one["statements"] if each["subject"] == "place")
    assert place["value"] == {"latitude": 33.35, "longitude": 43.78}


def test_previews_are_listed(provcheck: Callable[..., Any], tmp_path: Path) -> None:
    small = Image.new("RGB", (160, 120))
    path = write_jpeg(tmp_path / "a.jpg", exif=exif_with_thumbnail(small, orientation=6))
    ran = provcheck("inspect", with_large_thumbnail(path, b"broken"))
    assert "  has inside it: EXIF thumbnail, 160x120 pixels" in ran.stdout
    assert "to be turned right  [EXIF Orientation]" in ran.stdout
    assert "could not be read: a.jpg: multi-picture thumbnail cannot be decoded" in ran.stdout


def test_several_files_and_one_that_cannot_be_read(provcheck: Callable[..., Any], tmp_path: Path) -> None:
    Image.new("RGB", (20, 10)).save(tmp_path / "plain.png")
    (tmp_path / "broken.jpg").write_bytes(b"no picture")
    ran = provcheck("inspect", tmp_path / "plain.png", tmp_path / "broken.jpg", tmp_path / "missing.jpg")
    assert ran.exit_code == 3
    assert "  says nothing about itself" in ran.stdout.splitlines()
    assert [line.split(": ")[0] for line in ran.stderr.splitlines()] == [
        str(tmp_path / "broken.jpg"), str(tmp_path / "missing.jpg"),
    ]  # fmt: skip


def test_what_is_signed_is_told(provcheck: Callable[..., Any], tmp_path: Path) -> None:
    path, trusted = tmp_path / "a.jpg", tmp_path / "trusted.pem"
    path.write_bytes(signed(GENERATED))
    trusted.write_text(chain().root)
    said = "  Content Credentials: intact, signed by “Ana Ruiz” (Meridian Picture Desk), whom "
    assert f"{said}no trust list here vouches for" in provcheck("inspect", path).stdout.splitlines()
    assert (
        f"{said}the trust list vouches for" in provcheck("inspect", path, "--trust-list", trusted).stdout.splitlines()
    )
    (one,) = json.loads(provcheck("inspect", path, "--format", "json").stdout)
    assert one["credentials"]["deeds"][0]["source_type"] == "trainedAlgorithmicMedia"


def test_the_title_of_an_ingredient_steers_no_terminal(provcheck: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(signed(ingredients=[("a\x1b[31m.jpg", plain(seed=4))]))
    said = provcheck("inspect", path).stdout
    assert "made from “a\\x1b[31m.jpg”" in said
    assert "has inside it: thumbnail of the parent in Content Credentials" in said
    assert "\x1b" not in said
