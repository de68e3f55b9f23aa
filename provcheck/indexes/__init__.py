"""Codes to neighbours under Hamming distance.

`INDEXES` is the registry: `flat` is brute force and so the definition of what is right; `inverted` answers from the few
lists that are nearest and may miss a neighbour. Another index is a file and a line here.
"""

from collections.abc import Callable, Mapping
from typing import Final

from provcheck.indexes.distances import hamming
from provcheck.indexes.flat import FlatIndex, one_thread
from provcheck.indexes.inverted import InvertedIndex, Segment
from provcheck.protocols import Index

INDEXES: Final[Mapping[str, Callable[[int], Index]]] = {
    "flat": FlatIndex,
    "inverted": InvertedIndex,
}
"""Each makes an empty index for codes of so many bits."""

__all__ = ["INDEXES", "FlatIndex", "InvertedIndex", "Segment", "hamming", "one_thread"]
