"""The names, dates and numbers that a caption states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kgretrieval.extractors.values import Values
from kgretrieval.provenance.caption_asked import Captioned
from kgretrieval.provenance.caption_texts import KINDS, NAMES, Stated, same_name, stated_in
from kgretrieval.provenance.claims import is_credit
from kgretrieval.store.knowledge import entities_named
from kgretrieval.store.picture_rows import named_in
from kgretrieval.store.store import Store
from kgretrieval.text.sentences import sentence_spans
from kgretrieval.types import EntityType, Mention, TextPart

READ: tuple[EntityType, ...] = ("person", "organisation", "place", "date", "quantity")


class NameReader:
    """Names in texts that no ingest has read; the network is loaded with the first of them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._tagger: object | None = None

    def stated(self, text: str, *, language: str, date: str = "", names: bool = True) -> tuple[Stated, ...]:
        """Return what a text states, in reading order; without `names` only dates and numbers, which costs little."""
        if not text.strip():
            return ()
        part = TextPart("caption", text, language, date=date)
        found = list(Values().extract([[part]])[0].mentions)
        if names:
            found += self._names(part)
        spans = sentence_spans(text, language.partition("-")[0])
        bearers = entities_named(self._store, {m.text for m in found if not m.value})
        stated = []
        for one in sorted(found, key=lambda m: (m.start, m.end)):
            kind = KINDS.get(one.type)
            if kind is None or is_credit(text, one.start, one.end):
                continue
            sentence = next(((a, b) for a, b in spans if a <= one.start < b), (-1, -1))
            known = frozenset(entity.id for entity in bearers.get(one.text, ()))
            stated.append(Stated(kind, one.text, one.start, sentence, one.value, known))
        return tuple(stated)

    def _names(self, part: TextPart) -> list[Mention]:
        from kgretrieval.extractors.tagger import Tagger

        if not isinstance(self._tagger, Tagger):
            self._tagger = Tagger()
        return [m for m in self._tagger.extract([[part]])[0].mentions if KINDS.get(m.type) in NAMES]


def claims_in(store: Store, asked: Captioned, reader: NameReader) -> list[Stated]:
    """Return what a caption states, then what its headline states that the caption does not."""
    if asked.use is None:
        caption = reader.stated(asked.caption, language=asked.language, date=asked.date)
        return _once(caption)
    holders = [asked.use.use, *([asked.use.article] if asked.use.article else [])]
    rows = named_in(store, holders, READ)
    texts = {"caption": asked.caption, "title": asked.title}
    own = [row for row in rows if row.start >= 0]
    caption = stated_in((row for row in own if row.field == "caption" and row.holder == asked.use.use), texts)
    title = stated_in((row for row in own if row.field == "title"), texts)
    return _once([*caption, *title])


def _once(stated: Iterable[Stated]) -> list[Stated]:
    """Leave out names and values that were stated before; overlapping ones give way to the first."""
    kept: list[Stated] = []
    for one in stated:
        fields = [other for other in kept if other.field == one.field]
        if any(other.start < one.end and one.start < other.end for other in fields):
            continue
        twin = any(_twins(one, other) for other in kept)
        if not twin:
            kept.append(replace(one))
    return kept


def _twins(one: Stated, other: Stated) -> bool:
    if one.kind in NAMES and other.kind in NAMES:
        return same_name(one, other)
    return one.kind == other.kind and bool(one.value) and one.value == other.value
