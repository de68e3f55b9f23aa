"""The contract of every whole-image fingerprint, over the registry."""

import imagehash
import numpy as np
import pytest
from PIL import Image
from rendered_scenes import recompressed, resized, scene, toned

from provcheck.fingerprints import ALGORITHMS, WHOLE
from provcheck.records import RGB

EVERY = pytest.mark.parametrize("name", WHOLE)

SIZES = [(1, 1), (1, 3000), (3000, 1), (2, 2), (4, 200), (5, 5), (7, 4001), (63, 65), (480, 320)]
"""(width, height)."""

GOLDEN = {
    "imagehash-phash-8": "e4e5c81af50a778c",
    "imagehash-dhash-8": "0307060e1c78f1c3",
    "pdq-1": "6b17946b2bdf4628895752e8a5976a3854c5ad99a977aaa85557aaac54895553",
}
"""The code of `chirps` by version. Other bits are another version: add a line, never change one."""

LARGEST_DRIFT = {"phash": 6, "dhash": 6, "pdq": 32}
"""Bits; measured 2, 2 and 20 at most, over twelve scenes and three edits."""

LEAST_DISTANCE = {"phash": 12, "dhash": 12, "pdq": 90}
"""Bits between any two of twelve scenes; measured 22, 22 and 110 at least."""


def chirps(width: int = 160, height: int = 120) -> RGB:
    """Return a picture made of whole numbers alone: the same on every machine and with every library."""
    y, x = np.mgrid[:height, :width]
    waves = [(x * x * (channel + 1) + y * y * 3 + x * y * channel) // 97 % 511 for channel in range(3)]
    return np.stack([np.abs(wave - 255) for wave in waves], axis=2).astype(np.uint8)


def code(name: str, pixels: RGB) -> bytes:
    return WHOLE[name].compute(pixels)[0]


def distance(a: bytes, b: bytes) -> int:
    return (int.from_bytes(a) ^ int.from_bytes(b)).bit_count()


@EVERY
def test_it_is_registered_under_its_name_and_version(name: str) -> None:
    assert WHOLE[name].name == name
    assert WHOLE[name].version
    assert ALGORITHMS[name] == WHOLE[name].version


@EVERY
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_code_has_its_length_whatever_the_size(name: str, size: tuple[int, int]) -> None:
    bits, quality = WHOLE[name].compute(scene(1)[: size[1], : size[0]] if max(size) < 400 else scene(1, *size))
    assert len(bits) == WHOLE[name].bits // 8
    assert WHOLE[name].bits % 8 == 0
    assert 0 <= quality <= 100


@EVERY
@pytest.mark.parametrize("level", [0, 128, 255])
def test_a_flat_picture_has_a_code(name: str, level: int) -> None:
    bits, quality = WHOLE[name].compute(np.full((64, 96, 3), level, np.uint8))
    assert len(bits) == WHOLE[name].bits // 8
    assert quality in (0, 100)


@EVERY
def test_equal_pixels_have_equal_codes(name: str) -> None:
    assert WHOLE[name].compute(scene(3)) == WHOLE[name].compute(scene(3).copy())


@EVERY
def test_strided_and_read_only_pixels_are_welcome(name: str) -> None:
    pixels = scene(3)
    wide = np.repeat(pixels, 2, axis=1)
    wide.flags.writeable = False
    assert WHOLE[name].compute(wide[:, ::2]) == WHOLE[name].compute(pixels)


@EVERY
def test_the_bits_are_a_promise(name: str) -> None:
    assert code(name, chirps()).hex() == GOLDEN[WHOLE[name].version]


@EVERY
@pytest.mark.parametrize("seed", range(12))
def test_encoding_anew_changes_few_bits(name: str, seed: int) -> None:
    pixels = scene(seed)
    for edited in (recompressed(pixels, 40), resized(pixels, 300, 200), toned(pixels, 0.8, 15)):
        assert distance(code(name, pixels), code(name, edited)) <= LARGEST_DRIFT[name]


@EVERY
def test_unrelated_pictures_differ_in_many_bits(name: str) -> None:
    codes = [code(name, scene(seed)) for seed in range(12)]
    distances = [distance(a, b) for at, a in enumerate(codes) for b in codes[:at]]
    assert min(distances) >= LEAST_DISTANCE[name]


@pytest.mark.parametrize("pixels", [scene(1), scene(2, 333, 517), chirps(), np.full((9, 9, 3), 77, np.uint8)])
def test_phash_and_dhash_are_those_of_imagehash(pixels: RGB) -> None:
    picture = Image.fromarray(pixels)
    assert code("phash", pixels).hex() == str(imagehash.phash(picture))
    assert code("dhash", pixels).hex() == str(imagehash.dhash(picture))


def test_every_version_has_one_name() -> None:
    assert len(set(ALGORITHMS.values())) == len(ALGORITHMS)
    assert set(ALGORITHMS) == {*WHOLE, "local"}
