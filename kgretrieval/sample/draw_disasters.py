"""Drawings of a wave, a volcano, a flood, a fire in a harbour and a stuck ship."""

from __future__ import annotations

from PIL import Image

from kgretrieval.sample.draw_canvas import Canvas, Colour, mix


def house(c: Canvas, x: float, y: float, width: float, wall: Colour, roof: Colour) -> None:
    """Draw a house whose ground floor starts at the lower left corner (x, y)."""
    height = width * 0.7
    c.rect((x, y - height, x + width, y), wall)
    c.rect((x + width * 0.82, y - height, x + width, y), mix(wall, (0, 0, 0), 0.15))
    c.polygon([(x - width * 0.1, y - height), (x + width * 1.1, y - height), (x + width / 2, y - height * 1.65)], roof)
    for column in range(3):
        for row in range(2):
            left, top = x + width * (0.1 + 0.28 * column), y - height * (0.88 - 0.42 * row)
            c.rect((left, top, left + width * 0.17, top + height * 0.22), (66, 84, 106))
            c.rect((left + width * 0.075, top, left + width * 0.09, top + height * 0.22), (240, 240, 236))


def tsunami() -> Image.Image:
    """Draw a high wave that rolls towards houses on the coast."""
    c = Canvas(640, 440, seed=311)
    c.sky((92, 106, 122), (186, 194, 198))
    c.sky((54, 88, 104), (40, 70, 88), start=210)
    back = [(0, 262), (90, 232), (170, 176), (240, 122), (310, 94), (372, 96), (412, 128), (420, 176)]
    front = [(392, 160), (354, 158), (330, 190), (326, 244), (346, 306), (396, 358), (470, 400), (520, 440)]
    c.polygon([*back, *front, (0, 440)], (38, 84, 104))
    foot = [(0, 440), (90, 424), (170, 390), (230, 340), (274, 288), (304, 236), (322, 200), (340, 176)]
    for layer in range(1, 12):
        share = layer / 12
        path = [
            (x * (1 - share) + u * share, y * (1 - share) + v * share)
            for (x, y), (u, v) in zip(back, foot, strict=True)
        ]
        c.line(path, mix((124, 172, 184), (34, 76, 98), abs(share - 0.5) * 2), width=2.6)
    c.puffs(
        [(150, 196, 8), (250, 120, 13), (330, 98, 16), (390, 112, 18), (416, 160, 13)],
        (234, 242, 244),
        count=110,
        spread=0.6,
    )
    c.polygon([(360, 440), (640, 440), (640, 356), (456, 356), (400, 400)], (112, 104, 84))
    for x, width, wall, roof in ((470, 66, (226, 214, 190), (84, 88, 104)), (556, 84, (206, 196, 182), (120, 62, 50))):
        house(c, x, 380, width, wall, roof)
    c.puffs([(346, 330, 9), (400, 376, 15), (470, 416, 20), (540, 436, 14)], (226, 236, 238), count=80, spread=0.6)
    return c.finish()


def volcano() -> Image.Image:
    """Draw a volcano under a glacier with a dark cloud of ash."""
    c = Canvas(640, 480, seed=2010)
    c.sky((96, 132, 178), (220, 222, 220), until=420)
    c.puffs([(330, 200, 34), (350, 110, 70), (430, 60, 96), (560, 40, 110)], (94, 88, 88), count=260, spread=0.5)
    c.soften(2.2)
    c.glow(322, 216, 60, (255, 110, 40))
    c.polygon([(30, 420), (200, 270), (290, 214), (360, 214), (440, 276), (620, 420)], (226, 234, 242))
    c.polygon([(360, 214), (440, 276), (620, 420), (430, 420), (380, 300)], (176, 190, 208))
    c.polygon([(286, 218), (322, 232), (366, 216), (352, 210), (300, 210)], (52, 44, 46))
    for path in ([(310, 224), (290, 262), (300, 300)], [(340, 224), (356, 256), (346, 290)]):
        c.line(path, (222, 82, 30), width=6)
        c.line(path, (255, 190, 80), width=2.5)
    c.polygon([(0, 420), (140, 380), (260, 410), (420, 384), (640, 416), (640, 480), (0, 480)], (70, 84, 62))
    house(c, 84, 440, 46, (240, 240, 236), (176, 50, 44))
    house(c, 150, 446, 32, (236, 232, 224), (60, 66, 80))
    return c.finish()


def flood() -> Image.Image:
    """Draw brown water between houses and a car that drifts in it."""
    c = Canvas(640, 440, seed=15)
    c.sky((120, 130, 142), (192, 196, 198), until=300)
    c.polygon([(0, 250), (0, 130), (150, 90), (320, 150), (470, 84), (640, 140), (640, 260)], (84, 106, 78))
    walls = ((236, 224, 196), (214, 190, 170), (232, 232, 226), (220, 202, 158), (200, 206, 210))
    roofs = ((120, 66, 52), (74, 72, 84), (138, 74, 54), (92, 56, 52), (70, 74, 88))
    for number, (x, width) in enumerate(((-20, 130), (126, 110), (256, 122), (404, 112), (534, 132))):
        house(c, x, 300 + number % 2 * 14, width, walls[number], roofs[number])
    c.sky((150, 118, 80), (112, 84, 54), start=278)
    for x, y, length, light in c.random.random((170, 4)):
        row = 282 + y * 156
        c.line(
            [(x * 640, row), (x * 640 + 20 + 50 * length, row + 2)],
            mix((176, 146, 106), (104, 78, 50), light),
            width=1.6,
        )
    _car(c, 330, 346)
    for x, y, tilt in ((110, 350, 8), (190, 404, -6), (520, 392, 10)):
        c.line([(x, y), (x + 90, y + tilt)], (84, 60, 40), width=7)
    c.polygon([(488, 312), (510, 250), (516, 312)], (88, 66, 46))
    return c.finish()


