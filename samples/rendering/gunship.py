"""`gunship-trailer.mp4`: the trailer of an invented game. A convoy on a desert road, seen through a gunship's sight."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from rendering.camera import Camera
from rendering.film import FRAMES_PER_SECOND, RGB, Film, Shot, camera_at, seen
from rendering.ground import Ground, Plots, Road, soil, with_bushes, with_plots, with_road, with_tracks
from rendering.hud import Readings, draw_gunship, draw_title
from rendering.sensor import Blast, developed, with_blast
from rendering.solids import Box, Pose, carrier, draw_boxes, house, mast, pickup, truck, wall

SIZE = (854, 480)
SECONDS = 14
ROAD = Road(start=190, slope=0.06, sway=34, bend=70)
SPEED = 9.0
SHOTS = (
    Shot(0, 5, Camera(122, 232, 16, 50, 900, 152), Camera(184, 222, 34, 47, 900, 138)),
    Shot(5, 10, Camera(152, 228, 208, 44, 800, 92), Camera(206, 208, 188, 48, 800, 112)),
    Shot(10, SECONDS, Camera(256, 176, -42, 40, 900, 190), Camera(322, 168, -24, 36, 900, 214)),
)
BLASTS = (
    Blast(6.0, 186, 232, 6.0),
    Blast(6.9, 199, 214, 7.0),
    Blast(7.5, 178, 219, 5.5),
    Blast(8.4, 214, 222, 7.5),
    Blast(9.2, 196, 205, 6.0),
)
COMPOUNDS = ((282, 138, 0.2), (326, 126, -0.15), (372, 142, 0.4), (306, 218, 0.1), (244, 148, -0.3))
TITLE = ("NIGHT HERON", "A gunship crew's first tour  -  Lanternfish Interactive")


def gunship_trailer() -> Film:
    """Build the trailer's world and return the film."""
    render = partial(render_frame, desert(), tuple(_buildings()))
    return Film(SIZE, SECONDS * FRAMES_PER_SECOND, render, rate_factor=28)


def desert(texels_per_metre: float = 5) -> Ground:
    """Render the land of the trailer, 560 x 420 m."""
    ground = soil((560, 420), texels_per_metre=texels_per_metre, seed=7)
    ground = with_tracks(ground, count=34, seed=3)
    ground = with_plots(ground, Plots(332, 318, 92, 44, 0.35, seed=9))
    ground = with_bushes(ground, count=5200, radius=(0.4, 2.4), heat=0.6, seed=2)
    return with_road(ground, ROAD, heat=0.54, seed=5)


def render_frame(ground: Ground, buildings: tuple[Box, ...], number: int) -> RGB:
    """Render one frame of the trailer, shape (480, 854, 3)."""
    time_s = number / FRAMES_PER_SECOND
    camera = camera_at(SHOTS, time_s)
    heat = draw_boxes(seen(ground, camera, SIZE), camera, (*buildings, *_convoy(time_s)))
    for blast in BLASTS:
        heat = with_blast(heat, camera, blast, time_s)
    frame = draw_gunship(developed(heat, seed=1000 + number), _readings(camera, time_s))
    fade = float(np.clip((time_s - 12.2) / 0.8, 0, 1))
    return draw_title(frame, TITLE, share=fade) if fade else frame


def _convoy(time_s: float) -> Iterator[Box]:
    vehicles = (pickup, truck, truck, carrier, truck, pickup, truck, carrier)
    for number, vehicle in enumerate(vehicles):
        x = 176 + SPEED * time_s - 17.5 * number - 2.5 * np.sin(number * 2.1)
        side = 1.2 * np.sin(number * 1.7)
        pose = Pose(float(x), ROAD.y(x) + float(side), ROAD.heading(float(x)))
        yield from vehicle(pose, load=0.35 + 0.09 * (number * 3 % 5))


def _buildings() -> Iterator[Box]:
    for number, (x, y, turn) in enumerate(COMPOUNDS):
        yield from _compound(Pose(x, y, turn), seed=40 + number)
    for x in range(20, 540, 38):
        yield from mast(x, ROAD.y(x) - 11, heading=ROAD.heading(x))


def _compound(pose: Pose, *, seed: int) -> Iterator[Box]:
    random = np.random.default_rng(seed)
    turn = np.array([[np.cos(pose.heading), -np.sin(pose.heading)], [np.sin(pose.heading), np.cos(pose.heading)]])
    half = random.uniform((13, 10), (18, 14))
    corners = [turn @ (half * sign) + (pose.x, pose.y) for sign in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    for start, end in zip(corners, corners[1:] + corners[:1], strict=True):
        yield from wall((start[0], start[1]), (end[0], end[1]), height=2.4, heat=0.5)
    for place in ((-0.5, -0.45), (0.45, 0.4), (0.5, -0.5))[: int(random.integers(2, 4))]:
        x, y = turn @ (half * place) + (pose.x, pose.y)
        length, width, height = random.uniform((8, 6, 3), (13, 9, 6.5))
        yield from house(
            Pose(x, y, pose.heading), length=length, width=width, height=height, heat=random.uniform(0.4, 0.6)
        )


def _readings(camera: Camera, time_s: float) -> Readings:
    fired = sum(blast.start_s - 0.5 < time_s for blast in BLASTS)
    frames = round(time_s * FRAMES_PER_SECOND)
    return Readings(
        clock=f"02:41:{8 + frames // FRAMES_PER_SECOND:02d}:{frames % FRAMES_PER_SECOND:02d}",
        heading=round(camera.azimuth) % 360,
        range_m=2400 + round(camera.x * 3.3 - time_s * 11),
        altitude_m=1830 + round(6 * np.sin(time_s)),
        rounds=96 - fired * 4,
        pressed=any(0 < blast.start_s - time_s < 0.5 for blast in BLASTS),
    )
