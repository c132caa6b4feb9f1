"""What a user may say about sources that do not say it themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kgretrieval.errors import UsageError
from kgretrieval.sources._names import KNOWN


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How sources are to be read.

    Attributes
    ----------
    fields : mapping
        From a name of ours (``"title"``, ``"text"``, ``"image"`` ...) to the field or column of
        theirs that holds it; names that are not given are found by themselves.
    source : str
        The publisher of everything read, whatever the records say.
    language, date : str
        Language code and ISO date of the records that do not state their own.
    images : Path, optional
        The folder to which paths of pictures are relative, if it is not the data file's own.
    recursive : bool
        Read the folders inside a folder too.

    Raises
    ------
    UsageError
        If `fields` names something that a record does not have.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    language: str = ""
    date: str = ""
    images: Path | None = None
    recursive: bool = True

    def __post_init__(self) -> None:
        for name in self.fields:
            if name not in KNOWN:
                raise UsageError(f"there is no field {name!r} to fill; the fields are {', '.join(KNOWN)}")
