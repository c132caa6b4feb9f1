"""Drawings of particles, genes and board games."""

from __future__ import annotations

import math

from PIL import Image

from kgretrieval.sample.draw_canvas import Canvas, Colour, mix


def particle_tracks() -> Image.Image:
    """Draw the tracks of particles that fly out of a collision."""
    c = Canvas(560, 560, colour=(8, 10, 26), seed=125)
    for radius, colour in ((250, (26, 44, 92)), (210, (34, 58, 110)), (150, (30, 50, 100)), (90, (40, 66, 120))):
        c.ring(280, 280, radius, colour, width=10)
    for turn, curl, length in c.random.random((64, 3)):
        _track(
            c, turn * 2 * math.pi, (curl - 0.5) * 2.4, 70 + 150 * length, mix((255, 214, 90), (255, 130, 40), curl), 1.3
        )
    for angle, colour in ((0.7, (90, 230, 120)), (0.95, (90, 230, 120)), (3.6, (240, 70, 80)), (4.1, (240, 70, 80))):
        _track(c, angle, 0.0, 262, colour, 3.5)
    for block in range(28):
        angle = block * 2 * math.pi / 28
        size = 8 + 34 * float(c.random.random()) ** 3
        c.line([_at(angle, 216), _at(angle, 216 + size)], (120, 180, 255), width=9)
    c.glow(280, 280, 60, (255, 240, 190), strength=1.0)
    return c.finish()


def _at(angle: float, radius: float) -> tuple[float, float]:
    return 280 + radius * math.cos(angle), 280 + radius * math.sin(angle)


def _track(c: Canvas, angle: float, curl: float, length: float, colour: Colour, width: float) -> None:
    steps = [step / 30 for step in range(31)]
    c.line([_at(angle + curl * share, length * share) for share in steps], colour, width=width)


def dna_scissors() -> Image.Image:
    """Draw a double helix that a pair of scissors cuts."""
    c = Canvas(640, 400)
    c.sky((232, 242, 250), (206, 226, 242))
    letters = ((214, 66, 66), (60, 130, 200), (76, 168, 92), (238, 178, 58))
    for step in range(100):
        x = 20 + step * 6.1
        if 296 < x < 352:
            continue
        swing = math.sin(x / 38)
        front = math.cos(x / 38)
        top, bottom = 236 - 70 * swing, 236 + 70 * swing
        if step % 3 == 0:
            c.line([(x, top), (x, 236)], letters[step % 4], width=5)
            c.line([(x, 236), (x, bottom)], letters[(step + 2) % 4], width=5)
        order = (
            ((top, (34, 74, 140)), (bottom, (120, 150, 196)))
            if front > 0
            else ((bottom, (120, 150, 196)), (top, (34, 74, 140)))
        )
        for y, colour in reversed(order):
            c.disc(x, y, 7, colour)
    _scissors(c)
    return c.finish()


def _scissors(c: Canvas) -> None:
    for side in (-1, 1):
        c.polygon([(324, 150), (324 + side * 30, 306), (324 + side * 18, 308), (324 - side * 10, 158)], (150, 156, 166))
        c.line([(324, 152), (324 - side * 26, 84)], (196, 44, 54), width=12)
        c.ring(324 - side * 44, 56, 34, (196, 44, 54), width=12)
    c.disc(324, 156, 8, (84, 88, 96))


