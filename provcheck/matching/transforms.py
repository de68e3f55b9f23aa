"""Plane transforms as 3x3 matrices: fit them to points, apply them, refuse degenerate ones."""

import math
from typing import Final

import numpy as np
import numpy.typing as npt

from provcheck.records import Box, Matrix, Size, Transform

Floats = npt.NDArray[np.float64]

LARGEST_AREA_CHANGE: Final = 100.0
LARGEST_STRETCH: Final = 4.0
LARGEST_DEPTH_RATIO: Final = 5.0
"""Nearest to farthest corner of a photographed screen with what surrounds it; a screen at 45 degrees that is as far
away as it is wide has 2.1 itself."""

MIRROR: Final = np.diag([-1.0, 1.0, 1.0])


def apply(matrix: Matrix, points: Floats) -> Floats:
    """Map (N, 2) points."""
    mapped = points @ matrix[:2, :2].T + matrix[:2, 2]
    depth = points @ matrix[2, :2] + matrix[2, 2]
    return np.asarray(mapped / depth[:, None])


def inverse(matrix: Matrix) -> Matrix:
    """Return the transform that leads back."""
    return np.asarray(np.linalg.inv(matrix), np.float64)


def fit_similarity(origin: Floats, goal: Floats) -> Matrix:
    """Least-squares rotation, scale and shift of (N, 2) points onto others, N >= 2."""
    from_mean, to_mean = origin.mean(axis=0), goal.mean(axis=0)
    p, q = origin - from_mean, goal - to_mean
    norm = float((p * p).sum()) + 1e-9
    cosine = float((p * q).sum()) / norm
    sine = float((p[:, 0] * q[:, 1] - p[:, 1] * q[:, 0]).sum()) / norm
    linear = np.array([[cosine, -sine], [sine, cosine]])
    return _assembled(linear, to_mean - linear @ from_mean)


def fit_affine(origin: Floats, goal: Floats) -> Matrix:
    """Least-squares affine transform of (N, 2) points onto others, N >= 3."""
    design = np.hstack([origin, np.ones((len(origin), 1))])
    solution = np.linalg.lstsq(design, goal, rcond=None)[0]
    return _assembled(np.asarray(solution[:2].T, np.float64), np.asarray(solution[2], np.float64))


def depth_ratio(matrix: Matrix, size: Size) -> float:
    """Distance of the farthest corner of a picture over that of the nearest; infinite when a corner lies behind."""
    depth = corners(size) @ matrix[2, :2] + matrix[2, 2]
    return float(depth.max() / depth.min()) if depth.min() > 0 else math.inf


def is_plausible(matrix: Matrix, size: Size) -> bool:
    """Whether a picture of this size could be photographed, pasted or scaled like this.

    Refuses what is nearly singular, mirrors, changes the area more than 1:100, stretches one side more than 4 times, or
    tilts a corner away more than `LARGEST_DEPTH_RATIO`.
    """
    if not np.isfinite(matrix).all():
        return False
    if depth_ratio(matrix, size) > LARGEST_DEPTH_RATIO:
        return False
    jacobian = local_scale(matrix, size)
    largest, smallest = np.linalg.svd(jacobian, compute_uv=False)
    if np.linalg.det(jacobian) <= 0 or smallest < 1e-3 or largest / smallest > LARGEST_STRETCH:
        return False
    return bool(1 / LARGEST_AREA_CHANGE < largest * smallest < LARGEST_AREA_CHANGE)


def local_scale(matrix: Matrix, size: Size) -> Floats:
    """Jacobian of the transform at the centre of a picture, (2, 2)."""
    centre = np.array([(size[0] - 1) / 2, (size[1] - 1) / 2])
    depth = float(centre @ matrix[2, :2] + matrix[2, 2])
    mapped = apply(matrix, centre[None])[0]
    return np.asarray((matrix[:2, :2] - np.outer(mapped, matrix[2, :2])) / depth)


def corners(size: Size) -> Floats:
    """Outer corners of a picture, clockwise from the top left, (4, 2)."""
    right, bottom = size[0] - 0.5, size[1] - 0.5
    return np.array([[-0.5, -0.5], [right, -0.5], [right, bottom], [-0.5, bottom]])


def box_corners(box: Box) -> Floats:
    """Corners of a box, clockwise from the top left, (4, 2)."""
    left, top, right, bottom = box
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float64)


def rescaling(origin: Size, goal: Size) -> Matrix:
    """Matrix of a resize from one size to another, pixel centres onto pixel centres."""
    x, y = goal[0] / origin[0], goal[1] / origin[1]
    return np.array([[x, 0, (x - 1) / 2], [0, y, (y - 1) / 2], [0, 0, 1]])


def mirroring(size: Size) -> Matrix:
    """Matrix that maps a picture onto its mirror image (left to right)."""
    matrix = MIRROR.copy()
    matrix[0, 2] = size[0] - 1
    return matrix


def nested(matrix: Matrix) -> Transform:
    """Return a matrix as records keep it."""
    a, b, c = ((float(row[0]), float(row[1]), float(row[2])) for row in matrix)
    return a, b, c


def _assembled(linear: Floats, shift: Floats) -> Matrix:
    return np.vstack([np.hstack([linear, np.reshape(shift, (2, 1))]), [0.0, 0.0, 1.0]])
