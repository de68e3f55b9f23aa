"""`infrared-2016.mp4`: invented footage of a targeting pod over irrigated land; four places, one in black-hot."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from rendering.camera import Camera
from rendering.film import FRAMES_PER_SECOND, RGB, Film, Shot, camera_at, seen
from rendering.ground import Ground, Plots, Road, soil, with_bushes, with_plots, with_road, with_tracks, with_water
from rendering.hud import Readings, draw_pod
from rendering.noise import Field
from rendering.sensor import Blast, Smoke, developed, with_blast, with_smoke
from rendering.solids import Box, Pose, carrier, draw_boxes, house, mast, pickup, truck

SIZE = (640, 480)
SECONDS = 18
RIVER = Road(start=150, slope=0.12, sway=30, bend=90, phase=1.0, width=30)
HIGHWAY = Road(start=345, slope=-0.05, sway=16, bend=120, width=12)
LANE = Road(start=262, slope=0.04, sway=10, bend=38, phase=2, width=5)
CROSSING = Road(start=340, slope=0.06, sway=9, bend=30, width=7, southward=True)
BRIDGE_Y = 161.5
SHOTS = (
    Shot(0, 4.5, Camera(118, 212, 150, 56, 700, 124), Camera(176, 222, 128, 52, 700, 112)),
    Shot(4.5, 9, Camera(240, 346, 20, 42, 900, 128), Camera(312, 332, 4, 46, 900, 112)),
    Shot(9, 13.5, Camera(420, 262, 255, 48, 650, 96), Camera(452, 288, 286, 46, 650, 120)),
    Shot(13.5, SECONDS, Camera(318, 176, -50, 40, 800, 150), Camera(372, 208, -30, 45, 800, 116)),
)
BLACK_HOT_S = (4.5, 9.0)
FIRES = (Smoke(152, 222, 5.0), Smoke(364, 208, 6.0, (8.0, 6.0)), Smoke(378, 196, 4.0, (9.0, 7.0)))
BLASTS = (Blast(11.2, 440, 272, 7.0), Blast(15.4, 338, 192, 8.0))
CAMP = (428.0, 270.0)


def infrared_footage() -> Film:
    """Build the footage's world and return the film."""
    render = partial(render_frame, river_plain(), tuple(_standing()))
    return Film(SIZE, SECONDS * FRAMES_PER_SECOND, render, rate_factor=28)


def river_plain(texels_per_metre: float = 5) -> Ground:
    """Render the land of the footage, 560 x 440 m."""
    ground = soil((560, 440), texels_per_metre=texels_per_metre, seed=61)
    ground = with_plots(ground, Plots(150, 330, 190, 58, -0.3, seed=62))
    ground = with_plots(ground, Plots(440, 90, 150, 40, 0.5, seed=63))
    ground = with_tracks(ground, count=26, seed=64)
    ground = with_bushes(ground, count=6500, radius=(0.6, 3.4), heat=0.5, seed=68)
    ground = with_water(ground, RIVER, heat=0.2, seed=65)
    ground = with_road(ground, HIGHWAY, heat=0.6, seed=66)
    ground = with_road(ground, CROSSING, heat=0.52, seed=69)
    return with_road(ground, LANE, heat=0.5, seed=67)


def render_frame(ground: Ground, standing: tuple[Box, ...], number: int) -> RGB:
    """Render one frame of the footage, shape (480, 640, 3)."""
    time_s = number / FRAMES_PER_SECOND
    camera = camera_at(SHOTS, time_s)
    heat = draw_boxes(seen(ground, camera, SIZE), camera, (*standing, *_traffic(time_s)))
    heat = _with_fires(heat, camera, time_s)
    black_hot = BLACK_HOT_S[0] <= time_s < BLACK_HOT_S[1]
    frame = developed(heat, seed=5000 + number, black_hot=black_hot, noise=0.016)
    return draw_pod(frame, _readings(camera, time_s), black_hot=black_hot)


