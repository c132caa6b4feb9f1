"""Drawings of music and books."""

from __future__ import annotations

import math

from PIL import Image

from kgretrieval.sample.draw_canvas import Canvas, Colour, mix
from kgretrieval.sample.draw_sport import LIGHT, Pose, person

_PLAY: Pose = {
    "hand1": (0.2, -0.2), "elbow1": (0.14, -0.1), "hand2": (-0.06, -0.06), "elbow2": (-0.18, -0.14),
    "knee1": (0.06, 0.22), "foot1": (0.08, 0.44), "knee2": (-0.05, 0.22), "foot2": (-0.1, 0.44), "chest": (0.0, -0.3),
}  # fmt: skip


def rooftop_band() -> Image.Image:
    """Draw a band of four that plays on a roof above the city."""
    c = Canvas(640, 460, seed=42)
    c.sky((172, 182, 194), (222, 224, 222), until=330)
    for block, (height, shade) in enumerate(c.random.random((16, 2))):
        top = 250 - height * 120
        c.rect((block * 42 - 10, top, block * 42 + 30, 340), mix((150, 110, 92), (120, 122, 132), shade))
        for row in range(6):
            for column in range(3):
                left, upper = block * 42 - 4 + column * 11, top + 10 + row * 22
                c.rect((left, upper, left + 6, upper + 11), (206, 200, 180) if (row + column) % 3 else (84, 84, 94))
    c.rect((0, 312, 640, 336), (142, 94, 74))
    c.sky((116, 114, 118), (92, 90, 94), start=334)
    _drums(c, 470, 356)
    suits = ((64, 50, 44), (30, 30, 34), (60, 98, 62), (196, 72, 50))
    for number, (x, y) in enumerate(((120, 322), (236, 330), (352, 322))):
        person(c, x, y, 156, _PLAY, (LIGHT, suits[number], mix(suits[number], (0, 0, 0), 0.3)))
        _electric_guitar(c, x, y)
        c.line([(x + 44, y + 70), (x + 44, y - 74), (x + 22, y - 82)], (50, 50, 54), width=2.5)
        c.disc(x + 20, y - 83, 5, (30, 30, 32))
    for x in (30, 560):
        c.rect((x, 372, x + 62, 430), (36, 36, 40), radius=4)
        c.disc(x + 31, 402, 20, (74, 74, 78))
    return c.finish()


def _electric_guitar(c: Canvas, x: float, y: float) -> None:
    c.line([(x - 8, y - 16), (x + 62, y - 44)], (94, 62, 38), width=5)
    c.disc(x - 16, y - 12, 15, (170, 92, 40))
    c.disc(x + 2, y - 18, 12, (170, 92, 40))
    c.disc(x - 12, y - 14, 5, (40, 28, 22))


def _drums(c: Canvas, x: float, y: float) -> None:
    c.disc(x + 20, y - 66, 13, LIGHT)
    c.disc(x + 18, y - 71, 12, (50, 36, 30))
    c.rect((x, y - 54, x + 42, y + 8), (196, 72, 50), radius=12)
    for dx in (-60, 100):
        c.line([(x + dx, y + 54), (x + dx, y - 32)], (80, 80, 84), width=3)
        c.oval((x + dx - 32, y - 38, x + dx + 32, y - 28), (220, 186, 80))
    for dx, size in ((-36, 24), (56, 26)):
        c.rect((x + dx - size / 2, y - 6, x + dx + size * 1.1, y + 28), (150, 96, 60), radius=4)
        c.oval((x + dx - size / 2, y - 12, x + dx + size * 1.1, y), (240, 236, 226))
    c.disc(x + 20, y + 28, 36, (140, 86, 52))
    c.disc(x + 20, y + 28, 31, (242, 238, 228))


