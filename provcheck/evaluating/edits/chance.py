"""What chance decides about an edit: numbers, words, colours and other pictures, all from one seed."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from provcheck.records import RGB, Size

WORDS: Final = (
    "amber",
    "bridge",
    "convoy",
    "dawn",
    "evening",
    "field",
    "harbour",
    "island",
    "kitchen",
    "lantern",
    "market",
    "night",
    "orchard",
    "paper",
    "river",
    "station",
    "tower",
    "valley",
    "winter",
    "yard",
)

SCENE_SIZE: Final = (640, 480)
OCTAVES: Final = (4, 9, 20, 45, 100)
"""Cells along a side of a drawn scene's textures, coarse to fine."""

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Chance:
    """A source of everything that an edit leaves open.

    Attributes
    ----------
    rng : numpy.random.Generator
    others : tuple of RGB
        Pictures to put beside or behind the edited one; without any, scenes are drawn.
    """

    rng: np.random.Generator
    others: tuple[RGB, ...] = ()

    def between(self, low: float, high: float) -> float:
        """Draw a number from `[low, high)`."""
        return float(self.rng.uniform(low, high))

    def below(self, limit: int) -> int:
        """Draw one of 0, 1, ... `limit - 1`."""
        return int(self.rng.integers(limit))

    def sign(self) -> int:
        """Draw -1 or 1."""
        return 1 if self.rng.random() < 0.5 else -1

    def colour(self, low: int = 0, high: int = 256) -> Colour:
        """Draw a colour with channels from `low` to `high - 1`."""
        red, green, blue = (int(value) for value in self.rng.integers(low, high, 3))
        return red, green, blue

    def words(self, count: int) -> str:
        """Draw words; the first begins with a capital letter."""
        return " ".join(WORDS[self.below(len(WORDS))] for _ in range(count)).capitalize()

    def another(self) -> RGB:
        """Draw one of the other pictures, or a scene when there is none."""
        return self.others[self.below(len(self.others))] if self.others else _scene(self, SCENE_SIZE)


def _scene(chance: Chance, size: Size) -> RGB:
    """Draw textures of several sizes and a few shapes with edges: something that has keypoints, and never twice."""
    canvas = np.zeros((size[1], size[0], 3), np.float32)
    for cells in OCTAVES:
        grid = chance.rng.uniform(-1, 1, (cells, cells, 3)).astype(np.float32)
        canvas += cv2.resize(grid, size, interpolation=cv2.INTER_CUBIC) * np.float32(180 / cells**0.5)
    canvas += np.array(chance.colour(60, 200), np.float32)
    picture = np.clip(canvas, 0, 255).astype(np.uint8)
    for _ in range(14):
        centre = chance.below(size[0]), chance.below(size[1])
        axes = 8 + chance.below(size[0] // 8), 8 + chance.below(size[1] // 8)
        cv2.ellipse(picture, centre, axes, chance.between(0, 180), 0, 360 - chance.below(200), chance.colour(), -1)
    return picture
