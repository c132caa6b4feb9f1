"""The tags somebody gave to an article or a picture, as mentions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kgretrieval.extractors.base import Extraction, Kind
from kgretrieval.types import Mention, TextPart

#: An untyped tag may be a name or a common word; both are kept, neither is certain to be an entity.
UNTYPED_CONFIDENCE = 0.5


class Tags:
    """Extractor of given tags: they stand in no text, so their offsets are -1."""

    name = "tags"
    gives: frozenset[Kind] = frozenset({"names"})
    needs: frozenset[Kind] = frozenset()
    version = "1"

    def extract(self, documents: Sequence[Sequence[TextPart]]) -> list[Extraction]:
        """Return one mention for each distinct tag of each document.

        Examples
        --------
        >>> part = TextPart("tags", "Angela Merkel\\npolitics", tag_types={"Angela Merkel": "person"})
        >>> [found] = Tags().extract([[part]])
        >>> [(mention.text, mention.type, mention.confidence) for mention in found.mentions]
        [('Angela Merkel', 'person', 1.0), ('politics', 'misc', 0.5)]
        """
        return [
            Extraction(mentions=tuple(m for part in fields if part.field == "tags" for m in _mentions(part)))
            for fields in documents
        ]


def _mentions(part: TextPart) -> Iterator[Mention]:
    for tag in dict.fromkeys(line.strip() for line in part.text.splitlines()):
        if tag:
            kind = part.tag_types.get(tag)
            confidence = UNTYPED_CONFIDENCE if kind is None else 1.0
            yield Mention(part.field, -1, -1, tag, kind or "misc", "tag", Tags.name, confidence)
