"""One picture to everything that a corpus stores about its look."""

import io

import numpy as np
import pytest
from PIL import Image
from rendered_scenes import scene

from provcheck.fingerprints import WHOLE, frame_codes
from provcheck.fingerprints.local import REFERENCE_SIDE
from provcheck.records import Picture


def test_a_frame_has_every_whole_image_code() -> None:
    pixels = scene(1)
    codes = frame_codes(Picture(pixels))
    assert codes.whole == {name: fingerprint.compute(pixels)[0] for name, fingerprint in WHOLE.items()}
    assert codes.pdq_quality == WHOLE["pdq"].compute(pixels)[1]


def test_a_frame_keeps_its_number_its_time_and_its_original_size() -> None:
    codes = frame_codes(Picture(scene(1, 900, 600), time_s=1.25, number=7))
    assert (codes.number, codes.time_s, codes.size) == (7, 1.25, (900, 600))


def test_a_picture_that_was_read_smaller_has_the_codes_of_its_original() -> None:
    pixels = scene(2, 1200, 900)
    reduced = np.asarray(Image.fromarray(pixels).reduce(2))
    whole, small = frame_codes(Picture(pixels)), frame_codes(Picture(reduced, original=(1200, 900)))
    assert small.size == (1200, 900)
    for name, most in (("pdq", 6), ("phash", 2), ("dhash", 2)):
        assert (int.from_bytes(small.whole[name]) ^ int.from_bytes(whole.whole[name])).bit_count() <= most


@pytest.mark.parametrize("size", [(900, 600), (120, 90), (600, 2), (1, 1)])
def test_features_lie_in_the_thumbnail(size: tuple[int, int]) -> None:
    codes = frame_codes(Picture(scene(1, *size) if min(size) > 2 else np.zeros((size[1], size[0], 3), np.uint8)))
    with Image.open(io.BytesIO(codes.thumbnail)) as thumbnail:
        assert (thumbnail.format, thumbnail.size) == ("JPEG", codes.features.size)
        assert max(thumbnail.size) <= REFERENCE_SIDE
