"""`provcheck evaluate`: a set is made, measured, and refused when it is wrong."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rendered_scenes import save, scene

from provcheck.evaluating.making import BACKGROUNDS

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    for seed in range(3):
        save(folder / "photos" / f"p{seed}.jpg", scene(seed))
    for seed in range(BACKGROUNDS + 2):
        save(folder / "others" / f"o{seed}.jpg", scene(100 + seed, 240, 160))
    for shot in ("left", "right"):
        save(folder / "near" / f"square__{shot}.jpg", scene(60 if shot == "left" else 61))
    return folder


def made(provcheck: Run, photos: Path, folder: Path, *more: object) -> Any:
    return provcheck("evaluate", "--make", folder, "--photos", photos / "photos", "--distractors", photos / "others",
                     "--queries", 9, "--edits", "jpeg-70,crop-50", "--no-progress", *more)  # fmt: skip


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "truth.csv").open(newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_set_is_made_and_measured(provcheck: Run, photos: Path, tmp_path: Path) -> None:
    assert made(provcheck, photos, tmp_path / "set", "--near", photos / "near").exit_code == 0
    ran = provcheck("evaluate", "--set", tmp_path / "set", "--families", "--json", tmp_path / "figures.json")
    assert ran.exit_code == 0
    assert "9 queries against 4 sources, 4 frames" in ran.stdout
    assert "recall              1.000 of 6 with a reference" in ran.stdout
    assert "unrelated false     0 of 2" in ran.stdout
    assert "same-scene false    0 of 1" in ran.stdout
    assert "crop-50   1.000  3/3" in ran.stdout
    figures = json.loads((tmp_path / "figures.json").read_text())["figures"]
    assert (figures["average_precision"], figures["curve"][3]["found"]) == (pytest.approx(1), 0)


def test_the_same_seed_makes_the_same_set(provcheck: Run, photos: Path, tmp_path: Path) -> None:
    for name, seed in (("one", 5), ("two", 5), ("three", 6)):
        made(provcheck, photos, tmp_path / name, "--seed", seed)
    assert rows(tmp_path / "one") == rows(tmp_path / "two") != rows(tmp_path / "three")
    for row in rows(tmp_path / "one"):
        assert (tmp_path / "one/queries" / row["query"]).read_bytes() == (
            tmp_path / "two/queries" / row["query"]
        ).read_bytes()
    assert sorted(row["reference"] for row in rows(tmp_path / "one")) == [
        "",
        "",
        "",
        *2 * ["p0.jpg"],
        *2 * ["p1.jpg"],
        *2 * ["p2.jpg"],
    ]


def test_a_set_is_never_written_over(provcheck: Run, photos: Path, tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    ran = made(provcheck, photos, tmp_path / "set")
    assert (ran.exit_code, list((tmp_path / "set").iterdir())) == (2, [])
    assert "exists already" in ran.stderr


def test_a_set_that_cannot_be_made_leaves_nothing(provcheck: Run, photos: Path, tmp_path: Path) -> None:
    save(tmp_path / "photos/a.jpg", scene(1))
    (tmp_path / "photos/b.jpg").write_bytes(b"\xff\xd8\xff no picture")
    ran = provcheck("evaluate", "--make", tmp_path / "set", "--photos", tmp_path / "photos", "--distractors",
                    photos / "others", "--queries", 9)  # fmt: skip
    assert ran.exit_code == 2
    assert "b.jpg" in ran.stderr
    assert [path.name for path in tmp_path.iterdir() if "set" in path.name] == []


def test_a_reference_that_is_not_registered_is_named(provcheck: Run, tmp_path: Path) -> None:
    save(tmp_path / "queries/q.png", scene(1))
    save(tmp_path / "refs/other.png", scene(2))
    (tmp_path / "truth.csv").write_text("query,reference\nq.png,gone.png\n")
    ran = provcheck("evaluate", "--set", tmp_path)
    assert "not among the references, so their queries are missed: gone.png" in ran.stdout
    assert "recall              0.000 of 1" in ran.stdout


def test_a_query_that_cannot_be_read_is_named(provcheck: Run, tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries/q.png").write_bytes(b"\x89PNG\r\n\x1a\n but no more")
    save(tmp_path / "refs/r.png", scene(2))
    (tmp_path / "truth.csv").write_text("query,reference\nq.png,r.png\n")
    assert "unreadable          q.png" in provcheck("evaluate", "--set", tmp_path).stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "give one of"),
        (("--list-edits", "--make", "x"), "give one of"),
        (("--make", "x"), "needs --photos"),
        (("--set", "."), "no truth.csv"),
        (("--set", ".", "--refs", "a", "--corpus", "b"), "not both"),
    ],
)
def test_wrong_usage_is_explained(provcheck: Run, arguments: tuple[str, ...], said: str) -> None:
    ran = provcheck("evaluate", *arguments)
    assert (ran.exit_code, said in ran.stderr) == (2, True), ran.stderr


def test_the_edits_are_listed_with_their_families(provcheck: Run) -> None:
    lines = provcheck("evaluate", "--list-edits").stdout.splitlines()
    assert lines[0].split(maxsplit=2) == ["jpeg", "jpeg-70", "JPEG, quality 70"]
    assert any(line.startswith("screen-photo  screen-photo-strong   ") for line in lines)
