"""Run extractors: over what is being taken in, and again over what a collection holds."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from kgretrieval.extractors import load, require_needs
from kgretrieval.extractors.base import FILE, Extraction, Extractor
from kgretrieval.ingest.finish import finish
from kgretrieval.ingest.prepare import documents_of, text_parts
from kgretrieval.ingest.timing import Stages
from kgretrieval.resolution.document import Annotated, resolve
from kgretrieval.store.annotations import Found, found_in, versions_of
from kgretrieval.store.records import Annotations, Bundle, LabelRow
from kgretrieval.store.store import Store
from kgretrieval.store.stored_texts import stored_texts, text_ids
from kgretrieval.store.write import commit_annotations
from kgretrieval.text.sentences import sentence_spans
from kgretrieval.types import AnnotateReport, Frame, Label, Mention, Progress, Reference, Relation, TextPart

#: Documents in one commit: a stop costs at most this much work.
BATCH = 128

Versions = Mapping[str, str]


def extract(bundles: Sequence[Bundle], extractors: Sequence[Extractor], stages: Stages) -> dict[str, list[Found]]:
    """Return what these extractors find in each holder of text."""
    parts = [part for bundle in bundles for part in text_parts(bundle)]
    found: dict[str, list[Found]] = defaultdict(list)
    for extractor in extractors:
        with stages(f"extract: {extractor.name}"):
            extractions = extractor.extract([_read_by(extractor, fields) for _, fields in parts])
        for (holder, _), extraction in zip(parts, extractions, strict=True):
            found[holder] += _flat(extraction)
    return found


def join(bundle: Bundle, found: Mapping[str, Sequence[Found]], versions: Mapping[str, Versions]) -> Annotations:
    """Resolve what was found in the holders of a bundle; `versions` says which extractors read each of them."""
    documents = documents_of(bundle)
    parts = text_parts(bundle)
    joined = resolve([_annotated(holder, documents[holder], fields, found.get(holder, ())) for holder, fields in parts])
    joined.labels = [
        LabelRow(holder, documents[holder], one)
        for holder, _ in parts
        for one in found.get(holder, ())
        if isinstance(one, Label)
    ]
    joined.versions = {holder: versions.get(holder, {}) for holder, _ in parts}
    return joined


def annotate_collection(
    store: Store, names: Sequence[str], *, progress: Callable[[Progress], None] | None = None
) -> AnnotateReport:
    """Run these extractors, or all that the collection has, and bring everything that is derived up to them.

    Raises
    ------
    UsageError
        If there is no such extractor, or it needs one that the collection does not have.
    """
    own = store.manifest.extractors
    chosen = load(tuple(names) or tuple(own))
    require_needs([*chosen, *load([name for name in own if name not in names])])
    report = annotate(store, chosen, progress=progress)
    manifest = store.manifest.with_state(extractors={**own, **{e.name: e.version for e in chosen}})
    if manifest != store.manifest:
        manifest.save(store.location)
        store.manifest = manifest
    finish(store)
    return report


def annotate(
    store: Store,
    extractors: Sequence[Extractor],
    *,
    documents: Sequence[str] | None = None,
    stages: Stages | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> AnnotateReport:
    """Run extractors over a collection that is open for writing, or over these articles, lone uses and pictures.

    Only their own annotations are replaced. What an extractor of the same version has read already is left alone, so a
    run that was stopped goes on where it was. Nothing is embedded.
    """
    started = time.perf_counter()
    stages = stages or Stages()
    wanted = {extractor.name: extractor.version for extractor in extractors}
    ids = text_ids(store) if documents is None else documents
    read = done = 0
    for first in range(0, len(ids), BATCH):
        bundles = stored_texts(store, ids[first : first + BATCH])
        known = versions_of(store, [holder for bundle in bundles for holder, _ in text_parts(bundle)])
        stale = [bundle for bundle in bundles if _is_stale(bundle, known, wanted)]
        if stale:
            _replace(store, stale, extractors, known, stages)
        read += len(stale)
        done += len(bundles)
        if progress is not None:
            progress(Progress("annotate", done, len(ids)))
    return AnnotateReport(
        documents=read, unchanged=done - read, seconds=time.perf_counter() - started, stages=stages.seconds
    )


def _is_stale(bundle: Bundle, known: Mapping[str, Versions], wanted: Versions) -> bool:
    return any(not wanted.items() <= known.get(holder, {}).items() for holder, _ in text_parts(bundle))


def _replace(
    store: Store,
    bundles: Sequence[Bundle],
    extractors: Sequence[Extractor],
    known: Mapping[str, Versions],
    stages: Stages,
) -> None:
    names = {extractor.name for extractor in extractors}
    fresh = extract(bundles, extractors, stages)
    with stages("join"):
        holders = [holder for bundle in bundles for holder, _ in text_parts(bundle)]
        kept = found_in(store, holders)
        found = {h: [one for one in kept.get(h, ()) if one.extractor not in names] + fresh.get(h, []) for h in holders}
        versions = {h: {**known.get(h, {}), **{e.name: e.version for e in extractors}} for h in holders}
        joined = [join(bundle, found, versions) for bundle in bundles]
    with stages("store"):
        commit_annotations(store, joined)


def _read_by(extractor: Extractor, fields: Sequence[TextPart]) -> list[TextPart]:
    """Return the fields that an extractor reads: words on a sign are names and dates, but no sentences of an article.

    What a picture file says of itself is for the extractor that knows its form.
    """
    if extractor.name == FILE:
        return [part for part in fields if part.field == "file"]
    fragments = extractor.gives <= {"names", "values"}
    return [part for part in fields if part.field != "file" and (part.field != "reading" or fragments)]


def _annotated(holder: str, document: str, fields: Sequence[TextPart], found: Sequence[Found]) -> Annotated:
    # In one order, whether the extractors ran just now or long ago: nothing may depend on it.
    ordered = sorted(found, key=repr)
    spans: dict[str, Sequence[tuple[int, int]]] = {
        p.field: sentence_spans(p.text, p.language) for p in fields if p.field not in ("tags", "file")
    }
    return Annotated(
        holder,
        document,
        mentions=[one for one in ordered if isinstance(one, Mention)],
        relations=[one for one in ordered if isinstance(one, Relation)],
        references=[one for one in ordered if isinstance(one, Reference)],
        frames=[one for one in ordered if isinstance(one, Frame)],
        sentences=spans,
    )


def _flat(extraction: Extraction) -> Iterator[Found]:
    yield from extraction.mentions
    yield from extraction.relations
    yield from extraction.references
    yield from extraction.frames
    yield from extraction.labels
