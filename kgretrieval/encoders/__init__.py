"""Encoders: texts and pictures in, unit vectors out.

`load` gives one by its name; `available` lists what can be loaded here. Importing this
package imports neither torch nor open_clip.
"""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from kgretrieval.errors import ModelError

if TYPE_CHECKING:
    from kgretrieval.encoders.base import Encoder
    from kgretrieval.types import ModelInfo

__all__ = ["DEFAULT", "available", "fetch", "full_name", "load"]

#: The encoder of a new collection where the user names none.
DEFAULT = "mini"
_OPENCLIP = "openclip:"


def load(name: str) -> Encoder:
    """Return the encoder called `name`.

    Parameters
    ----------
    name : str
        ``"mini"``, or ``"openclip:MODEL/WEIGHTS"`` where WEIGHTS is a tag of open_clip or a local file.

    Raises
    ------
    ModelError
        When there is no such encoder or its weights are not to be had.

    Examples
    --------
    >>> load("mini").encode_texts(["a rocket launch"], space="text").shape
    (1, 384)
    """
    if name == DEFAULT:
        from kgretrieval.encoders.mini import Mini

        return Mini()
    if name.startswith(_OPENCLIP):
        from kgretrieval.encoders.openclip import OpenClip

        return OpenClip(name)
    near = get_close_matches(name, [DEFAULT, _OPENCLIP], n=1)
    hint = f"; the nearest is {near[0]!r}" if near else ""
    raise ModelError(f"there is no encoder {name!r}{hint}; 'kg models' lists them")


def full_name(name: str) -> str:
    """Return the name with which an encoder is found from any folder: a local weight file by its absolute path."""
    model, slash, weights = name.removeprefix(_OPENCLIP).partition("/")
    if name.startswith(_OPENCLIP) and slash and Path(weights).is_file():
        return f"{_OPENCLIP}{model}/{Path(weights).resolve()}"
    return name


def available(*, openclip: bool = True) -> list[ModelInfo]:
    """Return every encoder that has a name, `mini` first.

    Parameters
    ----------
    openclip : bool
        Whether to list open_clip's models with their weights too; that imports torch.
    """
    from kgretrieval.encoders._listing import embedded, from_open_clip

    return [embedded(), *(from_open_clip() if openclip else [])]


def fetch(name: str) -> Path | None:
    """Bring the weights and the tokenizer of an open_clip model onto this machine.

    What an interrupted call has brought is kept, and the next one goes on from there.

    Parameters
    ----------
    name : str
        As for `load`.

    Returns
    -------
    Path or None
        The weight file; None for an encoder that is part of the package.

    Raises
    ------
    ModelError
        When there is no such encoder, or its hub cannot be reached.
    """
    if name == DEFAULT:
        return None
    if not name.startswith(_OPENCLIP):
        load(name)
    from kgretrieval.encoders.openclip import OpenClip

    return OpenClip(name).complete()
