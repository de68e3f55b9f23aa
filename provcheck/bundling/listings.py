"""The digests of a bundle, listed twice: as the checksum files of a bag, and as JSON.

`manifest-sha256.txt` has every file of the case, `tagmanifest-sha256.txt` those beside them and thereby the first list.
Both are the lists of BagIt 1.0 (RFC 8493) and can be checked with `sha256sum -c`. The SHA-256 of the second is the one
digest over all: `sha256sum tagmanifest-sha256.txt`. `manifest.json` repeats both lists with sizes and that digest; as
nothing lists it, it has to be, byte for byte, what follows from the others.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Final

from provcheck.bundling.contents import MANIFEST, PAYLOAD, PAYLOAD_SUMS, TAG_SUMS, Content, content

SCHEMA: Final = "provcheck/bundle/1"

_LINE: Final = re.compile(r"(?P<sha256>[0-9a-f]{64})  (?P<name>.+)")


def listed(contents: Iterable[Content]) -> tuple[Content, ...]:
    """Return the files with the lists of their digests, in the order of their names."""
    files = list(contents)
    payload = [file for file in files if file.name.startswith(PAYLOAD)]
    sums = content(PAYLOAD_SUMS, write_sums({file.name: file.sha256 for file in payload}))
    beside = [sums, *(file for file in files if file not in payload)]
    tags = content(TAG_SUMS, write_sums({file.name: file.sha256 for file in beside}))
    known = {file.name: (file.sha256, file.size) for file in (*payload, *beside, tags)}
    everything = (*payload, *beside, tags, content(MANIFEST, write_manifest(known)))
    return tuple(sorted(everything, key=lambda file: file.name))


def write_sums(digests: Mapping[str, str]) -> bytes:
    """Return a list of digests as `sha256sum` writes and checks it."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode("utf-8", "surrogateescape")


def write_manifest(known: Mapping[str, tuple[str, int]]) -> bytes:
    """Return the list as JSON; `known` has digest and size of every file but this one."""
    return as_json(
        {
            "schema": SCHEMA,
            "digest_over_all": {"sha256": known[TAG_SUMS][0], "of": TAG_SUMS},
            "files": {name: {"sha256": known[name][0], "bytes": known[name][1]} for name in sorted(known)},
        }
    )


def as_json(value: object) -> bytes:
    """Return a value as the JSON that a bundle has: for people too, in ASCII."""
    return (json.dumps(value, indent=2, allow_nan=False) + "\n").encode("ascii")


def read_sums(written: bytes) -> dict[str, str]:
    """Return names and digests of a list; lines that are none are passed over, as the list is then not its digest's."""
    lines = written.decode("utf-8", "surrogateescape").split("\n")
    found = (_LINE.fullmatch(line) for line in lines)
    return {line["name"]: line["sha256"] for line in found if line}


def read_manifest(written: bytes) -> dict[str, str]:
    """Return names and digests of the JSON list; none where it is not what it should be."""
    try:
        files = json.loads(written)["files"]
        pairs = {str(name): file["sha256"] for name, file in files.items()}
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        return {}
    return {name: sha256 for name, sha256 in pairs.items() if isinstance(sha256, str)}


def sha256_of(data: bytes) -> str:
    """Return a digest as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
