"""Any model of open_clip, by the name ``openclip:MODEL/WEIGHTS``.

WEIGHTS is a tag that open_clip knows (fetched once from its hub, then cached) or the path of a
local ``.pt``, ``.bin`` or ``.safetensors`` file. Nothing is fetched unless a tag was named.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from kgretrieval.encoders._hub import fetched
from kgretrieval.encoders.torchvision_mend import import_open_clip
from kgretrieval.errors import ModelError, UsageError

if TYPE_CHECKING:
    from PIL import Image

PREFIX = "openclip:"
FORM = "openclip:MODEL/TAG or openclip:MODEL/PATH-OF-A-WEIGHT-FILE"
TEXTS, PICTURES = 64, 16
FILES = (".pt", ".pth", ".bin", ".safetensors")


class OpenClip:
    """An open_clip model as an encoder with the one space "picture".

    Parameters
    ----------
    name : str
        ``openclip:MODEL/WEIGHTS``.

    Raises
    ------
    ModelError
        When the model or its tag is unknown, the file is missing, or the hub cannot be reached.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._model_name, self._weights = split(name)
        self._config = configuration(self._model_name)
        self._file = weight_file(self._model_name, self._weights)
        self.weights_hash = sha256(self._file)
        self.spaces: Mapping[str, int] = {"picture": int(self._config["embed_dim"])}

    @property
    def picture_size(self) -> int:
        """Edge in pixels of what the picture tower looks at."""
        size = self._config["vision_cfg"].get("image_size", 224)
        return int(size if isinstance(size, int) else max(size))

    @cached_property
    def _parts(self) -> tuple[Any, Any]:
        """The model and the transform of a picture."""
        open_clip = import_open_clip()
        tag = open_clip.get_pretrained_cfg(self._model_name, self._weights) or {}
        try:
            model, _, transform = open_clip.create_model_and_transforms(
                self._model_name,
                pretrained=str(self._file),
                # Weights trained with the sigmoid form of GELU are worthless with the exact one.
                force_quick_gelu=bool(tag.get("quick_gelu", False)),
                image_mean=tag.get("mean"),
                image_std=tag.get("std"),
                image_interpolation=tag.get("interpolation"),
                image_resize_mode=tag.get("resize_mode"),
            )
        except Exception as error:
            raise ModelError(f"{self._file} does not hold weights of {self._model_name}: {one_line(error)}") from error
        return model.eval().requires_grad_(False), transform

    @cached_property
    def _tokenizer(self) -> Any:
        try:
            return import_open_clip().get_tokenizer(self._model_name)
        except Exception as error:
            raise ModelError(f"the tokenizer of {self._model_name} is not to be had: {one_line(error)}") from error

    def encode_texts(self, texts: Sequence[str], *, space: str = "picture") -> npt.NDArray[np.float32]:
        """Return ``(len(texts), width)`` float32 rows of unit length, zeros for a text of nothing but white space."""
        if space not in self.spaces:
            raise UsageError(f"{self.name} has no space {space!r}; it has: {', '.join(self.spaces)}")
        out = np.zeros((len(texts), self.spaces[space]), np.float32)
        said = [i for i, text in enumerate(texts) if text.strip()]
        for at in range(0, len(said), TEXTS):
            batch = said[at : at + TEXTS]
            out[batch] = self._run("encode_text", self._tokenizer([texts[i] for i in batch]))
        return out

    def encode_pictures(self, pictures: Sequence[Image.Image]) -> npt.NDArray[np.float32]:
        """Return ``(len(pictures), width)`` float32 rows of unit length."""
        out = np.zeros((len(pictures), self.spaces["picture"]), np.float32)
        for at in range(0, len(pictures), PICTURES):
            out[at : at + PICTURES] = self._run("encode_image", self._pixels(pictures[at : at + PICTURES]))
        return out

    def _pixels(self, pictures: Sequence[Image.Image]) -> Any:
        import torch

        return torch.stack([self._parts[1](picture.convert("RGB")) for picture in pictures])

    def _run(self, method: str, batch: Any) -> npt.NDArray[np.float32]:
        import torch

        with torch.inference_mode():
            vectors = getattr(self._parts[0], method)(batch, normalize=True)
            rows: npt.NDArray[np.float32] = vectors.float().numpy()
        return rows


def split(name: str) -> tuple[str, str]:
    """Return model and weights of an encoder's name.

    Examples
    --------
    >>> split("openclip:ViT-B-32/models/news.pt")
    ('ViT-B-32', 'models/news.pt')
    """
    model, _, weights = name.removeprefix(PREFIX).partition("/")
    if not model or not weights:
        raise ModelError(f"{name!r} does not name a model and its weights; write {FORM}")
    return model, weights


def configuration(model: str) -> dict[str, Any]:
    """Return what open_clip knows of a model's shape."""
    open_clip = import_open_clip()
    found: dict[str, Any] | None = open_clip.get_model_config(model)
    if found is None:
        near = get_close_matches(model, open_clip.list_models(), n=4, cutoff=0.3)
        hint = f"near names: {', '.join(near)}" if near else "'kg models' lists them"
        raise ModelError(f"open_clip has no model {model!r}; {hint}")
    return found


def weight_file(model: str, weights: str) -> Path:
    """Return the file behind a tag or a path."""
    open_clip = import_open_clip()
    tag = open_clip.get_pretrained_cfg(model, weights)
    if tag:
        return fetched(f"{PREFIX}{model}/{weights}", tag)
    path = Path(weights).expanduser()
    if path.is_file():
        return path
    if path.suffix in FILES or "/" in weights:
        raise ModelError(f"the weight file {weights} does not exist; name a {', '.join(FILES)} file")
    tags = open_clip.list_pretrained_tags_by_model(model)
    raise ModelError(f"{model} has no weights {weights!r}; it has: {', '.join(tags) or 'none'}, or pass a file")


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def one_line(error: Exception) -> str:
    """Return the start of an error's text on one line."""
    return " ".join(str(error).split())[:160]
