"""A pinhole camera over flat ground. World: metres, x east, y south (as in a picture), z up."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Camera:
    """Where an aircraft's camera looks.

    Attributes
    ----------
    x, y : float
        Point on the ground in the middle of the picture, metres.
    azimuth, elevation : float
        Degrees: of the line of sight clockwise from north; of the aircraft above the horizon.
    distance : float
        From the camera to that point, metres.
    span : float
        Width of the picture at that point, metres.
    roll : float
        Degrees, clockwise.
    """

    x: float
    y: float
    azimuth: float
    elevation: float
    distance: float
    span: float
    roll: float = 0.0


def position(camera: Camera) -> Vectors:
    """Return where the camera is, shape (3,)."""
    _, _, forward = _axes(camera)
    return np.array([camera.x, camera.y, 0.0]) - forward * camera.distance


def project(camera: Camera, points: Vectors, size: tuple[int, int]) -> Vectors:
    """Map world points, shape (N, 3), to picture coordinates (N, 2); a pixel's corner is at whole numbers."""
    homogeneous = (points - position(camera)) @ _projection(camera, size).T
    projected: Vectors = homogeneous[:, :2] / homogeneous[:, 2:]
    return projected


def ground_coefficients(camera: Camera, size: tuple[int, int], texels_per_metre: float) -> tuple[float, ...]:
    """Return the eight numbers by which Pillow's perspective transform lays a ground texture under the camera."""
    matrix = _projection(camera, size)
    plane = np.column_stack((matrix[:, 0], matrix[:, 1], -matrix @ position(camera)))
    inverse = np.diag([texels_per_metre, texels_per_metre, 1.0]) @ np.linalg.inv(plane)
    return tuple(float(value) for value in (inverse / inverse[2, 2]).ravel()[:8])


def between(first: Camera, last: Camera, share: float) -> Camera:
    """Move from one camera to another; `share` runs from 0 to 1."""

    def mix(start: float, end: float) -> float:
        return start + (end - start) * share

    return Camera(
        x=mix(first.x, last.x),
        y=mix(first.y, last.y),
        azimuth=mix(first.azimuth, last.azimuth),
        elevation=mix(first.elevation, last.elevation),
        distance=mix(first.distance, last.distance),
        span=mix(first.span, last.span),
        roll=mix(first.roll, last.roll),
    )


def _projection(camera: Camera, size: tuple[int, int]) -> Vectors:
    focal = size[0] * camera.distance / camera.span
    right, up, forward = _axes(camera)
    lens = np.array([[focal, 0, size[0] / 2], [0, focal, size[1] / 2], [0, 0, 1.0]])
    return lens @ np.stack((right, -up, forward))


def _axes(camera: Camera) -> tuple[Vectors, Vectors, Vectors]:
    azimuth, elevation, roll = np.radians([camera.azimuth, camera.elevation, camera.roll])
    ahead = np.array([np.sin(azimuth), -np.cos(azimuth), 0.0])
    forward = ahead * np.cos(elevation) - np.array([0, 0, np.sin(elevation)])
    right = np.array([np.cos(azimuth), np.sin(azimuth), 0.0])
    up = ahead * np.sin(elevation) + np.array([0, 0, np.cos(elevation)])
    return np.cos(roll) * right + np.sin(roll) * up, np.cos(roll) * up - np.sin(roll) * right, forward
