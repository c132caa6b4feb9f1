"""Drawings of rockets, rovers and telescopes."""

from __future__ import annotations

import math

from PIL import Image

from kgretrieval.sample.draw_canvas import Canvas, Colour, mix

WHITE: Colour = (240, 240, 238)
STEEL: Colour = (120, 126, 134)


def booster_landing() -> Image.Image:
    """Draw a first stage that comes down upright on its flame at night."""
    c = Canvas(480, 600, seed=15)
    c.sky((8, 12, 34), (44, 52, 92))
    c.stars(160, until=430)
    c.rect((0, 500, 480, 600), (38, 40, 46))
    c.oval((90, 505, 390, 575), (70, 72, 78))
    c.oval((110, 512, 370, 568), (52, 54, 60))
    c.glow(240, 470, 190, (255, 150, 50), strength=0.9)
    for width, colour in ((24, (255, 140, 30)), (16, (255, 200, 90)), (8, (255, 250, 225))):
        c.polygon(
            [(240 - width, 384), (240 + width, 384), (240 + width * 0.5, 470), (240, 530), (240 - width * 0.5, 470)],
            colour,
        )
    c.puffs([(120, 540, 26), (240, 548, 34), (360, 540, 26)], (190, 150, 120), count=60, spread=0.5)
    _first_stage(c)
    return c.finish()


def _first_stage(c: Canvas) -> None:
    for side in (-1, 1):
        c.line([(240 + side * 18, 372), (240 + side * 62, 424)], (215, 215, 215), width=6)
        c.line([(240 + side * 18, 345), (240 + side * 60, 422)], (160, 160, 165), width=3)
        c.rect((240 + side * 62 - 11, 420, 240 + side * 62 + 11, 426), (70, 70, 75))
        c.rect((min(240 + side * 20, 240 + side * 44), 128, max(240 + side * 20, 240 + side * 44), 142), STEEL)
    for strip in range(42):
        share = abs(strip - 14) / 28
        c.rect((219 + strip, 110, 220 + strip, 385), mix(WHITE, (128, 120, 120), share))
    c.rect((219, 110, 261, 146), (60, 62, 68))
    c.rect((219, 362, 261, 385), (66, 62, 62))
    c.rect((236, 190, 244, 320), (34, 52, 110))


def moon_landing() -> Image.Image:
    """Draw a lunar module on the grey plain with the Earth in a black sky."""
    c = Canvas(640, 440, seed=11)
    c.sky((0, 0, 0), (6, 6, 10))
    c.stars(120, until=280, largest=0.9)
    _earth(c, 500, 96, 38)
    c.sky((172, 170, 166), (104, 102, 100), start=286)
    c.polygon(
        [(0, 290), (120, 268), (260, 284), (420, 262), (560, 280), (640, 270), (640, 300), (0, 300)], (150, 148, 145)
    )
    for x, y, r in ((90, 360, 30), (560, 340, 24), (470, 410, 44), (200, 420, 22), (610, 400, 14), (40, 410, 12)):
        c.oval((x - r, y - r * 0.32, x + r, y + r * 0.32), (92, 90, 88))
        c.oval((x - r + 3, y - r * 0.22, x + r, y + r * 0.36), (140, 138, 135))
    c.polygon([(250, 352), (520, 384), (560, 376), (390, 344)], (66, 64, 63))
    _lunar_module(c)
    _flag(c, 150, 344)
    c.grain(5)
    return c.finish()


def _earth(c: Canvas, x: float, y: float, radius: float) -> None:
    c.glow(x, y, radius * 1.6, (60, 110, 190), strength=0.7)
    c.disc(x, y, radius, (38, 92, 178))
    c.polygon([(x - 20, y - 22), (x + 2, y - 26), (x + 8, y - 8), (x - 8, y + 2), (x - 22, y - 6)], (86, 132, 74))
    c.polygon([(x - 2, y + 6), (x + 14, y + 4), (x + 12, y + 24), (x + 2, y + 28)], (150, 140, 86))
    c.line([(x - 30, y + 10), (x - 8, y + 14), (x + 20, y - 2)], (238, 242, 246), width=5)
    c.line([(x - 14, y - 30), (x + 16, y - 26)], (238, 242, 246), width=5)


def _lunar_module(c: Canvas) -> None:
    gold, grey = (196, 150, 60), (178, 180, 184)
    for side in (-1, 1):
        c.line([(320 + side * 42, 300), (320 + side * 88, 354)], (212, 176, 90), width=5)
        c.line([(320 + side * 42, 326), (320 + side * 84, 350)], (150, 116, 54), width=3)
        c.oval((320 + side * 88 - 14, 350, 320 + side * 88 + 14, 360), (190, 160, 90))
    c.polygon([(270, 286), (370, 286), (384, 300), (384, 326), (366, 336), (274, 336), (256, 326), (256, 300)], gold)
    c.polygon([(320, 286), (370, 286), (384, 300), (384, 326), (366, 336), (320, 336)], (152, 112, 44))
    c.polygon([(302, 336), (338, 336), (346, 350), (294, 350)], (80, 78, 76))
    c.polygon([(286, 286), (276, 250), (292, 216), (346, 212), (366, 240), (358, 286)], grey)
    c.polygon([(330, 286), (334, 214), (346, 212), (366, 240), (358, 286)], (118, 120, 126))
    c.polygon([(292, 236), (308, 234), (304, 250)], (30, 32, 38))
    c.polygon([(322, 234), (336, 234), (328, 250)], (30, 32, 38))
    c.rect((302, 260, 324, 284), (76, 78, 84))
    c.line([(352, 216), (368, 190)], (210, 210, 210), width=2)
    c.oval((358, 178, 384, 194), (222, 222, 222))
    for step in range(6):
        c.line([(304, 300 + step * 9), (322, 300 + step * 9)], (232, 214, 160), width=1.5)


