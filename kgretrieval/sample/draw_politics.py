"""Drawings of flags, coins, speeches and treaties."""

from __future__ import annotations

import math

from PIL import Image

from kgretrieval.sample.draw_canvas import Canvas, Colour, Point, mix
from kgretrieval.sample.draw_sport import LIGHT

EU_BLUE: Colour = (0, 51, 153)
GOLD: Colour = (255, 204, 0)


def star(c: Canvas, x: float, y: float, radius: float, colour: Colour) -> None:
    """Draw a five-pointed star, one point up."""
    points: list[Point] = []
    for corner in range(10):
        reach, angle = radius * (1 if corner % 2 == 0 else 0.382), math.radians(corner * 36 - 90)
        points.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    c.polygon(points, colour)


def _europe(width: int, height: int) -> Canvas:
    c = Canvas(width, height, colour=EU_BLUE)
    for number in range(12):
        angle = math.radians(number * 30)
        star(c, width / 2 + height / 3 * math.sin(angle), height / 2 - height / 3 * math.cos(angle), height / 18, GOLD)
    return c


def _britain(width: int, height: int) -> Canvas:
    """Draw the Union Flag, its red diagonals shifted as the flag has them."""
    c = Canvas(width, height, colour=(1, 33, 105))
    white, red, unit = (255, 255, 255), (200, 16, 46), height / 30
    cx, cy = width / 2, height / 2
    corners = ((0.0, 0.0), (float(width), 0.0), (float(width), float(height)), (0.0, float(height)))
    for x, y in corners:
        c.line([(x, y), (cx, cy)], white, width=6 * unit)
    length = math.hypot(width, height)
    for x, y in corners:
        dx, dy = (x - cx) / (length / 2), (y - cy) / (length / 2)
        shift = (dy * unit, -dx * unit)
        c.line([(x + shift[0], y + shift[1]), (cx + shift[0], cy + shift[1])], red, width=2 * unit)
    for half, colour in ((5, white), (3, red)):
        c.rect((cx - half * unit, 0, cx + half * unit, height), colour)
        c.rect((0, cy - half * unit, width, cy + half * unit), colour)
    return c


def flags() -> Image.Image:
    """Draw the flags of the European Union and of Britain on two poles."""
    c = Canvas(640, 420, seed=31)
    c.sky((120, 172, 224), (232, 240, 246))
    c.puffs([(90, 340, 30), (240, 360, 36), (420, 350, 34), (560, 366, 30)], (250, 252, 254), count=70, spread=0.6)
    for x, flag in ((60, _europe(240, 160)), (350, _britain(240, 160))):
        c.rect((x - 8, 40, x, 420), (176, 180, 188))
        c.disc(x - 4, 38, 8, (224, 186, 70))
        _wave(c, flag, x, 60)
    return c.finish()


def _wave(c: Canvas, flag: Canvas, left: float, top: float) -> None:
    """Hang the flag at (left, top), its columns moved up and down as wind would move them."""
    source = flag.image
    scale = source.width // flag.width
    for column in range(source.width):
        share = column / source.width
        lift = math.sin(share * 7) * 9 * share * scale
        light = math.cos(share * 7) * 0.16 * share
        strip = source.crop((column, 0, column + 1, source.height))
        tint = (255, 255, 255) if light > 0 else (0, 0, 0)
        shaded = Image.blend(strip, Image.new("RGB", strip.size, tint), abs(light))
        c.image.paste(shaded, (round(left * scale) + column, round(top * scale + lift)))


def euro_coin() -> Image.Image:
    """Draw a coin of one euro with its golden rim."""
    c = Canvas(480, 480)
    c.sky((64, 74, 92), (34, 40, 52))
    c.disc(248, 252, 196, (24, 28, 38))
    for step in range(40):
        c.disc(240 - step * 0.12, 240 - step * 0.12, 196 - step, mix((140, 108, 44), (232, 198, 110), step / 40))
    for number in range(12):
        angle = math.radians(number * 30)
        star(c, 240 + 168 * math.sin(angle), 240 - 168 * math.cos(angle), 14, (150, 114, 46))
    for step in range(30):
        c.disc(240 - step * 0.3, 240 - step * 0.3, 136 - step * 0.4, mix((128, 132, 138), (212, 214, 216), step / 30))
    c.text(196, 240, "1", size=170, colour=(104, 108, 114), anchor="mm")
    c.text(193, 237, "1", size=170, colour=(232, 234, 236), anchor="mm")
    c.text(286, 246, "EURO", size=44, colour=(96, 100, 106), anchor="mm")
    for line in range(6):
        c.line([(322 + line * 6, 150 + line * 6), (336 + line * 4, 320 - line * 8)], (160, 164, 170), width=1.4)
    return c.finish()


