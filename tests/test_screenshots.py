"""The pictures in README: there, small, described, and made by a script that still works."""

import re
from pathlib import Path
from typing import Final

import numpy as np
import pytest
import screenshots
from PIL import Image

ROOT: Final = Path(__file__).parents[1]
IMAGE: Final = re.compile(r"!\[([^\]]*)\]\(([^)]*)\)")
MOST_BYTES: Final = 200_000
FEWEST_WORDS: Final = 8

SHOWN: Final = IMAGE.findall((ROOT / "README.md").read_text(encoding="utf-8"))


def test_readme_shows_what_the_script_takes_and_nothing_else() -> None:
    taken = {f"samples/screenshots/{name}.webp" for name in screenshots.PAGES}
    assert {address for _, address in SHOWN} == taken
    assert {f"samples/screenshots/{file.name}" for file in (ROOT / "samples" / "screenshots").iterdir()} == taken


@pytest.mark.parametrize(("said", "address"), SHOWN, ids=[address for _, address in SHOWN])
def test_a_picture_of_readme_is_small_whole_and_described(said: str, address: str) -> None:
    file = ROOT / address
    assert file.stat().st_size < MOST_BYTES
    assert len(said.split()) >= FEWEST_WORDS
    with Image.open(file) as picture:
        assert picture.size == screenshots.WINDOW
        assert np.asarray(picture.convert("L")).std() > 20


@pytest.mark.skipif(not screenshots.chromium(), reason="needs chromium (apt-get install)")
def test_the_script_takes_them_again(tmp_path: Path) -> None:
    screenshots.take(tmp_path, screenshots.chromium() or "")
    for name in screenshots.PAGES:
        with (
            Image.open(tmp_path / f"{name}.webp") as again,
            Image.open(ROOT / f"samples/screenshots/{name}.webp") as shown,
        ):
            assert again.size == shown.size
            # Fonts differ from machine to machine, so the two are held against each other coarsely.
            small = [np.asarray(each.convert("L").resize((60, 50)), np.float64) for each in (again, shown)]
            assert np.corrcoef(small[0].ravel(), small[1].ravel())[0, 1] > 0.8
