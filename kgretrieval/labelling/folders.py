"""Labels as folders: the name of each folder is the label of the texts or the pictures in it."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

from kgretrieval.errors import UsageError
from kgretrieval.sources._kinds import is_about, is_clutter, kind_of


def files_by_folder(root: Path) -> list[tuple[Path, str]]:
    """Return (file, label) of everything under the folders of `root`, ordered.

    Pictures and texts may not be mixed. Files without an ending that is known count as texts where nothing else is
    there: old collections of mail and news name them by a number.

    Raises
    ------
    UsageError
        If there are no folders, nothing in them, or both texts and pictures.
    """
    folders = sorted(one for one in root.iterdir() if one.is_dir() and not is_clutter(one.name))
    if not folders:
        raise UsageError(f"{root} holds no folders; make one for each label and put its texts or pictures into it")
    found = [(file, folder.name) for folder in folders for file in _files(folder)]
    kinds = Counter("picture" if kind_of(file) == "picture" else "text" for file, _ in found)
    if not found:
        names = ", ".join(folder.name for folder in folders[:5])
        raise UsageError(f"the folders of {root} ({names}) hold no texts and no pictures")
    if len(kinds) > 1:
        # One stray caption or icon must not make texts of a folder of pictures.
        usual, rare = kinds.most_common(2)
        if rare[1] * 20 > usual[1]:
            raise UsageError(f"{root} holds {kinds['text']:,} texts and {kinds['picture']:,} pictures; give one kind")
        found = [(f, label) for f, label in found if (kind_of(f) == "picture") == (usual[0] == "picture")]
    return found


def _files(folder: Path) -> list[Path]:
    files = []
    for place, inner, names in os.walk(folder):
        inner[:] = sorted(name for name in inner if not is_clutter(name))
        files += [Path(place) / name for name in sorted(names) if not (is_clutter(name) or is_about(name))]
    known = [file for file in files if kind_of(file) in {"picture", "page", "markdown", "text"}]
    pictures = {file.with_suffix("") for file in known if kind_of(file) == "picture"}
    # A text beside a picture of its name is the picture's caption.
    known = [file for file in known if kind_of(file) == "picture" or file.with_suffix("") not in pictures]
    return known or [file for file in files if not file.suffix or file.suffix[1:].isdigit()]
