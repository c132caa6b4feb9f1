"""Bar and line charts of figures that the articles state."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image

from kgretrieval.sample.draw_canvas import Canvas, Colour, mix

INK: Colour = (44, 48, 58)
PALE: Colour = (222, 226, 232)
BLUE: Colour = (38, 98, 170)
RED: Colour = (200, 52, 52)

Bar = tuple[str, float, str, Colour]


def share_price() -> Image.Image:
    """Draw the price of a Google share in the auction and after the first day of trading, in dollars."""
    return _bars(
        "Google share, 19 August 2004", [("auction", 85.0, "$85.00", PALE), ("first day", 100.34, "$100.34", BLUE)]
    )


def brexit_vote() -> Image.Image:
    """Draw the result of the British referendum of 2016, in percent."""
    return _bars(
        "Referendum, 23 June 2016", [("Leave", 51.9, "51.9 %", BLUE), ("Remain", 48.1, "48.1 %", (236, 190, 60))]
    )


def world_cup_goals() -> Image.Image:
    """Draw the goals in three World Cup finals, winners beside losers."""
    finals = ((2014, "GER", 1, "ARG", 0), (2018, "FRA", 4, "CRO", 2), (2022, "ARG", 3, "FRA", 3))
    bars: list[Bar] = []
    for year, winner, scored, loser, conceded in finals:
        bars.append((f"{winner} {year}", scored, str(scored), (36, 140, 84)))
        bars.append((f"{loser} {year}", conceded, str(conceded), (170, 178, 186)))
    return _bars("Goals in World Cup finals", bars)


def euro_members() -> Image.Image:
    """Draw the number of countries with the euro in the years in which it grew."""
    counts = {1999: 11, 2001: 12, 2007: 13, 2008: 15, 2009: 16, 2011: 17, 2014: 18, 2015: 19, 2023: 20}
    return _bars(
        "Countries with the euro", [(str(year), count, str(count), (32, 66, 150)) for year, count in counts.items()]
    )


def _bars(title: str, bars: Sequence[Bar]) -> Image.Image:
    c = Canvas(600, 420, colour=(252, 252, 250))
    c.text(36, 26, title, size=26, colour=INK)
    highest = max(value for _, value, _, _ in bars)
    step = 528 / len(bars)
    for line in range(5):
        c.line([(36, 360 - line * 65), (564, 360 - line * 65)], PALE if line else INK, width=1.2)
    for number, (name, value, words, colour) in enumerate(bars):
        middle, top = 36 + step * (number + 0.5), 360 - 250 * value / highest
        c.rect((middle - step * 0.34, top, middle + step * 0.34, 360), colour)
        c.rect((middle - step * 0.34, top, middle - step * 0.28, 360), mix(colour, (255, 255, 255), 0.25))
        c.text(middle, top - 6, words, size=18, colour=INK, anchor="ms")
        c.text(middle, 372, name, size=min(17, step / 5.2), colour=INK, anchor="ma")
    return c.finish()


def stock_crash() -> Image.Image:
    """Draw closing values of the Dow Jones index in the autumn of 2008, in points."""
    closes = ((12, 11421.99), (15, 10917.51), (33, 10325.38), (40, 8451.19), (81, 7552.29), (107, 8924.14))
    c = Canvas(640, 420, colour=(252, 252, 250))
    c.text(36, 26, "Dow Jones index, September to December 2008", size=24, colour=INK)
    for level in range(7000, 13000, 1000):
        c.line([(90, _level(level)), (610, _level(level))], PALE, width=1.2)
        c.text(80, _level(level), f"{level:,}", size=15, colour=INK, anchor="rm")
    for start, name in ((1, "Sep"), (31, "Oct"), (62, "Nov"), (92, "Dec")):
        c.text(_day(start), 372, name, size=16, colour=INK)
    points = [(_day(day), _level(close)) for day, close in closes]
    c.polygon([(points[0][0], 360), *points, (points[-1][0], 360)], (250, 222, 220))
    c.line(points, RED, width=4)
    for x, y in points:
        c.disc(x, y, 6, RED)
        c.disc(x, y, 3, (255, 255, 255))
    c.text(points[0][0] + 10, points[0][1] - 6, "11,422", size=16, colour=INK, anchor="ls")
    c.text(points[-1][0], points[-1][1] - 12, "8,924", size=16, colour=INK, anchor="ms")
    return c.finish()


def _level(points: float) -> float:
    return 360 - (points - 7000) / 5000 * 270


def _day(day: float) -> float:
    """Place a day, counted from the last of August, on the axis."""
    return 90 + day / 112 * 520
