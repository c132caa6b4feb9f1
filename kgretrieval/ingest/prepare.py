"""From what a source yields to what the store keeps, all but the vectors."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path

from kgretrieval.pictures.inspect import PictureInfo
from kgretrieval.store.ids import make_id
from kgretrieval.store.records import Bundle, PictureRow, PictureTexts, UseRow
from kgretrieval.text.language import detect_language
from kgretrieval.text.passages import passages
from kgretrieval.types import Article, Picture, TextPart


def record_id(record: Article | Picture) -> str:
    """Return the id of an article, or of the use that a picture on its own is."""
    return make_id("a" if isinstance(record, Article) else "u", record.key)


def with_language(record: Article | Picture) -> Article | Picture:
    """Return a record that says its language: its own, or the one that its words look like."""
    if record.language:
        return record
    words = [record.title, record.text] if isinstance(record, Article) else list(record.captions)
    return replace(record, language=detect_language("\n".join(words)))


def record_digest(record: Article | Picture) -> str:
    """Return a hash of a record and of the size and time of its picture files: equal means unchanged."""
    pictures = record.pictures if isinstance(record, Article) else (record,)
    data = {"record": asdict(record), "files": [_file_state(p.path) for p in pictures]}
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def picture_id(info: PictureInfo) -> str:
    """Return a picture's id, made from its bytes: the same file in two places is one picture."""
    return make_id("p", info.sha256)


def make_bundle(record: Article | Picture, digest: str, infos: Mapping[str, PictureInfo]) -> Bundle:
    """Build a record's bundle with its uses, pictures and passages.

    Parameters
    ----------
    record : Article or Picture
    digest : str
        Of `record_digest`.
    infos : mapping
        From the path of each picture file that could be read to what was seen in it.
    """
    bundle = Bundle(digest=digest)
    if isinstance(record, Article):
        bundle.article, bundle.article_id = record, record_id(record)
    pictures = record.pictures if isinstance(record, Article) else (record,)
    readable = [p for p in pictures if p.path in infos]
    for position, picture in enumerate(readable):
        use = _use(picture, record, position, infos[picture.path], digest)
        if use.id not in {u.id for u in bundle.uses}:
            bundle.uses.append(use)
            bundle.pictures.append(_picture_row(infos[picture.path]))
    if isinstance(record, Article):
        for field, text in (("title", record.title), ("text", record.text)):
            bundle.passages += passages(bundle.article_id, field, text, record.language)  # type: ignore[arg-type]
    for use in bundle.uses:
        bundle.passages += passages(use.id, "caption", use.caption, use.language)
    return bundle


def text_parts(bundle: Bundle) -> list[tuple[str, list[TextPart]]]:
    """Return (holder, its fields) for the article and for each use, or for a picture file, as extractors take them."""
    parts = []
    if bundle.article is not None:
        a = bundle.article
        date = a.date
        fields = [TextPart("title", a.title, a.language, date=date), TextPart("text", a.text, a.language, date=date)]
        fields.append(TextPart("tags", "\n".join(a.tags), a.language, a.tag_types, date))
        parts.append((bundle.article_id, fields))
    for use in bundle.uses:
        date = use.date or (bundle.article.date if bundle.article else "")
        fields = [TextPart("caption", use.caption, use.language, date=date)]
        fields.append(TextPart("tags", "\n".join(use.tags), use.language, date=date))
        parts.append((use.id, fields))
    if bundle.own is not None:
        parts.append((bundle.own.picture, _own_parts(bundle.own)))
    return [(holder, [part for part in fields if part.text]) for holder, fields in parts]


def documents_of(bundle: Bundle) -> dict[str, str]:
    """Return, for each holder of text in a bundle, the article or picture that it belongs to."""
    if bundle.own is not None:
        return {bundle.own.picture: bundle.own.picture}
    return {bundle.article_id: bundle.article_id, **{use.id: use.picture for use in bundle.uses}}


def countable(bundle: Bundle) -> list[tuple[str, str, str]]:
    """Return (holder, text, language) of what the lexical ranking counts: all words of a holder, its tags too."""
    texts = []
    if bundle.article is not None:
        a = bundle.article
        # A blank line between them: no phrase goes from a headline into the text.
        texts.append((bundle.article_id, "\n\n".join((a.title, a.text, *a.tags)), a.language))
    texts += [(use.id, "\n\n".join((use.caption, *use.tags)), use.language) for use in bundle.uses]
    return [row for row in texts if row[1].strip()]


def _own_parts(own: PictureTexts) -> list[TextPart]:
    """What is said in a picture file itself; its date is when it was taken, not when somebody used it."""
    said = [("taken", own.taken), ("place", own.place), *(("person", person) for person in own.persons)]
    statements = "\n".join(f"{name}: {value}" for name, value in said if value)
    parts = [TextPart("file", statements, date=own.taken)]
    if own.reading is not None:
        parts.append(TextPart("reading", own.reading.text, own.reading.language, date=own.taken))
    return parts


def _use(picture: Picture, record: Article | Picture, position: int, info: PictureInfo, digest: str) -> UseRow:
    """What a record says of its picture comes first, then what the file says itself (IPTC, XMP, EXIF)."""
    in_article = isinstance(record, Article)
    key = f"{record.key}\x1f{picture.path}" if in_article else picture.key
    return UseRow(
        id=make_id("u", key),
        key=key,
        digest=digest,
        picture=picture_id(info),
        article=record_id(record) if in_article else "",
        position=position,
        path=picture.path,
        caption="\n".join(picture.captions) or info.caption,
        date=picture.date,
        source=picture.source,
        language=picture.language or record.language,
        credit=picture.credit or info.credit,
        rights=picture.rights or info.rights,
        tags=picture.tags,
        origin=picture.origin or record.origin,
        extra=dict(picture.extra),
    )


def _picture_row(info: PictureInfo) -> PictureRow:
    # SQLite's integers are signed: the unsigned 64 bits of the hash are kept as the signed number of the same bits.
    signed = info.phash - (1 << 64) if info.phash >= 1 << 63 else info.phash
    return PictureRow(
        id=picture_id(info),
        sha256=info.sha256,
        width=info.width,
        height=info.height,
        phash=signed,
        format=info.format,
        bytes=info.bytes,
        miniature=info.miniature,
        taken=info.date,
        place=info.place,
        persons=info.persons,
    )


def _file_state(path: str) -> list[int | str]:
    try:
        state = Path(path).stat()
    except OSError:
        return [path, -1]
    return [path, state.st_size, state.st_mtime_ns]
