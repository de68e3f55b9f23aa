"""Every error that provcheck raises on purpose, its exit code and the remedy it prints.

    ProvcheckError                 70   something is broken
    |-- UsageError                  2   the command line or a configuration file is wrong
    |   `-- FactsError              2   a TOML file of facts or claims is wrong (names file and line)
    |-- CorpusError                66   the corpus cannot be used
    |   |-- CorpusMissing          66   there is no corpus at that path
    |   |-- CorpusBusy             75   another process is writing
    |   |-- CorpusVersion          65   written by another version of provcheck
    |   `-- CorpusDamaged          65   the store fails its integrity check
    |-- UnreadableMedia            65   one file cannot be decoded (collected as `Skipped`, seldom fatal)
    |   `-- NotMedia             65   neither content nor name promises a picture (passed over inside folders)
    |-- UnreadableContainer        65   an archive, document, mail or page cannot be opened (collected as `Skipped`)
    |   |-- CutShort               65   its end is missing; what stands before that may be sound
    |   |-- TooLarge               65   one file in it goes beyond a limit; the others may not
    |   `-- RoomFull               65   the limits of the whole release are reached: nothing more is taken out
    |-- NotFetched                 69   a web page or a picture of it cannot be fetched, or must not be
    |-- SavedReportError           65   a saved report cannot be read again
    |-- BundleError                65   a bundle cannot be made or read
    `-- OutputError                73   a report cannot be written

Codes above 64 are those of BSD sysexits(3). 0, 1 and 3 are outcomes of a check, never errors. `cli` is the only place
that turns an error into an exit code.
"""

from typing import ClassVar


class ProvcheckError(Exception):
    """An expected failure: says what happened and what to do next.

    Parameters
    ----------
    message : str
        What was found, where, and what was expected.
    remedy : str
        What the user can do about it; printed on its own line.
    """

    exit_code: ClassVar[int] = 70

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class UsageError(ProvcheckError):
    """The command line or a configuration file is wrong."""

    exit_code = 2


class FactsError(UsageError):
    """A TOML file of facts or claims is wrong; the message names the file and the line."""


class CorpusError(ProvcheckError):
    """The corpus cannot be used."""

    exit_code = 66


class CorpusMissing(CorpusError):
    """There is no corpus at the given path."""


class CorpusBusy(CorpusError):
    """Another process holds the corpus for writing."""

    exit_code = 75


class CorpusVersion(CorpusError):
    """The corpus was written by another version of provcheck."""

    exit_code = 65


class CorpusDamaged(CorpusError):
    """The corpus's store fails its integrity check."""

    exit_code = 65


class UnreadableMedia(ProvcheckError):
    """A photo or video cannot be decoded, or is refused as too large.

    The message is one line that can stand alone as a `Skipped.reason`.
    """

    exit_code = 65


class NotMedia(UnreadableMedia):
    """Neither the content nor the name of a file promises a picture or video.

    Named on its own such a file is refused like any other; found inside a folder it is no error at all.
    """


class UnreadableContainer(ProvcheckError):
    """An archive, document, mail or page cannot be opened, or goes beyond a limit.

    The message is one line that can stand alone as a `Skipped.reason`.
    """

    exit_code = 65


class CutShort(UnreadableContainer):
    """The end of a container, or of a file in it, is missing; what stands before that may be sound."""


class TooLarge(UnreadableContainer):
    """One file goes beyond a limit; the others may not."""


class RoomFull(UnreadableContainer):
    """The limits of the whole release are reached: nothing more is taken out."""


class NotFetched(ProvcheckError):
    """A web page, or a picture of it, cannot be fetched or must not be.

    The message is one line that can stand alone as a `Skipped.reason`.
    """

    exit_code = 69


class SavedReportError(ProvcheckError):
    """A file is no JSON report of ours, or one of another version; the message names the place in it."""

    exit_code = 65


class BundleError(ProvcheckError):
    """A bundle cannot be made from what is there, or a file is no bundle that can be read."""

    exit_code = 65


class OutputError(ProvcheckError):
    """A report cannot be written where the user asked for it."""

    exit_code = 73
