"""The pictures that are drawn by code: file name to the function that draws it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PIL import Image

from kgretrieval.sample import draw_space

DRAWINGS: Mapping[str, Callable[[], Image.Image]] = {
    "booster_landing.jpg": draw_space.booster_landing,
    "moon_landing.jpg": draw_space.moon_landing,
    "webb_mirror.jpg": draw_space.webb_mirror,
    "mars_rover.jpg": draw_space.mars_rover,
}
