"""`Collection`: the one object a user holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kgretrieval.collection.checking import Checking
from kgretrieval.collection.deciding import Deciding
from kgretrieval.collection.knowing import Knowing
from kgretrieval.collection.labelling import Labelling
from kgretrieval.collection.searching import Searching
from kgretrieval.collection.telling import Telling
from kgretrieval.errors import NotFoundError
from kgretrieval.present.notebook import (
    EntityCard,
    StoryCard,
)
from kgretrieval.sources.options import ReadOptions
from kgretrieval.types import (
    AnnotateReport,
    CompactReport,
    Document,
    Fact,
    Forecast,
    IngestReport,
    Progress,
    Skipped,
    Stats,
)

if TYPE_CHECKING:
    from kgretrieval.store.store import Store
    from kgretrieval.types import Article, Picture


class Collection(Searching, Checking, Deciding, Labelling, Telling, Knowing):
    """Articles, pictures and what is known of them, in one folder.

    Made by `kgretrieval.open`, `kgretrieval.create` or `kgretrieval.open_or_create`. Reading is safe from many
    threads; a method that writes takes the collection's lock and gives it back.

    Parameters
    ----------
    location : Path
        The folder; a new collection is written there with its first record.
    encoder : str, optional
        The encoder's name; must be the collection's own if there is one.
    extractors : sequence of str, optional
        What is extracted; likewise.
    vectors : str, optional
        How numbers of vectors are kept, ``"fp16"`` or ``"int8"`` (half the disk, a little less exact); likewise.

    Examples
    --------
    >>> import kgretrieval as kg
    >>> news = kg.open("indexes/news")                          # doctest: +SKIP
    >>> news.search("rocket launch", kind="picture").hits[0]    # doctest: +SKIP
    """

    # -- taking in ---------------------------------------------------------------------------------------

    def ingest(
        self,
        *paths: str | Path,
        options: ReadOptions | None = None,
        prune: bool = False,
        copy: bool = False,
        read_text: bool | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> IngestReport:
        """Take in files and folders of articles and pictures: only what is new or changed costs time.

        Parameters
        ----------
        *paths : path-like
            JSONL, CSV or HTML files, folders of them, folders of pictures.
        options : ReadOptions, optional
            Field names, source, language and date of what does not say its own.
        prune : bool
            Delete what an earlier run took in from these paths and what is no longer there.
        copy : bool
            Bring pictures into the collection; else they stay where they are.
        read_text : bool, optional
            Read the text in pictures, from now on, or stop doing so; by default as the last time.
        progress : callable, optional
            Told how far it is after every batch.

        Raises
        ------
        NotFoundError
            If a path does not exist or nothing can be taken in from it.
        ModelError
            If text in pictures is to be read and the engine is not installed.
        LockedError
            If another process is writing to the collection.
        """
        from kgretrieval.sources import read
        from kgretrieval.sources.count import count_records

        records = read(paths, options=options or ReadOptions())
        places = [Path(p) for p in paths] if prune else []
        total = count_records(paths) if progress else 0
        records = _at_least_one(records, paths)
        return self._take_in(records, places=places, copy=copy, read_text=read_text, total=total, progress=progress)

    def add(self, *records: Article | Picture, copy: bool = False, read_text: bool | None = None) -> IngestReport:
        """Add or replace articles and pictures made in Python; the same `key` is the same document.

        The language of what does not say its own is guessed, as it is for files; `copy` and `read_text` are those of
        `ingest`.
        """
        from kgretrieval.ingest.prepare import with_language

        return self._take_in(map(with_language, records), copy=copy, read_text=read_text)

    def annotate(
        self,
        *extractors: str,
        read_text: bool | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> AnnotateReport:
        """Run extractors again over the whole collection, by default all that it has; nothing is embedded.

        Each replaces its own annotations. What the same version has read already is left alone, so a run that was
        stopped goes on; decisions of people stay.

        With `read_text` the text in pictures is read too, in those that are there and from now on: what the same
        version of the engine has read is left alone. False lets ingests stop reading it; what was read stays.

        Raises
        ------
        UsageError
            If there is no such extractor, or it needs one that the collection does not have.
        ModelError
            If text in pictures is to be read and the engine is not installed.
        LockedError
            If another process is writing to the collection.
        """
        from kgretrieval.ingest.annotate import annotate_collection
        from kgretrieval.ingest.read_text import ReadingDone, remember_reading, take_in_texts

        with self._writing() as store:
            done = ReadingDone()
            if read_text is not None:
                remember_reading(store, read_text)
            if read_text:
                _, done = take_in_texts(store, self._workers, again=True, progress=progress)
            report = annotate_collection(store, extractors, progress=progress)
        return replace(report, pictures=len(done.read), with_text=done.with_text, skipped=done.skipped)

    def forecast(self, *paths: str | Path, options: ReadOptions | None = None) -> Forecast:
        """Say what `ingest` would do, from a full look at the sources and a trial of a few records."""
        from kgretrieval.ingest.forecast import forecast
        from kgretrieval.sources import read

        records = read(paths, options=options or ReadOptions())
        store = self._open_reader() if self.exists() else None
        return forecast(store, _at_least_one(records, paths), self._workers)

    def delete(self, *ids: str) -> tuple[str, ...]:
        """Delete documents with everything that hangs on them alone; return their full ids.

        Raises
        ------
        NotFoundError
            If one of them is not there; then nothing is deleted.
        """
        from kgretrieval.ingest.copies import remove_orphans
        from kgretrieval.ingest.finish import finish
        from kgretrieval.store.read import full_id, use_paths, uses_to_delete
        from kgretrieval.store.write import commit

        with self._writing() as store:
            full = tuple(full_id(store, i) for i in ids)
            unfit = [i for i in full if i[0] not in "ap"]
            if unfit:
                raise NotFoundError(f"{unfit[0]} is no article or picture; delete the documents that state it")
            commit(store, delete=sorted({x for i in full for x in uses_to_delete(store, i)}))
            remove_orphans(self.location, use_paths(store))
            finish(store)
        return full

    def compact(self) -> CompactReport:
        """Leave deleted rows out of the files of vectors, and make the indexes anew.

        Raises
        ------
        LockedError
            If another process is writing to the collection.
        """
        from kgretrieval.ingest.compact import compact

        with self._writing() as store:
            return compact(store)

    # -- asking ------------------------------------------------------------------------------------------

    def show(self, identifier: str) -> Document | EntityCard | StoryCard | Fact:
        """Return the article, picture, entity, story or fact with this id (any unambiguous prefix)."""
        from kgretrieval.graph.facts import fact_with
        from kgretrieval.store.read import documents, full_id
        from kgretrieval.store.reading_rows import with_readings

        store = self._open_reader()
        full = full_id(store, identifier)
        if full.startswith("e:"):
            return self.entity(full)
        if full.startswith("s:"):
            return self.story(full)
        if full.startswith("f:"):
            return fact_with(store, full)
        return replace(with_readings(store, documents(store, [full]))[full], labels=self.labels(full))

    def stats(self) -> Stats:
        """Return the collection in figures, with the hash of its graph."""
        from kgretrieval.graph.stats import stats

        return stats(self._open_reader())

    def _take_in(
        self,
        records: Iterable[Article | Picture | Skipped],
        *,
        places: Iterable[Path] = (),
        copy: bool = False,
        read_text: bool | None = None,
        total: int = 0,
        progress: Callable[[Progress], None] | None = None,
    ) -> IngestReport:
        from kgretrieval.ingest.pipeline import ingest
        from kgretrieval.labelling.apply import sort_new

        if read_text:
            from kgretrieval.pictures.reading import engine_version

            # Before a new collection is made: one without its first record would be left behind.
            engine_version()

        def sort(store: Store) -> None:
            sort_new(store, self.location, progress)

        with self._writing() as store:
            return ingest(
                store,
                records,
                self._workers,
                prune=places,
                copy=copy,
                read_text=read_text,
                total=total,
                then=sort,
                progress=progress,
            )


def _at_least_one(
    records: Iterator[Article | Picture | Skipped], paths: tuple[str | Path, ...]
) -> Iterator[Article | Picture | Skipped]:
    first = next(records, None)
    if first is None:
        names = ", ".join(str(p) for p in paths) or "no path"
        raise NotFoundError(f"nothing to take in from {names}: no article and no picture was found there")
    return chain([first], records)
