"""By how much a picture may be read smaller.

By a whole number, because then every pixel that is left stands for a whole block of the original: the average over it
has no ripples, JPEG decoders give it for less than the picture itself, and sums over the picture stay what they were.
"""

from provcheck.records import Size


def reduction(size: Size, enough_side: int | None) -> int:
    """Return the largest whole number that leaves `enough_side` pixels of the longest side; 1 where all are wanted."""
    return 1 if enough_side is None else max(1, max(size) // enough_side)
