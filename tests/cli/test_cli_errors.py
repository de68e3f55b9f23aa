"""Every way in which a command line can end, as exit code and message."""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from provcheck import errors
from provcheck.cli import run
from provcheck.errors import CorpusBusy, ProvcheckError
from provcheck.exitcodes import EXIT_CODES


def command_raising(error: BaseException) -> click.Command:
    @click.command()
    @click.option("--debug", is_flag=True)
    def fail(*, debug: bool) -> None:
        assert debug in (True, False)
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (CorpusBusy("x.corpus is being written", "Try again."), 75, "error: x.corpus is being written\n  Try again.\n"),
        (ProvcheckError("no remedy"), 70, "error: no remedy\n"),
        (ProvcheckError("bad\x1b[2Jname"), 70, "error: bad\\x1b[2Jname\n"),
        (
            OSError(errno.ENOSPC, "No space left on device", "/tmp/x"),  # noqa: S108 (a name, and no file)
            73,
            "error: no space is left for /tmp/x\n  Free some space on that disk.\n",
        ),
        (KeyboardInterrupt(), 130, "interrupted\n"),
        (click.Abort(), 130, "interrupted\n"),
        (click.ClickException("odd"), 2, "Error: odd\n"),
        (click.UsageError("odd"), 2, "Usage: provcheck [OPTIONS]\nTry 'provcheck --help' for help.\n\nError: odd\n"),
        (click.exceptions.Exit(3), 3, ""),
    ],
)
def test_an_error_becomes_its_exit_code(
    error: BaseException, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([], command_raising(error)) == code
    assert capsys.readouterr() == ("", said)


def test_an_unexpected_error_is_two_lines_and_no_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([], command_raising(ZeroDivisionError("by zero"))) == 70
    said = capsys.readouterr().err
    assert said == (
        "error: unexpected ZeroDivisionError: by zero\n"
        "  This is a bug in provcheck; PROVCHECK_DEBUG=1 shows where it happened.\n"
    )


def test_debug_shows_the_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--debug"], command_raising(CorpusBusy("busy"))) == 75
    assert "Traceback" in capsys.readouterr().err


def test_the_environment_asks_for_the_traceback_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROVCHECK_DEBUG", "1")
    assert run([], command_raising(ZeroDivisionError())) == 70
    assert "Traceback" in capsys.readouterr().err


def every_error(kind: type[ProvcheckError] = ProvcheckError) -> list[type[ProvcheckError]]:
    return [kind, *(found for direct in kind.__subclasses__() for found in every_error(direct))]


@pytest.mark.parametrize("kind", every_error())
def test_the_code_of_every_error_is_in_the_table(kind: type[ProvcheckError]) -> None:
    assert kind.exit_code in EXIT_CODES
    assert kind.exit_code not in (0, 1, 3)


@pytest.mark.parametrize("kind", every_error())
def test_every_error_is_drawn_in_the_tree(kind: type[ProvcheckError]) -> None:
    assert f"{kind.__name__} " in (errors.__doc__ or "")


def test_help_has_the_table_of_exit_codes(provcheck: Callable[..., Any]) -> None:
    shown = provcheck("--help").stdout
    assert all(f"{code:>3}  {meaning}" in shown for code, meaning in EXIT_CODES.items())


@pytest.mark.parametrize(
    "arguments", [["chekc"], ["check"], ["check", "nowhere", "--corpus", "c"], ["hash"], ["--no-such-option"]]
)
def test_wrong_usage_is_2_and_says_so_on_stderr(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "error: " in err.lower()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["chekc"], "No such command 'chekc'. Did you mean 'check'?"),
        (["xyzzy"], "No such command 'xyzzy'."),
    ],
)
def test_a_misspelt_command_is_answered_with_the_nearest(
    typed: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(typed) == 2
    assert capsys.readouterr().err.rstrip().endswith(said)


def test_no_arguments_show_the_help_as_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    assert "Usage: provcheck" in capsys.readouterr().err


def test_a_closed_pipe_ends_silently() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "provcheck", "schema"], stdout=writer, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.parametrize(("arguments", "code"), [("schema", 73), ("--version", 0), ("demo --help", 0)])
def test_a_stdout_that_was_closed_before_the_start_is_no_bug(arguments: str, code: int) -> None:
    command = f'"{sys.executable}" -m provcheck {arguments} >&-'
    done = subprocess.run(["sh", "-c", command], stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == code
    assert done.stderr.startswith("error: cannot write stdout: it is closed\n" if code else "")
    assert "bug" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_help_for_a_full_disk_is_no_bug() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "provcheck", "--help"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, "bug" in done.stderr) == (73, False)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_an_error_of_output() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "provcheck", "schema"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 73
    assert done.stderr.startswith("error: cannot write stdout: No space left on device\n")


WAITING = """
import sys, time, click
from provcheck.cli import run
@click.command()
def wait():
    print("ready", flush=True)
    time.sleep(60)
sys.exit(run([], wait))
"""


def test_ctrl_c_is_one_line_and_130() -> None:
    command = [sys.executable, "-c", WAITING]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (130, "interrupted\n")
