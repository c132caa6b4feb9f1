"""What a picture file says of itself: caption, credit, rights, date, keywords, place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from kgretrieval.errors import PictureError
from kgretrieval.pictures._iptc import read_iptc
from kgretrieval.pictures._quiet import quiet
from kgretrieval.pictures._values import clean, decode_text, iso_date
from kgretrieval.pictures._xmp import read_xmp
from kgretrieval.pictures.decode import FORMATS

_EXIF_IFD = 0x8769
_EXIF_NAMES = {0x010E: "caption", 0x013B: "creator", 0x8298: "rights"}
_EXIF_DATES = (0x9003, 0x9004)  # taken, digitised
#: What cameras write for a caption when nobody has written one.
_FACTORY = re.compile(
    r"(olympus|minolta|konica|sony|samsung|kodak|casio|fuji|nikon|canon)?\s*"
    r"(digital (still )?camera|dsc|dcim.*|camera|hdr|default|screenshot|untitled|picture)?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PictureMetadata:
    """The statements of a picture file; each ``""`` or empty where the file does not make it.

    `caption` is the description, `title` the headline, `credit` photographer and agency, `date`
    ISO 8601 when the photo was taken, `place` city and country, `persons` whom it shows (XMP only).
    """

    caption: str = ""
    title: str = ""
    credit: str = ""
    rights: str = ""
    date: str = ""
    source: str = ""
    tags: tuple[str, ...] = ()
    place: str = ""
    persons: tuple[str, ...] = ()


def read_metadata(path: str | Path) -> PictureMetadata:
    """Read the statements of a picture file without decoding its pixels.

    Raises
    ------
    PictureError
        The file cannot be opened as a picture.
    """
    with quiet():
        try:
            with Image.open(path, formats=FORMATS) as image:
                return metadata_of(image)
        except Exception as error:  # plug-ins raise whatever they stumble over in a damaged file
            raise PictureError(f"{path} is no picture that can be read: {type(error).__name__}") from None


def metadata_of(image: Image.Image) -> PictureMetadata:
    """Gather the statements of an opened picture: XMP before IPTC before EXIF, as the most careful writer first."""
    with quiet():
        xmp, iptc, exif = _safely(read_xmp, image), _safely(read_iptc, image), _safely(_read_exif, image)
    sources = (xmp, iptc, exif)
    caption = _first(sources, "caption")
    return PictureMetadata(
        caption="" if _FACTORY.fullmatch(caption) else caption,
        title=_first(({"title": xmp.get("headline", [])}, iptc, xmp), "title"),
        credit=_credit(_first(sources, "creator"), _first(sources, "credit")),
        rights=_first(sources, "rights"),
        date=_date(xmp, iptc, exif),
        source=_first(sources, "source"),
        tags=_tags(xmp.get("tags") or iptc.get("tags") or []),
        place=", ".join(part for part in (_first(sources, "city"), _first(sources, "country")) if part),
        persons=tuple(dict.fromkeys(filter(None, map(clean, xmp.get("persons", []))))),
    )


def _safely(reader: Callable[[Image.Image], dict[str, list[str]]], image: Image.Image) -> dict[str, list[str]]:
    """Read one block; a damaged one counts as absent, because the picture is still good."""
    try:
        return reader(image)
    except Exception:  # plug-ins raise whatever they stumble over in a damaged block
        return {}


def _read_exif(image: Image.Image) -> dict[str, list[str]]:
    exif = image.getexif()
    inner = exif.get_ifd(_EXIF_IFD)
    found = {name: [_exif_text(exif.get(tag))] for tag, name in _EXIF_NAMES.items()}
    found["date"] = [_exif_text(inner.get(tag)) for tag in _EXIF_DATES]
    return found


def _exif_text(value: object) -> str:
    # Pillow reads EXIF text as Latin-1; most programs of today write UTF-8 there.
    if isinstance(value, str):
        try:
            return decode_text(value.encode("latin-1"))
        except UnicodeEncodeError:
            return value
    return decode_text(value) if isinstance(value, bytes) else ""


def _first(sources: tuple[Mapping[str, list[str]], ...], name: str) -> str:
    for source in sources:
        value = clean("; ".join(source.get(name, ())))
        if value:
            return value
    return ""


def _credit(creator: str, agency: str) -> str:
    if creator and agency and creator.casefold() not in agency.casefold():
        return f"{creator}/{agency}"
    return agency or creator


def _date(xmp: Mapping[str, list[str]], iptc: Mapping[str, list[str]], exif: Mapping[str, list[str]]) -> str:
    time = "".join(iptc.get("time", [])[:1])
    candidates = [(text, "") for text in xmp.get("date", [])]
    candidates += [(text, time) for text in iptc.get("date", [])]
    candidates += [(text, "") for text in exif.get("date", [])]
    return next((found for text, clock in candidates if (found := iso_date(text, clock))), "")


def _tags(values: list[str]) -> tuple[str, ...]:
    # Some programs put all keywords into one value.
    if len(values) == 1:
        values = re.split(r"[;,]", values[0])
    return tuple(dict.fromkeys(tag for value in values if (tag := clean(value))))
