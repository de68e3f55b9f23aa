"""What an entry was made with: an entry of another program is no entry.

The version of provcheck alone would serve its users and mislead its developers, who change how pictures are matched
without a new version. So the text of the modules that decide what is found is part of it.
"""

import hashlib
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import provcheck

_DECIDING: Final = ("media", "metadata", "credentials", "fingerprints", "indexes", "matching", "caching")


def program_state(tool: Mapping[str, str]) -> str:
    """Return a digest of the program and of `tool`, the versions of what it is built on by name."""
    reads_credentials = find_spec("c2pa") is not None  # without the extra, their thumbnails are not looked at
    digest = hashlib.sha256(repr((sorted(tool.items()), reads_credentials)).encode())
    package = Path(provcheck.__file__).parent
    for name in _DECIDING:
        for module in sorted((package / name).rglob("*.py")):
            digest.update(hashlib.sha256(module.read_bytes()).digest())
    return digest.hexdigest()
