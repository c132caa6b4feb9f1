"""What an extractor or a model finds in one document, with its place there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kgretrieval.types.names import EntityType, Field, Modality, Origin


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or a value in a document. `start` and `end` are -1 where it has no place in a text (a given tag).

    `value` is what a date or a quantity means, in a form that a machine reads: an ISO 8601 date of any precision or
    an interval of two joined by ``"/"``; a number and its unit with a space between them (``"2500000 USD"``,
    ``"12 %"``, ``"40 km"``). ``""`` for names and for what could not be resolved.
    """

    field: Field
    start: int
    end: int
    text: str
    type: EntityType
    origin: Origin
    extractor: str
    confidence: float = 1.0
    value: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A pronoun or a short form ("he", "the company") and the name in the same document that it stands for.

    The antecedent is a span that some extractor of names marks; it may stand in another field.
    """

    field: Field
    start: int
    end: int
    text: str
    antecedent_field: Field
    antecedent_start: int
    antecedent_end: int
    extractor: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Role:
    """One argument of a frame: PropBank's label ("ARG0", "ARGM-TMP"), its span and where its head word starts."""

    label: str
    start: int
    end: int
    head: int


@dataclass(frozen=True, slots=True)
class Frame:
    """Who did what to whom, when and where: a predicate in a sentence (`start`, `end`) with its semantic roles.

    `lemma` is the base form of the predicate, which stands from `predicate_start` to `predicate_end`.
    """

    field: Field
    start: int
    end: int
    lemma: str
    predicate_start: int
    predicate_end: int
    roles: tuple[Role, ...]
    extractor: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Relation:
    """What one sentence (`start`, `end`) states: subject, predicate, object, with their spans in the field.

    `subject_head` and `object_head` are the offsets at which the head words start: "France" in
    "the president of France" is not what the phrase is about, "president" is. A relation belongs to
    the entity whose mention, or whose reference (`Reference`), covers the head.

    A typed relation has a predicate of a closed list (`kgretrieval.extractors.PREDICATES`) such as "founded"; that of
    an open one is in the words of the sentence. `attributed_to` is who says so ("the police"), with the offset of its
    head word in the field (-1: nobody); `predicate_start` is where its main word stands (-1: not known). When and
    where it happened is found out later, from dates and frames beside it.
    """

    field: Field
    start: int
    end: int
    subject: str
    subject_start: int
    subject_end: int
    subject_head: int
    predicate: str
    object: str
    object_start: int
    object_end: int
    object_head: int
    extractor: str
    confidence: float = 1.0
    negated: bool = False
    modality: Modality = "asserted"
    typed: bool = False
    attributed_to: str = ""
    attributed_head: int = -1
    predicate_start: int = -1


@dataclass(frozen=True, slots=True)
class Label:
    """What a document, or a name in it, is sorted under, and how probable that is.

    Attributes
    ----------
    scheme : str
        The question that the label answers: "topic", "sentiment", "towards" (sentiment towards a name) or the name of
        a trained model.
    value : str
        The answer; the most probable one where the model is not sure.
    probability : float
        Calibrated, 0 to 1; 1 for what a person said.
    extractor, version : str
        Who says so: the name of an extractor, ``"head:NAME"`` for a trained model, ``"person"``.
    sure : bool
        Whether the probability reaches the level at which the model does not abstain.
    field, start, end, text
        Where the name stands that the label is about, and as what; ``""`` and -1 for a whole document.
    document, entity : str
        Ids, filled in when a label is read back; `entity` is what the name means.
    """

    scheme: str
    value: str
    probability: float
    extractor: str
    version: str = ""
    sure: bool = True
    field: Field | Literal[""] = ""
    start: int = -1
    end: int = -1
    text: str = ""
    document: str = ""
    entity: str = ""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text in a picture: `box` has its four corners (x, y) in pixels of the upright picture."""

    text: str
    confidence: float
    box: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class PictureText:
    """The text that an engine read in a picture, in reading order; ``text`` is its lines, one below the other.

    `problem` says why the picture was not read ("took longer than 30 s"); then there are no lines.
    """

    lines: tuple[TextLine, ...]
    engine: str
    version: str
    language: str = "en"
    problem: str = ""

    @property
    def text(self) -> str:
        """The lines, joined by line breaks."""
        return "\n".join(line.text for line in self.lines)
