import os
from contextlib import chdir
from pathlib import Path

import pytest

from provcheck.corpus.walking import FoundFile, find_files
from provcheck.records import Skipped


def touch(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def names(root: Path, *paths: Path) -> list[str]:
    found = [file for file in find_files(paths) if isinstance(file, FoundFile)]
    return [file.path.relative_to(root).as_posix() for file in found]


def test_folders_are_walked_in_the_order_of_names(tmp_path: Path) -> None:
    touch(tmp_path / "b.jpg", tmp_path / "a.jpg", tmp_path / "c" / "d" / "e.mp4")
    assert names(tmp_path, tmp_path) == ["a.jpg", "b.jpg", "c/d/e.mp4"]


def test_hidden_files_are_left_out_unless_they_are_named(tmp_path: Path) -> None:
    touch(tmp_path / ".a.jpg", tmp_path / ".cache" / "b.jpg")
    assert names(tmp_path, tmp_path) == []
    assert names(tmp_path, tmp_path / ".a.jpg", tmp_path / ".cache") == [".cache/b.jpg", ".a.jpg"]


def test_a_corpus_inside_is_left_out(tmp_path: Path) -> None:
    touch(
        tmp_path / "a.jpg", tmp_path / "known.corpus" / "corpus.sqlite", tmp_path / "known.corpus" / "index" / "x.bin"
    )
    assert names(tmp_path, tmp_path) == ["a.jpg"]


def test_loops_of_links_end(tmp_path: Path) -> None:
    touch(tmp_path / "a" / "x.jpg")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert names(tmp_path, tmp_path) == ["a/x.jpg"]


def test_a_link_to_a_folder_elsewhere_is_followed(tmp_path: Path) -> None:
    touch(tmp_path / "elsewhere" / "x.jpg", tmp_path / "here" / "y.jpg")
    (tmp_path / "here" / "link").symlink_to(tmp_path / "elsewhere")
    assert names(tmp_path, tmp_path / "here") == ["here/y.jpg", "here/link/x.jpg"]


def test_a_file_given_twice_is_found_once_and_counts_as_named(tmp_path: Path) -> None:
    touch(tmp_path / "a.jpg")
    with chdir(tmp_path):
        (found,) = find_files([tmp_path, Path("a.jpg"), Path("./a.jpg")])
    assert found == FoundFile(tmp_path / "a.jpg", tmp_path, named=True)


def test_of_folders_inside_each_other_the_outer_one_counts(tmp_path: Path) -> None:
    touch(tmp_path / "a" / "x.jpg")
    (found,) = find_files([tmp_path / "a", tmp_path])
    assert found == FoundFile(tmp_path / "a" / "x.jpg", tmp_path, named=False)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_may_not_be_read_is_reported(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    (skipped,) = find_files([tmp_path])
    assert skipped == Skipped(str(tmp_path / "closed"), "the folder cannot be read: Permission denied")
