"""Whether something is at a path, answered and never raised.

`pathlib` raises where a name is too long for the file system, where a folder above may not be looked into, and where
links run in a circle. Such names come with releases, and one of them must not end a check; nothing is there then.
"""

import os
from pathlib import Path


def is_there(path: Path) -> bool:
    """Whether there is anything at all."""
    return os.path.exists(path)  # noqa: PTH110


def is_file(path: Path) -> bool:
    """Whether there is a regular file, or a link to one."""
    return os.path.isfile(path)  # noqa: PTH113


def is_folder(path: Path) -> bool:
    """Whether there is a folder, or a link to one."""
    return os.path.isdir(path)  # noqa: PTH112
