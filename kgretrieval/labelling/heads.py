"""Where the trained models of a collection lie, and how they are found."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from kgretrieval.classify.head import Head, load_head
from kgretrieval.errors import NotFoundError, UsageError
from kgretrieval.graph.schema import NODES
from kgretrieval.resolution.decide import checked_scheme

ENDING = ".safetensors"
#: What extractors answer already, and what nodes of the graph say of themselves.
_TAKEN = frozenset({"topic", "sentiment", "towards", "id", "key", "target", "labels"}).union(*NODES.values())


def folder_of(location: Path) -> Path:
    """Return the folder of the trained models of a collection."""
    return location / "heads"


def checked_name(name: str) -> str:
    """Return a name that a trained model can bear.

    Raises
    ------
    UsageError
        If it cannot be the name of a file or is taken.
    """
    checked_scheme(name)
    if name in _TAKEN:
        raise UsageError(f"the name {name!r} is taken; call the model otherwise, such as my-{name}")
    return name


def extractor_of(name: str) -> str:
    """Return who a label of this trained model comes from."""
    return f"head:{name}"


def head_file(location: Path, name: str) -> Path:
    """Return where the model of this name lies in a collection, or would."""
    return folder_of(location) / f"{name}{ENDING}"


def head_names(location: Path) -> list[str]:
    """Return the names of the trained models of a collection, ordered."""
    return sorted(file.name.removesuffix(ENDING) for file in folder_of(location).glob(f"*{ENDING}"))


def find_head(location: Path | None, name_or_file: str) -> Head:
    """Return the trained model of a collection with this name, or that of a file.

    Raises
    ------
    NotFoundError
        If there is none; the message suggests near names.
    ModelError
        If the file is no trained model.
    """
    path = Path(name_or_file)
    if path.suffix == ENDING or path.is_file():
        return load_head(path)
    if location is not None and head_file(location, name_or_file).is_file():
        return load_head(head_file(location, name_or_file))
    known = head_names(location) if location is not None else []
    raise NotFoundError(f"there is no trained model {name_or_file!r}; {_suggestion(name_or_file, known)}")


def _suggestion(name: str, known: Sequence[str]) -> str:
    if not known:
        return "kg train makes one, --labels sorts by names of labels without training"
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    if near:
        return f"did you mean {' or '.join(near)}?"
    return f"there are {', '.join(known[:8])}{' and others' if len(known) > 8 else ''}"
