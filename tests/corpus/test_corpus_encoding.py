import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from provcheck.corpus.encoding import decode_features, encode_features
from provcheck.records import Features

COUNT = 7


def features_of(
    points: object = None, scales: object = None, angles: object = None, size: tuple[int, int] = (1024, 700)
) -> Features:
    given_points = np.asarray(np.zeros((COUNT, 2)) if points is None else points, np.float32)
    count = len(given_points)
    return Features(
        points=given_points,
        scales=np.asarray(np.ones(count) if scales is None else scales, np.float32),
        angles=np.asarray(np.zeros(count) if angles is None else angles, np.float32),
        codes=np.arange(count * 32, dtype=np.uint8).reshape(count, 32),
        size=size,
    )


def round_trip(features: Features) -> Features:
    geometry, codes = encode_features(features)
    assert len(geometry) + len(codes) == 38 * len(features)
    return decode_features(geometry, codes, features.size)


@given(arrays(np.float32, (COUNT, 2), elements=st.floats(-0.5, 1023.5, width=32)))
def test_a_place_is_kept_to_half_of_a_64th_pixel(points: object) -> None:
    features = features_of(points)
    # A place on the very edge of the largest picture has no step of its own: one whole step there.
    assert np.abs(round_trip(features).points - features.points).max() <= 1 / 64


@given(arrays(np.float32, COUNT, elements=st.floats(0.5, 1024, width=32)))
def test_a_diameter_is_kept_to_one_and_a_half_percent(scales: object) -> None:
    features = features_of(scales=scales)
    assert np.abs(np.log(round_trip(features).scales / features.scales)).max() <= np.log(1.0151)


@pytest.mark.parametrize(("scale", "nearest"), [(0.0, 0.5), (0.1, 0.5), (5000.0, 1024.0)])
def test_a_diameter_out_of_range_becomes_the_nearest_that_fits(scale: float, nearest: float) -> None:
    assert round_trip(features_of(scales=[scale] * COUNT)).scales == pytest.approx([nearest] * COUNT)


@given(arrays(np.float32, COUNT, elements=st.floats(-7, 7, width=32)))
def test_an_angle_is_kept_to_three_quarters_of_a_degree_around_the_full_turn(angles: object) -> None:
    features = features_of(angles=angles)
    difference = round_trip(features).angles - features.angles
    assert np.abs(np.angle(np.exp(1j * difference))).max() <= np.radians(0.71)


def test_codes_and_size_and_order_are_kept_exactly() -> None:
    features = features_of(np.arange(COUNT * 2).reshape(COUNT, 2))
    decoded = round_trip(features)
    assert decoded.size == features.size
    assert (decoded.codes == features.codes).all()
    assert (decoded.points == features.points).all()


def test_a_picture_without_keypoints_is_kept_too() -> None:
    decoded = round_trip(features_of(np.zeros((0, 2))))
    assert len(decoded) == 0
    assert decoded.points.shape == (0, 2)
    assert decoded.codes.shape == (0, 32)


def test_a_picture_beyond_the_format_is_refused_instead_of_wrapped() -> None:
    with pytest.raises(ValueError, match="at most 1024"):
        encode_features(features_of(size=(1025, 10)))


@pytest.mark.parametrize(("geometry", "codes"), [(b"", bytes(32)), (bytes(6), bytes(31)), (bytes(6), b"")])
def test_blobs_that_do_not_belong_together_are_refused(geometry: bytes, codes: bytes) -> None:
    with pytest.raises(ValueError, match="belong together"):
        decode_features(geometry, codes, (10, 10))
