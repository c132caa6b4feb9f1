"""Text in pictures: which engine reads it, and what it reads in one within a time limit."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from kgretrieval.errors import ModelError, UsageError
from kgretrieval.pictures.decode import decode_bytes, read_bytes
from kgretrieval.text.language import guess_language
from kgretrieval.types import PictureText, TextLine

if TYPE_CHECKING:
    from kgretrieval.pictures.ocr import Engine

#: The engine, its distribution, and what its version grows by when the way it is used here changes.
ENGINE = "rapidocr"
_DISTRIBUTION = "rapidocr-onnxruntime"
_USE = 1

#: Seconds of computing that a picture may take. A photograph takes one or two, a full page of print under ten.
LIMIT = 30.0


def engine_version() -> str:
    """Return the version of the engine and of how it is used.

    Raises
    ------
    ModelError
        If it is not installed.
    """
    try:
        return f"{version(_DISTRIBUTION)}/{_USE}"
    except PackageNotFoundError:
        message = f"reading text in pictures needs {_DISTRIBUTION}, which is not installed"
        raise ModelError(f"{message}; pip install 'kgretrieval[ocr]'") from None


class TextReader:
    """Reads the text in pictures, each on one core; threads may share it.

    What is read does not depend on how many do.

    Parameters
    ----------
    limit : float
        Seconds of computing that a picture may take. One that takes longer is given back without lines and with
        `PictureText.problem`: what was read until then may be half of it.

    Raises
    ------
    ModelError
        If the engine is not installed.
    """

    def __init__(self, *, limit: float = LIMIT) -> None:
        if not limit > 0:
            raise UsageError(f"a picture may take {limit!r} seconds; give a number above 0")
        self.version = engine_version()
        self._limit = limit
        self._free: list[Engine] = []

    def read(self, picture: str | Path | bytes) -> PictureText:
        """Read one picture.

        Raises
        ------
        NotFoundError, PictureError
            As of `kgretrieval.pictures.decode.open_picture`.
        """
        from kgretrieval.pictures.ocr import LARGEST, Engine, TookTooLongError

        data, name = read_bytes(picture)
        decoded = decode_bytes(data, name, edge=LARGEST)
        # Lists change hands in one step: no two threads have the same engine.
        engine = self._free.pop() if self._free else Engine()
        try:
            found = engine.read(decoded.image, limit=self._limit)
        except TookTooLongError:
            return PictureText((), ENGINE, self.version, problem=f"took longer than {self._limit:g} s")
        finally:
            self._free.append(engine)
        factor = decoded.width / decoded.image.width, decoded.height / decoded.image.height
        lines = tuple(_scaled(line, *factor) for line in found)
        language = guess_language("\n".join(line.text for line in lines))
        return PictureText(lines, ENGINE, self.version, language)


def _scaled(line: TextLine, across: float, down: float) -> TextLine:
    return TextLine(line.text, line.confidence, tuple((round(x * across, 1), round(y * down, 1)) for x, y in line.box))
