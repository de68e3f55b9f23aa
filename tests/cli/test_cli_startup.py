"""Starting must be quick: heavy libraries wait until a command needs them."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from provcheck.corpus import open_corpus
from provcheck.corpus.ingest import add

HEAVY = ("numpy", "PIL", "cv2", "faiss", "av", "rich", "scipy", "imagehash", "requests", "sqlite3")


def imported_by(program: str) -> set[str]:
    code = f"{program}\nimport sys; print('modules:', *sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.rpartition("modules:")[2].split())


def test_the_command_line_imports_nothing_heavy() -> None:
    assert not imported_by("import provcheck.cli").intersection(HEAVY)


def test_help_imports_no_command() -> None:
    modules = imported_by("from provcheck.cli import run; run(['--help'])")
    assert not modules.intersection((*HEAVY, "provcheck.cli.check", "provcheck.cli.corpus"))


@pytest.mark.parametrize("command", ["check", "convert", "hash", "demo", "schema", "corpus", "evaluate", "calibrate"])
def test_help_of_a_command_imports_nothing_heavy(command: str) -> None:
    modules = imported_by(f"from provcheck.cli import run; run(['{command}', '--help'])")
    assert not modules.difference(("numpy",)).intersection(HEAVY)  # the records need numpy


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a picture, and a corpus that knows it."""
    folder = tmp_path_factory.mktemp("known")
    noise = np.random.default_rng(1).integers(0, 256, (12, 16, 3), np.uint8)
    Image.fromarray(noise).resize((320, 240), Image.Resampling.BICUBIC).save(folder / "picture.png")
    with open_corpus(folder / "corpus", write=True, create=True) as corpus:
        add(corpus, [folder / "picture.png"], jobs=1)
    return folder


def imported_by_checking(known: Path, cache: Path) -> set[str]:
    arguments = [known / "picture.png", "--corpus", known / "corpus", "--cache", cache, "--quiet"]
    return imported_by(f"from provcheck.cli import run; run({['check', *map(str, arguments)]})")


def test_checking_pictures_imports_what_it_needs_alone(known: Path, tmp_path: Path) -> None:
    modules = imported_by_checking(known, tmp_path / "cache")
    assert "provcheck.matching.matcher" in modules
    assert not modules.intersection(
        ("av", "rich", "requests", "mailbox", "PIL.TiffImagePlugin", "provcheck.release.readers", "provcheck.comparing")
    )


def test_what_is_in_the_cache_is_checked_without_what_searches(known: Path, tmp_path: Path) -> None:
    searched, remembered = (imported_by_checking(known, tmp_path / "cache") for _ in range(2))
    assert {"cv2", "faiss"} <= searched
    assert not remembered.intersection(("cv2", "faiss", "provcheck.matching"))


def test_hashing_a_picture_imports_what_it_needs_alone(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    noise = np.random.default_rng(1).integers(0, 256, (12, 16, 3), np.uint8)
    Image.fromarray(noise).resize((320, 240), Image.Resampling.BICUBIC).save(path)
    modules = imported_by(f"from provcheck.cli import run; run(['hash', {str(path)!r}])")
    assert not modules.intersection(("cv2", "faiss", "av", "rich", "scipy", "requests", "sqlite3"))
