"""Results as a notebook shows them: the same records, with HTML and data frames."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, TypeVar

from kgretrieval import types
from kgretrieval.graph import records

if TYPE_CHECKING:
    import networkx
    import pandas

Record = TypeVar("Record", "Answer", "EntityCard", "StoryCard", "PictureCheck", "CaptionCheck")


class Answer(types.Answer):
    """What a search found: the hits, and what the graph knows around them.

    Fields as in `kgretrieval.types.Answer`. A notebook shows it as a contact sheet.
    """

    __slots__ = ()

    def to_pandas(self) -> pandas.DataFrame:
        """Return one row a hit.

        Raises
        ------
        KgError
            If pandas is not installed; the message names the extra.
        """
        from kgretrieval.present.frames import answer_frame

        return answer_frame(self)

    def _repr_html_(self) -> str:
        from kgretrieval.present.html import answer_html

        return answer_html(self)


class EntityCard(types.EntityCard):
    """Everything the collection knows of one entity. Fields as in `kgretrieval.types.EntityCard`."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from kgretrieval.present.html import entity_html

        return entity_html(self)


class PictureCheck(types.PictureCheck):
    """Where a picture was used. Fields as in `kgretrieval.types.PictureCheck`."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from kgretrieval.present.picture_check import check_html

        return check_html(self)


class CaptionCheck(types.CaptionCheck):
    """A caption, claim by claim. Fields as in `kgretrieval.types.CaptionCheck`."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from kgretrieval.present.caption_check import caption_check_html

        return caption_check_html(self)


class StoryCard(records.StoryCard):
    """Everything about a story. Fields as in `kgretrieval.graph.records.StoryCard`."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from kgretrieval.present.html import story_html

        return story_html(self)


def show_answer(answer: types.Answer) -> Answer:
    """Return the same answer, fit for a notebook."""
    return _as(Answer, answer)


def show_entity(card: types.EntityCard) -> EntityCard:
    """Return the same card, fit for a notebook."""
    return _as(EntityCard, card)


def show_check(check: types.PictureCheck) -> PictureCheck:
    """Return the same uses of a picture, fit for a notebook."""
    return _as(PictureCheck, check)


def show_caption_check(check: types.CaptionCheck) -> CaptionCheck:
    """Return the same checked caption, fit for a notebook."""
    return _as(CaptionCheck, check)


def show_story(card: records.StoryCard) -> StoryCard:
    """Return the same story, fit for a notebook."""
    return _as(StoryCard, card)


def show_graph(graph: networkx.MultiDiGraph) -> networkx.MultiDiGraph:
    """Return the same graph as an object that a notebook draws; it is a `networkx.MultiDiGraph` in every way."""
    from kgretrieval.present.notebook_graph import NewsGraph

    # The class is changed instead of copying: a copy of a large archive's graph would take as long as making it.
    graph.__class__ = NewsGraph
    return graph


def _as(
    kind: type[Record],
    record: types.Answer | types.EntityCard | types.PictureCheck | types.CaptionCheck | records.StoryCard,
) -> Record:
    return kind(**{f.name: getattr(record, f.name) for f in fields(record)})
