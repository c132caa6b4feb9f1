"""Drawings of buildings that the articles tell of."""

from __future__ import annotations

import math

from PIL import Image

from kgretrieval.sample.draw_canvas import Canvas, Colour, Point, mix
from kgretrieval.sample.draw_sport import crowd

STONE: Colour = (222, 206, 176)
SHADE: Colour = (176, 158, 128)


def cathedral() -> Image.Image:
    """Draw the cathedral with two towers, a rose window and its spire in daylight."""
    c = Canvas(520, 600, seed=24)
    c.sky((96, 160, 222), (212, 232, 246), until=520)
    c.puffs([(80, 90, 26), (160, 84, 30)], (246, 248, 252), count=22, spread=0.5)
    c.puffs([(380, 140, 22), (460, 134, 26)], (246, 248, 252), count=20, spread=0.5)
    _spire(c, (96, 106, 118))
    _facade(c, STONE, SHADE, (54, 50, 60))
    c.sky((196, 188, 172), (170, 160, 142), start=520)
    crowd(c, 530, 566, count=60)
    return c.finish()


def cathedral_fire() -> Image.Image:
    """Draw flames and smoke over the roof of the cathedral."""
    c = Canvas(520, 600, seed=2019)
    c.sky((40, 36, 58), (176, 110, 74), until=540)
    c.puffs([(300, 250, 60), (360, 150, 84), (440, 60, 100)], (92, 78, 72), count=170, spread=0.5)
    c.soften(3)
    c.glow(270, 250, 230, (255, 120, 30), strength=0.8)
    for flame in c.random.random((70, 3)):
        x, height = 130 + flame[0] * 260, 50 + flame[1] * 130
        for size, colour in ((1.0, (226, 74, 20)), (0.7, (255, 150, 36)), (0.4, (255, 226, 120))):
            c.polygon(
                [(x - 15 * size, 290), (x + 15 * size, 290), (x + 12 * (flame[2] - 0.5), 290 - height * size)], colour
            )
    c.soften(1.5, box=(100, 60, 430, 292))
    _facade(c, (112, 84, 70), (82, 58, 52), (255, 150, 50))
    c.sky((44, 34, 36), (28, 22, 26), start=540)
    for x in (60, 440):
        c.rect((x, 526, x + 66, 562), (190, 30, 34), radius=4)
        c.glow(x + 34, 524, 22, (80, 120, 255))
    return c.finish()


def _spire(c: Canvas, colour: Colour) -> None:
    c.polygon([(240, 300), (280, 300), (260, 36)], colour)
    c.polygon([(260, 300), (280, 300), (260, 36)], mix(colour, (0, 0, 0), 0.25))
    c.polygon([(150, 330), (370, 330), (340, 262), (180, 262)], mix(colour, (0, 0, 0), 0.1))


def _facade(c: Canvas, stone: Colour, shade: Colour, window: Colour) -> None:
    for left in (110, 310):
        c.rect((left, 170, left + 100, 540), stone)
        c.rect((left + 84, 170, left + 100, 540), shade)
        for x in (left + 16, left + 52):
            _arch(c, x, 192, 24, 104, window)
        c.rect((left - 5, 162, left + 105, 172), shade)
    c.rect((205, 290, 315, 540), stone)
    c.rect((105, 306, 415, 316), shade)
    c.rect((105, 420, 415, 440), shade)
    for niche in range(22):
        c.rect((112 + niche * 13.6, 422, 119 + niche * 13.6, 438), mix(stone, (255, 255, 255), 0.25))
    c.disc(260, 368, 44, shade)
    c.disc(260, 368, 39, window)
    for spoke in range(12):
        angle = math.radians(spoke * 30)
        c.line([(260, 368), (260 + 39 * math.cos(angle), 368 + 39 * math.sin(angle))], stone, width=2)
    c.ring(260, 368, 20, stone, width=3)
    for x, width in ((132, 56), (230, 60), (332, 56)):
        _arch(c, x, 462, width, 78, shade)
        _arch(c, x + 9, 476, width - 18, 64, mix(window, (0, 0, 0), 0.3))


