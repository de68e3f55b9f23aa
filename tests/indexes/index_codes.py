"""Codes for the tests of indexes: random ones, and clustered ones as keypoints give them."""

import numpy as np
import numpy.typing as npt

from provcheck.records import Codes

CENTRES = 400


def random_codes(count: int, bits: int, seed: int = 0) -> Codes:
    """Return fair coins, shape (count, bits / 8)."""
    return np.random.default_rng(seed).integers(0, 256, (count, bits // 8), np.uint8)


def clustered_codes(count: int, bits: int, seed: int = 0) -> Codes:
    """Return codes that lie around `CENTRES` centres, each bit flipped with a probability of 0.18."""
    random = np.random.default_rng(seed)
    centres = random.integers(0, 256, (CENTRES, bits // 8), np.uint8)
    return flipped(centres[random.integers(0, CENTRES, count)], 0.18, seed)


def flipped(codes: Codes, share: float, seed: int) -> Codes:
    """Return the codes with a share of their bits flipped at random."""
    bits = np.unpackbits(codes, axis=1)
    noise = np.random.default_rng(seed).random(bits.shape) < share
    return np.packbits(bits ^ noise.astype(np.uint8), axis=1)


def brute_force(queries: Codes, codes: Codes) -> npt.NDArray[np.int64]:
    """Return all Hamming distances, (Q, N), in the most obvious way."""
    return np.asarray(np.bitwise_count(queries[:, None] ^ codes[None]).sum(axis=2, dtype=np.int64))