def _with_fires(heat: Field, camera: Camera, time_s: float) -> Field:
    for fire in FIRES:
        heat = with_smoke(heat, camera, fire, time_s)
    for blast in BLASTS:
        heat = with_blast(heat, camera, blast, time_s)
    return heat


def _traffic(time_s: float) -> Iterator[Box]:
    for number, vehicle in enumerate((truck, pickup, truck, carrier)):
        yield from vehicle(_on(HIGHWAY, 190 + 13 * time_s - 21 * number, 2.6), load=0.4 + 0.1 * number)
    for number, vehicle in enumerate((pickup, truck)):
        yield from vehicle(_on(HIGHWAY, 380 - 11 * time_s + 24 * number, -2.6, towards=np.pi), load=0.6)
    for number, vehicle in enumerate((pickup, pickup, truck)):
        yield from vehicle(_on(LANE, 385 + 4 * time_s - 14 * number, 0), load=0.5)
    yield from pickup(_on(LANE, 110 + 7 * time_s, 0), load=0.7)


def _on(road: Road, x: float, side: float, *, towards: float = 0.0) -> Pose:
    return Pose(x, road.y(x) + side, road.heading(x) + towards)


def _standing() -> Iterator[Box]:
    yield from _bridge()
    yield from _farm(Pose(136, 228, 0.4), seed=71)
    yield from _farm(Pose(190, 232, -0.2), seed=72)
    yield from _farm(Pose(322, 232, 0.1), seed=73)
    for number in range(7):
        turn = 0.5 + 0.9 * number
        pose = Pose(CAMP[0] + 24 * np.cos(turn), CAMP[1] + 15 * np.sin(turn), turn + 1.3)
        yield from (truck, carrier, pickup)[number % 3](pose, load=0.35 + 0.08 * number)
    for number in range(5):
        yield Box(CAMP[0] - 14 + 7 * number, CAMP[1] - 2 + 3 * (number % 2), 0, 5, 4, 2.6, 0.3, 0.7, 0.8)
    for x in range(30, 540, 44):
        yield from mast(x, HIGHWAY.y(x) - 15, heading=HIGHWAY.heading(x))


def _bridge() -> Iterator[Box]:
    x, y = CROSSING.y(BRIDGE_Y), BRIDGE_Y
    heading = np.pi / 2 - CROSSING.heading(BRIDGE_Y)
    along = np.array([np.cos(heading), np.sin(heading)])
    for number in range(-6, 7):
        middle = np.array([x, y]) + along * number * 4
        yield Box(middle[0], middle[1], 1.8, 4.1, 7.5, 0.8, heading, 0.55 + 0.02 * (number % 2), 0.6)
        for side in (-3.6, 3.6):
            edge = middle + np.array([-along[1], along[0]]) * side
            yield Box(edge[0], edge[1], 2.6, 4.1, 0.3, 0.9, heading, 0.72)
    yield from truck(Pose(x - along[0] * 9, y - along[1] * 9, heading), load=0.9)


def _farm(pose: Pose, *, seed: int) -> Iterator[Box]:
    random = np.random.default_rng(seed)
    for number in range(4):
        angle = pose.heading + number * np.pi / 2 + random.uniform(-0.2, 0.2)
        away = random.uniform(9, 14)
        length, width, height = random.uniform((7, 5, 3), (16, 9, 5.5))
        here = Pose(pose.x + away * np.cos(angle), pose.y + away * np.sin(angle), pose.heading)
        yield from house(here, length=length, width=width, height=height, heat=random.uniform(0.42, 0.66))


def _readings(camera: Camera, time_s: float) -> Readings:
    seconds = int(time_s)
    return Readings(
        clock=f"21:{7 + seconds // 60:02d}:{33 + seconds % 27:02d}",
        heading=round(camera.azimuth) % 360,
        range_m=3150 + round(camera.y * 2 - time_s * 14),
        altitude_m=5210 + round(4 * np.sin(time_s * 0.8)),
    )
