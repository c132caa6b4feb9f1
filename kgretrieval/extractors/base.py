"""What an extractor is: the fields of one document in, spans out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from kgretrieval.types import Field, Frame, Label, Mention, Origin, Reference, Relation, TextPart

#: How the name of an extractor begins that is a pipeline of spaCy: ``"spacy:en_core_web_sm"``, or a folder.
SPACY_PREFIX = "spacy:"
#: The name of the extractor that reads what picture files say of themselves, and nothing else.
FILE = "file"

#: What an extractor gives, and what another one's findings may be joined to.
Kind = Literal["names", "values", "references", "frames", "relations", "labels"]

_ORIGINS: Mapping[Field, Origin] = {"caption": "caption", "tags": "tag", "reading": "ocr", "file": "file"}


def origin_of(field: Field) -> Origin:
    """Return where a name comes from that stands in this field."""
    return _ORIGINS.get(field, "article")


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one extractor found in one document."""

    mentions: tuple[Mention, ...] = ()
    relations: tuple[Relation, ...] = ()
    references: tuple[Reference, ...] = ()
    frames: tuple[Frame, ...] = ()
    labels: tuple[Label, ...] = ()


@runtime_checkable
class Extractor(Protocol):
    """A pure function of the fields of documents to spans; it never edits text.

    Attributes
    ----------
    name : str
        Stands on every annotation; re-running an extractor replaces what bears its name.
    version : str
        Changes whenever the same text could give other spans.
    gives : frozenset of str
        The kinds of annotations it makes.
    needs : frozenset of str
        The kinds that another extractor must give, or what this one finds joins nothing.
    """

    name: str
    version: str
    gives: frozenset[Kind]
    needs: frozenset[Kind]

    def extract(self, documents: Sequence[Sequence[TextPart]]) -> list[Extraction]:
        """Return one `Extraction` for each document, in order."""
        ...
