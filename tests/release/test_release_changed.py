"""Files that changed, to the releases that they belong to."""

from pathlib import Path

import pytest
from rendered_scenes import save, scene

from provcheck.release import changed_releases


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("a/release.toml", "a/deep/er/note.txt", "b/release.toml", "loose/statement.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    for name in ("a/one.png", "a/deep/two.png", "loose/three.png"):
        save(tmp_path / name, scene(1, 60, 40))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("files", "releases"),
    [
        (["a/one.png", "a/deep/two.png", "a/release.toml"], ["a"]),
        (["b/release.toml", "a/deep/er/note.txt"], ["b", "a"]),
        (["loose/three.png", "loose/three.png"], ["loose/three.png"]),
        (["loose/statement.txt", "gone.png", "b/gone.png"], ["b"]),
        ([], []),
    ],
)
def test_a_file_means_the_nearest_release_above_it(root: Path, files: list[str], releases: list[str]) -> None:
    assert changed_releases(files, root) == releases


def test_the_release_in_the_working_directory_is_found_and_none_above_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root / "a")
    assert changed_releases(["one.png", "deep/two.png"], root / "a") == ["."]
    monkeypatch.chdir(root / "a" / "deep")
    assert changed_releases(["two.png"], root / "a" / "deep") == ["two.png"]
