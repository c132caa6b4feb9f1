"""Copies of photographs as newspapers and people on the net make them: crops, encodings, banners, mirror images."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFont, ImageOps

Picture = Image.Image
Random = np.random.Generator


def cropped(image: Picture, share: float, random: Random, *, other_shape: bool = False) -> Picture:
    """Cut out a rectangle with this share of the area, anywhere, of the same or of another shape."""
    across = down = share**0.5
    if other_shape:
        across = random.uniform(share / 0.98, 0.98)
        down = share / across
    width, height = round(image.width * across), round(image.height * down)
    left, top = random.integers(0, image.width - width + 1), random.integers(0, image.height - height + 1)
    return image.crop((int(left), int(top), int(left) + width, int(top) + height))


def encoded(image: Picture, form: str, quality: int) -> Picture:
    """Write and read a picture."""
    buffer = BytesIO()
    image.save(buffer, form, quality=quality)
    return Image.open(buffer).convert("RGB")


def with_banner(image: Picture, random: Random) -> Picture:
    """Burn in a bar with words over 12 to 20 % of the height, at the bottom or the top."""
    made, high = image.copy(), int(image.height * random.uniform(0.12, 0.2))
    top = image.height - high if random.random() < 0.7 else 0
    draw = ImageDraw.Draw(made)
    draw.rectangle((0, top, image.width, top + high), fill=tuple(int(c) for c in random.integers(0, 256, 3)))
    font = ImageFont.load_default(size=max(8, int(high * 0.6)))
    draw.text((4, top + high * 0.15), _words(random, 6), fill="white", font=font)
    return made


def with_caption(image: Picture, random: Random) -> Picture:
    """Burn in two lines of large letters with a black edge."""
    made = image.copy()
    lines = "\n".join(_words(random, 3).upper() for _ in range(2))
    font = ImageFont.load_default(size=max(8, int(image.height * 0.11)))
    where = (image.width * 0.06, image.height * random.uniform(0.1, 0.65))
    ImageDraw.Draw(made).multiline_text(where, lines, fill="white", stroke_width=1, stroke_fill="black", font=font)
    return made


def with_border(image: Picture, random: Random) -> Picture:
    """Put a frame of 4 to 10 % of the shorter side around it."""
    wide = int(min(image.size) * random.uniform(0.04, 0.1))
    return ImageOps.expand(image, wide, fill=("white", "black", "red")[int(random.integers(3))])


def _words(random: Random, count: int) -> str:
    return " ".join(
        "".join(chr(97 + int(c)) for c in random.integers(0, 26, random.integers(3, 9))) for _ in range(count)
    )


def _scaled(image: Picture, width: float, height: float) -> Picture:
    return image.resize((max(1, round(image.width * width)), max(1, round(image.height * height))), 3)


def _brighter(image: Picture, random: Random) -> Picture:
    return ImageEnhance.Contrast(ImageEnhance.Brightness(image).enhance(random.uniform(1.2, 1.4))).enhance(0.7)


def _darker(image: Picture, random: Random) -> Picture:
    return ImageEnhance.Color(ImageEnhance.Brightness(image).enhance(random.uniform(0.55, 0.75))).enhance(1.8)


#: What is done to a picture, by name.
KINDS: Mapping[str, Callable[[Picture, Random], Picture]] = {
    "crop 90 %": lambda image, random: cropped(image, 0.9, random),
    "crop 75 %": lambda image, random: cropped(image, 0.75, random),
    "crop 60 %": lambda image, random: cropped(image, 0.6, random),
    "crop 75 %, other shape": lambda image, random: cropped(image, 0.75, random, other_shape=True),
    "JPEG, quality 30": lambda image, _: encoded(image, "JPEG", 30),
    "WebP, quality 20": lambda image, _: encoded(image, "WEBP", 20),
    "half size": lambda image, _: _scaled(image, 0.5, 0.5),
    "squeezed": lambda image, _: _scaled(image, 0.8, 1.0),
    "mirrored": lambda image, _: ImageOps.mirror(image),
    "mirrored, crop 75 %": lambda image, random: cropped(ImageOps.mirror(image), 0.75, random),
    "banner": with_banner,
    "caption": with_caption,
    "border": with_border,
    "brighter, less contrast": _brighter,
    "darker, more colour": _darker,
    "grey": lambda image, _: ImageOps.grayscale(image).convert("RGB"),
    "crop 75 %, banner, JPEG, quality 40": lambda image, random: encoded(
        with_banner(cropped(image, 0.75, random), random), "JPEG", 40
    ),
}
