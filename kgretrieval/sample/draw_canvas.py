"""A small drawing surface: drawn three times too large and scaled down, so that edges are smooth.

All lengths are pixels of the finished picture, whose origin is the top left corner.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

Point = tuple[float, float]
Colour = tuple[int, int, int]

SCALE = 3


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """Return the colour that is `share` (0 to 1) of the way from `first` to `second`."""
    a, b = np.array(first, float), np.array(second, float)
    red, green, blue = (round(value) for value in a + (b - a) * share)
    return red, green, blue


class Canvas:
    """A picture of `width` by `height` pixels under construction."""

    def __init__(self, width: int, height: int, *, colour: Colour = (255, 255, 255), seed: int = 7) -> None:
        self.width, self.height = width, height
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), colour)
        self.random = np.random.default_rng(seed)

    @property
    def _draw(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.image)

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        """Fill the outline that runs through `points`."""
        self._draw.polygon(_scaled(points), fill=colour)

    def line(self, points: Sequence[Point], colour: Colour, *, width: float = 1.0) -> None:
        """Draw a line with round joints and ends through `points`."""
        thick = max(1, round(width * SCALE))
        self._draw.line(_scaled(points), fill=colour, width=thick, joint="curve")
        if thick > 4:
            for x, y in (points[0], points[-1]):
                self.disc(x, y, width / 2, colour)

    def rect(self, box: tuple[float, float, float, float], colour: Colour, *, radius: float = 0.0) -> None:
        """Fill the box (left, top, right, bottom), its corners rounded by `radius`."""
        self._draw.rounded_rectangle([round(v * SCALE) for v in box], round(radius * SCALE), fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """Fill the circle around (x, y)."""
        self.oval((x - radius, y - radius, x + radius, y + radius), colour)

    def oval(self, box: tuple[float, float, float, float], colour: Colour) -> None:
        """Fill the ellipse inside the box (left, top, right, bottom)."""
        self._draw.ellipse([round(v * SCALE) for v in box], fill=colour)

    def ring(self, x: float, y: float, radius: float, colour: Colour, *, width: float = 1.0) -> None:
        """Draw the circle around (x, y)."""
        box = [round(v * SCALE) for v in (x - radius, y - radius, x + radius, y + radius)]
        self._draw.ellipse(box, outline=colour, width=max(1, round(width * SCALE)))

    def text(self, x: float, y: float, words: str, *, size: float, colour: Colour, anchor: str = "la") -> None:
        """Write `words` in the font that Pillow carries; `anchor` as Pillow has it."""
        font = ImageFont.load_default(size * SCALE)
        self._draw.text((x * SCALE, y * SCALE), words, fill=colour, font=font, anchor=anchor)

    def sky(self, top: Colour, bottom: Colour, *, until: float | None = None, start: float = 0.0) -> None:
        """Fill the rows from `start` to `until` with colours that run from `top` to `bottom`."""
        first, last = round(start * SCALE), round((self.height if until is None else until) * SCALE)
        share = np.linspace(0.0, 1.0, last - first)[:, None]
        rows = np.array(top, float) * (1 - share) + np.array(bottom, float) * share
        block = np.broadcast_to(rows[:, None, :], (last - first, self.image.width, 3))
        self.image.paste(Image.fromarray(block.round().astype(np.uint8)), (0, first))

    def glow(self, x: float, y: float, radius: float, colour: Colour, *, strength: float = 1.0) -> None:
        """Add light of `colour` around (x, y) that fades to nothing at `radius`."""
        size = round(2 * radius * SCALE)
        axis = (np.arange(size) + 0.5) / size * 2 - 1
        fall = np.clip(1 - np.hypot(axis[:, None], axis[None, :]), 0, 1) ** 2 * strength
        light = Image.fromarray((fall[..., None] * np.array(colour)).clip(0, 255).astype(np.uint8))
        self._add(light, round((x - radius) * SCALE), round((y - radius) * SCALE))

    def _add(self, light: Image.Image, left: int, top: int) -> None:
        layer = Image.new("RGB", self.image.size)
        layer.paste(light, (left, top))
        self.image = ImageChops.add(self.image, layer)

    def stars(self, count: int, *, until: float, largest: float = 1.3) -> None:
        """Scatter stars over the rows above `until`."""
        for x, y, size, light in self.random.random((count, 4)):
            shade = int(120 + 135 * light)
            self.disc(x * self.width, y * until, 0.3 + size**3 * largest, (shade, shade, shade))

    def puffs(self, path: Sequence[tuple[float, float, float]], colour: Colour, *, count: int, spread: float) -> None:
        """Draw a cloud: `count` balls along `path` of (x, y, radius), shaded from below."""
        knots = np.array(path, float)
        at = np.sort(self.random.random(count)) * (len(knots) - 1)
        stations = np.stack([np.interp(at, np.arange(len(knots)), knots[:, axis]) for axis in range(3)], axis=1)
        for x, y, radius in stations:
            dx, dy = self.random.normal(0, spread * radius, 2)
            ball = radius * (0.45 + 0.5 * self.random.random())
            shade = mix(colour, (255, 255, 255), 0.18 * self.random.random())
            self.disc(x + dx, y + dy + ball * 0.12, ball, mix(shade, (0, 0, 0), 0.1))
            self.disc(x + dx, y + dy, ball * 0.94, shade)

    def soften(self, radius: float, *, box: tuple[float, float, float, float] | None = None) -> None:
        """Blur the whole picture, or the box (left, top, right, bottom) of it."""
        corners = (0.0, 0.0, float(self.width), float(self.height)) if box is None else box
        left, top, right, bottom = (round(v * SCALE) for v in corners)
        part = self.image.crop((left, top, right, bottom)).filter(ImageFilter.GaussianBlur(radius * SCALE))
        self.image.paste(part, (left, top))

    def grain(self, strength: float) -> None:
        """Add fine noise, as film has it; `strength` is its standard deviation in grey levels."""
        small = np.asarray(self.finish(), float)
        noise = self.random.normal(0, strength, small.shape[:2])[..., None]
        grainy = Image.fromarray((small + noise).clip(0, 255).astype(np.uint8))
        self.image = grainy.resize(self.image.size, Image.Resampling.BICUBIC)

    def finish(self) -> Image.Image:
        """Return the picture at its own size."""
        return self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)


def _scaled(points: Sequence[Point]) -> list[tuple[int, int]]:
    return [(round(x * SCALE), round(y * SCALE)) for x, y in points]