def _arch(c: Canvas, x: float, y: float, width: float, height: float, colour: Colour) -> None:
    c.rect((x, y + width * 0.5, x + width, y + height), colour)
    c.polygon(
        [
            (x, y + width * 0.6),
            (x + width * 0.16, y + width * 0.2),
            (x + width / 2, y),
            (x + width * 0.84, y + width * 0.2),
            (x + width, y + width * 0.6),
        ],
        colour,
    )


def eiffel_tower() -> Image.Image:
    """Draw the Eiffel Tower in the evening with boats on the river."""
    c = Canvas(480, 600, seed=18)
    c.sky((44, 44, 102), (246, 168, 120), until=470)
    c.glow(240, 430, 240, (120, 70, 30))
    for block in range(30):
        height = 18 + 26 * float(c.random.random())
        c.rect((block * 17, 470 - height, block * 17 + 15, 470), (60, 50, 74))
    _tower(c)
    c.sky((120, 100, 130), (44, 48, 92), start=470)
    for x, y, length, light in c.random.random((90, 4)):
        c.line(
            [(x * 480, 476 + y * 120), (x * 480 + 10 + length * 40, 476 + y * 120)],
            mix((220, 160, 130), (70, 70, 120), light),
            width=1.2,
        )
    for x, y, size in ((70, 512, 0.8), (210, 536, 1.0), (350, 566, 1.2)):
        c.polygon(
            [(x, y), (x + 110 * size, y), (x + 98 * size, y + 20 * size), (x + 12 * size, y + 20 * size)],
            (242, 242, 246),
        )
        c.rect((x + 18 * size, y - 14 * size, x + 88 * size, y), (86, 120, 170), radius=2)
        c.line([(x + 54 * size, y - 14 * size), (x + 54 * size, y - 44 * size)], (240, 240, 240), width=2)
        c.polygon(
            [(x + 54 * size, y - 44 * size), (x + 82 * size, y - 37 * size), (x + 54 * size, y - 30 * size)],
            (206, 60, 66),
        )
    return c.finish()


def _tower(c: Canvas) -> None:
    iron = (74, 54, 48)

    def half(y: float) -> float:
        return 5 + 88 * math.pow((y - 60) / 410, 2.4)

    for side in (-1, 1):
        outer = [(240 + side * half(y), float(y)) for y in range(60, 471, 10)]
        inner = [(240 + side * half(y) * (0.56 if y > 250 else 0.0), float(y)) for y in range(470, 59, -10)]
        c.polygon([*outer, *inner], iron)
        for y in range(90, 460, 18):
            inside = half(y) * (0.6 if y > 250 else 0.0)
            c.line([(240 + side * inside, float(y)), (240 + side * half(y + 18), y + 18.0)], (214, 150, 90), width=1.4)
            c.line([(240 + side * half(y), float(y)), (240 + side * inside, y + 18.0)], (214, 150, 90), width=1.4)
    for y in (250, 370):
        c.rect((240 - half(y) - 9, y - 7, 240 + half(y) + 9, y + 7), (92, 68, 58))
    c.polygon(
        [
            (186, 470),
            (204, 422),
            (240, 404),
            (276, 422),
            (294, 470),
            (282, 470),
            (266, 430),
            (240, 416),
            (214, 430),
            (198, 470),
        ],
        iron,
    )
    c.line([(240, 60), (240, 26)], iron, width=4)


