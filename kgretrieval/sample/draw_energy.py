"""Drawings of wind farms and a nuclear power plant."""

from __future__ import annotations

import math

from PIL import Image

from kgretrieval.sample.draw_canvas import Canvas, mix


def _turbine(c: Canvas, x: float, y: float, height: float, turn: float) -> None:
    """Draw a wind turbine that stands at (x, y); `turn` is the angle of its first blade, in degrees."""
    top = y - height
    c.polygon(
        [(x - height * 0.022, y), (x + height * 0.022, y), (x + height * 0.01, top), (x - height * 0.01, top)],
        (236, 238, 240),
    )
    c.polygon(
        [(x + height * 0.004, y), (x + height * 0.022, y), (x + height * 0.01, top), (x + height * 0.002, top)],
        (196, 202, 208),
    )
    for blade in range(3):
        angle = math.radians(turn + blade * 120)
        dx, dy = math.cos(angle), math.sin(angle)
        tip = (x + dx * height * 0.56, top + dy * height * 0.56)
        bulge = (x + dx * height * 0.14 - dy * height * 0.035, top + dy * height * 0.14 + dx * height * 0.035)
        c.polygon([(x, top), bulge, tip], (248, 248, 248))
        c.line([(x, top), tip], (214, 218, 222), width=max(0.8, height * 0.008))
    c.disc(x, top, height * 0.028, (220, 224, 228))


def wind_turbines() -> Image.Image:
    """Draw white wind turbines on green hills."""
    c = Canvas(640, 440, seed=12)
    c.sky((84, 152, 220), (214, 234, 248), until=330)
    for path in ([(60, 60, 20), (130, 54, 24)], [(300, 50, 20), (350, 46, 24)]):
        c.puffs([(x, y, r) for x, y, r in path], (248, 250, 252), count=24, spread=0.5)
    c.polygon([(0, 300), (160, 250), (340, 290), (520, 244), (640, 276), (640, 440), (0, 440)], (136, 178, 104))
    for x, y, height, turn in ((110, 270, 100, 20), (300, 286, 90, 70), (470, 262, 104, 45), (590, 272, 84, 5)):
        _turbine(c, x, y, height, turn)
    c.polygon([(0, 360), (200, 316), (420, 366), (640, 322), (640, 440), (0, 440)], (98, 150, 70))
    for x, y, height, turn in ((200, 336, 230, 35), (450, 372, 260, 82)):
        _turbine(c, x, y, height, turn)
    c.polygon([(0, 420), (320, 392), (640, 424), (640, 440), (0, 440)], (76, 128, 56))
    return c.finish()


def offshore_wind() -> Image.Image:
    """Draw rows of wind turbines in the sea and a boat."""
    c = Canvas(640, 440, seed=175)
    c.sky((124, 166, 206), (232, 230, 218), until=260)
    c.sky((96, 146, 172), (34, 80, 114), start=250)
    for x, y, length, light in c.random.random((150, 4)):
        row = 256 + y * 180
        c.line(
            [(x * 640, row), (x * 640 + 10 + 40 * length * y, row)],
            mix((136, 182, 202), (36, 84, 116), light),
            width=1.3,
        )
    for row, (base, height, gap) in enumerate(((262, 62, 62), (286, 106, 108), (332, 190, 196))):
        for number in range(11):
            x = 30 + row * 34 + number * gap
            if x < 640:
                c.rect(
                    (x - height * 0.03, base - height * 0.1, x + height * 0.03, base + height * 0.05), (240, 196, 50)
                )
                _turbine(c, x, base - height * 0.08, height, 17 + 31 * number + 40 * row)
    c.polygon([(380, 376), (520, 376), (496, 402), (400, 402)], (200, 76, 40))
    c.rect((406, 350, 446, 376), (246, 246, 242), radius=3)
    c.rect((412, 356, 440, 364), (70, 100, 124))
    c.line([(380, 402), (336, 408)], (226, 238, 242), width=3)
    return c.finish()


def nuclear_plant() -> Image.Image:
    """Draw a nuclear power plant with two cooling towers beside a river."""
    c = Canvas(640, 440, seed=415)
    c.sky((110, 158, 210), (230, 236, 238), until=330)
    for x in (170, 330):
        c.puffs([(x, 120, 34), (x + 26, 70, 50), (x + 70, 26, 64)], (244, 246, 248), count=70, spread=0.45)
    c.soften(1.6)
    for x in (170, 330):
        for strip in range(-80, 80):
            shade = mix((226, 224, 218), (150, 150, 150), (strip + 80) / 160 * 0.9)
            reach = [(y, _waist(y)) for y in range(120, 331, 6)]
            c.line([(x + strip / 80 * half, float(y)) for y, half in reach], shade, width=1.9)
    c.rect((440, 240, 500, 330), (236, 234, 228))
    c.oval((440, 210, 500, 270), (236, 234, 228))
    c.oval((470, 214, 500, 268), (206, 204, 200))
    c.rect((486, 270, 610, 330), (198, 202, 206))
    for window in range(9):
        c.rect((496 + window * 12.5, 284, 504 + window * 12.5, 296), (112, 124, 138))
    c.line([(536, 270), (536, 160)], (222, 84, 74), width=7)
    c.line([(536, 234), (536, 200)], (246, 246, 246), width=7)
    c.sky((122, 160, 92), (102, 140, 78), start=328, until=366)
    c.sky((110, 158, 190), (62, 112, 150), start=364)
    for x, y, length, light in c.random.random((70, 4)):
        row = 370 + y * 66
        c.line(
            [(x * 640, row), (x * 640 + 12 + 36 * length, row)], mix((150, 190, 212), (64, 112, 150), light), width=1.3
        )
    return c.finish()


def _waist(y: float) -> float:
    """Half the width of a cooling tower at the row `y`; it is narrowest at row 190."""
    return 50 + (34 * ((y - 190) / 140) ** 2 if y > 190 else 7 * ((190 - y) / 70) ** 2)
