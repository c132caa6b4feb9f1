"""One record of a data file becomes an article, or pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kgretrieval.sources._images import ImageRef, find_file, image_refs, is_picture_name
from kgretrieval.sources._names import VAGUE, plain, plan
from kgretrieval.sources._values import (
    site_of,
    to_author,
    to_body,
    to_extra,
    to_items,
    to_language,
    to_line,
    to_text,
    unpacked,
)
from kgretrieval.sources.dates import normalise_date
from kgretrieval.sources.options import ReadOptions
from kgretrieval.text.language import detect_language
from kgretrieval.types import ENTITY_TYPES, Article, EntityType, Picture, Skipped

Item = Article | Picture | Skipped
#: A record, or what was skipped, with the place where it stands.
Located = tuple[str, Item]

_TYPED: tuple[tuple[str, EntityType], ...] = (
    ("persons", "person"),
    ("organisations", "organisation"),
    ("places", "place"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: its file, and its line or else a name for it there; neither for a file of one record."""

    file: Path
    name: str = ""
    line: int = 0

    def __str__(self) -> str:
        if self.line:
            return f"{self.file}:{self.line}"
        return f"{self.file}#{self.name}" if self.name else str(self.file)


class _Fields:
    """The values of a record under our names; remembers which of them were used."""

    def __init__(self, record: Mapping[str, Any], given: Mapping[str, str]) -> None:
        self._record = record
        self._plan = plan(tuple(record), tuple(sorted(given.items())))
        self._given = given
        self._used: set[str] = set()

    def first(self, ours: str) -> Any:
        """Return the first value of the field that is not empty; "" if there is none."""
        for name in self._plan[ours]:
            value = self._record[name]
            if value in (None, "", [], {}) or (self._is_vague(ours, name) and not is_picture_name(value)):
                continue
            self._used.add(name)
            return value
        return ""

    def every(self, ours: str) -> tuple[str, ...]:
        """Return the items of all fields that hold such things."""
        self._used.update(self._plan[ours])
        return tuple(dict.fromkeys(item for name in self._plan[ours] for item in to_items(self._record[name])))

    def rest(self) -> dict[str, str]:
        """Return what no field of ours has taken, as text."""
        left = {to_text(name): to_extra(value) for name, value in self._record.items() if name not in self._used}
        return {name: value for name, value in left.items() if name and value}

    def name_of(self, ours: str) -> str:
        """Return the name of the first field that may hold it, in the record's own words."""
        return next(iter(self._plan[ours]), ours)

    def has(self, ours: str) -> bool:
        """Say whether the record has such a field, if only an empty one."""
        return bool(self._plan[ours])

    def _is_vague(self, ours: str, name: str) -> bool:
        return ours == "image" and ours not in self._given and plain(name) in VAGUE


def convert(record: Mapping[str, Any], place: Place, options: ReadOptions) -> Iterator[Located]:
    """Yield the article of a record, or its pictures where it has no headline and no text; then what is missing."""
    fields = _Fields(record, options.fields)
    title, text = to_line(fields.first("title")), to_body(fields.first("text"))
    refs, captions = image_refs(fields.first("image")), _captions(fields.first("caption"))
    if not text and (title or not captions):
        about = to_body(fields.first("about"))
        if title or not refs:
            text = about
        elif about:
            captions = (about,)
    pictures, extra, missing = _pictures(refs, captions, place=place, options=options)
    common = _common(fields, options, extra)
    if title or text:
        article = _article(fields, common, title=title, text=text, pictures=pictures, captions=captions, place=place)
        yield str(place), article
    else:
        for picture in pictures:
            yield str(place), _alone(picture, fields, common=common, options=options)
    reasons = [f"the picture {name} is not there" for name in missing]
    if not (title or text or pictures or missing):
        reasons.append(_why_nothing(fields, common["extra"].get("image_url", "")))
    for reason in reasons:
        yield str(place), Skipped(str(place), reason)


def _why_nothing(fields: _Fields, remote: str) -> str:
    if remote:
        return f"its picture {remote} is on another machine and is not fetched"
    if any(fields.has(ours) for ours in ("title", "text", "image")):
        return "its title, text and picture are empty"
    return "has no field for a title, a text or a picture; name one with --field"


def _captions(value: Any) -> tuple[str, ...]:
    value = unpacked(value)
    values = value if isinstance(value, (list, tuple)) else [value]
    return tuple(dict.fromkeys(text for item in values if (text := to_body(item))))


