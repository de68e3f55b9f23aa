"""`provcheck explain`: what it prints, what it draws, and its exit codes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from known_scenes import Known
from PIL import Image
from rendered_scenes import crop, save, scene


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save(tmp_path / "known.png", scene(3))
    save(tmp_path / "cropped.png", crop(scene(3), 0.1, 0.1, 0.8, 0.9))
    save(tmp_path / "other.png", scene(8))
    save(tmp_path / "flat.png", np.full((200, 200, 3), 90, np.uint8))
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    return tmp_path


@pytest.mark.parametrize(
    ("query", "exit_code", "said"),
    [
        ("cropped.png", 0, "The same picture: cropped.png was made from known.png."),
        ("other.png", 1, "Not the same"),
        ("flat.png", 3, "It cannot be said"),
    ],
)
def test_the_exit_code_says_whether_they_are_the_same(
    provcheck: Callable[..., Any], folder: Path, query: str, exit_code: int, said: str
) -> None:
    ran = provcheck("explain", folder / query, folder / "known.png")
    assert (ran.exit_code, ran.stderr) == (exit_code, "")
    assert ran.stdout.startswith(said)


def test_what_cannot_be_decoded_was_not_checked(provcheck: Callable[..., Any], folder: Path) -> None:
    ran = provcheck("explain", folder / "broken.png", folder / "known.png")
    assert (ran.exit_code, ran.stdout) == (3, "")
    assert ran.stderr.startswith("could not be checked: broken.png")


@pytest.mark.parametrize("name", ["proof.png", "proof.html"])
def test_the_proof_is_drawn(provcheck: Callable[..., Any], folder: Path, name: str) -> None:
    ran = provcheck("explain", folder / "cropped.png", folder / "known.png", "-o", folder / name, "--verbose")
    assert ran.exit_code == 0
    assert "points agree" in ran.stdout
    if name.endswith(".png"):
        with Image.open(folder / name) as drawn:
            assert drawn.width > 1000
    else:
        assert (folder / name).read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize("output", ["proof.gif", "-"])
def test_a_drawing_is_a_picture_or_a_page(provcheck: Callable[..., Any], folder: Path, output: str) -> None:
    ran = provcheck("explain", folder / "cropped.png", folder / "known.png", "-o", output)
    assert ran.exit_code == 2
    assert "neither a .png nor a .html" in ran.stderr


def test_a_file_that_is_not_there_is_wrong_usage(provcheck: Callable[..., Any], folder: Path) -> None:
    assert provcheck("explain", folder / "gone.png", folder / "known.png").exit_code == 2


def test_the_proof_of_a_saved_report_is_drawn(provcheck: Callable[..., Any], folder: Path, known: Known) -> None:
    (folder / "release").mkdir()
    (folder / "cropped.png").rename(folder / "release" / "cropped.png")
    saved = folder / "report.json"
    checked = provcheck("check", folder / "release", "--corpus", known.corpus.path, "--format", "json", "-o", saved)
    assert checked.exit_code == 1
    ran = provcheck("explain", saved, "cropped.png", "-o", folder / "proof.png")
    assert ran.exit_code == 0
    assert ran.stdout.startswith("The same picture: cropped.png was made from")
    assert provcheck("explain", saved, "another.png").exit_code == 2
