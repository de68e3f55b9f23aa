import os
import stat
from pathlib import Path
from typing import IO

import pytest

from provcheck.cli.output import refuse_unwritable, write_output, write_outputs
from provcheck.errors import OutputError


def say_hello(stream: IO[str]) -> None:
    stream.write("hello ünï\n")


def fail_halfway(stream: IO[str]) -> None:
    stream.write("half")
    raise RuntimeError


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    write_output(str(tmp_path / "report.txt"), say_hello)
    assert (tmp_path / "report.txt").read_bytes() == "hello ünï\n".encode()
    assert [path.name for path in tmp_path.iterdir()] == ["report.txt"]


def test_a_failure_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("old")
    with pytest.raises(RuntimeError):
        write_output(str(report), fail_halfway)
    assert report.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.txt"]


def test_a_hyphen_is_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    write_output("-", say_hello)
    assert capsys.readouterr().out == "hello ünï\n"


def test_a_pipe_is_written_into_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_output(str(pipe), say_hello)
    assert os.read(reader, 100) == "hello ünï\n".encode()
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    os.close(reader)


@pytest.mark.parametrize("name", ["no-such-folder/report.txt", "."])
def test_what_cannot_be_written_is_refused_before_and_when_writing(name: str, tmp_path: Path) -> None:
    target = str(tmp_path / name)
    with pytest.raises(OutputError, match="cannot write"):
        refuse_unwritable(target)
    with pytest.raises(OutputError, match="cannot write"):
        write_output(target, say_hello)


@pytest.mark.parametrize("name", ["new.txt", "old.txt"])
def test_what_can_be_written_is_not_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text("old")
    refuse_unwritable(str(tmp_path / name))
    assert (tmp_path / "old.txt").read_text() == "old"


def test_a_full_device_is_named() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with pytest.raises(OutputError, match="cannot write /dev/full: No space left on device") as caught:
        write_output("/dev/full", say_hello)
    assert caught.value.remedy.startswith("Free some space")


def test_several_files_appear_together(tmp_path: Path) -> None:
    write_outputs([(str(tmp_path / "a"), say_hello), (str(tmp_path / "b"), say_hello)])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_where_one_of_several_cannot_be_made_none_changes(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    with pytest.raises(RuntimeError):
        write_outputs([(str(tmp_path / "a"), say_hello), (str(tmp_path / "b"), fail_halfway)])
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a", "old")]


def test_files_are_there_although_the_reader_of_a_pipe_went_away(tmp_path: Path) -> None:
    def go_away(_: IO[str]) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        write_outputs([("-", go_away), (str(tmp_path / "a"), say_hello)])
    assert (tmp_path / "a").exists()
