"""Drawings of runners, players and stadiums."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PIL import Image

from kgretrieval.sample.draw_canvas import Canvas, Colour, Point, mix

DARK: Colour = (84, 54, 38)
LIGHT: Colour = (224, 176, 140)

#: Joints of a body as (x, y) in units of its height, from its hips: the two hands, elbows, knees and feet.
Pose = dict[str, Point]
RUN: Pose = {
    "hand1": (0.2, -0.3), "elbow1": (0.13, -0.18), "hand2": (-0.15, -0.12), "elbow2": (-0.17, -0.27),
    "knee1": (0.18, 0.08), "foot1": (0.12, 0.3), "knee2": (-0.1, 0.2), "foot2": (-0.32, 0.2),
    "chest": (0.05, -0.3),
}  # fmt: skip
CHEER: Pose = {
    "hand1": (0.27, -0.58), "elbow1": (0.17, -0.42), "hand2": (-0.2, -0.58), "elbow2": (-0.11, -0.42),
    "knee1": (0.15, 0.15), "foot1": (0.12, 0.4), "knee2": (-0.08, 0.2), "foot2": (-0.26, 0.34), "chest": (0.04, -0.3),
}  # fmt: skip
KICK: Pose = {
    "hand1": (0.22, -0.12), "elbow1": (0.15, -0.24), "hand2": (-0.26, -0.22), "elbow2": (-0.14, -0.26),
    "knee1": (0.17, 0.14), "foot1": (0.36, 0.24), "knee2": (-0.03, 0.22), "foot2": (-0.08, 0.46),
    "chest": (-0.03, -0.3),
}  # fmt: skip
SERVE: Pose = {
    "hand1": (0.1, -0.72), "elbow1": (0.12, -0.5), "hand2": (-0.16, -0.62), "elbow2": (-0.12, -0.44),
    "knee1": (0.1, 0.22), "foot1": (0.14, 0.46), "knee2": (-0.06, 0.22), "foot2": (-0.16, 0.44), "chest": (0.0, -0.3),
}  # fmt: skip


def person(c: Canvas, x: float, y: float, height: float, pose: Pose, colours: Sequence[Colour]) -> None:
    """Draw a body with its hips at (x, y); `colours` are those of skin, shirt and trousers."""
    skin, shirt, trousers = colours

    def at(name: str) -> Point:
        dx, dy = pose[name]
        return x + dx * height, y + dy * height

    neck, thick = at("chest"), height * 0.075
    shoulders = (neck[0], neck[1] + height * 0.03)
    c.line([shoulders, at("elbow2"), at("hand2")], mix(skin, (0, 0, 0), 0.2), width=thick * 0.7)
    for leg in ("2", "1"):
        shade = mix(skin, (0, 0, 0), 0.15 if leg == "2" else 0.0)
        c.line([(x, y), at("knee" + leg), at("foot" + leg)], shade, width=thick)
        c.line([(x, y), _between((x, y), at("knee" + leg), 0.75)], trousers, width=thick * 1.5)
        foot = at("foot" + leg)
        c.line([foot, (foot[0] + height * 0.07, foot[1] + height * 0.015)], (236, 236, 236), width=thick * 0.8)
    c.line([shoulders, (x, y - height * 0.02)], shirt, width=height * 0.16)
    c.line([shoulders, at("elbow1"), at("hand1")], skin, width=thick * 0.7)
    c.line([shoulders, _between(shoulders, at("elbow1"), 0.5)], shirt, width=thick * 1.1)
    c.disc(neck[0] + height * 0.03, neck[1] - height * 0.12, height * 0.075, skin)
    c.disc(neck[0] + height * 0.015, neck[1] - height * 0.145, height * 0.068, (36, 28, 24))


def _between(first: Point, second: Point, share: float) -> Point:
    return first[0] + (second[0] - first[0]) * share, first[1] + (second[1] - first[1]) * share


def crowd(c: Canvas, top: float, bottom: float, *, count: int) -> None:
    """Fill the band between two rows with heads and shoulders."""
    shirts = ((196, 70, 66), (70, 110, 180), (230, 200, 90), (236, 236, 236), (70, 140, 96), (90, 80, 110))
    places = c.random.random((count, 2))
    for number, (a, b) in enumerate(places[places[:, 1].argsort()]):
        x, y = a * c.width, top + b * (bottom - top)
        c.oval((x - 7, y + 5, x + 7, y + 20), shirts[number % 6])
        c.disc(x, y, 5, mix(LIGHT, DARK, float(c.random.random())))


def sprint() -> Image.Image:
    """Draw a sprinter who crosses the line ahead of two rivals."""
    c = Canvas(640, 440, seed=958)
    c.sky((38, 44, 74), (76, 84, 120), until=200)
    crowd(c, 60, 190, count=420)
    c.rect((0, 196, 640, 216), (34, 72, 152))
    c.sky((198, 92, 66), (164, 66, 44), start=216)
    for lane in range(5):
        c.line([(0, 236 + lane * 50), (640, 236 + lane * 50)], (244, 236, 230), width=2 + lane * 0.4)
    c.polygon([(520, 216), (534, 216), (560, 440), (536, 440)], (250, 250, 250))
    person(c, 250, 276, 128, RUN, (LIGHT, (62, 98, 180), (36, 50, 110)))
    person(c, 130, 322, 142, RUN, (DARK, (196, 48, 56), (150, 30, 40)))
    person(c, 472, 330, 178, CHEER, (DARK, (246, 208, 46), (36, 132, 72)))
    return c.finish()


def marathon() -> Image.Image:
    """Draw a runner who breaks the tape in front of the Brandenburg Gate."""
    c = Canvas(640, 460, seed=201)
    c.sky((122, 176, 226), (214, 232, 244), until=300)
    _gate(c)
    c.sky((138, 140, 146), (104, 106, 112), start=300)
    crowd(c, 286, 316, count=70)
    c.polygon([(270, 300), (370, 300), (560, 460), (80, 460)], (116, 118, 124))
    for side in (-1, 1):
        c.line([(320 + side * 50, 300), (320 + side * 240, 460)], (70, 150, 220), width=4)
        c.line([(320 + side * 176, 400), (320 + side * 176, 196)], (40, 60, 110), width=9)
    c.rect((144, 176, 496, 214), (30, 92, 180), radius=4)
    c.text(320, 195, "FINISH", size=26, colour=(255, 255, 255), anchor="mm")
    person(c, 318, 342, 150, CHEER, (DARK, (240, 240, 240), (30, 30, 36)))
    c.line([(146, 320), (318, 308), (494, 320)], (226, 44, 52), width=6)
    return c.finish()


def _gate(c: Canvas) -> None:
    stone, shade = (226, 208, 170), (186, 164, 124)
    c.rect((150, 116, 490, 150), stone)
    c.rect((142, 146, 498, 158), shade)
    c.rect((232, 92, 408, 118), stone)
    for column in range(6):
        x = 164 + column * 57
        c.rect((x, 156, x + 27, 300), stone)
        c.rect((x + 18, 156, x + 27, 300), shade)
    green = (92, 146, 122)
    c.oval((286, 78, 350, 96), green)
    for horse in range(4):
        c.line([(262 + horse * 12, 92), (258 + horse * 12, 68), (250 + horse * 12, 66)], green, width=5)
    c.line([(330, 84), (332, 50)], green, width=9)
    c.disc(332, 44, 6, green)


def football() -> Image.Image:
    """Draw players in white and in blue before the goal."""
    c = Canvas(640, 440, seed=7)
    c.sky((52, 62, 96), (96, 108, 142), until=200)
    crowd(c, 40, 168, count=460)
    c.rect((0, 170, 640, 192), (30, 60, 130))
    for strip in range(8):
        c.polygon(
            [(strip * 100 - 80, 192), (strip * 100 - 30, 192), (strip * 130 - 180, 440), (strip * 130 - 250, 440)],
            (64, 146, 70),
        )
    c.sky((70, 152, 76), (46, 122, 56), start=192)
    for strip in range(0, 8, 2):
        c.polygon(
            [(strip * 80, 192), (strip * 80 + 80, 192), (strip * 110 - 20, 440), (strip * 110 - 130, 440)],
            (60, 140, 66),
        )
    c.line([(0, 250), (640, 236)], (240, 246, 240), width=3)
    _goal(c)
    white, blue = ((LIGHT, (246, 246, 246), (30, 30, 34)), (LIGHT, (116, 176, 226), (26, 40, 90)))
    person(c, 520, 262, 100, SERVE, (LIGHT, (236, 190, 60), (40, 40, 40)))
    person(c, 160, 300, 138, RUN, blue)
    person(c, 300, 316, 158, KICK, white)
    person(c, 440, 322, 140, RUN, blue)
    c.oval((366, 382, 396, 392), (36, 100, 48))
    c.disc(380, 370, 15, (250, 250, 250))
    for angle in range(5):
        a = math.radians(angle * 72 - 90)
        c.disc(380 + 9 * math.cos(a), 370 + 9 * math.sin(a), 3.2, (30, 30, 34))
    c.disc(380, 370, 3.6, (30, 30, 34))
    return c.finish()


def _goal(c: Canvas) -> None:
    for step in range(13):
        c.line([(458 + step * 14, 146), (458 + step * 14, 246)], (214, 224, 224), width=0.8)
    for step in range(8):
        c.line([(452, 150 + step * 13), (632, 150 + step * 13)], (214, 224, 224), width=0.8)
    c.line([(452, 250), (452, 144), (632, 144), (632, 244)], (250, 250, 250), width=6)


def tennis() -> Image.Image:
    """Draw a player in white who serves on a grass court."""
    c = Canvas(640, 440, seed=77)
    c.sky((34, 74, 48), (28, 62, 42), until=200)
    crowd(c, 112, 140, count=70)
    c.rect((0, 148, 640, 204), (30, 84, 54))
    c.sky((134, 178, 84), (102, 150, 62), start=200)
    c.line([(0, 268), (640, 252)], (246, 248, 240), width=4)
    c.line([(60, 440), (230, 204)], (246, 248, 240), width=5)
    for step in range(48):
        c.line([(330 + step * 6.6, 216), (330 + step * 6.6, 282)], (66, 82, 66), width=0.8)
    for step in range(8):
        c.line([(330, 216 + step * 9), (640, 216 + step * 9)], (66, 82, 66), width=0.8)
    c.line([(330, 214), (640, 214)], (250, 250, 250), width=7)
    c.line([(330, 210), (330, 296)], (60, 48, 36), width=6)
    person(c, 176, 304, 190, SERVE, (LIGHT, (248, 248, 248), (236, 236, 240)))
    c.line([(195, 167), (228, 128)], (238, 226, 90), width=5)
    for radius, width in ((24, 5.0), (16, 1.0), (8, 1.0)):
        c.ring(242, 108, radius, (238, 226, 90), width=width)
    c.disc(150, 84, 8, (220, 236, 60))
    return c.finish()


def stadium_fireworks() -> Image.Image:
    """Draw fireworks above a stadium at night."""
    c = Canvas(640, 440, seed=88)
    c.sky((6, 8, 30), (38, 30, 74))
    c.stars(80, until=200)
    bursts = (
        (120, 110, 80, (255, 90, 90)),
        (320, 84, 104, (255, 210, 90)),
        (520, 120, 84, (120, 200, 255)),
        (224, 190, 56, (150, 255, 150)),
        (430, 188, 60, (255, 130, 230)),
    )
    for x, y, size, colour in bursts:
        c.glow(x, y, size * 1.3, mix(colour, (0, 0, 0), 0.5))
        _burst(c, x, y, size, colour)
    c.glow(320, 320, 250, (120, 90, 50), strength=0.8)
    c.oval((40, 270, 600, 420), (196, 186, 178))
    c.oval((70, 262, 570, 372), (58, 46, 60))
    c.oval((96, 276, 544, 362), (60, 132, 76))
    for step in range(60):
        a = step / 60 * 2 * math.pi
        b = a + (0.34 if step % 2 else -0.34)
        c.line(
            [(320 + 250 * math.cos(a), 317 + 55 * math.sin(a)), (320 + 280 * math.cos(b), 345 + 75 * math.sin(b))],
            (142, 132, 130),
            width=3,
        )
    c.rect((0, 418, 640, 440), (20, 18, 34))
    return c.finish()


def _burst(c: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    for ray in range(36):
        angle = ray * math.pi / 18
        reach = size * (0.7 + 0.3 * float(c.random.random()))
        end = (x + reach * math.cos(angle), y + reach * math.sin(angle) + reach * 0.1)
        c.line(
            [(x + reach * 0.25 * math.cos(angle), y + reach * 0.25 * math.sin(angle)), end],
            mix(colour, (20, 10, 40), 0.35),
            width=1.4,
        )
        c.disc(end[0], end[1], 2.4, mix(colour, (255, 255, 255), 0.4))
