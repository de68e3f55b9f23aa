"""Which files an entry means."""

from pathlib import Path

import pytest

from provcheck.errors import FactsError
from provcheck.selectors import Selector, read_selector, relative_name
from provcheck.tomlfiles import read_toml


@pytest.mark.parametrize(
    ("glob", "name", "is_meant"),
    [
        ("*.jpg", "a.jpg", True),
        ("*.jpg", "A.JPG", False),
        ("*.jpg", "sub/a.jpg", False),
        ("**/*.jpg", "a.jpg", True),
        ("**/*.jpg", "x/y/a.jpg", True),
        ("x/**", "x/y/a.jpg", True),
        ("x/**/a.jpg", "x/a.jpg", True),
        ("x/**/a.jpg", "y/a.jpg", False),
        ("photo-?.png", "photo-1.png", True),
        ("photo-[12].png", "photo-3.png", False),
        ("photo-[!3].png", "photo-1.png", True),
        ("../*.jpg", "../a.jpg", True),
        ("cafe\u0301*.jpg", "caf\u00e9-1.jpg", True),
    ],
)
def test_globs_stay_inside_a_folder_unless_they_have_two_stars(glob: str, name: str, is_meant: bool) -> None:
    assert Selector(glob, is_glob=True, origin="").selects(name) is is_meant


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("a.jpg", "a.jpg"),
        ("./sub/../a.jpg", "a.jpg"),
        ("../known/a[1].jpg", "../known/a[1].jpg"),
        ("A\u030a.png", "\u00c5.png"),
    ],
)
def test_a_path_means_one_file_however_it_is_written(tmp_path: Path, written: str, name: str) -> None:
    (tmp_path / "facts.toml").write_text(f"path = '{written}'\n", encoding="utf-8")
    assert read_selector(read_toml(tmp_path / "facts.toml")).selects(name)


def test_an_absolute_path_means_its_file(tmp_path: Path) -> None:
    (tmp_path / "facts.toml").write_text(f"path = '{(tmp_path / 'x' / 'a.jpg').as_posix()}'\n")
    assert read_selector(read_toml(tmp_path / "facts.toml")).selects("x/a.jpg")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title = 'x'", "line 1: the entry has neither path nor glob, expected one of them"),
        ("path = 'x'\nglob = 'y'", "line 1: the entry has both path and glob, expected one of them"),
        ("\npath = 3", "line 2: path: expected a text in quotes, found 3"),
        ("glob = ''", "line 1: glob: expected a text in quotes, found ''"),
    ],
)
def test_an_entry_without_one_clear_meaning_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "facts.toml").write_text(text)
    with pytest.raises(FactsError) as caught:
        read_selector(read_toml(tmp_path / "facts.toml"))
    assert caught.value.message.endswith(message)


def test_a_name_does_not_follow_the_file_but_its_folder(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "x.jpg").touch()
    (tmp_path / "known").mkdir()
    (tmp_path / "known" / "a.jpg").symlink_to(tmp_path / "store" / "x.jpg")
    (tmp_path / "link").symlink_to(tmp_path / "known")
    assert relative_name(tmp_path / "link" / "a.jpg", tmp_path / "known") == "a.jpg"
