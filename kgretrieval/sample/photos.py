"""Photographs that ship with two packages this one needs anyway, found without importing them."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from kgretrieval.errors import NotFoundError

_SKIMAGE, _SKLEARN = ("skimage", "data"), ("sklearn", "datasets/images")

#: File name to the package and the folder in it that hold the file.
PHOTOS: Mapping[str, tuple[str, str]] = {
    "astronaut.png": _SKIMAGE,
    "camera.png": _SKIMAGE,
    "chelsea.png": _SKIMAGE,
    "coffee.png": _SKIMAGE,
    "coins.png": _SKIMAGE,
    "hubble_deep_field.jpg": _SKIMAGE,
    "moon.png": _SKIMAGE,
    "motorcycle_left.png": _SKIMAGE,
    "retina.jpg": _SKIMAGE,
    "rocket.jpg": _SKIMAGE,
    "china.jpg": _SKLEARN,
    "flower.jpg": _SKLEARN,
}

_PROJECTS = {"skimage": "scikit-image", "sklearn": "scikit-learn"}


def photo_path(name: str) -> Path:
    """Return where the photograph `name` (a key of `PHOTOS`) lies on this machine.

    Raises
    ------
    NotFoundError
        If the package that carries it is not installed, or no longer has it.
    """
    package, folder = PHOTOS[name]
    project = _PROJECTS[package]
    # The spec of a top-level package is found on the path; the package itself is not run.
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise NotFoundError(f"no photograph {name}: it ships with {project}; pip install {project}")
    path = Path(spec.submodule_search_locations[0]) / folder / name
    if not path.is_file():
        raise NotFoundError(f"no photograph at {path}; pip install --force-reinstall {project}")
    return path
