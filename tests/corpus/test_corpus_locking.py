import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from corpus_records import ALGORITHMS, source, video_frames

from provcheck.corpus import open_corpus
from provcheck.errors import CorpusBusy, CorpusError

HOLDER = """
import sys, time
from pathlib import Path
from provcheck.corpus import open_corpus
with open_corpus(Path(sys.argv[1]), write=True, algorithms=dict.fromkeys(("phash", "dhash", "pdq", "local"), "1")):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def known(tmp_path: Path) -> Path:
    with open_corpus(tmp_path / "known", write=True, create=True, algorithms=ALGORITHMS) as corpus:
        corpus.add_source(source("a"), video_frames(2))
    return tmp_path / "known"


def hold(path: Path) -> "subprocess.Popen[str]":
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def test_a_second_writer_is_told_who_the_first_is(known: Path) -> None:
    with hold(known) as holder:
        with pytest.raises(CorpusBusy, match=rf"pid {holder.pid}\)"):
            open_corpus(known, write=True, algorithms=ALGORITHMS, wait_s=0.2)
        holder.communicate()


def test_a_second_writer_waits_for_the_first(known: Path) -> None:
    with hold(known) as holder:
        assert holder.stdin is not None
        holder.stdin.close()
        with open_corpus(known, write=True, algorithms=ALGORITHMS, wait_s=20) as corpus:
            assert corpus.coverage().sources == 1


def test_readers_do_not_wait_for_a_writer(known: Path) -> None:
    with hold(known) as holder:
        started = time.monotonic()
        with open_corpus(known, algorithms=ALGORITHMS) as corpus:
            assert corpus.coverage().sources == 1
        assert time.monotonic() - started < 2
        holder.communicate()


def test_a_killed_writer_leaves_no_lock(known: Path) -> None:
    with hold(known) as holder:
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    with open_corpus(known, write=True, algorithms=ALGORITHMS, wait_s=0) as corpus:
        assert corpus.add_source(source("b"), video_frames(1)) is True


def test_two_writers_in_one_process_exclude_each_other_too(known: Path) -> None:
    with open_corpus(known, write=True, algorithms=ALGORITHMS), pytest.raises(CorpusBusy):
        open_corpus(known, write=True, algorithms=ALGORITHMS, wait_s=0)


def test_closing_releases_the_lock_even_when_opening_fails(known: Path) -> None:
    with pytest.raises(CorpusError):
        open_corpus(known, write=True, algorithms={})
    with open_corpus(known, write=True, algorithms=ALGORITHMS, wait_s=0) as corpus:
        assert corpus.coverage().sources == 1
