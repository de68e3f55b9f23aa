"""What an edit gives, and what an edit is."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from provcheck.evaluating.edits.chance import Chance
from provcheck.records import RGB


@dataclass(frozen=True, slots=True, eq=False)
class Edited:
    """An edited picture and what is true about it.

    Attributes
    ----------
    kept : float
        Share of the original's area that is in it, 0 to 1.
    filled : float
        Share of the edited picture's area that shows the original, 0 to 1.
    mirrored : bool
    """

    pixels: RGB
    kept: float = 1.0
    filled: float = 1.0
    mirrored: bool = False

    def __post_init__(self) -> None:
        if self.pixels.dtype != np.uint8 or self.pixels.ndim != 3:
            raise TypeError(f"an edit gave {self.pixels.dtype} of shape {self.pixels.shape}, not an RGB picture")


EditFunction = Callable[[RGB, Chance, float], Edited]
"""Called as `function(picture, chance, strength)`; what the strength means stands with each function."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """One entry of the registry: an edit at one strength.

    Attributes
    ----------
    family : str
        Edits of one kind; tables have one row a family.
    name : str
        Unique: what `--edits` and the column `transform` of a truth file call it.
    """

    family: str
    name: str
    function: EditFunction
    strength: float
    summary: str
