"""Small real collections for searching: real text vectors; a picture's vector is that of words for what it shows."""

from __future__ import annotations

import hashlib
from pathlib import Path

import hand_made
import numpy as np

from kgretrieval import encoders
from kgretrieval.search.answer import Searcher
from kgretrieval.store.ids import make_id
from kgretrieval.store.manifest import Manifest
from kgretrieval.store.records import Bundle, CountedText, PictureRow, UseRow, VectorRow
from kgretrieval.store.store import Store, create_store
from kgretrieval.store.write import commit
from kgretrieval.text.analysis import Analyser
from kgretrieval.text.counts import count_terms
from kgretrieval.text.passages import passages
from kgretrieval.types import Article

ANALYSER = Analyser.default()
NAMES = {
    "Angela Merkel": "person",
    "Emmanuel Macron": "person",
    "Paris": "place",
    "Berlin": "place",
    "Apple": "organisation",
    "May": "person",
    "Reuters": "organisation",
    "Berlin Philharmonic": "organisation",
    "北京大学": "organisation",
}


def mini():
    return encoders.load("mini")


def new_store(folder: Path, *, spaces: tuple[str, ...] = ("picture", "text")) -> Store:
    encoder = mini()
    widths = {space: encoder.spaces[space] for space in spaces}
    return create_store(folder, Manifest("mini", encoder.weights_hash, widths, ANALYSER.config, {"hand": "1"}))


def searcher(store: Store) -> Searcher:
    return Searcher(store, mini, ANALYSER)


def entity_id(name: str) -> str:
    return hand_made.entity_id(name, NAMES)


def article_id(key: str) -> str:
    return make_id("a", key)


def picture_id(shows: str) -> str:
    return make_id("p", shows)


def phash(shows: str) -> int:
    """Return the signed hash of a picture; "a dog#1" and "a dog#2" are copies, without a number all look even."""
    base, _, number = shows.partition("#")
    return int.from_bytes(hashlib.sha256(base.encode()).digest()[:8], "big", signed=True) if number else 7


class Desk:
    """Collects bundles and commits them; `shows` of a picture is what its pixels look like to the encoder."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.bundles: list[Bundle] = []

    def article(self, key, title, text="", *, pictures=(), facts=(), language="en", tags=(), **fields) -> str:
        own = article_id(key)
        record = Article(key=key, title=title, text=text, language=language, tags=tags, **fields)
        bundle = Bundle(article_id=own, article=record, digest=make_id("x", title, text))
        for field, words in (("title", title), ("text", text)):
            bundle.annotations.mentions += hand_made.mentions(own, own, field, words, NAMES)
            bundle.annotations.relations += hand_made.relations(own, own, field, words, facts, NAMES)
            self._embed(bundle, own, field, words, language)
        self._count(bundle, own, "\n".join((title, text, *tags)), language)
        for position, (shows, caption) in enumerate(pictures):
            self._picture(bundle, shows, caption, own, position, language, {})
        self.bundles.append(bundle)
        return own

    def picture(self, shows, caption="", *, language="en", **fields) -> str:
        bundle = Bundle(digest="d")
        self._picture(bundle, shows, caption, "", 0, language, fields)
        self.bundles.append(bundle)
        return picture_id(shows)

    def commit(self) -> int:
        bundles, self.bundles = self.bundles, []
        return commit(self.store, bundles)

    def _picture(self, bundle, shows, caption, article, position, language, fields) -> None:
        picture, use = picture_id(shows), make_id("u", article, shows)
        words = {"date": "", "source": "", "credit": "", "rights": "", "origin": ""} | fields
        path = f"pictures/{shows.replace(' ', '-')}.jpg"
        row = UseRow(
            use, use, "d", picture, article, position, path, caption, language=language, tags=(), extra={}, **words
        )
        bundle.uses.append(row)
        bundle.pictures.append(PictureRow(picture, make_id("x", shows), 640, 480, phash(shows), "JPEG", 1000))
        bundle.vectors.append(VectorRow("picture", picture, "pixels", 0, _vector(shows, "picture")))
        bundle.annotations.mentions += hand_made.mentions(use, picture, "caption", caption, NAMES)
        self._embed(bundle, use, "caption", caption, language)
        if caption:
            self._count(bundle, use, caption, language)

    def _embed(self, bundle, holder, field, text, language) -> None:
        for passage in passages(holder, field, text, language):
            bundle.passages.append(passage)
            spaces = ["text"] if "text" in self.store.vectors else []
            for space in [*spaces, *(["picture"] if field == "title" else [])]:
                bundle.vectors.append(VectorRow(space, holder, field, passage.start, _vector(passage.text, space)))

    def _count(self, bundle, holder, text, language) -> None:
        for terms, counts, positions in count_terms([(text, language)], ANALYSER).by_text():
            bundle.counts.append(CountedText(holder, terms, counts, positions))


_ENCODER = mini()


def _vector(text: str, space: str) -> np.ndarray:
    return _ENCODER.encode_texts([text], space=space)[0]


def news(folder: Path, **options) -> Store:
    """A dozen articles and pictures about floods, football, Merkel and Apple, in three languages."""
    store = new_store(folder, **options)
    desk = Desk(store)
    desk.article(
        "flood",
        "River floods the old town",
        "The river rose over night. Firefighters brought people from the flooded houses in boats. Rain is expected.",
        date="2021-07-15",
        source="news.example.org",
        pictures=[("a boat in a flooded street", ""), ("firefighters carry sandbags", "Sandbags at the river bank")],
    )
    desk.article(
        "merkel",
        "Angela Merkel meets Emmanuel Macron in Paris",
        "Angela Merkel met Emmanuel Macron on Friday. Reuters reported from Paris.",
        date="2019-05-03T18:30",
        source="Reuters",
        facts=(("Angela Merkel", "met", "Emmanuel Macron"),),
        pictures=[("a woman at a podium", "Angela Merkel at the podium")],
    )
    desk.article(
        "apple",
        "Apple opens an office in Berlin",
        "Apple opened an office in Berlin. Reuters has seen it. Angela Merkel came in May.",
        date="2019-06",
        source="Reuters",
        facts=(("Apple", "opened", "Berlin"), ("Angela Merkel", "came", "May")),
    )
    desk.article("pie", "How to bake an apple pie", "An apple pie needs an apple, flour and butter.", source="Cook")
    desk.article("fruit", "An apple a day", "He may eat an apple, she may not. Nobody may.", source="Cook", date="2020")
    desk.article("more", "Apple grows", "Apple and Reuters agree.", date="2022-01-02", source="Reuters")
    desk.article(
        "hochwasser",
        "Hochwasser in der Altstadt",
        "Der Fluss trat über die Ufer. Viele Häuser stehen unter Wasser.",
        language="de",
        date="2021-07-16",
        source="blatt.example.de",
        pictures=[("a flooded village", "Überschwemmte Häuser im Dorf")],
    )
    desk.article(
        "beida", "北京大学举行开学典礼", "北京大学周一举行开学典礼。校长发表讲话。", language="zh", date="2021-09-06"
    )
    desk.article(
        "concert",
        "An evening of music",
        "Reuters heard the Berlin Philharmonic, Reuters says. Angela Merkel sat. Angela Merkel rose. "
        "Angela Merkel clapped. Angela Merkel smiled. Angela Merkel left.",
        date="2018-11-02",
    )
    desk.picture("players with a ball on a football field", "The final on Sunday", date="2018-07-15", source="Sport")
    desk.picture("a dog on the beach", date="2022-05-01")
    desk.commit()
    return store
