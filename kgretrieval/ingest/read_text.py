"""Read the text in the pictures of a collection: those that no engine has read, each once, whatever uses it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice

from kgretrieval.errors import KgError
from kgretrieval.ingest.annotate import annotate
from kgretrieval.ingest.workers import Workers
from kgretrieval.pictures.decode import read_bytes
from kgretrieval.pictures.reading import ENGINE, LIMIT, TextReader, engine_version
from kgretrieval.store.reading_rows import UnreadPicture, named_in_readings, pictures_with_texts, unread_pictures
from kgretrieval.store.reading_write import ReadPicture, commit_readings
from kgretrieval.store.store import Store
from kgretrieval.types import PictureText, Progress, Skipped

#: Pictures in one commit: a stop costs at most this much work.
BATCH = 32
#: Pictures read at a time at most, each on one core: the networks take some hundred MB for each.
MOST_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class ReadingDone:
    """Pictures in which text was looked for, those that hold some, and those that could not be read, with the reason.

    `read` are the ids of the first.
    """

    read: tuple[str, ...] = ()
    with_text: int = 0
    skipped: tuple[Skipped, ...] = ()


def remember_reading(store: Store, wanted: bool | None) -> None:
    """Note in the manifest whether text in pictures is read from now on; None leaves it as it is.

    Raises
    ------
    ModelError
        If it is to be read and the engine is not installed.
    """
    engine = store.manifest.reading if wanted is None else (ENGINE if wanted else "")
    if engine:
        engine_version()
    if engine != store.manifest.reading:
        manifest = store.manifest.with_state(reading=engine)
        manifest.save(store.location)
        store.manifest = manifest


def take_in_texts(
    store: Store,
    workers: Callable[[], Workers],
    loaded: Workers | None = None,
    *,
    again: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> tuple[Workers | None, ReadingDone]:
    """Take in what is said in picture files themselves: the text in them, if that is wanted, and their statements.

    All parameters are those of `read_texts`. A stop costs a few pictures: the next run goes on.
    """
    done = ReadingDone()
    if store.manifest.reading:
        loaded, done = read_texts(store, workers, loaded, again=again, progress=progress)
    said = pictures_with_texts(store, unread_by=next(iter(store.manifest.extractors), ""))
    # One that was read again and holds no text now must lose what was found in the former one.
    said += sorted(named_in_readings(store, done.read) - set(said))
    if said:
        loaded = loaded or workers()
        annotate(store, loaded.extractors, documents=said, stages=loaded.stages)
    return loaded, done


def read_texts(
    store: Store,
    workers: Callable[[], Workers],
    loaded: Workers | None = None,
    *,
    again: bool = False,
    limit: float = LIMIT,
    progress: Callable[[Progress], None] | None = None,
) -> tuple[Workers | None, ReadingDone]:
    """Read the text in pictures that were not read; what extractors find in it is left to them.

    A picture that takes longer than the limit is marked as given up and not tried again unasked: then it would hold
    up every run. One whose file is gone or has changed is tried again by the next run.

    Parameters
    ----------
    store : Store
        Open for writing.
    workers : callable
        Loads the encoder; called only if there is something to read.
    loaded : Workers, optional
        What it returned before.
    again : bool
        Also read what another version of the engine read, or could not bring to an end.
    limit : float
        Seconds that a picture may take.
    progress : callable, optional

    Returns
    -------
    tuple
        The workers, where they were loaded, and what was done.
    """
    waiting = unread_pictures(store, ENGINE, engine_version() if again else "")
    if not waiting:
        return loaded, ReadingDone()
    loaded = loaded or workers()
    at_once = min(os.cpu_count() or 1, MOST_AT_ONCE)
    reader = TextReader(limit=limit)
    read: list[str] = []
    skipped: list[Skipped] = []
    with_text = 0
    done = 0
    left = iter(waiting)
    with ThreadPoolExecutor(at_once) as pool:
        while batch := list(islice(left, BATCH)):
            with loaded.stages("read text in pictures"):
                found = list(pool.map(partial(_read, reader), batch))
            skipped += [one for one in found if isinstance(one, Skipped)]
            texts = [one for one in found if isinstance(one, ReadPicture)]
            skipped += _given_up(batch, texts)
            loaded.readings(texts)
            with loaded.stages("store"):
                commit_readings(store, texts)
            read += [one.picture for one in texts]
            with_text += sum(bool(one.text.lines) for one in texts)
            done += len(batch)
            if progress is not None:
                progress(Progress("read text in pictures", done, len(waiting)))
    return loaded, ReadingDone(tuple(read), with_text, tuple(skipped))


def _read(reader: TextReader, picture: UnreadPicture) -> ReadPicture | Skipped:
    """Read the first file of a picture that still holds its bytes."""
    reason = ""
    for path in picture.paths:
        try:
            data, _ = read_bytes(path)
            if hashlib.sha256(data).hexdigest() == picture.sha256:
                return ReadPicture(picture.picture, reader.read(data))
            reason = reason or f"{path} has changed since it was taken in; ingest it again, then its text is read"
        except KgError as error:
            reason = reason or str(error)
    return Skipped(picture.paths[0], f"text in the picture not read: {reason}")


def _given_up(pictures: Sequence[UnreadPicture], read: Sequence[ReadPicture]) -> list[Skipped]:
    problems: dict[str, PictureText] = {one.picture: one.text for one in read if one.text.problem}
    return [
        Skipped(one.paths[0], f"text in the picture not read: it {problems[one.picture].problem}")
        for one in pictures
        if one.picture in problems
    ]
