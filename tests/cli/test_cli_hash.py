import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """Write a picture with enough detail to have a fingerprint."""
    noise = np.random.default_rng(1).integers(0, 256, (12, 16, 3), dtype=np.uint8)
    path = tmp_path / "picture.png"
    Image.fromarray(noise).resize((320, 240), Image.Resampling.BICUBIC).save(path)
    return path


def test_text_is_a_line_a_fingerprint(picture: Path, provcheck: Callable[..., Any]) -> None:
    ran = provcheck("hash", picture)
    lines = ran.stdout.splitlines()
    assert (ran.exit_code, ran.stderr, len(lines)) == (0, "", 3)
    name = re.escape(str(picture))
    assert re.fullmatch(rf"phash [0-9a-f]{{16}}  {name}", lines[0])
    assert re.fullmatch(rf"dhash [0-9a-f]{{16}}  {name}", lines[1])
    assert re.fullmatch(rf"pdq [0-9a-f]{{64}} \d{{1,3}}  {name}", lines[2])


def test_json_says_the_same(picture: Path, provcheck: Callable[..., Any]) -> None:
    [item] = json.loads(provcheck("hash", picture, "--format", "json").stdout)
    text = provcheck("hash", picture).stdout
    assert item["path"] == str(picture)
    assert all(f"{name} {print_['code']}" in text for name, print_ in item["fingerprints"].items())


def test_orientation_is_applied(picture: Path, provcheck: Callable[..., Any], tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter clockwise to be upright
    with Image.open(picture) as upright:
        upright.rotate(90, expand=True).save(tmp_path / "turned.png", exif=exif)
    codes = [line.split("  ")[0] for line in provcheck("hash", picture, tmp_path / "turned.png").stdout.splitlines()]
    assert codes[:3] == codes[3:]


def test_a_folder_is_read_recursively_and_in_order(picture: Path, provcheck: Callable[..., Any]) -> None:
    inner = picture.parent / "inner"
    inner.mkdir()
    (inner / "a.png").write_bytes(picture.read_bytes())
    (picture.parent / "notes.txt").write_text("no picture")
    files = [line.split("  ")[1] for line in provcheck("hash", picture.parent).stdout.splitlines()[::3]]
    assert files == [str(inner / "a.png"), str(picture)]


def test_an_unreadable_file_is_named_and_the_others_go_on(picture: Path, provcheck: Callable[..., Any]) -> None:
    broken = picture.parent / "broken.png"
    broken.write_bytes(picture.read_bytes()[:200])
    ran = provcheck("hash", broken, picture)
    assert ran.exit_code == 3
    assert "broken.png" in ran.stderr
    assert len(ran.stdout.splitlines()) == 3


def test_of_an_animation_the_first_frame_unless_all_are_asked_for(
    tmp_path: Path, provcheck: Callable[..., Any]
) -> None:
    rng = np.random.default_rng(2)
    frames = [Image.fromarray(rng.integers(0, 256, (60, 80, 3), dtype=np.uint8)) for _ in range(3)]
    path = tmp_path / "moving.gif"
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=500)
    assert len(provcheck("hash", path).stdout.splitlines()) == 3
    shown = provcheck("hash", path, "--all-frames").stdout.splitlines()
    assert [line.split("  ")[1] for line in shown[::3]] == [str(path), f"{path}#1", f"{path}#2"]
