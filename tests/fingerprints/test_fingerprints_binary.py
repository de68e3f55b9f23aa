"""Binary codes of descriptors: the same bits on every machine, and near where descriptors are near."""

import hashlib

import numpy as np
import numpy.typing as npt
import pytest

from provcheck.fingerprints.binary import MEAN, UNIT, VERSION, _rotated, binary_codes

GOLDEN = {
    "sift-root-hadamard-256-1": "7606598cade343c35137d2e173e837e203e31de6935a0b08fc474f871627a8b9",
}
"""SHA-256 of the codes of `descriptors` by version. Other bits are another version: add a line, never change one."""


def descriptors(count: int = 200) -> npt.NDArray[np.float32]:
    """Return invented descriptors made of whole numbers alone."""
    row, column = np.mgrid[:count, :128]
    return np.asarray((row * 37 + column * column * 11 + row * column * 5) % 151, np.float32)


def signs(codes: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    return np.unpackbits(codes, axis=1).astype(np.int64) * 2 - 1


def test_the_bits_are_a_promise() -> None:
    assert hashlib.sha256(binary_codes(descriptors()).tobytes()).hexdigest() == GOLDEN[VERSION]


def test_a_code_is_256_bits() -> None:
    codes = binary_codes(descriptors(7))
    assert (codes.shape, codes.dtype) == ((7, 32), np.dtype(np.uint8))


def test_no_descriptors_have_no_codes() -> None:
    assert binary_codes(np.zeros((0, 128), np.float32)).shape == (0, 32)


def test_an_empty_histogram_has_a_code() -> None:
    assert binary_codes(np.zeros((1, 128), np.float32)).shape == (1, 32)


def test_both_rotations_are_orthogonal_and_made_of_whole_numbers() -> None:
    rotations = _rotated(np.eye(128, dtype=np.float32))
    assert set(np.unique(rotations)) == {-1.0, 1.0}
    for half in (rotations[:, :128], rotations[:, 128:]):
        assert (half.T @ half == 128 * np.eye(128)).all()


def test_the_two_rotations_differ() -> None:
    rotations = _rotated(np.eye(128, dtype=np.float32))
    alike = np.abs(rotations[:, :128].T @ rotations[:, 128:])
    assert alike.max() < 0.6 * 128


def test_sums_stay_exact_in_float32() -> None:
    """Every partial sum is a whole number below 2^24, so no order of summation changes a bit."""
    assert (np.round(MEAN) == MEAN).all()
    assert 128 * UNIT + MEAN.sum() < 2**24


def test_the_order_of_summation_changes_nothing() -> None:
    some = descriptors(50)
    root = np.round(UNIT * np.sqrt(some / some.sum(axis=1, keepdims=True))).astype(np.int64)
    exact = (root - MEAN.astype(np.int64)) @ _rotated(np.eye(128, dtype=np.float32)).astype(np.int64)
    assert (np.packbits(exact > 0, axis=1) == binary_codes(some)).all()


@pytest.mark.parametrize("gain", [0.25, 4.0])
def test_contrast_changes_no_bit(gain: float) -> None:
    assert (binary_codes(descriptors() * np.float32(gain)) == binary_codes(descriptors())).all()


def test_hamming_distance_follows_the_angle_between_descriptors() -> None:
    random = np.random.default_rng(0)
    some = random.gamma(0.6, 30, (400, 128)).astype(np.float32)
    codes = binary_codes(some)
    medians = []
    for share in (0.0, 0.1, 0.3, 1.0):
        mixed = (1 - share) * some + share * random.gamma(0.6, 30, some.shape).astype(np.float32)
        medians.append(float(np.median(np.bitwise_count(codes ^ binary_codes(mixed)).sum(axis=1))))
    assert medians[0] == 0
    assert medians == sorted(medians)
    assert medians[1] < 25 < medians[2] < 60
    assert 100 < medians[3] < 140
