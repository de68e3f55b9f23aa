"""The pictures of a page: sized for it, and together no more than it can carry."""

import base64
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Final

from provcheck.evidence.encoding import webp
from provcheck.records import RGB

MOST_BYTES: Final = 30_000_000
"""Of pictures on one page, in base64: what a phone still opens and a mail server mostly still takes."""

SIDES: Final = ((30, 640), (100, 480), (10_000, 320))
"""(flagged pictures, up to; longest side of each of their pictures in pixels): many pictures are shown smaller."""

SMALL_SIDE: Final = 160
STRIP_SHARE: Final = 0.3
"""Size of a frame in a film strip over that of a large picture."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture on the page: by its address where it stands first, by its id wherever else.

    Attributes
    ----------
    address : str or None
        None where the picture of that id stands on the page already.
    """

    id: str
    address: str | None = None


@dataclass(slots=True)
class Album:
    """Turns pixels into data addresses while there is room, and counts.

    Attributes
    ----------
    side : int
        Longest side of a large picture, pixels.
    shared : dict of Hashable to str
        Ids of the pictures that may be used again.
    full : bool
        Whether a picture had to be left out; then all further ones are, lest small ones come without the large ones.
    """

    side: int
    room: int = MOST_BYTES
    pictures: int = 0
    bytes_used: int = 0
    full: bool = False
    shared: dict[Hashable, str] = field(default_factory=dict)

    @property
    def strip_side(self) -> int:
        """Longest side of a frame in a film strip, pixels."""
        return round(self.side * STRIP_SHARE)

    def address(self, pixels: RGB, *, side: int | None = None) -> str | None:
        """Return a picture as a `data:` address; None when there is no more room for it."""
        address = "data:image/webp;base64," + base64.b64encode(webp(pixels, side=side or self.side)).decode("ascii")
        if self.full or self.bytes_used + len(address) > self.room:
            self.full = True
            return None
        self.pictures += 1
        self.bytes_used += len(address)
        return address

    def placed(self, key: Hashable, pixels: RGB, *, side: int) -> Placed | None:
        """Return a small picture that may stand on the page several times; None when there is no more room for it."""
        if key in self.shared:
            return Placed(self.shared[key])
        address = self.address(pixels, side=side)
        if address is None:
            return None
        self.shared[key] = f"shared-{len(self.shared) + 1}"
        return Placed(self.shared[key], address)


def side_for(flagged: int) -> int:
    """Return how large pictures can be on a page with so many flagged ones."""
    return next((side for up_to, side in SIDES if flagged <= up_to), SIDES[-1][1])
