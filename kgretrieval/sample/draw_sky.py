"""Drawings of planets, black holes and the Moon."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image, ImageFilter

from kgretrieval.sample.draw_canvas import SCALE, Canvas, mix


def black_hole() -> Image.Image:
    """Draw the glowing ring around the shadow of a black hole, brighter below."""
    axis = (np.arange(480) + 0.5) / 240 - 1
    x, y = axis[None, :], axis[:, None]
    radius = np.hypot(x, y)
    light = np.exp(-(((radius - 0.45) / 0.12) ** 2)) * (0.62 + 0.38 * np.sin(np.arctan2(y, x) + 0.35))
    light += 0.16 * np.exp(-((radius / 0.75) ** 2))
    stops = np.array([0.0, 0.25, 0.55, 0.85, 1.0])
    red, green, blue = ([4, 90, 226, 255, 255], [2, 20, 92, 190, 244], [2, 4, 14, 70, 196])
    layers = [np.interp(light, stops, np.array(values, float)) for values in (red, green, blue)]
    glow = Image.fromarray(np.stack(layers, axis=-1).astype(np.uint8))
    return glow.filter(ImageFilter.GaussianBlur(3))


def saturn() -> Image.Image:
    """Draw Saturn with its rings and two moons."""
    c = Canvas(640, 420, seed=9)
    c.sky((4, 5, 14), (12, 10, 24))
    c.stars(200, until=420)
    _rings(c, front=False)
    for strip in range(-96, 96):
        half = math.sqrt(96**2 - strip**2)
        band = 0.5 + 0.3 * math.sin(strip * 0.13) + 0.2 * math.sin(strip * 0.31)
        c.rect((320 - half, 210 + strip, 320 + half, 211.5 + strip), mix((236, 208, 150), (196, 158, 104), band))
    _shade(c, 320, 210, 98)
    _rings(c, front=True)
    c.disc(96, 330, 9, (214, 176, 110))
    c.disc(560, 92, 5, (222, 226, 232))
    return c.finish()


def _rings(c: Canvas, *, front: bool) -> None:
    for step in range(64):
        radius = 128 + step * 1.7
        if 41 <= step <= 45:
            continue
        colour = mix((120, 102, 82), (226, 204, 168), 0.5 + 0.5 * math.sin(step * 0.5) * math.sin(step * 0.17))
        turns = np.linspace(0, math.pi, 80) if front else np.linspace(math.pi, 2 * math.pi, 80)
        path = [(radius * math.cos(a), radius * 0.3 * math.sin(a)) for a in turns]
        c.line([(320 + x * 0.97 - y * 0.24, 210 + x * 0.24 + y * 0.97) for x, y in path], colour, width=1.9)


def _shade(c: Canvas, x: float, y: float, radius: float) -> None:
    """Darken the right side of the ball around (x, y)."""
    size = round(2 * radius * SCALE)
    axis = (np.arange(size) + 0.5) / size * 2 - 1
    inside = np.hypot(axis[None, :], axis[:, None]) <= 1
    night = np.clip((axis[None, :] + 0.5 * axis[:, None]) * 0.75, 0, 0.8) * inside
    mask = Image.fromarray((night * 255).astype(np.uint8))
    c.image.paste((6, 6, 14), (round((x - radius) * SCALE), round((y - radius) * SCALE)), mask)


def gravitational_waves() -> Image.Image:
    """Draw two black holes that circle each other on a rippled sheet of space."""
    c = Canvas(640, 440, seed=3)
    c.sky((6, 6, 26), (16, 22, 60))
    c.stars(140, until=180)
    for row in range(-30, 31):
        depth = row / 30
        points = [_sheet(column / 60, depth) for column in range(-60, 61)]
        c.line(points, mix((60, 90, 190), (150, 200, 255), (depth + 1) / 2), width=1.1)
    for column in range(-40, 41, 2):
        c.line([_sheet(column / 40, row / 40) for row in range(-40, 41)], (76, 112, 206), width=0.9)
    for x, y, radius in ((270, 210, 30), (372, 246, 24)):
        c.glow(x, y, radius * 2.2, (255, 170, 80), strength=0.9)
        c.disc(x, y, radius, (2, 2, 6))
    return c.finish()


def _sheet(across: float, depth: float) -> tuple[float, float]:
    radius, angle = math.hypot(across, depth), math.atan2(depth, across)
    height = math.cos(radius * 26 - 2 * angle) * 13 * radius / (0.12 + radius)
    return 320 + across * (300 + 90 * depth), 250 + depth * 150 - height


_SITES: tuple[tuple[str, float, float], ...] = (
    ("Apollo 11, 1969", 0.7, 23.5),
    ("Chang'e 5, 2020", 43.1, -51.9),
    ("Chandrayaan-3, 2023", -69.4, 32.3),
)
_SEAS: tuple[tuple[float, float, float], ...] = (
    (33, -16, 19), (28, 17, 12), (8, 31, 14), (17, 59, 8),
    (-8, 51, 12), (-15, 35, 6), (18, -50, 14), (-21, -17, 11), (-24, -39, 7),
)  # fmt: skip


def moon_map() -> Image.Image:
    """Draw the near side of the Moon with three landing sites (degrees north and east)."""
    c = Canvas(560, 560, colour=(10, 12, 20), seed=5)
    c.disc(280, 280, 260, (196, 194, 188))
    for latitude, longitude, size in _SEAS:
        x, y = _moon_point(latitude, longitude)
        c.oval((x - size * 3.6, y - size * 3.4, x + size * 3.6, y + size * 3.4), (140, 140, 142))
    c.soften(7)
    c.ring(280, 280, 336, (10, 12, 20), width=100)
    for a, b, size in c.random.random((130, 3)):
        turn, far, r = a * 2 * math.pi, math.sqrt(b) * 226, 1.5 + size**4 * 10
        x, y = 280 + far * math.cos(turn), 280 + far * math.sin(turn)
        c.disc(x, y, r, (160, 158, 154))
        c.disc(x + r * 0.25, y + r * 0.25, r * 0.8, (206, 204, 198))
    for name, latitude, longitude in _SITES:
        x, y = _moon_point(latitude, longitude)
        c.disc(x, y, 7, (255, 255, 255))
        c.disc(x, y, 5, (206, 32, 40))
        c.rect((x + 10, y - 12, x + 20 + 8.6 * len(name), y + 12), (248, 248, 244), radius=4)
        c.text(x + 15, y, name, size=16, colour=(20, 20, 60), anchor="lm")
    return c.finish()


def _moon_point(latitude: float, longitude: float) -> tuple[float, float]:
    """Project a place on the near side as seen from far away."""
    phi, lam = math.radians(latitude), math.radians(longitude)
    return 280 + 236 * math.cos(phi) * math.sin(lam), 280 - 236 * math.sin(phi)
