"""Small real collections made by hand: texts, the names in them, what they state."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from kgretrieval.store.ids import make_id
from kgretrieval.store.manifest import Manifest
from kgretrieval.store.records import Bundle, CountedText, MentionRow, PictureRow, RelationRow, UseRow, VectorRow
from kgretrieval.store.store import Store, create_store
from kgretrieval.text.clean import fold
from kgretrieval.types import Article, Mention, Relation

WIDTH = 4

PEOPLE = {
    "Angela Merkel": "person",
    "Olaf Scholz": "person",
    "Ursula von der Leyen": "person",
    "Emmanuel Macron": "person",
    "Berlin": "place",
    "Paris": "place",
    "Siemens": "organisation",
    "Reuters": "organisation",
    "北京大学": "organisation",
}


def empty_store(folder: Path) -> Store:
    manifest = Manifest(
        encoder="mini", weights_hash="0" * 64, spaces={"picture": WIDTH}, analysis={}, extractors={"hand": "1"}
    )
    return create_store(folder, manifest)


def entity_id(name: str, types: dict[str, str] = PEOPLE) -> str:
    return make_id("e", types[name], fold(name))


def article_id(key: str) -> str:
    return make_id("a", key)


def picture_id(name: str) -> str:
    return make_id("p", name)


def vector(text: str) -> np.ndarray:
    rng = np.random.default_rng(sum(text.encode()))
    row = rng.normal(size=WIDTH)
    return (row / np.linalg.norm(row)).astype(np.float32)


def article(
    key: str,
    title: str,
    text: str = "",
    *,
    facts: tuple[tuple[str, str, str], ...] = (),
    tags: tuple[str, ...] = (),
    pictures: tuple[tuple[str, str], ...] = (),
    folder: str = "pictures",
    types: dict[str, str] = PEOPLE,
    confidence: float = 0.9,
    **fields: str,
) -> Bundle:
    """Return the bundle of an article; `pictures` are (name, caption), `facts` (subject, predicate, object).

    A predicate that begins with "not " makes a negated fact; names are found wherever they stand.
    """
    own = article_id(key)
    record = Article(key=key, title=title, text=text, tags=tags, **fields)
    bundle = Bundle(article_id=own, article=record, digest=make_id("x", title, text))
    for field, words in (("title", title), ("text", text)):
        bundle.annotations.mentions += mentions(own, own, field, words, types, confidence)
        bundle.annotations.relations += relations(own, own, field, words, facts, types)
        if words:
            bundle.vectors.append(VectorRow("picture", own, field, 0, vector(words)))
    bundle.annotations.mentions += [_tag(own, own, tag, types) for tag in tags]
    words = text.split()
    firsts = [words.index(word) for word in sorted(set(words))]
    bundle.counts.append(CountedText(own, sorted(set(words)), [1] * len(firsts), firsts))
    for position, (name, caption) in enumerate(pictures):
        _add_picture(bundle, name, caption, own, position, folder, types)
    return bundle


def lone_picture(name: str, caption: str = "", *, folder: str = "pictures", tags: tuple[str, ...] = ()) -> Bundle:
    bundle = Bundle(digest="d")
    _add_picture(bundle, name, caption, "", 0, folder, PEOPLE)
    use = bundle.uses[0].id
    bundle.annotations.mentions += [_tag(use, picture_id(name), tag, PEOPLE) for tag in tags]
    return bundle


def sentence_spans(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(r"[^.。\s][^.。]*[.。]?", text)]


def mentions(
    holder: str, document: str, field: str, text: str, types: dict[str, str], confidence: float = 0.9
) -> list[MentionRow]:
    rows = []
    for start, end in sentence_spans(text):
        for name, kind in types.items():
            for match in re.finditer(re.escape(name), text[start:end]):
                span = (start + match.start(), start + match.end())
                origin = "caption" if field == "caption" else "article"
                mention = Mention(field, *span, name, kind, origin, "hand", confidence)
                rows.append(MentionRow(holder, document, mention, entity_id(name, types), start, end))
    return rows


def relations(
    holder: str, document: str, field: str, text: str, facts: tuple[tuple[str, str, str], ...], types: dict[str, str]
) -> list[RelationRow]:
    rows = []
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        for subject, predicate, object_ in facts:
            if subject in sentence and predicate.removeprefix("not ") in sentence and object_ in sentence:
                rows.append(
                    _relation(holder, document, field, (start, end), text, (subject, predicate, object_), types)
                )
    return rows


def _relation(holder, document, field, span, text, fact, types) -> RelationRow:
    subject, predicate, object_ = fact
    one, other = text.index(subject, span[0]), text.index(object_, span[0])
    relation = Relation(
        field,
        *span,
        subject,
        one,
        one + len(subject),
        one,
        predicate.removeprefix("not "),
        object_,
        other,
        other + len(object_),
        other,
        "hand",
        0.8,
        predicate.startswith("not "),
    )
    ends = (entity_id(subject, types), entity_id(object_, types) if object_ in types else "")
    return RelationRow(
        id=make_id("r", holder, field, str(span[0]), *fact),
        holder=holder,
        document=document,
        relation=relation,
        subject_name=ends[0],
        object_name=ends[1],
        stated=True,
    )


def _tag(holder: str, document: str, tag: str, types: dict[str, str]) -> MentionRow:
    return MentionRow(holder, document, Mention("tags", -1, -1, tag, types[tag], "tag", "tags"), entity_id(tag, types))


def _add_picture(bundle, name, caption, own, position, folder, types) -> None:
    path = f"{folder}/{name}.jpg"
    use = make_id("u", bundle.article.key if bundle.article else "", path)
    picture = picture_id(name)
    words = {"date": "", "source": "", "language": "", "credit": f"Photo: {name}", "rights": "", "origin": ""}
    bundle.uses.append(UseRow(use, use, "d", picture, own, position, path, caption, tags=(), extra={}, **words))
    bundle.pictures.append(PictureRow(picture, make_id("x", name), 640, 480, 7, "JPEG", 1000))
    bundle.annotations.mentions += mentions(use, picture, "caption", caption, types)
    bundle.vectors.append(VectorRow("picture", picture, "pixels", 0, vector(name)))
