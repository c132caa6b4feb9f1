"""A caption, claim by claim, against everything else that is known of its picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kgretrieval.errors import KgError
from kgretrieval.index.near_copies import near_copies
from kgretrieval.index.snapshot import Snapshot, open_snapshot
from kgretrieval.pictures.metadata import PictureMetadata, read_metadata
from kgretrieval.provenance.asked import Asked, asked_for
from kgretrieval.provenance.caption_asked import Captioned, caption_meant, picture_meant
from kgretrieval.provenance.caption_claims import READ, NameReader, claims_in
from kgretrieval.provenance.caption_days import judge_date
from kgretrieval.provenance.caption_names import Judged, judge_name
from kgretrieval.provenance.caption_numbers import judge_number, stop_words
from kgretrieval.provenance.caption_places import Geography
from kgretrieval.provenance.caption_scene import judge_scene
from kgretrieval.provenance.caption_sources import Known, text_in_picture, text_of_file, texts_of_uses
from kgretrieval.provenance.caption_texts import NAMES, Stated, Told
from kgretrieval.provenance.claims import credible, says_archive
from kgretrieval.search.own_scores import calibrated
from kgretrieval.store.label_rows import labels_of
from kgretrieval.store.picture_rows import PictureUse, named_in, picture_uses, says_of_itself
from kgretrieval.store.reading_rows import readings_of
from kgretrieval.store.store import Store
from kgretrieval.types import CaptionCheck, Claim, Label, PictureText, Statement

if TYPE_CHECKING:
    from kgretrieval.encoders.base import Encoder


@dataclass(frozen=True, slots=True)
class _Case:
    """Everything that the claims are judged by."""

    asked: Captioned
    picture: Asked
    known: Known
    claims: Sequence[Stated]
    labels: Sequence[Label]
    missing: tuple[str, ...]


def check_caption(
    store: Store,
    picture: str | Path,
    encoder: Callable[[], Encoder],
    *,
    caption: str | None = None,
    date: str = "",
    language: str = "",
) -> CaptionCheck:
    """Return a caption, claim by claim: supported, unsupported or contradicted by what else is known of its picture.

    Parameters
    ----------
    store : Store
        The collection, open for reading or writing.
    picture : str or pathlib.Path
        A file, which the collection need not hold, or the id of a picture, of a use or of an article.
    encoder : callable
        Loads the collection's encoder.
    caption : str, optional
        Its words; by default those that are stored.
    date : str
        When it is published (ISO 8601), by default the date that is stored: "Friday" is the one before.
    language : str
        Of the caption, by default as stored or as its words look.

    Raises
    ------
    NotFoundError
        If there is no such picture and no such file.
    UsageError
        If there is no caption to check, or an id is of another kind.
    PictureError
        If a file is no picture.
    """
    with store.reading():
        snapshot = open_snapshot(store)
        meant, use = picture_meant(store, str(picture))
        own = asked_for(store, snapshot.catalog, meant, encoder)
        reader = NameReader(store)
        case = _case(store, snapshot, own, use, reader, caption=caption, date=date, language=language)
        return _judged(store, snapshot, case, encoder())


def _case(
    store: Store,
    snapshot: Snapshot,
    picture: Asked,
    use: PictureUse | None,
    reader: NameReader,
    *,
    caption: str | None,
    date: str,
    language: str,
) -> _Case:
    found = [copy.picture for copy in near_copies(store, snapshot, picture.look)]
    every = picture_uses(store, found)
    said, missing = _file(picture)
    own_uses = [one for one in every if one.picture == picture.look.id]
    asked = caption_meant(own_uses, use, said.caption, caption, date, language)
    uses = [one for one in every if asked.use is None or one.use != asked.use.use]
    known = Known((), tuple(uses), *_taken(store, picture, said), picture.look.id, picture.path)
    told = [*_in_the_picture(store, picture, reader, missing), *text_of_file(said, asked, known.of_file(""), reader)]
    told += texts_of_uses(store, asked, uses)
    if not uses:
        missing.append("no other use of the picture or of a near copy is in the collection")
    known = Known(tuple(told), known.uses, known.taken, known.place, known.picture, known.path)
    labels = labels_of(store, [picture.look.id]).get(picture.look.id, ()) if picture.look.id else ()
    return _Case(asked, picture, known, claims_in(store, asked, reader), labels, tuple(missing))


def _file(picture: Asked) -> tuple[PictureMetadata, list[str]]:
    if not picture.path:
        return PictureMetadata(), ["the picture has no file: nothing was read in it"]
    try:
        return read_metadata(picture.path), []
    except KgError as error:
        return PictureMetadata(), [f"what the file says of itself: {error}"]


def _taken(store: Store, picture: Asked, said: PictureMetadata) -> tuple[str, str]:
    kept = says_of_itself(store, [picture.look.id]).get(picture.look.id, ("", ""))
    taken = (said.date or kept[0] or picture.taken)[:10]
    return (taken if len(taken) == 10 and credible(taken) else ""), said.place or kept[1]


def _in_the_picture(store: Store, picture: Asked, reader: NameReader, missing: list[str]) -> list[Told]:
    own = picture.look.id
    read = readings_of(store, [own]).get(own) if own else _read_now(picture.path)
    if read is None:
        how = "kg ingest --read-text reads it" if own else "pip install 'kgretrieval[ocr]' reads it"
        missing.append(f"the text in the picture was not read ({how})")
        return []
    statement = Statement("", own, "", "", title="text in the picture")
    return [text_in_picture(read, named_in(store, [own], READ), statement, reader)] if read.text.strip() else []


def _read_now(path: str) -> PictureText | None:
    """Return the text in a file that the collection does not hold; None where no engine is installed."""
    from kgretrieval.pictures.reading import TextReader

    try:
        return TextReader().read(path) if path else None
    except KgError:
        return None


def _judged(store: Store, snapshot: Snapshot, case: _Case, encoder: Encoder) -> CaptionCheck:
    asked, known = case.asked, case.known
    archive = says_archive(asked.caption)
    places, stop = Geography(store), stop_words(asked.language)
    claims = [_claim(one, _verdict(one, case, places, stop, archive=archive)) for one in case.claims]
    words = asked.caption or asked.title
    field = "caption" if asked.caption else "title"
    names = [one for one in case.claims if one.field == field]
    look = case.picture.look.vectors
    scores = calibrated(store, snapshot)
    verdict, evidence = judge_scene(
        words, names, look, known, case.labels, store=store, encoder=encoder, calibration=scores
    )
    claims.append(Claim("scene", words, 0, len(words), verdict, evidence, field))  # type: ignore[arg-type]
    return CaptionCheck(
        picture=known.picture,
        path=known.path,
        caption=asked.caption,
        claims=tuple(claims),
        title=asked.title,
        date=asked.date,
        language=asked.language,
        use=asked.use.use if asked.use else "",
        article=asked.use.article if asked.use else "",
        looked_at=_looked_at(case),
        not_looked_at=case.missing,
        archive=archive,
    )


def _verdict(one: Stated, case: _Case, places: Geography, stop: frozenset[str], *, archive: bool) -> Judged:
    asked, known = case.asked, case.known
    own_words = asked.caption if one.field == "caption" else ""
    if one.kind in NAMES:
        return judge_name(one, case.claims, own_words, known, places, stop, archive=archive)
    if one.kind == "date":
        return judge_date(one, own_words, known, language=asked.language, published=asked.date, archive=archive)
    return judge_number(one, own_words, known, language=asked.language, stop=stop)


def _claim(one: Stated, judged: Judged) -> Claim:
    verdict, evidence = judged
    entity = min(one.entities, default="")
    field: Literal["caption", "title"] = "title" if one.field == "title" else "caption"
    return Claim(one.kind, one.text, one.start, one.end, verdict, evidence, field, one.value, entity)


def _looked_at(case: _Case) -> tuple[str, ...]:
    kinds = {told.kind for told in case.known.told}
    file = "file" in kinds or case.known.taken or case.known.place
    uses = len(case.known.uses)
    parts = [
        "the text in the picture" if "reading" in kinds else "",
        "what its file says" if file else "",
        f"{uses} other use{'s' if uses > 1 else ''}" if uses else "",
        "the article it stands in" if case.asked.use is not None and case.asked.use.article else "",
        "how it looks" if len(case.picture.look.vectors) else "",
        "its labels" if case.labels else "",
    ]
    return tuple(part for part in parts if part)
