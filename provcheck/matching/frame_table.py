"""The frames of an index: which frame a local code belongs to, which source a frame belongs to, and which are gone."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]

ROW: Final = np.dtype([("frame", "<i8"), ("first_code", "<i8"), ("source", "S12"), ("group", "<i4")])
"""Of the table, one a frame, by ascending frame id. The local codes of a frame are numbered from `first_code` up to
that of the next row. `group` numbers the sources, which lie together because one source is one transaction; -1 when the
frame is gone."""


@dataclass(frozen=True, eq=False)  # without slots: what is searched in is kept, NumPy would copy it for every search
class FrameTable:
    """All frames that an index was built from, also those that were removed from the store since.

    Attributes
    ----------
    rows : (N,) structured array of `ROW`
    codes : int
        How many local codes they have together.
    """

    rows: npt.NDArray[np.void]
    codes: int

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def frames(self) -> Numbers:
        """Frame id of each row."""
        return np.ascontiguousarray(self.rows["frame"])

    @cached_property
    def first_codes(self) -> Numbers:
        """Number of the first local code of each row."""
        return np.ascontiguousarray(self.rows["first_code"])

    def rows_of_codes(self, numbers: Numbers) -> Numbers:
        """Return the row of each code number, -1 where the number is none."""
        rows = np.searchsorted(self.first_codes, numbers, side="right") - 1
        return np.where((numbers >= 0) & (numbers < self.codes), rows, -1)

    def groups(self, rows: Numbers) -> Numbers:
        """Return the number of the source of each row, -1 for no row and for frames that are gone."""
        if not len(self.rows):
            return np.full(rows.shape, -1, np.int64)
        return np.where(rows >= 0, self.rows["group"][np.maximum(rows, 0)], -1).astype(np.int64)

    @property
    def last_frame(self) -> int:
        """The newest frame, 0 when there is none."""
        return int(self.rows["frame"][-1]) if len(self.rows) else 0


class FrameSources:
    """Source ids by frame id, of the frames that are still there: as much of a mapping as a search needs."""

    def __init__(self, table: FrameTable) -> None:
        self._table = table
        self._count = int((table.rows["group"] >= 0).sum())

    def __len__(self) -> int:
        return self._count

    def __contains__(self, frame: int) -> bool:
        return self._row(frame) is not None

    def __getitem__(self, frame: int) -> str:
        row = self._row(frame)
        if row is None:
            raise KeyError(frame)
        return bytes(row["source"]).decode("ascii")

    def _row(self, frame: int) -> np.void | None:
        at = int(np.searchsorted(self._table.frames, frame))
        if at == len(self._table) or self._table.frames[at] != frame:
            return None
        row: np.void = self._table.rows[at]
        return row if row["group"] >= 0 else None


def brought_up_to_date(rows: npt.NDArray[np.void], present: npt.NDArray[np.void]) -> npt.NDArray[np.void] | None:
    """Mark the rows whose frames are gone, and number the sources; None when the rows are those of another store.

    Parameters
    ----------
    rows : (N,) structured array of `ROW`
    present : (M,) structured array
        Fields `frame` and `source` of the frames in the store, by ascending id.
    """
    at = np.searchsorted(present["frame"], rows["frame"])
    there = np.zeros(len(rows), bool)
    inside = at < len(present)
    there[inside] = present["frame"][at[inside]] == rows["frame"][inside]
    if (present["source"][at[there]] != rows["source"][there]).any():
        return None
    if int(there.sum()) != int((present["frame"] <= (rows["frame"][-1] if len(rows) else 0)).sum()):
        return None  # the store has frames that should be in the table, and are not
    marked = np.array(rows)
    changes = np.concatenate([[0], np.cumsum(rows["source"][1:] != rows["source"][:-1])]) if len(rows) else 0
    marked["group"] = np.where(there, changes, -1)
    return marked
