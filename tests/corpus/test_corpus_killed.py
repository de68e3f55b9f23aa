"""`provcheck corpus add` in a process of its own, ended in the middle of its work."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus_records import save_picture

from provcheck.corpus import Corpus, ingest, open_corpus
from provcheck.corpus.verifying import verify
from provcheck.errors import CorpusError

PICTURES = 60
PATIENCE_S = 60.0

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals work otherwise")


@pytest.fixture(scope="module")
def footage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("footage")
    for seed in range(PICTURES):
        save_picture(folder / f"{seed:02}.png", seed)
    return folder


@pytest.fixture
def adding(footage: Path, tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Yield a running `corpus add` that has acknowledged some sources but not all."""
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "provcheck",
        "corpus",
        "add",
        footage,
        "--corpus",
        tmp_path / "known",
        "--jobs",
        "2",
    ]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        wait_for_sources(tmp_path / "known", 3)
        yield process
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def wait_for_sources(path: Path, count: int) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        try:
            with open_corpus(path) as corpus:
                if corpus.coverage().sources >= count:
                    return
        except CorpusError:
            pass  # not made yet
        time.sleep(0.01)
    raise TimeoutError(path)


def paths_of(corpus: Corpus) -> list[str]:
    return [Path(source.path).name for source in corpus.sources()]


def finish(path: Path, footage: Path, kept: int) -> None:
    """Add again, and check that nothing is lost and nothing double."""
    with open_corpus(path, write=True) as corpus:
        before = paths_of(corpus)
        assert kept <= len(before) < PICTURES
        assert verify(corpus) == []
        summary = ingest.add(corpus, [footage], jobs=1)
        assert (len(summary.known), len(summary.added)) == (len(before), PICTURES - len(before))
        assert paths_of(corpus) == [f"{number:02}.png" for number in range(PICTURES)]
        assert corpus.coverage().frames == PICTURES
        assert verify(corpus, media=True) == []


def test_kill_9_loses_nothing_that_was_acknowledged(
    adding: "subprocess.Popen[str]", footage: Path, tmp_path: Path
) -> None:
    with open_corpus(tmp_path / "known") as corpus:
        acknowledged = corpus.coverage().sources
    adding.kill()
    adding.communicate()
    finish(tmp_path / "known", footage, acknowledged)


def test_ctrl_c_says_that_running_again_continues(
    adding: "subprocess.Popen[str]", footage: Path, tmp_path: Path
) -> None:
    os.killpg(adding.pid, signal.SIGINT)  # a terminal signals the whole group, workers included
    stdout, stderr = adding.communicate(timeout=PATIENCE_S)
    assert adding.returncode == 130
    assert stdout == ""
    (line,) = stderr.splitlines()
    assert line.startswith(f"interrupted; {tmp_path / 'known'} has ")
    assert line.endswith("sources. Running the same command again continues.")
    finish(tmp_path / "known", footage, 3)
