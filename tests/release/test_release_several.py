"""Which releases a command line names, and what becomes of a broken one."""

from pathlib import Path

import pytest

from provcheck.errors import UsageError
from provcheck.records import Skipped
from provcheck.release import find_releases, read_releases
from provcheck.release.opening import NO_PICTURE
from provcheck.release.several import NOTHING_THERE

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make three releases and a README beside them."""
    for name in ("one", "two", "deep/three", "[odd]"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "a.png").write_bytes(PNG)
    (tmp_path / "README.md").write_text("no release")
    return tmp_path


def names(folder: Path, *named: str) -> list[str]:
    found = find_releases(str(folder / name) for name in named)
    return [path.relative_to(folder).as_posix() for path in found if isinstance(path, Path)]


def test_names_keep_their_order_and_each_counts_once(folder: Path) -> None:
    assert names(folder, "two", "one", "two/", "one/../two") == ["two", "one"]


def test_a_pattern_means_folders(folder: Path) -> None:
    assert names(folder, "*o*") == ["[odd]", "one", "two"]


def test_a_pattern_means_files_where_it_matches_no_folder(folder: Path) -> None:
    assert names(folder, "**/*.png") == ["[odd]/a.png", "deep/three/a.png", "one/a.png", "two/a.png"]


def test_what_exists_by_that_name_is_no_pattern(folder: Path) -> None:
    assert names(folder, "[odd]") == ["[odd]"]


def test_a_pattern_from_the_working_directory(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert find_releases(["t?o"]) == [Path("two")]


def test_a_pattern_that_matches_nothing_is_wrong_usage(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"nothing\*: the pattern matches nothing"):
        names(folder, "one", "nothing*")


def test_nothing_that_exists_is_wrong_usage(folder: Path) -> None:
    with pytest.raises(UsageError, match=f"missing, .*gone: {NOTHING_THERE}"):
        names(folder, "missing", "gone")


def test_one_that_is_missing_among_others_is_left_to_the_report(folder: Path) -> None:
    assert names(folder, "one", "gone") == ["one", "gone"]
    _, gone = read_releases([folder / "one", folder / "gone"])
    assert gone.skipped == (Skipped(str(folder / "gone"), NOTHING_THERE),)


def test_a_broken_manifest_is_named_by_its_line(folder: Path) -> None:
    (folder / "one" / "release.toml").write_text('title = "a"\nlanguge = "en"\n')
    one, two = read_releases([folder / "one", folder / "two"])
    [reason] = one.skipped
    assert (one.images, reason.path, reason.missed) == ((), "release.toml", True)
    assert reason.reason.startswith("line 2: unknown key “languge”")
    assert [image.name for image in two.images] == ["a.png"]


def test_a_release_without_a_picture_says_so(folder: Path) -> None:
    (folder / "empty").mkdir()
    (folder / "texts").mkdir()
    (folder / "texts" / "a.txt").write_text("text")
    empty, texts = read_releases([folder / "empty", folder / "texts"])
    assert empty.skipped == (Skipped(str(folder / "empty"), NO_PICTURE),)
    assert texts.skipped[-1] == Skipped(str(folder / "texts"), NO_PICTURE)
    assert len(texts.skipped) == 2


@pytest.mark.parametrize(
    ("name", "text"), [("empty.eml", "Subject: words\nMIME-Version: 1.0\n\nno picture\n"), ("a.html", "<html>words")]
)
def test_what_was_opened_and_holds_no_picture_is_named_once(folder: Path, name: str, text: str) -> None:
    """Beside other files it is no news, alone it is what the check is about."""
    beside = folder / "beside"
    beside.mkdir()
    (beside / name).write_text(text, encoding="utf-8")
    (beside / "notes.txt").write_text("words", encoding="utf-8")
    (whole,) = read_releases([beside], folder / "room")
    (alone,) = read_releases([beside / name], folder / "other")
    assert Skipped(name, NO_PICTURE, missed=False) in whole.skipped
    assert alone.skipped == (Skipped(str(beside / name), NO_PICTURE),)