def _flag(c: Canvas, x: float, y: float) -> None:
    c.line([(x, y), (x, y - 96)], (220, 220, 220), width=2.5)
    for stripe in range(7):
        c.rect(
            (x, y - 96 + stripe * 5, x + 62, y - 91 + stripe * 5), (186, 40, 52) if stripe % 2 == 0 else (240, 240, 240)
        )
    c.rect((x, y - 96, x + 26, y - 76), (38, 52, 110))


def webb_mirror() -> Image.Image:
    """Draw the golden mirror of hexagons above its sun shield."""
    c = Canvas(600, 560, seed=21)
    c.sky((6, 7, 20), (20, 16, 44))
    c.stars(260, until=560)
    c.glow(120, 110, 150, (90, 40, 90), strength=0.6)
    for layer in range(5):
        y = 420 + layer * 13
        shade = mix((214, 204, 226), (110, 96, 146), layer / 4)
        c.polygon([(40 + layer * 8, y + 20), (300, y - 14), (560 - layer * 8, y + 20), (300, y + 60)], shade)
    c.rect((292, 372, 308, 430), (70, 72, 84))
    for column in range(-2, 3):
        for row in range(5 - abs(column)):
            if column or row != 2:
                _hexagon(c, 300 + column * 75, 230 + (row - (4 - abs(column)) / 2) * 86.6, 48)
    for foot in ((150, 340), (450, 340), (300, 54)):
        c.line([foot, (300, 230)], (44, 44, 54), width=4)
    c.disc(300, 230, 18, (54, 54, 66))
    c.disc(300, 230, 11, (204, 170, 90))
    return c.finish()


def _hexagon(c: Canvas, x: float, y: float, size: float) -> None:
    for shrink, colour in ((1.0, (96, 66, 16)), (0.95, mix((255, 214, 96), (206, 146, 36), (y - 30) / 360))):
        turns = [math.radians(60 * corner) for corner in range(6)]
        c.polygon([(x + size * shrink * math.cos(a), y + size * shrink * math.sin(a)) for a in turns], colour)
    c.polygon([(x - 26, y - 16), (x - 8, y - 30), (x - 2, y - 28), (x - 24, y - 8)], (255, 236, 170))


def mars_rover() -> Image.Image:
    """Draw a six-wheeled rover and a small helicopter on a red plain."""
    c = Canvas(640, 440, seed=4)
    c.sky((214, 168, 128), (236, 204, 170), until=250)
    c.polygon(
        [(0, 250), (0, 214), (90, 190), (190, 206), (300, 180), (430, 204), (540, 186), (640, 208), (640, 250)],
        (182, 116, 78),
    )
    c.sky((178, 98, 58), (130, 62, 36), start=236)
    for x, y, size, shade in c.random.random((90, 4)):
        px, py, r = x * 640, 252 + y * 180, 2 + size**2 * 9
        c.oval((px - r, py - r * 0.5, px + r, py + r * 0.6), mix((112, 54, 34), (160, 92, 62), shade))
    c.oval((110, 366, 460, 392), (98, 46, 28))
    _rover(c)
    _helicopter(c, 556, 346)
    c.grain(4)
    return c.finish()


def _rover(c: Canvas) -> None:
    for x in (160, 262, 384):
        c.line([(x, 352), (270, 306)], (66, 66, 70), width=6)
    for x in (150, 262, 396):
        c.disc(x, 356, 29, (44, 42, 44))
        c.disc(x, 356, 22, (112, 112, 116))
        for spoke in range(6):
            angle = math.radians(spoke * 60 + 15)
            c.line([(x, 356), (x + 22 * math.cos(angle), 356 + 22 * math.sin(angle))], (44, 42, 44), width=3)
    c.rect((150, 262, 392, 312), (226, 224, 218), radius=5)
    c.rect((150, 294, 392, 312), (178, 176, 172), radius=4)
    c.polygon([(110, 240), (164, 240), (158, 282), (120, 290)], (92, 92, 98))
    for fin in range(5):
        c.line([(112 + fin * 11, 242), (120 + fin * 9, 288)], (58, 58, 62), width=2)
    c.rect((330, 150, 341, 264), (204, 202, 198))
    c.rect((302, 120, 372, 154), (236, 234, 230), radius=4)
    c.disc(322, 137, 11, (30, 32, 40))
    c.disc(354, 137, 7, (30, 32, 40))
    c.line([(390, 282), (430, 232), (452, 280)], (150, 150, 154), width=8)
    c.rect((438, 276, 468, 302), (102, 102, 106), radius=3)
    c.rect((196, 238, 258, 262), (150, 152, 158), radius=3)


def _helicopter(c: Canvas, x: float, y: float) -> None:
    c.oval((x - 56, y + 54, x + 56, y + 66), (98, 46, 28))
    for dx in (-40, 40):
        c.line([(x, y + 12), (x + dx, y + 58)], (60, 60, 64), width=3)
    c.rect((x - 14, y, x + 14, y + 28), (188, 182, 168), radius=3)
    c.line([(x, y), (x, y - 42)], (70, 70, 74), width=4)
    c.line([(x - 78, y - 22), (x + 78, y - 30)], (40, 40, 44), width=4)
    c.line([(x - 74, y - 34), (x + 76, y - 12)], (72, 72, 78), width=4)
    c.rect((x - 18, y - 50, x + 18, y - 44), (38, 54, 104))
