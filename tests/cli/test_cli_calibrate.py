"""`provcheck calibrate`: what a corpus finds of itself, and what it takes for something else."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rendered_scenes import build_corpus, save_video, scene

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a corpus of a video, a picture whose file is gone, and two pictures, one a lighter copy of the other."""
    folder = tmp_path_factory.mktemp("calibrated")
    lighter = (scene(1) // 2 + 90).astype("uint8")
    video = save_video(folder / "clip.mp4", [scene(9, 320, 240)] * 5)
    pictures = {"one": scene(1), "one-lighter": lighter, "gone": scene(3)}
    path = build_corpus(folder / "known", pictures, videos=(video,))
    (folder / "known-media/gone.png").unlink()
    return path


def test_recall_false_matches_and_pairs(provcheck: Run, corpus: Path) -> None:
    ran = provcheck("calibrate", "--corpus", corpus, "--edits", "jpeg-70,crop-80", "--queries", 8)
    assert ran.exit_code == 0
    assert "8 queries made from 4 sources, 4 frames (seed 7)" in ran.stdout
    assert "2 of them from the small stored pictures" in ran.stdout
    assert "found their source     8 of 8" in ran.stdout
    assert "matched another one    4 of 8, their own source held out" in ran.stdout
    pair = ran.stdout.splitlines()[-1]
    assert "one.png" in pair
    assert "one-lighter.png" in pair
    assert not (corpus / "calibration.json").exists()


def test_the_result_is_kept_on_request_and_the_same_for_a_seed(provcheck: Run, corpus: Path) -> None:
    kept = []
    for _ in range(2):
        ran = provcheck("calibrate", "--corpus", corpus, "--edits", "jpeg-70", "--queries", 3, "--seed", 3, "--write")
        assert ran.exit_code == 0
        kept.append(json.loads((corpus / "calibration.json").read_text()))
    assert kept[0] == kept[1]
    assert (kept[0]["queries"], kept[0]["found"]) == (3, 3)
    assert [row["claimed"] for row in kept[0]["curve"][:2]] == [3.0, pytest.approx(0.3)]
    assert provcheck("corpus", "verify", "--corpus", corpus).exit_code == 0


def test_a_corpus_of_one_source_cannot_hold_any_out(provcheck: Run, tmp_path: Path) -> None:
    ran = provcheck("calibrate", "--corpus", build_corpus(tmp_path / "small", {"one": scene(1)}))
    assert ran.exit_code == 2
    assert "1 of at least 2 sources" in ran.stderr


def test_an_unknown_edit_is_refused_before_the_corpus_is_opened(provcheck: Run, tmp_path: Path) -> None:
    ran = provcheck("calibrate", "--corpus", tmp_path / "none", "--edits", "krop")
    assert (ran.exit_code, "'krop'" in ran.stderr) == (2, True)
