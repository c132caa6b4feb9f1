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
from kgretrieval.encoders._listing import FILES, PREFIX
from kgretrieval.encoders.torchvision_mend import import_open_clip
from kgretrieval.errors import ModelError, UsageError

if TYPE_CHECKING:
    from PIL import Image

    from kgretrieval.encoders._pixels import Pixels
    from kgretrieval.encoders._towers import PictureTower, TextTower

FORM = "openclip:MODEL/TAG or openclip:MODEL/PATH-OF-A-WEIGHT-FILE"
#: Texts, their tokens with the blanks behind shorter ones, and pictures in one batch at most: each core
#: has its own batch, and larger ones gain nothing (`benchmarks/encode.py`).
TEXTS, TOKENS, PICTURES = 128, 2048, 8
#: What a picture takes while it is computed, for each of its pixels: ConvNeXt's first layers take most.
BYTES_A_PIXEL = 400


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

    def complete(self) -> Path:
        """Return the weight file, with what else texts need on this machine too.

        Raises
        ------
        ModelError
            When the tokenizer cannot be had.
        """
        self._tokenizer  # noqa: B018
        return self._file

    @property
    def picture_size(self) -> int:
        """Edge in pixels below which a picture loses what the tower can see: the tower's own, and some more."""
        from kgretrieval.encoders._pixels import DETAIL

        return round(DETAIL * self._edge)

    @property
    def _edge(self) -> int:
        size = self._config["vision_cfg"].get("image_size", 224)
        return int(size if isinstance(size, int) else max(size))

    @cached_property
    def _parts(self) -> tuple[PictureTower, TextTower, Pixels]:
        from kgretrieval.encoders._checkpoint import loaded
        from kgretrieval.encoders._pixels import Pixels
        from kgretrieval.encoders._processor import precision
        from kgretrieval.encoders._towers import towers

        tag = import_open_clip().get_pretrained_cfg(self._model_name, self._weights) or {}
        model = loaded(self._model_name, self._file, tag)
        settings = model.visual.preprocess_cfg
        return (*towers(model, precision()), Pixels(settings))

    @cached_property
    def _tokenizer(self) -> Any:
        try:
            return import_open_clip().get_tokenizer(self._model_name)
        except Exception as error:
            raise ModelError(f"the tokenizer of {self._model_name} is not to be had: {one_line(error)}") from error

    def encode_texts(self, texts: Sequence[str], *, space: str = "picture") -> npt.NDArray[np.float32]:
        """Return ``(len(texts), width)`` float32 rows of unit length, zeros for a text of nothing but white space.

        Equal texts are computed once, and texts of a length together.
        """
        if space not in self.spaces:
            raise UsageError(f"{self.name} has no space {space!r}; it has: {', '.join(self.spaces)}")
        out = np.zeros((len(texts), self.spaces[space]), np.float32)
        said = list(dict.fromkeys(text for text in texts if text.strip()))
        if not said:
            return out
        tokens = self._tokenizer(said)
        lengths = self._parts[1].lengths(tokens)
        order = lengths.argsort(descending=True, stable=True)
        rows = np.empty((len(said), out.shape[1]), np.float32)
        rows[order.numpy()] = self._text_rows(tokens[order], lengths[order].tolist())
        at = {text: i for i, text in enumerate(said)}
        known = [i for i, text in enumerate(texts) if text in at]
        out[known] = rows[[at[texts[i]] for i in known]]
        return out

    def _text_rows(self, tokens: Any, lengths: list[int]) -> npt.NDArray[np.float32]:
        """Return the rows of texts that stand in the order of their lengths, the longest first."""
        import torch

        from kgretrieval.encoders._processor import halving, on_each_core

        share = -(-len(lengths) // torch.get_num_threads())
        batches, start = [], 0
        while start < len(lengths):
            size = min(share, TEXTS, max(1, TOKENS // lengths[start]))
            batches.append(tokens[start : start + size])
            start += size
        tower = self._parts[1]
        return np.concatenate(on_each_core(lambda batch: halving(lambda part: _rows(tower, part), batch), batches))

    def encode_pictures(self, pictures: Sequence[Image.Image]) -> npt.NDArray[np.float32]:
        """Return ``(len(pictures), width)`` float32 rows of unit length.

        A JPEG that is open but not yet decoded is decoded at reduced size, while others are computed;
        a sequence that opens its pictures only when they are taken from it keeps memory small.
        """
        import torch

        from kgretrieval.encoders._processor import fitting, halving, on_each_core

        if not len(pictures):
            return np.zeros((0, self.spaces["picture"]), np.float32)
        tower, _, pixels = self._parts
        share = -(-len(pictures) // torch.get_num_threads())
        size = min(share, fitting(BYTES_A_PIXEL * self._edge**2, most=PICTURES))
        batches = [pictures[at : at + size] for at in range(0, len(pictures), size)]
        return np.concatenate(
            on_each_core(lambda batch: halving(lambda part: _rows(tower, pixels(part)), batch), batches)
        )


def _rows(tower: PictureTower | TextTower, batch: Any) -> npt.NDArray[np.float32]:
    import torch

    with torch.inference_mode():
        rows: npt.NDArray[np.float32] = tower(batch).numpy()
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
