"""Weights of a tag: from the cache, else from the hub if it answers within seconds."""

from __future__ import annotations

import os
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kgretrieval.encoders.torchvision_mend import import_open_clip
from kgretrieval.errors import ModelError

#: Seconds after which the hub counts as out of reach.
PATIENCE = 4.0
#: What a hub repository's weights are called where the tag names no file.
DEFAULT_FILES = ["open_clip_model.safetensors", "open_clip_pytorch_model.bin"]
_YES = {"1", "true", "yes", "on"}


def fetched(name: str, tag: Mapping[str, Any]) -> Path:
    """Return the weight file of one of open_clip's tags.

    Parameters
    ----------
    name : str
        The encoder's name, for the message.
    tag : mapping
        open_clip's record of the weights: where they lie.

    Raises
    ------
    ModelError
        When the weights are not cached and cannot be fetched.
    """
    ready = cached(tag)
    if ready is not None:
        return ready
    help_ = "fetch them on a machine with a network, or pass a weight file; 'kg models' lists what works here"
    if offline():
        raise ModelError(
            f"the weights of {name} are not on this machine and HF_HUB_OFFLINE forbids the network; {help_}"
        )
    if not reachable(address(tag)):
        raise ModelError(f"the weights of {name} are not on this machine and their hub cannot be reached; {help_}")
    try:
        return Path(import_open_clip().pretrained.download_pretrained(dict(tag)))
    except Exception as error:
        reason = " ".join(str(error).split())[:120]
        raise ModelError(f"the weights of {name} could not be fetched ({reason}); {help_}") from error


def cached(tag: Mapping[str, Any]) -> Path | None:
    """Return the weight file of a tag if an earlier call left it on this machine."""
    hub = tag.get("hf_hub", "")
    if not hub:
        path = Path("~/.cache/clip").expanduser() / os.path.basename(tag.get("url", "") or "-")
        return path if path.is_file() else None
    from huggingface_hub import try_to_load_from_cache

    repository, file = os.path.split(hub)
    for name in [str(Path(file).with_suffix(".safetensors")), file] if file else DEFAULT_FILES:
        found = try_to_load_from_cache(repository, name)
        if isinstance(found, str):
            return Path(found)
    return None


def offline() -> bool:
    """Return whether the user asked the hub's client to stay off the network."""
    return os.environ.get("HF_HUB_OFFLINE", "").lower() in _YES


def address(tag: Mapping[str, Any]) -> str:
    """Return the address of the server that has the weights."""
    return os.environ.get("HF_ENDPOINT", "https://huggingface.co") if tag.get("hf_hub") else str(tag.get("url", ""))


def reachable(url: str) -> bool:
    """Return whether a server answers at all within `PATIENCE` seconds."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, method="HEAD"), timeout=PATIENCE):
            return True
    except urllib.error.HTTPError:
        return True
    except (OSError, ValueError):
        return False
