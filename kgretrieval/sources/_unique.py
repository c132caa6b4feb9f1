"""Every record of a reading gets a key of its own; what repeats is said so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import blake2b

from kgretrieval.sources._convert import Item, Located
from kgretrieval.types import Article, Picture, Skipped


class Unique:
    """Remembers the articles and the pictures that one reading has given."""

    def __init__(self) -> None:
        # Half a million addresses would fill memory; eight bytes of a hash tell them apart.
        self._articles: set[bytes] = set()
        self._uses: dict[str, int] = {}

    def is_used(self, path: str) -> bool:
        """Say whether an article or a list of pictures has named the picture."""
        return path in self._uses

    def settle(self, located: Iterable[Located]) -> Iterator[Item]:
        """Yield the items with their final keys, a repeated article as `Skipped`.

        Rows that follow each other and give the same picture one caption each are one picture
        with all of them.
        """
        held: Picture | None = None
        for where, item in located:
            if held is not None and isinstance(item, Picture) and (item.path, item.origin) == (held.path, held.origin):
                held = replace(held, captions=tuple(dict.fromkeys((*held.captions, *item.captions))))
                continue
            if held is not None:
                yield held
                held = None
            if isinstance(item, Picture):
                held = self._use(item)
            else:
                yield self._article(item, where) if isinstance(item, Article) else item
        if held is not None:
            yield held

    def _article(self, article: Article, where: str) -> Article | Skipped:
        pictures = tuple(self._use(picture) for picture in article.pictures)
        digest = blake2b(article.key.encode(), digest_size=8).digest()
        if digest in self._articles:
            return Skipped(where, f"repeats the article {article.key}; the first one was taken")
        self._articles.add(digest)
        return replace(article, pictures=pictures)

    def _use(self, picture: Picture) -> Picture:
        count = self._uses[picture.path] = self._uses.get(picture.path, 0) + 1
        return replace(picture, key=picture.path if count == 1 else f"{picture.path}#{count}")
