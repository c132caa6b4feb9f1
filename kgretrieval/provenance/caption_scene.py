"""Whether a picture looks like its caption."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from kgretrieval.encoders.base import Encoder
from kgretrieval.encoders.calibration import SMALLEST, Calibration, log_size
from kgretrieval.provenance.caption_names import MOST, Judged
from kgretrieval.provenance.caption_sources import Known
from kgretrieval.provenance.caption_texts import Stated
from kgretrieval.search.names import Name
from kgretrieval.search.scores import percent
from kgretrieval.search.soften import softened
from kgretrieval.store.store import Store
from kgretrieval.text.clean import fold
from kgretrieval.types import ClaimEvidence, Entity, Label, Statement

Vectors = npt.NDArray[np.float32]

#: From so likely on a caption counts as borne out by the pixels, or by another caption that reads alike.
LIKELY, ALIKE = 0.5, 0.5


def judge_scene(
    words: str,
    names: Sequence[Stated],
    vectors: Vectors,
    known: Known,
    labels: Sequence[Label],
    *,
    store: Store,
    encoder: Encoder,
    calibration: Calibration,
) -> Judged:
    """Return whether the picture looks like these words, with the evidence; nothing here contradicts.

    Parameters
    ----------
    words : str
        The caption, or the headline where there is none.
    names : sequence of Stated
        The names in it: the picture model is also asked with persons in place of names.
    vectors : numpy.ndarray
        ``(1, d)``: of the picture, in the space "picture"; ``(0, d)`` where there is none.
    labels : sequence of Label
        What the picture is sorted under.
    """
    found = []
    if len(vectors):
        found += list(_by_pixels(words, names, vectors, known, store, encoder, calibration))
    found += list(_alike(words, known, encoder, calibration))
    found += list(_labels(words, labels, known))
    supported = any(one.speaks == "for" for one in found)
    return ("supported" if supported else "unsupported"), tuple(found[:MOST])


def _by_pixels(
    words: str,
    names: Sequence[Stated],
    vectors: Vectors,
    known: Known,
    store: Store,
    encoder: Encoder,
    calibration: Calibration,
) -> Iterator[ClaimEvidence]:
    direction = calibration.get("text_to_picture")
    if direction is None:
        return
    texts = [words]
    persons = [_person(one) for one in names if one.kind == "person" and one.start >= 0]
    if persons:
        texts.append(softened(store, words, persons))
    chance = 0.0
    for text, query in zip(texts, encoder.encode_texts(texts), strict=True):
        cosine = float(query @ vectors[0])
        z = direction.standard(query[None], cosine)
        share = getattr(encoder, "known", None)
        features = {"cosine": cosine, "z": z, "size": log_size(SMALLEST), "known": share([text]) if share else 1.0}
        chance = max(chance, direction.probability(**features))
    speaks = "for" if chance >= LIKELY else ""
    told = f"{'looks' if speaks else 'hardly looks'} like this, {percent(chance)} likely"
    yield ClaimEvidence("pixels", speaks, told, known.of_file(""), round(chance, 4))  # type: ignore[arg-type]


def _person(one: Stated) -> Name:
    entity = Entity(min(one.entities, default=""), one.text, "person")
    return Name(one.text, one.start, (entity,))


def _alike(words: str, known: Known, encoder: Encoder, calibration: Calibration) -> Iterator[ClaimEvidence]:
    """Yield the captions of the picture that say what this one says."""
    captions = [told for told in known.told if told.kind == "caption"]
    if not captions or "text" not in encoder.spaces:
        return
    query, *others = encoder.encode_texts([words, *(told.text for told in captions)], space="text")
    for told, vector in zip(captions, others, strict=True):
        cosine = float(query @ vector)
        if fold(words) == fold(told.text) or cosine >= ALIKE:
            statement = replace(told.statement, text=told.text)
            yield ClaimEvidence("caption", "for", f"reads alike, {cosine:.2f}", statement, None)


def _labels(words: str, labels: Sequence[Label], known: Known) -> Iterator[ClaimEvidence]:
    folded = f" {fold(words)} "
    for label in labels:
        if label.start < 0:
            named = label.sure and f" {fold(label.value)} " in folded
            text = f"{label.scheme}: {label.value}"
            words_ = f"is sorted under {label.value}, {percent(label.probability)} likely"
            yield ClaimEvidence(
                "label", "for" if named else "", words_, Statement("", known.picture, "", text), label.probability
            )