def go_board() -> Image.Image:
    """Draw black and white stones on a Go board."""
    c = Canvas(520, 520, seed=19)
    for strip in range(520):
        shade = 0.5 + 0.25 * math.sin(strip * 0.09) + 0.25 * math.sin(strip * 0.023 + 1)
        c.rect((0, strip, 520, strip + 1.5), mix((224, 178, 104), (206, 156, 82), shade))
    lines = [35 + 25 * index for index in range(19)]
    for at in lines:
        c.line([(35, at), (485, at)], (60, 40, 20), width=1)
        c.line([(at, 35), (at, 485)], (60, 40, 20), width=1)
    for x in (lines[3], lines[9], lines[15]):
        for y in (lines[3], lines[9], lines[15]):
            c.disc(x, y, 3.5, (60, 40, 20))
    order = c.random.permutation(19 * 19)[:88]
    for number, place in enumerate(int(value) for value in order):
        _stone(c, lines[place % 19], lines[place // 19], black=number % 2 == 0)
    return c.finish()


def _stone(c: Canvas, x: float, y: float, *, black: bool) -> None:
    dark, light = ((18, 18, 20), (96, 96, 100)) if black else ((206, 206, 200), (255, 255, 255))
    c.disc(x + 1.5, y + 2, 12, (150, 110, 56))
    for step in range(10):
        share = step / 9
        c.disc(x - share * 3.5, y - share * 4, 11.8 * (1 - share * 0.85), mix(dark, light, share**2))


def chess() -> Image.Image:
    """Draw a chessboard with a king, a queen and pawns."""
    c = Canvas(600, 440)
    c.sky((62, 44, 40), (28, 20, 20))
    for row in range(5):
        for column in range(8):
            colour = (236, 214, 174) if (row + column) % 2 == 0 else (122, 78, 48)
            c.polygon(
                [
                    _square(column, row),
                    _square(column + 1, row),
                    _square(column + 1, row + 1),
                    _square(column, row + 1),
                ],
                colour,
            )
    for x, y, size in ((120, 262, 0.62), (232, 256, 0.62), (420, 256, 0.62)):
        _piece(c, x, y, size, (36, 32, 34), crown=0)
    _piece(c, 352, 300, 1.0, (40, 36, 38), crown=1)
    for x, y, size in ((110, 366, 0.8), (470, 366, 0.8)):
        _piece(c, x, y, size, (240, 228, 204), crown=0)
    _piece(c, 232, 372, 1.25, (244, 234, 212), crown=2)
    return c.finish()


def _square(column: float, row: float) -> tuple[float, float]:
    share = (row / 5) ** 1.35
    return 300 + (column - 4) * (58 + 34 * share), 210 + 220 * share


def _piece(c: Canvas, x: float, y: float, size: float, colour: Colour, *, crown: int) -> None:
    """Draw a pawn (`crown` 0), a queen (1) or a king (2) that stands at (x, y)."""
    height = (90 if crown == 0 else 160) * size
    edge = mix(colour, (0, 0, 0), 0.35) if sum(colour) > 300 else mix(colour, (255, 255, 255), 0.25)
    c.oval((x - 36 * size, y - 12 * size, x + 36 * size, y + 14 * size), edge)
    c.oval((x - 34 * size, y - 16 * size, x + 34 * size, y + 8 * size), colour)
    c.polygon(
        [
            (x - 26 * size, y - 6 * size),
            (x + 26 * size, y - 6 * size),
            (x + 11 * size, y - height * 0.72),
            (x - 11 * size, y - height * 0.72),
        ],
        colour,
    )
    c.polygon(
        [
            (x + 8 * size, y - 6 * size),
            (x + 26 * size, y - 6 * size),
            (x + 11 * size, y - height * 0.72),
            (x + 4 * size, y - height * 0.72),
        ],
        edge,
    )
    c.oval((x - 19 * size, y - height * 0.78, x + 19 * size, y - height * 0.68), colour)
    if crown == 0:
        c.disc(x, y - height * 0.9, 19 * size, colour)
        return
    top = y - height
    c.polygon(
        [
            (x - 13 * size, y - height * 0.74),
            (x + 13 * size, y - height * 0.74),
            (x + 22 * size, top),
            (x - 22 * size, top),
        ],
        colour,
    )
    if crown == 1:
        for point in range(-2, 3):
            c.disc(x + point * 11 * size, top - 4 * size, 6 * size, colour)
    else:
        c.rect((x - 4 * size, top - 30 * size, x + 4 * size, top), colour)
        c.rect((x - 13 * size, top - 22 * size, x + 13 * size, top - 14 * size), colour)