def _car(c: Canvas, x: float, y: float) -> None:
    c.polygon(
        [
            (x, y),
            (x + 16, y - 24),
            (x + 52, y - 28),
            (x + 78, y - 56),
            (x + 142, y - 52),
            (x + 164, y - 22),
            (x + 176, y + 6),
        ],
        (176, 40, 44),
    )
    c.polygon([(x + 62, y - 28), (x + 82, y - 50), (x + 106, y - 50), (x + 106, y - 26)], (170, 196, 212))
    c.polygon([(x + 112, y - 50), (x + 138, y - 47), (x + 152, y - 22), (x + 112, y - 25)], (150, 178, 196))
    c.oval((x - 8, y - 10, x + 190, y + 22), (138, 108, 72))


def harbour_smoke() -> Image.Image:
    """Draw a column of reddish smoke over grain silos in a harbour."""
    c = Canvas(640, 480, seed=84)
    c.sky((132, 160, 196), (240, 212, 182), until=360)
    c.puffs([(330, 330, 40), (320, 230, 66), (350, 140, 92), (330, 60, 120)], (196, 112, 86), count=240, spread=0.5)
    c.soften(2.4)
    for block, (height, shade) in enumerate(c.random.random((22, 2))):
        c.rect((block * 30 - 6, 330 - height * 74, block * 30 + 20, 366), mix((196, 186, 174), (132, 128, 132), shade))
        for row in range(5):
            c.line([(block * 30 - 2, 326 - row * 14), (block * 30 + 16, 326 - row * 14)], (110, 112, 122), width=1.5)
    for silo in range(8):
        c.rect((250 + silo * 24, 262, 272 + silo * 24, 372), (232, 226, 214), radius=5)
        c.rect((264 + silo * 24, 266, 272 + silo * 24, 372), (196, 188, 176))
    c.rect((0, 366, 640, 384), (112, 106, 100))
    c.sky((84, 124, 152), (52, 86, 116), start=382)
    for x in (70, 520):
        c.line([(x, 372), (x, 250)], (212, 120, 40), width=6)
        c.line([(x - 50, 262), (x + 70, 250)], (212, 120, 40), width=5)
        c.line([(x, 236), (x + 70, 250)], (180, 96, 30), width=2)
        c.line([(x + 56, 252), (x + 56, 300)], (70, 60, 50), width=1.5)
    c.polygon([(80, 414), (220, 414), (206, 436), (96, 436)], (176, 48, 48))
    c.rect((170, 394, 206, 414), (240, 240, 240))
    return c.finish()


def container_ship() -> Image.Image:
    """Draw a large green container ship that lies across a canal in the desert."""
    c = Canvas(640, 420, seed=400)
    c.sky((150, 190, 226), (240, 226, 196), until=150)
    c.sky((226, 200, 150), (208, 176, 120), start=140)
    c.polygon([(250, 140), (330, 140), (560, 420), (60, 420)], (78, 142, 162))
    for x, y, length, light in c.random.random((90, 4)):
        row = 150 + y * 264
        left = 250 - (row - 140) * 0.68 + x * (80 + (row - 140) * 1.35)
        c.line([(left, row), (left + 8 + 26 * length * y, row)], mix((120, 180, 192), (58, 118, 142), light), width=1.2)
    hull, deck = (34, 104, 70), (24, 78, 54)
    c.polygon([(70, 262), (566, 214), (590, 226), (560, 262), (112, 318), (84, 304)], hull)
    c.polygon([(84, 304), (112, 318), (560, 262), (568, 250), (110, 306)], (140, 40, 40))
    c.polygon([(70, 262), (566, 214), (560, 222), (80, 272)], deck)
    palette = (
        (196, 62, 52),
        (48, 98, 164),
        (232, 176, 62),
        (236, 236, 232),
        (70, 140, 96),
        (150, 92, 60),
        (110, 120, 134),
    )
    for row in range(6):
        for column in range(23):
            x, y = 130 + column * 17.6, 252 - column * 1.72 - row * 11
            colour = palette[int(c.random.integers(len(palette)))]
            c.polygon([(x, y), (x + 16.6, y - 1.6), (x + 16.6, y - 12), (x, y - 10.4)], colour)
    for x, y in ((104, 254), (430, 222)):
        c.polygon([(x, y), (x + 20, y - 2), (x + 20, y - 92), (x, y - 90)], (244, 244, 240))
        c.rect((x - 4, y - 94, x + 24, y - 84), (60, 80, 96))
    for x, y in ((150, 360), (420, 330)):
        c.polygon([(x, y), (x + 54, y), (x + 46, y + 16), (x + 8, y + 16)], (196, 70, 40))
        c.rect((x + 14, y - 14, x + 34, y), (246, 246, 240))
        c.rect((x + 22, y - 24, x + 28, y - 14), (40, 40, 44))
    c.polygon([(540, 236), (600, 236), (640, 262), (640, 300), (560, 280)], (206, 172, 114))
    c.rect((588, 216, 616, 232), (240, 196, 40), radius=3)
    c.line([(592, 218), (574, 200), (560, 228)], (220, 176, 30), width=5)
    return c.finish()
