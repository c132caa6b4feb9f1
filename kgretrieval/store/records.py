"""What the store is handed to keep: one bundle for each thing a source yields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.types import Article, Frame, Label, Mention, Passage, PictureText, Reference, Relation

Packed = bytes


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A picture file by its bytes; every use of the same bytes shares it.

    `miniature` is what `kgretrieval.pictures.miniature.pack` made, ``b""`` where none is kept; `taken` and `place` are
    when and where the file says that it was taken, `persons` whom it says it shows.
    """

    id: str
    sha256: str
    width: int
    height: int
    phash: int
    format: str
    bytes: int
    miniature: Packed = b""
    taken: str = ""
    place: str = ""
    persons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PictureTexts:
    """What is said in a picture file itself, whoever uses it: what was read in it, and what the file says of itself."""

    picture: str
    reading: PictureText | None = None
    taken: str = ""
    place: str = ""
    persons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UseRow:
    """One use of a picture: in an article (`article` is its id) or on its own (``""``)."""

    id: str
    key: str
    digest: str
    picture: str
    article: str
    position: int
    path: str
    caption: str
    date: str
    source: str
    language: str
    credit: str
    rights: str
    tags: tuple[str, ...]
    origin: str
    extra: dict[str, str]


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A mention with what it hangs on, the entity it means in its article and the span of its sentence (-1 for a tag).

    `name` is ``""`` for a date or a quantity, which is no entity.
    """

    holder: str
    document: str
    mention: Mention
    name: str
    sentence_start: int = -1
    sentence_end: int = -1


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A relation with its id; a name is ``""`` where an argument is no entity.

    One that is not `stated` (of a pronoun that nobody resolved, or between two things that are no entities) is kept,
    since another extractor may find what it means. `time` and `place` are when and where it happened, as far as its
    sentence says.
    """

    id: str
    holder: str
    document: str
    relation: Relation
    subject_name: str
    object_name: str
    stated: bool
    attributed_name: str = ""
    time: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """A reference with the entity that it means in its article, ``""`` where its antecedent is none."""

    holder: str
    document: str
    reference: Reference
    name: str


@dataclass(frozen=True, slots=True)
class FrameRow:
    """A frame with what it hangs on."""

    holder: str
    document: str
    frame: Frame


@dataclass(frozen=True, slots=True)
class LabelRow:
    """A label with what it hangs on."""

    holder: str
    document: str
    label: Label


@dataclass(slots=True)
class Annotations:
    """What was extracted from an article and the captions of its pictures, joined to the entities it means."""

    mentions: list[MentionRow] = field(default_factory=list)
    relations: list[RelationRow] = field(default_factory=list)
    references: list[ReferenceRow] = field(default_factory=list)
    frames: list[FrameRow] = field(default_factory=list)
    labels: list[LabelRow] = field(default_factory=list)
    #: Of each holder of text, which extractor read it, in which version.
    versions: dict[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VectorRow:
    """One vector to append: `field` and `start` name the stretch of text, ``"pixels"`` the picture itself."""

    space: str
    holder: str
    field: str
    start: int
    vector: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class CountedText:
    """What was counted in the text of an article or of a use.

    Attributes
    ----------
    terms : Sequence[str]
        All different.
    counts : Sequence[int]
        How often each occurs.
    positions : Sequence[int]
        Where: ``counts[0]`` places of the first term, ascending, then those of the second, as `Analyser.placed_terms`
        gives them.
    """

    holder: str
    terms: Sequence[str]
    counts: Sequence[int] | npt.NDArray[np.integer[Any]]
    positions: Sequence[int] | npt.NDArray[np.integer[Any]]


@dataclass(slots=True)
class Bundle:
    """Everything that hangs on one article, on one picture that stands alone, or on a picture file (`own`)."""

    article_id: str = ""
    article: Article | None = None
    digest: str = ""
    uses: list[UseRow] = field(default_factory=list)
    pictures: list[PictureRow] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    vectors: list[VectorRow] = field(default_factory=list)
    counts: list[CountedText] = field(default_factory=list)
    #: Read back from the store, to be annotated; such a bundle holds nothing else.
    own: PictureTexts | None = None
    annotations: Annotations = field(default_factory=Annotations)