def _pictures(
    refs: list[ImageRef], captions: tuple[str, ...], *, place: Place, options: ReadOptions
) -> tuple[list[Picture], dict[str, str], list[str]]:
    """Return the pictures that are there, what is to be remembered of the others, and the names of missing ones."""
    own = place.file.parent
    folders = (options.images.resolve(), own) if options.images else (own,)
    pictures: list[Picture] = []
    missing: list[str] = []
    remote: list[str] = []
    one_each = len(refs) > 1 and len(refs) == len(captions)
    for number, ref in enumerate(refs):
        if path := "" if ref.remote else find_file(ref.target, folders):
            if one_each:
                words: tuple[str, ...] = (captions[number],)
            else:
                words = () if pictures else captions
            words = tuple(dict.fromkeys(word for word in (ref.caption, *words) if word))
            picture = Picture(path, captions=words, date=ref.date, source=ref.source, credit=ref.credit)
            pictures.append(replace(picture, rights=ref.rights, origin=str(place.file)))
        else:
            (remote if ref.remote else missing).append(ref.target)
    return pictures, {"image_url": " ".join(remote)} if remote else {}, missing


def _common(fields: _Fields, options: ReadOptions, extra: dict[str, str]) -> dict[str, Any]:
    """Return what articles and pictures alike have."""
    url, stated = to_text(fields.first("url")), fields.first("date")
    date = normalise_date(stated)
    # What could not be understood in full must not be lost.
    if len(date) < len("2000-01-01") and to_text(stated) not in ("", date):
        extra = {**extra, fields.name_of("date"): to_text(stated)}
    if identifier := to_text(fields.first("id")):
        extra = {**extra, "id": identifier}
    return {
        "source": options.source or to_line(fields.first("source")) or site_of(url),
        "date": date or options.date,
        "tags": fields.every("tags"),
        "credit": to_line(fields.first("credit")),
        "rights": to_line(fields.first("rights")),
        "url": url,
        "author": to_author(fields.first("author")),
        "language": to_language(fields.first("language")) or options.language,
        "extra": extra,
    }


def _article(
    fields: _Fields,
    common: dict[str, Any],
    *,
    title: str,
    text: str,
    pictures: list[Picture],
    captions: tuple[str, ...],
    place: Place,
) -> Article:
    tags, types = _typed_tags(fields, common["tags"])
    extra = common["extra"] if pictures or not captions else {**common["extra"], "caption": "\n".join(captions)}
    credit, rights = common["credit"], common["rights"]
    pictures = [replace(p, credit=p.credit or credit, rights=p.rights or rights) for p in pictures]
    name = common["extra"].get("id") or place.name or str(place.line or "")
    made = {
        "key": common["url"] or (f"{place.file}#{name}" if name else str(place.file)),
        "language": common["language"] or detect_language(f"{title}\n{text}"),
        "tags": tags,
        "tag_types": types,
        "pictures": tuple(pictures),
        "extra": {**fields.rest(), **extra},
    }
    return Article(title=title, text=text, origin=str(place.file), **{**common, **made})


def _typed_tags(fields: _Fields, tags: tuple[str, ...]) -> tuple[tuple[str, ...], dict[str, EntityType]]:
    """Return all tags, and of those that a record calls persons, organisations or places what they are."""
    types: dict[str, EntityType] = {}
    stated = unpacked(fields.first("tag_types"))
    if isinstance(stated, Mapping):
        known: dict[str, EntityType] = {kind: kind for kind in ENTITY_TYPES}
        named = ((to_line(tag), known.get(to_text(kind).lower())) for tag, kind in stated.items())
        types = {tag: kind for tag, kind in named if tag and kind}
    for ours, kind in _TYPED:
        for tag in fields.every(ours):
            types.setdefault(tag, kind)
    return tuple(dict.fromkeys((*tags, *types))), types


def _alone(picture: Picture, fields: _Fields, *, common: dict[str, Any], options: ReadOptions) -> Picture:
    """Return a picture that stands for itself, with what its record says."""
    words = " ".join(picture.captions)
    tags = _typed_tags(fields, common["tags"])[0]
    extra = {**fields.rest(), **common["extra"]}
    if common["url"]:
        extra["url"] = common["url"]
    return replace(
        picture,
        key=picture.path,
        date=picture.date or common["date"],
        source=options.source or picture.source or common["source"],
        language=common["language"] or (detect_language(words) if words else ""),
        credit=picture.credit or common["credit"] or common["author"],
        rights=picture.rights or common["rights"],
        tags=tags,
        extra=extra,
    )
