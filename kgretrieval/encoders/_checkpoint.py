"""An open_clip model with the weights of a file, made without drawing random weights and without a second copy."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from torch.overrides import TorchFunctionMode

from kgretrieval.encoders.torchvision_mend import import_open_clip
from kgretrieval.errors import ModelError

_PREPROCESSING = ("mean", "std", "interpolation", "resize_mode")


class _Undrawn(TorchFunctionMode):
    """While it lasts, weights are not initialised: every one of them is about to be loaded."""

    def __torch_function__(
        self, func: Callable[..., Any], types: Iterable[type], args: Any = (), kwargs: Any = None
    ) -> Any:
        kwargs = kwargs or {}
        if getattr(func, "__module__", "") == "torch.nn.init":
            return kwargs["tensor"] if "tensor" in kwargs else args[0]
        return func(*args, **kwargs)


def loaded(model: str, file: Path, tag: Mapping[str, Any]) -> Any:
    """Return an open_clip model for inference, in float32.

    Parameters
    ----------
    model : str
        open_clip's name of the architecture.
    file : Path
        Its weights.
    tag : mapping
        open_clip's record of the weights, empty for a file of the user's.

    Raises
    ------
    ModelError
        When the file does not hold weights of this model.
    """
    open_clip = import_open_clip()
    try:
        with _quiet(), _Undrawn():
            made = open_clip.create_model(
                model,
                load_weights=False,
                pretrained_text=False,
                # Weights trained with the sigmoid form of GELU are worthless with the exact one.
                force_quick_gelu=bool(tag.get("quick_gelu", False)),
                force_preprocess_cfg={key: tag[key] for key in _PREPROCESSING if key in tag},
            )
        # The file's own arrays become the weights.
        made.load_state_dict = partial(made.load_state_dict, assign=True)
        open_clip.load_checkpoint(made, str(file))
        del made.load_state_dict
    except Exception as error:
        reason = " ".join(str(error).split())[:160]
        raise ModelError(f"{file} does not hold weights of {model}: {reason}") from error
    return made.eval().requires_grad_(False).float()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep open_clip from warning that the model has no weights yet."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(before)
