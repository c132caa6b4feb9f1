"""When and where picture files say that they were taken, and whom they say they show (EXIF, IPTC, XMP), as mentions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kgretrieval.extractors.base import FILE, Extraction, Kind
from kgretrieval.types import EntityType, Mention, TextPart

#: Photographers and agencies fill these fields in by hand; a camera's clock may be wrong.
CONFIDENCE = 0.9
_TYPES: Mapping[str, EntityType] = {"taken": "date", "place": "place", "person": "person"}


class FileStatements:
    """Extractor of the statements of picture files; they stand in no text, so their offsets are -1."""

    name = FILE
    #: To what stands in no text no other extractor's findings can be joined.
    gives: frozenset[Kind] = frozenset()
    needs: frozenset[Kind] = frozenset()
    version = "1"

    def extract(self, documents: Sequence[Sequence[TextPart]]) -> list[Extraction]:
        """Return the date, the places and the persons in the field "file" of each document.

        Examples
        --------
        >>> part = TextPart("file", "taken: 2024-05-01T10:30\\nplace: Paris, France")
        >>> [found] = FileStatements().extract([[part]])
        >>> [(mention.text, mention.type, mention.value) for mention in found.mentions]
        [('2024-05-01T10:30', 'date', '2024-05-01'), ('Paris', 'place', ''), ('France', 'place', '')]
        """
        return [
            Extraction(mentions=tuple(m for part in fields if part.field == FILE for m in _mentions(part)))
            for fields in documents
        ]


def _mentions(part: TextPart) -> Iterator[Mention]:
    for line in part.text.splitlines():
        name, _, value = line.partition(": ")
        kind = _TYPES[name]
        # A place is a city and a country with a comma between them.
        for text in dict.fromkeys(value.split(", ") if name == "place" else [value]):
            if text.strip():
                day = text[:10] if kind == "date" else ""
                yield Mention("file", -1, -1, text.strip(), kind, "file", FILE, CONFIDENCE, day)
