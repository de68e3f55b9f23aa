"""Names of the arrays and tuples that records are made of; the conventions stand in `records`."""

import numpy as np
import numpy.typing as npt

RGB = npt.NDArray[np.uint8]
Gray = npt.NDArray[np.uint8]
Points = npt.NDArray[np.float32]
Codes = npt.NDArray[np.uint8]
Matrix = npt.NDArray[np.float64]
Size = tuple[int, int]
Box = tuple[int, int, int, int]
Transform = tuple[tuple[float, float, float], tuple[float, float, float], tuple[float, float, float]]
