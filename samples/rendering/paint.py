"""Colours as arrays, and one layer laid over another."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Colours = npt.NDArray[np.floating[Any]]


def tint(colour: Sequence[float]) -> Colours:
    """Return one linear colour as an array, shape (3,)."""
    return np.array(colour, np.float32)


def toned(colour: Sequence[float], strength: Colours) -> Colours:
    """Return one colour at many strengths, shape (height, width, 3)."""
    return tint(colour) * strength[..., None]


def mix(under: Colours, over: Colours, cover: Colours) -> Colours:
    """Lay `over` on `under` where `cover`, shape (height, width), is 1; between 0 and 1 it is translucent."""
    share = cover[..., None]
    mixed: Colours = (under * (1 - share) + over * share).astype(np.float32)
    return mixed
