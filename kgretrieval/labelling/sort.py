"""Sort single things by a model: documents, files, folders, lines of text."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from kgretrieval.classify.base import Item
from kgretrieval.classify.head import Head
from kgretrieval.encoders.base import Encoder
from kgretrieval.errors import KgError, NotFoundError, UnreadableError, UsageError
from kgretrieval.labelling.items import file_items, items_of, takes_of, text_item
from kgretrieval.labelling.records import Sorted, Takes
from kgretrieval.sources._kinds import is_about, is_clutter, kind_of
from kgretrieval.store.ids import looks_like_id
from kgretrieval.store.read import documents, full_id
from kgretrieval.store.store import Store
from kgretrieval.types import Skipped

#: Reasons shown for a label.
REASONS = 10
_AT_ONCE = 256
_READABLE = frozenset(("picture", "page", "markdown", "text"))


def sort_targets(
    head: Head,
    targets: Sequence[str | Path],
    store: Store | None,
    encoder: Callable[[], Encoder],
    *,
    explain: bool = False,
) -> tuple[list[Sorted], list[Skipped]]:
    """Return what a model says of documents (ids), files and folders, in order, and which files were left out.

    Raises
    ------
    NotFoundError
        If something is not there.
    UsageError
        If the model does not take what a target is.
    """
    ids = [str(one) for one in targets if looks_like_id(str(one)) and not Path(one).exists()]
    if ids and store is None:
        raise UsageError(f"{ids[0]} is the id of a document; say of which collection with --index")
    takes = takes_of(head)
    found = _of_documents(head, store, ids, takes, explain=explain) if store is not None and ids else []
    files = [file for one in targets if str(one) not in ids for file in _files(Path(one), takes)]
    items, skipped = file_items(files, encoder)
    if len(files) == 1 and skipped:
        raise UnreadableError(f"{skipped[0].where}: {skipped[0].reason}")
    unfit = [file for file, item in items.items() if not fits(item, takes)]
    if unfit:
        raise UsageError(
            f"{unfit[0]} is {_WHAT[kind_of(unfit[0]) == 'picture']}; {head.card.name} takes {_TAKES[takes]}"
        )
    shown = [
        {"what": str(file), "title": file.name, "path": str(file) if item.picture is not None else ""}
        for file, item in items.items()
    ]
    found += sort_items(head, list(items.values()), shown, explain=explain)
    return [_with_region(one, head, encoder) for one in found] if explain and takes != "text" else found, skipped


def sort_texts(head: Head, texts: Iterable[str], *, language: str = "", explain: bool = False) -> list[Sorted]:
    """Return what a model says of texts, one each but for empty ones.

    Raises
    ------
    UsageError
        If the model takes no texts.
    """
    if takes_of(head) != "text":
        raise UsageError(f"{head.card.name} takes {_TAKES[takes_of(head)]}, no texts alone")
    given = [(number, text) for number, text in enumerate(texts, start=1) if text.strip()]
    shown = [{"what": f"line {number}", "title": text} for number, text in given]
    return sort_items(head, [text_item(text, language) for _, text in given], shown, explain=explain)


def sort_items(
    head: Head, items: Sequence[Item], shown: Sequence[dict[str, str]], *, explain: bool = False
) -> list[Sorted]:
    """Return what a model says of items; `shown` says of each how it is called."""
    version = head.version
    found = []
    for start in range(0, len(items), _AT_ONCE):
        for offset, said in enumerate(head.predict(items[start : start + _AT_ONCE]), start=start):
            item = items[offset]
            ranked = sorted(zip(head.labels, said.probabilities, strict=True), key=lambda pair: (-pair[1], pair[0]))
            place = head.labels.index(said.label)
            reasons = head.model.reasons(item, place, most=REASONS) if explain else ()
            one = shown[offset]
            found.append(
                Sorted(
                    what=one["what"],
                    scheme=head.card.name,
                    label=said.label,
                    probability=round(said.probability, 4),
                    sure=said.sure,
                    probabilities=tuple((label, round(share, 4)) for label, share in ranked),
                    model=head.card.model,
                    version=version,
                    title=one.get("title", ""),
                    # Offsets of reasons are in it; without them it would only be said again.
                    text=item.text if explain else "",
                    path=one.get("path", ""),
                    reasons=tuple(reasons),
                )
            )
    return found


def fits(item: Item, takes: Takes) -> bool:
    """Say whether an item has what a model takes."""
    return (takes == "picture" or bool(item.text)) and (takes == "text" or item.picture is not None)


_TAKES = {"text": "texts", "picture": "pictures", "both": "articles with a photo"}
_WHAT = {True: "a picture", False: "a text"}


def _with_region(one: Sorted, head: Head, encoder: Callable[[], Encoder]) -> Sorted:
    """Return the same with the region of the picture that moved the label; without one where the file is gone."""
    from kgretrieval.classify.regions import place_words, region_heat
    from kgretrieval.pictures.decode import open_picture

    if not one.path:
        return one
    try:
        picture = open_picture(one.path)
    except KgError:
        return one
    heat = region_heat(head, picture, label=one.label, item=Item(one.text), encoder=encoder())
    rows = tuple(tuple(round(float(cell), 3) for cell in row) for row in heat)
    return replace(one, region=place_words(heat), heat=rows)


def _of_documents(head: Head, store: Store | None, ids: Sequence[str], takes: Takes, *, explain: bool) -> list[Sorted]:
    assert store is not None
    full = [full_id(store, one) for one in ids]
    items = items_of(store, full, takes)
    if missing := [one for one in full if one not in items]:
        raise UsageError(f"{missing[0]} has not what {head.card.name} takes: {_TAKES[takes]}")
    known = documents(store, full)
    paths = documents(store, [p for one in full for p in known[one].pictures[:1]]) if takes != "text" else {}
    shown = []
    for one in full:
        document = known[one]
        photo = document.path or next((paths[p].path for p in document.pictures[:1] if p in paths), "")
        shown.append({"what": one, "title": document.title, "path": photo if takes != "text" else ""})
    return sort_items(head, [items[one] for one in full], shown, explain=explain)


def _files(path: Path, takes: Takes) -> list[Path]:
    """Return a file, or those in a folder that the model can take.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    if path.is_dir():
        found = []
        for place, inner, names in os.walk(path):
            inner[:] = sorted(name for name in inner if not is_clutter(name))
            found += [Path(place) / name for name in sorted(names) if not (is_clutter(name) or is_about(name))]
        wanted = frozenset({"picture"}) if takes == "picture" else _READABLE - {"picture"}
        chosen = [file for file in found if kind_of(file) in wanted]
        if not chosen:
            raise NotFoundError(f"{path} holds no {_TAKES[takes]} that can be sorted")
        return chosen
    if not path.exists():
        raise NotFoundError(f"there is no file or folder {path}; give ids such as a:3f9c21, files, folders, or -")
    return [path]
