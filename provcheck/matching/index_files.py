"""The index of local codes as files: derived from the store, kept beside it, thrown away without loss.

`CORPUS/index/` holds one index, the frame that each of its codes belongs to, and a stamp that is written last. Every
file has the stamp's token in its name and is written aside and renamed, so a reader sees a whole set or none.
"""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from provcheck.indexes import InvertedIndex

LAYOUT: Final = 1
"""Of the files; another layout is built anew."""

STAMP: Final = "local.json"
Ids = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an index was built from.

    Attributes
    ----------
    generation : int
        The store's frames generation.
    last_frame, last_source : int, str
        The newest frame in it and that frame's source: a store in which they do not belong together is another store.
    algorithm : str
        Version of the local codes.
    """

    generation: int
    last_frame: int
    last_source: str
    algorithm: str
    token: str = ""
    layout: int = LAYOUT


def read_index(folder: Path) -> tuple[Stamp, InvertedIndex, Ids] | None:
    """Return the stamp, the index and the frame id of each code; None when anything is missing or damaged."""
    try:
        stamp = Stamp(**json.loads((folder / STAMP).read_text("utf-8")))
        if stamp.layout != LAYOUT:
            return None
        with _owners_file(folder, stamp.token).open("rb") as file:  # np.load also knows zip and pickle
            owners: Ids = np.lib.format.read_array(file, allow_pickle=False)
        index = InvertedIndex.read(_index_file(folder, stamp.token))
    except (OSError, ValueError, TypeError, RuntimeError):
        return None
    return (stamp, index, owners) if len(owners) == len(index) else None


def write_index(folder: Path, stamp: Stamp, index: InvertedIndex, owners: Ids) -> None:
    """Write a set of files and then drop older ones; does nothing where the corpus cannot be written to."""
    token = secrets.token_hex(8)
    try:
        folder.mkdir(exist_ok=True)
        index.write(_index_file(folder, token))
        with _owners_file(folder, token).open("wb") as file:
            np.save(file, owners, allow_pickle=False)
        aside = folder / f"{STAMP}.{token}"
        aside.write_text(json.dumps(asdict(stamp) | {"token": token}), "utf-8")
        os.replace(aside, folder / STAMP)  # noqa: PTH105 - the name of the system call is the point
    except (OSError, RuntimeError):
        return
    _drop_others(folder, token)


def _drop_others(folder: Path, token: str) -> None:
    for file in folder.glob("local-*"):
        if token not in file.name:
            file.unlink(missing_ok=True)


def _index_file(folder: Path, token: str) -> Path:
    return folder / f"local-{token}.faiss"


def _owners_file(folder: Path, token: str) -> Path:
    return folder / f"local-{token}.npy"
