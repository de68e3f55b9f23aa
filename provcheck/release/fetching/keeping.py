"""Where the WARC file of a page is kept: under a name that tells the page and the time, and never over another file."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from provcheck.errors import OutputError
from provcheck.release.addresses import WebAddress

SUFFIX: Final = ".warc.gz"
_LONGEST: Final = 80
_OTHER: Final = re.compile(r"[^A-Za-z0-9.]+")
_MOST_OF_A_NAME: Final = 100


def kept_name(address: WebAddress, when: datetime) -> str:
    """Return a file name for a page and an instant: `ministry.example-news-123-20171114T080000Z.warc.gz`."""
    parts = urlsplit(str(address))
    words = _OTHER.sub("-", f"{parts.hostname}{unquote(parts.path)}").strip("-.")[:_LONGEST].strip("-.")
    return f"{words or 'page'}-{when.astimezone(UTC):%Y%m%dT%H%M%SZ}{SUFFIX}"


def keep_in(folder: Path, address: WebAddress, warc: Path) -> Path:
    """Copy a WARC file into a folder, under a name that is not taken, and return where it is.

    Raises
    ------
    OutputError
        It cannot be written.
    """
    name = kept_name(address, datetime.now(UTC)).removesuffix(SUFFIX)
    for number in range(1, _MOST_OF_A_NAME):
        path = folder / f"{name}{f'-{number}' if number > 1 else ''}{SUFFIX}"
        if not path.exists():
            return keep_as(path, warc)
    raise OutputError(f"cannot write {path}: it exists", "Name a file with --keep FILE.")


def keep_as(path: Path, warc: Path) -> Path:
    """Copy a WARC file to a path where there is nothing; raise `OutputError` when that is not possible."""
    try:
        with warc.open("rb") as source, path.open("xb") as kept:
            shutil.copyfileobj(source, kept)
    except FileExistsError as error:
        raise OutputError(f"cannot write {path}: it exists", "Name another file with --keep FILE.") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"cannot keep what was fetched as {path}: {reason}", "Name another file with --keep, or give --no-keep."
        ) from error
    return path