def guitar() -> Image.Image:
    """Draw an acoustic guitar, a harmonica and a sheet with verses."""
    c = Canvas(600, 440, seed=16)
    for plank in range(11):
        c.rect((0, plank * 40, 600, plank * 40 + 38.5), mix((126, 84, 56), (150, 104, 70), float(c.random.random())))
    c.polygon([(396, 40), (560, 66), (536, 250), (372, 224)], (248, 244, 232))
    for line in range(11):
        c.line(
            [(410 - line * 1.9, 66 + line * 14.4), (530 - line * 8 % 40, 85 + line * 14.4)], (90, 90, 110), width=1.6
        )
    _acoustic(c)
    c.rect((400, 320, 540, 362), (192, 196, 202), radius=7)
    c.rect((406, 332, 534, 350), (60, 62, 68), radius=3)
    for hole in range(10):
        c.rect((411 + hole * 12.2, 335, 418 + hole * 12.2, 347), (150, 110, 70))
    return c.finish()


def _acoustic(c: Canvas) -> None:
    wood: Colour = (214, 148, 72)
    dark: Colour = (92, 52, 30)
    for grow, colour in ((7, dark), (0, wood)):
        c.disc(150, 300, 100 + grow, colour)
        c.disc(232, 222, 74 + grow, colour)
        c.polygon([(112 - grow, 212 - grow), (220, 150 - grow), (306 + grow, 250), (226 + grow, 366 + grow)], colour)
    c.disc(206, 246, 36, dark)
    c.disc(206, 246, 30, (36, 22, 16))
    c.polygon([(216, 224), (232, 240), (470, 42), (458, 28)], (70, 44, 28))
    c.polygon([(452, 48), (474, 54), (520, 20), (494, 0), (466, 8)], dark)
    c.line([(110, 306), (152, 348)], dark, width=14)
    for string in range(6):
        c.line(
            [(116 + string * 6.4, 314 + string * 6.4), (459 + string * 2.3, 31 + string * 2.3)],
            (238, 232, 214),
            width=0.9,
        )
    for fret in range(1, 11):
        share = 1 - 0.9**fret
        x, y = 466 - share * 330, 36 + share * 274
        c.line([(x - 8, y - 8), (x + 8, y + 8)], (206, 196, 170), width=1.2)


def books() -> Image.Image:
    """Draw books on shelves and a pair of glasses."""
    c = Canvas(600, 440, seed=1901)
    c.sky((96, 66, 48), (78, 52, 38))
    palette = ((142, 40, 44), (34, 74, 110), (44, 96, 72), (190, 142, 60), (92, 60, 96), (222, 208, 176), (60, 60, 70))
    for shelf in (150, 292):
        x = 14.0
        while x < 572:
            width, height = 14 + 20 * float(c.random.random()), 84 + 38 * float(c.random.random())
            colour = palette[int(c.random.integers(len(palette)))]
            c.rect((x, shelf - height, x + width, shelf), colour)
            c.rect((x, shelf - height, x + 3, shelf), mix(colour, (255, 255, 255), 0.2))
            for band in (0.2, 0.28, 0.8):
                c.rect(
                    (x + 2, shelf - height * (1 - band), x + width - 2, shelf - height * (1 - band) + 2),
                    (226, 196, 112),
                )
            x += width + 1.5
        c.rect((0, shelf, 600, shelf + 16), (138, 96, 64))
    c.sky((166, 118, 80), (132, 90, 60), start=384)
    c.polygon([(150, 392), (296, 372), (300, 414), (146, 424)], (248, 244, 232))
    c.polygon([(300, 372), (446, 392), (450, 424), (300, 414)], (240, 234, 218))
    for line in range(5):
        c.line([(166, 397 + line * 5), (286, 383 + line * 6)], (150, 146, 140), width=1.2)
        c.line([(314, 383 + line * 6), (434, 397 + line * 5)], (150, 146, 140), width=1.2)
    for x in (478, 534):
        c.ring(x, 404, 21, (30, 28, 30), width=3.5)
    c.line([(499, 402), (506, 397), (513, 402)], (30, 28, 30), width=3.5)
    c.line([(555, 400), (592, math.floor(376))], (30, 28, 30), width=3.5)
    return c.finish()
