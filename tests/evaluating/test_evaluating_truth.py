"""Truth files, in both forms, and what is wrong with them."""

from pathlib import Path

import pytest

from provcheck.errors import UsageError
from provcheck.evaluating.truth import Truth, read_truth


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "queries").mkdir()
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / "queries" / name).write_bytes(b"")
    return tmp_path


def test_a_table_with_more_columns_than_are_needed(folder: Path) -> None:
    (folder / "truth.csv").write_text(
        "query,reference,time_s,family,transform,source\na.jpg,x.mp4,1.25,still,crop50,p\nb.jpg,,,near,plain,p\n"
    )
    assert read_truth(folder) == (
        Truth("a.jpg", "x.mp4", "still", "crop50", 1.25),
        Truth("b.jpg", "", "near", "plain"),
    )
    assert [truth.is_same_scene for truth in read_truth(folder)] == [False, True]


@pytest.mark.parametrize(
    "text", ['[{"query": "a.jpg", "reference": null}]', '{"queries": [{"query": "a.jpg", "reference": ""}]}']
)
def test_a_list_of_objects(folder: Path, text: str) -> None:
    (folder / "truth.json").write_text(text)
    assert read_truth(folder) == (Truth("a.jpg"),)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("truth.csv", "query,family\na.jpg,x\n", r"truth\.csv, line 2 has no reference"),
        ("truth.csv", "query,reference\n,x\n", r"line 2 has no query"),
        ("truth.csv", "query,reference\na.jpg,\na.jpg,x\n", r"line 3 names the query a\.jpg again"),
        ("truth.csv", "query,reference\nc.jpg,\n", r"line 2 names c\.jpg, which is not in"),
        ("truth.csv", "query,reference,time_s\na.jpg,x,soon\n", r"line 2 has the time 'soon'"),
        ("truth.csv", "query,reference\n", r"names no query"),
        ("truth.json", "{", r"truth\.json cannot be read"),
        ("truth.json", '{"queries": 3}', r"holds no list of objects"),
        ("truth.json", '[{"reference": "x"}]', r"entry 1 has no query"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(folder: Path, name: str, text: str, said: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        read_truth(folder)


def test_without_a_truth_file(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"no truth\.csv or truth\.json"):
        read_truth(folder)