def speaker() -> Image.Image:
    """Draw a speaker at a desk with microphones before blue curtains."""
    c = Canvas(560, 460, seed=22)
    for fold in range(56):
        shade = 0.5 + 0.5 * math.sin(fold * 0.9)
        c.rect((fold * 10, 0, fold * 10 + 10.5, 460), mix((24, 52, 110), (48, 92, 168), shade))
    c.polygon([(204, 300), (226, 214), (262, 196), (306, 196), (342, 214), (362, 300)], (40, 62, 120))
    c.polygon([(262, 196), (284, 246), (306, 196)], (244, 244, 240))
    c.rect((270, 168, 298, 204), mix(LIGHT, (0, 0, 0), 0.12))
    c.oval((246, 92, 322, 182), (150, 104, 62))
    c.oval((254, 104, 314, 184), LIGHT)
    c.polygon([(250, 132), (262, 104), (300, 98), (320, 130), (304, 116), (272, 120)], (150, 104, 62))
    for x in (272, 298):
        c.disc(x, 142, 3.5, (50, 40, 36))
    c.line([(274, 164), (284, 168), (296, 164)], (170, 70, 70), width=3)
    c.line([(220, 290), (176, 250), (186, 196)], (40, 62, 120), width=28)
    c.disc(187, 188, 14, LIGHT)
    c.polygon([(150, 300), (410, 300), (388, 460), (172, 460)], (122, 82, 54))
    c.rect((138, 288, 422, 308), (150, 104, 70))
    for x in (250, 284, 318):
        c.line([(284 + (x - 284) * 1.4, 290), (x, 246)], (34, 34, 38), width=3)
        c.oval((x - 8, 228, x + 8, 252), (50, 50, 54))
    c.disc(280, 380, 40, (208, 178, 96))
    c.disc(280, 380, 33, (122, 82, 54))
    star(c, 280, 380, 26, (208, 178, 96))
    return c.finish()


def assembly() -> Image.Image:
    """Draw a speaker in a large round hall with rows of delegates."""
    c = Canvas(640, 440, seed=193)
    c.sky((196, 160, 96), (150, 112, 66), until=240)
    for panel in range(33):
        c.line([(panel * 20, 0), (320 + (panel * 20 - 320) * 0.8, 200)], (128, 94, 54), width=2)
    c.oval((230, 20, 410, 180), (218, 186, 110))
    c.disc(320, 100, 62, (96, 150, 200))
    for ring in (20, 40, 58):
        c.ring(320, 100, ring, (240, 240, 236), width=2)
    c.line([(258, 100), (382, 100)], (240, 240, 236), width=2)
    c.line([(320, 38), (320, 162)], (240, 240, 236), width=2)
    c.rect((250, 186, 390, 232), (52, 94, 74))
    c.rect((286, 214, 354, 262), (36, 70, 56))
    c.disc(320, 184, 10, LIGHT)
    c.polygon([(300, 214), (308, 196), (332, 196), (340, 214)], (34, 38, 52))
    c.sky((94, 130, 108), (52, 84, 68), start=240)
    c.rect((286, 218, 354, 266), (36, 70, 56))
    for row in range(6):
        _row_of_delegates(c, row)
    return c.finish()


def _row_of_delegates(c: Canvas, row: int) -> None:
    size, radius = 6 + row * 2.6, 130 + row * 64
    for seat in range(-8, 9):
        angle = seat * 0.128
        x, y = 320 + radius * 1.25 * math.sin(angle), 190 + radius * 0.62 * math.cos(angle)
        suit = mix((36, 40, 56), (110, 96, 100), float(c.random.random()))
        c.oval((x - size * 1.3, y + size * 0.6, x + size * 1.3, y + size * 4), suit)
        c.disc(x, y, size, mix((60, 42, 34), (128, 92, 64), float(c.random.random())))
        c.rect((x - size * 1.7, y + size * 2.1, x + size * 1.7, y + size * 3.2), (156, 112, 70))


def treaty() -> Image.Image:
    """Draw two hands that sign a treaty between the flags of France and Germany."""
    c = Canvas(640, 420, seed=22)
    c.sky((230, 224, 212), (206, 196, 180))
    for x, colours in (
        (30, ((0, 38, 148), (255, 255, 255), (220, 40, 54))),
        (500, ((20, 20, 22), (214, 20, 34), (250, 206, 40))),
    ):
        for band, colour in enumerate(colours):
            box = (
                (x + band * 37, 30, x + band * 37 + 38, 170)
                if x < 320
                else (x, 30 + band * 46, x + 112, 77 + band * 46)
            )
            c.rect(box, colour)
        c.rect((x - 6, 18, x, 240), (196, 164, 90))
    c.sky((122, 78, 50), (96, 60, 38), start=226)
    for x in (110, 330):
        c.polygon([(x + 10, 250), (x + 200, 250), (x + 208, 370), (x - 6, 370)], (142, 30, 44))
        c.polygon([(x + 18, 256), (x + 192, 256), (x + 199, 362), (x + 5, 362)], (250, 248, 240))
        for line in range(6):
            c.line([(x + 30, 270 + line * 11), (x + 176, 270 + line * 11)], (150, 150, 156), width=1.3)
    for x, side, sleeve in ((210, -1, (36, 44, 66)), (430, 1, (60, 110, 120))):
        c.line([(x + side * 190, 440), (x + side * 70, 366)], sleeve, width=62)
        c.line([(x + side * 78, 372), (x + side * 62, 362)], (248, 248, 248), width=56)
        c.line([(x + side * 60, 362), (x + side * 22, 346)], LIGHT, width=42)
        for finger in range(4):
            c.line(
                [(x + side * 22, 340 + finger * 7), (x - side * 6, 332 + finger * 8)],
                mix(LIGHT, (0, 0, 0), 0.05 * finger),
                width=11,
            )
        c.line([(x - side * 16, 352), (x + side * 34, 296)], (30, 32, 44), width=5)
    return c.finish()
