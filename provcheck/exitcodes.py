"""The one table of exit codes: `--help`, the README and the tests read it here.

0, 1 and 3 are outcomes of a check; codes above 64 are those of BSD sysexits(3), 130 and 141 the shell's own for SIGINT
and SIGPIPE. The codes of expected errors stand beside them in `provcheck.errors`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

NOTHING_FOUND: Final = 0
FOUND: Final = 1
USAGE: Final = 2
NOT_CHECKED: Final = 3
BROKEN: Final = 70
INTERRUPTED: Final = 130
PIPE_CLOSED: Final = 141

EXIT_CODES: Final[Mapping[int, str]] = MappingProxyType(
    {
        NOTHING_FOUND: "nothing at or above --fail-on was found",
        FOUND: "findings: at least one image is at or above --fail-on",
        USAGE: "the command line or a configuration file is wrong",
        NOT_CHECKED: "something could not be checked, and nothing was found",
        65: "a file or a corpus is damaged, or of another version",
        66: "there is no corpus at that path, or it cannot be used",
        69: "a web page that is to be compared cannot be fetched",
        BROKEN: "an error in provcheck itself",
        73: "a report cannot be written",
        75: "another process is writing to the corpus; try again later",
        INTERRUPTED: "interrupted by Ctrl-C",
        PIPE_CLOSED: "the program that read the output went away",
    }
)
