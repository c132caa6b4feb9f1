"""From a path to a collection."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kgretrieval import encoders
from kgretrieval.collection.collection import Collection
from kgretrieval.collection.handle import new_manifest
from kgretrieval.locate import locate
from kgretrieval.store.store import create_store


def open(path: str | Path | None = None, *, encoder: str | None = None) -> Collection:
    """Open an existing collection: the one named, that of ``$KG_INDEX``, or the only one under ``indexes/``.

    Raises
    ------
    CollectionNotFoundError
        If there is none, or if it is unclear which is meant.
    ModelError
        If `encoder` is not the one the collection was made with.
    """
    collection = Collection(locate(path), encoder=encoder)
    collection._open_reader()
    return collection


def create(path: str | Path, *, encoder: str = encoders.DEFAULT) -> Collection:
    """Make an empty collection in a new or empty folder.

    Raises
    ------
    UsageError
        If the folder holds something already.
    ModelError
        If the encoder cannot be had.
    """
    collection = Collection(Path(path), encoder=encoder)
    create_store(collection.location, new_manifest(collection._load_encoder(encoders.full_name(encoder)))).close()
    return collection


def open_or_create(
    path: str | Path | None = None,
    *,
    encoder: str | None = None,
    extractors: Sequence[str] | None = None,
    vectors: str | None = None,
) -> Collection:
    """Open a collection, or prepare a new one that is written to disk with its first record.

    Parameters
    ----------
    path, encoder, extractors, vectors
        As of `Collection`.
    """
    collection = Collection(locate(path, new=True), encoder=encoder, extractors=extractors, vectors=vectors)
    if collection.exists():
        collection._open_reader()
        return collection
    if encoder is not None:
        collection._load_encoder(encoders.full_name(encoder))
    if extractors is not None:
        from kgretrieval.extractors import load, require_needs

        require_needs(load(extractors))
    return collection
