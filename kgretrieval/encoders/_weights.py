"""The weight files of `mini`: safetensors in which matrices are rows of int8 with one scale a row, the rest float16."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgretrieval.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

MODELS = Path(__file__).resolve().parent.parent / "models"
#: A tensor ``NAME`` of int8 has its row scales in ``NAME + SCALE``.
SCALE = ".scale"


class WeightFile:
    """One weight file, opened; tensors are read when asked for."""

    def __init__(self, path: Path) -> None:
        from safetensors import SafetensorError, safe_open

        self._file: Any
        try:
            self._file = safe_open(path, framework="np")
        except (OSError, SafetensorError) as error:
            raise ModelError(f"cannot read the weights {path}: {error}; install kgretrieval again") from error
        self.names = frozenset(self._file.keys())
        self.notes: dict[str, str] = self._file.metadata() or {}

    def raw(self, name: str) -> npt.NDArray[np.generic]:
        """Return a tensor as it is stored."""
        tensor: npt.NDArray[np.generic] = self._file.get_tensor(name)
        return tensor

    def full(self, name: str) -> npt.NDArray[np.float32]:
        """Return a tensor as float32."""
        import numpy as np

        tensor = self.raw(name).astype(np.float32)
        if name + SCALE in self.names:
            scale = self.raw(name + SCALE).astype(np.float32)
            tensor *= scale.reshape(-1, *[1] * (tensor.ndim - 1))
        return tensor

    def tensors(self) -> dict[str, npt.NDArray[np.float32]]:
        """Return every tensor as float32 by its name, without the scales."""
        return {name: self.full(name) for name in sorted(self.names) if not name.endswith(SCALE)}
