"""The command line: the group, and the one place where an error becomes an exit code.

Commands are imported when they are used. `provcheck --help` needs only their names and summaries, which stand here, so
it does not wait for OpenCV, FAISS and PyAV.
"""

import errno
import gc
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from typing import Final, NamedTuple, NoReturn

import click

from provcheck import __version__
from provcheck.errors import OutputError, ProvcheckError
from provcheck.exitcodes import BROKEN, EXIT_CODES, INTERRUPTED, PIPE_CLOSED, USAGE
from provcheck.report.visible import visible

OBJECTS_A_COLLECTION: Final = 10_000
"""Python looks for garbage whenever 700 more objects are there, which is two hundred times while modules load."""


def main() -> NoReturn:
    """Run the command line of this process and end it with the exit code."""
    gc.set_threshold(OBJECTS_A_COLLECTION)
    code = run(sys.argv[1:])
    gc.freeze()  # else Python looks through all that is there twice as it ends
    sys.exit(code)


def run(arguments: Sequence[str], command: click.Command | None = None) -> int:
    """Run one command line and return its exit code (see `provcheck.exitcodes`); every error is reported on stderr."""
    command = command or cli
    debug = _asks_for_traceback(arguments)
    try:
        with command.make_context("provcheck", list(arguments)) as context:
            command.invoke(context)
        if sys.stdout is not None:  # a process may be started without one
            sys.stdout.flush()
    except click.exceptions.Exit as end:
        return end.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        _give_up_stdout()
        return PIPE_CLOSED
    except Exception as error:  # noqa: BLE001 (the last line of defence: one line and a hint, never a bare traceback)
        return _explain(error, debug=debug)
    return 0


def _explain(error: Exception, *, debug: bool) -> int:
    """Say what went wrong on stderr and return the exit code."""
    if debug:
        traceback.print_exception(error)
    match error:
        case click.ClickException():
            error.show()
            return USAGE
        case ProvcheckError():
            _complain(error.message, error.remedy)
            return error.exit_code
        case OSError(errno=errno.ENOSPC):
            _complain(f"no space is left for {error.filename or 'what is written'}", "Free some space on that disk.")
            return OutputError.exit_code
        case _:
            said = f"{type(error).__name__}: {error}".rstrip(": ")
            _complain(f"unexpected {said}", "This is a bug in provcheck; PROVCHECK_DEBUG=1 shows where it happened.")
            return BROKEN


def _complain(message: str, remedy: str) -> None:
    click.echo(f"error: {visible(message)}", err=True)
    if remedy:
        click.echo(f"  {visible(remedy)}", err=True)


def _asks_for_traceback(arguments: Sequence[str]) -> bool:
    return "--debug" in arguments[:1] or os.environ.get("PROVCHECK_DEBUG") == "1"


def _give_up_stdout() -> None:
    """Point stdout at nothing, or the interpreter would complain about the closed pipe once more when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Command(NamedTuple):
    module: str
    attribute: str
    summary: str


COMMANDS: Final = {
    "check": _Command("provcheck.cli.check", "check", "Check the pictures of a release against a corpus."),
    "convert": _Command("provcheck.cli.convert", "convert", "Render a saved JSON report again, in any format."),
    "compare": _Command("provcheck.cli.compare", "compare", "Say how versions of a release differ."),
    "explain": _Command("provcheck.cli.explain", "explain", "Say whether two pictures are the same, and why."),
    "bundle": _Command("provcheck.cli.bundle", "bundle", "Pack a case into one file that lasts, or check one."),
    "corpus": _Command("provcheck.cli.corpus", "corpus", "Register known photos and videos, and look after them."),
    "inspect": _Command("provcheck.cli.inspect", "inspect", "Print what files say about themselves."),
    "hash": _Command("provcheck.cli.hash", "hash_pictures", "Print the fingerprints of pictures."),
    "waive": _Command("provcheck.cli.waive", "waive", "Let findings about a picture pass, in the configuration."),
    "config": _Command("provcheck.cli.config", "config", "Look at the configuration."),
    "cache": _Command("provcheck.cli.cache", "cache", "Look after the cache."),
    "evaluate": _Command("provcheck.cli.evaluate", "evaluate", "Measure detection on a set whose truth is known."),
    "calibrate": _Command("provcheck.cli.calibrate", "calibrate", "Say what a corpus will find, and its false alarms."),
    "demo": _Command("provcheck.cli.demo", "demo", "Check the sample releases against the sample corpus."),
    "schema": _Command("provcheck.cli.schema", "schema", "Print the JSON Schema of the JSON report."),
}


class _LazyGroup(click.Group):
    """A group that imports a command's module only when that command is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(COMMANDS[cmd_name].module), COMMANDS[cmd_name].attribute)
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest the nearest command for one that is not there: click itself looks at commands that are loaded."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            if not near:
                raise
            raise click.UsageError(f"{error.message} Did you mean '{near[0]}'?", ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.summary) for name, command in COMMANDS.items()])


def _epilog() -> str:
    rows = "\n".join(f"  {code:>3}  {meaning}" for code, meaning in EXIT_CODES.items())
    return f"""\b
Start with:
  provcheck demo
  provcheck corpus add footage/ --corpus known.corpus
  provcheck check release/ --corpus known.corpus

\b
Exit codes:
{rows}"""


@click.group(cls=_LazyGroup, epilog=_epilog(), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show where an error happened (also PROVCHECK_DEBUG=1).")
def cli(*, debug: bool) -> None:
    """Have the pictures of a release been seen before, and do known facts contradict what it claims?

    Works offline unless you name a web page, against a corpus of known photos and footage that you keep.
    """
    # `debug` is read from the arguments before click parses them: parsing can fail too.
