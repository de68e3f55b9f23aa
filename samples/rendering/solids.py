"""Boxes with heat: vehicles, houses, masts, drawn over the ground in painter's order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from rendering.camera import Camera, Vectors, position, project
from rendering.noise import Field

SUPERSAMPLING = 3
LIGHT = np.array([-0.45, -0.6, 0.66])
FACES = (
    ((4, 5, 6, 7), (0, 0, 1)),
    ((0, 1, 5, 4), (0, -1, 0)),
    ((1, 2, 6, 5), (1, 0, 0)),
    ((2, 3, 7, 6), (0, 1, 0)),
    ((3, 0, 4, 7), (-1, 0, 0)),
)


@dataclass(frozen=True, slots=True)
class Box:
    """An upright box, turned by `heading` (radians) about its own place.

    Attributes
    ----------
    x, y, z : float
        Middle of its floor, metres.
    length, width, height : float
    heat : float
        0 cold to 1 hot; `side` multiplies it on the walls.
    """

    x: float
    y: float
    z: float
    length: float
    width: float
    height: float
    heading: float
    heat: float
    side: float = 0.8


@dataclass(frozen=True, slots=True)
class Pose:
    """Where something stands and which way it points, metres and radians."""

    x: float
    y: float
    heading: float


def draw_boxes(heat: Field, camera: Camera, boxes: Iterable[Box]) -> Field:
    """Return the picture `heat` with the boxes drawn in, farthest first, edges smoothed."""
    size = (heat.shape[1], heat.shape[0])
    large = (size[0] * SUPERSAMPLING, size[1] * SUPERSAMPLING)
    value, mask = Image.new("L", large), Image.new("L", large)
    pens = ImageDraw.Draw(value), ImageDraw.Draw(mask)
    eye = position(camera)
    for box in sorted(boxes, key=lambda box: (-_distance(eye, box), box.z)):
        for outline, warmth in _visible_faces(box, eye):
            points = [(float(x), float(y)) for x, y in project(camera, outline, size) * SUPERSAMPLING]
            pens[0].polygon(points, fill=round(255 * min(max(warmth, 0.0), 1.0)))
            pens[1].polygon(points, fill=255)
    cover = np.asarray(mask.reduce(SUPERSAMPLING), np.float32) / 255
    # `value` is black outside the boxes, so its reduction is already weighted by the cover.
    return heat * (1 - cover) + np.asarray(value.reduce(SUPERSAMPLING), np.float32) / 255


def truck(pose: Pose, *, load: float) -> Iterator[Box]:
    """Yield a covered lorry: hot bonnet, cab, tarpaulin of heat `load`, wheels."""
    yield _part(pose, (2.9, 0, 0.7), (1.5, 2.1, 1.3), 0.97)
    yield _part(pose, (1.6, 0, 0.7), (1.4, 2.3, 2.2), 0.7)
    yield _part(pose, (1.95, 0, 1.9), (0.8, 2.32, 0.7), 0.35)
    yield _part(pose, (-1.5, 0, 0.9), (4.6, 2.4, 0.35), 0.5)
    yield _part(pose, (-1.5, 0, 1.25), (4.5, 2.3, 1.7), load)
    yield from _wheels(pose, (2.7, -1.2, -2.6), 1.1)


def pickup(pose: Pose, *, load: float) -> Iterator[Box]:
    """Yield an open pick-up with something of heat `load` on its bed."""
    yield _part(pose, (1.75, 0, 0.5), (1.5, 1.7, 0.75), 0.99)
    yield _part(pose, (0.3, 0, 0.5), (1.6, 1.75, 1.35), 0.62)
    yield _part(pose, (0.85, 0, 1.15), (0.45, 1.76, 0.5), 0.3)
    yield _part(pose, (-1.5, 0, 0.5), (2.1, 1.75, 0.55), 0.5)
    yield _part(pose, (-1.5, 0, 1.05), (0.9, 0.9, 0.9), load)
    yield from _wheels(pose, (1.5, -1.5), 0.85)


def carrier(pose: Pose, *, load: float) -> Iterator[Box]:
    """Yield a tracked carrier: low hull, turret, hot exhaust grille."""
    yield _part(pose, (0, 1.15, 0.1), (5.4, 0.5, 0.9), 0.72)
    yield _part(pose, (0, -1.15, 0.1), (5.4, 0.5, 0.9), 0.72)
    yield _part(pose, (0, 0, 0.6), (5.6, 2.6, 1.0), 0.55)
    yield _part(pose, (-1.9, 0.6, 1.6), (1.2, 1.0, 0.15), 1.0)
    yield _part(pose, (0.3, 0, 1.6), (1.9, 1.7, 0.6), load)
    yield _part(pose, (2.2, 0, 1.8), (2.2, 0.22, 0.22), 0.8)


def house(pose: Pose, *, length: float, width: float, height: float, heat: float) -> Iterator[Box]:
    """Yield a flat-roofed house with a parapet, a stairhead, a water tank, windows and a door."""
    yield _part(pose, (0.5, 0.5, 0), (length + 2.4, width + 2.4, 0.02), 0.33)
    yield _part(pose, (0, 0, 0), (length, width, height), heat, 0.72)
    yield from _roof_clutter(pose, (length, width, height), heat)
    for across in (-1.0, 1.0):
        yield _part(pose, (0, across * (width / 2 - 0.2), height), (length, 0.4, 0.7), heat + 0.1)
        yield _part(pose, (across * (length / 2 - 0.2), 0, height), (0.4, width - 0.8, 0.7), heat + 0.1)
    yield _part(pose, (length * 0.22, -width * 0.2, height), (length * 0.3, width * 0.34, 2.2), heat + 0.06)
    yield _part(pose, (-length * 0.3, width * 0.24, height), (1.4, 1.4, 1.3), 0.93)
    for along in np.linspace(-length * 0.36, length * 0.36, max(2, int(length / 3.2))):
        for across in (-1.0, 1.0):
            yield _part(pose, (float(along), across * (width / 2), height * 0.42), (1.1, 0.12, 1.3), 0.9)


def _roof_clutter(pose: Pose, size: tuple[float, float, float], heat: float) -> Iterator[Box]:
    random = np.random.default_rng(round(abs(pose.x * 97 + pose.y * 13)))
    for _ in range(9):
        along, across = random.uniform(-0.4, 0.4, 2) * size[:2]
        length, width, tall = random.uniform((0.5, 0.4, 0.02), (2.6, 1.8, 0.6))
        yield _part(pose, (along, across, size[2]), (length, width, tall), heat + random.uniform(-0.16, 0.2))


def wall(start: tuple[float, float], end: tuple[float, float], *, height: float, heat: float) -> Iterator[Box]:
    """Yield a wall of short pieces (so that painter's order holds along it)."""
    length, heading = np.hypot(end[0] - start[0], end[1] - start[1]), np.arctan2(end[1] - start[1], end[0] - start[0])
    pieces = max(1, int(length / 4))
    for number in range(pieces):
        share = (number + 0.5) / pieces
        x, y = (start[axis] + (end[axis] - start[axis]) * share for axis in (0, 1))
        yield Box(x, y, 0, float(length) / pieces + 0.3, 0.5, height, float(heading), heat, 0.7)


def mast(x: float, y: float, *, heading: float) -> Iterator[Box]:
    """Yield a power pole with its cross-arm."""
    yield Box(x, y, 0, 0.35, 0.35, 9, heading, 0.72)
    yield Box(x, y, 8, 0.25, 3.2, 0.25, heading, 0.8)


def _part(
    pose: Pose, offset: tuple[float, float, float], size: tuple[float, float, float], heat: float, side: float = 0.78
) -> Box:
    cos, sin = np.cos(pose.heading), np.sin(pose.heading)
    x, y = pose.x + offset[0] * cos - offset[1] * sin, pose.y + offset[0] * sin + offset[1] * cos
    return Box(float(x), float(y), offset[2], *size, pose.heading, heat, side)


def _wheels(pose: Pose, axles: tuple[float, ...], half_gauge: float) -> Iterator[Box]:
    for axle in axles:
        for side in (-half_gauge, half_gauge):
            yield _part(pose, (axle, side, 0), (0.95, 0.35, 0.95), 0.88, 0.92)


def _visible_faces(box: Box, eye: Vectors) -> Iterator[tuple[Vectors, float]]:
    cos, sin = np.cos(box.heading), np.sin(box.heading)
    turn = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])
    half = np.array([box.length / 2, box.width / 2])
    square = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
    corners = np.array([(*(half * sign), z) for z in (0, box.height) for sign in square])
    world = corners @ turn.T + np.array([box.x, box.y, box.z])
    for face, normal in reversed(FACES):
        facing = turn @ np.array(normal, np.float64)
        if facing @ (eye - world[face[0]]) > 0:
            shade = 1.0 if normal[2] else box.side * (0.86 + 0.2 * float(facing @ LIGHT))
            yield world[list(face)], box.heat * shade


def _distance(eye: Vectors, box: Box) -> float:
    return float(np.linalg.norm(eye - np.array([box.x, box.y, box.z + box.height / 2])))
