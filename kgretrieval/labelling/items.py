"""What a model is shown of documents, files and texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from kgretrieval.classify import MODELS
from kgretrieval.classify.base import Item
from kgretrieval.classify.head import Head
from kgretrieval.encoders.base import Encoder
from kgretrieval.errors import ModelError, PictureError, UnreadableError
from kgretrieval.labelling.records import Takes
from kgretrieval.pictures.lazy import LazyPictures
from kgretrieval.sources._kinds import kind_of
from kgretrieval.sources._lines import READ_ERRORS, read_text
from kgretrieval.store.item_rows import article_texts, first_pictures, picture_vectors
from kgretrieval.store.store import Store
from kgretrieval.text.language import guess_language
from kgretrieval.types import Skipped

#: Pictures decoded and embedded together.
_PICTURES_AT_ONCE = 32
#: Articles that each kind of input is made of.
OF: dict[Takes, str] = {"text": "article", "picture": "picture", "both": "article"}


def takes_of(head: Head) -> Takes:
    """Return what a trained model looks at."""
    known = MODELS.get(head.card.model)
    if known is not None and known.takes in ("text", "picture", "both"):
        found: Takes = known.takes  # type: ignore[assignment]
        return found
    return "picture" if head.card.pictures else "text"


def article_text(title: str, text: str) -> str:
    """Return what a model reads of an article."""
    return f"{title}\n\n{text}" if title and text else title or text


def text_item(text: str, language: str = "") -> Item:
    """Return the item of a text; its language is guessed where it is not given."""
    return Item(text, language or guess_language(text))


def items_of(store: Store, documents: Iterable[str], takes: Takes) -> dict[str, Item]:
    """Return the items of articles and pictures; those that have not what the model takes are left out.

    For a model of pictures an article stands for its first one.
    """
    ids = list(dict.fromkeys(documents))
    texts = {} if takes == "picture" else article_texts(store, (i for i in ids if i.startswith("a:")))
    shown = {i: i for i in ids if i.startswith("p:")}
    if takes != "text":
        shown |= first_pictures(store, (i for i in ids if i.startswith("a:")))
    vectors = {} if takes == "text" else picture_vectors(store, shown.values())
    found = {}
    for one in ids:
        title, text, language = texts.get(one, ("", "", ""))
        vector = vectors.get(shown.get(one, ""))
        words = article_text(title, text)
        if (takes == "picture" or words) and (takes == "text" or vector is not None):
            found[one] = Item(words, language or "en", vector)
    return found


def file_items(
    files: Sequence[Path], encoder: Callable[[], Encoder], *, told: Callable[[int], None] = lambda _: None
) -> tuple[dict[Path, Item], list[Skipped]]:
    """Return the items of text files and pictures, and which files cannot be read.

    Parameters
    ----------
    files : sequence of Path
        Files that end as pictures do are pictures, all others texts.
    encoder : callable
        Loads what sees pictures; called only if there is one.
    told : callable
        Told how many files are done.
    """
    found: dict[Path, Item] = {}
    skipped: list[Skipped] = []
    pictures = [file for file in files if kind_of(file) == "picture"]
    for start in range(0, len(pictures), _PICTURES_AT_ONCE):
        _see(pictures[start : start + _PICTURES_AT_ONCE], encoder(), found, skipped)
        told(len(found))
    for number, file in enumerate(one for one in files if kind_of(one) != "picture"):
        try:
            text = page_text(file) if kind_of(file) == "page" else read_text(file)
        except READ_ERRORS as error:
            skipped.append(Skipped(str(file), f"cannot be read: {error}"))
            continue
        if text.strip():
            found[file] = text_item(text)
        else:
            skipped.append(Skipped(str(file), "is empty"))
        if number % 500 == 0:
            told(len(found))
    return {file: found[file] for file in files if file in found}, skipped


def page_text(file: Path) -> str:
    """Return the title and the text of a web page."""
    from kgretrieval.sources import read
    from kgretrieval.types import Article

    articles = [one for one in read([file]) if isinstance(one, Article)]
    return article_text(articles[0].title, articles[0].text) if articles else ""


def _see(files: Sequence[Path], encoder: Encoder, found: dict[Path, Item], skipped: list[Skipped]) -> None:
    from kgretrieval.pictures.inspect import inspect

    whole = []
    for file in files:
        try:
            inspect(str(file))
            whole.append(file)
        except (PictureError, OSError) as error:
            skipped.append(Skipped(str(file), str(error)))
    if whole:
        vectors = encoder.encode_pictures(LazyPictures([str(file) for file in whole], edge=encoder.picture_size))
        found.update((file, Item("", picture=vector)) for file, vector in zip(whole, vectors, strict=True))


def one_file(file: Path, encoder: Callable[[], Encoder]) -> Item:
    """Return the item of one file.

    Raises
    ------
    UnreadableError
        If it cannot be read, or holds nothing.
    """
    found, skipped = file_items([file], encoder)
    if skipped:
        raise UnreadableError(f"{skipped[0].where}: {skipped[0].reason}")
    return found[file]


def require_encoder(head: Head, encoder: str) -> None:
    """Make sure that a model of pictures is shown what the encoder that it was trained on sees.

    Raises
    ------
    ModelError
        If it was another encoder.
    """
    if head.card.pictures and head.card.pictures != encoder:
        message = f"{head.card.name} was trained on what {head.card.pictures!r} sees, not {encoder!r}"
        raise ModelError(f"{message}; train it again, or use a collection of that encoder")
