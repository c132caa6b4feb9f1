"""Locator maps with simplified coasts, in degrees of longitude and latitude."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PIL import Image, ImageFilter

from kgretrieval.sample.draw_canvas import SCALE, Canvas, Colour, Point

SEA: Colour = (176, 210, 232)
LAND: Colour = (238, 232, 212)
COAST: Colour = (150, 146, 130)
INK: Colour = (40, 48, 62)

_ICELAND = [
    (-24, 65.5),
    (-22, 66.4),
    (-20, 65.8),
    (-16, 66.5),
    (-13.6, 65),
    (-15, 64.3),
    (-19, 63.4),
    (-22.7, 63.9),
    (-22, 64.6),
]
_BRITAIN = [
    (-5.6, 50.1), (-3.4, 50.4), (1.3, 51.1), (0.6, 51.6),
    (1.7, 52.7), (0.2, 53), (-1.5, 54.9), (-2.2, 56.3), (-1.8, 57.5),
    (-4, 57.7), (-3.1, 58.6), (-5, 58.6), (-6, 57), (-5, 55.2),
    (-3.2, 54.9), (-3, 53.5), (-4.6, 53.2), (-5.2, 51.9), (-3, 51.4),
]  # fmt: skip
_IRELAND = [(-6.2, 52.2), (-10, 51.6), (-9.9, 53.5), (-8.5, 55), (-6, 55.2), (-5.6, 54.4)]
_SCANDINAVIA = [
    (5, 60), (5.6, 58.8), (8, 58), (10.6, 59.2), (11.4, 58.4),
    (12.8, 55.5), (14.3, 55.6), (16.6, 57.5), (18.8, 60), (17.2, 61.7),
    (21, 64), (24, 65.8), (22, 63), (21.4, 61), (23, 59.9), (30, 60), (30, 70), (20, 70), (14, 67), (10, 64), (5, 62),
]  # fmt: skip
_MAINLAND = [
    (-1.8, 46), (-4.7, 48.3), (-1.6, 48.7), (-1.6, 49.7), (1.6, 50.8),
    (4.2, 52), (4.8, 53), (8.4, 53.8), (8.2, 57), (10.6, 57.6),
    (10, 55), (11, 54), (14.2, 54), (18.6, 54.7), (21, 55.5),
    (21, 57.6), (24, 57.2), (23.4, 59.2), (30, 59.6), (30, 40), (-1.8, 40),
]  # fmt: skip

Projection = Callable[[float, float], Point]


def ash_map() -> Image.Image:
    """Draw the ash cloud on its way from Iceland to Britain and the mainland."""
    c = Canvas(640, 480, colour=SEA)

    def place(longitude: float, latitude: float) -> Point:
        return 24 + (longitude + 26) * 12.2, 470 - (latitude - 46) * 21.5

    for outline in (_ICELAND, _BRITAIN, _IRELAND, _SCANDINAVIA, _MAINLAND):
        _land(c, outline, place)
    _cloud(
        c,
        [(-19.6, 63.6), (-8, 65), (2, 64), (14, 60), (20, 55), (15, 50), (4, 50), (-4, 52), (-5, 57), (-10, 61)],
        place,
    )
    x, y = place(-19.6, 63.63)
    c.polygon([(x - 11, y + 8), (x + 11, y + 8), (x, y - 12)], (200, 40, 34))
    names = (
        ("Eyjafjallajokull", -20, 62.4),
        ("Iceland", -20.6, 65),
        ("Britain", -2.8, 52.6),
        ("Norway", 6.4, 61),
        ("Germany", 7.6, 50.6),
        ("Atlantic", -18, 54),
    )
    for name, longitude, latitude in names:
        c.text(*place(longitude, latitude), name, size=17, colour=INK)
    return c.finish()


def suez_map() -> Image.Image:
    """Draw the Suez Canal with the place where the ship ran aground."""
    c = Canvas(520, 600, colour=LAND)

    def place(longitude: float, latitude: float) -> Point:
        return (longitude - 31.2) * 210, (31.75 - latitude) * 260

    c.polygon(
        [
            place(31, 32),
            place(31, 31.45),
            place(31.9, 31.5),
            place(32.3, 31.25),
            place(33, 31.1),
            place(34, 31.2),
            place(34, 32),
        ],
        SEA,
    )
    c.polygon(
        [
            place(32.5, 29.97),
            place(32.62, 29.95),
            place(32.75, 29.6),
            place(33.1, 29.2),
            place(32.5, 29.2),
            place(32.3, 29.6),
        ],
        SEA,
    )
    c.line(
        [
            place(32.31, 31.26),
            place(32.32, 30.8),
            place(32.29, 30.58),
            place(32.4, 30.35),
            place(32.58, 30.1),
            place(32.56, 29.95),
        ],
        (70, 140, 196),
        width=6,
    )
    c.polygon(
        [place(32.3, 30.42), place(32.4, 30.43), place(32.54, 30.24), place(32.46, 30.2), place(32.34, 30.28)],
        (112, 174, 216),
    )
    _suez_names(c, place)
    return c.finish()


def _suez_names(c: Canvas, place: Projection) -> None:
    towns = (("Port Said", 32.3, 31.24), ("Ismailia", 32.26, 30.59), ("Suez", 32.54, 29.98))
    for name, longitude, latitude in towns:
        x, y = place(longitude, latitude)
        c.disc(x, y, 6, INK)
        c.text(x - 12, y, name, size=19, colour=INK, anchor="rm")
    x, y = place(32.58, 30.05)
    c.line([(x - 14, y - 8), (x + 14, y + 8)], (196, 34, 34), width=9)
    c.text(x + 20, y, "Ever Given", size=20, colour=(176, 24, 24), anchor="lm")
    labels = (
        ("Mediterranean Sea", 32.2, 31.6),
        ("Egypt", 31.5, 30.3),
        ("Sinai", 33.25, 30.1),
        ("Great Bitter Lake", 32.6, 30.36),
        ("Red Sea", 32.56, 29.52),
    )
    for name, longitude, latitude in labels:
        c.text(*place(longitude, latitude), name, size=17, colour=(70, 90, 110))


def _land(c: Canvas, outline: Sequence[Point], place: Projection) -> None:
    points = [place(longitude, latitude) for longitude, latitude in outline]
    c.polygon(points, LAND)
    c.line([*points, points[0]], COAST, width=1.4)


def _cloud(c: Canvas, outline: Sequence[Point], place: Projection) -> None:
    """Lay a soft grey veil over the outline."""
    veil = Canvas(c.width, c.height, colour=(0, 0, 0))
    veil.polygon([place(longitude, latitude) for longitude, latitude in outline], (165, 165, 165))
    mask = veil.image.convert("L").filter(ImageFilter.GaussianBlur(12 * SCALE))
    c.image.paste((92, 88, 88), (0, 0), mask)
