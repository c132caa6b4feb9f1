"""Everything else that is known of a picture: its text, its file, its other uses and the articles around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kgretrieval.pictures.metadata import PictureMetadata
from kgretrieval.provenance.caption_asked import Captioned
from kgretrieval.provenance.caption_claims import READ, NameReader
from kgretrieval.provenance.caption_texts import Stated, Told, stated_in
from kgretrieval.provenance.claims import says_archive
from kgretrieval.store.picture_rows import NamedHere, PictureUse, named_in
from kgretrieval.store.resolution_rows import fields_of
from kgretrieval.store.store import Store
from kgretrieval.text.clean import fold
from kgretrieval.text.language import guess_language
from kgretrieval.types import PictureText, Statement


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a picture beside the caption that is checked.

    Attributes
    ----------
    told : tuple of Told
        Texts, the nearest to the picture first: read in it, in its file, captions of other uses, articles.
    uses : tuple of PictureUse
        The other uses, the earliest first.
    taken, place : str
        When and where the picture was taken, as its file says; ``""`` where that is not known or not to be believed.
    picture, path : str
        The picture itself.
    own_article : str
        The article that a stored caption stands in.
    """

    told: tuple[Told, ...]
    uses: tuple[PictureUse, ...]
    taken: str
    place: str
    picture: str
    path: str
    own_article: str = ""

    def of_file(self, text: str) -> Statement:
        """Return what the file says as evidence."""
        return Statement("", self.picture, "", text, title=self.path.replace("\\", "/").rpartition("/")[2])


def texts_of_uses(store: Store, asked: Captioned, uses: Sequence[PictureUse]) -> list[Told]:
    """Return the captions of uses, and the articles with the picture, that of the checked caption among them."""
    articles = [use for use in uses if use.article]
    if asked.use is not None and asked.use.article:
        articles.insert(0, asked.use)
    holders = {use.use for use in uses} | {use.article for use in articles}
    rows: dict[str, list[NamedHere]] = {}
    for row in named_in(store, holders, READ):
        rows.setdefault(row.holder, []).append(row)
    fields = fields_of(store, {use.article for use in articles})
    told = []
    around: dict[str, tuple[Stated, ...]] = {}
    by_article: dict[str, Told] = {}
    for use in articles:
        if use.article not in by_article:
            own = asked.use is not None and use.article == asked.use.article
            by_article[use.article] = _article(use, fields.get(use.article, {}), rows.get(use.article, ()), own=own)
            around[use.article] = by_article[use.article].stated
    for use in uses:
        if use.caption:
            stated = stated_in(rows.get(use.use, ()), {"caption": use.caption})
            told.append(_caption(use, stated, around.get(use.article, ())))
    return told + list(by_article.values())


def _caption(use: PictureUse, stated: tuple[Stated, ...], around: tuple[Stated, ...]) -> Told:
    statement = Statement(use.use, use.picture, use.article, "", use.date, use.source, use.title)
    archive = says_archive(use.caption)
    return Told("caption", use.caption, statement, stated, around, language=use.language, archive=archive)


def _article(use: PictureUse, fields: Mapping[str, str], rows: Iterable[NamedHere], *, own: bool) -> Told:
    """Return an article as a text; the headline of the caption that is checked cannot bear itself out."""
    title, text = fields.get("title", ""), fields.get("text", "")
    chosen = [row for row in rows if not (own and row.field == "title")]
    tags = tuple(row.text for row in chosen if row.start < 0)
    stated = stated_in((row for row in chosen if row.start >= 0), {"title": title, "text": text})
    tagged = stated_in((row for row in chosen if row.start < 0), {})
    statement = Statement("", "", use.article, "", use.published or use.date, use.source, title)
    body = text if own else (text or title)
    return Told("article", body, statement, stated + tagged, keywords=tags, language=use.language)


def text_of_file(said: PictureMetadata, asked: Captioned, statement: Statement, reader: NameReader) -> list[Told]:
    """Return what a file says in words; a caption that was taken from there cannot bear itself out."""
    stored = asked.from_file or asked.use is not None
    checked = fold(asked.caption) if stored else ""
    words = [text for text in (said.title, said.caption) if text and fold(text) not in checked]
    text = "\n".join(words)
    if not (text or said.tags or said.persons):
        return []
    language = guess_language(text, default=asked.language)
    shown = tuple(Stated("person", name, -1) for name in said.persons)
    stated = shown + reader.stated(text, language=language, date=said.date)
    archive = says_archive(text)
    return [Told("file", text, statement, stated, keywords=said.tags, language=language, archive=archive)]


def text_in_picture(read: PictureText, rows: Iterable[NamedHere], statement: Statement, reader: NameReader) -> Told:
    """Return the text in a picture as a text; names in it are those that an ingest found there."""
    text = read.text
    names = stated_in((row for row in rows if row.field == "reading" and row.start >= 0), {"reading": text})
    names = tuple(one for one in names if one.kind not in ("date", "number"))
    values = reader.stated(text, language=read.language, names=False)
    return Told("reading", text, statement, names + values, language=read.language)
