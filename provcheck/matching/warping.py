"""Look at a query with the eyes of its reference: resample it through a transform without aliasing."""

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.matching.transforms import local_scale
from provcheck.records import Gray, Matrix, Size

Image = npt.NDArray[np.float32]


def warp(query: Gray, matrix: Matrix, size: Size) -> tuple[Image, Image]:
    """Resample a query into the coordinates of a reference.

    Parameters
    ----------
    query : (height, width) uint8 array
    matrix : (3, 3) float64 array
        Query to reference.
    size : (width, height)
        Of the reference.

    Returns
    -------
    warped : (height, width) float32 array
        Grey levels, 0 outside of the query.
    inside : (height, width) float32 array
        1 where the query covers the reference, else 0.
    """
    area = abs(float(np.linalg.det(local_scale(matrix, (query.shape[1], query.shape[0])))))
    smoothed = query if area >= 0.64 else np.asarray(cv2.GaussianBlur(query, (0, 0), 0.5 / area**0.5))
    warped = cv2.warpPerspective(smoothed, matrix, size, flags=cv2.INTER_LINEAR)
    covered = cv2.warpPerspective(np.full(query.shape, 255, np.uint8), matrix, size)
    return np.asarray(warped, np.float32), (np.asarray(covered) > 250).astype(np.float32)