def glass_pyramid() -> Image.Image:
    """Draw the glass pyramid in front of the palace of the Louvre."""
    c = Canvas(640, 420, seed=89)
    c.sky((104, 158, 212), (220, 232, 240), until=320)
    _palace(c)
    c.sky((206, 196, 178), (176, 164, 144), start=316)
    tip, left, right = (320.0, 118.0), (128.0, 340.0), (512.0, 340.0)
    c.polygon([tip, left, right], (188, 212, 226))
    c.polygon([tip, (396, 340), right], (150, 182, 206))
    for step in range(13):
        share = step / 12
        c.line([_on(left, right, share), _on(tip, right, share)], (232, 240, 244), width=1.6)
        c.line([_on(left, right, 1 - share), _on(tip, left, share)], (232, 240, 244), width=1.6)
    c.line([left, tip, right, left], (96, 110, 124), width=3)
    c.rect((300, 312, 340, 340), (70, 82, 96))
    c.sky((140, 176, 202), (96, 138, 174), start=372, until=420)
    crowd(c, 338, 360, count=34)
    return c.finish()


def _on(first: Point, second: Point, share: float) -> Point:
    return first[0] + (second[0] - first[0]) * share, first[1] + (second[1] - first[1]) * share


def _palace(c: Canvas) -> None:
    c.rect((0, 170, 640, 318), STONE)
    c.polygon([(0, 170), (640, 170), (640, 140), (0, 140)], (104, 116, 132))
    for left in (0, 250, 540):
        c.rect((left, 150, left + 120, 318), mix(STONE, (255, 255, 255), 0.2))
        c.polygon([(left - 4, 152), (left + 124, 152), (left + 104, 92), (left + 16, 92)], (90, 102, 120))
    for column in range(27):
        for row, height in ((180, 42), (246, 52)):
            c.rect((8 + column * 24, row, 18 + column * 24, row + height), (110, 112, 122), radius=4)
    c.rect((0, 232, 640, 237), SHADE)
    c.rect((0, 168, 640, 173), SHADE)


def capitol() -> Image.Image:
    """Draw the white dome of the Capitol with flags and a crowd."""
    c = Canvas(640, 460, seed=44)
    c.sky((120, 168, 216), (226, 236, 244), until=380)
    white, shade, dark = (246, 246, 242), (206, 208, 212), (150, 156, 166)
    c.oval((252, 78, 388, 290), white)
    c.rect((30, 260, 610, 350), white)
    for column in range(29):
        c.rect((44 + column * 19.4, 274, 51 + column * 19.4, 340), shade if 9 < column < 19 else dark)
    c.rect((24, 252, 616, 262), shade)
    c.polygon([(220, 254), (420, 254), (320, 222)], white)
    c.line([(220, 254), (320, 222), (420, 254)], shade, width=3)
    c.rect((236, 184, 404, 190), shade)
    for rib in range(-4, 5):
        c.line([(320 + rib * 7, 84 + abs(rib) * 2.5), (320 + rib * 15, 180)], shade, width=2)
    c.rect((244, 190, 396, 230), white)
    for column in range(13):
        c.rect((250 + column * 11.4, 194, 255 + column * 11.4, 224), dark)
    c.rect((304, 56, 336, 84), white)
    c.line([(320, 56), (320, 30)], (120, 116, 100), width=5)
    c.polygon([(190, 380), (450, 380), (410, 350), (230, 350)], shade)
    for x in (120, 520):
        _striped_flag(c, x)
    c.sky((110, 140, 92), (92, 120, 80), start=378)
    crowd(c, 376, 450, count=420)
    return c.finish()


def _striped_flag(c: Canvas, x: float) -> None:
    c.line([(x, 380), (x, 130)], (120, 124, 132), width=4)
    for stripe in range(13):
        c.rect(
            (x + 2, 132 + stripe * 4, x + 80, 136 + stripe * 4), (186, 40, 54) if stripe % 2 == 0 else (248, 248, 248)
        )
    c.rect((x + 2, 132, x + 36, 160), (38, 54, 114))
    for star in range(20):
        c.disc(x + 7 + star % 5 * 6, 136 + star // 5 * 6.5, 1.4, (250, 250, 250))
