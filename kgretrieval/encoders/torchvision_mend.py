"""The one place that imports open_clip: it first makes torchvision importable beside a torch without CUDA.

The torchvision wheels of the package index are built for CUDA; beside the CPU build of torch their
compiled part does not load, and ``import torchvision`` stops at the first operator that it looks up.
Declaring the signatures of two operators lets the import through. The operators themselves stay
unusable (``torchvision.ops.nms``), and nothing here needs them.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import Any

_OPERATORS = (
    "nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
    "qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
)
# The declarations live as long as this object is referenced.
_declared: list[Any] = []


@cache
def ensure_torchvision() -> str:
    """Import torchvision and return ``"native"``, or ``"declared"`` where it needed the signatures."""
    try:
        import torchvision
    except RuntimeError as error:
        if "operator torchvision::" not in str(error):
            raise
    else:
        return "native"
    from torch import library as operators

    for name in [n for n in sys.modules if n == "torchvision" or n.startswith("torchvision.")]:
        del sys.modules[name]
    library: Any = operators.Library("torchvision", "FRAGMENT")  # type: ignore[no-untyped-call]
    for signature in _OPERATORS:
        library.define(signature)
    _declared.append(library)
    import torchvision  # noqa: F401

    return "declared"


def import_open_clip() -> Any:
    """Return the module open_clip."""
    ensure_torchvision()
    import open_clip

    return open_clip
