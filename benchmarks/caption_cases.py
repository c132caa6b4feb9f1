"""Captions for the check of captions: right ones with copies of their photos, and ones with one thing swapped."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.caption_data import Item, digest
from benchmarks.made_pictures import cropped
from kgretrieval.extractors.tagger import Tagger
from kgretrieval.extractors.values import Values
from kgretrieval.types import Mention, TextPart

KINDS = ("person", "place", "date", "number", "picture")
#: From which sets the cases of each kind are, in turns; "elsewhere" are headlines of other newspapers with a photo of
#: the archive.
SETS = {
    "person": ("newsimages25", "elsewhere", "newsimages25", "ksta19"),
    "place": ("newsimages25", "elsewhere", "newsimages25", "ksta19"),
    "date": ("newsimages25",),
    "number": ("newsimages25", "newsimages25", "newsimages25", "flickr8k"),
    "picture": ("newsimages25", "flickr8k", "newsimages25", "flickr8k"),
}
_IN = re.compile(r"\b(?:in|at|near|im|bei)\s+$", re.IGNORECASE)
_MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, slots=True)
class Case:
    """A caption to ask about; of a swapped one the place of what was swapped in, and the path and caption before."""

    name: str
    path: Path
    caption: str
    language: str
    published: str
    swapped: str = ""
    place: int = -1
    length: int = 0
    before: tuple[Path, str] | None = None


def right_cases(pairs: Mapping[str, Sequence[Item]], folder: Path, *, each: int, tuning: bool) -> list[Case]:
    """Return captions that are right: five kinds of material, so many of each."""
    cases: list[Case] = []
    taken: set[str] = set()
    for kind in KINDS:
        for number, item in enumerate(_chosen(pairs, kind, each, tuning, "right", taken)):
            caption = _caption(item, kind, number)
            path = _copy(item, folder, kind, number, "right", caption)
            cases.append(Case(f"right/{kind}/{item.key}", path, caption, _language(caption, item), item.date))
    return cases


def swapped_cases(pairs: Mapping[str, Sequence[Item]], folder: Path, *, each: int, tuning: bool) -> list[Case]:
    """Return captions with one thing swapped, so many of each kind."""
    cases: list[Case] = []
    taken: set[str] = set()
    for kind in KINDS:
        for number, item in enumerate(_chosen(pairs, kind, each, tuning, "swapped", taken)):
            caption = _caption(item, kind, number)
            path = _copy(item, folder, kind, number, "swapped", caption)
            case = Case(f"swapped/{kind}/{item.key}", path, caption, _language(caption, item), item.date)
            cases.append(_swapped(case, item, kind, pairs, folder))
    return cases


def _chosen(
    pairs: Mapping[str, Sequence[Item]], kind: str, each: int, tuning: bool, role: str, taken: set[str]
) -> Iterator[Item]:
    """Yield pairs with something of this kind in the caption, from the sets in turns; each is taken once."""
    for number in range(each):
        wanted = SETS[kind][number % len(SETS[kind])]
        usable = (own for name in (wanted, SETS[kind][0]) for own in _usable(pairs[name], kind, role, tuning, taken))
        found = next(usable, None)
        if found is not None:
            taken.add(found.key)
            yield found


def _usable(listed: Sequence[Item], kind: str, role: str, tuning: bool, taken: Collection[str]) -> Iterator[Item]:
    for item in sorted(listed, key=lambda one: digest("case", kind, role, one.key)):
        half = int(digest("role", item.key), 16) % 2 == (role == "right")
        free = in_slice(item, tuning=tuning) and half and item.key not in taken
        if free and (kind in ("date", "picture") or span(item, kind)):
            yield item


def in_slice(item: Item, *, tuning: bool) -> bool:
    """Return whether a pair is for tuning or for the table, by its hash."""
    return (int(digest("slice", item.key), 16) % 2 == 1) == tuning


def span(item: Item, kind: str) -> Mention | None:
    """Return the first person, the first place in which something is, or the first number of the first caption."""
    caption = item.captions[0]
    for mention in mentions(caption, item.language, item.date):
        if kind == "person" and mention.type == "person":
            known = " ".join(item.persons)
            named = mention.text.lower().split()[-1] in known if item.persons else item.language == "de"
            if " " in mention.text and named:
                return mention
        if kind == "place" and mention.type == "place" and _IN.search(caption[: mention.start]):
            return mention
        if kind == "number" and mention.type == "quantity" and " " in mention.value:
            return mention
    return None


@cache
def _extractors() -> tuple[Tagger, Values]:
    return Tagger(), Values()


@cache
def mentions(text: str, language: str, published: str) -> tuple[Mention, ...]:
    """Return the names and numbers in a caption."""
    part = TextPart("caption", text, language, date=published)
    found = [m for extractor in _extractors() for m in extractor.extract([[part]])[0].mentions]
    return tuple(sorted(found, key=lambda m: m.start))


def _caption(item: Item, kind: str, number: int) -> str:
    """Return a caption that is right: as in the archive, or another one for the same photo, or with the date."""
    if kind == "picture" and item.key.startswith("flickr8k"):
        return item.captions_zh[0] if number % 4 == 3 and item.captions_zh else item.captions[1]
    if kind == "date" or (number % 3 == 1 and len(item.date) >= 10 and kind != "number"):
        return f"{item.captions[0].rstrip('.')}, {in_words(item.date)}."
    return item.captions[0]


def in_words(day: str) -> str:
    """Return an ISO date as English words."""
    year, month, number = map(int, day[:10].split("-"))
    return f"{_MONTHS[month - 1]} {number}, {year}"


def _language(caption: str, item: Item) -> str:
    return "zh" if re.search("[\u4e00-\u9fff]", caption) else item.language


def _copy(item: Item, folder: Path, kind: str, number: int, role: str, caption: str) -> Path:
    """Write a copy of a photo as others would have it: the file itself, encoded anew, cropped, with EXIF or words."""
    image = Image.open(item.path).convert("RGB")
    random = np.random.default_rng(int(digest(item.key)[:8], 16))
    path = folder / f"{role}-{kind}-{number}.jpg"
    if kind == "date" and number % 2 == 0:
        exif = Image.Exif()
        exif.get_ifd(0x8769)[0x9003] = f"{item.date[:10].replace('-', ':')} 09:30:00"
        image.save(path, quality=80, exif=exif)
    elif kind == "number" and number % 2 == 0:
        mention = span(item, "number")
        words = caption[mention.start : mention.end + 12] if mention else caption[:24]
        with_words(image, words).save(path, quality=88)
    elif number % 3 == 0:
        return item.path
    elif number % 3 == 1:
        image.save(path, quality=35)
    else:
        cropped(image, 0.8, random).save(path, quality=70)
    return path


def with_words(image: Image.Image, words: str) -> Image.Image:
    """Burn words into the lower edge of a picture, enlarged so that they can be read."""
    made = image.resize((image.width * 3, image.height * 3), Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(made)
    high = made.height // 7
    draw.rectangle((0, made.height - high, made.width, made.height), fill="navy")
    font = ImageFont.load_default(size=int(high * 0.55))
    draw.text((12, made.height - high * 0.85), words, fill="white", font=font)
    return made


def _swapped(case: Case, item: Item, kind: str, pairs: Mapping[str, Sequence[Item]], folder: Path) -> Case:
    if kind == "picture":
        others = [other for other in pairs[item.key.partition("/")[0]] if other.key != item.key]
        other = min(others, key=lambda one: digest("swap", item.key, one.key))
        return replace(case, path=other.path, swapped=kind, before=(case.path, case.caption))
    start, end, words = _new_date(item) if kind == "date" else _from_another(item, kind, pairs)
    caption = case.caption[:start] + words + case.caption[end:]
    return replace(
        case, caption=caption, swapped=kind, place=start, length=len(words), before=(case.path, case.caption)
    )


def _new_date(item: Item) -> tuple[int, int, str]:
    """Return another day, weeks to two years before or after."""
    start = len(item.captions[0].rstrip(".")) + 2
    number = int(digest("day", item.key)[:8], 16)
    away = (20 + number % 700) * (1 if number & 4096 else -1)
    day = date.fromisoformat(item.date[:10]) + timedelta(days=away)
    return start, start + len(in_words(item.date)), in_words(day.isoformat())


def _from_another(item: Item, kind: str, pairs: Mapping[str, Sequence[Item]]) -> tuple[int, int, str]:
    """Return where a name or number stands, and what another pair has of that kind."""
    own = span(item, kind)
    assert own is not None
    others = sorted(pairs[item.key.partition("/")[0]], key=lambda one: digest("swap", item.key, one.key))
    for other in others:
        found = span(other, kind) if other.key != item.key else None
        if found is None or set(found.text.lower().split()) & set(item.captions[0].lower().split()):
            continue
        if kind != "number":
            return own.start, own.end, found.text
        theirs, ours = (re.search(r"\d[\d.,]*", text) for text in (found.text, own.text))
        if theirs and ours:
            return own.start + ours.start(), own.start + ours.end(), theirs.group().rstrip(".,")
        if not ours and not theirs:
            first, word = found.text.split()[0], own.text.split()[0]
            return own.start, own.start + len(word), first.lower() if word.islower() else first
    raise LookupError(f"no pair has another {kind} for {item.key}")
