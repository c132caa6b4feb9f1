"""Sort a whole collection by a trained model, and what comes in later."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from kgretrieval.classify.head import Head, Prediction, load_head
from kgretrieval.labelling.heads import extractor_of, head_file
from kgretrieval.labelling.items import OF, items_of, require_encoder, takes_of
from kgretrieval.labelling.records import SortReport, Takes
from kgretrieval.store.item_rows import all_of, unseen
from kgretrieval.store.label_rows import commit_labels, heads_applied, keep_applied
from kgretrieval.store.records import LabelRow
from kgretrieval.store.store import Store
from kgretrieval.types import Label, Progress

#: Documents in one commit: a stop costs at most this much work.
BATCH = 256

Report = Callable[[Progress], None]


def sort_collection(store: Store, head: Head, *, progress: Report | None = None) -> SortReport:
    """Give every article or picture the label that a model sees.

    What the same version has looked at is left alone, so a run that was stopped goes on where it was. From then on
    the model sorts what comes in, too.

    Parameters
    ----------
    store : Store
        Open for writing.
    head : Head
    progress : callable, optional
        Told after every batch.

    Raises
    ------
    ModelError
        If the model was trained on pictures that another encoder sees.
    """
    require_encoder(head, store.manifest.encoder)
    name, takes, version = head.card.name, takes_of(head), head.version
    started = time.perf_counter()
    ids = unseen(store, OF[takes], extractor_of(name), version)
    keep_applied(store, name, takes, version)
    counted = _sort(store, head, takes, version, ids, progress)
    return SortReport(
        name,
        version,
        documents=len(ids),
        unchanged=len(all_of(store, OF[takes])) - len(ids),
        seconds=time.perf_counter() - started,
        unsure=counted.pop("", 0),
        labels=dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def sort_new(store: Store, location: Path, progress: Report | None = None) -> None:
    """Let the models that sort a collection look at what they have not seen; only that costs time.

    A model that was trained again sorts what is new; what it sorted before keeps its label until `sort_collection`.
    """
    for name, (takes, _) in heads_applied(store).items():
        kind: Takes = takes  # type: ignore[assignment]
        file = head_file(location, name)
        ids = unseen(store, OF[kind], extractor_of(name)) if file.is_file() else []
        if ids:
            head = load_head(file)
            _sort(store, head, takes_of(head), head.version, ids, progress)


def _sort(
    store: Store, head: Head, takes: Takes, version: str, ids: Sequence[str], progress: Report | None
) -> Counter[str]:
    counted: Counter[str] = Counter()
    extractor = extractor_of(head.card.name)
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        items = items_of(store, batch, takes)
        said = dict(zip(items, head.predict(list(items.values())), strict=True))
        rows = [LabelRow(one, one, _label(head, extractor, version, found)) for one, found in said.items()]
        commit_labels(store, extractor, version, batch, rows)
        counted.update(found.label if found.sure else "" for found in said.values())
        if progress is not None:
            progress(Progress(f"sort: {head.card.name}", start + len(batch), len(ids)))
    return counted


def _label(head: Head, extractor: str, version: str, found: Prediction) -> Label:
    # The last digits depend on how many items were looked at together; what is stored must not.
    return Label(head.card.name, found.label, round(found.probability, 4), extractor, version, found.sure)
